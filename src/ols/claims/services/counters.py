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
# Who holds a counter on a day, under which limits (-1: none), and from which day its years count. The
# counter without a code is the plan's own: deductible and sum insured.
_WANTED = """
WITH cover AS (
    SELECT c.coverage_id, c.cover_from, c.family_holder_id, c.family_year_from, t.terms_id, t.deductible_gr,
        t.sum_insured_gr
    FROM coverage_pub_in_force c JOIN plans_pub_terms t ON t.plan_id = c.plan_id
    WHERE c.coverage_id = ANY(%s) AND t.valid_from <= %s AND (t.valid_to IS NULL OR t.valid_to > %s)
), wanted AS (
    SELECT coverage_id AS holder_id, '' AS code, -1 AS units, sum_insured_gr AS gr, deductible_gr,
        cover_from AS year_from FROM cover
    UNION ALL
    SELECT CASE WHEN b.is_family_shared THEN c.family_holder_id ELSE c.coverage_id END, b.code,
        b.count_limit, b.amount_limit_gr, NULL,
        CASE WHEN b.is_family_shared THEN c.family_year_from ELSE c.cover_from END
    FROM cover c JOIN plans_pub_benefit b ON b.terms_id = c.terms_id
)
SELECT DISTINCT ON (holder_id, code) holder_id, code, units, gr, deductible_gr, year_from
FROM wanted ORDER BY holder_id, code
"""
# What stands already is not touched here, so that nobody waits for a claim while holding new counters.
_OPEN = """
INSERT INTO claims_usage (holder_id, benefit_code, period_from, period_to, allowed_units, allowed_gr,
    allowed_deductible_gr, used_units, used_gr, used_deductible_gr, moves)
SELECT holder_id, code, period_from, period_to, nullif(units, -1), nullif(gr, -1), deductible, 0, 0, 0, 0
FROM unnest(%s::bigint[], %s::text[], %s::int[], %s::bigint[], %s::bigint[], %s::date[], %s::date[])
    AS w (holder_id, code, units, gr, deductible, period_from, period_to)
ORDER BY holder_id, code
ON CONFLICT (holder_id, benefit_code, period_from) DO NOTHING
"""
# A limit that changed arms the CHECK anew, but never below what is used; locks in key order, as claims do.
_REARM = """
WITH changed AS MATERIALIZED (
    SELECT u.id, nullif(w.units, -1) AS units, nullif(w.gr, -1) AS gr, w.deductible
    FROM unnest(%s::bigint[], %s::text[], %s::int[], %s::bigint[], %s::bigint[], %s::date[], %s::date[])
        AS w (holder_id, code, units, gr, deductible, period_from, period_to)
    JOIN claims_usage u ON u.holder_id = w.holder_id AND u.benefit_code = w.code
        AND u.period_from = w.period_from
    WHERE (u.allowed_units, u.allowed_gr, u.allowed_deductible_gr)
        IS DISTINCT FROM (nullif(w.units, -1), nullif(w.gr, -1), w.deductible)
    ORDER BY u.id FOR UPDATE OF u
)
UPDATE claims_usage u SET
    allowed_units = CASE WHEN c.units IS NOT NULL THEN greatest(c.units, u.used_units) END,
    allowed_gr = CASE WHEN c.gr IS NOT NULL THEN greatest(c.gr, u.used_gr) END,
    allowed_deductible_gr =
        CASE WHEN c.deductible IS NOT NULL THEN greatest(c.deductible, u.used_deductible_gr) END
FROM changed c WHERE u.id = c.id
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
        values = [*columns, [start for start, _ in years], [end for _, end in years]]
        cursor.execute(_OPEN, values)
        made = cursor.rowcount
        cursor.execute(_REARM, values)
        return int(made + cursor.rowcount)


def _policy_year(year_from: date, day: date) -> tuple[date, date]:
    """Return the policy year of the day; who joins a family may have been covered before it was one."""
    start = year_from
    while start > day:
        start = days.add_years(start, -1)
    return days.policy_year(cover_start=start, day=day)
