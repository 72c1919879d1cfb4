"""Access taken away and given back: at once, with a reason, losing nothing; the operator itself stays."""

import pytest
from django.db import transaction
from tests import cast
from tests.cast import AT, Firm

from ols.accounts import models, oversight, selectors, services
from ols.api import tokens
from ols.audit import models as audit_models
from ols.db.errors import NotFound
from ols.kernel.actor import NotPermitted
from ols.notifications import models as notifications_models
from ols.workflow.machine import TransitionRefused

pytestmark = pytest.mark.django_db
REASON = "Nieopłacona składka członkowska."


@pytest.fixture
def operator() -> Firm:
    return cast.operator()


@pytest.fixture
def clinic() -> Firm:
    return cast.provider()


def second_operator(operator: Firm) -> models.User:
    with transaction.atomic():
        return services.add_member(
            actor=cast.SYSTEM,
            organization_id=operator.id,
            email="second@example.org",
            name="Drugi Operator (demo)",
            roles=["operator"],
            at=AT,
        )


def block(operator: Firm, firm: Firm, reason: str = REASON) -> None:
    services.block_organization(
        actor=operator.actor("operator"), organization_uuid=firm.uuid, reason=reason, at=AT
    )


def block_person(operator: Firm, user: models.User, reason: str = REASON) -> None:
    services.block_person(actor=operator.actor("operator"), user_uuid=user.uuid, reason=reason, at=AT)


def letters() -> list[tuple[str, str]]:
    rows = notifications_models.OutboxMessage.objects.order_by("id")
    return [(row.payload["template"], row.payload["to"]) for row in rows if row.kind == "email"]


def test_a_blocked_organization_is_shut_out_and_keeps_everything(operator, clinic) -> None:
    roles = list(models.Membership.objects.filter(organization_id=clinic.id).values_list("roles", flat=True))
    assert clinic.actor("owner").has("claim:submit")
    block(operator, clinic)
    assert (
        selectors.actor(user=clinic.people["owner"], organization_id=clinic.id, channel="web", ip=None)
        is None
    )
    row = models.Organization.objects.get(pk=clinic.id)
    assert (row.status, row.is_active) == ("blocked", False)
    assert letters() == [("organization_blocked", clinic.people["owner"].email)]
    event = audit_models.Event.objects.get(event="organization.block")
    assert (event.remark, str(event.subject_uuid)) == (REASON, clinic.uuid)
    services.unblock_organization(
        actor=operator.actor("operator"), organization_uuid=clinic.uuid, reason="Opłacona.", at=AT
    )
    assert clinic.actor("owner").has("claim:submit")
    after = list(models.Membership.objects.filter(organization_id=clinic.id).values_list("roles", flat=True))
    assert after == roles
    assert letters()[-1] == ("organization_unblocked", clinic.people["owner"].email)


def test_who_works_elsewhere_goes_on_there(operator, clinic) -> None:
    owner, other = clinic.people["owner"], cast.provider(2)
    models.Membership.objects.create(user=owner, organization_id=other.id, roles=["receptionist"])
    block(operator, clinic)
    left = selectors.memberships(user_id=owner.pk)
    assert [row.organization_id for row in left] == [other.id]
    assert oversight.closed_door(user_id=owner.pk).organizations == (clinic.name,)


def test_programs_are_refused_too(operator, clinic, monkeypatch) -> None:
    receptionist = clinic.people["receptionist"]
    token = tokens.issue(user_id=receptionist.pk, organization_id=clinic.id, expires_at=AT.replace(year=2099))
    assert tokens.actor_of(token).organization_id == clinic.id
    block(operator, clinic)
    # Rights are remembered for two seconds at most; the clock is moved instead of waiting.
    moved = tokens.time.monotonic() + 2.01
    monkeypatch.setattr(tokens.time, "monotonic", lambda: moved)
    with pytest.raises(tokens.TokenInvalid):
        tokens.actor_of(token)
    services.unblock_organization(
        actor=operator.actor("operator"), organization_uuid=clinic.uuid, reason="Wraca.", at=AT
    )
    tokens.forget_actors()
    block_person(operator, receptionist)
    with pytest.raises(tokens.TokenInvalid):
        tokens.actor_of(token)


