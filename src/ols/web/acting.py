"""For whom a page was made: every form carries a mark, so that nothing is done for another organization.

Who works for several organizations may have a page of each open. What is sent from a page made for one of
them while the person acts for another by now is not done but explained (`page.page` asks `is_stale`). The
mark is the person's own, too: what one of them typed is never sent by the next one at the same desk.
"""

from dataclasses import dataclass, replace
from typing import Final

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from ols.accounts import selectors
from ols.accounts.middleware import SESSION_ORGANIZATION
from ols.kernel.actor import Actor

MARK: Final = "acting_for"
SWITCH: Final = "acting_switch"


@dataclass(frozen=True, slots=True)
class Workplace:
    """An organization the person may act for, as the switcher shows it; `mark` names it in forms."""

    id: int
    mark: str
    name: str
    kind: str
    is_current: bool


def mark(organization_id: int, user_id: int) -> str:
    """Return what stands for the organization and its person in a form: inner ids stay inside."""
    return salted_hmac("ols.acting-for", f"{organization_id}:{user_id}", algorithm="sha256").hexdigest()[:16]


def workplaces(actor: Actor) -> list[Workplace]:
    """Return the organizations the actor's person works for, in Polish order of names."""
    return [] if actor.user_id is None else workplaces_of(actor.user_id, current=actor.organization_id)


def workplaces_of(user_id: int, *, current: int | None = None) -> list[Workplace]:
    """Return the organizations a person works for, in Polish order of names."""
    return [
        Workplace(
            row.organization_id,
            mark(row.organization_id, user_id),
            row.organization_name,
            row.organization_kind,
            row.organization_id == current,
        )
        for row in selectors.memberships(user_id=user_id)
    ]


def chosen(actor: Actor, wanted: str) -> Workplace | None:
    """Return the workplace with the mark; None when the person does not (or no longer) work there."""
    return next((row for row in workplaces(actor) if constant_time_compare(row.mark, wanted)), None)


def is_stale(request: HttpRequest, actor: Actor) -> bool:
    """Say whether the form was made for another organization than the one acted for now.

    A form without a mark is none of ours; from somebody with a single workplace it can do no harm.
    """
    if request.method != "POST" or actor.organization_id is None or actor.user_id is None:
        return False
    given = request.POST.get(MARK, "")
    if not given:
        return len(workplaces(actor)) > 1
    return not constant_time_compare(given, mark(actor.organization_id, actor.user_id))


def switch(request: HttpRequest, workplace: Workplace) -> None:
    """Let the session act for the workplace from the next request on."""
    request.session[SESSION_ORGANIZATION] = workplace.id


def follow(request: HttpRequest) -> None:
    """Go over to the organization a form was made for, when its sender has asked for that."""
    actor: Actor | None = getattr(request, "actor", None)
    if request.method != "POST" or actor is None or SWITCH not in request.POST:
        return
    wanted = chosen(actor, request.POST.get(MARK, ""))
    if wanted is None:
        return
    found = selectors.member_actor(user_id=actor.person(), organization_id=wanted.id, channel=actor.channel)
    if found is not None:
        switch(request, wanted)
        request.actor = replace(found, ip=actor.ip)  # type: ignore[attr-defined]  # as the middleware puts it
