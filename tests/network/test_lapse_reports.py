"""Insurers and the operator are told once a day which clinics let a deadline of terms pass."""

from datetime import datetime, timedelta

import pytest
from tests import cast, scenes
from tests.cast import AT, SYSTEM, Firm

from ols.accounts.permissions import Role
from ols.audit.models import Event
from ols.network import models, services
from ols.network.models import TermsKind
from ols.notifications import email
from ols.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
LATE = 15  # days after publication the deadline has passed


def morning(day: int, hour: int = 7) -> datetime:
    return (AT + timedelta(days=day)).replace(hour=hour, minute=4)


class World:
    """An insurer with two clinics, a third one that works with another insurer."""

    def __init__(self) -> None:
        self.operator, self.insurer, self.other = cast.operator(), cast.insurer(), cast.insurer(2)
        self.clinics = [cast.provider(number) for number in (1, 2, 3)]
        for one in (self.insurer, self.other):
            scenes.prepare_insurer(one)
        for one in self.clinics:
            scenes.finish_stage_two(self.operator, one)
        self.contracts = [
            scenes.active(one, insurer)
            for one, insurer in zip(self.clinics, (self.insurer, self.insurer, self.other), strict=True)
        ]

    def lapse(self, publisher: Firm, kind: str) -> str:
        """Publish a version nobody accepts, and let the clinics be told that its deadline has passed."""
        new = scenes.publish(publisher, kind, version="2.0")
        services.tell_about_terms(actor=SYSTEM, at=morning(LATE, hour=0))
        return new


@pytest.fixture
def world() -> World:
    return World()


def tell(at: datetime) -> int:
    return services.tell_of_lapses(actor=SYSTEM, at=at)


def letters() -> list[tuple[str, list[str]]]:
    rows = OutboxMessage.objects.filter(payload__template="terms_lapses").order_by("id")
    return [(row.payload["to"], [line["name"] for line in row.payload["context"]["lines"]]) for row in rows]


def names(*clinics: Firm) -> list[str]:
    return sorted(models.Contract.objects.get(provider_id=one.id).provider.name for one in clinics)


def test_one_letter_a_day_lists_them_all_and_is_sent_once(world: World) -> None:
    world.lapse(world.insurer, TermsKind.GENERAL)
    times = [(LATE, 5), (LATE, 6), (LATE, 6), (LATE, 7), (LATE + 1, 7)]
    assert [tell(morning(*one)) for one in times] == [0, 1, 0, 0, 0]
    manager = "network-manager.insurer1@example.org"
    assert letters() == [(manager, names(*world.clinics[:2]))]
    events = Event.objects.filter(event="terms.lapses_told")
    assert [(row.organization_id, row.data) for row in events] == [(None, {"clinics": 2})]


def test_the_operators_terms_are_told_to_the_operator_and_to_every_insurer(world: World) -> None:
    world.lapse(world.operator, TermsKind.INSURANCE_SERVICE)
    assert tell(morning(LATE)) == 3
    assert dict(letters()) == {
        "network-manager.insurer1@example.org": names(*world.clinics[:2]),
        "network-manager.insurer2@example.org": names(world.clinics[2]),
        world.operator.people[Role.OPERATOR].email: names(*world.clinics),
    }


def test_who_accepted_before_the_letter_is_not_in_it(world: World) -> None:
    new = world.lapse(world.insurer, TermsKind.GENERAL)
    owner = world.clinics[0].actor(Role.OWNER)
    services.open_terms(actor=owner, terms_uuid=new, at=morning(LATE, hour=1))
    services.accept_terms(actor=owner, terms_uuid=new, at=morning(LATE, hour=1))
    assert tell(morning(LATE)) == 1
    assert [found for _to, found in letters()] == [names(world.clinics[1])]


def test_what_lapses_later_that_day_waits_for_the_next_letter(world: World) -> None:
    world.lapse(world.insurer, TermsKind.GENERAL)
    assert tell(morning(LATE)) == 1
    scenes.publish(world.operator, TermsKind.INSURANCE_SERVICE, version="2.0")
    services.tell_about_terms(actor=SYSTEM, at=morning(LATE, hour=9))
    told = [tell(morning(LATE, hour=10)), tell(morning(LATE + 1))]
    assert told == [2, 1]  # the operator and the other insurer have had none that day
    assert [found for to, found in letters() if "insurer1" in to] == [names(*world.clinics[:2])] * 2


def test_an_ended_co_operation_and_an_old_lapse_are_no_news(world: World) -> None:
    world.lapse(world.insurer, TermsKind.GENERAL)
    models.Contract.objects.filter(uuid=world.contracts[0]).update(status="ended")
    assert tell(morning(LATE + 40)) == 0
    assert tell(morning(LATE)) == 1
    assert [found for _to, found in letters()] == [names(world.clinics[1])]


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("operator", ["", "yes"])
def test_the_letter_reads_well(mailoutbox, language: str, operator: str) -> None:
    line = {
        "name": "Przychodnia *Świt* (demo)", "number": "U/2026/000001", "title": "Regulamin",
        "version": "2.0", "deadline": "07.12.2026", "area": "", "area_en": "", "by": "insurer",
    }  # fmt: skip
    lines = [line, {**line, "by": "operator"}, {**line, "area": "stomatologia", "area_en": "dentistry"}]
    context = {"count": 5, "lines": lines, "more": 2, "operator": operator, "path": "/x/"}
    email.send({"to": "x@example.org", "template": "terms_lapses", "context": context, "language": language})
    (message,) = mailoutbox
    assert message.subject.endswith(": 5")
    assert message.body.count("Przychodnia *Świt* (demo)") == 3
    assert ("stomatologia" if language == "pl" else "dentistry") in message.body
    assert "\n\n\n" not in message.body
    html = message.alternatives[0][0]
    assert html.count("<li>") == 4
    assert "/x/" in html
