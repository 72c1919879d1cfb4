"""The operator's next version: edited by several, published once, never changed."""

import threading
from contextlib import nullcontext
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.db.models import QuerySet
from tests import cast, scenes
from tests.cast import AT, TODAY
from tests.together import at_once

from ols.audit import models as audit_models
from ols.db.errors import NotFound
from ols.kernel.actor import Actor, NotPermitted
from ols.network import models, services
from ols.network.selectors import versions
from ols.network.selectors.standing import Scope
from ols.network.services import drafts

KIND = "platform"


@pytest.fixture
def operator(db) -> cast.Firm:
    firm = cast.operator()
    scenes.publish(firm, KIND)
    return firm


def text(**changes) -> services.DraftText:
    plain = {"version": "2.0", "valid_from": TODAY, "title": "Regulamin (demo)", "body": "## Nowe\n\nTreść."}
    return services.DraftText(**(plain | changes))


def begun(actor: Actor, **changes) -> tuple[UUID, int]:
    uuid = services.begin_draft(actor=actor, code=KIND, at=AT)
    return uuid, services.save_draft(actor=actor, draft_uuid=uuid, revision=1, text=text(**changes), at=AT)


def test_a_draft_begins_with_the_newest_text_and_there_is_one(operator) -> None:
    actor = operator.actor("operator")
    uuid = services.begin_draft(actor=actor, code=KIND, at=AT)
    draft = versions.draft(actor, uuid=uuid)
    newest = models.TermsVersion.objects.get()
    assert (draft.version, draft.body, draft.valid_from) == ("2.0", newest.body, None)
    assert services.begin_draft(actor=actor, code=KIND, at=AT) == uuid
    assert audit_models.Event.objects.filter(event="terms_draft.begin").count() == 1


def test_an_editor_never_overwrites_a_colleague_unseen(operator) -> None:
    actor = operator.actor("operator")
    uuid, revision = begun(actor)
    services.save_draft(actor=actor, draft_uuid=uuid, revision=revision, text=text(body="Kolega."), at=AT)
    for work in (
        lambda: services.save_draft(actor=actor, draft_uuid=uuid, revision=revision, text=text(), at=AT),
        lambda: services.discard_draft(actor=actor, draft_uuid=uuid, revision=revision, at=AT),
        lambda: services.publish_draft(actor=actor, draft_uuid=uuid, revision=revision, at=AT),
    ):
        with pytest.raises(services.DraftChanged):
            work()
    assert versions.draft(actor, uuid=uuid).body == "Kolega."


def test_a_planned_version_waits_for_its_day(operator) -> None:
    actor = operator.actor("operator")
    uuid, revision = begun(actor, valid_from=TODAY + timedelta(days=7))
    services.publish_draft(actor=actor, draft_uuid=uuid, revision=revision, at=AT)

    def standings(on: date) -> list[tuple[str, str]]:
        return [
            (row.terms.version, row.standing)
            for row in versions.own_versions(actor, scope=Scope(KIND), on=on)
        ]

    assert standings(TODAY) == [("2.0", "planned"), ("1.0", "in-force")]
    assert standings(TODAY + timedelta(days=7)) == [("2.0", "in-force"), ("1.0", "past")]
    assert versions.drafts(actor) == {}
    assert versions.draft_end(actor, uuid=uuid).event == "terms_draft.publish"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"version": ""}, "version-missing"),
        ({"title": ""}, "title-missing"),
        ({"body": " "}, "body-missing"),
        ({"valid_from": None}, "day-missing"),
        ({"valid_from": TODAY - timedelta(days=1)}, "day-past"),
        ({"version": "1.0"}, "version-taken"),
    ],
)
def test_what_cannot_be_published(operator, changes, problem) -> None:
    actor = operator.actor("operator")
    uuid, revision = begun(actor, **changes)
    with pytest.raises(services.DraftIncomplete) as refused:
        services.publish_draft(actor=actor, draft_uuid=uuid, revision=revision, at=AT)
    assert refused.value.problems == (problem,)
    assert models.TermsVersion.objects.count() == 1
    assert versions.draft(actor, uuid=uuid).revision == revision


