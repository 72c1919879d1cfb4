"""The steps of the access wizard as data."""

from django.utils.translation import gettext_lazy as _

from ols.web.components.shapes import Step

_STEPS = (
    ("search", _("Search")),
    ("choose", _("Your clinic")),
    ("form", _("Application")),
    ("check", _("Check and send")),
)


def wizard(current: str) -> list[Step]:
    """Return the steps with the states for the page named."""
    names = [name for name, _label in _STEPS]
    now = names.index(current)
    return [
        Step(label, "done" if place < now else "current" if place == now else "todo")
        for place, (_name, label) in enumerate(_STEPS)
    ]
