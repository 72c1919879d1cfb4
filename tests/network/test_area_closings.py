"""An area is closed for new price lists and opened again: drafts wait, what was sent or agreed goes on."""

from datetime import timedelta

import pytest
from django.utils import translation
from tests import cast, scenes
from tests.cast import AT, TODAY

from ols.accounts.permissions import Role
from ols.audit.models import Event
from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.kernel.actor import NotPermitted
from ols.kernel.merging import Tab
from ols.network import models, selectors, services
from ols.network.selectors import area_lists, insurer_setup
from ols.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
TOMORROW, LATER = TODAY + timedelta(days=1), TODAY + timedelta(days=7)


@pytest.fixture
def world():
    return scenes.partners("CONS", "NURS")


AREA = "CONS"


def area_id() -> int:
    return catalog.area(code=AREA).id


def close(insurer, day=TODAY, at=AT):
    manager = insurer.actor(Role.NETWORK_MANAGER)
    return services.close_area(actor=manager, area_id=area_id(), closes_on=day, at=at)


def reopen(insurer, day=TODAY, at=AT):
    manager = insurer.actor(Role.NETWORK_MANAGER)
    return services.reopen_area(actor=manager, area_id=area_id(), reopens_on=day, at=at)


def draft(clinic, contract, at=AT):
    service = catalog.services(area_id=area_id())[0]
    return services.save_prices(
        actor=clinic.actor(Role.OWNER),
        contract_uuid=contract,
        area_code=AREA,
        valid_from=LATER,
        prices={service.id: 100_00},
        at=at,
    )


def send(clinic, uuid, at=AT):
    services.send_price_list(actor=clinic.actor(Role.OWNER), price_list_uuid=str(uuid), at=at)


def letters(template):
    return OutboxMessage.objects.filter(payload__template=template).count()


def test_a_draft_waits_and_its_clinic_is_told(world):
    insurer, clinic, contract = world
    uuid = draft(clinic, contract)
    assert close(insurer) == 1
    (letter,) = OutboxMessage.objects.filter(payload__template="area_closing")
    assert letter.payload["to"] == "owner.provider1@example.org"
    assert letter.payload["context"]["is_closed"] is True
    with pytest.raises(services.AreaClosed):
        send(clinic, uuid)
    assert models.PriceList.objects.get().status == "draft"
    assert draft(clinic, contract) == uuid  # what was begun can be worked on
    assert reopen(insurer, LATER) == 1
    assert letters("area_reopened") == 1
    for days, is_closed in ((6, True), (7, False)):
        found = selectors.contract_area(
            clinic.actor(Role.OWNER), uuid=contract, code=AREA, on=TODAY + timedelta(days=days)
        )
        assert found.is_closed is is_closed
    with pytest.raises(services.AreaClosed):
        send(clinic, uuid, AT + timedelta(days=6))
    send(clinic, uuid, AT + timedelta(days=7))
    events = Event.objects.filter(subject_kind="area_opening").order_by("id").values_list("event", flat=True)
    assert list(events)[-2:] == ["area.close", "area.reopen"]


def test_no_list_begins_in_a_closed_area(world):
    insurer, clinic, contract = world
    assert close(insurer) == 0
    with pytest.raises(services.AreaClosed):
        draft(clinic, contract)
    service = catalog.services(area_id=area_id())[0]
    with pytest.raises(services.AreaClosed):
        services.keep_entries(
            actor=clinic.actor(Role.OWNER),
            contract_uuid=contract,
            area_code=AREA,
            typed={str(service.id): "100,00"},
            tab=Tab("one", 0),
            at=AT,
        )
    assert not models.PriceList.objects.exists()


def test_what_was_sent_is_answered_and_what_was_agreed_stays(world):
    insurer, clinic, contract = world
    services_of = catalog.services(area_id=area_id())
    uuid = scenes.sent_prices(clinic, contract, AREA, {services_of[0].id: 100_00, services_of[1].id: 90_00})
    close(insurer)
    manager, owner = insurer.actor(Role.NETWORK_MANAGER), clinic.actor(Role.OWNER)
    answers = {one.id: services.LineDraft("countered", 80_00) for one in services_of[:2]}
    seen = services.keep_line_answers(actor=manager, price_list_uuid=uuid, answers=answers, seen=0, at=AT)
    services.answer_price_list(actor=manager, price_list_uuid=uuid, seen=seen, at=AT)
    with pytest.raises(services.AreaClosed):
        services.rework_price_list(actor=owner, price_list_uuid=uuid, at=AT)
    talks = selectors.negotiation(owner, uuid=uuid, on=TODAY)
    assert talks.closed is not None
    taken = {one.id: services.LineDraft("taken") for one in services_of[:2]}
    seen = services.keep_line_answers(
        actor=owner, price_list_uuid=uuid, answers=taken, seen=talks.version, at=AT
    )
    services.reply_price_list(actor=owner, price_list_uuid=uuid, seen=seen, at=AT)
    assert models.ContractedPrice.objects.filter(price_gr=80_00).count() == 2
    lists = area_lists.area_lists(manager, area_id=area_id())
    assert (lists.unsent, lists.waiting, lists.priced) == (0, 0, 1)


