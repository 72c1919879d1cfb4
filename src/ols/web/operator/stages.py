"""How far an organization has come, as a task list without links: the operator looks, others act."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network.selectors import TermsKind
from ols.network.selectors import oversight as network
from ols.onboarding.selectors.joining import joined_with
from ols.registry.selectors import oversight as registry
from ols.web.components.network_words import CONTRACT_TAGS
from ols.web.components.shapes import Task

_DONE = ("ok", "check")
_TODO = ("plain", "circle-dashed")


def of_provider(actor: Actor, *, organization_id: int, on: date) -> list[Task]:
    """Return the stages of a clinic."""
    joined = joined_with(actor, organization_id=organization_id)
    way = _("application %(number)s") % {"number": joined} if joined else _("added by the operator")
    confirmed = registry.data_confirmed_at(actor, organization_id=organization_id)
    told = f"{confirmed.astimezone(days.WARSAW):%d.%m.%Y %H:%M}" if confirmed else ""
    return [
        Task(_("Access to the platform"), _("given"), "", way, *_DONE),
        _terms(actor, organization_id, TermsKind.PLATFORM, _("Terms of the platform"), on),
        Task(
            _("Own data"),
            pgettext("data", "confirmed") if confirmed else pgettext("data", "not confirmed"),
            "",
            told,
            *(_DONE if confirmed else _TODO),
        ),
        _terms(actor, organization_id, TermsKind.INSURANCE_SERVICE, _("Terms of the insurance service"), on),
        *cooperation(actor, organization_id=organization_id),
    ]


def cooperation(actor: Actor, *, organization_id: int) -> list[Task]:
    """Return each co-operation with its status."""
    found = []
    for row in network.cooperation(actor, organization_id=organization_id):
        tag, label = CONTRACT_TAGS[row.status], _("Co-operation: %(name)s") % {"name": row.partner_name}
        found.append(Task(label, tag.label, "", row.number, tag.kind, tag.icon))
    return found


def _terms(actor: Actor, organization_id: int, kind: TermsKind, label: str, on: date) -> Task:
    """Return whether the text in force is accepted."""
    row = network.accepted_terms(actor, organization_id=organization_id, kind=kind, on=on)
    if row is None:
        return Task(label, pgettext("terms", "not accepted"), "", "", *_TODO)
    hint = _("version %(version)s, %(at)s, %(by)s") % {
        "version": row.version,
        "at": f"{row.at.astimezone(days.WARSAW):%d.%m.%Y %H:%M}",
        "by": row.by,
    }
    if row.is_current:
        return Task(label, pgettext("terms", "accepted"), "", hint, *_DONE)
    return Task(label, pgettext("terms", "an older version accepted"), "", hint, "warn", "triangle-alert")
