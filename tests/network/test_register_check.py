"""A clinic beside its register entry: the seat, a branch, an address the register does not know."""

import pytest
from tests import cast, scenes
from tests.cast import TODAY, Firm
from tests.registry import register_files

from ols.accounts.permissions import Role
from ols.network.selectors.register_check import RegisterCheck, register_check
from ols.registry.models import Facility, RegisterCell, RegisterEntry, RegisterFacility, RegisterUnit

pytestmark = pytest.mark.django_db
BRANCH = {"street": "ul. Boczna 7", "postal_code": "80-001", "city": "Gdańsk"}
OTHER = {"street": "ul. Inna 1", "postal_code": "90-001", "city": "Łódź"}


@pytest.fixture
def clinic() -> Firm:
    made = cast.provider()
    register_files.load(register_files.rows())
    entry = RegisterEntry.objects.order_by("pk")[0]
    RegisterEntry.objects.filter(pk=entry.pk).update(name=made.name, nip=made.nip)
    for table in (RegisterFacility, RegisterUnit, RegisterCell):
        table.objects.filter(entry=entry).update(
            street=entry.street, postal_code=entry.postal_code, city=entry.city
        )
    place(made, entry, {name: getattr(entry, name) for name in BRANCH})
    return made


def place(clinic: Firm, entry: RegisterEntry, address: dict[str, str]) -> None:
    Facility.objects.filter(organization_id=clinic.id).update(entry=entry, **address)


def check(clinic: Firm) -> RegisterCheck:
    return register_check(organization_id=clinic.id, on=TODAY)


def test_at_the_seat_nothing_differs_and_its_address_is_listed_once(clinic: Firm) -> None:
    found = check(clinic)
    assert (found.differing, found.matched, found.places) == ((), None, ())


@pytest.mark.parametrize("table", [RegisterFacility, RegisterUnit, RegisterCell])
def test_a_branch_agrees_with_its_own_address(clinic: Firm, table: type[RegisterFacility]) -> None:
    entry = RegisterEntry.objects.order_by("pk")[0]
    row = table.objects.filter(entry=entry).order_by("pk")[0]
    table.objects.filter(pk=row.pk).update(name="Filia (demo)", **BRANCH)
    place(clinic, entry, {**BRANCH, "street": "UL. BOCZNA 7", "city": "gdansk"})
    found = check(clinic)
    assert found.differing == ()
    assert found.matched is not None
    assert (found.matched.name, found.matched.city) == ("Filia (demo)", "Gdańsk")
    assert {row.name: row.known for row in found.fields}["street"] == BRANCH["street"]


def test_an_unknown_address_differs_from_the_seat(clinic: Firm) -> None:
    entry = RegisterEntry.objects.order_by("pk")[0]
    RegisterFacility.objects.filter(entry=entry).update(**BRANCH)
    # The street of one place with the town of another is none of them.
    place(clinic, entry, {**OTHER, "street": BRANCH["street"]})
    found = check(clinic)
    assert found.matched is None
    assert {"street", "postal_code", "city"} >= set(found.differing) > set()
    assert [row.street for row in found.places] == [BRANCH["street"]]


def test_another_entitys_address_does_not_count(clinic: Firm) -> None:
    first, second = RegisterEntry.objects.order_by("pk")[:2]
    RegisterFacility.objects.filter(entry=second).update(**BRANCH)
    place(clinic, first, BRANCH)
    assert check(clinic).matched is None


def test_the_offer_page_says_which_address_it_is(clinic: Firm) -> None:
    insurer = cast.insurer()
    scenes.prepare_insurer(insurer)
    scenes.finish_stage_two(cast.operator(), clinic)
    entry = RegisterEntry.objects.order_by("pk")[0]
    RegisterFacility.objects.filter(entry=entry).update(name="Filia (demo)", **BRANCH)
    place(clinic, entry, BRANCH)
    offer = scenes.offered(clinic, insurer)
    text = insurer.client(Role.NETWORK_MANAGER).get(f"/insurer/contracts/{offer}/").content.decode()
    assert "Adres jest filią w rejestrze." in text
    assert "Filia (demo), ul. Boczna 7, 80-001 Gdańsk" in text
    assert f"Siedziba: {entry.street}" in text
