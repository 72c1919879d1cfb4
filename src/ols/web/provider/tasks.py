"""What comes next for a clinic, in words: the rows of the task list."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ols.network.selectors import TaskRow, TaskState
from ols.web.components.shapes import Tag, Task

STATES = {
    TaskState.LOCKED: Tag(_("Cannot start yet"), "plain", "lock"),
    TaskState.TODO: Tag(_("To do"), "info", "circle-dashed"),
    TaskState.WAITING: Tag(_("Waits for the insurer"), "warn", "hourglass"),
    TaskState.RETURNED: Tag(_("To be mended"), "bad", "rotate-ccw"),
    TaskState.DONE: Tag(pgettext_lazy("task", "Done"), "ok", "circle-check"),
}


def shown(row: TaskRow) -> Task:
    """Return the task as the list shows it; what cannot start yet is no link."""
    tag = STATES[row.state]
    label, hint = _words(row)
    return Task(
        label=label,
        status_label=tag.label,
        url="" if row.state == TaskState.LOCKED else _url(row),
        hint=hint,
        kind=tag.kind,
        icon=tag.icon,
    )


def _words(row: TaskRow) -> tuple[str | Promise, str | Promise]:
    """Return a task's label and hint."""
    if row.code == "facility":
        return _("Check the data of your clinic"), _(
            "Name, address and contact; you confirm that they are right."
        )
    if row.code == "service-terms":
        hint = _("Possible once the data are confirmed.") if row.state == TaskState.LOCKED else ""
        return _("Accept the terms of the insurance service"), hint
    if row.code == "join":
        hint = _("Read and accept the insurer's general terms.")
        return format_lazy(_("Start co-operation: {insurer}"), insurer=row.insurer_name), hint
    if row.code == "offer":
        hint = _("Parameters, required documents, sending the offer.")
        return format_lazy(_("Offer of co-operation: {insurer}"), insurer=row.insurer_name), hint
    return format_lazy(_("Terms and prices: {area}"), area=row.area_name), row.insurer_name


def _url(row: TaskRow) -> str:
    """Return where the task is done."""
    if row.code == "facility":
        return reverse("provider:facility-show")
    if row.code == "service-terms":
        return reverse("provider:service-terms")
    if row.code == "join":
        return reverse("provider:insurer-show", args=[row.insurer_uuid])
    if row.code == "offer":
        return reverse("provider:contract-show", args=[row.contract_uuid])
    return reverse("provider:pricelist-edit", args=[row.contract_uuid, row.area_code])
