"""`ols manage run_worker`: everything that is not done while a page waits, in one process."""

import asyncio
import signal
import sys
import threading
from types import FrameType
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app, django_connector

from ols.jobs import outbox, schedule

# A job that is running when the stop comes may finish for this long.
GRACE_SECONDS = 5


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    """Leave as after a finished run."""
    sys.exit(0)


class Command(BaseCommand):
    """Runs the scheduled jobs and delivers the outbox until SIGTERM or Ctrl-C."""

    help = "Run scheduled jobs and deliver e-mails until stopped."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Work until a stop signal; both parts end in order."""
        # Until the job worker listens for signals itself, a stop must still end the delivery in order.
        signal.signal(signal.SIGTERM, _end)
        self.stdout.write(f"Scheduled: {', '.join(sorted(schedule.JOBS))}.")
        stop = threading.Event()
        delivery = threading.Thread(target=outbox.run, args=(stop,), name="outbox")
        delivery.start()
        try:
            asyncio.run(self._run_jobs())
        finally:
            stop.set()
            delivery.join()

    async def _run_jobs(self) -> None:
        """Run the jobs of the schedule on connections of their own; returns on a stop signal."""
        connector = app.connector
        assert isinstance(connector, django_connector.DjangoConnector)
        with app.replace_connector(connector.get_worker_connector()) as worker:
            async with worker.open_async():
                await worker.run_worker_async(
                    shutdown_graceful_timeout=GRACE_SECONDS, delete_jobs="successful"
                )
