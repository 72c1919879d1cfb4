"""A counter-offer that waits for the first clinic: some prices agreed, some offered lower, one refused."""

from ols.accounts.permissions import Role
from ols.cli.demo_world.world import World
from ols.kernel import days
from ols.network import selectors as network_selectors
from ols.network import services as network
from ols.network.services import LineDraft
from ols.network.states import LineAnswer

_AREA = "CONS"
_RAISED_PERCENT, _OFFERED_PERCENT = 112, 104
_COUNTERED, _REFUSED = 4, 5


def leave_counter_offer(world: World) -> None:
    """Let the clinic ask for more from next month on, and the insurer answer line by line."""
    clinic, insurer = world.clinics[0], world.insurers[0]
    owner, manager = clinic.firm.actor(Role.OWNER), insurer.actor(Role.NETWORK_MANAGER)
    contract = network_selectors.active_contract(owner, insurer_id=insurer.id)
    assert contract is not None
    prices = network_selectors.price_grid(
        owner, contract_uuid=contract.uuid, area_code=_AREA, on=world.today
    ).rows
    asked = {row.service_id: _whole(row.contracted_gr or 0, _RAISED_PERCENT) for row in prices}
    uuid = str(
        network.save_prices(
            actor=owner,
            contract_uuid=contract.uuid,
            area_code=_AREA,
            valid_from=days.add_months(world.today.replace(day=1), 1),
            prices={service: price for service, price in asked.items() if price},
            at=world.at,
        )
    )
    network.send_price_list(actor=owner, price_list_uuid=uuid, at=world.at)
    answers = {
        row.service_id: _answer(place, row.contracted_gr or 0)
        for place, row in enumerate(prices)
        if asked[row.service_id]
    }
    seen = network.keep_line_answers(
        actor=manager, price_list_uuid=uuid, answers=answers, seen=0, at=world.at
    )
    network.answer_price_list(actor=manager, price_list_uuid=uuid, seen=seen, at=world.at)


def _answer(place: int, before_gr: int) -> LineDraft:
    """Offer less for the first ones, refuse one, accept the others."""
    if place < _COUNTERED:
        offered = _whole(before_gr, _OFFERED_PERCENT)
        return LineDraft(LineAnswer.COUNTERED, offered, "Podwyżka najwyżej o wskaźnik inflacji.")
    if place < _REFUSED:
        return LineDraft(LineAnswer.REFUSED, remark="Cena tej usługi zostaje do końca roku.")
    return LineDraft(LineAnswer.ACCEPTED)


def _whole(price_gr: int, percent: int) -> int:
    """Return so many percent of a price in whole złotys."""
    return price_gr * percent // 10_000 * 100
