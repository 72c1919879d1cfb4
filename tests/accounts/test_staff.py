"""Staff: invited, changed, removed; the last manager can't lock everybody out."""

import threading

import pytest
from django.db import connection
from tests import cast

from ols.accounts import models, selectors, services
from ols.accounts.permissions import Permission, Role
from ols.accounts.services import staff
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
    row = selectors.member(clinic.actor("owner"), user_uuid=uuid)
    assert (row.roles, row.has_password) == (("receptionist",), False)
    message = OutboxMessage.objects.latest("id").payload
    assert (message["to"], message["template"]) == ("new@example.org", "invitation")


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
    assert selectors.member(clinic.actor("owner"), user_uuid=uuid).roles == ("receptionist",)


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
        lambda: invite(clinic, email=owner.email, roles=[Role.ACCOUNTANT]),
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
    barrier = threading.Barrier(2)
    refused = []

    def remove(actor, other):
        try:
            barrier.wait(5)
            services.remove_member(actor=actor, user_uuid=other, at=cast.AT)
        except services.LastManager:
            refused.append(other)
        finally:
            connection.close()

    pairs = [(actors[first.uuid], second.uuid), (actors[second.uuid], first.uuid)]
    threads = [threading.Thread(target=remove, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
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

    monkeypatch.setattr(staff, "_locked_members", unlocked)
    monkeypatch.setattr(staff, "_require_manager", check_and_wait)
    assert remove_each_other(clinic) == (0, 0)
