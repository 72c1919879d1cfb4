"""Price lists: a provider keeps and sends them, an insurer answers."""

from ols.network.services.price_lists.answering import accept_price_list, return_price_list
from ols.network.services.price_lists.drafting import PriceListNotEditable, PriceRefused, save_prices
from ols.network.services.price_lists.locking import AreaNotOpen, ContractNotActive
from ols.network.services.price_lists.sending import (
    PriceListEmpty,
    StartTooEarly,
    send_price_list,
    withdraw_price_list,
)

__all__ = [
    "AreaNotOpen",
    "ContractNotActive",
    "PriceListEmpty",
    "PriceListNotEditable",
    "PriceRefused",
    "StartTooEarly",
    "accept_price_list",
    "return_price_list",
    "save_prices",
    "send_price_list",
    "withdraw_price_list",
]
