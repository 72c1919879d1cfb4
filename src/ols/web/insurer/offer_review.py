"""The page on which one offer is answered: everything known of the clinic, and both forms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.catalog import selectors as catalog
from ols.kernel import days, identifiers
from ols.kernel.actor import Actor
from ols.network import asked, selectors
from ols.network.selectors import OfferDetail, register_check, remarks, review
from ols.network.selectors.register_check import CheckedField, RegisterCheck
from ols.network.states import CONTRACT
from ols.web.components import cooperation_history, document_words, network_words, rule_words, time_left
from ols.web.components.marked import Piece, differences
from ols.web.components.shapes import Tag
from ols.web.insurer import cooperation_pages
from ols.web.insurer.forms.contract import OfferRejection, OfferReturn

_SHOWN: Final = {"nip": identifiers.format_nip}


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One field as the clinic and the register say it, the words that differ marked."""

    label: str | Promise
    said: list[Piece]
    known: list[Piece]
    differs: bool


@dataclass(frozen=True)
class OfferPage:
    """What the page shows; the forms are bound when somebody sent them."""

    offer: OfferDetail
    checked: RegisterCheck
    returning: OfferReturn
    rejecting: OfferRejection
    actor: Actor
    at: datetime

    def context(self) -> dict[str, Any]:
        """Return what the template needs."""
        contract, uuid = self.offer.contract, self.offer.contract.row.uuid
        rows = [_compared(row) for row in self.checked.fields]
        due = contract.row.answer_due_at
        waits = "accept" in CONTRACT.actions_from(contract.row.status, self.actor)
        history = selectors.contract_history(self.actor, uuid=uuid)
        return {
            **cooperation_pages.frame(contract),
            "offer": self.offer,
            "contract": contract,
            "kinds": [document_words.kind(item) for item in contract.documents],
            "tag": network_words.CONTRACT_TAGS[contract.row.status],
            "waits": waits,
            "left": {"tag": time_left.tag(due, at=self.at), "due_at": due} if due and waits else None,
            "checked": self.checked,
            "standing_words": rule_words.standing(self.checked.standing),
            "voivodeship": rule_words.voivodeship(self.checked.entry.teryt[:2]) if self.checked.entry else "",
            "compared": rows,
            "different": [row.label for row in rows if row.differs],
            "areas": [area.name for area in catalog.areas() if area.code in self.checked.areas],
            "earlier": _earlier(self.actor, uuid),
            "remarks": _remarks(self.actor, self.offer),
            "assessment": _assessment(self.actor, uuid),
            "contact_phone": _shown("phone", contract.contact_phone),
            "people": accounts.member_names(
                organization_id=contract.row.provider_id, permission=Permission.CONTRACT_OFFER
            ),
            "events": cooperation_history.timeline(contract, history),
            "lists": _lists(self.actor, uuid),
            "returning": self.returning,
            "rejecting": self.rejecting,
        }


def page_of(
    actor: Actor,
    uuid: str,
    *,
    at: datetime,
    returned: Mapping[str, Any] | None = None,
    rejected: Mapping[str, Any] | None = None,
) -> OfferPage:
    """Return the page; `returned` or `rejected` is what was sent with its form.

    :raises ols.db.errors.NotFound: no such offer to this insurer
    """
    offer = selectors.offer(actor, uuid=uuid)
    return OfferPage(
        offer=offer,
        checked=register_check.register_check(
            organization_id=offer.contract.row.provider_id, on=days.local_date(at)
        ),
        returning=OfferReturn(returned, detail=offer.contract, prefix=None),
        rejecting=OfferRejection(rejected),
        actor=actor,
        at=at,
    )


def _compared(row: CheckedField) -> ComparedRow:
    said, known = (_shown(row.name, value) for value in (row.said, row.known))
    marked = differences(said, known) if row.differs else ([Piece(said, False)], [Piece(known, False)])
    return ComparedRow(rule_words.FIELDS[row.name], *marked, row.differs)


def _shown(name: str, value: str) -> str:
    if name == "phone" and value.startswith("+"):
        return identifiers.format_phone(value)
    return _SHOWN[name](value) if value and name in _SHOWN else value


def _earlier(actor: Actor, uuid: str) -> list[dict[str, Any]]:
    rows = review.earlier_contracts(actor, contract_uuid=uuid)
    return [{"row": row, "tag": network_words.CONTRACT_TAGS[row.status]} for row in rows]


def _remarks(actor: Actor, offer: OfferDetail) -> list[dict[str, Any]]:
    documents = {item.code: item.name for item in offer.contract.documents}
    rows = remarks.all_remarks(actor, contract_uuid=offer.contract.row.uuid)
    return [{"row": row, "label": asked.label(row.field, documents=documents)} for row in rows]


def _assessment(actor: Actor, uuid: str) -> dict[str, Any] | None:
    found = review.assessment(actor, contract_uuid=uuid)
    return {"row": found, "lines": rule_words.lines(found.results)} if found else None


def _lists(actor: Actor, uuid: str) -> list[dict[str, Any]]:
    if not actor.has(Permission.PRICELIST_REVIEW):
        return []
    tags: Mapping[str, Tag] = network_words.PRICE_LIST_TAGS
    rows = selectors.price_lists(actor, contract_uuid=uuid)
    return [{"row": row, "tag": tags[row.status]} for row in rows]
