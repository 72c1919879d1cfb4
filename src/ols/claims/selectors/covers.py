"""Covers as a provider may see them: who is insured, what is left, which services may be claimed."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.claims.types import BenefitLeft, CoverageFound, Lookup, ServiceChoice
from ols.db import crypto
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.kernel.sortkey import search_key

# Only covers of insurers this provider works with; the newest cover of a person first.
_FOUND = """
SELECT i.uuid, i.coverage_id, i.person_id, i.insurer_id, i.first_name, i.last_initial,
    extract(year FROM i.birth_date)::int, p.name, i.policy_number, i.card_number, c.cover_from, c.cover_to,
    c.suspended_from, c.is_active AND c.cover_from <= %(day)s AND c.cover_to >= %(day)s
        AND (c.suspended_from IS NULL OR c.suspended_from > %(day)s)
FROM coverage_pub_identity i
JOIN coverage_pub_in_force c ON c.coverage_id = i.coverage_id
JOIN plans_pub_plan p ON p.plan_id = c.plan_id
WHERE {which} AND EXISTS (
    SELECT FROM network_pub_contract n
    WHERE n.insurer_id = i.insurer_id AND n.provider_id = %(provider)s AND n.status = 'active'
        AND (n.ends_on IS NULL OR n.ends_on > %(day)s))
ORDER BY 14 DESC, c.cover_to DESC, i.coverage_id DESC LIMIT 20
"""
_BY_PESEL = "i.pesel_index = %(pesel)s"
_BY_CARD = "i.card_number = %(card)s"
_BY_UUID = "i.uuid = %(coverage)s"
_BY_POLICY = "i.policy_number = %(policy)s AND i.birth_date = %(birth)s"

_LEFT = """
SELECT b.code, b.name, b.count_limit, b.amount_limit_gr, b.is_family_shared,
    coalesce(u.used_units, 0), coalesce(u.used_gr, 0)
FROM coverage_pub_in_force c
JOIN plans_pub_terms t ON t.plan_id = c.plan_id AND t.valid_from <= %(day)s
    AND (t.valid_to IS NULL OR t.valid_to > %(day)s)
JOIN plans_pub_benefit b ON b.terms_id = t.terms_id AND NOT b.is_excluded
LEFT JOIN claims_usage u ON u.benefit_code = b.code AND u.period_from <= %(day)s AND u.period_to >= %(day)s
    AND u.holder_id = CASE WHEN b.is_family_shared THEN c.family_holder_id ELSE c.coverage_id END
WHERE c.coverage_id = %(coverage)s ORDER BY b.name, b.code
"""
_DEDUCTIBLE = """
SELECT greatest(t.deductible_gr - coalesce(u.used_deductible_gr, 0), 0)
FROM coverage_pub_in_force c
JOIN plans_pub_terms t ON t.plan_id = c.plan_id AND t.valid_from <= %(day)s
    AND (t.valid_to IS NULL OR t.valid_to > %(day)s)
LEFT JOIN claims_usage u ON u.holder_id = c.coverage_id AND u.benefit_code = ''
    AND u.period_from <= %(day)s AND u.period_to >= %(day)s
WHERE c.coverage_id = %(coverage)s
"""
_SERVICES = """
SELECT s.code, s.name, p.price_gr, s.area_id, coalesce(b.needs_referral, false)
FROM coverage_pub_in_force c
JOIN network_pub_price p ON p.insurer_id = c.insurer_id AND p.provider_id = %(provider)s
    AND p.valid_from <= %(day)s AND (p.valid_to IS NULL OR p.valid_to > %(day)s)
JOIN catalog_pub_service s ON s.service_id = p.service_id
LEFT JOIN plans_pub_terms t ON t.plan_id = c.plan_id AND t.valid_from <= %(day)s
    AND (t.valid_to IS NULL OR t.valid_to > %(day)s)
LEFT JOIN plans_pub_benefit_service e ON e.terms_id = t.terms_id AND e.service_id = s.service_id
LEFT JOIN plans_pub_benefit b ON b.benefit_id = e.benefit_id
WHERE c.uuid = %(coverage)s
    AND (%(query)s = '' OR s.search_key LIKE %(words)s OR upper(s.code) LIKE upper(%(code)s))
