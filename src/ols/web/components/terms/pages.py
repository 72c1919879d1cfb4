"""Versions of a desk's terms: those in force, planned and past, each whole, compared, as PDF."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import URLPattern
from django.utils import timezone

from ols.network.selectors import versions
from ols.network.selectors.versions import VersionRow
from ols.web.components import event_words, markdown
from ols.web.components.shapes import TimelineEvent
from ols.web.components.terms import clauses, drafts, prints, signers, words
from ols.web.components.terms.desk import Desk
from ols.web.page import PageRequest

_UUID = "<uuid:uuid>/"


def terms_urls(desk: Desk) -> list[URLPattern]:
    """Return the addresses of a desk's terms."""
    both = ("GET", "POST")
    return [
        desk.path("", listed, "list"),
        desk.path(_UUID, detail, "detail"),
        desk.path(f"{_UUID}compare/", compare, "compare"),
        desk.path(f"{_UUID}pdf/", download, "download"),
        desk.path("accepted/<slug:area>/", signers.signers_list, "signers"),
        desk.path("accepted/<slug:area>/list.<str:kind>", signers.signers_export, "export"),
        desk.path("acceptances/<uuid:uuid>.pdf", signers.evidence, "evidence"),
        desk.path("drafts/new/<slug:area>/", drafts.begin, "begin", "POST"),
        desk.path(f"drafts/{_UUID}", drafts.edit, "edit", *both),
        desk.path(f"drafts/{_UUID}check/", drafts.check, "check"),
        desk.path(f"drafts/{_UUID}publish/", drafts.publish, "publish", "POST"),
        desk.path(f"drafts/{_UUID}discard/", drafts.discard, "discard", "POST"),
    ]


def listed(desk: Desk, request: PageRequest) -> HttpResponse:
    """Show every version of every text of the desk, and what is being prepared."""
    begun, today = versions.drafts(request.actor), timezone.localdate()
    groups = [
        {
            "code": text.code,
            "title": words.name(text.scope.kind, text.area_name),
            "rows": [
                (row, words.STANDINGS[row.standing])
                for row in versions.own_versions(request.actor, scope=text.scope, on=today)
            ],
            "draft": begun.get(text.scope),
        }
        for text in versions.own_texts(request.actor)
    ]
    return desk.render(request, "list", {"groups": groups, "tabs": desk.tabs(request.actor)})


def detail(desk: Desk, request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show one version as it is read."""
    row, every = versions.own_version(request.actor, uuid=uuid, on=timezone.localdate())
    context = {
        **_named(request, row),
        "tag": words.STANDINGS[row.standing],
        "body": markdown.to_html(row.terms.body),
        "previous": _previous(row, every),
        "events": [
            TimelineEvent(event_words.title(step.event), step.at, step.actor_name, step.remark)
            for step in reversed(versions.version_history(request.actor, uuid=uuid))
        ],
    }
    return desk.render(request, "detail", context)


def compare(desk: Desk, request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show the version beside an older one (`with`), or the one before it."""
    row, every = versions.own_version(request.actor, uuid=uuid, on=timezone.localdate())
    others = [item for item in every if item.terms.uuid != row.terms.uuid]
    wanted = request.GET.get("with", "")
    other = next((item for item in others if item.terms.uuid == wanted), None) or _previous(row, every)
    found = clauses.compare(other.terms.body, row.terms.body) if other else []
    context = {
        **_named(request, row),
        "other": other,
        "others": others,
        "clauses": found,
        "changed": sum(clause.kind != clauses.SAME for clause in found),
    }
    return desk.render(request, "compare", context)


def download(desk: Desk, request: PageRequest, uuid: UUID) -> HttpResponse:
    """Download the exact text as PDF."""
    row, _every = versions.own_version(request.actor, uuid=uuid, on=timezone.localdate())
    return prints.download(row.terms, owner=desk.owner(row.terms.scope))


def _named(request: PageRequest, row: VersionRow) -> dict[str, object]:
    """Return the version with what its text is called."""
    text = versions.own_text(request.actor, scope=row.terms.scope)
    return {"row": row, "code": text.code, "kind": words.name(text.scope.kind, text.area_name)}


def _previous(row: VersionRow, every: list[VersionRow]) -> VersionRow | None:
    """Return the version that was in force just before."""
    place = every.index(row)
    return every[place + 1] if place + 1 < len(every) else None
