"""The insurer's rules for accepting offers at once: set, and switched off in an emergency."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.network import services
from ols.network.selectors import review
from ols.network.selectors.review import RulesRow
from ols.web import page
from ols.web.insurer import setup
from ols.web.insurer.forms.rules import ReviewRules, initial_of
from ols.web.page import PageRequest


@page.page(Permission.NETWORK_SETUP)
def rules_edit(request: PageRequest) -> HttpResponse:
    """Show and change the rules; a colleague's save in between is not overwritten."""
    kept = review.rules(request.actor)
    form = ReviewRules(request.POST or None, initial=initial_of(kept))
    if request.method == "POST" and form.is_valid():
        try:
            services.set_rules(
                actor=request.actor,
                draft=form.draft(),
                revision=form.cleaned_data["revision"],
                at=timezone.now(),
            )
        except services.RulesChanged:
            form = _overtaken(request.POST, kept)
        else:
            messages.success(request, _("The rules were saved. They count for offers sent from now on."))
            return redirect("insurer:rules-edit")
    context = {"tabs": setup.tabs(request.actor, "insurer:rules-edit"), "form": form, "kept": kept}
    return page.render(request, "insurer/settings/rules.html", context, status=page.form_status(form))


def _overtaken(sent: QueryDict, kept: RulesRow) -> ReviewRules:
    """Return the form as it was sent, told who was faster; sent again, it is saved."""
    again = sent.copy()
    again["revision"] = str(kept.revision)
    form = ReviewRules(again)
    words = _("%(name)s has changed the rules meanwhile. Compare, then save again.")
    form.add_error(None, words % {"name": kept.changed_by})
    return form


@page.page(Permission.CONTRACT_REVIEW, methods=("POST",))
def rules_stop(request: PageRequest) -> HttpResponse:
    """Stop accepting without a person, now."""
    if services.switch_rules_off(actor=request.actor, at=timezone.now()):
        messages.success(request, _("Automatic acceptance is off. Every offer waits for a person now."))
    else:
        messages.info(request, _("Automatic acceptance was off already."))
    return redirect("insurer:offer-list")
