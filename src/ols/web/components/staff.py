"""Staff pages, the same in every workspace: who works here, in which roles."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ols.accounts import people, services
from ols.accounts.permissions import ROLE_NAMES, Permission, roles_of
from ols.web import page
from ols.web.components.forms import Form
from ols.web.page import PageRequest


class Roles(Form):
    """Which roles a person has; the choices are those of the organization's kind."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one role.")},
    )

    def __init__(self, organization_kind: str, *args: Any, **kwargs: Any) -> None:
        """Offer the roles."""
        super().__init__(*args, **kwargs)
        field = self.fields["roles"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(role, _(ROLE_NAMES[role])) for role in roles_of(organization_kind)]


class Invitation(Roles):
    """A new person."""

    name = forms.CharField(label=gettext_lazy("First name and surname"), max_length=120)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        error_messages={"invalid": gettext_lazy("E-mail: enter an address like name@example.org.")},
    )
    field_order = ("name", "email", "roles")


@dataclass(frozen=True)
class StaffPages:
    """The four staff pages of one workspace; `namespace` is also the folder of its base template."""

    namespace: str

    def urls(self) -> list[URLPattern]:
        """Return the addresses `staff-list`, `staff-new`, `staff-edit`, `staff-remove`."""
        guarded = page.page(Permission.STAFF_MANAGE)
        return [
            path(
                "staff/", page.page(Permission.STAFF_MANAGE, methods=("GET",))(self.show), name="staff-list"
            ),
            path("staff/new/", guarded(self.invite), name="staff-new"),
            path("staff/<uuid:uuid>/", guarded(self.change), name="staff-edit"),
            path(
                "staff/<uuid:uuid>/remove/",
                page.page(Permission.STAFF_MANAGE, methods=("POST",))(self.remove),
                name="staff-remove",
            ),
        ]

    def show(self, request: PageRequest) -> HttpResponse:
        """Show everybody who works here."""
        rows = [
            {"row": row, "roles": [_(ROLE_NAMES[role]) for role in row.roles]}
            for row in people.staff(request.actor, at=timezone.now())
        ]
        return self._render(request, "list", {"rows": rows})

    def invite(self, request: PageRequest) -> HttpResponse:
        """Invite somebody by e-mail."""
        form = Invitation(request.actor.organization_kind, request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                services.invite_member(actor=request.actor, at=timezone.now(), **form.cleaned_data)
            except services.WorksHereAlready:
                form.add_error("email", _("E-mail: this person works here already."))
            else:
                messages.success(request, _("The invitation is on its way."))
                return redirect(f"{self.namespace}:staff-list")
        return self._render(request, "new", {"form": form}, status=page.form_status(form))

    def change(self, request: PageRequest, uuid: UUID) -> HttpResponse:
        """Change somebody's roles."""
        row = people.member(request.actor, user_uuid=uuid, at=timezone.now())
        form = Roles(
            request.actor.organization_kind, request.POST or None, initial={"roles": list(row.roles)}
        )
        if request.method == "POST" and form.is_valid():
            try:
                services.change_roles(
                    actor=request.actor, user_uuid=uuid, roles=form.cleaned_data["roles"], at=timezone.now()
                )
            except services.LastManager:
                form.add_error("roles", _("Roles: somebody must be left who manages staff."))
            else:
                messages.success(request, _("The roles were changed."))
                return redirect(f"{self.namespace}:staff-list")
        return self._render(request, "edit", {"form": form, "row": row}, status=page.form_status(form))

    def remove(self, request: PageRequest, uuid: UUID) -> HttpResponse:
        """End somebody's work here at once."""
        try:
            services.remove_member(actor=request.actor, user_uuid=uuid, at=timezone.now())
        except services.LastManager:
            messages.error(request, _("Somebody must be left who manages staff."))
        else:
            messages.success(request, _("The person has no access here any more."))
        return redirect(f"{self.namespace}:staff-list")

    def _render(
        self, request: PageRequest, name: str, context: dict[str, object], status: int = 200
    ) -> HttpResponse:
        """Render one of the shared templates inside the workspace's own frame."""
        frame = {
            "base": f"{self.namespace}/base.html",
            "list_url": f"{self.namespace}:staff-list",
            "new_url": f"{self.namespace}:staff-new",
            "edit_url": f"{self.namespace}:staff-edit",
            "remove_url": f"{self.namespace}:staff-remove",
        }
        return page.render(request, f"components/staff/{name}.html", {**frame, **context}, status=status)
