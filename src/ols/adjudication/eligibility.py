"""May this service be paid at all? Every function returns the first reason against it, or none."""

from ols.adjudication import reasons
from ols.adjudication.types import ANY_SEX, NEVER, Line, Terms
from ols.kernel.compiled import compilable


@compilable
def denial_reason(line: Line, terms: Terms) -> int:
    """Ask in this order: cover, filing, provider, service, patient, conditions."""
    reason = cover_reason(line, terms)
    if reason == reasons.NONE:
        reason = filing_reason(line, terms)
    if reason == reasons.NONE and line.network:
        reason = provider_reason(line)
    if reason == reasons.NONE:
        reason = service_reason(line, terms)
    if reason == reasons.NONE:
        reason = referral_reason(line, terms)
    if reason == reasons.NONE:
        reason = condition_reason(line, terms)
    return reason


@compilable
def cover_reason(line: Line, terms: Terms) -> int:
    """Is the person known and in force on the service day? Both ends of the cover are covered days."""
    if not terms.person_found:
        return reasons.NOT_FOUND
    if line.service_day < terms.cover_from_day:
        return reasons.COVER_NOT_STARTED
    if line.service_day > terms.cover_to_day:
        return reasons.COVER_ENDED
    if not terms.cover_active:
        return reasons.NOT_ACTIVE
    # What was authorized before the suspension is never taken back because of it.
    if line.service_day >= terms.suspended_from_day and not (
        NEVER < line.authorized_day < terms.suspended_from_day
    ):
        return reasons.PREMIUM_SUSPENDED
    return reasons.NONE


@compilable
def filing_reason(line: Line, terms: Terms) -> int:
    """Is the service neither in the future nor too long ago on the day of filing?"""
    if line.service_day > line.filed_day:
        return reasons.FUTURE_DATE
    if line.filed_day - line.service_day > terms.filing_days:
        return reasons.FILED_TOO_LATE
    return reasons.NONE


@compilable
def provider_reason(line: Line) -> int:
    """May this provider of the network perform this service on that day?"""
    if not line.provider_active:
        return reasons.PROVIDER_NOT_ACTIVE
    if not line.terms_accepted:
        return reasons.TERMS_NOT_ACCEPTED
    if not line.on_price_list:
        return reasons.NOT_ON_PRICE_LIST
    return reasons.NONE


@compilable
def service_reason(line: Line, terms: Terms) -> int:
    """Does the product cover this service for this patient on that day?"""
    if not terms.covered:
        return reasons.NOT_COVERED
    if terms.excluded:
        return reasons.EXCLUDED
    if line.age < terms.age_from or line.age >= terms.age_below:
        return reasons.AGE
    if terms.sex not in (ANY_SEX, line.sex):
        return reasons.SEX
    if line.service_day < terms.first_payable_day:
        return reasons.WAITING_PERIOD
    return reasons.NONE


@compilable
def referral_reason(line: Line, terms: Terms) -> int:
    """Is there a referral, issued by the service day and still valid on it, where one is needed?"""
    if not terms.referral_required:
        return reasons.NONE
    if line.referral_day == NEVER or line.referral_day > line.service_day:
        return reasons.REFERRAL_MISSING
    if line.service_day - line.referral_day > terms.referral_days:
        return reasons.REFERRAL_EXPIRED
    return reasons.NONE


@compilable
def condition_reason(line: Line, terms: Terms) -> int:
    """Is consent given, the interval kept, and the service allowed beside the others of that day?"""
    if terms.authorization_required and line.authorized_day == NEVER:
        return reasons.AUTH_REQUIRED
    if abs(line.service_day - line.nearest_service_day) < terms.interval_days:
        return reasons.INTERVAL
    if line.combined:
        return reasons.COMBINATION
    return reasons.NONE


@compilable
def held_reason(line: Line) -> int:
    """Must a person look before the line is released?"""
    if line.duplicate:
        return reasons.DUPLICATE
    if line.manual_review:
        return reasons.MANUAL_REVIEW
    return reasons.NONE
