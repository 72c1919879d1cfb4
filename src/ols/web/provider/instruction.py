"""How to grant a benefit: the steps on the page and on paper, and the shortcuts to the claim form."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class Guide:
    """One step: what to do, how, and the icon beside it."""

    title: str | Promise
    text: str | Promise
    icon: str


STEPS = (
    Guide(
        gettext_lazy("Open the claim form"),
        gettext_lazy("Press F2 in the panel, or choose „Wniosek o wypłatę świadczenia” in the menu."),
        "heart-pulse",
    ),
    Guide(
        gettext_lazy("Find the insured person"),
        gettext_lazy(
            "Enter the PESEL or the number of the card. Compare name and year of birth with a document."
        ),
        "search",
    ),
    Guide(
        gettext_lazy("Check the cover"),
        gettext_lazy("You see at once whether the cover is in force today, for what, and what is left."),
        "shield-check",
    ),
    Guide(
        gettext_lazy("Add the services"),
        gettext_lazy(
            "Choose from your accepted price list. Add the practitioner, and a referral where it is needed."
        ),
        "clipboard-list",
    ),
    Guide(
        gettext_lazy("Read the estimate and send"),
        gettext_lazy(
            "Each line says what the insurer pays and what the patient pays, and why. Then send the claim."
        ),
        "banknote",
    ),
    Guide(
        gettext_lazy("Grant the benefit and confirm it"),
        gettext_lazy("Take the patient's part. Confirm the claim when the services are performed."),
        "circle-check",
    ),
    Guide(
        gettext_lazy("Settle"),
        gettext_lazy(
            "In „Rozliczenia finansowe” make the report of a period. The insurer pays within 3 working days."
        ),
        "wallet",
    ),
)
KEYS = gettext_lazy(
    "Claims and settlements carry a key: only people whom the owner or a manager authorised get in."
)


def markdown(help_phone: str, help_hours: str) -> str:
    """Return the instruction as text for print."""
    steps = "\n".join(f"{number}. **{one.title}** {one.text}" for number, one in enumerate(STEPS, start=1))
    help_text = _("Help: %(phone)s, working days %(hours)s.") % {"phone": help_phone, "hours": help_hours}
    return f"{steps}\n\n## {_('Who may do it')}\n\n{KEYS}\n\n## {_('Help')}\n\n{help_text}\n"


def windows_shortcut() -> str:
    """Return an Internet shortcut to the claim form."""
    return f"[InternetShortcut]\r\nURL={_address()}\r\n"


def linux_shortcut() -> str:
    """Return a desktop entry that opens the claim form in the browser."""
    lines = (
        "[Desktop Entry]",
        "Version=1.0",
        "Type=Application",
        "Name=System OLS: wniosek",
        "Name[en]=System OLS: claim",
        f'Exec=xdg-open "{_address()}"',
        "Icon=web-browser",
        "Terminal=false",
    )
    return "\n".join(lines) + "\n"


def _address() -> str:
    """Return the public address of the claim form."""
    return f"{settings.PUBLIC_URL}{reverse('provider:claim-new')}"
