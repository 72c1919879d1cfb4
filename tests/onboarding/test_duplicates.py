"""Who may be the same clinic as an applicant, and why; fast on a register of the country's size."""

import random
import time

import pytest
from django.db import connection
from tests import cast
from tests.onboarding import world
from tests.registry import register_files

from ols.kernel import generated
from ols.onboarding import models, selectors
from ols.onboarding.selectors import Duplicate
from ols.registry import models as registry_models

pytestmark = pytest.mark.django_db


def other(number: int = 1, **changes) -> models.AccessApplication:
    """Send an application that has nothing in common with another but what is given."""
    base = {
        "name": f"Zupełnie Inna {number} (demo)",
        "nip": generated.make_nip(random.Random(number)),
        "regon": "",
        "krs": "",
        "street": f"ul. Daleka {number}",
        "postal_code": "90-001",
        "city": "Łódź",
        "email": f"inna{number}@example.org",
        "phone": f"+486000009{number:02d}",
    }
    sent = world.submit(**(base | changes))
    return models.AccessApplication.objects.get(uuid=sent.uuid)


def found(firm: cast.Firm, row: models.AccessApplication) -> list[Duplicate]:
    return list(selectors.application(firm.actor("operator"), uuid=row.uuid).duplicates)


def why(firm: cast.Firm, row: models.AccessApplication) -> list[tuple[str, tuple[str, ...]]]:
    return [(item.status, item.same) for item in found(firm, row)]


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"regon": "241371988"}, ("regon",)),
        ({"krs": "0000345075"}, ("krs",)),
        ({"email": "swit@example.org", "phone": "+48600000012"}, ("email", "phone")),
        (
            {"name": "PRZYCHODNIA SWIT Sp. z o.o. (demo)", "street": "Lipowa 1", "postal_code": "00-001"},
            ("name", "address"),
        ),
        ({"name": "Przychodnia Świt (demo)", "city": "WARSZAWA"}, ("name",)),
        ({"name": "Przychodnia Świt (demo)"}, None),
        ({"street": "ul. Lipowa 1", "postal_code": "00-001", "city": "Warszawa"}, None),
    ],
)
def test_what_two_applications_have_in_common(changes, same) -> None:
    firm = world.operator()
    sent = world.submit()
    other(1, **changes)
    row = models.AccessApplication.objects.get(uuid=sent.uuid)
    assert why(firm, row) == ([("submitted", same)] if same else [])


def test_a_provider_with_access_is_found_by_name_and_address_with_its_organization() -> None:
    firm = world.operator()
    clinic = cast.provider()
    row = other(1, name="Przychodnia nr 1 (demo)", street="Lipowa 1", postal_code="00-001", city="Warszawa")
    (item,) = found(firm, row)
    assert (item.status, item.same, str(item.uuid)) == ("joined", ("name", "address"), clinic.uuid)


def test_the_register_is_searched_for_who_did_not_choose_an_entry() -> None:
    firm = world.operator()
    register_files.load(register_files.rows(5))
    entry = registry_models.RegisterEntry.objects.order_by("pk").first()
    assert entry is not None
    place = {"street": entry.street, "postal_code": entry.postal_code, "city": entry.city}
    assert why(firm, other(1, name=entry.name, **place)) == [("entry", ("name", "address"))]
    assert ("entry", ("nip",)) in why(firm, other(2, nip=entry.nip))
    registry_models.RegisterEntry.objects.update(vanished_on=cast.TODAY)
    assert why(firm, other(3, regon=entry.regon))[0] == ("gone", ("regon",))
    chosen = other(4, name=entry.name, register_book_no=entry.register_book_no, **place)
    assert "entry" not in {status for status, _ in why(firm, chosen)}


def test_it_is_fast_on_thirty_thousand_entries() -> None:
    firm = world.operator()
    with connection.cursor() as cursor:
        cursor.execute("""
            INSERT INTO registry_entry (register_book_no, registering_body, entity_kind, name, search_key,
                nip, regon, krs, npwz, legal_form, founder_code, founder_name, street, postal_code, city,
                mail_address, teryt, phone, email, website, last_seen_on, content_hash)
            SELECT lpad(n::text, 12, '0'), 'x', 'medical-entity', 'Centrum Medyczne ' || w || ' (demo)',
                'centrum medyczne ' || w || ' (demo) warszawa', '5260001246', '', '', '', '', '', '',
                'ul. Lipowa ' || n % 900, '00-0' || lpad((n % 90)::text, 2, '0'),
                (array['Warszawa', 'Łódź', 'Kraków', 'Gdańsk', 'Poznań', 'Lublin'])[1 + n % 6], '', '1465011',
                '', '', '', '2026-11-23', 'x'
            FROM (SELECT n, md5(n::text) AS w FROM generate_series(1, 30000) n) made
        """)
        cursor.execute("ANALYZE registry_entry")
    row = other(1, name="Centrum Medyczne Zdrowie (demo)", city="Warszawa", street="ul. Lipowa 7")
    found(firm, row)
    started = time.perf_counter()
    found(firm, row)
    # About a tenth of this here; room for a busy machine.
    assert time.perf_counter() - started < 3
