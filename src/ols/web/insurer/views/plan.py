"""Plans: what the insurer promises, drafted and published."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.catalog import selectors as catalog
from ols.plans import selectors, services
from ols.web import page
from ols.web.insurer import benefit_words
from ols.web.insurer.forms import plan as forms
from ols.web.page import PageRequest


@page.page(Permission.PLAN_EDIT, methods=("GET",))
def plan_list(request: PageRequest) -> HttpResponse:
    """Show the insurer's plans."""
    return page.render(request, "insurer/plan/list.html", {"plans": selectors.plans(request.actor)})


@page.page(Permission.PLAN_EDIT)
def plan_new(request: PageRequest) -> HttpResponse:
    """Create a plan."""
    form = forms.NewPlan(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            uuid = services.create_plan(actor=request.actor, at=timezone.now(), **form.cleaned_data)
        except services.PlanCodeTaken:
            form.add_error("code", _("Code: another plan has it. Choose another one."))
        else:
            return redirect("insurer:plan-detail", uuid)
    return page.render(request, "insurer/plan/new.html", {"form": form}, status=page.form_status(form))


@page.page(Permission.PLAN_EDIT, methods=("GET",))
def plan_detail(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show a plan with its terms, newest first."""
    detail = selectors.plan(request.actor, uuid=str(uuid))
    terms = [
        {"row": row, "benefits": [benefit_words.card(item) for item in row.benefits]} for row in detail.terms
    ]
    return page.render(request, "insurer/plan/detail.html", {"plan": detail.plan, "terms": terms})


@page.page(Permission.PLAN_EDIT)
def terms_new(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Draft terms that count from a day."""
    detail = selectors.plan(request.actor, uuid=str(uuid))
    form = forms.NewTerms(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.draft_terms(actor=request.actor, plan_uuid=str(uuid), at=timezone.now(), **form.values())
        except services.DraftExists:
            form.add_error(None, _("This plan has draft terms already. Publish or change those."))
        except services.NotAfterLastTerms:
            form.add_error("valid_from", _("Valid from: choose a day after the last terms' first day."))
        else:
            return redirect("insurer:plan-detail", uuid)
    context = {"form": form, "plan": detail.plan}
    return page.render(request, "insurer/plan/terms_new.html", context, status=page.form_status(form))


@page.page(Permission.PLAN_EDIT, methods=("POST",))
def terms_publish(request: PageRequest, uuid: UUID, terms: UUID) -> HttpResponse:
    """Publish draft terms; from then on they never change."""
    try:
        services.publish_terms(actor=request.actor, terms_uuid=str(terms), at=timezone.now())
    except services.NothingPromised:
        messages.error(request, _("Add a benefit with services before you publish."))
    except services.NotAfterLastTerms:
        messages.error(request, _("Later terms were published meanwhile. Draft new ones."))
    else:
        messages.success(request, _("The terms are published."))
    return redirect("insurer:plan-detail", uuid)


@page.page(Permission.PLAN_EDIT)
def benefit_new(request: PageRequest, uuid: UUID, terms: UUID) -> HttpResponse:
    """Add a benefit to draft terms."""
    form = forms.Benefit(_offered(request), request.POST or None)
    return _benefit_page(request, form, plan_uuid=uuid, terms_uuid=terms, benefit_uuid=None)


@page.page(Permission.PLAN_EDIT)
def benefit_edit(request: PageRequest, uuid: UUID, benefit: UUID) -> HttpResponse:
    """Change a benefit of draft terms."""
    terms, row = selectors.benefit(request.actor, uuid=str(benefit))
    form = forms.Benefit(_offered(request), request.POST or None, initial=forms.Benefit.initial_of(row))
    return _benefit_page(request, form, plan_uuid=uuid, terms_uuid=UUID(terms), benefit_uuid=benefit)


@page.page(Permission.PLAN_EDIT, methods=("POST",))
def benefit_remove(request: PageRequest, uuid: UUID, benefit: UUID) -> HttpResponse:
    """Take a benefit out of draft terms."""
    try:
        services.remove_benefit(actor=request.actor, benefit_uuid=str(benefit), at=timezone.now())
    except services.TermsPublished:
        messages.error(request, _("These terms are published and do not change. Draft new ones."))
    else:
        messages.success(request, _("The benefit was removed."))
    return redirect("insurer:plan-detail", uuid)


def _offered(request: PageRequest) -> list[tuple[str, list[tuple[int, str]]]]:
    """Return every service the insurer may promise, by area."""
    return [
        (
            area.name,
            [
                (row.id, f"{row.code} {row.name}")
                for row in catalog.services(area_id=area.id, insurer_id=request.actor.organization_id)
            ],
        )
        for area in catalog.areas()
    ]


def _benefit_page(
    request: PageRequest, form: forms.Benefit, *, plan_uuid: UUID, terms_uuid: UUID, benefit_uuid: UUID | None
) -> HttpResponse:
    """Save the benefit, or show its form with what is wrong."""
    plan = selectors.plan(request.actor, uuid=str(plan_uuid)).plan
    if request.method == "POST" and form.is_valid():
        try:
            services.save_benefit(
                actor=request.actor,
                terms_uuid=str(terms_uuid),
                benefit_uuid=str(benefit_uuid) if benefit_uuid else None,
                draft=form.draft(),
                at=timezone.now(),
            )
        except services.BenefitCodeTaken:
            form.add_error("code", _("Code: another benefit of these terms has it."))
        except services.ServiceInTwoBenefits as error:
            form.add_error("service_ids", benefit_words.taken(error.service_ids))
        except services.TermsPublished:
            form.add_error(None, _("These terms are published and do not change. Draft new ones."))
        else:
            messages.success(request, _("The benefit was saved."))
            return redirect("insurer:plan-detail", plan_uuid)
    context = {"form": form, "plan": plan, "is_new": benefit_uuid is None}
    return page.render(request, "insurer/plan/benefit.html", context, status=page.form_status(form))
