"""A provider sends a list, or takes it back."""

from datetime import date, datetime

from ols.accounts.permissions import Permission
from ols.db.transactions import use_case
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import models, selectors
from ols.network.services.letters import write_about_prices
from ols.network.services.price_lists.contracting import make_whole
from ols.network.services.price_lists.locking import (
    EDITABLE,
    locked_contract,
    locked_list,
    open_area_of,
    require_not_closed,
)
from ols.network.states import PRICE_LIST
from ols.workflow import machine


class PriceListEmpty(Exception):
    """A list without a single price cannot be sent."""


class PricesUnreadable(Exception):
    """Something typed is no price; `codes` names the services."""

    def __init__(self, codes: list[str]) -> None:
        """Keep the services' codes."""
        super().__init__(", ".join(codes))
        self.codes = codes


class StartTooEarly(Exception):
    """The first day lies in the past, before the co-operation, or over an accepted version's start."""

    def __init__(self, earliest: date) -> None:
        """Keep the first possible day."""
        super().__init__(earliest.isoformat())
        self.earliest = earliest


@use_case
def send_price_list(*, actor: Actor, price_list_uuid: str, at: datetime) -> None:
    """Send the list to the insurer.

    :raises ols.db.errors.NotFound: no such list of this provider
    :raises ContractNotActive: the co-operation is not active
    :raises AreaNotOpen: the area is not open yet, or its terms are not accepted
    :raises AreaClosed: the insurer takes no new lists in the area; the draft stays as it is
    :raises PricesUnreadable: something typed is no price: it must not be left out unseen
    :raises PriceListEmpty: it holds no price
    :raises StartTooEarly: with the first possible day
    :raises ols.workflow.machine.TransitionRefused: it was sent already
    """
    actor.require(Permission.PRICELIST_EDIT)
    # The contract is locked before the list, as in `save_prices`: nobody waits in a circle.
    found = selectors.price_list(actor, uuid=price_list_uuid)
    contract = locked_contract(actor, found.contract.uuid)
    row = locked_list(provider_id=contract.provider_id, uuid=price_list_uuid)
    today = days.local_date(at)
    area = open_area_of(actor, contract, row.area.code, on=today)
    if row.status in EDITABLE:
        require_not_closed(contract, area.id, on=today)
        _require_sendable(actor, row, area, today)
    machine.apply(
        PRICE_LIST,
        row,
        "send",
        actor=actor,
        at=at,
        data={"area": row.area.code, "version": row.version},
        set_fields={
            "sent_at": at,
            "decided_at": None,
            "remark": "",
            "answer_by": "",
        },
    )
    write_about_prices(row, "price_list_received", to="insurer", at=at)


@use_case
def withdraw_price_list(*, actor: Actor, price_list_uuid: str, at: datetime) -> None:
    """Take an unanswered list back, and tell the insurer, who may be looking at it.

    :raises ols.db.errors.NotFound: no such list of this provider
    :raises ols.workflow.machine.TransitionRefused: it does not wait for an answer (any more)
    """
    row = locked_list(provider_id=actor.organization_id, uuid=price_list_uuid)
    machine.apply(
        PRICE_LIST,
        row,
        "withdraw",
        actor=actor,
        at=at,
        data={"area": row.area.code},
        set_fields={"answer_by": ""},
    )
    row.answers.all().delete()  # what the insurer was preparing
    make_whole(row)
    path = f"/insurer/contracts/{row.contract.uuid}/"
    write_about_prices(row, "price_list_withdrawn", to="insurer", at=at, by=actor.name, path=path)


def _require_sendable(actor: Actor, row: models.PriceList, area: selectors.ContractArea, today: date) -> None:
    """Check that a list may go out."""
    wrong = selectors.unreadable_prices(row.pk)
    if wrong:
        raise PricesUnreadable(wrong)
    if not row.items.exists():
        raise PriceListEmpty
    contract = selectors.contract(actor, uuid=str(row.contract.uuid)).row
    earliest = selectors.earliest_start(contract, area.id, on=today)
    if row.valid_from is None or row.valid_from < earliest:
        raise StartTooEarly(earliest)
