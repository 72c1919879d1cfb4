"""The clinic's business cards: what the public sees of each address, and of the prices."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.kernel import days
from ols.network.selectors import public_clinic, public_network
from ols.network.services import public_network as network
from ols.registry import selectors, services
from ols.web import page
from ols.web.page import PageRequest
from ols.web.provider import card_pages
from ols.web.provider.forms import businesscard as forms
from ols.web.provider.forms import posted


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def businesscard_list(request: PageRequest) -> HttpResponse:
    """Show the cards, the addresses that have none, and who may see the prices."""
    actor, today = request.actor, days.local_date(timezone.now())
    context = {
        "cards": [card_pages.row(card) for card in selectors.own_cards(actor)],
        "lacking": selectors.addresses_without_card(actor),
        "consents": card_pages.consents(
            public_clinic.own_consents(actor), public_network.public_networks(), today=today
        ),
        "may_edit": actor.has(Permission.FACILITY_EDIT),
        "may_decide": actor.has(Permission.CONTRACT_OFFER),
    }
    return page.render(request, "provider/businesscard/list.html", context)


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def businesscard_show(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show a card as the public sees it, where it is shown, and what it said before."""
    actor, at = request.actor, timezone.now()
    row = selectors.own_card(actor, uuid=uuid)
    shown_at = public_clinic.own_public_pages(actor, uuid=uuid, day=days.local_date(at))
    context = {
        "row": card_pages.row(row),
        "card": card_pages.preview(row, at=at),
        "versions": card_pages.versions(selectors.own_card_versions(actor, uuid=uuid)),
        "networks": [item for item in public_network.public_networks() if item.insurer_id in shown_at],
        "may_edit": actor.has(Permission.FACILITY_EDIT),
    }
    return page.render(request, "provider/businesscard/show.html", context)


@page.page(Permission.FACILITY_EDIT)
def businesscard_edit(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Change a card; it counts at once."""
    row, today = selectors.own_card(request.actor, uuid=uuid), days.local_date(timezone.now())
    initial = forms.Card.initial_of(row.data, row.revision)
    form = forms.Card(posted(request), initial=initial, today=today, known=row.data.closures)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_card(
                actor=request.actor,
                card_uuid=uuid,
                data=form.card(),
                revision=form.cleaned_data["revision"] or 0,
                at=timezone.now(),
            )
        except services.CardChanged:
            form.add_error(None, card_pages.CHANGED)
        else:
            messages.success(request, _("The business card was saved. The public sees it already."))
            return redirect("provider:businesscard-show", uuid)
    return _form_page(request, form, {"row": card_pages.row(row)})


@page.page(Permission.FACILITY_EDIT)
def businesscard_new(request: PageRequest) -> HttpResponse:
    """Add the card of one more address, beginning with what the register knows of it."""
    begun = card_pages.begun(request.actor, request.GET.get("address", ""))
    today = days.local_date(timezone.now())
    form = forms.Card(posted(request), initial=forms.Card.initial_of(begun, 0), today=today)
    if request.method == "POST" and form.is_valid():
        try:
            uuid = services.add_card(actor=request.actor, data=form.card(), at=timezone.now())
        except services.TooManyCards:
            form.add_error(None, _("There are 200 addresses already. Change one of them instead."))
        else:
            messages.success(request, _("The address was added. The public sees it already."))
            return redirect("provider:businesscard-show", uuid)
    return _form_page(request, form, {})


@page.page(Permission.FACILITY_EDIT, methods=("POST",))
def businesscard_restore(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Take up again what the card said before."""
    version, revision = (_number(request, name) for name in ("version", "revision"))
    try:
        services.restore_card(
            actor=request.actor, card_uuid=uuid, version=version, revision=revision, at=timezone.now()
        )
    except services.CardChanged:
        messages.warning(request, card_pages.CHANGED)
    else:
        messages.success(request, _("The earlier version is back. The public sees it already."))
    return redirect("provider:businesscard-show", uuid)


@page.page(Permission.CONTRACT_OFFER, methods=("POST",))
def businesscard_consent(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Let everybody see the prices of a co-operation, or hide them again."""
    if request.POST.get("shown") != "1":
        network.withdraw_price_consent(actor=request.actor, contract_uuid=uuid, at=timezone.now())
        messages.success(request, _("The prices are hidden from now on."))
        return redirect("provider:businesscard-list")
    try:
        network.give_price_consent(actor=request.actor, contract_uuid=uuid, at=timezone.now())
    except network.NotActive:
        messages.warning(request, _("The co-operation is not in force. There are no prices to show."))
    else:
        messages.success(request, _("Everybody can see the prices now. You can hide them at any time."))
    return redirect("provider:businesscard-list")


def _number(request: PageRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _form_page(request: PageRequest, form: forms.Card, context: dict[str, Any]) -> HttpResponse:
    context |= {"form": form, "days": [form[f"day{number}"] for number in range(7)]}
    return page.render(request, "provider/businesscard/edit.html", context, status=page.form_status(form))
