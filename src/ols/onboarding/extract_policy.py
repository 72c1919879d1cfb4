"""How fresh an extract must be, and whether a full match lets a clinic in without a person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExtractPolicy:
    """The platform's settings that concern extracts."""

    fresh_days: int
    approves_by_itself: bool


def current() -> ExtractPolicy:
    """Return what the operator has set."""
    return ExtractPolicy(fresh_days=90, approves_by_itself=False)
