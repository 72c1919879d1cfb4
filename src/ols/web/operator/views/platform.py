"""„Ustawienia platformy”: what the operator decides for everybody, and who changed it."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.onboarding import selectors, services
from ols.web import page
from ols.web.components.shapes import TimelineEvent
from ols.web.operator.forms.platform import PlatformForm
from ols.web.page import PageRequest

_SHOWN = 30


@page.page(Permission.PLATFORM_EDIT)
def platform_settings(request: PageRequest) -> HttpResponse:
    """Show and change the settings, with the history of changes."""
    known = selectors.platform_settings(request.actor)
    form = PlatformForm(request.POST or None, initial=asdict(known))
    if request.method == "POST" and form.is_valid():
        services.change_platform_settings(actor=request.actor, wanted=form.wanted(), at=timezone.now())
        messages.success(request, _("The settings were saved. They count from now on."))
        return redirect("operator:platform-settings")
    events = [
        TimelineEvent(_("Settings changed"), row.at, row.actor_name, _changes(row.data))
        for row in selectors.platform_history(request.actor)[:_SHOWN]
    ]
    context = {"form": form, "events": events}
    return page.render(request, "operator/platform/settings.html", context, status=page.form_status(form))


def _changes(data: dict[str, object]) -> str:
    """Say what became what, in the words of the form."""
    labels = {name: field.label for name, field in PlatformForm.base_fields.items()}
    told = []
    for name, pair in data.items():
        before, after = pair if isinstance(pair, list) else ("", pair)
        told.append(f"{labels.get(name, name)}: {_value(before)} → {_value(after)}")
    return "; ".join(told)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)
