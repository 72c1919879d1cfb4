"""Bank statements: import, what was matched, and what waits for a person."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.db.errors import NotFound
from ols.kernel import identifiers
from ols.settlement import selectors, services
from ols.settlement.formats.statement import StatementRefused
from ols.web import page
from ols.web.components import pages, settlement_words
from ols.web.insurer.forms import payment as forms
from ols.web.page import PageRequest


@page.page(Permission.PAYMENT_VIEW)
def bankstatement_list(request: PageRequest) -> HttpResponse:
    """Show the imported statements and every open entry; a POST imports a file."""
    form = forms.BankFile(request.POST or None, request.FILES or None)
    if request.method == "POST":
        request.actor.require(Permission.BANK_IMPORT)
        form = forms.BankFile(request.POST, request.FILES)
    if request.method == "POST" and form.is_valid():
        imported = _import(request, form)
        if len(imported) == 1:
            return redirect("insurer:bankstatement-detail", imported[0])
        if imported:
            return redirect("insurer:bankstatement-list")
    listed = pages.paginate(
        total=selectors.bank_statement_count(request.actor), wanted=request.GET.get("page")
    )
    context = {
        "form": form,
        "rows": selectors.bank_statements(request.actor, offset=listed.offset, limit=listed.size),
        "pages": listed,
        "entries": _tagged(selectors.open_entries(request.actor)),
        "may_import": request.actor.has(Permission.BANK_IMPORT),
    }
    return page.render(request, "insurer/bankstatement/list.html", context, status=page.form_status(form))


@page.page(Permission.PAYMENT_VIEW, methods=("GET",))
def bankstatement_detail(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show one statement: every entry and the payment it is."""
    row, entries = selectors.bank_statement(request.actor, uuid=uuid)
    context = {
        "row": row,
        "entries": _tagged(entries),
        "matched_count": row.entry_count - row.open_count,
        "may_import": request.actor.has(Permission.BANK_IMPORT),
    }
    return page.render(request, "insurer/bankstatement/detail.html", context)


@page.page(Permission.BANK_IMPORT, methods=("POST",))
def bankstatement_match(request: PageRequest, uuid: UUID, position: int) -> HttpResponse:
    """Match an open entry to a payment by hand."""
    try:
        services.match_entry(
            actor=request.actor,
            statement_uuid=uuid,
            position=position,
            payment_uuid=_uuid(request.POST.get("payment", "")),
            at=timezone.now(),
        )
    except services.EntryTaken:
        messages.warning(request, _("The entry is matched already."))
    except services.PaymentDoesNotFit:
        messages.error(request, _("The payment does not fit: its amount differs or the bank has booked it."))
    else:
        messages.success(request, _("The entry is matched."))
    return redirect("insurer:bankstatement-detail", uuid)


@page.page(Permission.BANK_IMPORT, methods=("POST",))
def bankstatement_aside(request: PageRequest, uuid: UUID, position: int) -> HttpResponse:
    """Note that an open entry is no payment of ours."""
    try:
        services.set_entry_aside(
            actor=request.actor, statement_uuid=uuid, position=position, at=timezone.now()
        )
    except services.EntryTaken:
        messages.warning(request, _("The entry is matched already."))
    else:
        messages.success(request, _("The entry is set aside."))
    return redirect("insurer:bankstatement-detail", uuid)


def _import(request: PageRequest, form: forms.BankFile) -> list[UUID]:
    """Import the file, or put on the form why not."""
    file = form.cleaned_data["file"]
    try:
        imported = services.import_bank_statement(
            actor=request.actor, content=file.read(), file_name=file.name, at=timezone.now()
        )
    except StatementRefused as error:
        form.add_error("file", _(error.message) % error.params)
    except services.AlreadyImported as error:
        text = _("Statement %(id)s was imported before. Nothing was changed.")
        form.add_error("file", text % {"id": error.statement_id})
    except services.ForeignAccount as error:
        text = _("The statement is of the account %(account)s, which is not yours.")
        form.add_error("file", text % {"account": identifiers.format_nrb(error.iban.removeprefix("PL"))})
    else:
        messages.success(request, _("The statement is imported."))
        return imported
    return []


def _tagged(entries: list[selectors.EntryRow]) -> list[tuple[selectors.EntryRow, object, object]]:
    return [
        (
            entry,
            settlement_words.ENTRY_TAGS[entry.matched_by],
            settlement_words.OPEN_REASONS.get(entry.reason, "") if not entry.matched_by else "",
        )
        for entry in entries
    ]


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound from error
