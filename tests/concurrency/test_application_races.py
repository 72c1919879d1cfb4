"""One draft makes one application and one clinic has one open, however often it is sent at once."""

import threading

import pytest
from django.db import connection
from django.db.models import QuerySet
from tests.onboarding import world
from tests.together import many_at_once

from ols.audit import models as audit_models
from ols.onboarding import models
from ols.onboarding import services as onboarding
from ols.onboarding.draft_values import Tab
from ols.onboarding.services import applicant, limits

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
THREADS = 8
AT = world.AT


@pytest.fixture(autouse=True)
def _operator(transactional_db):
    world.operator()


def start() -> str:
    return onboarding.start_draft(actor=world.VISITOR, chosen="", values={}, at=AT)


def send(secret: str) -> onboarding.Submitted:
    return onboarding.submit_draft(
        actor=world.VISITOR, secret=secret, seen=1, application=world.draft(), at=AT
    )


def applications() -> int:
    """Count the applications; the record of submissions must count the same."""
    made = models.AccessApplication.objects.count()
    assert audit_models.Event.objects.filter(event="application.submit").count() == made
    return made


def test_a_draft_sent_many_times_at_once_is_one_application() -> None:
    secret = start()
    answers = many_at_once(THREADS, lambda _: send(secret))
    assert len(set(answers)) == 1
    assert isinstance(answers[0], onboarding.Submitted)
    assert applications() == 1


def test_many_drafts_of_one_clinic_make_one_application() -> None:
    secrets = [start() for _ in range(THREADS)]
    answers = many_at_once(THREADS, lambda number: send(secrets[number]))
    sent = [answer for answer in answers if isinstance(answer, onboarding.Submitted)]
    assert len(sent) == 1
    assert all(isinstance(answer, onboarding.ApplicationOpen) for answer in answers if answer not in sent)
    assert applications() == 1


def test_the_same_machinery_catches_a_program_without_guards(monkeypatch) -> None:
    """Negative control: no lock and no constraints, everybody looks before anybody writes."""
    secret = start()
    gate = threading.Barrier(THREADS)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)
    monkeypatch.setattr(applicant, "_require_free", lambda _nip: gate.wait(timeout=20))
    table, key = "onboarding_application", "submission_key"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'u' AND conrelid = %s::regclass", [table]
        )
        (unique,) = [name for (name,) in cursor.fetchall() if key in name]
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{unique}"')
        cursor.execute("DROP INDEX onboarding_application_one_open")
    try:
        many_at_once(THREADS, lambda _: send(secret))
        assert models.AccessApplication.objects.count() > 1
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table} CASCADE")
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{unique}" UNIQUE ({key})')
        found = models.AccessApplication._meta.constraints
        constraint = next(item for item in found if item.name == "onboarding_application_one_open")
        with connection.schema_editor() as editor:
            editor.add_constraint(models.AccessApplication, constraint)


def test_two_tabs_saving_at_once_lose_no_field() -> None:
    secret = start()
    fields = ("name", "city", "street", "krs", "regon", "phone", "email", "legal_form")

    def save(number: int) -> object:
        typed = dict.fromkeys(fields, "") | {fields[number]: str(number)}
        tab = Tab(f"tab{number}", seen=1)
        return onboarding.save_draft(actor=world.VISITOR, secret=secret, typed=typed, tab=tab, at=AT)

    answers = many_at_once(THREADS, save)
    assert all(isinstance(answer, onboarding.SavedDraft) and not answer.conflicts for answer in answers)
    row = models.Draft.objects.get()
    kept = {name: steps[-1][2] for name, steps in row.entries.items()}
    assert kept == {name: str(number) for number, name in enumerate(fields)}
    assert row.version == 1 + THREADS


@pytest.mark.parametrize("is_planted", [False, True])
def test_the_limit_of_links_holds_at_once(monkeypatch, is_planted) -> None:
    """Negative control: counted nowhere, they all go out."""
    secrets = [start() for _ in range(THREADS)]
    if is_planted:
        monkeypatch.setattr(limits, "count", lambda *_arguments, **_options: None)
    answers = many_at_once(
        THREADS,
        lambda number: onboarding.send_resume_link(
            actor=world.VISITOR, secret=secrets[number], email="anna@example.org", language="pl", at=AT
        ),
    )
    refused = [answer for answer in answers if isinstance(answer, onboarding.TooOften)]
    assert len(refused) == (0 if is_planted else THREADS - limits.LINKS_TO_ADDRESS.most)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_cache")
