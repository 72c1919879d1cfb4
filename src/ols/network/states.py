"""Statuses and steps of contracts, changes of their accounts, their documents, and price lists."""

from ols.accounts.permissions import Permission
from ols.workflow.machine import Machine, stay, step


class ContractStatus:
    """Where the co-operation of a provider with an insurer stands."""

    DRAFT = "draft"
    OFFERED = "offered"
    RETURNED = "returned"
    REJECTED = "rejected"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    ENDED = "ended"


C = ContractStatus
P = Permission

CONTRACT = Machine(
    name="contract",
    statuses=frozenset({C.DRAFT, C.OFFERED, C.RETURNED, C.REJECTED, C.ACTIVE, C.SUSPENDED, C.ENDED}),
    initial=C.DRAFT,
    transitions={
        "send_offer": step(C.DRAFT, C.RETURNED, to=C.OFFERED, by=P.CONTRACT_OFFER),
        "withdraw": step(C.OFFERED, to=C.DRAFT, by=P.CONTRACT_OFFER),
        "accept": step(C.OFFERED, to=C.ACTIVE, by=P.CONTRACT_REVIEW),
        "return": step(C.OFFERED, to=C.RETURNED, by=P.CONTRACT_REVIEW),
        "reject": step(C.OFFERED, to=C.REJECTED, by=P.CONTRACT_REVIEW),
        "suspend": step(C.ACTIVE, to=C.SUSPENDED, by=P.CONTRACT_REVIEW),
        "resume": step(C.SUSPENDED, to=C.ACTIVE, by=P.CONTRACT_REVIEW),
        # An end has a day: until it comes the status stays, and who announced the end may take it back.
        "give_notice": stay(C.ACTIVE, C.SUSPENDED, by=P.CONTRACT_OFFER),
        "withdraw_notice": stay(C.ACTIVE, C.SUSPENDED, by=P.CONTRACT_OFFER),
        "terminate": stay(C.ACTIVE, C.SUSPENDED, by=P.CONTRACT_REVIEW),
        "cancel_termination": stay(C.ACTIVE, C.SUSPENDED, by=P.CONTRACT_REVIEW),
        "end": step(C.ACTIVE, C.SUSPENDED, to=C.ENDED, by=None),
    },
)


class AccountChangeStatus:
    """Where a clinic's wish to be paid to another account stands."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


A = AccountChangeStatus

ACCOUNT_CHANGE = Machine(
    name="account_change",
    statuses=frozenset({A.WAITING, A.CONFIRMED, A.REFUSED, A.WITHDRAWN}),
    initial=A.WAITING,
    transitions={
        # A second person at the clinic, or the insurer where the clinic has none.
        "confirm": step(A.WAITING, to=A.CONFIRMED, by=P.ACCOUNT_CHANGE),
        "refuse": step(A.WAITING, to=A.REFUSED, by=P.ACCOUNT_CHANGE),
        "insurer_confirm": step(A.WAITING, to=A.CONFIRMED, by=P.CONTRACT_REVIEW),
        "insurer_refuse": step(A.WAITING, to=A.REFUSED, by=P.CONTRACT_REVIEW),
        "withdraw": step(A.WAITING, to=A.WITHDRAWN, by=P.ACCOUNT_CHANGE),
    },
)


class PriceListStatus:
    """Where a price list of one area stands."""

    DRAFT = "draft"
    SENT = "sent"
    RETURNED = "returned"
    COUNTERED = "countered"  # the insurer answered line by line; the clinic's turn
    ACCEPTED = "accepted"


class LineAnswer:
    """What one side says to one line: the insurer the first three, the clinic the others."""

    ACCEPTED = "accepted"
    COUNTERED = "countered"
    REFUSED = "refused"
    TAKEN = "taken"
    KEPT = "kept"
    PROPOSED = "proposed"
    DROPPED = "dropped"

    INSURER = (ACCEPTED, COUNTERED, REFUSED)
    PROVIDER = (TAKEN, KEPT, PROPOSED, DROPPED)
    PRICED = (COUNTERED, PROPOSED)


L = PriceListStatus

PRICE_LIST = Machine(
    name="price_list",
    statuses=frozenset({L.DRAFT, L.SENT, L.RETURNED, L.COUNTERED, L.ACCEPTED}),
    initial=L.DRAFT,
    transitions={
        "send": step(L.DRAFT, L.RETURNED, to=L.SENT, by=P.PRICELIST_EDIT),
        "withdraw": step(L.SENT, to=L.DRAFT, by=P.PRICELIST_EDIT),
        "accept": step(L.SENT, to=L.ACCEPTED, by=P.PRICELIST_REVIEW),
        "return": step(L.SENT, to=L.RETURNED, by=P.PRICELIST_REVIEW),
        "counter": step(L.SENT, to=L.COUNTERED, by=P.PRICELIST_REVIEW),
        "reply": step(L.COUNTERED, to=L.SENT, by=P.PRICELIST_EDIT),
        "agree": step(L.COUNTERED, to=L.ACCEPTED, by=P.PRICELIST_EDIT),
        "rework": step(L.COUNTERED, to=L.DRAFT, by=P.PRICELIST_EDIT),
        # What stays open of a list whose other lines are agreed goes on as the next version (adr/0018).
        "carry_counter": step(L.DRAFT, to=L.COUNTERED, by=None),
        "carry_reply": step(L.DRAFT, to=L.SENT, by=None),
    },
)


class DocumentStatus:
    """Where a file given with an offer stands; all but the given one are history or a renewal on its way."""

    GIVEN = "given"
    WAITING = "waiting"
    RETURNED = "returned"
    REPLACED = "replaced"
    REMOVED = "removed"


D = DocumentStatus

CONTRACT_DOCUMENT = Machine(
    name="contract_document",
    statuses=frozenset({D.GIVEN, D.WAITING, D.RETURNED, D.REPLACED, D.REMOVED}),
    initial=D.GIVEN,
    transitions={
        "replace": step(D.GIVEN, D.WAITING, D.RETURNED, to=D.REPLACED, by=P.CONTRACT_OFFER),
        "remove": step(D.GIVEN, D.WAITING, D.RETURNED, to=D.REMOVED, by=P.CONTRACT_OFFER),
        "restore": step(D.REMOVED, to=D.GIVEN, by=P.CONTRACT_OFFER),
        "send": step(D.GIVEN, to=D.WAITING, by=P.CONTRACT_OFFER),
        "accept": step(D.WAITING, to=D.GIVEN, by=P.CONTRACT_REVIEW),
        "return": step(D.WAITING, to=D.RETURNED, by=P.CONTRACT_REVIEW),
        "give_way": step(D.GIVEN, to=D.REPLACED, by=P.CONTRACT_REVIEW),
    },
)
