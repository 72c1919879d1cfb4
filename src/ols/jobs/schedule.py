"""When which job runs: each is one service call, repeated safely. Times are UTC.

Importing this module puts the jobs on the worker's plan (`run_worker` does).
"""

from django.utils import timezone
from procrastinate.contrib.django import app

from ols.claims import services as claims
from ols.kernel.actor import Actor


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


JOBS = {job.name: job for job in (expire_claims, open_usage_years)}