def test_a_closing_to_come_is_moved_and_taken_back(world):
    insurer, clinic, contract = world
    uuid = draft(clinic, contract)
    manager = insurer.actor(Role.NETWORK_MANAGER)
    for day in (LATER, TOMORROW):
        assert close(insurer, day) == 1
    assert (letters("area_closing"), letters("area_stays_open")) == (2, 0)
    with pytest.raises(services.AreaStaysOpen):
        reopen(insurer)
    services.keep_area_open(actor=manager, area_id=area_id(), at=AT)
    assert letters("area_stays_open") == 1
    with pytest.raises(services.AreaStaysOpen):
        services.keep_area_open(actor=manager, area_id=area_id(), at=AT)
    close(insurer, TOMORROW)
    send(clinic, uuid)  # the day before it is still open
    with pytest.raises(services.AreaClosedAlready):
        services.keep_area_open(actor=manager, area_id=area_id(), at=AT + timedelta(days=1))
    with pytest.raises(services.AreaClosedAlready):
        close(insurer, LATER, AT + timedelta(days=2))


def test_closing_again_after_it_was_opened_again(world):
    insurer, _clinic, _contract = world
    close(insurer)
    reopen(insurer)
    (row,) = models.AreaOpening.objects.filter(area_id=area_id())
    assert not row.days.is_closed(TODAY)
    close(insurer, TOMORROW)
    row.refresh_from_db()
    assert (row.days.closes_later(TODAY), row.days.is_closed(TOMORROW)) == (True, True)


def test_days_that_are_over_and_areas_that_are_not_open(world):
    insurer, _clinic, _contract = world
    manager, dent = insurer.actor(Role.NETWORK_MANAGER), catalog.area(code="DENT")
    with pytest.raises(services.AreaDayInPast):
        close(insurer, TODAY - timedelta(days=1))
    with pytest.raises(NotFound):
        services.close_area(actor=manager, area_id=dent.id, closes_on=TODAY, at=AT)
    services.open_area(actor=manager, area_id=dent.id, opens_on=LATER, at=AT)
    with pytest.raises(services.AreaNotOpened):
        services.close_area(actor=manager, area_id=dent.id, closes_on=LATER, at=AT)
    close(insurer)
    with pytest.raises(services.AreaDayInPast):
        reopen(insurer, TODAY - timedelta(days=1))


def test_another_insurer_and_other_roles_close_nothing(world):
    insurer, clinic, _contract = world
    other = cast.insurer(2)
    before = list(models.AreaOpening.objects.order_by("id").values())
    for actor, error in (
        (other.actor(Role.NETWORK_MANAGER), NotFound),
        (insurer.actor(Role.CLAIMS_HANDLER), NotPermitted),
        (clinic.actor(Role.OWNER), NotPermitted),
    ):
        for act in (
            lambda actor: services.close_area(actor=actor, area_id=area_id(), closes_on=TODAY, at=AT),
            lambda actor: services.reopen_area(actor=actor, area_id=area_id(), reopens_on=TODAY, at=AT),
            lambda actor: services.keep_area_open(actor=actor, area_id=area_id(), at=AT),
            lambda actor: services.describe_area(actor=actor, area_id=area_id(), text="x", text_en="", at=AT),
        ):
            with pytest.raises(error):
                act(actor)
    assert list(models.AreaOpening.objects.order_by("id").values()) == before


def test_the_task_list_says_what_a_closed_area_means(world):
    insurer, clinic, contract = world
    draft(clinic, contract)
    close(insurer)
    reopen(insurer, LATER)
    tasks = selectors.cooperation_tasks(clinic.actor(Role.OWNER), ready=True, on=TODAY)
    (task,) = [one for one in tasks if one.area_code == AREA]
    assert (task.code, task.state, task.closed_since, task.opens_on) == ("closed", "locked", TODAY, LATER)


def test_an_area_is_described_in_two_languages(world):
    insurer, clinic, contract = world
    manager = insurer.actor(Role.NETWORK_MANAGER)
    words = {"text": "Porady w gabinecie.", "text_en": "Visits at the surgery."}
    assert services.describe_area(actor=manager, area_id=area_id(), **words, at=AT) is True
    assert services.describe_area(actor=manager, area_id=area_id(), **words, at=AT) is False
    for language, expected in (("pl", words["text"]), ("en", words["text_en"])):
        with translation.override(language):
            found = selectors.contract_area(clinic.actor(Role.OWNER), uuid=contract, code=AREA, on=TODAY)
            assert found.description == expected
    services.describe_area(actor=manager, area_id=area_id(), text=words["text"], text_en="", at=AT)
    with translation.override("en"):
        found = selectors.contract_area(clinic.actor(Role.OWNER), uuid=contract, code=AREA, on=TODAY)
        assert found.description == words["text"]
    assert insurer_setup.own_area(manager, code=AREA, on=TODAY).description == words["text"]
