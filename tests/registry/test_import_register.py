"""The register import: what it adds, changes, marks and refuses; a broken file changes nothing."""

import time
from datetime import date, timedelta

import pytest
from django.db import connection
from tests.registry import register_files as files

from ols.audit import models as audit_models
from ols.kernel.actor import Actor, NotPermitted
from ols.registry import models, sample
from ols.registry import services as registry

pytestmark = pytest.mark.django_db


def counts(report: registry.ImportReport) -> tuple[int, int, int, int, int]:
    return (report.added, report.changed, report.unchanged, report.vanished, report.refused)


def fingerprint() -> list[tuple]:
    """Everything the register holds, for „nothing changed”."""
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT 'e', register_book_no, content_hash, last_seen_on::text, vanished_on::text
            FROM registry_entry
            UNION ALL SELECT 'c', entry_id::text, cell_code, specialty_code, name FROM registry_cell
            UNION ALL SELECT 'f', entry_id::text, regon14, name, city FROM registry_facility
            UNION ALL SELECT 'u', entry_id::text, unit_code, name, city FROM registry_unit
            UNION ALL SELECT 'i', uuid::text, '', '', '' FROM registry_import
            ORDER BY 1, 2, 3, 4, 5
        """)
        return cursor.fetchall()


def test_adds_everything_with_report_and_audit() -> None:
    lines = files.rows(3)
    report = files.load(lines)
    assert counts(report) == (3, 0, 0, 0, 0)
    first = models.RegisterEntry.objects.get(register_book_no="000000000001")
    entity = lines[0]
    assert (first.name, first.nip, first.regon) == (entity["name"], entity["nip"], entity["regon"])
    assert f"{first.street}, {first.postal_code} {first.city}" == entity["seat_address"]
    assert (first.entity_kind, first.last_seen_on, first.vanished_on) == (
        "medical-entity",
        date(2026, 11, 23),
        None,
    )
    assert models.RegisterFacility.objects.count() == 3
    assert models.RegisterUnit.objects.count() == 3
    assert models.RegisterCell.objects.count() == sum(line["level"] == "cell" for line in lines)
    row = models.RegisterImport.objects.get()
    assert (str(row.uuid), row.added, row.snapshot_date) == (report.uuid, 3, date(2026, 11, 23))
    event = audit_models.Event.objects.get(event="register.import")
    assert (event.subject_uuid, event.data["added"]) == (row.uuid, 3)


def test_the_same_file_again_changes_nothing_in_any_encoding_and_order() -> None:
    lines = files.rows(3)
    files.load(lines)
    before = [row for row in fingerprint() if row[0] != "i"]
    for data in (
        files.content(lines),
        files.content(lines, "utf-8-sig"),
        files.content(lines, "cp1250"),
        files.content(reversed(lines)),
        files.content(lines).replace(b"\r\n", b"\n"),
    ):
        assert counts(files.load_bytes(data)) == (0, 0, 3, 0, 0)
    assert [row for row in fingerprint() if row[0] != "i"] == before


def test_changes_of_an_entity_and_of_its_cell_count_once_and_replace_the_parts() -> None:
    lines = files.rows(2)
    files.load(lines)
    lines[0]["name"] = "Przychodnia Nowa (demo)"
    cells = [line for line in lines if line["level"] == "cell" and line["register_book_no"].endswith("2")]
    lines.remove(cells[0])
    assert counts(files.load(lines)) == (0, 2, 0, 0, 0)
    assert models.RegisterEntry.objects.get(register_book_no="000000000001").name == "Przychodnia Nowa (demo)"
    left = models.RegisterCell.objects.filter(entry__register_book_no="000000000002")
    assert left.count() == len(cells) - 1


def test_vanished_entities_are_marked_and_come_back() -> None:
    lines = files.rows(3)
    files.load(lines)
    without = [line for line in lines if not line["register_book_no"].endswith("2")]
    later = files.AT + timedelta(days=1)
    assert counts(files.load(without, at=later)) == (0, 0, 2, 1, 0)
    gone = models.RegisterEntry.objects.get(register_book_no="000000000002")
    assert (gone.vanished_on, gone.last_seen_on) == (date(2026, 11, 24), date(2026, 11, 23))
    assert counts(files.load(without, at=later)) == (0, 0, 2, 0, 0)
    assert counts(files.load(lines, at=later)) == (0, 1, 2, 0, 0)
    gone.refresh_from_db()
    assert gone.vanished_on is None


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("nip", "5260001247", "CHECK_DIGIT"),
        ("nip", "0000000000", "PATTERN"),
        ("nip", "", "REQUIRED"),
        ("regon", "241371989", "CHECK_DIGIT"),
        ("krs", "12345678901", "LENGTH"),
        ("npwz", "1234567", "CHECK_DIGIT"),
        ("name", "", "REQUIRED"),
        ("name", "x" * 301, "TOO_LONG"),
        ("name", "Przychodnia\x00(demo)", "CONTROL_CHARACTERS"),
        ("name", "Przychodnia\n(demo)", "CONTROL_CHARACTERS"),
        ("seat_address", "Warszawa", "NOT_AN_ADDRESS"),
        ("teryt", "14650", "NOT_DIGITS"),
        ("teryt", "١٤٦٥٠١١", "NOT_DIGITS"),
        ("active_from", "31.02.2020", "NO_SUCH_DAY"),
        ("active_from", "wczoraj", "NOT_A_DATE"),
        ("entity_kind", "apteka", "NOT_ON_LIST"),
    ],
)
def test_a_wrong_entity_line_is_refused_with_its_parts_and_leaves_what_was_there(column, value, code) -> None:
    lines = files.rows(2)
    files.load(lines)
    before = [row for row in fingerprint() if row[0] != "i"]
    lines[0][column] = value
    parts = sum(line["register_book_no"].endswith("1") for line in lines)
    report = files.load(lines)
    assert counts(report) == (0, 0, 1, 0, parts)
    assert report.refusals[0] == registry.RefusedLine(2, column, code)
    assert {refusal.code for refusal in report.refusals[1:]} == {"NO_ENTITY"}
    assert [row for row in fingerprint() if row[0] != "i"] == before


@pytest.mark.parametrize(
    ("level", "column", "value", "code"),
    [
        ("facility", "regon14", "24137198800019", "CHECK_DIGIT"),
        ("facility", "activity_kind", "apteka", "NOT_ON_LIST"),
        ("unit", "unit_code", "1", "NOT_DIGITS"),
        ("cell", "specialty_code", "9999", "NOT_ON_LIST"),
        ("cell", "cell_code", "abc", "NOT_DIGITS"),
        ("cell", "beds", "-1", "NOT_A_NUMBER"),
        ("cell", "level", "room", "NOT_ON_LIST"),
    ],
)
def test_a_wrong_part_is_refused_alone(level, column, value, code) -> None:
    lines = files.rows(1)
    place = next(place for place, line in enumerate(lines) if line["level"] == level)
    lines[place][column] = value
    report = files.load(lines)
    assert counts(report) == (1, 0, 0, 0, 1)
    assert report.refusals == (registry.RefusedLine(place + 2, column, code),)


def test_a_refused_cell_keeps_its_earlier_state() -> None:
    lines = files.rows(1)
    files.load(lines)
    number = models.RegisterCell.objects.count()
    cell = next(line for line in lines if line["level"] == "cell")
    lines[0]["phone"] = "+48 600 000 099"
    cell["specialty_code"] = "9999"
    assert counts(files.load(lines)) == (0, 1, 0, 0, 1)
    assert models.RegisterCell.objects.count() == number
    assert counts(files.load(lines)) == (0, 0, 1, 0, 1)


def test_duplicates_orphans_and_short_rows_are_refused_with_their_lines() -> None:
    lines = files.rows(1)
    orphan = {**lines[1], "register_book_no": "99"}
    data = files.content([*lines, lines[0], orphan]) + b"entity;1;2\r\n"
    report = files.load_bytes(data)
    last = len(lines) + 1
    assert counts(report) == (1, 0, 0, 0, 3)
    assert report.refusals == (
        registry.RefusedLine(last + 1, "", "TWICE_IN_FILE"),
        registry.RefusedLine(last + 2, "register_book_no", "NO_ENTITY"),
        registry.RefusedLine(last + 3, "", "FIELD_COUNT"),
    )


def broken_files() -> list[tuple[bytes, str]]:
    good = files.content(files.rows(2))
    header, rest = good.split(b"\r\n", 1)
    return [
        (b"", "EMPTY"),
        (b" \r\n ", "EMPTY"),
        (b"%PDF-1.7\n\x81\x90\xff", "NOT_TEXT"),
        ("level;nip".encode("utf-16"), "NOT_TEXT"),
        (good.replace("Ź".encode(), b"\xff").replace("ó".encode(), b"\xc3", 1), "DAMAGED_TEXT"),
        (good.replace(b";", b","), "MISSING_COLUMNS"),
        (header.replace(b";nip", b"") + b"\r\n" + rest, "MISSING_COLUMNS"),
        (header + b";surprise\r\n" + rest, "UNKNOWN_COLUMNS"),
        (header + b";nip\r\n" + rest, "REPEATED_COLUMNS"),
        (header + b"\r\n", "NO_ENTITIES"),
        (good + b'entity;"2;unfinished', "BROKEN_CSV"),
        (good + b"entity;" + b"x" * 1_000_000 + b"\r\n", "BROKEN_CSV"),
    ]


@pytest.mark.parametrize(("data", "code"), broken_files(), ids=lambda value: str(value)[:20])
def test_a_broken_file_changes_nothing(data, code) -> None:
    files.load(files.rows(2, seed=1))
    before = fingerprint()
    with pytest.raises(registry.BrokenFile) as caught:
        files.load_bytes(data)
    assert caught.value.code == code
    assert str(caught.value)
    assert fingerprint() == before


def test_nothing_changed_would_notice_a_change() -> None:
    """Negative control of the comparison above: the good half of a broken file would show."""
    files.load(files.rows(2, seed=1))
    before = fingerprint()
    files.load(files.rows(2))
    assert fingerprint() != before


def test_an_older_state_is_refused() -> None:
    files.load(files.rows(1))
    with pytest.raises(registry.BrokenFile) as caught:
        files.load(files.rows(1), snapshot_date=date(2026, 11, 22))
    assert caught.value.code == "OLDER_SNAPSHOT"
    assert "23.11.2026" in str(caught.value)


def test_needs_the_permission() -> None:
    with pytest.raises(NotPermitted):
        files.load(files.rows(1), actor=Actor.system("test"))
    assert models.RegisterImport.objects.count() == 0


def test_formulas_are_kept_as_text() -> None:
    lines = files.rows(1)
    lines[0]["name"] = "=HYPERLINK(1) (demo)"
    files.load(lines)
    assert models.RegisterEntry.objects.get().name == "=HYPERLINK(1) (demo)"


def test_three_thousand_entities_take_seconds() -> None:
    data = files.content(sample.register_rows(entities=3000, seed=3))
    started = time.process_time()
    report = files.load_bytes(data)
    assert counts(report) == (3000, 0, 0, 0, 0)
    # A tenth of the promised size in a tenth of the promised minute, in processor time of this side.
    assert time.process_time() - started < 6