def test_a_blocked_person_is_out_everywhere(operator, clinic) -> None:
    owner = clinic.people["owner"]
    client = clinic.client("owner")
    assert client.get("/panel/").status_code == 200
    block_person(operator, owner)
    assert client.get("/panel/").status_code == 302
    assert selectors.member_actor(user_id=owner.pk, organization_id=clinic.id, channel="api") is None
    assert letters() == [("person_blocked", owner.email)]
    services.request_password_link(actor=cast.SYSTEM, email=owner.email, at=AT)
    assert len(letters()) == 1
    services.unblock_person(actor=operator.actor("operator"), user_uuid=owner.uuid, reason="Wraca.", at=AT)
    # The sessions from before stay ended: whoever had stolen one does not come back with the person.
    assert client.get("/panel/").status_code == 302
    owner.refresh_from_db()
    assert clinic.client("owner").get("/panel/").status_code == 200


def test_refusals_change_nothing(operator, clinic) -> None:
    actor = operator.actor("operator")
    before = audit_models.Event.objects.count()
    with pytest.raises(services.ReasonMissing):
        block(operator, clinic, "  ")
    with pytest.raises(services.OperatorStays):
        block(operator, operator)
    with pytest.raises(services.OwnAccess):
        block_person(operator, operator.people["operator"])
    with pytest.raises(NotFound):
        services.block_person(actor=actor, user_uuid=clinic.uuid, reason=REASON, at=AT)
    with pytest.raises(TransitionRefused):
        services.unblock_person(actor=actor, user_uuid=clinic.people["owner"].uuid, reason=REASON, at=AT)
    for change in (services.block_organization, services.unblock_organization):
        with pytest.raises(NotPermitted):
            change(actor=clinic.actor("owner"), organization_uuid=clinic.uuid, reason=REASON, at=AT)
    for change in (services.block_person, services.unblock_person):
        with pytest.raises(NotPermitted):
            change(actor=clinic.actor("owner"), user_uuid=clinic.people["owner"].uuid, reason=REASON, at=AT)
    assert audit_models.Event.objects.count() == before
    assert letters() == []


def test_the_last_operator_stays_and_a_colleague_may_go(operator) -> None:
    second = second_operator(operator)
    block_person(operator, second)
    # Acting through a command, nobody is "oneself"; the last one is protected all the same.
    system = cast.Actor.system("command", permissions=frozenset({"organization:block"}))
    with pytest.raises(services.OperatorStays):
        services.block_person(actor=system, user_uuid=operator.people["operator"].uuid, reason=REASON, at=AT)
    operator.people["operator"].refresh_from_db()
    assert operator.people["operator"].is_active


def test_help_for_a_person(operator, clinic) -> None:
    actor, owner = operator.actor("operator"), clinic.people["owner"]
    client = clinic.client("owner")
    assert oversight.person(actor, uuid=owner.uuid, at=AT).open_sessions == 1
    services.send_password_link(actor=actor, user_uuid=owner.uuid, at=AT)
    services.end_sessions_of(actor=actor, user_uuid=owner.uuid, at=AT)
    assert client.get("/panel/").status_code == 302
    assert oversight.person(actor, uuid=owner.uuid, at=AT).open_sessions == 0
    assert letters() == [("password_link", owner.email), ("sessions_ended", owner.email)]
    block_person(operator, owner)
    with pytest.raises(services.PersonBlocked):
        services.send_password_link(actor=actor, user_uuid=owner.uuid, at=AT)
    for help_with in (services.send_password_link, services.end_sessions_of):
        with pytest.raises(NotPermitted):
            help_with(actor=clinic.actor("receptionist"), user_uuid=owner.uuid, at=AT)


def test_only_the_operator_oversees(clinic) -> None:
    owner = clinic.actor("owner")
    with pytest.raises(NotPermitted):
        oversight.organization(owner, uuid=clinic.uuid)
    with pytest.raises(NotPermitted):
        oversight.people(owner, organization_id=clinic.id, at=AT)
    with pytest.raises(NotPermitted):
        oversight.person(owner, uuid=clinic.people["owner"].uuid, at=AT)
