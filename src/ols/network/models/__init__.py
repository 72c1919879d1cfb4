"""Terms and their acceptance, contracts between providers and insurers, price lists."""

from ols.network.models.account_changes import AccountChange
from ols.network.models.areas import AreaOpening
from ols.network.models.contracts import Contract
from ols.network.models.documents import ContractDocument, DocumentRequirement
from ols.network.models.highlights import Highlight, HighlightNotice
from ols.network.models.needs import NeedImport
from ols.network.models.negotiation import PriceLineAnswer, PriceLineStep
from ols.network.models.notices import LapseReport, RetirementNotice
from ols.network.models.presence import Presence
from ols.network.models.price_drafts import PriceDraft
from ols.network.models.price_lists import ContractedPrice, PriceList, PriceListItem
from ols.network.models.public_network import OfferedServices, PriceConsent, PublicNetwork
from ols.network.models.review import (
    NetworkNeed,
    OfferAlarm,
    OfferAssessment,
    OfferRemark,
    ReviewRules,
)
from ols.network.models.terms import (
    TermsAcceptance,
    TermsDraft,
    TermsKind,
    TermsNotice,
    TermsOpening,
    TermsVersion,
)

__all__ = [
    "AccountChange",
    "AreaOpening",
    "Contract",
    "ContractDocument",
    "ContractedPrice",
    "DocumentRequirement",
    "Highlight",
    "HighlightNotice",
    "LapseReport",
    "NeedImport",
    "NetworkNeed",
    "OfferAlarm",
    "OfferAssessment",
    "OfferRemark",
    "OfferedServices",
    "Presence",
    "PriceConsent",
    "PriceDraft",
    "PriceLineAnswer",
    "PriceLineStep",
    "PriceList",
    "PriceListItem",
    "PublicNetwork",
    "RetirementNotice",
    "ReviewRules",
    "TermsAcceptance",
    "TermsDraft",
    "TermsKind",
    "TermsNotice",
    "TermsOpening",
    "TermsVersion",
]
