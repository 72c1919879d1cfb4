"""The facility register: its size, its imports, and the upload of a new state."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.registry import selectors, services
from ols.registry.states import AlertStatus
from ols.web import page
from ols.web.components import pages
from ols.web.operator.forms.register import RegisterFile
from ols.web.page import PageRequest


@page.page(Permission.REGISTER_IMPORT)
def register_view(request: PageRequest) -> HttpResponse:
    """Show the register and take a file; a broken one changes nothing and says why."""
    form = RegisterFile(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            report = services.import_register(
                actor=request.actor,
                file_name=file.name,
                content=file.read(),
                at=timezone.now(),
                snapshot_date=form.cleaned_data["snapshot_date"],
            )
        except services.BrokenFile as error:
            words = _(error.message) % {"detail": error.detail}
            form.add_error("file", _("%(reason)s Nothing was changed.") % {"reason": words})
        else:
            return redirect("operator:register-import-detail", report.uuid)
    shown = pages.paginate(total=selectors.import_count(request.actor), wanted=request.GET.get("page"))
    context = {
        "form": form,
        "figures": selectors.register_figures(request.actor),
        "imports": selectors.imports(request.actor, offset=shown.offset, limit=shown.size),
        "pages": shown,
        "alerts": selectors.alert_figures(request.actor)[AlertStatus.OPEN],
    }
    return page.render(request, "operator/register/view.html", context, status=page.form_status(form))
