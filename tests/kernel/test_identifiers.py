"""Identifiers: the worked examples, and the holes that a bare checksum leaves open."""

import random
from datetime import date

import pytest

from ols.kernel import generated, identifiers

TODAY = date(2026, 11, 22)


def _code(parse, text, **facts):
    with pytest.raises(identifiers.IdentifierError) as caught:
        parse(text, **facts)
    return caught.value.kind, caught.value.code


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1234563218", "1234563218"),
        ("5260001246", "5260001246"),
        ("1111111111", "1111111111"),
        ("526-000-12-46", "5260001246"),
        ("PL5260001246", "5260001246"),
        (" pl 526 000 12 46 ", "5260001246"),
        ("526\u00a0000\u201112\u201146", "5260001246"),
        ("9542685559", "9542685559"),
    ],
)
def test_nip_is_read(text, number):
    assert identifiers.parse_nip(text) == number


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("5260001247", "CHECK_DIGIT"),
        ("7010001454", "CHECK_DIGIT"),
        ("123456789", "LENGTH"),
        ("0000000000", "PATTERN"),
        ("", "EMPTY"),
        (" - ", "EMPTY"),
        ("PL", "EMPTY"),
        ("52600O1246", "CHARACTERS"),
        ("５２６０００１２４６", "CHARACTERS"),
        ("DE5260001246", "CHARACTERS"),
    ],
)
def test_nip_is_refused(text, code):
    assert _code(identifiers.parse_nip, text) == ("NIP", code)


@pytest.mark.parametrize(
    "text", ["241371988", "597788570", "12345678512347", "24137198800018", "241 371 988 00018"]
)
def test_regon_is_read(text):
    assert identifiers.parse_regon(text) == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("241371989", "REGON9", "CHECK_DIGIT"),
        ("000000000", "REGON9", "PATTERN"),
        ("12345678", "REGON9", "LENGTH"),
        ("12345678512348", "REGON14", "CHECK_DIGIT"),
        ("12345678612342", "REGON14", "CHECK_DIGIT"),
        ("00000000000000", "REGON14", "PATTERN"),
        ("1234567851", "REGON14", "LENGTH"),
    ],
)
def test_regon_is_refused(text, kind, code):
    assert _code(identifiers.parse_regon, text) == (kind, code)


@pytest.mark.parametrize(
    ("pesel", "birth", "sex"),
    [
        ("99923100137", date(1899, 12, 31), "M"),
        ("85071512324", date(1985, 7, 15), "F"),
        ("99123177797", date(1999, 12, 31), "M"),
        ("00210100141", date(2000, 1, 1), "F"),
        ("08222905574", date(2008, 2, 29), "M"),
        ("26312000985", date(2026, 11, 20), "F"),
    ],
)
def test_pesel_says_birth_and_sex(pesel, birth, sex):
    assert identifiers.parse_pesel(pesel, today=TODAY) == pesel
    assert identifiers.pesel_facts(pesel) == identifiers.PeselFacts(birth, sex)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("85071512327", "CHECK_DIGIT"),
        ("12345678901", "CHECK_DIGIT"),
        ("00000000000", "BIRTH_DATE"),
        ("99410100110", "FUTURE_BIRTH"),
        ("8507151232", "LENGTH"),
        ("8507151232A", "CHARACTERS"),
        ("", "EMPTY"),
    ],
)
def test_pesel_is_refused(text, code):
    assert _code(identifiers.parse_pesel, text, today=TODAY) == ("PESEL", code)


def test_pesel_of_a_newborn_is_refused_the_day_before_the_birth():
    assert identifiers.parse_pesel("26312000985", today=date(2026, 11, 20)) == "26312000985"
    assert _code(identifiers.parse_pesel, "26312000985", today=date(2026, 11, 19)) == (
        "PESEL",
        "FUTURE_BIRTH",
    )


@pytest.mark.parametrize("text", ["5425740", "54 25 740"])
def test_licence_of_a_doctor_is_read(text):
    assert identifiers.parse_npwz(text) == "5425740"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("5425741", "CHECK_DIGIT"),
        ("1234567", "CHECK_DIGIT"),
        ("0000000", "PATTERN"),
        ("542574", "LENGTH"),
        ("54257X0", "CHARACTERS"),
        ("5425740X", "CHARACTERS"),
        ("542574P", "LENGTH"),
        ("0000000P", "PATTERN"),
        ("", "EMPTY"),
    ],
)
def test_licence_is_refused(text, code):
    assert _code(identifiers.parse_npwz, text) == ("NPWZ", code)


def test_licence_of_a_nurse_and_a_midwife_is_read():
    assert identifiers.parse_npwz("1234567p") == "1234567P"
    assert identifiers.parse_npwz_nurse("1234567A") == "1234567A"
    assert _code(identifiers.parse_npwz_nurse, "") == ("NPWZ", "EMPTY")


