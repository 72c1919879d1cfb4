"""Importing policies: good lines in, others reported, broken files change nothing."""

import random
from datetime import date

import pytest
from cryptography.exceptions import InvalidTag
from tests import cast

from ols.coverage import models, selectors, services
from ols.db import crypto
from ols.kernel import generated
from ols.kernel.actor import NotPermitted
from ols.plans import services as plans

pytestmark = pytest.mark.django_db

HEAD = "policy_number;plan_code;holder_name;card_number;pesel;first_name;last_name;cover_from;cover_to"
PESEL = generated.make_pesel(random.Random(1), birth=date(1985, 7, 15), sex="F")
GOOD = f"P/1;KOMFORT;Żółta Łódź (demo);K-1;{PESEL};Łucja;Żak;01.01.2026;31.12.2026"


@pytest.fixture
def insurer():
    cast.operator()
    made = cast.insurer()
    plans.create_plan(actor=made.actor("plan-manager"), code="KOMFORT", name="Komfort", at=cast.AT)
    return made


def load(insurer, text, *, encoding="utf-8", actor=None):
    return services.import_policies(
        actor=actor or insurer.actor("plan-manager"),
        insurer_id=insurer.id,
        file_name="policies.csv",
        content=text.encode(encoding),
        at=cast.AT,
    )


def lines(*rows, head=HEAD):
    return "\r\n".join([head, *rows]) + "\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
def test_a_good_line_becomes_person_policy_and_cover(insurer, encoding):
    report = load(insurer, lines(GOOD), encoding=encoding)
    assert (report.added, report.changed, report.unchanged, report.refused) == (1, 0, 0, 0)
    row = models.Coverage.objects.select_related("person", "policy").get()
    assert (row.policy.number, row.policy.holder_name) == ("P/1", "Żółta Łódź (demo)")
    assert (row.person.last_name, row.person.birth_date, row.person.sex) == ("Żak", date(1985, 7, 15), "F")
    assert (row.cover_from, row.cover_to, row.waiting_from) == (
        date(2026, 1, 1),
        date(2026, 12, 31),
        date(2026, 1, 1),
    )


def test_the_same_file_again_changes_nothing_and_a_new_value_changes_one(insurer):
    load(insurer, lines(GOOD))
    again = load(insurer, lines(GOOD))
    assert (again.added, again.changed, again.unchanged) == (0, 0, 1)
    later = load(insurer, lines(GOOD.replace("31.12.2026", "30.06.2026")))
    assert (later.added, later.changed, later.unchanged) == (0, 1, 0)
    assert models.Coverage.objects.get().cover_to == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("line", "field", "code"),
    [
        (GOOD.replace(PESEL, PESEL[:-1] + str((int(PESEL[-1]) + 1) % 10)), "pesel", "CHECK_DIGIT"),
        (GOOD.replace("KOMFORT", "NONE"), "plan_code", "UNKNOWN_PLAN"),
        (GOOD.replace("31.12.2026", "31.12.2025"), "cover_to", "BEFORE_START"),
        (GOOD.replace("31.12.2026", "31.11.2026"), "cover_to", "NO_SUCH_DAY"),
        (GOOD.replace("Łucja", ""), "first_name", "EMPTY"),
        (GOOD.replace("K-1", "K" * 31), "card_number", "TOO_LONG"),
        (GOOD + ";extra", "", "COLUMN_COUNT"),
    ],
)
def test_a_wrong_line_is_refused_with_its_reason_and_the_others_come_in(insurer, line, field, code):
    other = generated.make_pesel(random.Random(2), birth=date(1990, 1, 1), sex="M")
    report = load(insurer, lines(line, GOOD.replace(PESEL, other).replace("K-1", "K-2")))
    assert (report.added, report.refused) == (1, 1)
    assert report.refusals == (services.RefusedLine(2, field, code),)


def test_a_second_line_for_the_same_cover_is_refused(insurer):
    report = load(insurer, lines(GOOD, GOOD.replace("K-1", "K-2")))
    assert report.refusals == (services.RefusedLine(3, "pesel", "TWICE_IN_FILE"),)
    assert models.Coverage.objects.get().card_number == "K-1"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "EMPTY"),
        (b"\x00\x01", "NOT_TEXT"),
        (b"\x81\x83\x90;;", "NOT_TEXT"),
        (b"policy_number;plan_code\r\n1;2\r\n", "MISSING_COLUMNS"),
        (lines(GOOD, 'P/2;"KOMFORT').encode(), "NOT_CSV"),
    ],
)
def test_a_broken_file_changes_nothing(insurer, content, code):
    with pytest.raises(services.BrokenFile) as refused:
        services.import_policies(
            actor=insurer.actor("plan-manager"),
            insurer_id=insurer.id,
            file_name="x.csv",
            content=content,
            at=cast.AT,
        )
    assert refused.value.code == code
    assert models.Coverage.objects.count() == models.PolicyImport.objects.count() == 0


