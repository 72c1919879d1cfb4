"""The public home page and the way to the insurance service."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ols.onboarding import selectors as onboarding
from ols.web import page
from ols.web.components.shapes import Tab, Task, Text
from ols.web.page import PublicRequest
from ols.web.public.consultant import consultant


def _tabs(current: str) -> list[Tab]:
    """Return the tabs of the platform; a part that this installation does not have is no link."""
    return [
        Tab(_("START"), reverse("public:home-show"), current == "home"),
        Tab(_("MEDICINE"), reverse("public:medicine-show"), current == "medicine"),
        Tab(_("PHARMACY")),
        Tab(_("PATIENT")),
    ]


def _services() -> list[Task]:
    """Return the platform's services for medicine; only one of them is here already."""
    return [
        Task(
            _("Insurance"),
            _("available"),
            reverse("public:insurance-view"),
            _("Co-operation with insurers: decisions on benefits at once, money within three working days."),
            "ok",
            "circle-check",
        ),
        _not_here(_("Booking of appointments"), _("Patients choose a free date on-line.")),
        Task(
            _("Business card of the clinic"),
            _("available"),
            reverse("public:network-list"),
            _("Addresses, specialities, opening hours and phones in one place."),
            "ok",
            "circle-check",
        ),
        _not_here(
            _("Individual health accounts"), _("Results and recommendations kept together for the patient.")
        ),
    ]


def _not_here(label: Text, hint: Text) -> Task:
    """Return a service of the platform that this installation does not have: no link."""
    return Task(label, _("not available here yet"), hint=hint, kind="plain", icon="lock")


def _promises() -> dict[str, object]:
    """Return what the settings in force promise: who can be called, and when an application is answered."""
    platform = onboarding.platform()
    return {
        "consultant": consultant(platform, at=timezone.now()),
        "answer_time": _answer_time(platform.answer_days, in_working_days=platform.answer_in_working_days),
    }


def _answer_time(days: int, *, in_working_days: bool) -> str:
    if in_working_days:
        words = ngettext("within %(counter)s working day", "within %(counter)s working days", days)
    else:
        words = ngettext("within %(counter)s day", "within %(counter)s days", days)
    return words % {"counter": days}


@page.page(page.PUBLIC, methods=("GET",))
def home_show(request: PublicRequest) -> HttpResponse:
    """Show what the platform is and the tab „MEDYCYNA”."""
    context = {"tabs": _tabs("home"), **_promises()}
    return page.render(request, "public/home/show.html", context)


@page.page(page.PUBLIC, methods=("GET",))
def medicine_show(request: PublicRequest) -> HttpResponse:
    """Show the services for medicine; the side menu leads to „Ubezpieczenia”."""
    context = {"tabs": _tabs("medicine"), "services": _services()}
    return page.render(request, "public/home/medicine.html", context)


@page.page(page.PUBLIC, methods=("GET",))
def insurance_view(request: PublicRequest) -> HttpResponse:
    """Explain the insurance service and offer „Uzyskaj dostęp”."""
    context = {"tabs": _tabs("medicine"), **_promises()}
    return page.render(request, "public/home/insurance.html", context)
