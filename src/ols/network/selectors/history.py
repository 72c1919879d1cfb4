"""„Historia współpracy”: every step of a co-operation, as each side may read it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final
from uuid import UUID

from ols.audit import selectors as audit
from ols.db.errors import NotFound
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import asked, models
from ols.network.selectors.acceptance import acceptances
from ols.network.selectors.contract_rows import visible_contracts
from ols.network.selectors.documents import localized

# From these steps on the offer is in the clinic's hands, until it is sent (again).
_TAKES_IN_HAND: Final = frozenset({"contract.start", "contract.withdraw", "contract.return"})
_SENDS: Final = "contract.send_offer"
# That an answer is being prepared is the preparing side's business.
_PREPARES: Final = "price_list.prepare"
_SAVES_PRICES: Final = "price_list.save"
# How a step of the drafting names what it changed: "fields" are parameters, "requirement" a document.
_CHANGES: Final = ("fields", "requirement")
_DRAFTING: Final = ("contract.", "contract_document.")


def contract_history(actor: Actor, *, uuid: str) -> list[audit.HistoryRow]:
    """Return every step of the co-operation (terms, contract, account, price lists), oldest first.

    The other side's drafts are not shown: the insurer reads at each sending what was changed before it.

    :raises ols.db.errors.NotFound: no such contract for this organization
    """
    row = visible_contracts(actor).filter(uuid=uuid).first()
    if row is None:
        raise NotFound
    is_clinic = row.provider_id == actor.organization_id
    subjects = _subjects(row, is_clinic=is_clinic)
    steps = audit.joint_history(subject_uuids=subjects)
    names = document_names(row)
    found = [_said(step, names) for step in steps if step.event != _PREPARES]
    return _saves_joined(found) if is_clinic else _without_drafts(found)


def said(row: models.Contract, step: audit.HistoryRow) -> audit.HistoryRow:
    """Return a step of a contract with its remark in the reader's language."""
    return _said(step, document_names(row))


def document_names(row: models.Contract) -> dict[str, str]:
    """Return the names of the insurer's kinds of documents by code, in the reader's language."""
    kinds = models.DocumentRequirement.objects.filter(insurer_id=row.insurer_id)
    return {
        code: localized(name, name_en) for code, name, name_en in kinds.values_list("code", "name", "name_en")
    }


def _said(step: audit.HistoryRow, names: Mapping[str, str]) -> audit.HistoryRow:
    """Put what the record keeps as codes into words; other records keep what people wrote."""
    if not step.event.startswith("contract."):
        return step
    return replace(step, remark=asked.recorded(step.remark, step.data, documents=names))


def _subjects(row: models.Contract, *, is_clinic: bool) -> list[UUID]:
    """Return everything that belongs to the co-operation; lists never sent are the clinic's alone."""
    lists = row.price_lists.all() if is_clinic else row.price_lists.exclude(sent_at=None)
    files = row.documents.all() if is_clinic else row.documents.exclude(sent_at=None)
    accepted = acceptances(organization_id=row.provider_id, insurer_id=row.insurer_id)
    return [
        row.uuid,
        *lists.values_list("uuid", flat=True),
        *row.account_changes.values_list("uuid", flat=True),
        *files.values_list("uuid", flat=True),
        *(item.uuid for item in accepted),
    ]


def _without_drafts(rows: Iterable[audit.HistoryRow]) -> list[audit.HistoryRow]:
    """Leave out what the clinic did before sending; each sending names what changed since the last."""
    shown: list[audit.HistoryRow] = []
    changed: dict[str, list[str]] = {}
    in_hand, is_first = False, True
    for row in rows:
        if row.event == _SENDS:
            data = row.data if is_first else {**row.data, **changed}
            shown.append(replace(row, data=data))
            in_hand, is_first, changed = False, False, {}
        elif in_hand and row.event.startswith(_DRAFTING) and row.event not in _TAKES_IN_HAND:
            _note(changed, row.data)
        elif row.event not in {_SAVES_PRICES, "contract.start"}:
            shown.append(row)
        in_hand = in_hand or row.event in _TAKES_IN_HAND
    return shown


def _note(changed: dict[str, list[str]], data: dict[str, object]) -> None:
    """Remember what a step of the drafting changed, each name once."""
    for key in _CHANGES:
        found = data.get(key) or []
        names = [str(item) for item in found] if isinstance(found, list) else [str(found)]
        known = changed.setdefault(key, [])
        known.extend(name for name in names if name not in known)


def _saves_joined(rows: Iterable[audit.HistoryRow]) -> list[audit.HistoryRow]:
    """Show savings of one list by one person on one day, one after another, as the last of them."""
    shown: list[audit.HistoryRow] = []
    for row in rows:
        if shown and row.event == _SAVES_PRICES and _saving(shown[-1]) == _saving(row):
            shown.pop()
        shown.append(row)
    return shown


def _saving(row: audit.HistoryRow) -> tuple[object, ...]:
    """Return what makes two savings one."""
    return row.event, row.actor_name, row.data.get("area"), days.local_date(row.at)
