"""A network of many clinics: nothing asks the database more often because there are more of them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import cast, factories, scenes
from tests.cast import AT, TODAY

from ols.accounts.models import Membership, Organization, User
from ols.accounts.permissions import Role
from ols.audit import models as audit
from ols.catalog import selectors as catalog
from ols.jobs import outbox, schedule
from ols.network import models, selectors, services
from ols.network.selectors import badges, network_list
from ols.network.selectors.badge_reasons import badge_reasons
from ols.network.services import highlight_notices
from ols.notifications.models import OutboxMessage
from ols.registry.models import Facility

PRICE = 100_00


class Network:
    """Clinics of one insurer with three consultations each, all at 100 zł."""

    def __init__(self) -> None:
        cast.operator()
        self.insurer = cast.insurer()
        self.area = catalog.area(code="CONS")
        self.services = [row.id for row in catalog.services(area_id=self.area.id)][:3]
        self.planner = self.insurer.actor(Role.PLAN_MANAGER)
        self.clinics = 0

    def grow(self, count: int) -> None:
        for _ in range(count):
            self.clinics += 1
            self.join(self.clinics)

    def join(self, number: int) -> None:
        clinic = Organization.objects.create(
            kind="provider", name=f"Poradnia {number} (demo)", nip=f"{number:010d}", created_at=AT
        )
        owner = User.objects.create(email=f"jan{number}@example.org", name="Jan (demo)", created_at=AT)
        Membership.objects.create(user=owner, organization=clinic, roles=[Role.OWNER])
        contract = factories.contract(
            insurer=Organization(pk=self.insurer.id, name=self.insurer.name),
            provider=clinic,
            iban=scenes.IBAN,
        )
        agreed = models.PriceList.objects.create(
            contract=contract,
            area_id=self.area.id,
            version=1,
            status="accepted",
            valid_from=TODAY,
            created_at=AT,
        )
        for service in self.services:
            models.ContractedPrice.objects.create(
                contract=contract,
                insurer_id=self.insurer.id,
                provider_id=clinic.pk,
                area_id=self.area.id,
                service_id=service,
                price_list=agreed,
                price_gr=PRICE,
                valid_from=TODAY,
            )

    def limit(self, gr: int, *, day=TODAY) -> int:
        """Limit the services; return with how many statements."""
        limits = dict.fromkeys(self.services, gr)
        with CaptureQueriesContext(connection) as caught:
            services.set_price_limits(actor=self.planner, limits=limits, valid_from=day, at=AT)
        return len(caught)

    def tell(self, at=AT) -> int:
        """Tell the clinics; return with how many statements."""
        with CaptureQueriesContext(connection) as caught:
            services.tell_network(actor=cast.SYSTEM, insurer_id=self.insurer.id, at=at)
        return len(caught)

    def holders(self) -> int:
        return len(selectors.highlighted_areas(insurer_id=self.insurer.id, on=TODAY))


@pytest.fixture
def network(db) -> Network:
    return Network()


def letters(template: str) -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(payload__template=template).order_by("id"))


def of_a_round(network: Network, clinics: int) -> tuple[int, ...]:
    """Let clinics join, gain the badge and lose it: how many statements each step took."""
    network.grow(clinics)
    gained = network.limit(PRICE), network.tell()
    assert network.holders() == network.clinics
    lost = network.limit(PRICE - 1), network.tell()
    assert network.holders() == 0
    return (*gained, *lost)


def test_a_change_of_limits_takes_as_many_statements_for_many_clinics_as_for_few(network):
    of_a_round(network, 2)
    few = of_a_round(network, 1)
    many = of_a_round(network, 8)
    assert many == few


def test_badges_are_right_at_once_and_clinics_are_told_by_the_worker(network):
    network.grow(3)
    network.limit(PRICE)
    assert network.holders() == 3
    assert letters("highlight_gained") == []
    network.tell()
    assert len(letters("highlight_gained")) == 3
    network.limit(PRICE - 1, day=TODAY + timedelta(days=3))
    network.tell()
    network.tell()
    assert [row.payload["to"] for row in letters("highlight_ahead")] == [
        f"jan{number}@example.org" for number in (1, 2, 3)
    ]
    assert audit.Event.objects.filter(event="highlight.ahead").count() == 3


def test_the_reasons_for_many_are_those_for_each(network):
    network.grow(3)
    network.limit(PRICE)
    day = TODAY + timedelta(days=3)
    network.limit(PRICE - 50, day=day)
    contracts = list(models.Contract.objects.order_by("pk"))
    found = badge_reasons({(row.pk, network.area.id, day) for row in contracts})
    for row in contracts:
        alone = badges.badge_change(row, network.area.id, day=day, gained=False)
        assert len(alone.reasons) == 3
        assert found[row.pk, network.area.id, day] == alone.reasons
    assert badge_reasons([]) == {}


def test_who_was_told_before_a_failure_is_not_told_again(network, monkeypatch):
    network.grow(4)
    network.limit(PRICE)
    monkeypatch.setattr(highlight_notices, "_AT_ONCE", 2)
    write, calls = highlight_notices.write_about_areas, []

    def fail_the_second_time(*args, **kwargs):
        calls.append(args)
        if len(calls) == 2:
            raise RuntimeError
        write(*args, **kwargs)

    monkeypatch.setattr(highlight_notices, "write_about_areas", fail_the_second_time)
    with pytest.raises(RuntimeError):
        network.tell()
    assert len(letters("highlight_gained")) == 2
    network.tell()
    told = [row.payload["to"] for row in letters("highlight_gained")]
    assert told == [f"jan{number}@example.org" for number in (1, 2, 3, 4)]


def test_lists_of_a_contract_are_summed_up_at_once(network):
    network.grow(1)
    manager = network.insurer.actor(Role.NETWORK_MANAGER)
    contract = models.Contract.objects.get()

    def statements() -> int:
        with CaptureQueriesContext(connection) as caught:
            selectors.price_lists(manager, contract_uuid=str(contract.uuid))
        return len(caught)

    few = statements()
    for version in (2, 3, 4):
        models.PriceList.objects.create(
            contract=contract, area_id=network.area.id, version=version, status="accepted", created_at=AT
        )
    assert statements() == few


def test_a_page_of_the_network_asks_as_often_whatever_its_length(network):
    network.grow(2)
    network.limit(PRICE)
    manager = network.insurer.actor(Role.NETWORK_MANAGER)
    wanted = network_list.NetworkFilter(highlighted="1")

    def asked(size: int) -> tuple[list[str], int]:
        with CaptureQueriesContext(connection) as caught:
            rows = network_list.clinics(manager, wanted=wanted, on=TODAY, offset=1, size=size)
        return [row.number for row in rows], len(caught)

    last = models.Contract.objects.order_by("-pk")[0].number
    numbers, few = asked(25)
    assert numbers == [last]
    network.grow(6)
    network.limit(PRICE + 1)
    numbers, many = asked(4)
    assert (len(numbers), many) == (4, few)


def test_a_page_of_a_voivodeship_has_only_its_clinics(network):
    network.grow(4)
    rows = list(models.Contract.objects.order_by("pk"))
    for number, row in enumerate(rows):
        teryt = "1465011" if number % 2 else "0264011"
        Facility.objects.create(organization_id=row.provider_id, name="Poradnia (demo)", teryt=teryt)
    manager = network.insurer.actor(Role.NETWORK_MANAGER)
    wanted = network_list.NetworkFilter(area="CONS", voivodeship="14", status="active")
    for size, found in ((25, [rows[1].number, rows[3].number]), (1, [rows[1].number])):
        page = network_list.clinics(manager, wanted=wanted, on=TODAY, size=size)
        assert [row.number for row in page] == found


@pytest.mark.django_db(transaction=True)
def test_changes_leave_one_job_that_tells(monkeypatch):
    network = Network()
    network.grow(2)
    network.limit(PRICE)
    network.limit(PRICE - 1)
    network.limit(PRICE)
    assert OutboxMessage.objects.filter(kind="badges.changed").count() == 3
    assert outbox.deliver_batch() == 3
    assert OutboxMessage.objects.filter(done_at=None).count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'tell_of_badges'")
        jobs = cursor.fetchall()
    assert len(jobs) == 1
    monkeypatch.setattr(schedule.timezone, "now", lambda: AT)
    assert schedule.tell_of_badges(insurer_id=network.insurer.id) == 2
    assert schedule.tell_of_badges(insurer_id=network.insurer.id) == 0
