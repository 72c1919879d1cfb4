"""Staff: invited, changed, removed; the last manager can't lock everybody out."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone
from tests import cast
from tests.together import at_once

from ols.accounts import models, people, selectors, services
from ols.accounts.permissions import Permission, Role
from ols.accounts.services import staff
from ols.api import tokens
from ols.db.errors import NotFound
from ols.kernel.actor import NotPermitted
from ols.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return cast.provider()


def invite(clinic, *, roles=(Role.RECEPTIONIST,), email="new@example.org"):
    return services.invite_member(
        actor=clinic.actor("owner"), email=email, name="Nowa (demo)", roles=roles, at=cast.AT
    )


def test_an_invited_person_gets_a_link_and_the_roles(clinic):
    uuid = invite(clinic)
    row = people.member(clinic.actor("owner"), user_uuid=uuid, at=cast.AT)
    assert (row.roles, row.invitation) == (("receptionist",), people.Invitation.SENT)
    message = OutboxMessage.objects.latest("id").payload
    assert (message["to"], message["template"]) == ("new@example.org", "invitation")
    assert (message["context"]["organization"], message["context"]["by"]) == (clinic.name, "Owner 1 (demo)")


def test_who_has_a_password_elsewhere_is_told_and_keeps_it(clinic):
    other = cast.provider(2)
    person = other.people["owner"]
    person.set_password("a long enough phrase")
    person.save()
    invite(clinic, email=person.email.upper())
    message = OutboxMessage.objects.latest("id").payload
    assert (message["template"], message["context"]["organization"]) == ("added_to_organization", clinic.name)
    assert [row.organization_id for row in selectors.memberships(user_id=person.pk)] == [clinic.id, other.id]


def test_roles_of_another_kind_or_none_are_refused(clinic):
    for roles in ((Role.OPERATOR,), (), ("nobody",)):
        with pytest.raises(services.RoleOfOtherKind):
            invite(clinic, roles=roles)
    assert not models.User.objects.filter(email="new@example.org").exists()


def test_only_who_manages_staff_of_this_very_clinic_may(clinic):
    uuid = invite(clinic)
    with pytest.raises(NotPermitted):
        services.remove_member(actor=clinic.actor("receptionist"), user_uuid=uuid, at=cast.AT)
    with pytest.raises(NotFound):
        services.remove_member(actor=cast.provider(2).actor("owner"), user_uuid=uuid, at=cast.AT)
    found = people.member(clinic.actor("owner"), user_uuid=uuid, at=cast.AT)
    assert found.roles == ("receptionist",)


def test_a_removed_person_acts_for_nobody_at_once(clinic):
    receptionist = clinic.people["receptionist"]
    services.remove_member(actor=clinic.actor("owner"), user_uuid=receptionist.uuid, at=cast.AT)
    found = selectors.actor(user=receptionist, organization_id=clinic.id, channel="web", ip=None)
    assert found is None


def test_the_last_manager_stays(clinic):
    owner = clinic.people["owner"]
    for change in (
        lambda: services.remove_member(actor=clinic.actor("owner"), user_uuid=owner.uuid, at=cast.AT),
        lambda: services.change_roles(
            actor=clinic.actor("owner"), user_uuid=owner.uuid, roles=[Role.ACCOUNTANT], at=cast.AT
        ),
    ):
        with pytest.raises(services.LastManager):
            change()
        assert clinic.actor("owner").has(Permission.STAFF_MANAGE)


def remove_each_other(clinic):
    """Let two owners remove each other at the same moment; return how many were refused and are left."""
    second = models.User.objects.get(uuid=invite(clinic, roles=[Role.OWNER]))
    first = clinic.people["owner"]
    actors = {
        first.uuid: clinic.actor("owner"),
        second.uuid: selectors.actor(user=second, organization_id=clinic.id, channel="web", ip=None),
    }

    def remove(by, whom):
        return lambda: services.remove_member(actor=actors[by.uuid], user_uuid=whom.uuid, at=cast.AT)

    results = at_once(remove(first, second), remove(second, first))
    refused = [result for result in results if result is not None]
    assert all(isinstance(result, services.LastManager) for result in refused)
    managers = models.Membership.objects.filter(
        organization_id=clinic.id, is_active=True, roles__contains=[Role.OWNER]
    )
    return len(refused), managers.count()


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_two_managers_cannot_remove_each_other_at_the_same_moment(clinic):
    assert remove_each_other(clinic) == (1, 1)


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_go_so_the_check_above_can_fail(clinic, monkeypatch):
    both_checked = threading.Barrier(2)
    check = staff._require_manager

    def unlocked(actor):
        rows = models.Membership.objects.filter(organization_id=actor.organization(), is_active=True)
        return list(rows.select_related("user"))

    def check_and_wait(actor):
        check(actor)
        if threading.current_thread() is not threading.main_thread():
            both_checked.wait(5)

    monkeypatch.setattr(staff, "locked_members", unlocked)
    monkeypatch.setattr(staff, "_require_manager", check_and_wait)
    assert remove_each_other(clinic) == (0, 0)


def test_who_works_here_already_is_not_invited_again(clinic):
    with pytest.raises(services.WorksHereAlready):
        invite(clinic, email=clinic.people["owner"].email.upper(), roles=[Role.ACCOUNTANT])
    assert clinic.actor("owner").has(Permission.STAFF_MANAGE)


def test_an_invitation_expires_is_sent_again_and_withdrawn(clinic):
    uuid, actor = invite(clinic), clinic.actor("owner")
    later = cast.AT + timedelta(hours=25)
    assert people.member(actor, user_uuid=uuid, at=later).invitation == people.Invitation.EXPIRED
    services.resend_invitation(actor=actor, user_uuid=uuid, at=later)
    with pytest.raises(services.SentJustNow):
        services.resend_invitation(actor=actor, user_uuid=uuid, at=later + timedelta(seconds=59))
    secret = OutboxMessage.objects.latest("id").payload["context"]["secret"]
    assert selectors.password_link_user(secret=secret, at=later) is not None
    services.withdraw_invitation(actor=actor, user_uuid=uuid, at=later)
    assert selectors.password_link_user(secret=secret, at=later) is None
    assert [row.email for row in people.staff(actor, at=later) if row.email == "new@example.org"] == []


def test_withdrawing_leaves_another_organizations_invitation_alone(clinic):
    other = cast.provider(2)
    uuid = invite(clinic)
    invite(other)
    secret = OutboxMessage.objects.latest("id").payload["context"]["secret"]
    services.withdraw_invitation(actor=clinic.actor("owner"), user_uuid=uuid, at=cast.AT)
    assert selectors.password_link_user(secret=secret, at=cast.AT) is not None


def test_a_used_invitation_is_neither_sent_again_nor_withdrawn(clinic):
    uuid = invite(clinic)
    secret = OutboxMessage.objects.latest("id").payload["context"]["secret"]
    services.set_password(actor=cast.SYSTEM, secret=secret, password="a long enough phrase", at=cast.AT)
    for service in (services.resend_invitation, services.withdraw_invitation):
        with pytest.raises(services.InvitationUsed):
            service(actor=clinic.actor("owner"), user_uuid=uuid, at=cast.AT + timedelta(hours=1))


def test_removal_ends_every_session_and_the_program_too(clinic):
    person, client = clinic.people["receptionist"], clinic.client("receptionist")
    token = tokens.issue(
        user_id=person.pk, organization_id=clinic.id, expires_at=timezone.now() + timedelta(days=1)
    )
    assert tokens.actor_of(token).has(Permission.CLAIM_SUBMIT)
    assert client.get("/panel/").status_code == 200
    services.remove_member(actor=clinic.actor("owner"), user_uuid=person.uuid, at=cast.AT)
    assert client.get("/panel/").url.startswith("/login/")
    tokens.forget_actors()
    with pytest.raises(tokens.TokenInvalid):
        tokens.actor_of(token)
    assert OutboxMessage.objects.latest("id").payload["template"] == "removed_from_organization"


def test_who_works_elsewhere_too_logs_in_again_there(clinic):
    other, person = cast.provider(2), clinic.people["receptionist"]
    invite(other, email=person.email)
    client = clinic.client("receptionist")
    services.remove_member(actor=clinic.actor("owner"), user_uuid=person.uuid, at=cast.AT)
    assert client.get("/panel/").status_code == 302
    person.refresh_from_db()
    client.force_login(person)
    assert other.name in client.get("/panel/").content.decode()


def test_roles_changed_count_from_the_next_click(clinic):
    client = clinic.client("receptionist")
    assert client.get("/panel/settlements/").status_code == 403
    services.change_roles(
        actor=clinic.actor("owner"),
        user_uuid=clinic.people["receptionist"].uuid,
        roles=[Role.ACCOUNTANT],
        at=cast.AT,
    )
    assert client.get("/panel/settlements/").status_code == 200


def test_the_history_tells_what_was_changed_here_and_nothing_of_elsewhere(clinic):
    person = clinic.people["receptionist"]
    invite(cast.provider(2), email=person.email)
    services.change_roles(
        actor=clinic.actor("owner"), user_uuid=person.uuid, roles=[Role.ACCOUNTANT], at=cast.AT
    )
    newest, *older = people.staff_history(clinic.actor("owner"))
    assert (newest.person, newest.roles, newest.before) == (person.name, ("accountant",), ("receptionist",))
    assert {row.event for row in older} == {"membership.grant"}
    assert len(older) == len(clinic.people)
