"""Price lists: a provider keeps and sends them, an insurer answers."""

from ols.network.services.price_lists.answering import (
    accept_price_list,
    answer_price_list,
    return_price_list,
)
from ols.network.services.price_lists.attachments import send_letter
from ols.network.services.price_lists.drafting import (
    KeptEntries,
    PriceListNotEditable,
    PriceRefused,
    Theirs,
    keep_entries,
    save_prices,
)
from ols.network.services.price_lists.lines import (
    AnswersChanged,
    AnswersMissing,
    AnswersWrong,
    LineDraft,
    keep_line_answers,
)
from ols.network.services.price_lists.locking import AreaClosed, AreaNotOpen, ContractNotActive
from ols.network.services.price_lists.replying import reply_price_list, rework_price_list
from ols.network.services.price_lists.sending import (
    PriceListEmpty,
    PricesUnreadable,
    StartTooEarly,
    send_price_list,
    withdraw_price_list,
)

__all__ = [
    "AnswersChanged",
    "AnswersMissing",
    "AnswersWrong",
    "AreaClosed",
    "AreaNotOpen",
    "ContractNotActive",
    "KeptEntries",
    "LineDraft",
    "PriceListEmpty",
    "PriceListNotEditable",
    "PriceRefused",
    "PricesUnreadable",
    "StartTooEarly",
    "Theirs",
    "accept_price_list",
    "answer_price_list",
    "keep_entries",
    "keep_line_answers",
    "reply_price_list",
    "return_price_list",
    "rework_price_list",
    "save_prices",
    "send_letter",
    "send_price_list",
    "withdraw_price_list",
]
