"""A new version has a deadline: who is told and when, what is suspended after it, what brings it back."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from tests import cast, scenes
from tests.cast import AT, TODAY

from ols.accounts.permissions import Role
from ols.audit import models as audit
from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.network import models, selectors, services
from ols.network.models import TermsKind
from ols.network.selectors import notices, standing
from ols.network.services import deadlines
from ols.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
DEADLINE = date(2026, 12, 7)  # two weeks after TODAY
JOB = cast.SYSTEM


def days_on(count: int, hour: int = 9) -> datetime:
    return (AT + timedelta(days=count)).replace(hour=hour)


@pytest.fixture
def world(db) -> tuple[cast.Firm, cast.Firm, cast.Firm, str]:
    """Return the operator, an insurer, a clinic and their active contract with one area."""
    operator, insurer, clinic = cast.operator(), cast.insurer(), cast.provider()
    scenes.finish_stage_two(operator, clinic)
    scenes.prepare_insurer(insurer, "CONS")
    contract = scenes.active(clinic, insurer)
    scenes.accept_area(clinic, insurer, "CONS")
    return operator, insurer, clinic, contract


def publish_next(firm: cast.Firm, kind: str, **changes) -> str:
    if kind == TermsKind.THEMATIC:
        changes["area_id"] = catalog.area(code="CONS").id
    return scenes.publish(firm, kind, version="2.0", **changes)


def held(clinic: cast.Firm, kind: str, day: date) -> bool:
    """Ask the published view, as a claim of that day does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(coalesce(holds_to, 'infinity')) >= %s FROM network_pub_accepted_terms"
            " WHERE provider_id = %s AND kind = %s",
            [day, clinic.id, kind],
        )
        return bool(cursor.fetchone()[0])


@pytest.mark.parametrize("kind", ["insurance-service", "general", "thematic"])
def test_an_acceptance_holds_until_the_deadline_and_again_once_the_new_version_is_accepted(world, kind):
    operator, insurer, clinic, contract = world
    owner = clinic.actor(Role.OWNER)
    assert selectors.terms_due(owner, on=TODAY) == []
    new = publish_next(operator if kind == "insurance-service" else insurer, kind)
    (due,) = selectors.terms_due(owner, on=DEADLINE)
    assert (due.kind, due.accepted.version, due.newest.version) == (kind, "1.0", "2.0")
    assert (due.accept_by, due.is_suspended) == (DEADLINE, False)
    assert selectors.contract_terms_due(owner, uuid=contract, on=DEADLINE) == [due]
    assert selectors.contract_terms_due(insurer.actor(Role.NETWORK_MANAGER), uuid=contract, on=DEADLINE) == [
        due
    ]
    late = DEADLINE + timedelta(days=1)
    (lapsed,) = selectors.terms_due(owner, on=late)
    assert lapsed.is_suspended is True
    assert selectors.suspends_contract(lapsed) is (kind != "thematic")
    # The view says the same as the selector, day by day.
    assert (held(clinic, kind, DEADLINE), held(clinic, kind, late)) == (True, False)
    scenes.accept(clinic, new)
    assert held(clinic, kind, late) is True
    assert selectors.terms_due(owner, on=late) == []


def test_the_earliest_deadline_that_was_missed_counts(world):
    _operator, insurer, clinic, _contract = world
    publish_next(insurer, TermsKind.GENERAL)
    scenes.publish(insurer, TermsKind.GENERAL, version="3.0", accept_by=DEADLINE + timedelta(days=60))
    (due,) = selectors.terms_due(clinic.actor(Role.OWNER), on=TODAY)
    assert (due.newest.version, due.accept_by) == ("3.0", DEADLINE)
    scenes.accept(clinic, str(due.newest.uuid))
    assert selectors.terms_due(clinic.actor(Role.OWNER), on=date(2030, 1, 1)) == []


def test_strangers_do_not_learn_what_is_due(world):
    _operator, insurer, _clinic, contract = world
    publish_next(insurer, TermsKind.GENERAL)
    other, second = cast.provider(2).actor(Role.OWNER), cast.insurer(2).actor(Role.NETWORK_MANAGER)
    assert selectors.terms_due(other, on=TODAY) == []
    assert selectors.terms_due(second, on=TODAY) == []
    for actor in (other, second):
        with pytest.raises(NotFound):
            selectors.contract_terms_due(actor, uuid=contract, on=TODAY)


def test_a_planned_version_is_accepted_before_its_day(world):
    _operator, insurer, clinic, _contract = world
    planned = scenes.publish(insurer, TermsKind.GENERAL, version="2.0", valid_from=TODAY + timedelta(days=20))
    assert selectors.terms(uuid=planned).accept_by == date(2026, 12, 28)  # 27.12 is a Sunday
    scenes.accept(clinic, planned)
    assert selectors.terms_due(clinic.actor(Role.OWNER), on=TODAY) == []


