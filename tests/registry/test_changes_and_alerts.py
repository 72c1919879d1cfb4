"""What an import changed, entity by entity, and alerts about facilities that joined and left the register."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction
from tests import cast
from tests.registry import register_files as files

from ols.audit import models as audit_models
from ols.db.errors import NotFound
from ols.kernel.actor import NotPermitted
from ols.notifications import models as notifications_models
from ols.registry import models
from ols.registry import services as registry
from ols.workflow.machine import TransitionRefused

pytestmark = pytest.mark.django_db
LATER = files.AT + timedelta(days=1)


def changes(report: registry.ImportReport) -> list[tuple[str, str]]:
    rows = models.RegisterChange.objects.filter(register_import__uuid=report.uuid).order_by(
        "register_book_no"
    )
    return [(row.kind, row.register_book_no[-1]) for row in rows]


def without(lines: files.Rows, number: int) -> files.Rows:
    return [line for line in lines if not line["register_book_no"].endswith(str(number))]


def joins(number: int) -> models.Facility:
    """Let the organization of a test clinic be the entity with that number."""
    cast.provider(number)
    facility = models.Facility.objects.order_by("-pk").first()
    assert facility is not None
    facility.entry = models.RegisterEntry.objects.get(register_book_no=f"{number:012d}")
    facility.save()
    return facility


def letters() -> list[dict]:
    rows = notifications_models.OutboxMessage.objects.filter(payload__template="register_alert")
    return [row.payload for row in rows.order_by("pk")]


def test_an_import_keeps_what_it_changed_field_by_field_and_part_by_part() -> None:
    lines = files.rows(3)
    assert changes(files.load(lines)) == [("added", "1"), ("added", "2"), ("added", "3")]
    old = lines[0]["name"]
    lines[0]["name"] = "Przychodnia Nowa (demo)"
    cells = [line for line in lines if line["level"] == "cell" and line["register_book_no"].endswith("1")]
    lines.remove(cells[0])
    report = files.load(without(lines, 3), at=LATER)
    assert changes(report) == [("changed", "1"), ("vanished", "3")]
    row = models.RegisterChange.objects.get(kind="changed")
    assert row.fields == {"name": [old, "Przychodnia Nowa (demo)"]}
    assert row.name == "Przychodnia Nowa (demo)"
    (part,) = row.parts
    assert (part["level"], part["key"], part["after"]) == ("cell", cells[0]["cell_code"], None)
    assert part["before"]["name"] == cells[0]["name"]
    back = files.load(lines, at=LATER)
    assert changes(back) == [("returned", "3")]
    row = models.RegisterChange.objects.get(kind="returned")
    assert (row.fields, row.parts) == ({"vanished_on": ["2026-11-24", None]}, [])
    assert models.RegisterImport.objects.get(uuid=back.uuid).returned == 1


def test_the_same_file_again_notes_no_change() -> None:
    lines = files.rows(3)
    files.load(lines)
    assert changes(files.load(lines)) == []


def test_what_was_noted_is_never_edited() -> None:
    files.load(files.rows(1))
    noted = models.RegisterChange.objects.filter(kind="added")
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        noted.update(name="Inna (demo)")
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        noted.delete()
    assert noted.count() == 1


def test_what_a_refused_line_spoke_about_is_no_change() -> None:
    lines = files.rows(1)
    files.load(lines)
    cell = next(line for line in lines if line["level"] == "cell")
    cell["specialty_code"] = "9999"
    lines[0]["phone"] = "221112233"
    report = files.load(lines, at=LATER)
    assert report.refused == 1
    row = models.RegisterChange.objects.get(register_import__uuid=report.uuid)
    assert (list(row.fields), row.parts) == (["phone"], [])


def test_a_joined_facility_that_vanishes_is_alerted_once_and_closed_when_it_returns() -> None:
    operator = cast.operator()
    lines = files.rows(3)
    files.load(lines)
    facility = joins(2)
    files.load(without(lines, 2), at=LATER)
    alert = models.RegisterAlert.objects.get()
    assert (alert.facility, alert.kind, alert.status) == (facility, "vanished", "open")
    assert alert.gone_on == date(2026, 11, 24)
    files.load(without(lines, 2), at=LATER + timedelta(days=1))
    assert models.RegisterAlert.objects.count() == 1
    (letter,) = letters()
    assert letter["to"] == operator.people["operator"].email
    assert letter["context"]["lines"] == [{"name": facility.name, "kind": "vanished", "day": "24.11.2026"}]
    files.load(lines, at=LATER + timedelta(days=2))
    alert.refresh_from_db()
    assert (alert.status, alert.returned_on) == ("returned", date(2026, 11, 26))
    events = audit_models.Event.objects.filter(subject_uuid=alert.uuid).order_by("id")
    assert [row.event for row in events] == ["register_alert.open", "register_alert.return"]
    files.load(without(lines, 2), at=LATER + timedelta(days=3))
    assert [row.status for row in models.RegisterAlert.objects.order_by("pk")] == ["returned", "open"]
    assert len(letters()) == 2


def test_a_struck_off_facility_is_alerted_and_others_are_not() -> None:
    cast.operator()
    lines = files.rows(3)
    files.load(lines)
    facility = joins(1)
    for line in lines:
        if line["level"] == "entity" and line["register_book_no"][-1] in "13":
            line["struck_off_on"] = "2026-11-20"
    report = files.load(lines, at=LATER)
    assert changes(report) == [("struck_off", "1"), ("struck_off", "3")]
    assert models.RegisterImport.objects.get(uuid=report.uuid).struck_off == 2
    alert = models.RegisterAlert.objects.get()
    assert (alert.facility, alert.kind, alert.gone_on) == (facility, "struck_off", date(2026, 11, 20))


def test_an_alert_is_handled_once_with_words_and_still_not_raised_again() -> None:
    operator = cast.operator()
    lines = files.rows(2)
    files.load(lines)
    joins(2)
    files.load(without(lines, 2), at=LATER)
    alert = models.RegisterAlert.objects.get()
    actor = operator.actor("operator")
    for remark, error in (("  ", registry.RemarkMissing), ("Wyjaśnione (demo)", None)):
        if error:
            with pytest.raises(error):
                registry.handle_alert(actor=actor, alert_uuid=alert.uuid, remark=remark, at=LATER)
        else:
            registry.handle_alert(actor=actor, alert_uuid=alert.uuid, remark=remark, at=LATER)
    alert.refresh_from_db()
    assert (alert.status, alert.handled_by, alert.remark) == ("handled", actor.name, "Wyjaśnione (demo)")
    with pytest.raises(TransitionRefused):
        registry.handle_alert(actor=actor, alert_uuid=alert.uuid, remark="Drugi raz", at=LATER)
    files.load(without(lines, 2), at=LATER + timedelta(days=1))
    assert models.RegisterAlert.objects.count() == 1
    files.load(lines, at=LATER + timedelta(days=2))
    alert.refresh_from_db()
    assert (alert.status, alert.remark) == ("returned", "Wyjaśnione (demo)")


def test_alerts_are_the_operators() -> None:
    operator = cast.operator()
    clinic = cast.provider()
    with pytest.raises(NotPermitted):
        registry.handle_alert(actor=clinic.actor("owner"), alert_uuid=uuid4(), remark="x", at=LATER)
    with pytest.raises(NotFound):
        registry.handle_alert(actor=operator.actor("operator"), alert_uuid=uuid4(), remark="x", at=LATER)


def test_an_import_that_fails_leaves_no_alert(monkeypatch) -> None:
    cast.operator()
    lines = files.rows(2)
    files.load(lines)
    joins(2)

    def broken(*_arguments, **_more):
        raise RuntimeError

    monkeypatch.setattr("ols.registry.services.register_alerts._tell", broken)
    with pytest.raises(RuntimeError):
        files.load(without(lines, 2), at=LATER)
    assert models.RegisterAlert.objects.count() == 0
    assert models.RegisterImport.objects.count() == 1
