"""The worker process: delivers what was promised, ends in order when told to."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection
from django.utils import timezone

from ols.db import transactions
from ols.jobs import outbox, schedule
from ols.notifications import models, services

pytestmark = pytest.mark.django_db


@transactions.use_case
def promise(*, to: str, kind: str = "", payload=None) -> None:
    if kind:
        services.enqueue(kind=kind, payload=payload or {}, at=timezone.now())
    else:
        services.enqueue_email(
            to=to, template="password_link", context={"secret": "s", "hours": 24}, at=timezone.now()
        )


def undelivered() -> int:
    return models.OutboxMessage.objects.filter(done_at=None).count()


@pytest.mark.django_db(transaction=True)
def test_a_batch_sends_the_mail_once(mailoutbox):
    promise(to="anna@example.org")

    assert outbox.deliver_batch() == 1
    assert outbox.deliver_batch() == 0
    assert [message.to for message in mailoutbox] == [["anna@example.org"]]
    assert undelivered() == 0


@pytest.mark.django_db(transaction=True)
def test_a_kind_nobody_reads_stays():
    promise(to="", kind="nobody.reads")

    assert outbox.deliver_batch() == 0
    assert undelivered() == 1


@pytest.mark.django_db(transaction=True)
def test_a_lost_database_is_survived(monkeypatch):
    def broken(**_kwargs):
        with connection.cursor() as cursor:
            cursor.execute("select no_such_column")

    monkeypatch.setattr(services, "deliver", broken)

    assert outbox.deliver_batch() == 0


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_the_process_delivers_and_stops_on_sigterm():
    database = connection.settings_dict
    server = "host={HOST}&port={PORT}".format(**{**database, "PORT": database["PORT"] or 5432})
    url = "postgresql://{USER}:{PASSWORD}@/{NAME}?".format(**database) + server
    promise(to="anna@example.org")
    worker = subprocess.Popen(
        [sys.executable, "-m", "ols.cli.main", "manage", "run_worker"],
        env={**os.environ, "DATABASE_URL": url},
        stderr=subprocess.PIPE,
    )
    try:
        deadline = time.monotonic() + 30
        while undelivered() and worker.poll() is None and time.monotonic() < deadline:
            time.sleep(0.1)
        assert undelivered() == 0
    finally:
        worker.send_signal(signal.SIGTERM)
        _, errors = worker.communicate(timeout=15)

    assert worker.returncode == 0, errors
    assert list(models.MailboxMessage.objects.values_list("recipient", flat=True)) == ["anna@example.org"]


@pytest.mark.django_db(transaction=True)
def test_after_an_import_the_insurers_counters_are_made(monkeypatch):
    made = []
    monkeypatch.setattr(
        outbox.claims, "open_usage_years", lambda *, actor, at, insurer_id: made.append(insurer_id)
    )
    for insurer_id in (7, 7, 5):
        promise(to="", kind="coverage.imported", payload={"insurer_id": insurer_id})

    assert outbox.deliver_batch() == 3
    assert made == [5, 7]
    assert undelivered() == 0


@pytest.mark.django_db(transaction=True)
def test_the_scheduled_jobs_run():
    assert {name: job(0) for name, job in schedule.JOBS.items()} == {
        "alarm_insurers": 0,
        "alarm_operators": 0,
        "announce_openings": 0,
        "end_contracts": 0,
        "expire_claims": 0,
        "make_missing_cards": 0,
        "open_usage_years": 0,
        "purge_accounts": 0,
        "purge_outbox": 0,
        "read_lost_extracts": 0,
        "delete_expired_drafts": 0,
        "refresh_highlights": 0,
        "tell_about_terms": 0,
        "tell_of_document_endings": 0,
        "tell_of_lapses": 0,
        "tell_of_retirements": 0,
    }
