"""Which price lists of an area a closing concerns: drafts that wait, lists that can still be answered."""

from dataclasses import dataclass

from ols.accounts.permissions import Permission
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.states import ContractStatus, PriceListStatus

# A closing keeps these from being sent; what waits for an answer goes on.
UNSENT = (PriceListStatus.DRAFT, PriceListStatus.RETURNED)
_ANSWERED = (PriceListStatus.SENT, PriceListStatus.COUNTERED)
_LASTING = (ContractStatus.ACTIVE, ContractStatus.SUSPENDED)


@dataclass(frozen=True)
class AreaLists:
    """How many clinics prepare a list, how many lists wait for an answer, how many clinics have prices."""

    unsent: int
    waiting: int
    priced: int


def area_lists(actor: Actor, *, area_id: int) -> AreaLists:
    """Count the price lists of the actor's network in an area; what a draft holds is the clinic's alone."""
    actor.require(Permission.TERMS_PUBLISH)
    lists = models.PriceList.objects.filter(
        contract__insurer_id=actor.organization(), contract__status__in=_LASTING, area_id=area_id
    )
    accepted = lists.filter(status=PriceListStatus.ACCEPTED)
    return AreaLists(
        unsent=lists.filter(status__in=UNSENT).count(),
        waiting=lists.filter(status__in=_ANSWERED).count(),
        priced=accepted.values("contract_id").distinct().count(),
    )


def contracts_with_unsent(*, insurer_id: int, area_id: int) -> list[models.Contract]:
    """Return the lasting contracts whose clinic prepares a list in the area."""
    rows = models.Contract.objects.filter(
        insurer_id=insurer_id,
        status__in=_LASTING,
        price_lists__area_id=area_id,
        price_lists__status__in=UNSENT,
    )
    return list(rows.select_related("insurer", "provider").order_by("id").distinct())
