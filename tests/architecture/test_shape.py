"""Nothing grows silently, every write says who acts, and tables stay with their package."""

import re
import textwrap

import pytest
from django.apps import apps
from django.db import connection
from tests.architecture import source

MOST_LINES = 300
MOST_FUNCTION_LINES = 40
MOST_README_LINES = 30
# Called by open_usage_years, a use case that names its actor, once for each block of covers.
WITHOUT_ACTOR = {"claims/services/counters.py: open_counters"}
VIEW = re.compile(r"^[a-z]+_pub_")


def long_files(paths):
    return [
        f"{path}: {count} lines"
        for path in paths
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    ]


def long_functions(paths):
    return [
        f"{source.name(path)}: {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for path in paths
        for node in source.functions(path)
        if node.end_lineno - node.lineno + 1 > MOST_FUNCTION_LINES
    ]


def without_actor(paths):
    """Return the use cases that do not say who acts."""
    return [
        f"{source.name(path)}: {node.name}"
        for path in paths
        for node in source.functions(path)
        if _is_public_use_case(node) and "actor" not in source.parameters(node)
    ]


def _is_public_use_case(node):
    return "use_case" in source.decorators(node) and not node.name.startswith("_")


def not_keyword_only(paths):
    return [
        f"{source.name(path)}: {node.name}"
        for path in paths
        for node in source.functions(path)
        if _is_public_use_case(node) and (node.args.args or node.args.posonlyargs)
    ]


def tables():
    """Return each table of ours with the package that owns it."""
    return {
        model._meta.db_table: model._meta.app_label
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("ols.")
    }


def foreign_tables(paths):
    """Return where SQL or another text names a table of a package that it is not in."""
    owners = tables()
    names = re.compile(
        rf"\b(?:from|join|into|update|table|references)\s+\"?({'|'.join(owners)})\b", re.IGNORECASE
    )
    return [
        f"{source.name(path)}: {found}"
        for path in paths
        for text in source.texts(path)
        for found in names.findall(text)
        if owners[found] != source.name(path).split("/")[0]
    ]


def planted(tmp_path, monkeypatch, code, name="claims/services.py"):
    """Return a file with a fault, as if it were in the product."""
    monkeypatch.setattr(source, "SOURCE", tmp_path)
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(code), encoding="utf-8")
    return [path]


def test_files_stay_short(tmp_path):
    assert long_files([*source.modules(), *source.tests()]) == []
    assert source.TESTS / "architecture" / "test_shape.py" in source.tests()
    whole, long = tmp_path / "whole.py", tmp_path / "long.py"
    whole.write_text("x = 1\n" * MOST_LINES, encoding="utf-8")
    long.write_text("x = 1\n" * (MOST_LINES + 1), encoding="utf-8")
    assert long_files([whole, long]) == [f"{long}: 301 lines"]


def test_functions_stay_short(tmp_path, monkeypatch):
    assert long_functions(source.modules()) == []
    body = "def f():\n" + "    x = 1\n" * MOST_FUNCTION_LINES
    assert long_functions(planted(tmp_path, monkeypatch, body)) == ["claims/services.py: f has 41 lines"]


def test_readmes_of_packages_stay_short():
    lengths = {
        source.name(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in source.SOURCE.rglob("README.md")
    }
    assert {name: count for name, count in lengths.items() if count > MOST_README_LINES} == {}


def test_every_use_case_says_who_acts(tmp_path, monkeypatch):
    assert set(without_actor(source.modules())) == WITHOUT_ACTOR
    fault = """
        @transactions.use_case
        def pay(*, amount_gr: int) -> None: ...
    """
    assert without_actor(planted(tmp_path, monkeypatch, fault)) == ["claims/services.py: pay"]


def test_use_cases_take_only_named_arguments(tmp_path, monkeypatch):
    assert not_keyword_only(source.modules()) == []
    fault = """
        @use_case
        def pay(actor, amount_gr): ...
    """
    assert not_keyword_only(planted(tmp_path, monkeypatch, fault)) == ["claims/services.py: pay"]


def test_a_package_names_no_foreign_table(tmp_path, monkeypatch):
    assert foreign_tables(source.modules(migrations=True)) == []
    fault = """
        ROWS = "SELECT 1 FROM coverage_pub_in_force JOIN plans_terms USING (plan_id)"
        OWN = "SELECT 1 FROM claims_claim"
    """
    assert foreign_tables(planted(tmp_path, monkeypatch, fault)) == ["claims/services.py: plans_terms"]


@pytest.mark.django_db
def test_published_views_are_listed_in_their_package():
    with connection.cursor() as cursor:
        cursor.execute("SELECT viewname FROM pg_views WHERE schemaname = 'public'")
        views = [name for (name,) in cursor.fetchall() if VIEW.match(name)]
    unlisted = [name for name in sorted(views) if name not in _readme(name.split("_pub_")[0])]
    assert unlisted == []
    assert "claims_pub_settlement" in views


def _readme(package):
    path = source.SOURCE / package / "README.md"
    return path.read_text(encoding="utf-8") if path.exists() else ""