ORDER BY upper(s.code) = upper(%(query)s) DESC, s.search_key, s.code LIMIT %(limit)s
"""


def covers_of(*, actor: Actor, lookup: Lookup, on: date) -> tuple[CoverageFound, ...]:
    """Return the covers of the person, those in force on the day first; others' people stay unknown.

    `services.find_coverage` is the door for pages: it also keeps a record of the look-up.
    """
    actor.require(Permission.CLAIM_SUBMIT)
    if lookup.pesel:
        which = _BY_PESEL
    elif lookup.card_number:
        which = _BY_CARD
    else:
        which = _BY_POLICY
    values = {
        "day": on,
        "provider": actor.organization_id,
        "pesel": crypto.blind_index(lookup.pesel, purpose="pesel"),
        "card": lookup.card_number,
        "policy": lookup.policy_number,
        "birth": lookup.birth_date,
    }
    return _covers(which, values, on)


def cover(*, actor: Actor, coverage_uuid: UUID, on: date) -> CoverageFound:
    """Return a cover found before (the look-up kept the record), as it stands now.

    :raises NotFound: there is none, or the provider has no active contract with its insurer
    """
    actor.require(Permission.CLAIM_SUBMIT)
    values = {"day": on, "provider": actor.organization_id, "coverage": coverage_uuid}
    found = _covers(_BY_UUID, values, on)
    if not found:
        raise NotFound
    return found[0]


def _covers(which: str, values: dict[str, Any], on: date) -> tuple[CoverageFound, ...]:
    rows = _rows(_FOUND.format(which=which), values)
    insurers = {row[3]: accounts.organization(organization_id=row[3]).name for row in rows}
    return tuple(_found(row, insurers[row[3]], on) for row in rows)


def _found(row: Sequence[Any], insurer_name: str, on: date) -> CoverageFound:
    uuid, coverage_id, person_id, insurer_id, *rest = row
    first, initial, year, product, policy, card, cover_from, cover_to, suspended, in_force = rest
    deductible = _rows(_DEDUCTIBLE, {"day": on, "coverage": coverage_id})
    return CoverageFound(
        coverage_uuid=uuid,
        person_id=person_id,
        insurer_id=insurer_id,
        insurer_name=insurer_name,
        first_name=first,
        last_initial=initial,
        birth_year=year,
        product=product,
        policy_number=policy,
        card_number=card,
        cover_from=cover_from,
        cover_to=cover_to,
        suspended_from=suspended,
        is_in_force=in_force,
        left=benefits_left(coverage_id=coverage_id, on=on),
        deductible_left_gr=deductible[0][0] if deductible else 0,
    )


def benefits_left(*, coverage_id: int, on: date) -> tuple[BenefitLeft, ...]:
    """Return what is left of each benefit of a cover in the policy year of the day."""
    return tuple(
        BenefitLeft(
            code=code,
            name=name,
            units_left=max(units - used_units, 0) if units >= 0 else None,
            amount_left_gr=max(amount - used_gr, 0) if amount >= 0 else None,
            is_shared=shared,
            units_limit=units if units >= 0 else None,
            amount_limit_gr=amount if amount >= 0 else None,
        )
        for code, name, units, amount, shared, used_units, used_gr in _rows(
            _LEFT, {"day": on, "coverage": coverage_id}
        )
    )


def services_for_claim(
    *, actor: Actor, coverage_uuid: UUID, on: date, query: str = "", limit: int = 20
) -> list[ServiceChoice]:
    """Return the provider's accepted services for the cover's insurer, found by code or words of the name."""
    actor.require(Permission.CLAIM_SUBMIT)
    words = search_key(query)
    values = {
        "provider": actor.organization_id,
        "day": on,
        "coverage": coverage_uuid,
        "query": query.strip(),
        "words": f"%{_escaped(words)}%",
        "code": f"{_escaped(query.strip())}%",
        "limit": limit,
    }
    return [ServiceChoice(*row) for row in _rows(_SERVICES, values)]


def insurer_of_coverage(*, coverage_uuid: UUID) -> int:
    """Return whose cover it is (for the services of this package).

    :raises NotFound: there is no such cover
    """
    rows = _rows(
        "SELECT insurer_id FROM coverage_pub_in_force WHERE uuid = %(uuid)s", {"uuid": coverage_uuid}
    )
    if not rows:
        raise NotFound
    return int(rows[0][0])


def _escaped(text: str) -> str:
    """Return the text with the wildcards of LIKE made plain."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
