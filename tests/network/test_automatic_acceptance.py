"""Rules the insurer switched on accept an offer when it is sent; every decision is marked and explained."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests import cast, scenes
from tests.cast import AT, Firm
from tests.registry import register_files

from ols.accounts.models import Organization
from ols.accounts.permissions import Role
from ols.audit.models import Event
from ols.kernel.actor import NotPermitted
from ols.ledger.models import Account
from ols.network import models, selectors, services
from ols.network.selectors import review
from ols.notifications.models import OutboxMessage
from ols.registry.models import Facility, RegisterCell, RegisterEntry, RegisterFacility, RegisterUnit

pytestmark = pytest.mark.django_db
RULES = ("documents", "register", "identity", "alerts", "terms", "account", "start", "history")
DRAFT = services.RulesDraft(
    is_automatic=True, rules=RULES, start_within_days=30, entity_kinds=(), voivodeships=(), alarm_hours=1
)


@pytest.fixture
def clinic(insurer: Firm) -> Firm:
    """A clinic that is the first entity of the register, exactly as it stands there."""
    made = cast.provider()
    register_files.load(register_files.rows())
    entry = RegisterEntry.objects.order_by("pk")[0]
    RegisterEntry.objects.filter(pk=entry.pk).update(name=made.name, nip=made.nip)
    Facility.objects.filter(organization_id=made.id).update(
        entry=entry, street=entry.street, postal_code=entry.postal_code, city=entry.city
    )
    scenes.finish_stage_two(cast.operator(), made)
    return made


def switch_on(insurer: Firm, **changes: object) -> None:
    manager = insurer.actor(Role.NETWORK_MANAGER)
    draft = replace(DRAFT, **changes)
    services.set_rules(actor=manager, draft=draft, revision=review.rules(manager).revision, at=AT)


def letters() -> list[tuple[str, str]]:
    rows = OutboxMessage.objects.filter(payload__template__startswith="offer").order_by("pk")
    return [(row.payload["template"], row.payload["context"].get("automatic", "")) for row in rows]


def test_off_by_default_an_offer_waits_for_people(clinic: Firm, insurer: Firm) -> None:
    uuid = scenes.offered(clinic, insurer)
    manager = insurer.actor(Role.NETWORK_MANAGER)
    assert not review.rules(manager).is_automatic
    assert [row.uuid for row in selectors.offers_waiting(manager)] == [uuid]
    assert review.assessment(manager, contract_uuid=uuid) is None


def test_all_in_order_is_accepted_at_once_marked_and_explained(clinic: Firm, insurer: Firm) -> None:
    switch_on(insurer)
    uuid = scenes.offered(clinic, insurer)
    assert models.Contract.objects.get().status == "active"
    assert Account.objects.filter(code__contains=f":{clinic.id}").count() == 2
    assert letters() == [("offer_accepted", "yes"), ("offer_accepted", "yes")]
    for actor in (clinic.actor(Role.OWNER), insurer.actor(Role.NETWORK_MANAGER)):
        found = review.assessment(actor, contract_uuid=uuid)
        assert found is not None
        assert found.is_accepted
        assert [(item.rule, item.passed) for item in found.results] == [(code, True) for code in RULES]
    last = selectors.contract_history(clinic.actor(Role.OWNER), uuid=uuid)[-1]
    assert (last.event, last.actor_name, last.channel) == ("contract.accept", "System OLS", "job")
    assert last.data["automatic"] is True
    assert last.remark.startswith("Zaakceptowano automatycznie")


def test_a_failed_rule_leaves_the_offer_to_people_with_the_reason(clinic: Firm, insurer: Firm) -> None:
    switch_on(insurer)
    for table in (RegisterEntry, RegisterFacility, RegisterUnit, RegisterCell):
        table.objects.update(street="Inna 7")
    uuid = scenes.offered(clinic, insurer)
    manager = insurer.actor(Role.NETWORK_MANAGER)
    assert [row.uuid for row in selectors.offers_waiting(manager)] == [uuid]
    found = review.assessment(manager, contract_uuid=uuid)
    assert found is not None
    failed = [(item.rule, item.facts) for item in found.results if not item.passed]
    assert failed == [("identity", {"differing": ["street"]})]
    assert [template for template, _ in letters()] == ["offer_sent", "offer_received"]


def test_the_clinic_learns_nothing_of_others(clinic: Firm, insurer: Firm) -> None:
    switch_on(insurer, rules=("account",))
    other = cast.provider(2)
    models.Contract.objects.create(
        number="U/X", insurer_id=insurer.id, provider_id=other.id, iban=scenes.IBAN, created_at=AT
    )
    uuid = scenes.offered(clinic, insurer)
    own = review.assessment(clinic.actor(Role.OWNER), contract_uuid=uuid)
    assert own is not None
    assert [(item.passed, item.facts) for item in own.results] == [(False, {})]
    known = review.assessment(insurer.actor(Role.NETWORK_MANAGER), contract_uuid=uuid)
    assert known is not None
    assert known.results[0].facts["shared"] is True


def test_an_earlier_rejection_needs_a_person(clinic: Firm, insurer: Firm) -> None:
    uuid = scenes.offered(clinic, insurer)
    manager = insurer.actor(Role.NETWORK_MANAGER)
    services.reject_offer(actor=manager, contract_uuid=uuid, reason="Sieć pełna", at=AT)
    switch_on(insurer)
    again = scenes.offered(clinic, insurer)
    assert selectors.contract(manager, uuid=again).row.status == "offered"
    (earlier,) = review.earlier_contracts(manager, contract_uuid=again)
    assert (earlier.status, earlier.remark, earlier.by) == (
        "rejected",
        "Sieć pełna",
        "Network-manager 1 (demo)",
    )


def test_the_switch_stops_it_at_once_and_every_change_is_on_record(clinic: Firm, insurer: Firm) -> None:
    switch_on(insurer)
    insurer.hire(Role.OFFER_REVIEWER)
    reviewer = insurer.actor(Role.OFFER_REVIEWER)
    assert services.switch_rules_off(actor=reviewer, at=AT)
    assert not services.switch_rules_off(actor=reviewer, at=AT)
    uuid = scenes.offered(clinic, insurer)
    assert [row.uuid for row in selectors.offers_waiting(reviewer)] == [uuid]
    changes = [row.data["changed"] for row in Event.objects.filter(event="review_rules.set").order_by("pk")]
    assert changes[0]["is_automatic"] == [False, True]
    assert changes[0]["rules"] == [[], list(RULES)]
    assert changes[1] == {"is_automatic": [True, False]}
    with pytest.raises(NotPermitted):
        services.set_rules(actor=reviewer, draft=DRAFT, revision=2, at=AT)


def test_two_editors_of_the_rules(insurer: Firm) -> None:
    switch_on(insurer)
    with pytest.raises(services.RulesChanged):
        services.set_rules(actor=insurer.actor(Role.NETWORK_MANAGER), draft=DRAFT, revision=0, at=AT)


@pytest.mark.parametrize(
    "wrong",
    [
        {"rules": ()},
        {"rules": ("kind",)},
        {"rules": ("voivodeship",)},
        {"rules": ("unknown",)},
        {"start_within_days": 367},
        {"alarm_hours": 9},
    ],
)
def test_rules_that_cannot_be_followed_are_refused(insurer: Firm, wrong: dict) -> None:
    with pytest.raises(services.RulesWrong):
        switch_on(insurer, **wrong)
    assert models.ReviewRules.objects.count() == 0


def test_rules_of_one_insurer_do_not_touch_another(clinic: Firm, insurer: Firm) -> None:
    other = cast.insurer(2)
    scenes.prepare_insurer(other)
    switch_on(insurer)
    scenes.offered(clinic, other)
    assert models.Contract.objects.get().status == "offered"
    assert not review.rules(other.actor(Role.NETWORK_MANAGER)).is_automatic


def test_a_returned_offer_is_judged_anew(clinic: Firm, insurer: Firm) -> None:
    switch_on(insurer)
    Organization.objects.filter(pk=clinic.id).update(name="Inna nazwa (demo)")
    uuid = scenes.offered(clinic, insurer)
    manager = insurer.actor(Role.NETWORK_MANAGER)
    services.return_offer(actor=manager, contract_uuid=uuid, remark="Popraw nazwę", at=AT)
    Organization.objects.filter(pk=clinic.id).update(name=clinic.name)
    later = AT + timedelta(minutes=5)
    services.send_offer(actor=clinic.actor(Role.OWNER), contract_uuid=uuid, at=later)
    assert models.Contract.objects.get().status == "active"
    assert list(models.OfferAssessment.objects.order_by("at").values_list("is_accepted", flat=True)) == [
        False,
        True,
    ]
