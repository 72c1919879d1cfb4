"""When which job runs: each is one service call, repeated safely. Times are UTC.

Importing this module puts the jobs on the worker's plan (`run_worker` does).
"""

import logging
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ols.accounts import services as accounts
from ols.claims import services as claims
from ols.kernel.actor import Actor
from ols.network import services as network
from ols.notifications import services as notifications
from ols.onboarding import services as onboarding
from ols.registry import services as registry

# Reading takes seconds; a job three times tried is over long before.
LOST_AFTER: Final = timedelta(minutes=15)
logger = logging.getLogger(__name__)


@app.periodic(cron="7 * * * *")
@app.task(name="expire_claims", queueing_lock="expire_claims")
def expire_claims(timestamp: int) -> int:
    """Hourly: close the authorizations that were not used in time."""
    del timestamp  # when it should have run; it counts from now
    return claims.expire_claims(actor=Actor.system("job"), at=timezone.now())


@app.periodic(cron="12 1 * * *")
@app.task(name="open_usage_years", queueing_lock="open_usage_years")
def open_usage_years(timestamp: int) -> int:
    """Nightly: make the counters of the policy years that begin."""
    del timestamp
    return claims.open_usage_years(actor=Actor.system("job"), at=timezone.now())


@app.periodic(cron="5 5,13 * * *")
@app.task(name="announce_openings", queueing_lock="announce_openings")
def announce_openings(timestamp: int) -> int:
    """In the morning, and again after noon: tell clinics which areas opened."""
    del timestamp
    return network.announce_openings(actor=Actor.system("job"), at=timezone.now())


@app.periodic(cron="2 22,23 * * *")
@app.task(name="refresh_highlights", queueing_lock="refresh_highlights")
def refresh_highlights(timestamp: int) -> int:
    """After midnight in Warsaw, in summer and winter: badges come and go, clinics are told, 14 days ahead."""
    del timestamp
    return network.refresh_network(actor=Actor.system("job"), at=timezone.now())


@app.task(name="tell_of_badges", retry=RetryStrategy(max_attempts=3, wait=60))
def tell_of_badges(insurer_id: int) -> int:
    """When limits changed: tell clinics whose badge came, went or will go; the nightly job tells the rest."""
    return network.tell_network(actor=Actor.system("job"), insurer_id=insurer_id, at=timezone.now())


@app.periodic(cron="2 * * * *")
@app.task(name="end_contracts", queueing_lock="end_contracts")
def end_contracts(timestamp: int) -> int:
    """Hourly, so that Warsaw's midnight is never far: end the co-operations whose day has come."""
    del timestamp
    return network.end_contracts(actor=Actor.system("job"), at=timezone.now())


@app.task(name="read_extract", retry=RetryStrategy(max_attempts=3, wait=60))
def read_extract(reading: str) -> str:
    """When an application came: read its register extract, which may approve it."""
    return onboarding.read_extract(actor=Actor.system("job"), reading_uuid=UUID(reading), at=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="read_lost_extracts", queueing_lock="read_lost_extracts")
def read_lost_extracts(timestamp: int) -> int:
    """Every ten minutes: read the extracts whose job was lost with its process."""
    del timestamp
    lost = onboarding.overdue_readings(before=timezone.now() - LOST_AFTER)
    for reading in lost:
        try:
            read_extract(str(reading))
        except OSError:  # its file cannot be opened now; the others can
            logger.exception("the extract of reading %s cannot be opened", reading)
    return len(lost)


@app.periodic(cron="37 1 * * *")
@app.task(name="purge_outbox", queueing_lock="purge_outbox")
def purge_outbox(timestamp: int) -> int:
    """Nightly: forget the messages delivered long ago."""
    del timestamp
    return notifications.purge_outbox(at=timezone.now())


@app.periodic(cron="47 1 * * *")
@app.task(name="purge_accounts", queueing_lock="purge_accounts")
def purge_accounts(timestamp: int) -> int:
    """Nightly: forget sessions, links and failed logins that count no more."""
    del timestamp
    return accounts.purge_accounts(actor=Actor.system("job"), at=timezone.now())


@app.periodic(cron="*/15 * * * *")
@app.task(name="alarm_operators", queueing_lock="alarm_operators")
def alarm_operators(timestamp: int) -> int:
    """Every quarter of an hour: write to the operators about applications that are or will soon be late."""
    del timestamp
    return onboarding.alarm_operators(actor=Actor.system("job"), at=timezone.now())


@app.periodic(cron="*/15 * * * *")
@app.task(name="alarm_insurers", queueing_lock="alarm_insurers")
def alarm_insurers(timestamp: int) -> int:
    """Every quarter of an hour: write to insurers about offers that are or will soon be late."""
    del timestamp
    return network.alarm_insurers(actor=Actor.system("job"), at=timezone.now())


@app.periodic(cron="27 * * * *")
@app.task(name="delete_expired_drafts", queueing_lock="delete_expired_drafts")
def delete_expired_drafts(timestamp: int) -> int:
    """Hourly: delete applications nobody went on with for 14 days, with their extracts."""
    del timestamp
    return onboarding.delete_expired_drafts(actor=Actor.system("job"), at=timezone.now())


@app.periodic(cron="27 2 * * *")
@app.task(name="make_missing_cards", queueing_lock="make_missing_cards")
def make_missing_cards(timestamp: int) -> int:
    """Nightly: give facilities that have none a business card made of their data."""
    del timestamp
    return registry.make_missing_cards(actor=Actor.system("job"), at=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="tell_about_terms", queueing_lock="tell_about_terms")
def tell_about_terms(timestamp: int) -> int:
    """Every ten minutes: tell who has new terms to accept, by when, and what is suspended meanwhile."""
    del timestamp
    return network.tell_about_terms(actor=Actor.system("job"), at=timezone.now())


@app.periodic(cron="4,34 5-20 * * *")
@app.task(name="tell_of_lapses", queueing_lock="tell_of_lapses")
def tell_of_lapses(timestamp: int) -> int:
    """From the morning on: tell insurers and the operator, once a day, who is suspended for missed terms."""
    del timestamp
    return network.tell_of_lapses(actor=Actor.system("job"), at=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="tell_of_retirements", queueing_lock="tell_of_retirements")
def tell_of_retirements(timestamp: int) -> int:
    """Every ten minutes: tell clinics of an insurer's own services that are retired or offered on."""
    del timestamp
    return network.tell_of_retirements(actor=Actor.system("job"), at=timezone.now())


@app.periodic(cron="17 5-20 * * *")
@app.task(name="tell_of_document_endings", queueing_lock="tell_of_document_endings")
def tell_of_document_endings(timestamp: int) -> int:
    """Hourly by day: ask clinics anew for documents that end, tell insurers of those that have ended."""
    del timestamp
    return network.tell_of_endings(actor=Actor.system("job"), at=timezone.now())


JOBS = {
    job.name: job
    for job in (
        alarm_insurers,
        alarm_operators,
        announce_openings,
        delete_expired_drafts,
        end_contracts,
        expire_claims,
        make_missing_cards,
        open_usage_years,
        purge_accounts,
        purge_outbox,
        read_lost_extracts,
        refresh_highlights,
        tell_about_terms,
        tell_of_document_endings,
        tell_of_lapses,
        tell_of_retirements,
    )
}