@pytest.mark.parametrize(
    "text",
    [
        "PL61109010140000071219812874",
        "PL27114020040000300201355387",
        "PL60102010260000042270201111",
        "61 1090 1014 0000 0712 1981 2874",
    ],
)
def test_account_is_read(text):
    assert identifiers.parse_nrb(text) == "PL" + text.removeprefix("PL").replace(" ", "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("PL61109010140000071219812875", "CHECK_DIGIT"),
        ("PL6110901014000007121981287", "LENGTH"),
        ("DE89370400440532013000", "COUNTRY"),
        ("", "EMPTY"),
        ("PL6110901014000007121981287X", "CHARACTERS"),
        # Right by mod 97, but no bank has such a routing number.
        ("PL36109010150000071219812874", "ROUTING"),
        ("PL74000000000000000000000001", "ROUTING"),
        # 01 leaves the same remainder as 98, but no bank ever computes it.
        ("PL01109010140000000000000012", "CHECK_DIGIT"),
    ],
)
def test_account_is_refused(text, code):
    assert _code(identifiers.parse_nrb, text) == ("NRB", code)


def test_bank_is_named_from_its_routing_number():
    bank = identifiers.bank_of("PL27114020040000300201355387")
    assert bank == identifiers.Bank("mBank Spółka Akcyjna", "BREXPLPWMBK")


def test_unknown_bank_has_no_name():
    account = generated.make_nrb(random.Random(1), routing=("99999999",))
    assert identifiers.bank_of(identifiers.parse_nrb(account)) is None


def test_register_numbers_are_padded():
    assert identifiers.parse_krs("345075") == "0000345075"
    assert identifiers.parse_rpwdl("1688") == "000000001688"
    assert _code(identifiers.parse_krs, "0000000000") == ("KRS", "PATTERN")
    assert _code(identifiers.parse_rpwdl, "0000000001688") == ("RPWDL", "LENGTH")


def test_ksef_number_is_read_and_its_crc_checked():
    number = "5265877635-20250826-0100001AF629-AF"
    assert identifiers.parse_ksef_number(f" {number.lower()} ") == number
    assert _code(identifiers.parse_ksef_number, number[:-1] + "E") == ("KSEF", "CHECK_DIGIT")
    assert _code(identifiers.parse_ksef_number, number.replace("0826", "0832")) == ("KSEF", "PATTERN")
    assert _code(identifiers.parse_ksef_number, number.replace("-0100", "X0100")) == ("KSEF", "PATTERN")
    assert _code(identifiers.parse_ksef_number, number[1:]) == ("KSEF", "LENGTH")
    assert _code(identifiers.parse_ksef_number, "") == ("KSEF", "EMPTY")


def test_postal_code_is_read():
    assert identifiers.parse_postal_code("00950") == "00-950"
    assert identifiers.parse_postal_code(" 00 - 950 ") == "00-950"
    assert _code(identifiers.parse_postal_code, "0095") == ("POSTAL_CODE", "LENGTH")


@pytest.mark.parametrize("text", ["600 000 012", "+48 600-000-012", "0048 600000012", "(+48) 600.000.012"])
def test_phone_is_read(text):
    assert identifiers.parse_phone(text) == "+48600000012"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "EMPTY"),
        ("600 000 01", "PATTERN"),
        ("600 kot 012", "CHARACTERS"),
        ("000 000 000", "PATTERN"),
        ("+999 12", "PATTERN"),
    ],
)
def test_phone_is_refused(text, code):
    assert _code(identifiers.parse_phone, text) == ("PHONE", code)


def test_numbers_are_grouped_for_people():
    assert identifiers.format_nip("5260001246") == "526-000-12-46"
    assert identifiers.format_regon("241371988") == "241 371 988"
    assert identifiers.format_regon("24137198800018") == "241 371 988 00018"
    assert identifiers.format_pesel("85071512324") == "850715 12324"
    assert identifiers.mask_pesel("85071512324") == "*******2324"
    assert identifiers.format_nrb("PL61109010140000071219812874") == "PL61 1090 1014 0000 0712 1981 2874"
    assert identifiers.format_phone("+48600000012") == "+48 600 000 012"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("526-000-12-46", ("NIP", "5260001246", None)),
        ("PL5260001246", ("NIP", "5260001246", None)),
        ("NIP: 5260001246", ("NIP", "5260001246", None)),
        ("5260001247", ("NIP", "", "CHECK_DIGIT")),
        ("0000345075", ("KRS", "0000345075", None)),
        ("KRS 345075", ("KRS", "0000345075", None)),
        ("0000000000", ("KRS", "", "PATTERN")),
        ("241371988", ("REGON9", "241371988", None)),
        ("241371989", ("REGON9", "", "CHECK_DIGIT")),
        ("24137198800018", ("REGON14", "24137198800018", None)),
        ("regon 241371988", ("REGON9", "241371988", None)),
        ("000000001688", ("RPWDL", "000000001688", None)),
        ("1688", ("RPWDL", "000000001688", None)),
        ("5425740", ("NPWZ", "5425740", None)),
        ("PWZ 5425740", ("NPWZ", "5425740", None)),
        ("5425741", ("NPWZ", "", "CHECK_DIGIT")),
        ("1234567P", ("NPWZ", "1234567P", None)),
        ("", ("", "", "EMPTY")),
        ("12345678", ("", "", "LENGTH")),
        ("85071512324", ("", "", "LENGTH")),
        ("Przychodnia", ("", "", "CHARACTERS")),
        ("NIP", ("", "", "CHARACTERS")),
        ("٥٢٦٠٠٠١٢٤٦", ("", "", "CHARACTERS")),
    ],
)
def test_number_is_recognized(text, expected):
    assert tuple(identifiers.recognize(text)) == expected
