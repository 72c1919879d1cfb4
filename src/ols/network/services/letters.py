"""E-mails about a contract or a price list, to those on one side who can act on it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.catalog import selectors as catalog
from ols.kernel import days
from ols.network import models
from ols.notifications import services as notifications

Side = Literal["provider", "insurer"]
SIDES: Final[tuple[Side, ...]] = ("provider", "insurer")
# The addresses of the pages are stable, so a letter may name them.
_WORKSPACES: dict[Side, str] = {"provider": "panel", "insurer": "insurer"}


@dataclass(frozen=True)
class AreaLetter:
    """An e-mail to a clinic about one area of its contract; `row` has its insurer and provider read."""

    row: models.Contract
    area: catalog.AreaRow
    template: str
    more: Mapping[str, object]


def write_to_members(
    row: models.Contract, template: str, *, to: Side, at: datetime, **more: object
) -> list[str]:
    """Promise the e-mail to those on that side who offer or decide contracts; return their addresses."""
    permission = Permission.CONTRACT_OFFER if to == "provider" else Permission.CONTRACT_REVIEW
    details = {"path": f"/{_WORKSPACES[to]}/contracts/{row.uuid}/", **more}
    addresses = accounts.member_emails(organization_id=_side(row, to), permission=permission)
    _promise(row, template, addresses, at=at, more=details)
    return addresses


def write_to_both(
    row: models.Contract, template: str, *, at: datetime, contacts: Collection[str] = (), **more: object
) -> None:
    """Promise the e-mail to both sides, and to contact addresses that are not among theirs."""
    written = [
        address for side in SIDES for address in write_to_members(row, template, to=side, at=at, **more)
    ]
    details = {"path": f"/panel/contracts/{row.uuid}/", **more}
    addresses = sorted({address for address in contacts if address} - set(written))
    _promise(row, template, addresses, at=at, more=details)


def write_about_prices(
    row: models.PriceList,
    template: str,
    *,
    to: Side,
    at: datetime,
    attached: Mapping[str, object] | None = None,
    **more: object,
) -> None:
    """Promise the e-mail to everybody on that side who keeps or decides price lists.

    `attached` says which list, or which round of one, goes with it (`price_lists/attachments.py`).
    """
    permission = Permission.PRICELIST_EDIT if to == "provider" else Permission.PRICELIST_REVIEW
    path = (
        f"/panel/contracts/{row.contract.uuid}/areas/{row.area.code}/prices/"
        if to == "provider"
        else f"/insurer/price-lists/{row.uuid}/"
    )
    details = {"area": row.area.name_pl, "area_en": row.area.name_en, "path": path, **more}
    addresses = accounts.member_emails(organization_id=_side(row.contract, to), permission=permission)
    _promise(row.contract, template, addresses, at=at, more=details, made=attached)


def write_instruction(row: models.Contract, *, at: datetime) -> None:
    """Promise those at the clinic who grant benefits or agree prices the instruction, once a person."""
    keys = (Permission.CLAIM_SUBMIT, Permission.PRICELIST_EDIT)
    people = {
        address
        for key in keys
        for address in accounts.member_emails(organization_id=row.provider_id, permission=key)
    }
    context = {"insurer": accounts.organization(organization_id=row.insurer_id).name}
    for address in sorted(people):
        notifications.enqueue_email(to=address, template="benefit_instruction", context=context, at=at)


def write_about_areas(letters: Collection[AreaLetter], *, at: datetime) -> None:
    """Promise each e-mail to everybody at its clinic who keeps price lists: few statements for thousands."""
    addresses = accounts.emails_of_members(
        organization_ids={letter.row.provider_id for letter in letters}, permission=Permission.PRICELIST_EDIT
    )
    notifications.enqueue_emails(
        (
            (address, letter.template, _area_context(letter))
            for letter in letters
            for address in addresses.get(letter.row.provider_id, ())
        ),
        at=at,
    )


def _side(row: models.Contract, to: Side) -> int:
    """Return the organization on that side."""
    return row.provider_id if to == "provider" else row.insurer_id


def _promise(
    row: models.Contract,
    template: str,
    addresses: Iterable[str],
    *,
    at: datetime,
    more: Mapping[str, object],
    made: Mapping[str, object] | None = None,
) -> None:
    """Promise one e-mail a person; `made` says which files are made for it when it is sent."""
    context = {**_of_contract(row), **more}
    for address in addresses:
        if made:
            notifications.enqueue_letter(to=address, template=template, context=context, made=made, at=at)
        else:
            notifications.enqueue_email(to=address, template=template, context=context, at=at)


def _area_context(letter: AreaLetter) -> dict[str, object]:
    """Return what a letter about an area says."""
    return {
        **_of_contract(letter.row),
        "area": letter.area.name_pl,
        "area_en": letter.area.name_en,
        "path": f"/panel/contracts/{letter.row.uuid}/highlight/{letter.area.code}/",
        **letter.more,
    }


def _of_contract(row: models.Contract) -> dict[str, object]:
    """Return what every letter says of its contract."""
    return {
        "contract": row.number,
        "insurer": row.insurer.name,
        "provider": row.provider.name,
        "starts_on": days.format_date(row.starts_on) if row.starts_on else "",
        "last_day": days.format_date(row.ends_on - timedelta(days=1)) if row.ends_on else "",
        "due": f"{row.answer_due_at.astimezone(days.WARSAW):%d.%m.%Y %H:%M}" if row.answer_due_at else "",
    }
