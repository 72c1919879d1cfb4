"""The steps of building the world, all of them or none."""

import gc
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.db import transaction

from ols.accounts.permissions import Permission
from ols.catalog import services as catalog
from ols.cli.demo_world import (
    agreements,
    areas,
    badges,
    cards,
    clinics,
    contracts,
    cooperations,
    desk,
    documents,
    firms,
    insured,
    new_terms,
    plans,
    settlements,
    tables,
    waiting,
    year,
)
from ols.cli.demo_world.chance import at_hour
from ols.cli.demo_world.world import Size, World
from ols.db import sequences
from ols.db.transactions import use_case
from ols.kernel.actor import Actor
from ols.registry import sample
from ols.registry import services as registry


def build(*, size: Size, seed: int, at: datetime) -> World:
    """Replace whatever the database holds by a new demo world; nothing changes when a step fails."""
    world = World(size, at, seed)
    with _without_collector(), _one_transaction():
        tables.empty()
        _load_catalog()
        firms.found_firms(world)
        world.tables.write()
        agreements.publish_agreements(world)
        plans.publish_plans(world)
        _import_register(world)
        clinics.join_clinics(world)
        contracts.make_contracts(world)
        world.tables.write()
        badges.give_badges(world)
        contracts.accept_lists()
        cards.make_cards(world)
        insured.import_insured(world)
        made = year.play_year(world)
        settlements.settle_year(world, made)
        firms.hire_finer_staff(world)
        world.tables.write()
        documents.leave_documents(world)
        waiting.leave_waiting(world)
        desk.leave_desk(world)
        new_terms.publish_new_terms(world)
        badges.plan_changes(world)
        cooperations.vary_cooperations(world)
        areas.vary_areas(world)
    sequences.forget_ids()
    return world


@contextmanager
def _without_collector() -> Iterator[None]:
    """Keep Python from looking for garbage among a million rows of which none is."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _one_transaction() -> Iterator[None]:
    """Commit everything at the end, or nothing.

    Use cases own their transactions and refuse another one around them; while the database does not
    commit by itself, each of theirs is a savepoint.
    """
    transaction.set_autocommit(False)
    try:
        yield
        transaction.commit()
    except BaseException:
        transaction.rollback()
        raise
    finally:
        transaction.set_autocommit(True)


@use_case
def _load_catalog() -> None:
    catalog.load_starter_catalog()


def _import_register(world: World) -> None:
    """Import the invented register the way the operator does."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rejestr-demo.csv"
        sample.write_register(path, entities=world.size.facilities, seed=world.seed)
        content = path.read_bytes()
    registry.import_register(
        actor=Actor.system("command", permissions=frozenset({Permission.REGISTER_IMPORT})),
        file_name=path.name,
        content=content,
        at=at_hour(world.founded, 7),
        snapshot_date=world.founded,
    )
