"""What both sides are told of an answer, and a clinic of how to grant its first benefits."""

from collections import Counter
from datetime import datetime

from ols.kernel import days
from ols.network import models, selectors
from ols.network.services.letters import write_about_prices, write_instruction
from ols.network.states import LineAnswer, PriceListStatus


def accepted(row: models.PriceList, *, at: datetime) -> None:
    """Tell both sides that nothing is open any more."""
    day = days.format_date(row.valid_from) if row.valid_from else ""
    made = {"price_list": str(row.uuid), "round": 0}
    write_about_prices(row, "price_list_accepted", to="provider", at=at, attached=made, valid_from=day)
    write_about_prices(row, "price_list_agreed", to="insurer", at=at, attached=made, valid_from=day)
    _instruct(row, at)


def answered(row: models.PriceList, rest: models.PriceList, *, at: datetime) -> None:
    """Tell both sides what the insurer said; `rest` is the list that waits for the clinic."""
    said = _counts(row)
    counts = {
        "accepted": said[LineAnswer.ACCEPTED],
        "countered": said[LineAnswer.COUNTERED],
        "refused": said[LineAnswer.REFUSED],
    }
    _both(row, rest, "price_list_answer", counts, at)


def replied(row: models.PriceList, rest: models.PriceList, *, at: datetime) -> None:
    """Tell both sides what the clinic said; `rest` is the list that waits for the insurer."""
    said = _counts(row)
    counts = {
        "taken": said[LineAnswer.TAKEN],
        "kept": said[LineAnswer.KEPT],
        "proposed": said[LineAnswer.PROPOSED],
        "dropped": said[LineAnswer.DROPPED],
    }
    _both(row, rest, "price_list_reply", counts, at)


def _both(
    row: models.PriceList, rest: models.PriceList, template: str, counts: dict[str, int], at: datetime
) -> None:
    """Write to both sides; a list that was accepted in part says from which day."""
    is_agreed = row.status == PriceListStatus.ACCEPTED
    day = days.format_date(row.valid_from) if is_agreed and row.valid_from else ""
    made = {"price_list": str(row.uuid), "round": selectors.rounds(row)}
    write_about_prices(rest, template, to="provider", at=at, attached=made, valid_from=day, **counts)
    write_about_prices(rest, template, to="insurer", at=at, attached=made, valid_from=day, **counts)
    if is_agreed:
        _instruct(row, at)


def _counts(row: models.PriceList) -> Counter[str]:
    """Count what was said in the last round of a list."""
    last = selectors.rounds(row)
    return Counter(row.steps.filter(round=last).values_list("kind", flat=True))


def _instruct(row: models.PriceList, at: datetime) -> None:
    """Send the instruction once in a co-operation: with the first prices. The contract is locked."""
    others = models.PriceList.objects.filter(contract_id=row.contract_id, status=PriceListStatus.ACCEPTED)
    if not others.exclude(pk=row.pk).exists():
        write_instruction(row.contract, at=at)
