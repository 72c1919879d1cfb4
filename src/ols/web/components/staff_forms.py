"""What is typed on staff pages: who is invited, what each may do, who is looked for."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ols.accounts.people import Invitation as InvitationState
from ols.accounts.people import StaffRow
from ols.accounts.permissions import ROLE_HINTS, ROLE_NAMES, ROLE_PERMISSIONS, Role, roles_of
from ols.kernel.sortkey import search_key
from ols.web.components.forms import Form


@dataclass(frozen=True, slots=True)
class Preset:
    """A usual set of ticks."""

    code: str
    label: str | Promise
    roles: tuple[str, ...]


PRESETS = {
    "provider": (
        Preset("reception", gettext_lazy("Reception"), (Role.RECEPTIONIST,)),
        Preset("accounting", gettext_lazy("Accounting"), (Role.ACCOUNTANT,)),
        Preset(
            "office",
            gettext_lazy("Office: data, terms, prices"),
            (Role.DATA_EDITOR, Role.TERMS_SIGNER, Role.PRICE_EDITOR),
        ),
        Preset("manager", gettext_lazy("Manager"), (Role.OWNER,)),
    ),
    "insurer": (
        Preset("network", gettext_lazy("Network and plans"), (Role.NETWORK_MANAGER, Role.PLAN_MANAGER)),
        Preset("claims", gettext_lazy("Claims"), (Role.CLAIMS_HANDLER,)),
    ),
}


def preset_roles(organization_kind: str, code: str) -> list[str] | None:
    """Return the ticks of a preset; None for a preset that does not exist."""
    found = [preset for preset in PRESETS.get(organization_kind, ()) if preset.code == code]
    return list(found[0].roles) if found else None


class Roles(Form):
    """What a person may do; the choices are those of the organization's kind."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("What the person may do"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("What the person may do: tick at least one line.")},
    )

    def __init__(self, organization_kind: str, *args: Any, **kwargs: Any) -> None:
        """Offer the roles, each with what it means."""
        super().__init__(*args, **kwargs)
        field = self.fields["roles"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(role, _tick(role)) for role in roles_of(organization_kind)]

    def clean_roles(self) -> list[str]:
        """Leave out what another ticked role contains: who may do everything needs no second tick."""
        chosen: list[str] = self.cleaned_data["roles"]
        return [
            role
            for role in chosen
            if not any(ROLE_PERMISSIONS[role] < ROLE_PERMISSIONS[other] for other in chosen)
        ]


class Invitation(Roles):
    """A new person."""

    name = forms.CharField(label=gettext_lazy("First name and surname"), max_length=120)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        error_messages={"invalid": gettext_lazy("E-mail: enter an address like name@example.org.")},
    )
    field_order = ("name", "email", "roles")


STATES = {
    InvitationState.USED: gettext_lazy("Has access"),
    InvitationState.SENT: gettext_lazy("Invited"),
    InvitationState.EXPIRED: gettext_lazy("Invitation expired"),
}


class StaffFilters(Form):
    """Whom the list shows."""

    text = forms.CharField(label=gettext_lazy("Name or e-mail"), required=False, max_length=60)
    role = forms.ChoiceField(label=gettext_lazy("What they may do"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("Status"), required=False)

    def __init__(self, organization_kind: str, data: Any = None) -> None:
        """Offer the roles and the states in words."""
        super().__init__(data)
        self._choices("role", [(role, _(ROLE_NAMES[role])) for role in roles_of(organization_kind)])
        self._choices("state", list(STATES.items()))

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("All")), *choices]

    def lets_through(self, row: StaffRow) -> bool:
        """Say whether the person is among those looked for; a field that cannot be read filters nothing."""
        wanted = getattr(self, "cleaned_data", {})
        text = search_key(wanted.get("text") or "")
        return (
            text in search_key(f"{row.name} {row.email}")
            and wanted.get("role") in {None, "", *row.roles}
            and wanted.get("state") in {None, "", row.invitation}
        )


def _tick(role: str) -> str:
    """Return a role's name with its meaning below."""
    return format_html(
        '<span>{}<span class="hint">{}</span></span>', _(ROLE_NAMES[role]), _(ROLE_HINTS[role])
    )
