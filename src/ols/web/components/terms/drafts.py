"""The next version of a text: edited with a preview, checked, published or thrown away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.db.errors import NotFound
from ols.kernel import days
from ols.network import services
from ols.network.selectors import evidence, versions
from ols.network.selectors.versions import DraftRow
from ols.web import page
from ols.web.components import event_words, markdown
from ols.web.components.terms import clauses, words
from ols.web.components.terms.desk import Desk
from ols.web.components.terms.forms import Revision, TermsText, filled
from ols.web.page import PageRequest


def begin(desk: Desk, request: PageRequest, area: str) -> HttpResponse:
    """„Przygotuj nową wersję”."""
    uuid = services.begin_draft(actor=request.actor, code=area, at=timezone.now())
    return redirect(desk.url("edit"), uuid)


def edit(desk: Desk, request: PageRequest, uuid: UUID) -> HttpResponse:
    """Edit the draft; a preview keeps what was typed, too."""
    draft = _found(desk, request, uuid)
    if isinstance(draft, HttpResponse):
        return draft
    is_first = not versions.own_versions(request.actor, scope=draft.scope, on=timezone.localdate())
    if request.method != "POST":
        return _editor(desk, request, draft, TermsText(initial=filled(draft), is_first=is_first))
    form = TermsText(request.POST, is_first=is_first)
    if not form.is_valid() or not _saved(request, draft, form):
        return _editor(desk, request, versions.draft(request.actor, uuid=uuid), form)
    action = request.POST.get("action", "")
    if action == "check":
        return redirect(desk.url("check"), uuid)
    if action != "preview":
        messages.success(request, _("The draft is saved."))
        return redirect(desk.url("edit"), uuid)
    draft = versions.draft(request.actor, uuid=uuid)
    return _editor(
        desk, request, draft, TermsText(initial=filled(draft), is_first=is_first), with_preview=True
    )


def check(desk: Desk, request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show everything once more before it is published: the facts, what changed, the text."""
    draft = _found(desk, request, uuid)
    if isinstance(draft, HttpResponse):
        return draft
    today = timezone.localdate()
    known = versions.own_versions(request.actor, scope=draft.scope, on=today)
    newest = known[0] if known else None
    concerned = len(evidence.signers(request.actor, scope=draft.scope, on=today)) if newest else 0
    context = {
        "draft": draft,
        **_named(request, draft),
        "newest": newest,
        "accept_by": versions.deadline_of(draft, on=today) if newest else None,
        "concerned": concerned,
        "clauses": clauses.compare(newest.terms.body, draft.body) if newest else [],
        "body": markdown.to_html(draft.body),
        "problems": [
            words.PROBLEMS[code] for code in versions.problems(request.actor, draft=draft, on=today)
        ],
    }
    return desk.render(request, "check", context)


def publish(desk: Desk, request: PageRequest, uuid: UUID) -> HttpResponse:
    """„Opublikuj”."""
    draft = _found(desk, request, uuid)
    if isinstance(draft, HttpResponse):
        return draft
    try:
        published = services.publish_draft(
            actor=request.actor, draft_uuid=uuid, revision=_revision(request), at=timezone.now()
        )
    except services.DraftChanged:
        messages.error(request, _changed(versions.draft(request.actor, uuid=uuid)))
    except (services.DraftIncomplete, services.VersionTaken, services.DeadlineTooEarly):
        messages.error(request, _("Nothing was published: see what has to be mended."))
    else:
        messages.success(request, _("The version is published. It cannot be changed any more."))
        return redirect(desk.url("detail"), published)
    return redirect(desk.url("check"), uuid)


def discard(desk: Desk, request: PageRequest, uuid: UUID) -> HttpResponse:
    """„Usuń wersję roboczą”."""
    draft = _found(desk, request, uuid)
    if isinstance(draft, HttpResponse):
        return draft
    try:
        services.discard_draft(
            actor=request.actor, draft_uuid=uuid, revision=_revision(request), at=timezone.now()
        )
    except services.DraftChanged:
        messages.error(request, _changed(versions.draft(request.actor, uuid=uuid)))
        return redirect(desk.url("edit"), uuid)
    messages.success(request, _("The draft is thrown away. Published versions stay."))
    return redirect(desk.url("list"))


def _named(request: PageRequest, draft: DraftRow) -> dict[str, object]:
    """Return what the text is called."""
    text = versions.own_text(request.actor, scope=draft.scope)
    return {"kind": words.name(text.scope.kind, text.area_name)}


def _found(desk: Desk, request: PageRequest, uuid: UUID) -> DraftRow | HttpResponse:
    """Return the draft; who comes after its end is told how it ended."""
    try:
        return versions.draft(request.actor, uuid=uuid)
    except NotFound:
        end = versions.draft_end(request.actor, uuid=uuid)
    told = {
        "what": event_words.title(end.event),
        "name": end.actor_name,
        "when": f"{end.at.astimezone(days.WARSAW):%d.%m.%Y %H:%M}",
    }
    messages.warning(request, _("This draft is gone: %(what)s, %(name)s, %(when)s.") % told)
    return redirect(desk.url("list"))


def _saved(request: PageRequest, draft: DraftRow, form: TermsText) -> bool:
    """Keep what was typed; over a colleague's words only after having seen them."""
    try:
        services.save_draft(
            actor=request.actor,
            draft_uuid=draft.uuid,
            revision=form.cleaned_data["revision"],
            text=form.text(),
            at=timezone.now(),
        )
    except services.DraftChanged:
        form.add_error(None, _changed(draft))
        return False
    return True


def _changed(draft: DraftRow) -> str:
    return _("%(name)s saved this draft at %(time)s. Nothing of yours was written over it.") % {
        "name": draft.edited_by,
        "time": f"{draft.edited_at.astimezone(days.WARSAW):%H:%M}",
    }


def _revision(request: PageRequest) -> int:
    """Return the revision the page was made from; 0 is nobody's."""
    form = Revision(request.POST)
    return int(form.cleaned_data["revision"]) if form.is_valid() else 0


def _editor(
    desk: Desk, request: PageRequest, draft: DraftRow, form: TermsText, *, with_preview: bool = False
) -> HttpResponse:
    """Show the editor; after a clash with the colleague's text beside, and the way to go on knowingly."""
    clash = form.is_bound and form.cleaned_data.get("revision") not in {None, draft.revision}
    typed = str(form["body"].value() or "")
    context = {
        "draft": draft,
        "form": form,
        **_named(request, draft),
        "preview": markdown.to_html(typed) if with_preview else "",
        "clash": clauses.compare(draft.body, typed) if clash else [],
        "revision": draft.revision,
    }
    return desk.render(request, "edit", context, page.form_status(form))
