"""How values look on every page: amounts, dates, numbers. Loaded for all templates by the settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django import template
from django.forms import BaseForm
from django.http import HttpRequest
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.module_loading import import_string

from ols.kernel import days, identifiers, money
from ols.kernel.actor import Actor
from ols.web import acting
from ols.web.components import navigation as menu

register = template.Library()

NOTHING = "–"
NOTE_KINDS = {"success": "ok", "warning": "warn", "error": "bad"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the error summary; `target` is the id of the field it leads to."""

    text: str
    target: str


@register.simple_tag(name="money")
def money_tag(amount_gr: int | None) -> str:
    """Show grosze as `1 234,50 zł` with no-break spaces; a missing amount as a dash."""
    return NOTHING if amount_gr is None else money.format_amount(amount_gr)


@register.filter
def amount(amount_gr: int | None) -> str:
    """Show grosze as the `money` tag does, inside attributes and sentences."""
    return money_tag(amount_gr)


@register.filter
def percent(rate_bp: int | None) -> str:
    """Show basis points as `12,5%`; trailing zeros are left out."""
    return NOTHING if rate_bp is None else money.format_percent(rate_bp)


@register.filter
def day(value: date | int | None) -> str:
    """Show a date (or a day number) as `dd.mm.rrrr`."""
    if value is None:
        return NOTHING
    if isinstance(value, datetime):
        value = days.local_date(value)
    return days.format_date(days.from_day(value) if isinstance(value, int) else value)


@register.filter
def moment(value: datetime | None) -> str:
    """Show a moment as `dd.mm.rrrr HH:MM` of the clock in Warsaw."""
    return NOTHING if value is None else f"{value.astimezone(days.WARSAW):%d.%m.%Y %H:%M}"


@register.filter
def clock(value: datetime) -> str:
    """Show the time of day of a moment as `HH:MM` of the clock in Warsaw."""
    return f"{value.astimezone(days.WARSAW):%H:%M}"


@register.filter
def nip(value: str) -> str:
    """Group a tax number: 526-000-12-46."""
    return identifiers.format_nip(value) if value else NOTHING


@register.filter
def nrb(value: str) -> str:
    """Group an account number in fours; the country prefix is left out."""
    return identifiers.format_nrb(value).removeprefix("PL") if value else NOTHING


@register.filter
def pesel_masked(value: str) -> str:
    """Show only the last four digits of a PESEL, for lists and headers."""
    return identifiers.mask_pesel(value) if value else NOTHING


@register.filter
def plural_pl(count: int, forms: str) -> str:
    """Choose a Polish form by number from `sprawa,sprawy,spraw` (for words that come as data)."""
    one, few, many = forms.split(",")
    if count == 1:
        return one
    return few if count % 10 in {2, 3, 4} and count % 100 not in {12, 13, 14} else many


@register.filter
def lacks(actor: object, permission: str) -> bool:
    """Say whether a person is shown what they may not open: it gets a key, or is no link."""
    return bool(permission) and isinstance(actor, Actor) and not actor.has(permission)


@register.filter
def note_kind(level_tag: str) -> str:
    """Translate the level of a message to the kind of a note."""
    return NOTE_KINDS.get(level_tag, "")


@register.simple_tag
def error_list(form: BaseForm) -> Sequence[Problem]:
    """Return the form's errors in the order of its fields, each with the id of its field."""
    problems = [Problem(str(text), "") for text in form.non_field_errors()]
    for field in form:
        target = "" if field.is_hidden else field.auto_id
        if field.use_fieldset and len(field.subwidgets) > 0:
            target = field.subwidgets[0].id_for_label or target
        problems += [Problem(str(text), target) for text in field.errors]
    return problems


class MarkedToken(CsrfTokenNode):
    """Django's token against forged requests, and beside it for whom the form was made."""

    def render(self, context: Context) -> str:
        """Render both fields."""
        actor = context.get("actor")
        if actor is None or actor.organization_id is None or actor.user_id is None:
            return super().render(context)
        mark = acting.mark(actor.organization_id, actor.user_id)
        field = format_html('<input type="hidden" name="{}" value="{}">', acting.MARK, mark)
        return super().render(context) + field


@register.tag(name="csrf_token")
def marked_token(_parser: Parser, _token: Token) -> MarkedToken:
    """Stand in for Django's tag of the same name, so that no form can forget the mark."""
    return MarkedToken()


@register.inclusion_tag("components/_navigation.html", takes_context=True)
def navigation(context: template.RequestContext, items: str) -> dict[str, object]:
    """Show the side menu from the items at a dotted path (each role's base names its own)."""
    request: HttpRequest = context["request"]
    return {"links": menu.links(import_string(items), request)}
