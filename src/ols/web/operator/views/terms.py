"""Versions of the operator's terms: those in force, planned and past, each whole, compared, and as PDF."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from ols.accounts.permissions import Permission
from ols.db.errors import NotFound
from ols.network.selectors import versions
from ols.network.selectors.versions import VersionRow
from ols.web import page
from ols.web.components import markdown, terms_print
from ols.web.operator import access_words, clauses, terms_words
from ols.web.page import PageRequest


@page.page(Permission.TERMS_PUBLISH, methods=("GET",))
def terms_list(request: PageRequest) -> HttpResponse:
    """Show every version of both texts, and what is being prepared."""
    if request.actor.organization_kind != "operator":  # insurers publish terms, too, on pages of their own
        raise NotFound
    begun = versions.drafts(request.actor)
    groups = [
        {
            "kind": text.code,
            "title": terms_words.KINDS[text.code],
            "rows": [
                (row, terms_words.STANDINGS[row.standing])
                for row in versions.own_versions(request.actor, scope=text.scope, on=timezone.localdate())
            ],
            "draft": begun.get(text.scope),
        }
        for text in versions.own_texts(request.actor)
    ]
    return page.render(request, "operator/terms/list.html", {"groups": groups})


@page.page(Permission.TERMS_PUBLISH, methods=("GET",))
def terms_detail(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show one version as it is read."""
    row, every = versions.own_version(request.actor, uuid=uuid, on=timezone.localdate())
    context = {
        "row": row,
        "kind": terms_words.KINDS[row.terms.kind],
        "tag": terms_words.STANDINGS[row.standing],
        "body": markdown.to_html(row.terms.body),
        "previous": _previous(row, every),
        "events": access_words.timeline(versions.version_history(request.actor, uuid=uuid)),
    }
    return page.render(request, "operator/terms/detail.html", context)


@page.page(Permission.TERMS_PUBLISH, methods=("GET",))
def terms_compare(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show the version beside an older one (`with`), or the one before it."""
    row, every = versions.own_version(request.actor, uuid=uuid, on=timezone.localdate())
    others = [item for item in every if item.terms.uuid != row.terms.uuid]
    wanted = request.GET.get("with", "")
    other = next((item for item in others if item.terms.uuid == wanted), None) or _previous(row, every)
    found = clauses.compare(other.terms.body, row.terms.body) if other else []
    context = {
        "row": row,
        "kind": terms_words.KINDS[row.terms.kind],
        "other": other,
        "others": others,
        "clauses": found,
        "changed": sum(clause.kind != clauses.SAME for clause in found),
    }
    return page.render(request, "operator/terms/compare.html", context)


@page.page(Permission.TERMS_PUBLISH, methods=("GET",))
def terms_download(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Download the exact text as PDF."""
    row, _every = versions.own_version(request.actor, uuid=uuid, on=timezone.localdate())
    return terms_print.download(row.terms, owner="System OLS")


def _previous(row: VersionRow, every: list[VersionRow]) -> VersionRow | None:
    """Return the version that was in force just before."""
    place = every.index(row)
    return every[place + 1] if place + 1 < len(every) else None
