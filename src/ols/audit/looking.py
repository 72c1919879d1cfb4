"""Who looked at the log or took it away is in the log, too."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from ols.audit import log, services
from ols.db.transactions import use_case
from ols.kernel.actor import Actor

# The log is one and has no row of its own.
LOG_UUID: Final = UUID("00000000-0000-4000-8000-000000000106")


@use_case
def note_view(*, actor: Actor, wanted: Mapping[str, object], at: datetime) -> None:
    """Write down that the actor looked; `wanted` are the filters as ids and codes."""
    actor.require(log.VIEW)
    services.record(
        event="log.view", subject_kind="log", subject_uuid=LOG_UUID, actor=actor, at=at, data=wanted
    )


@use_case
def note_export(*, actor: Actor, wanted: Mapping[str, object], at: datetime) -> None:
    """Write down, before the first row leaves, that the actor took events away."""
    actor.require(log.VIEW)
    services.record(
        event="log.export", subject_kind="log", subject_uuid=LOG_UUID, actor=actor, at=at, data=wanted
    )
