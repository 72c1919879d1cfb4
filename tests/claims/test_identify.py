"""Who stands at the desk: three ways to find a cover, what is shown, and the record that stays."""

from datetime import date

import pytest
from tests.claims.world import AT, DAY, PESELS

from ols.claims import selectors
from ols.claims import services as claims
from ols.claims.types import Lookup
from ols.coverage import models as coverage
from ols.kernel.actor import NotPermitted

BY_POLICY = Lookup(policy_number="POL-1", birth_date=date(1985, 7, 15))


def find(world, lookup, provider=0, on=DAY):
    return claims.find_coverage(actor=world.actor(provider), lookup=lookup, on=on, at=AT).found


@pytest.mark.parametrize("lookup", [Lookup(pesel=PESELS[0]), Lookup(card_number="K0")])
def test_found_with_what_a_receptionist_may_see(world, lookup):
    (found,) = find(world, lookup)
    assert found.coverage_uuid == world.covers[0].uuid
    assert (found.first_name, found.last_initial, found.birth_year) == ("Anna", "K", 1985)
    assert (found.product, found.insurer_name) == ("Plan podstawowy (demo)", world.insurer.name)
    assert (found.cover_from, found.cover_to, found.is_in_force) == (
        date(2026, 1, 1),
        date(2026, 12, 31),
        True,
    )
    assert {row.code: (row.units_left, row.amount_left_gr) for row in found.left} == {
        "CONS": (3, None),
        "LAB": (None, None),
        "REHAB": (10, 50000),
    }
    assert "Kowalska" not in repr(found)
    check = coverage.EligibilityCheck.objects.get()
    assert (check.person_id, check.user_id, check.organization_id) == (
        world.covers[0].person_id,
        7,
        world.providers[0].pk,
    )


def test_policy_number_needs_the_birth_date(world):
    assert len(find(world, BY_POLICY)) == 2
    with pytest.raises(claims.LookupIncomplete):
        find(world, Lookup(policy_number="POL-1"))
    with pytest.raises(claims.LookupIncomplete):
        find(world, Lookup())


def test_cover_that_is_over_is_said_not_hidden(world):
    (found,) = find(world, Lookup(card_number="K0"), on=date(2027, 1, 1))
    assert (found.is_in_force, found.left) == (False, found.left)


def test_not_found_is_recorded_too(world):
    assert find(world, Lookup(pesel=PESELS[2])) == ()
    assert coverage.EligibilityCheck.objects.get().person_id is None


def test_people_of_insurers_without_a_contract_stay_unknown(world):
    type(world.contracts[1]).objects.filter(pk=world.contracts[1].pk).update(status="suspended")
    assert find(world, Lookup(pesel=PESELS[0]), provider=1) == ()
    assert len(find(world, Lookup(pesel=PESELS[0]))) == 1


def test_what_is_left_moves(world):
    claims.authorize_claim(actor=world.actor(), draft=world.draft("CONS-1"), idempotency_key="k", at=AT)
    (found,) = find(world, Lookup(card_number="K0"))
    assert found.left[0].units_left == 2


def test_nobody_without_the_permission(world):
    with pytest.raises(NotPermitted):
        claims.find_coverage(actor=world.handler(), lookup=BY_POLICY, on=DAY, at=AT)
    assert coverage.EligibilityCheck.objects.count() == 0


def test_services_to_choose_from(world):
    def codes(query, provider=0):
        found = selectors.services_for_claim(
            actor=world.actor(provider), coverage_uuid=world.covers[0].uuid, on=DAY, query=query
        )
        return [(row.code, row.price_gr) for row in found]

    assert {code for code, _ in codes("")} == {"CONS-1", "REHAB-1", "LAB-1", "DENT-1"}
    assert codes("KONSUL") == [("CONS-1", 20000)]
    assert codes("cons-1") == [("CONS-1", 20000)]
    assert codes("%") == []
