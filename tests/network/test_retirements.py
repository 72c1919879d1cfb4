"""Clinics are told of own services that their insurer retires, once, and when they are offered on."""

from datetime import date, timedelta

import pytest
from tests import cast, scenes
from tests.cast import AT, SYSTEM, TODAY

from ols.accounts.permissions import Role
from ols.audit.models import Event
from ols.catalog import selectors as catalog
from ols.catalog import services as catalog_services
from ols.catalog.own_service import OwnService
from ols.db.errors import NotFound
from ols.network import models, services
from ols.network.selectors import retired
from ols.notifications import email
from ols.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
OWN = (
    OwnService("TELE-01", "Teleporada (demo)", "szt.", ""),
    OwnService("TELE-02", "Czat (demo)", "szt.", ""),
)
DAY = TODAY + timedelta(days=10)


class World:
    """A clinic with agreed prices of two own services, one that types the first only, one with none."""

    def __init__(self) -> None:
        operator, self.insurer = cast.operator(), cast.insurer()
        self.clinics = [cast.provider(number) for number in (1, 2, 3)]
        scenes.prepare_insurer(self.insurer, "CONS")
        self.planner = self.insurer.actor(Role.PLAN_MANAGER)
        area = catalog.area(code="CONS").id
        for service in OWN:
            catalog_services.add_own_service(actor=self.planner, area_id=area, service=service, at=AT)
        self.ids = [catalog.own_service(self.planner, code=one.code).id for one in OWN]
        common = catalog.services(area_id=area)[0].id
        self.contracts = []
        for clinic in self.clinics:
            scenes.finish_stage_two(operator, clinic)
            self.contracts.append(scenes.active(clinic, self.insurer))
            scenes.accept_area(clinic, self.insurer, "CONS")
        self.agree(0, dict.fromkeys(self.ids, 100_00))
        self.agree(2, {common: 100_00})
        services.save_prices(
            actor=self.clinics[1].actor(Role.OWNER), contract_uuid=self.contracts[1], area_code="CONS",
            valid_from=TODAY, prices={self.ids[0]: 90_00}, at=AT,
        )  # fmt: skip

    def agree(self, number: int, prices: dict[int, int]) -> None:
        uuid = scenes.sent_prices(self.clinics[number], self.contracts[number], "CONS", prices)
        services.accept_price_list(
            actor=self.insurer.actor(Role.NETWORK_MANAGER), price_list_uuid=uuid, at=AT
        )

    def retire(self, day: date | None, *codes: str) -> None:
        for code in codes or [OWN[0].code]:
            services.retire_own_service(actor=self.planner, code=code, retired_on=day, at=AT)


@pytest.fixture
def world() -> World:
    return World()


def tell(days: int = 0) -> int:
    return services.tell_of_retirements(actor=SYSTEM, at=AT + timedelta(days=days))


def letters() -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    rows = OutboxMessage.objects.filter(payload__template__startswith="services_").order_by("id")
    return [
        (
            row.payload["template"].removeprefix("services_"),
            row.payload["to"].removeprefix("owner.").removesuffix("@example.org"),
            [
                (line["service"].split()[0], line["from"], line["until"])
                for line in row.payload["context"]["lines"]
            ],
        )
        for row in rows
    ]


def test_who_has_a_price_is_told_once(world: World) -> None:
    assert tell() == 0
    world.retire(DAY, *[one.code for one in OWN])
    assert [tell(), tell(), tell(11)] == [2, 0, 0]
    assert letters() == [
        ("retired", "provider1", [(code, "03.12.2026", "02.12.2026") for code in ("TELE-01", "TELE-02")]),
        ("retired", "provider2", [("TELE-01", "03.12.2026", "")]),
    ]
    events = Event.objects.filter(event="contract.services_retired").order_by("id")
    assert [str(row.subject_uuid) for row in events] == world.contracts[:2]
    assert events[0].data == {"area": "CONS", "services": ["TELE-01", "TELE-02"]}


def test_a_service_offered_on_is_told_to_those_who_were_told(world: World) -> None:
    world.retire(DAY)
    world.retire(None)
    assert tell() == 0  # changed before anybody was told
    world.retire(DAY)
    assert tell() == 2
    world.retire(None)
    assert [tell(), tell()] == [2, 0]
    back = [(kind, to) for kind, to, _lines in letters()[2:]]
    assert back == [("kept", "provider1"), ("kept", "provider2")]
    assert not models.RetirementNotice.objects.filter(withdrawn_at=None).exists()


def test_another_day_is_told_anew(world: World) -> None:
    world.retire(DAY)
    assert tell() == 2
    world.retire(DAY + timedelta(days=5))
    assert [tell(), tell()] == [2, 0]
    assert letters()[-1][2] == [("TELE-01", "08.12.2026", "")]
    assert models.RetirementNotice.objects.filter(withdrawn_at=None).count() == 2


def test_an_ended_co_operation_and_what_was_retired_long_ago_are_no_news(world: World) -> None:
    world.retire(DAY)
    models.Contract.objects.filter(uuid=world.contracts[0]).update(status="ended")
    assert tell(10 + 15) == 0
    assert tell() == 1
    assert [to for _kind, to, _lines in letters()] == ["provider2"]


def test_the_insurer_sees_how_many_clinics_it_concerns(world: World) -> None:
    count = retired.clinics_with_price(world.planner, service_id=world.ids[0], on=TODAY)
    assert count == 2
    other = cast.insurer(2).actor(Role.PLAN_MANAGER)
    assert retired.clinics_with_price(other, service_id=world.ids[0], on=TODAY) == 0
    with pytest.raises(NotFound):
        retired.clinics_with_price(world.clinics[0].actor(Role.OWNER), service_id=world.ids[0], on=TODAY)


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("template", ["services_retired", "services_kept"])
def test_the_letter_reads_well(mailoutbox, language: str, template: str) -> None:
    lines = [
        {"service": "TELE-01 *Teleporada*", "from": "03.12.2026", "until": "02.12.2026"},
        {"service": "TELE-02 Czat", "from": "03.12.2026", "until": ""},
    ]
    context = {
        "insurer": "Ubezpieczyciel (demo)", "provider": "Przychodnia (demo)", "contract": "U/2026/000001",
        "area": "konsultacje", "area_en": "consultations", "lines": lines, "path": "/x/",
    }  # fmt: skip
    email.send({"to": "x@example.org", "template": template, "context": context, "language": language})
    (message,) = mailoutbox
    assert ("konsultacje" if language == "pl" else "consultations") in message.subject
    assert "*Teleporada*" in message.body
    assert message.body.count("02.12.2026") == (1 if template == "services_retired" else 0)
    assert "\n\n\n" not in message.body
    assert message.alternatives[0][0].count("<li>") == 2
