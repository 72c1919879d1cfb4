"""The dictionary of ICD-9-PL codes: a small invented one, read, looked up, loaded anew."""

from datetime import date, timedelta

import pytest
from tests import cast
from tests.cast import AT, TODAY

from ols.accounts.permissions import Permission, Role
from ols.audit.models import Event
from ols.catalog import icd9, models, services
from ols.catalog import selectors as catalog
from ols.catalog.icd9 import Icd9Code, Icd9Dictionary, read_dictionary
from ols.catalog.own_service import OwnService
from ols.cli import import_icd9
from ols.kernel.actor import Actor, NotPermitted

ROWS = [
    ["name", "code", "valid_from", "valid_to"],
    ["Porada wymyślona", "89.02", "", ""],
    ["Porada wymyślona z łącznością", "89.03", "2020-01-01", ""],
    ["Badanie wymyślone krwi", "C53", "", ""],
    ["Dawna czynność wymyślona", "89.09", "1.1.2000", "1.1.2020"],
    ["Czynność przyszła wymyślona", "89.10", "1.1.2030", ""],
]
ACTOR = Actor.system("command", permissions=frozenset({Permission.REGISTER_IMPORT}))


def dictionary():
    return Icd9Dictionary(read_dictionary(ROWS).codes)


def codes(found):
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("code", "reason", "nearest"),
    [
        ("98.02", "UNKNOWN", "89.02"),
        ("89.2", "UNKNOWN", "89.02"),
        ("89.022", "UNKNOWN", "89.02"),
        ("89.04", "UNKNOWN", "89.02"),
        ("C5", "UNKNOWN", "C53"),
        ("89.09", "ENDED", "89.02"),
        ("89.10", "ENDED", "89.02"),
    ],
)
def test_what_is_not_in_force_is_refused_with_near_codes(code, reason, nearest):
    problem = dictionary().problem(code, on=TODAY)
    assert (problem.reason, nearest in codes(problem.nearest)) == (reason, True)
    assert "89.09" not in codes(problem.nearest)


def test_what_is_known_passes_and_without_a_dictionary_everything():
    for code in ("", "89.02", "89.03", "C53"):
        assert dictionary().problem(code, on=TODAY) is None
    assert dictionary().problem("89.03", on=date(2019, 12, 31)).reason == "ENDED"
    assert Icd9Dictionary({}).problem("99.99", on=TODAY) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("89", ["89.02", "89.03"]), ("lacznoscia porada", ["89.03"]), ("c5", ["C53"]), ("dawna", []), ("", [])],
)
def test_codes_are_found_by_code_and_by_name(text, expected):
    assert codes(dictionary().found(text, on=TODAY, most=20)) == expected


def test_wrong_rows_of_a_dictionary_say_why():
    found = read_dictionary(
        [["Kod", "Nazwa", "Obowiązuje od"], ["8902", "x", ""], ["89.02", "", ""], ["89.03", "x", "31.2.2020"],
         ["89.04", "x", ""], ["89.04", "y", ""], ["", "", ""]]
    )  # fmt: skip
    assert list(found.codes) == ["89.04"]
    assert [row[2] for row in found.refused] == ["CODE", "NAME", "DAY", "DUPLICATE"]
    with pytest.raises(icd9.ColumnsMissing):
        read_dictionary([["Kod", "Opis"]])


@pytest.mark.django_db
def test_a_dictionary_is_loaded_and_loaded_anew():
    file = read_dictionary(ROWS)
    report = services.load_icd9(actor=ACTOR, file=file, file_name="x.csv", at=AT)
    assert (report.added, report.changed, report.unchanged, report.ended) == (5, 0, 0, 0)
    assert catalog.icd9_dictionary().codes == file.codes
    assert catalog.icd9_loaded_at() == AT
    newer = [*ROWS[:1], ["Porada inna", "89.02", "", ""], *ROWS[2:3]]
    report = services.load_icd9(
        actor=ACTOR, file=read_dictionary(newer), file_name="y.csv", at=AT + timedelta(days=1)
    )
    assert (report.added, report.changed, report.unchanged, report.ended) == (0, 1, 1, 2)
    found = catalog.icd9_dictionary()
    assert found.codes["C53"] == Icd9Code("C53", "Badanie wymyślone krwi", None, TODAY + timedelta(days=1))
    assert found.problem("C53", on=TODAY) is None
    assert found.problem("C53", on=TODAY + timedelta(days=1)).reason == "ENDED"
    assert Event.objects.filter(event="procedure_codes.import").count() == 2
    with pytest.raises(NotPermitted):
        services.load_icd9(actor=Actor.system("job"), file=file, file_name="x.csv", at=AT)


@pytest.mark.django_db
def test_the_command_reads_any_path(tmp_path, capsys):
    path = tmp_path / "slownik.csv"
    path.write_bytes("code;name\n89.02;Porada wymyślona\n89;Źle\n".encode("cp1250"))
    assert import_icd9.run([str(path)]) == 0
    assert (
        "added 1, changed 0, unchanged 0, ended 0, refused rows 1\n  row 3: 89 CODE"
        in capsys.readouterr().out
    )
    assert models.Icd9Entry.objects.get().name == "Porada wymyślona"
    for content in ("a;b\n1;2\n", "code;name\n89;Źle\n"):
        path.write_text(content)
        assert import_icd9.run([str(path)]) == 1
    assert import_icd9.run([str(tmp_path / "none.csv")]) == 1
    assert models.Icd9Import.objects.count() == 1


@pytest.mark.django_db
def test_own_services_take_known_codes_and_keep_those_they_have():
    insurer = cast.insurer()
    planner, area = insurer.actor(Role.PLAN_MANAGER), catalog.area(code="CONS").id

    def add(code, icd9_code):
        one = OwnService(code, "Usługa (demo)", icd9=icd9_code)
        services.add_own_service(actor=planner, area_id=area, service=one, at=AT)

    add("OWN-1", "99.99")  # nothing is loaded: only the form counts
    services.load_icd9(actor=ACTOR, file=read_dictionary(ROWS), file_name="x.csv", at=AT)
    add("OWN-2", "89.02")
    for wrong, reason in (("98.02", "ICD9_UNKNOWN"), ("89.09", "ICD9_ENDED"), ("8902", "ICD9")):
        with pytest.raises(services.ServiceRefused) as refused:
            add("OWN-3", wrong)
        assert refused.value.reason == reason
    renamed = OwnService("OWN-1", "Inna (demo)", icd9="99.99")
    services.edit_own_service(actor=planner, service=renamed, at=AT)
    with pytest.raises(services.ServiceRefused):
        services.edit_own_service(actor=planner, service=OwnService("OWN-1", "Inna", icd9="99.98"), at=AT)
    again = [renamed, OwnService("OWN-4", "Nowa (demo)", icd9="99.99")]
    with pytest.raises(services.ServiceRefused):
        services.import_own_services(actor=planner, area_id=area, services=again, at=AT)
    services.import_own_services(actor=planner, area_id=area, services=again[:1], at=AT)
    assert [row.code for row in catalog.own_services(planner, area_id=area)] == ["OWN-1", "OWN-2"]
