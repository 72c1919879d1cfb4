"""A claim on the desk: what was typed so far becomes a form, a draft and an estimate."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from ols.claims import selectors, services
from ols.claims.services.draft import MAX_LINES
from ols.claims.types import ClaimDraft, CoverageFound, DraftLine, KeptDraft, ServiceChoice
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import selectors as network
from ols.network.states import ContractStatus
from ols.web.components import claim_words, shapes
from ols.web.provider.forms import claim as forms

FIELDS = ("service_date", "practitioner_npwz", "diagnosis", "referral_number", "referral_date")
MAX_TYPED = 100
_MAX_CODE = 20
# More services than any clinic has agreed with one insurer.
WHOLE_MENU = 2000
SHOWN_CHOICES = 8

Content = dict[str, str]


def held(actor: Actor) -> list[str]:
    """Return the insurers whose co-operation is suspended: their people are not found meanwhile."""
    rows = network.contracts(actor)
    return [row.insurer_name for row in rows if row.status == ContractStatus.SUSPENDED]


@dataclass(frozen=True)
class DeskLine:
    """One chosen service; the name and price are unknown when it is not on the price list of the day."""

    number: int
    code: str
    name: str
    price_gr: int | None
    quantity_name: str
    code_name: str


@dataclass(frozen=True)
class Desk:
    """Everything typed for one claim, with the cover it is for."""

    kept: KeptDraft
    content: Content
    cover: CoverageFound
    form: forms.Claim
    lines: tuple[DeskLine, ...]
    has_menu: bool
    on: date

    def draft(self) -> ClaimDraft:
        """Return what would be asked; only for a form without errors."""
        given = self.form.cleaned_data
        return ClaimDraft(
            coverage_uuid=self.kept.coverage_uuid,
            service_date=given["service_date"],
            lines=tuple(DraftLine(line.code, given[line.quantity_name]) for line in self.lines),
            practitioner_npwz=given["practitioner_npwz"],
            diagnosis=given["diagnosis"],
            referral_number=given.get("referral_number", ""),
            referral_date=given.get("referral_date"),
        )


def typed(data: Mapping[str, str]) -> Content:
    """Return the fields of a claim as typed, without what else a request carries."""
    content = {name: storable(data[name]) for name in FIELDS if name in data}
    for number in range(MAX_LINES):
        code, quantity = _names(number)
        if code not in data:
            break
        content |= {code: _code(data[code]), quantity: storable(data.get(quantity, "1"))}
    return content


def storable(text: str) -> str:
    """Return what was typed as far as it can be kept: not without end, and no NUL, which no table holds."""
    return text.replace("\0", "")[:MAX_TYPED]


def with_service(content: Content, code: str) -> Content:
    """Return the content with one more of a service: of the same item when it is there already."""
    code, codes = _code(code), _codes(content)
    if code in codes:
        quantity = _names(codes.index(code))[1]
        count = content[quantity].strip()
        return content | {quantity: str(int(count) + 1) if count.isascii() and count.isdigit() else count}
    if not code or len(codes) >= MAX_LINES:
        return content
    code_name, quantity = _names(len(codes))
    return content | {code_name: code, quantity: "1"}


def without_line(content: Content, number: str) -> Content:
    """Return the content without its number-th item, counting from 1; the next ones move up."""
    items = [
        (content[code], content[quantity]) for code, quantity in map(_names, range(len(_codes(content))))
    ]
    if number.isascii() and number.isdigit() and len(number) < 4 and 1 <= int(number) <= len(items):
        del items[int(number) - 1]
    left = {name: value for name, value in content.items() if name in FIELDS}
    for position, (code, count) in enumerate(items):
        code_name, quantity = _names(position)
        left |= {code_name: code, quantity: count}
    return left


def lay_out(*, actor: Actor, kept: KeptDraft, content: Content, today: date, query: str = "") -> Desk:
    """Return the desk for what was typed; the day of service is today until another one is typed.

    :raises NotFound: the insurer of the cover has no contract with the clinic any more
    """
    content = {"service_date": days.format_date(today)} | content
    on = service_day(content, today)
    menu = {
        choice.code: choice
        for choice in selectors.services_for_claim(
            actor=actor, coverage_uuid=kept.coverage_uuid, on=on, limit=WHOLE_MENU
        )
    }
    lines = tuple(_line(position, code, menu.get(code)) for position, code in enumerate(_codes(content)))
    form = forms.Claim(
        content | {"query": query},
        quantities=[line.quantity_name for line in lines],
        needs_referral=any(menu[line.code].needs_referral for line in lines if line.code in menu),
    )
    cover = selectors.cover(actor=actor, coverage_uuid=kept.coverage_uuid, on=on)
    return Desk(kept, content, cover, form, lines, bool(menu), on)


def find_services(*, actor: Actor, kept: KeptDraft, on: date, query: str) -> list[ServiceChoice]:
    """Return the services that fit what was typed, an equal code first."""
    return selectors.services_for_claim(
        actor=actor, coverage_uuid=kept.coverage_uuid, on=on, query=query, limit=SHOWN_CHOICES
    )


def only_choice(choices: list[ServiceChoice], query: str) -> str:
    """Return the code meant when there is no doubt: the same code, or the only one found."""
    if choices and (len(choices) == 1 or choices[0].code.casefold() == query.strip().casefold()):
        return choices[0].code
    return ""


def estimate(*, actor: Actor, desk: Desk, at: datetime) -> tuple[shapes.Decision | None, str]:
    """Return the estimate, or a sentence that says why there is none yet."""
    if not desk.lines:
        return None, _("Add a service to see who pays how much.")
    if not desk.form.is_valid():
        return None, _("Correct the marked fields to see who pays how much.")
    try:
        answer = services.check_claim(actor=actor, draft=desk.draft(), at=at)
    except services.UnknownService as error:
        return None, _("Remove %(code)s: there is no such service any more.") % {"code": error.code}
    title = _("Estimate, nothing is sent yet")
    return claim_words.decision(answer, title=title, insurer_name=desk.cover.insurer_name), ""


def service_day(content: Mapping[str, str], today: date) -> date:
    """Return the typed day of service, or today when it cannot be read."""
    try:
        return days.parse_date(content.get("service_date", ""))
    except days.DateError:
        return today


def _names(position: int) -> tuple[str, str]:
    return f"line-{position}-code", f"line-{position}-quantity"


def _code(text: str) -> str:
    """Return a service code that can be asked for; one that no catalog knows is said so later."""
    return "".join(sign for sign in text if sign.isprintable())[:_MAX_CODE]


def _codes(content: Mapping[str, str]) -> list[str]:
    names = (_names(position)[0] for position in range(MAX_LINES))
    return [content[name] for name in names if name in content]


def _line(position: int, code: str, choice: ServiceChoice | None) -> DeskLine:
    code_name, quantity = _names(position)
    name = choice.name if choice else _("not on the price list of this day")
    return DeskLine(position + 1, code, name, choice.price_gr if choice else None, quantity, code_name)
