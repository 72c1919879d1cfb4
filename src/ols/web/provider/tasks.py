"""What comes next for a clinic, in words: the rows of the task list, what each needs, and who may do it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ols.accounts.permissions import Permission
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network.area_days import AreaDays
from ols.network.selectors import TaskRow, TaskState
from ols.web.components import area_words
from ols.web.components.shapes import Tag, Task

Text = str | Promise

STATES = {
    TaskState.LOCKED: Tag(_("Cannot start yet"), "plain", "lock"),
    TaskState.TODO: Tag(_("To do"), "info", "circle-dashed"),
    TaskState.WAITING: Tag(_("Waits for the insurer"), "warn", "hourglass"),
    TaskState.RETURNED: Tag(_("To be mended"), "bad", "rotate-ccw"),
    TaskState.DONE: Tag(pgettext_lazy("task", "Done"), "ok", "circle-check"),
}
URGENT = Tag(_("Urgent"), "bad", "clock")
OVERDUE = Tag(_("Overdue"), "bad", "triangle-alert")
LATER = Tag(pgettext_lazy("task", "Later"), "plain", "calendar")
CLOSED = Tag(pgettext_lazy("task", "Closed"), "plain", "lock")
OFFERED = Tag(_("Recommended"), "plain", "shield-check")

_NEEDED = {
    "facility": Permission.FACILITY_EDIT,
    "service-terms": Permission.TERMS_ACCEPT,
    "area-terms": Permission.TERMS_ACCEPT,
    "area": Permission.PRICELIST_EDIT,
    "closed": Permission.PRICELIST_EDIT,
    "prices": Permission.PRICELIST_EDIT,
}
_LABELS: dict[str, Text] = {
    "access": _("Access to the platform"),
    "facility": _("Check the data of your clinic"),
    "service-terms": _("Accept the terms of the insurance service"),
    "join": _("Accept the general terms"),
    "parameters": _("Give the account and the contact person"),
    "documents": _("Add the required documents"),
    "send": _("Check and send the offer"),
    "offer": _("Offer of co-operation"),
    "suspended": _("Co-operation is suspended"),
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at the list: what they may do, and whom they can ask for the rest."""

    actor: Actor
    holders: Mapping[str, Sequence[str]]

    def task(self, tag: Tag, label: Text, url: str, *, needs: str, hint: Text = "") -> Task:
        """Return a row: a link only for who may do it; others read whom to ask."""
        if url and not self.actor.has(needs):
            url, hint = "", self._ask(needs) if tag.kind != "ok" else hint
        return Task(label=label, status_label=tag.label, url=url, hint=hint, kind=tag.kind, icon=tag.icon)

    def _ask(self, needs: str) -> str:
        names = ", ".join(self.holders.get(needs, ())[:3])
        return gettext("This can be done by: %(names)s.") % {"names": names} if names else ""


def shown(row: TaskRow, reader: Reader) -> Task:
    """Return the task as the list shows it; what cannot start yet is no link."""
    if row.code == "renewal":
        return _renewal(row, reader)
    tag = LATER if row.opens_on else CLOSED if row.closed_since else STATES[row.state]
    return reader.task(
        tag,
        _label(row),
        "" if row.state == TaskState.LOCKED or row.code == "access" else _url(row),
        needs=_NEEDED.get(row.code, Permission.CONTRACT_OFFER),
        hint=_hint(row),
    )


def _label(row: TaskRow) -> Text:
    """Say what there is to do."""
    if row.code == "join" and not row.contract_uuid:
        return format_lazy(_("Start co-operation: {insurer}"), insurer=row.insurer_name)
    if row.code == "area-terms":
        return format_lazy(_("Accept the terms: {area}"), area=row.area_name)
    if row.area_name:
        return format_lazy(_("Price list: {area}"), area=row.area_name)
    return _LABELS[row.code]


def _renewal(row: TaskRow, reader: Reader) -> Task:
    """Return the task about a document that ends, or has ended."""
    day = days.format_date(row.ends_on) if row.ends_on else ""
    ended, ends = _("The document ended on {day}: {name}"), _("The document ends on {day}: {name}")
    tag, hint = STATES[row.state], _hint(row)
    if row.state == TaskState.TODO:
        tag, hint = OVERDUE if row.is_overdue else tag, _renewal_hint(row)
    url = (
        reverse("provider:contract-documents", args=[row.contract_uuid])
        if row.state == TaskState.WAITING
        else reverse("provider:contract-document-replace", args=[row.contract_uuid, row.file_uuid])
    )
    label = format_lazy(ended if row.is_overdue else ends, day=day, name=row.document)
    return reader.task(tag, label, url, needs=Permission.CONTRACT_OFFER, hint=hint)


def _renewal_hint(row: TaskRow) -> Text:
    """Say what to do about it, and what follows without."""
    if row.suspends_on is None:
        return _("Add a new one; the insurer accepts it.")
    return format_lazy(
        _("Add a new one. Without it the co-operation is suspended on {day}."),
        day=days.format_date(row.suspends_on),
    )


def _hint(row: TaskRow) -> Text:
    """Say what it takes, by when, what is wrong."""
    if row.state == TaskState.RETURNED or row.code == "suspended":
        return format_lazy(_("The insurer's remark: {remark}"), remark=row.remark) if row.remark else ""
    if row.state == TaskState.WAITING and row.due_at is not None:
        due = f"{row.due_at.astimezone(days.WARSAW):%d.%m.%Y %H:%M}"
        return format_lazy(_("The answer comes by {due} at the latest, also by e-mail."), due=due)
    if row.closed_since is not None or row.opens_on is not None:
        return _when_open(row)
    if row.missing:
        return format_lazy(_("Still missing: {names}."), names=", ".join(row.missing))
    if row.state == TaskState.LOCKED:
        return _LOCKED.get(row.code, "")
    return _TODO.get(row.code, "") if row.state == TaskState.TODO else ""


def _when_open(row: TaskRow) -> Text:
    """Say when an area opens, or since when it is closed."""
    if row.closed_since is not None:
        return area_words.closed_since(AreaDays(row.closed_since, row.closed_since, row.opens_on))
    day = days.format_date(row.opens_on) if row.opens_on else ""
    return format_lazy(_("Opens on {day}."), day=day)


_LOCKED: dict[str, Text] = {
    "service-terms": _("Possible once the data are confirmed."),
    "join": _("Possible once the terms of the insurance service are accepted."),
    "send": _("Possible once everything above is done."),
    "area": _("The insurer has not published the terms yet."),
}
_TODO: dict[str, Text] = {
    "facility": _("Name, address and contact; you confirm that they are right."),
    "service-terms": _("Read and accept; the accepted text comes by e-mail."),
    "join": _("Read and accept the insurer's general terms."),
    "prices": _("Enter or import your prices and send them."),
}


def _url(row: TaskRow) -> str:
    """Return where the task is done, or where its result is seen."""
    if row.area_code and row.code == "prices":
        return reverse("provider:pricelist-edit", args=[row.contract_uuid, row.area_code])
    if row.code == "area-terms":
        return reverse("provider:terms-show", args=[row.terms_uuid])
    if row.code == "join":
        return reverse("provider:insurer-show", args=[row.insurer_uuid])
    if row.code in {"parameters", "documents", "send"}:
        return reverse(f"provider:contract-{row.code}", args=[row.contract_uuid])
    if row.code == "offer":
        return reverse("provider:contract-show", args=[row.contract_uuid])
    return reverse("provider:facility-show" if row.code == "facility" else "provider:service-terms")
