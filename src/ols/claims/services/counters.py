"""The counters of a policy year: made before they are needed, so that a first use has a row to lock."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection

from ols.db.transactions import use_case
from ols.kernel import days
from ols.kernel.actor import Actor

_BLOCK = 2000

_IN_FORCE = """
SELECT coverage_id FROM coverage_pub_in_force
WHERE coverage_id > %s AND cover_from <= %s AND cover_to >= %s AND (%s::bigint IS NULL OR insurer_id = %s)
ORDER BY coverage_id LIMIT %s
"""
# Who holds a counter on a day, under which limits (-1: none). A shared benefit is held by the family's
# first cover; the counter without a code is the plan's own: deductible and sum insured.
_WANTED = """
WITH cover AS (
    SELECT c.coverage_id, c.family_holder_id, t.terms_id, t.deductible_gr, t.sum_insured_gr
    FROM coverage_pub_in_force c JOIN plans_pub_terms t ON t.plan_id = c.plan_id
    WHERE c.coverage_id = ANY(%s) AND t.valid_from <= %s AND (t.valid_to IS NULL OR t.valid_to > %s)
), wanted AS (
    SELECT coverage_id AS holder_id, '' AS code, -1 AS units, sum_insured_gr AS gr, deductible_gr FROM cover
    UNION ALL
    SELECT CASE WHEN b.is_family_shared THEN c.family_holder_id ELSE c.coverage_id END, b.code,
        b.count_limit, b.amount_limit_gr, NULL
    FROM cover c JOIN plans_pub_benefit b ON b.terms_id = c.terms_id
)
SELECT DISTINCT ON (w.holder_id, w.code) w.holder_id, w.code, w.units, w.gr, w.deductible_gr, h.cover_from
FROM wanted w JOIN coverage_pub_in_force h ON h.coverage_id = w.holder_id
ORDER BY w.holder_id, w.code
"""
# A limit that changed arms the CHECK anew, but never below what is used already.
_OPEN = """
INSERT INTO claims_usage AS u (holder_id, benefit_code, period_from, period_to, allowed_units, allowed_gr,
    allowed_deductible_gr, used_units, used_gr, used_deductible_gr, moves)
SELECT holder_id, code, period_from, period_to, nullif(units, -1), nullif(gr, -1), deductible, 0, 0, 0, 0
FROM unnest(%s::bigint[], %s::text[], %s::int[], %s::bigint[], %s::bigint[], %s::date[], %s::date[])
    AS w (holder_id, code, units, gr, deductible, period_from, period_to)
ORDER BY holder_id, code
ON CONFLICT (holder_id, benefit_code, period_from) DO UPDATE SET
    allowed_units = CASE WHEN excluded.allowed_units IS NOT NULL
        THEN greatest(excluded.allowed_units, u.used_units) END,
    allowed_gr = CASE WHEN excluded.allowed_gr IS NOT NULL THEN greatest(excluded.allowed_gr, u.used_gr) END,
    allowed_deductible_gr = CASE WHEN excluded.allowed_deductible_gr IS NOT NULL
        THEN greatest(excluded.allowed_deductible_gr, u.used_deductible_gr) END
WHERE (u.allowed_units, u.allowed_gr, u.allowed_deductible_gr)
    IS DISTINCT FROM (excluded.allowed_units, excluded.allowed_gr, excluded.allowed_deductible_gr)
"""


def open_usage_years(*, actor: Actor, at: datetime, insurer_id: int | None = None) -> int:
    """Make the counters that today's covers (of one insurer) need; return how many were made or changed.

    Runs daily and after an import of policies, in blocks of covers; what it has not reached yet, a first
    claim makes for itself.
    """
    del actor  # whoever asks: the counters follow from covers and terms alone
    day, last, changed = days.local_date(at), 0, 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_IN_FORCE, [last, day, day, insurer_id, insurer_id, _BLOCK])
            covers = [row[0] for row in cursor.fetchall()]
        if not covers:
            return changed
        changed += open_counters(coverage_ids=covers, day=day)
        last = covers[-1]


@use_case
def open_counters(*, coverage_ids: Sequence[int], day: date) -> int:
    """Make the counters the covers need on the day, and renew the guards of those whose limits changed."""
    with connection.cursor() as cursor:
        cursor.execute(_WANTED, [list(coverage_ids), day, day])
        wanted = cursor.fetchall()
        if not wanted:
            return 0
        years = [_policy_year(row[5], day) for row in wanted]
        columns = [list(column) for column in zip(*(row[:5] for row in wanted), strict=True)]
        cursor.execute(_OPEN, [*columns, [start for start, _ in years], [end for _, end in years]])
        return int(cursor.rowcount)


def _policy_year(cover_from: date, day: date) -> tuple[date, date]:
    """Return the policy year of the day; a member of a family may be covered before its holder is."""
    start = cover_from
    while start > day:
        start = days.add_years(start, -1)
    return days.policy_year(cover_start=start, day=day)
