"""A change of limits before it counts: row by row, with what it does to the network's badges."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ols.accounts.permissions import Permission
from ols.catalog import selectors as catalog
from ols.network import selectors as network_selectors
from ols.network import services as network
from ols.plans import selectors, services
from ols.web import page
from ols.web.insurer import limit_words
from ols.web.insurer.forms.pricelimit import Confirmation
from ols.web.page import PageRequest


@page.page(Permission.PLAN_EDIT)
def limitchange_show(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show the change, and make it count once it is confirmed."""
    change = selectors.limit_change(request.actor, uuid=uuid)
    newest = selectors.limit_revision(insurer_id=request.actor.organization(), area_id=change.area_id)
    form = Confirmation(request.POST or None, refused=len(change.refused))
    if request.method == "POST" and form.is_valid() and _apply(request, change, form):
        return redirect("insurer:pricelimit-edit", _area(change).code.lower())
    context = {
        "form": form,
        "change": change,
        "area": _area(change),
        "newest": newest,
        "is_foreign": newest.number != change.revision and not change.is_done,
        "refused": [(line, code, limit_words.refused_row(why)) for line, code, why in change.refused],
        "preview": _preview(request, change),
    }
    return page.render(request, "insurer/pricelimit/change.html", context, status=page.form_status(form))


@page.page(Permission.PLAN_EDIT, methods=("POST",))
def limitchange_discard(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Leave everything as it is."""
    change = selectors.limit_change(request.actor, uuid=uuid)
    try:
        services.discard_limit_change(actor=request.actor, uuid=uuid, at=timezone.now())
    except services.ChangeDone:
        messages.error(request, _("This change was applied or discarded already."))
    else:
        messages.success(request, _("The change was discarded; the limits stay as they are."))
    return redirect("insurer:pricelimit-edit", _area(change).code.lower())


def _apply(request: PageRequest, change: selectors.LimitChangeRow, form: Confirmation) -> bool:
    """Apply the change; say on the form what is in the way."""
    try:
        network.apply_limit_change(
            actor=request.actor,
            uuid=UUID(change.uuid),
            seen_revision=form.cleaned_data["seen"],
            leave_out_refused=form.cleaned_data.get("leave_out", False),
            at=timezone.now(),
        )
    except services.RowsRefused:
        form.add_error("leave_out", _("Tick this box, or mend the file and import it again."))
    except services.LimitsChanged:
        form.add_error(None, _("The limits were changed meanwhile. Look at them and confirm again."))
    except services.ChangeDone:
        form.add_error(None, _("This change was applied or discarded already."))
    except services.LimitInPast:
        form.add_error(None, _("The day of this change has passed. Type it again with a later day."))
    else:
        count = len(change.rows)
        words = ngettext("%(count)s limit was saved.", "%(count)s limits were saved.", count)
        messages.success(request, words % {"count": count})
        return True
    return False


def _preview(request: PageRequest, change: selectors.LimitChangeRow) -> network_selectors.LimitPreview:
    return network_selectors.limit_preview(
        request.actor, area_id=change.area_id, limits=change.limits, valid_from=change.valid_from
    )


def _area(change: selectors.LimitChangeRow) -> catalog.AreaRow:
    return next(area for area in catalog.areas() if area.id == change.area_id)
