"""Generated identifiers pass the same checks as typed ones, and repeat with the seed."""

import random
from datetime import date

import pytest

from ols.kernel import generated, identifiers

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("seed", range(300))
def test_what_is_generated_is_valid(seed):
    rng = random.Random(seed)
    birth = date.fromordinal(rng.randrange(date(1900, 1, 1).toordinal(), TODAY.toordinal()))
    sex = "FM"[seed % 2]

    pesel = identifiers.parse_pesel(generated.make_pesel(rng, birth=birth, sex=sex), today=TODAY)
    assert identifiers.pesel_facts(pesel) == (birth, sex)
    regon = identifiers.parse_regon9(generated.make_regon(rng))
    assert identifiers.parse_regon14(generated.make_regon14(rng, regon))[:9] == regon
    assert len(identifiers.parse_nip(generated.make_nip(rng))) == 10
    assert len(identifiers.parse_npwz_doctor(generated.make_npwz(rng))) == 7
    assert identifiers.parse_npwz_nurse(generated.make_npwz_nurse(rng, kind="A")).endswith("A")
    account = identifiers.parse_nrb(generated.make_nrb(rng))
    assert account[4:12] in generated.ROUTING_NUMBERS


@pytest.mark.parametrize("routing", generated.ROUTING_NUMBERS)
def test_every_routing_number_belongs_to_a_bank(routing):
    account = generated.make_nrb(random.Random(1), routing=(routing,))
    assert identifiers.bank_of(account) is not None


def test_same_seed_gives_the_same_numbers():
    assert generated.make_nip(random.Random(7)) == generated.make_nip(random.Random(7))


def test_a_sex_that_a_pesel_cannot_say_is_refused():
    with pytest.raises(ValueError, match="X"):
        generated.make_pesel(random.Random(1), birth=date(1990, 1, 1), sex="X")
