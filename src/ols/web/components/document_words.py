"""Documents of a co-operation in words: what a kind demands, what a check found, why a file does not do."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ols.kernel import days
from ols.network.document_rules import DAYS, Problem, Rules
from ols.network.selectors import DocumentFile, EndingDocument, RequiredDocument
from ols.network.states import DocumentStatus
from ols.web.components.shapes import Tag

PROBLEMS = {
    Problem.NO_ISSUE_DAY: gettext_lazy("Give the day of issue."),
    Problem.NO_END_DAY: gettext_lazy("Give the day until which it is valid."),
    Problem.ISSUED_LATER: gettext_lazy("The day of issue is in the future."),
    Problem.ENDS_BEFORE_ISSUE: gettext_lazy("It ends before the day of issue."),
    Problem.TOO_OLD: gettext_lazy("The document is too old. Add a newer one."),
    Problem.EXPIRED: gettext_lazy("The document has expired. Add one that is in force."),
}
ABOUT_ISSUE = (Problem.NO_ISSUE_DAY, Problem.ISSUED_LATER, Problem.TOO_OLD)
_FORMATS = {"pdf": "PDF", "jpeg": "JPG"}
_SCANS = {
    "clean": gettext_lazy("no viruses found"),
    "off": gettext_lazy("virus scan not configured here"),
}
EXPIRED = Tag(gettext_lazy("Expired"), "bad", "triangle-alert")
_WRONG = Tag(gettext_lazy("To be mended"), "bad", "rotate-ccw")
_MISSING = Tag(gettext_lazy("Missing"), "warn", "circle-dashed")
_OPTIONAL = Tag(gettext_lazy("Not added"), "plain", "minus")
_CHECKED = Tag(gettext_lazy("Checked, no objections"), "ok", "file-check")
_WAITING = Tag(gettext_lazy("Waits for the insurer"), "warn", "hourglass")
DECIDE = Tag(gettext_lazy("Waits for your decision"), "warn", "hourglass")
_RETURNED = Tag(gettext_lazy("Returned with a remark"), "bad", "rotate-ccw")


@dataclass(frozen=True, slots=True)
class FileView:
    """A file as pages show it, with every word about it."""

    file: DocumentFile
    tag: Tag
    content: str
    dates: str
    problem: str | Promise
    renewal: "FileView | None" = None


@dataclass(frozen=True, slots=True)
class KindView:
    """A kind as pages show it; `rules` are sentences."""

    item: RequiredDocument
    tag: Tag
    rules: Sequence[str]
    files: Sequence[FileView]
    earlier: Sequence[FileView]
    coming: Sequence[FileView]


def kind(item: RequiredDocument) -> KindView:
    """Return a kind with its files in words."""
    return KindView(
        item,
        _tag(item),
        rules(item.rules),
        [file(each) for each in item.files],
        [file(each) for each in item.earlier],
        [file(each) for each in item.coming],
    )


def file(item: DocumentFile) -> FileView:
    """Return a file in words."""
    return FileView(
        item,
        _file_tag(item),
        content(item),
        dates(item),
        PROBLEMS.get(item.problem, ""),
        file(item.renewal) if item.renewal else None,
    )


def rules(wanted: Rules) -> list[str]:
    """Return what a kind demands, a sentence each."""
    found = []
    if wanted.max_age is not None:
        found.append(_("Issued at most %(age)s before the offer.") % {"age": age(wanted)})
    if wanted.max_age is not None and wanted.is_renewed:
        found.append(_("When it gets older, we ask for a new one."))
    if wanted.has_end:
        found.append(_("Give until when it is valid. We ask for a new one 30 days before the end."))
    if wanted.max_files > 1:
        found.append(
            ngettext("At most %(count)s file.", "At most %(count)s files.", wanted.max_files)
            % {"count": wanted.max_files}
        )
    return found


def expired(names: Sequence[str]) -> str:
    """Say why an offer or a new document cannot be accepted."""
    words = _("Not accepted, because this has expired meanwhile: %(names)s. Return it with a remark.")
    return words % {"names": ", ".join(names)}


def age(wanted: Rules) -> str:
    """Return the greatest age: `90 days`, `3 months`."""
    count = wanted.max_age or 0
    if wanted.age_unit == DAYS:
        return ngettext("%(count)s day", "%(count)s days", count) % {"count": count}
    return ngettext("%(count)s month", "%(count)s months", count) % {"count": count}


def content(item: DocumentFile) -> str:
    """Return what the check found: `PDF, 2 pages, 120 KB, no viruses found`."""
    pages = ""
    if item.pages and item.kind == "pdf":
        pages = ngettext("%(count)s page", "%(count)s pages", item.pages) % {"count": item.pages}
    size, scan = filesizeformat(item.size), _SCANS.get(item.scan, "")
    parts = (_FORMATS.get(item.kind, item.kind), pages, size, str(scan))
    return ", ".join(part for part in parts if part)


def dates(item: DocumentFile) -> str:
    """Return the dates typed for the file: `issued 01.10.2026, valid until 30.09.2027`."""
    parts = []
    if item.issued_on is not None:
        parts.append(_("issued %(day)s") % {"day": days.format_date(item.issued_on)})
    if item.valid_until is not None:
        parts.append(_("valid until %(day)s") % {"day": days.format_date(item.valid_until)})
    return ", ".join(parts)


def ending(item: EndingDocument) -> Tag:
    """Return for the insurer where asking for a document anew stands."""
    if item.renewal == DocumentStatus.WAITING:
        return DECIDE
    if item.is_expired:
        return EXPIRED
    if item.renewal == DocumentStatus.RETURNED:
        return _RETURNED
    return _ends_in(item.days_left)


def _ends_in(days_left: int) -> Tag:
    """Return how long a document is valid yet."""
    left = ngettext("Ends in %(count)s day", "Ends in %(count)s days", days_left)
    return Tag(left % {"count": days_left}, "warn", "clock")


def _tag(item: RequiredDocument) -> Tag:
    """Return where a kind stands."""
    if item.problem:
        return EXPIRED if item.problem == Problem.EXPIRED else _WRONG
    if item.files:
        return _CHECKED
    return _MISSING if item.is_required else _OPTIONAL


def _file_tag(item: DocumentFile) -> Tag:
    """Return where a file stands."""
    if item.status == DocumentStatus.WAITING:
        return _WAITING
    if item.status == DocumentStatus.RETURNED:
        return _RETURNED
    if item.problem:
        return EXPIRED if item.problem == Problem.EXPIRED else _WRONG
    return _CHECKED if item.days_left is None else _ends_in(item.days_left)
