"""What the claim path reads before a decision, read once for all claims: plans, prices, covers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

_COVERS = """
SELECT coverage_id, uuid, insurer_id, person_id, plan_id, cover_from, cover_to, waiting_from, suspended_from,
    is_active, birth_date, sex, family_holder_id, family_year_from
FROM coverage_pub_in_force ORDER BY coverage_id
"""
_TERMS = "SELECT plan_id, terms_id, deductible_gr, sum_insured_gr, filing_limit_days FROM plans_pub_terms"
_BENEFITS = """
SELECT e.service_id, b.* FROM plans_pub_benefit b
JOIN plans_pub_benefit_service e ON e.benefit_id = b.benefit_id
ORDER BY b.benefit_id, e.service_id
"""
_LIMITS = "SELECT insurer_id, service_id, limit_gr FROM plans_pub_price_limit"
_SERVICES = """
SELECT s.service_id, s.code, s.name, s.area_id FROM catalog_pub_service s ORDER BY s.service_id
"""


@dataclass(frozen=True)
class CoverRow:
    """One person's cover."""

    id: int
    uuid: UUID
    insurer_id: int
    person_id: int
    plan_id: int
    cover_from: date
    cover_to: date
    waiting_from: date
    suspended_from: date | None
    is_active: bool
    birth: date
    sex: str
    holder_id: int
    family_year_from: date


@dataclass(frozen=True)
class TermsRow:
    """A plan's terms; the demo's plans have one version each."""

    id: int
    deductible_gr: int
    sum_insured_gr: int
    filing_days: int


@dataclass(frozen=True)
class ServiceRow:
    """A service of the catalog."""

    id: int
    code: str
    name: str
    area_id: int


@dataclass(frozen=True)
class Promises:
    """Everything by its key. `benefits` are rows of the published view by terms and service."""

    covers: dict[int, CoverRow]
    terms: dict[int, TermsRow]
    benefits: dict[tuple[int, int], dict[str, Any]]
    limits: dict[tuple[int, int], int]
    services: dict[int, ServiceRow]


def load_promises() -> Promises:
    """Read what is in force; days are the world's own, so nothing has to be chosen by date."""
    return Promises(
        covers={row["coverage_id"]: CoverRow(*row.values()) for row in _rows(_COVERS)},
        terms={row.pop("plan_id"): TermsRow(*row.values()) for row in _rows(_TERMS)},
        benefits={(row["terms_id"], row["service_id"]): row for row in _rows(_BENEFITS)},
        limits={(row["insurer_id"], row["service_id"]): row["limit_gr"] for row in _rows(_LIMITS)},
        services={row["service_id"]: ServiceRow(*row.values()) for row in _rows(_SERVICES)},
    )


def _rows(sql: str) -> Iterable[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