def test_nobody_imports_for_another_insurer(insurer):
    stranger = cast.insurer(2)
    with pytest.raises(NotPermitted):
        load(insurer, lines(GOOD), actor=stranger.actor("plan-manager"))
    with pytest.raises(NotPermitted):
        load(insurer, lines(GOOD), actor=insurer.actor("finance-preparer"))
    load(insurer, lines(GOOD))
    assert selectors.coverages(stranger.actor("plan-manager"), text="", offset=0, size=9).total == 0
    found = selectors.coverages(insurer.actor("plan-manager"), text=PESEL, offset=0, size=9)
    assert [row.person_name for row in found.rows] == ["Łucja Żak"]


def test_gapless_cover_keeps_the_waiting_day_and_a_gap_starts_anew(insurer):
    load(insurer, lines(GOOD))
    renewed = (
        GOOD.replace("P/1", "P/2").replace("01.01.2026", "01.01.2027").replace("31.12.2026", "31.12.2027")
    )
    load(insurer, lines(renewed))
    late = GOOD.replace("P/1", "P/3").replace("01.01.2026", "02.01.2028").replace("31.12.2026", "31.12.2028")
    load(insurer, lines(late))
    days = dict(models.Coverage.objects.values_list("policy__number", "waiting_from"))
    assert days == {"P/1": date(2026, 1, 1), "P/2": date(2026, 1, 1), "P/3": date(2028, 1, 2)}


def test_the_pesel_is_not_in_the_table_and_opens_only_in_its_row(insurer):
    load(insurer, lines(GOOD))
    row = models.InsuredPerson.objects.get()
    place = f"coverage_person.pesel:{row.uuid}"
    assert PESEL.encode() not in bytes(row.pesel_encrypted)
    assert crypto.decrypt(row.pesel_encrypted, place=place) == PESEL
    with pytest.raises(InvalidTag):
        crypto.decrypt(row.pesel_encrypted, place=place + "x")
    changed = bytearray(row.pesel_encrypted)
    changed[-1] ^= 1
    with pytest.raises(InvalidTag):
        crypto.decrypt(bytes(changed), place=place)


def spans():
    return sorted(models.Coverage.objects.values_list("cover_from", "cover_to"))


def test_covers_of_one_person_under_one_policy_never_overlap(insurer):
    """Each cover has limits of its own: on a day with two of them everything could be used twice."""
    load(insurer, lines(GOOD))
    moved = GOOD.replace("01.01.2026", "02.01.2026")
    report = load(insurer, lines(moved))
    assert [(one.line, one.field, one.code) for one in report.refusals] == [(2, "cover_from", "OVERLAPS")]
    assert spans() == [(date(2026, 1, 1), date(2026, 12, 31))]

    head = HEAD + ";suspended_from"
    mended = load(insurer, lines(GOOD + ";01.01.2026", moved + ";", head=head))
    assert (mended.added, mended.changed, mended.refused) == (1, 1, 0)
    back = load(insurer, lines(GOOD + ";", head=head))
    assert [one.code for one in back.refusals] == ["OVERLAPS"]


def test_a_cover_may_be_split_and_the_earlier_of_two_lines_counts(insurer):
    load(insurer, lines(GOOD))
    first, second = GOOD.replace("31.12.2026", "30.06.2026"), GOOD.replace("01.01.2026", "01.07.2026")
    assert load(insurer, lines(first, second)).refused == 0
    assert spans() == [(date(2026, 1, 1), date(2026, 6, 30)), (date(2026, 7, 1), date(2026, 12, 31))]

    longer = second.replace("P/1", "P/2"), GOOD.replace("P/1", "P/2")
    report = load(insurer, lines(*longer))
    assert ([one.line for one in report.refusals], report.added) == ([3], 1)


def test_a_family_stays_the_same_whoever_joins_or_leaves_it(insurer):
    head = HEAD + ";family_key"
    other = generated.make_pesel(random.Random(2), birth=date(2015, 3, 1), sex="M")
    child = GOOD.replace(PESEL, other).replace("K-1", "K-2").replace("01.01.2026", "01.03.2026")
    load(insurer, lines(GOOD + ";R1", head=head))
    family = models.Family.objects.get()
    assert (family.key, family.year_from) == ("R1", date(2026, 1, 1))
    load(insurer, lines(GOOD + ";", child + ";R1", head=head))
    assert models.Family.objects.get() == family
    assert [(row.card_number, row.family) for row in models.Coverage.objects.order_by("card_number")] == [
        ("K-1", None),
        ("K-2", family),
    ]
