"""How fresh an extract must be, and whether a full match lets a clinic in without a person."""

from dataclasses import dataclass

from ols.onboarding import selectors


@dataclass(frozen=True, slots=True)
class ExtractPolicy:
    """The platform's settings that concern extracts."""

    fresh_days: int
    approves_by_itself: bool


def current() -> ExtractPolicy:
    """Return what the operator has set."""
    platform = selectors.platform()
    return ExtractPolicy(
        fresh_days=platform.extract_fresh_days, approves_by_itself=platform.approves_by_itself
    )
