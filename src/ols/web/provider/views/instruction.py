"""The instruction for granting benefits, and shortcuts to the claim form."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.db.errors import NotFound
from ols.documents import typeset
from ols.documents.selectors import OpenedDocument
from ols.network import selectors
from ols.network.states import ContractStatus
from ols.web import page
from ols.web.components import downloads
from ols.web.page import PageRequest
from ols.web.provider import instruction


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def instruction_show(request: PageRequest) -> HttpResponse:
    """Show the steps; the shortcuts once a co-operation is active."""
    context = {
        "steps": instruction.STEPS,
        "keys": instruction.KEYS,
        "is_active": _is_active(request),
        "can_claim": request.actor.has(Permission.CLAIM_SUBMIT),
    }
    return page.render(request, "provider/instruction/show.html", context)


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def instruction_print(request: PageRequest) -> HttpResponse:
    """Return the steps on paper."""
    phone, hours = getattr(request, "help_line", ("", ""))
    printed = typeset.GuidePrint(
        title=_("How to grant a benefit"),
        owner="System OLS",
        text=instruction.markdown(phone, hours),
        made_at=timezone.now(),
    )
    pdf = typeset.render_pdf("guide", printed.data())
    return downloads.attachment(OpenedDocument("pdf", "instrukcja.pdf", pdf))


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def shortcut_windows(request: PageRequest) -> HttpResponse:
    """Return the shortcut for a Windows desktop."""
    return _shortcut(request, "System OLS wniosek.url", instruction.windows_shortcut())


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def shortcut_linux(request: PageRequest) -> HttpResponse:
    """Return the shortcut for a Linux desktop."""
    return _shortcut(request, "system-ols-wniosek.desktop", instruction.linux_shortcut())


def _shortcut(request: PageRequest, name: str, text: str) -> HttpResponse:
    """Return the file, for clinics that co-operate with an insurer now."""
    if not _is_active(request):
        raise NotFound
    return downloads.attachment(OpenedDocument("shortcut", name, text.encode()))


def _is_active(request: PageRequest) -> bool:
    """Say whether the clinic co-operates with an insurer now."""
    return any(row.status == ContractStatus.ACTIVE for row in selectors.contracts(request.actor))
