"""Staff pages, the same in every workspace: who works here and what each may do."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import auth, messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts import people, services
from ols.accounts.permissions import Permission
from ols.web import page
from ols.web.components import exports, pages, staff_words
from ols.web.components.staff_forms import PRESETS, Invitation, Roles, StaffFilters, preset_roles
from ols.web.page import PageRequest

SPREADSHEETS = ("csv", "xlsx")


@dataclass(frozen=True)
class StaffPages:
    """The staff pages of one workspace; `namespace` is also the folder of its base template."""

    namespace: str

    def urls(self) -> list[URLPattern]:
        """Return the addresses `staff-list`, `staff-new`, `staff-edit` and those around them."""
        return [
            self._path("staff/", self.show, "list", "GET"),
            self._path("staff/staff.<str:kind>", self.export, "export", "GET"),
            self._path("staff/new/", self.invite, "new", "GET", "POST"),
            self._path("staff/history/", self.history, "history", "GET"),
            self._path("staff/<uuid:uuid>/", self.change, "edit", "GET", "POST"),
            self._path("staff/<uuid:uuid>/remove/", self.remove, "remove", "GET", "POST"),
            self._path("staff/<uuid:uuid>/resend/", self.resend, "resend", "POST"),
            self._path("staff/<uuid:uuid>/withdraw/", self.withdraw, "withdraw", "POST"),
            self._path("staff/<uuid:uuid>/reset/", self.reset, "reset", "POST"),
            self._path("staff/requests/<uuid:uuid>/", self.answer, "answer", "POST"),
            path(
                "staff/requests/",
                page.page(page.SIGNED_IN, methods=("POST",))(self.ask),
                name="staff-ask",
            ),
        ]

    def _path(self, route: str, view: Callable[..., HttpResponse], name: str, *methods: str) -> URLPattern:
        return path(route, page.page(Permission.STAFF_MANAGE, methods=methods)(view), name=f"staff-{name}")

    def show(self, request: PageRequest) -> HttpResponse:
        """Show everybody who works here, and who asks for access."""
        form, rows = self._found(request)
        listed = pages.paginate(total=len(rows), wanted=request.GET.get("page"))
        context = {
            "form": form,
            "rows": [
                (row, staff_words.role_names(row.roles), staff_words.TAGS[row.invitation])
                for row in rows[listed.offset : listed.offset + listed.size]
            ],
            "pages": listed,
            "query": request.GET.urlencode(),
            "requests": staff_words.requests(people.open_requests(request.actor)),
            "is_alone": not request.GET and len(rows) == 1,
            "me": request.actor.user_id,
        }
        return self._render(request, "list", context)

    def export(self, request: PageRequest, kind: str) -> HttpResponse:
        """Give the list as it is filtered to a spreadsheet."""
        if kind not in SPREADSHEETS:
            raise Http404
        return exports.response(staff_words.sheet(self._found(request)[1]), kind)

    def history(self, request: PageRequest) -> HttpResponse:
        """Show who was given or lost what, and by whom („Historia”)."""
        events = staff_words.events(people.staff_history(request.actor))
        return self._render(request, "history", {"events": events})

    def invite(self, request: PageRequest) -> HttpResponse:
        """Invite somebody by e-mail."""
        kind = request.actor.organization_kind
        if "preset" in request.POST:
            return self._ticked(request, "new", Invitation(kind, initial=_typed(request)), {})
        form = Invitation(kind, request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                services.invite_member(actor=request.actor, at=timezone.now(), **form.cleaned_data)
            except services.WorksHereAlready:
                form.add_error("email", _("E-mail: this person works here already."))
            else:
                messages.success(request, _("The invitation is on its way."))
                return redirect(f"{self.namespace}:staff-list")
        return self._ticked(request, "new", form, {}, status=page.form_status(form))

    def change(self, request: PageRequest, uuid: UUID) -> HttpResponse:
        """Change what somebody may do."""
        row = people.member(request.actor, user_uuid=uuid, at=timezone.now())
        kind, context = request.actor.organization_kind, self._person(request, row)
        if "preset" in request.POST:
            return self._ticked(request, "edit", Roles(kind, initial=_typed(request)), context)
        form = Roles(kind, request.POST or None, initial={"roles": list(row.roles)})
        if request.method == "POST" and form.is_valid():
            try:
                services.change_roles(
                    actor=request.actor, user_uuid=uuid, roles=form.cleaned_data["roles"], at=timezone.now()
                )
            except services.LastManager:
                form.add_error("roles", _("What the person may do: somebody must be left who manages staff."))
            else:
                messages.success(request, _("Saved. It counts from the person's next click."))
                return redirect(f"{self.namespace}:staff-list")
        return self._ticked(request, "edit", form, context, status=page.form_status(form))

    def remove(self, request: PageRequest, uuid: UUID) -> HttpResponse:
        """Say what removing somebody means; then do it at once."""
        row = people.member(request.actor, user_uuid=uuid, at=timezone.now())
        context = self._person(request, row)
        if request.method == "GET":
            return self._render(request, "remove", context)
        try:
            services.remove_member(actor=request.actor, user_uuid=uuid, at=timezone.now())
        except services.LastManager:
            return self._render(request, "remove", {**context, "is_last": True}, HTTPStatus.CONFLICT)
        if context["is_me"]:
            auth.logout(request)
            messages.success(request, _("You no longer work here. Log in again to work elsewhere."))
            return redirect("public:home-show")
        messages.success(request, _("%(person)s has no access here any more.") % {"person": row.name})
        return redirect(f"{self.namespace}:staff-list")

    def resend(self, request: PageRequest, uuid: UUID) -> HttpResponse:
        """Send an invitation again („Wyślij ponownie”)."""
        try:
            services.resend_invitation(actor=request.actor, user_uuid=uuid, at=timezone.now())
        except services.InvitationUsed:
            messages.info(request, _("The person has set a password already: there is nothing to send."))
        except services.SentJustNow:
            messages.warning(request, _("The invitation was sent a moment ago. Try again in a minute."))
        else:
            messages.success(request, _("The invitation is on its way again. The link before it is void."))
        return redirect(f"{self.namespace}:staff-edit", uuid)

    def withdraw(self, request: PageRequest, uuid: UUID) -> HttpResponse:
        """Take an invitation back („Wycofaj zaproszenie”)."""
        try:
            services.withdraw_invitation(actor=request.actor, user_uuid=uuid, at=timezone.now())
        except services.InvitationUsed:
            messages.warning(
                request, _("The person has used the invitation: remove them from staff instead.")
            )
            return redirect(f"{self.namespace}:staff-edit", uuid)
        except services.LastManager:
            messages.error(request, _("Somebody must be left who manages staff."))
        else:
            messages.success(request, _("The invitation was withdrawn. Its link works no more."))
        return redirect(f"{self.namespace}:staff-list")

    def reset(self, request: PageRequest, uuid: UUID) -> HttpResponse:
        """Take the second factors from somebody who lost them („Usuń drugi składnik”)."""
        services.reset_factors(actor=request.actor, user_uuid=uuid, at=timezone.now())
        messages.success(request, _("The second factor was removed. The person is told by e-mail."))
        return redirect(f"{self.namespace}:staff-edit", uuid)

    def ask(self, request: PageRequest) -> HttpResponse:
        """Ask for a permission („Poproś o dostęp”)."""
        refusal = page.stale_refusal(request)
        if refusal is not None:
            return refusal
        try:
            services.request_access(
                actor=request.actor, permission=request.POST.get("permission", ""), at=timezone.now()
            )
        except services.AskedAlready:
            messages.info(request, _("You have asked for this already. The answer comes by e-mail."))
        except services.TooManyRequests:
            messages.warning(request, _("You have asked for much today. Try again tomorrow, or call."))
        else:
            messages.success(request, _("Your request was sent. The answer comes by e-mail."))
        return redirect(f"{self.namespace}:home-show")

    def answer(self, request: PageRequest, uuid: UUID) -> HttpResponse:
        """Grant or decline a request for access."""
        role, at = request.POST.get("role", ""), timezone.now()
        try:
            if role:
                services.grant_access(actor=request.actor, uuid=uuid, role=role, at=at)
                messages.success(request, _("Granted. It counts from the person's next click."))
            else:
                services.decline_access(actor=request.actor, uuid=uuid, at=at)
                messages.success(request, _("Declined. The person gets an e-mail."))
        except services.AnsweredAlready:
            messages.info(request, _("This request has been answered already."))
        return redirect(f"{self.namespace}:staff-list")

    def _found(self, request: PageRequest) -> tuple[StaffFilters, list[people.StaffRow]]:
        """Return the filter and the people it lets through."""
        form = StaffFilters(request.actor.organization_kind, request.GET or None)
        form.is_valid()
        rows = people.staff(request.actor, at=timezone.now())
        return form, [row for row in rows if form.lets_through(row)]

    def _person(self, request: PageRequest, row: people.StaffRow) -> dict[str, Any]:
        """Return what the pages about one person show."""
        is_manager = Permission.STAFF_MANAGE in row.permissions
        return {
            "row": row,
            "roles": staff_words.role_names(row.roles),
            "tag": staff_words.TAGS[row.invitation],
            "is_me": row.user_id == request.actor.user_id,
            "is_last": is_manager and people.manager_count(request.actor) == 1,
        }

    def _ticked(
        self, request: PageRequest, name: str, form: Roles, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        """Render a page with ticks and the usual sets of them."""
        presets = PRESETS.get(request.actor.organization_kind, ())
        return self._render(request, name, {"form": form, "presets": presets, **context}, status)

    def _render(
        self, request: PageRequest, name: str, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        """Render one of the shared templates inside the workspace's own frame."""
        names = (
            "list",
            "new",
            "edit",
            "remove",
            "resend",
            "withdraw",
            "reset",
            "answer",
            "history",
            "export",
        )
        urls = {f"{name}_url": f"{self.namespace}:staff-{name}" for name in names}
        frame = {"base": f"{self.namespace}/base.html", **urls}
        return page.render(request, f"components/staff/{name}.html", {**frame, **context}, status=status)


def _typed(request: PageRequest) -> dict[str, object]:
    """Return what was typed, with the ticks of the preset that was pressed."""
    kept: dict[str, object] = {name: request.POST.get(name, "") for name in ("name", "email")}
    roles = preset_roles(request.actor.organization_kind, request.POST["preset"])
    return kept | {"roles": request.POST.getlist("roles") if roles is None else roles}
