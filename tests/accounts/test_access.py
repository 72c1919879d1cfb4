"""Requests for access: asked once, granted or declined by who manages staff, never more than that."""

from datetime import timedelta

import pytest
from tests import cast

from ols.accounts import models, people, services
from ols.accounts.permissions import Permission, Role, permissions_of, roles_giving, roles_of
from ols.accounts.services import access
from ols.audit import models as audit
from ols.db.errors import NotFound
from ols.kernel.actor import NotPermitted
from ols.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    made = cast.provider()
    made.hire(Role.STAFF_MANAGER)
    return made


def ask(clinic, permission=Permission.SETTLEMENT_VIEW, role="receptionist", at=cast.AT):
    return services.request_access(actor=clinic.actor(role), permission=permission, at=at)


def letters(template):
    return [
        row["to"]
        for row in OutboxMessage.objects.order_by("id").values_list("payload", flat=True)
        if row["template"] == template
    ]


def test_a_request_reaches_those_who_manage_staff_and_is_granted_with_the_smallest_role(clinic):
    uuid = ask(clinic)
    managers = [f"{role}.provider1@example.org" for role in ("owner", "staff-manager")]
    assert letters("access_requested") == managers
    (row,) = people.open_requests(clinic.actor("owner"))
    assert (row.person, row.permission, row.roles) == (
        "Receptionist 1 (demo)", Permission.SETTLEMENT_VIEW, (Role.ACCOUNTANT,),
    )  # fmt: skip
    assert people.own_open_request(clinic.actor("receptionist"), permission=row.permission) == cast.AT
    services.grant_access(actor=clinic.actor("staff-manager"), uuid=uuid, role=Role.ACCOUNTANT, at=cast.AT)
    assert clinic.actor("receptionist").has(Permission.SETTLEMENT_VIEW)
    assert clinic.actor("receptionist").has(Permission.CLAIM_SUBMIT)
    assert letters("access_granted") == ["receptionist.provider1@example.org"]
    assert people.open_request_count(clinic.actor("owner")) == 0
    events = audit.Event.objects.filter(subject_uuid=clinic.people["receptionist"].uuid)
    assert list(events.order_by("id").values_list("event", flat=True)) == [
        "membership.grant", "access.request", "membership.change", "access.grant",
    ]  # fmt: skip


def test_the_name_of_the_permission_is_in_the_readers_language(clinic):
    models.User.objects.filter(pk=clinic.people["owner"].pk).update(language="en")
    ask(clinic)
    found = OutboxMessage.objects.filter(payload__template="access_requested").order_by("id")
    names = [row.payload["context"]["permission"] for row in found]
    assert names == ["Financial settlements", "Rozliczenia finansowe"]


def test_declined_changes_nothing_and_may_be_asked_again(clinic):
    services.decline_access(actor=clinic.actor("owner"), uuid=ask(clinic), at=cast.AT)
    assert not clinic.actor("receptionist").has(Permission.SETTLEMENT_VIEW)
    assert letters("access_declined") == ["receptionist.provider1@example.org"]
    ask(clinic)


def test_one_open_request_for_a_permission(clinic):
    ask(clinic)
    with pytest.raises(services.AskedAlready):
        ask(clinic)
    assert models.AccessRequest.objects.count() == 1


def test_no_more_than_five_a_day(clinic):
    for _ in range(access.MOST_A_DAY):
        services.decline_access(actor=clinic.actor("owner"), uuid=ask(clinic), at=cast.AT)
    with pytest.raises(services.TooManyRequests):
        ask(clinic, Permission.PRICELIST_EDIT)
    ask(clinic, Permission.PRICELIST_EDIT, at=cast.AT + timedelta(hours=25))


def test_nobody_asks_for_what_nobody_here_may_have_or_what_one_has(clinic):
    for permission in (Permission.PAYMENT_APPROVE, Permission.CLAIM_SUBMIT, "no:such"):
        with pytest.raises(NotFound):
            ask(clinic, permission)


def test_an_answer_counts_once(clinic):
    uuid = ask(clinic)
    services.decline_access(actor=clinic.actor("owner"), uuid=uuid, at=cast.AT)
    with pytest.raises(services.AnsweredAlready):
        services.grant_access(actor=clinic.actor("owner"), uuid=uuid, role=Role.ACCOUNTANT, at=cast.AT)
    assert not clinic.actor("receptionist").has(Permission.SETTLEMENT_VIEW)


def test_only_a_role_that_answers_the_request_and_only_by_who_manages_staff_here(clinic):
    uuid = ask(clinic)
    for role in (Role.OWNER, Role.FINANCE_APPROVER, Role.PRICE_EDITOR):
        with pytest.raises(NotFound):
            services.grant_access(actor=clinic.actor("owner"), uuid=uuid, role=role, at=cast.AT)
    with pytest.raises(NotPermitted):
        services.grant_access(actor=clinic.actor("receptionist"), uuid=uuid, role=Role.ACCOUNTANT, at=cast.AT)
    with pytest.raises(NotFound):
        services.decline_access(actor=cast.provider(2).actor("owner"), uuid=uuid, at=cast.AT)


def test_the_right_given_another_way_and_the_removal_close_the_request(clinic):
    ask(clinic)
    person = clinic.people["receptionist"]
    services.change_roles(
        actor=clinic.actor("owner"), user_uuid=person.uuid, roles=[Role.ACCOUNTANT], at=cast.AT
    )
    assert models.AccessRequest.objects.get().answer == models.AccessRequest.GRANTED
    ask(clinic, Permission.CLAIM_SUBMIT)
    services.remove_member(actor=clinic.actor("owner"), user_uuid=person.uuid, at=cast.AT)
    assert models.AccessRequest.objects.latest("id").answer == models.AccessRequest.LAPSED


def test_every_permission_but_the_account_can_be_given_by_a_role_that_is_not_the_owners():
    everything = permissions_of(list(roles_of("provider")))
    assert everything == permissions_of([Role.OWNER])
    given = {name: roles_giving(name, "provider") for name in everything}
    assert [name for name, roles in given.items() if Role.OWNER in roles] == []
    assert [name for name, roles in given.items() if not roles] == [Permission.ACCOUNT_CHANGE]