def test_two_versions_never_begin_on_one_day(operator) -> None:
    actor = operator.actor("operator")
    uuid, revision = begun(actor)
    services.publish_draft(actor=actor, draft_uuid=uuid, revision=revision, at=AT)
    uuid, revision = begun(actor, version="3.0", body="Inna treść.")
    with pytest.raises(services.DraftIncomplete) as refused:
        services.publish_draft(actor=actor, draft_uuid=uuid, revision=revision, at=AT)
    assert refused.value.problems == ("day-taken",)
    # And without the service: the database refuses by itself; another kind on the same day is fine.
    last = models.TermsVersion.objects.order_by("-id").first()
    for kind, is_refused in ((KIND, True), ("insurance-service", False)):
        refusal = pytest.raises(IntegrityError, match="network_terms_one_a_day")
        with refusal if is_refused else nullcontext(), transaction.atomic():
            models.TermsVersion.objects.create(
                kind=kind, version="9.9", valid_from=last.valid_from, title="x", body="x",
                sha256="0" * 64, published_at=AT,
            )  # fmt: skip


def test_the_database_lets_nobody_change_a_published_version(operator) -> None:
    for change in (
        lambda: models.TermsVersion.objects.update(body="Podmiana."),
        lambda: models.TermsVersion.objects.all().delete(),
    ):
        with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
            change()
    assert models.TermsVersion.objects.get().body != "Podmiana."


def test_who_may_not_touch_drafts(operator) -> None:
    uuid, revision = begun(operator.actor("operator"))
    owner, manager = cast.provider().actor("owner"), cast.insurer().actor("network-manager")
    for actor, error in ((owner, NotPermitted), (manager, NotFound)):
        for work in (
            lambda actor=actor: services.begin_draft(actor=actor, code=KIND, at=AT),
            lambda actor=actor: services.save_draft(
                actor=actor, draft_uuid=uuid, revision=revision, text=text(), at=AT
            ),
            lambda actor=actor: services.discard_draft(
                actor=actor, draft_uuid=uuid, revision=revision, at=AT
            ),
            lambda actor=actor: services.publish_draft(
                actor=actor, draft_uuid=uuid, revision=revision, at=AT
            ),
            lambda actor=actor: versions.draft(actor, uuid=uuid),
            lambda actor=actor: versions.own_versions(actor, scope=Scope(KIND), on=TODAY),
        ):
            with pytest.raises(error):
                work()
    with pytest.raises(NotFound):
        services.begin_draft(actor=operator.actor("operator"), code="general", at=AT)
    with pytest.raises(NotFound):
        services.discard_draft(actor=operator.actor("operator"), draft_uuid=uuid4(), revision=1, at=AT)


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_planted", [False, True])
def test_two_editors_who_save_at_once(transactional_db, monkeypatch, is_planted) -> None:
    """One wins and the other is told; without the lock both would believe they had saved (planted)."""
    firm = cast.firm("operator")
    actor = firm.actor("operator")
    uuid, revision = begun(actor)
    if is_planted:
        gate, original = threading.Barrier(2), drafts._locked

        def together(*arguments):
            row = original(*arguments)
            gate.wait(timeout=30)
            return row

        monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)
        monkeypatch.setattr(drafts, "_locked", together)

    def save(body: str):
        return lambda: services.save_draft(
            actor=actor, draft_uuid=uuid, revision=revision, text=text(body=body), at=AT
        )

    found = at_once(save("Jeden."), save("Drugi."))
    refused = [answer for answer in found if isinstance(answer, services.DraftChanged)]
    assert len(refused) == (0 if is_planted else 1)