def test_nobody_is_given_less_than_a_week(world):
    _operator, insurer, _clinic, _contract = world
    for valid_from, accept_by in (
        (TODAY, TODAY + timedelta(days=6)),
        (TODAY + timedelta(days=30), TODAY + timedelta(days=29)),
    ):
        with pytest.raises(services.DeadlineTooEarly):
            scenes.publish(
                insurer, TermsKind.GENERAL, version="2.0", valid_from=valid_from, accept_by=accept_by
            )
    scenes.publish(insurer, TermsKind.GENERAL, version="2.0", accept_by=TODAY + timedelta(days=7))
    with pytest.raises(services.VersionTaken):  # versions follow one another
        scenes.publish(insurer, TermsKind.GENERAL, version="3.0", valid_from=TODAY - timedelta(days=60))


def letters() -> list[tuple[str, str, str]]:
    rows = OutboxMessage.objects.filter(payload__template__in=["terms_due", "terms_lapsed"]).order_by("id")
    return [(row.payload["to"], row.payload["template"], row.payload["context"]["accept_by"]) for row in rows]


def tell(at: datetime) -> int:
    return services.tell_about_terms(actor=JOB, at=at)


def test_everybody_concerned_is_told_each_thing_once(world):
    _operator, insurer, clinic, contract = world
    cast.provider(2)  # accepted nothing: not concerned
    publish_next(insurer, TermsKind.GENERAL)
    told = [(day, tell(days_on(day))) for day in (0, 0, 1, 6, 7, 7, 8, 13, 14, 15, 15, 16)]
    assert told == [
        (0, 1), (0, 0), (1, 0), (6, 0), (7, 1), (7, 0), (8, 0), (13, 1), (14, 0), (15, 1), (15, 0), (16, 0),
    ]  # fmt: skip
    to = "owner.provider1@example.org"
    assert letters() == [(to, "terms_due", "07.12.2026")] * 3 + [(to, "terms_lapsed", "07.12.2026")]
    events = audit.Event.objects.filter(subject_uuid=contract, event__startswith="contract.terms")
    assert [row.event for row in events] == ["contract.terms_lapsed"]
    newest = selectors.terms_due(clinic.actor(Role.OWNER), on=TODAY)[0].newest
    owner = clinic.actor(Role.OWNER)
    services.open_terms(actor=owner, terms_uuid=str(newest.uuid), at=days_on(17))
    services.accept_terms(actor=owner, terms_uuid=str(newest.uuid), at=days_on(17))
    assert [row.event for row in events.order_by("id")] == [
        "contract.terms_lapsed",
        "contract.terms_restored",
    ]
    assert tell(days_on(18)) == 0


def test_after_an_outage_only_what_still_counts_is_told(world):
    _operator, insurer, _clinic, _contract = world
    publish_next(insurer, TermsKind.GENERAL)
    assert [tell(days_on(14)), tell(days_on(14)), tell(days_on(20)), tell(days_on(20))] == [1, 0, 1, 0]
    assert [template for _to, template, _by in letters()] == ["terms_due", "terms_lapsed"]


def test_nobody_is_reminded_at_night(world):
    _operator, insurer, _clinic, _contract = world
    publish_next(insurer, TermsKind.GENERAL)
    assert tell(days_on(0, hour=2)) == 1  # what is new is told at once
    assert (tell(days_on(7, hour=2)), tell(days_on(7, hour=7))) == (0, 1)


def test_a_further_version_is_told_to_who_is_suspended_but_suspends_once(world):
    _operator, insurer, _clinic, contract = world
    publish_next(insurer, TermsKind.GENERAL)
    assert tell(days_on(15)) == 1
    scenes.publish(insurer, TermsKind.GENERAL, version="3.0", accept_by=TODAY + timedelta(days=60))
    assert [tell(days_on(16)), tell(days_on(70)), tell(days_on(71))] == [1, 0, 0]
    events = audit.Event.objects.filter(subject_uuid=contract, event="contract.terms_lapsed")
    assert events.count() == 1


def test_an_ended_co_operation_is_not_asked(world):
    _operator, insurer, clinic, contract = world
    models.Contract.objects.filter(uuid=contract).update(status="ended")
    publish_next(insurer, TermsKind.GENERAL)
    assert tell(days_on(0)) == 0
    assert selectors.terms_due(clinic.actor(Role.OWNER), on=TODAY) == []


def test_who_accepted_meanwhile_is_told_nothing_more(world):
    """The sweep found a letter, then the clinic accepted: looked at again under the lock, nothing is sent."""
    _operator, insurer, clinic, _contract = world
    new = publish_next(insurer, TermsKind.GENERAL)
    (letter,) = notices.letters_due(at=days_on(15))
    scenes.accept(clinic, new)
    assert deadlines.tell_of_terms(actor=JOB, letter=letter, at=days_on(15)) is False
    assert letters() == []


def test_standings_cost_the_same_for_many(world, django_assert_num_queries):
    _operator, insurer, clinic, _contract = world
    publish_next(insurer, TermsKind.GENERAL)
    with django_assert_num_queries(2):
        found = standing.standings([clinic.id, insurer.id])
    assert set(found) == {clinic.id}
