"""What is said of a typed price, in words: beside the row, in the summary, after a paste."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ols.kernel import money
from ols.network.price_checks import CheckedPrice
from ols.network.selectors import PriceSheet, SheetRow
from ols.network.services import Theirs
from ols.web.components.fields.values import AMOUNT_MESSAGES

BAD, WARN, OK = "bad", "warn", "ok"
_ORDER = (BAD, WARN, OK)


@dataclass(frozen=True, slots=True)
class Said:
    """One remark about a row; `kind` is bad, warn, ok or empty."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the grid as the page shows it; `theirs` is what somebody else saved there meanwhile."""

    id: str
    code: str
    name: str
    limit: str
    now: str
    value: str
    remarks: tuple[Said, ...]
    is_over: bool = False
    is_hidden: bool = False
    theirs: str = ""

    @property
    def kind(self) -> str:
        """The gravest kind among the remarks."""
        return worst(self.remarks)

    @property
    def classes(self) -> str:
        """How the row is marked; what it means stands in its remarks."""
        return f"{self.kind} above" if self.is_over else self.kind


def shown_row(row: SheetRow, *, typed: str | None = None, theirs: Theirs | None = None) -> ShownRow:
    """Return a row as the page shows it; `typed` is what the person typed where that is not saved."""
    fact, said = row.row, remarks(row.checked)
    if theirs is not None:
        said = (Said(BAD, conflict(theirs)), *said)
    return ShownRow(
        id=str(fact.service_id),
        code=fact.code,
        name=fact.name,
        limit="" if fact.limit_gr is None else money.format_amount(fact.limit_gr),
        now="" if fact.contracted_gr is None else money.format_amount(fact.contracted_gr),
        value=row.checked.text if typed is None else typed,
        remarks=said,
        is_over=row.checked.is_over,
        theirs="" if theirs is None else theirs.text,
    )


def worst(said: Iterable[Said]) -> str:
    """Return the gravest kind."""
    kinds = {item.kind for item in said}
    return next((kind for kind in _ORDER if kind in kinds), "")


def remarks(checked: CheckedPrice) -> tuple[Said, ...]:
    """Return what there is to say of a price, the gravest first."""
    if checked.error:
        return (Said(BAD, error(checked.error, _("Price"))),)
    if checked.drops_gr is not None:
        now = money.format_amount(checked.drops_gr)
        return (Said(WARN, _("No price: the service leaves the list. Now: %(price)s.") % {"price": now}),)
    if checked.price_gr is None:
        return (Said("", _("No price: not offered.")),)
    said = [*_against_limit(checked)]
    if checked.is_uncovered:
        said.append(Said(WARN, _("outside your cells in the register")))
    if checked.change_bp:
        sign = "+" if checked.change_bp > 0 else "\u2212"
        percent = f"{sign}{money.format_percent(abs(checked.change_bp))}"
        said.append(Said("", _("%(percent)s against the price now") % {"percent": percent}))
    return tuple(said)


def _against_limit(checked: CheckedPrice) -> Iterable[Said]:
    if checked.over_gr is None:
        return
    amount = {"amount": money.format_amount(abs(checked.over_gr))}
    if checked.over_gr > 0:
        yield Said(WARN, _("%(amount)s above the limit") % amount)
    elif checked.over_gr < 0:
        yield Said(OK, _("%(amount)s below the limit") % amount)
    else:
        yield Said(OK, _("equal to the limit"))


def error(code: str, label: str | Promise) -> str:
    """Return why a text is no price, in the words of every field for amounts."""
    limit = money.format_amount(1)
    return str(AMOUNT_MESSAGES[code]) % {"label": label, "limit": limit}


def conflict(theirs: Theirs) -> str:
    """Say what somebody else saved in a row that this page has changed, too."""
    found = {"price": theirs.text or _("no price"), "who": theirs.who or _("another page")}
    return _("Meanwhile saved here: %(price)s (%(who)s). Your price is not saved yet.") % found


def conflict_of_day(theirs: Theirs) -> str:
    """Say which first day somebody else saved, when this page has changed it, too."""
    found = {"day": theirs.text or _("no day"), "who": theirs.who or _("another page")}
    return _("Prices count from: meanwhile saved is %(day)s (%(who)s).") % found


def counters(sheet: PriceSheet) -> dict[str, str]:
    """Return the figures over the grid by their names."""
    figures = {
        "priced": f"{sheet.priced} / {len(sheet.rows)}",
        "over": sheet.over,
        "wrong": sheet.wrong,
        "uncovered": sheet.uncovered,
        "dropped": sheet.dropped,
    }
    return {name: str(figure) for name, figure in figures.items()}


def pasted(count: int, wrong: int) -> str:
    """Say what a paste gave: „wklejono 120 cen, 3 wiersze z błędem”."""
    done = ngettext("%(count)s price pasted", "%(count)s prices pasted", count) % {"count": count}
    if not wrong:
        return done + "."
    return (
        f"{done}, " + ngettext("%(count)s row wrong", "%(count)s rows wrong", wrong) % {"count": wrong} + "."
    )


def others_words(others: Mapping[str, Theirs]) -> str:
    """Say who else changed rows meanwhile; empty when nobody did."""
    names = sorted({theirs.who for theirs in others.values() if theirs.who})
    if not names:
        return ""
    count = len(others)
    return ngettext(
        "%(count)s row changed meanwhile: %(who)s.", "%(count)s rows changed meanwhile: %(who)s.", count
    ) % {"count": count, "who": ", ".join(names)}
