"""Everything a decision needs, in one statement over the published views, as rows of ints.

The statement locks the counters of the claim (in key order) unless only an estimate is wanted.
"""

from collections.abc import Sequence
from typing import NamedTuple

from ols.claims.types import ClaimDraft
from ols.db.pipeline import Pipeline, Row, Statement

# Days are counted from 1970-01-01 as in the core; flags are 0 or 1; null means that there is none.
_FACTS = """
WITH cover AS MATERIALIZED (
    SELECT c.coverage_id, c.insurer_id, c.person_id, c.cover_from, c.cover_to, c.waiting_from,
        c.suspended_from, c.is_active, c.birth_date, c.sex, c.family_holder_id, k.contract_id,
        k.is_contract_active, t.terms_id, t.deductible_gr, t.sum_insured_gr, t.filing_limit_days,
        (SELECT id FROM claims_claim WHERE provider_id = $2 AND idempotency_key = $5) AS earlier_id,
        (SELECT moves FROM claims_usage WHERE holder_id = c.coverage_id AND benefit_code = ''
            AND period_from <= $3 AND period_to >= $3) AS moves_seen
    FROM coverage_pub_in_force c
    JOIN LATERAL (
        SELECT contract_id, status = 'active' AND starts_on <= $3
            AND (ends_on IS NULL OR ends_on > $3) AS is_contract_active
        FROM network_pub_contract n
        WHERE n.insurer_id = c.insurer_id AND n.provider_id = $2
        ORDER BY status = 'active' DESC, contract_id DESC LIMIT 1
    ) k ON true
    LEFT JOIN plans_pub_terms t
        ON t.plan_id = c.plan_id AND t.valid_from <= $3 AND (t.valid_to IS NULL OR t.valid_to > $3)
    WHERE c.uuid = $1
), accepted AS MATERIALIZED (
    SELECT a.area_id, max(coalesce(a.holds_to, 'infinity')) >= $3 AS holds
    FROM cover c
    JOIN network_pub_accepted_terms a
        ON a.provider_id = $2 AND (a.insurer_id = c.insurer_id OR a.insurer_id IS NULL)
    GROUP BY a.kind, a.area_id
), item AS MATERIALIZED (
    SELECT d.position, s.service_id, s.name AS service_name, b.*, h.distance, h.is_duplicate, p.price_gr,
        l.limit_gr,
        CASE WHEN b.is_family_shared THEN c.family_holder_id ELSE c.coverage_id END AS holder_id,
        EXISTS (SELECT FROM accepted a WHERE a.area_id = s.area_id AND a.holds)
            AND NOT EXISTS (SELECT FROM accepted a WHERE a.area_id IS NULL AND NOT a.holds) AS is_accepted
    FROM cover c
    CROSS JOIN unnest($4::text[]) WITH ORDINALITY AS d (code, position)
    LEFT JOIN LATERAL (
        SELECT * FROM catalog_pub_service o WHERE o.code = d.code AND o.insurer_id = c.insurer_id
        UNION ALL SELECT * FROM catalog_pub_service g WHERE g.code = d.code AND g.insurer_id IS NULL
        LIMIT 1
    ) s ON true
    LEFT JOIN plans_pub_benefit_service e ON e.terms_id = c.terms_id AND e.service_id = s.service_id
    LEFT JOIN plans_pub_benefit b ON b.benefit_id = e.benefit_id
    LEFT JOIN LATERAL (
        SELECT price_gr FROM network_pub_price q
        WHERE q.provider_id = $2 AND q.insurer_id = c.insurer_id AND q.service_id = s.service_id
            AND q.valid_from <= $3 AND (q.valid_to IS NULL OR q.valid_to > $3)
        LIMIT 1
    ) p ON true
    LEFT JOIN plans_pub_price_limit l
        ON l.insurer_id = c.insurer_id AND l.service_id = s.service_id
        AND l.valid_from <= $3 AND (l.valid_to IS NULL OR l.valid_to > $3)
    LEFT JOIN LATERAL (
        SELECT min(abs(v.service_date - $3)) AS distance,
            bool_or(v.service_date = $3 AND m.provider_id = $2) AS is_duplicate
        FROM claims_line v JOIN claims_claim m ON m.id = v.claim_id
        WHERE v.person_id = c.person_id AND v.service_id = s.service_id AND v.outcome <> 'DENIED'
            AND v.service_date BETWEEN $3 - coalesce(b.interval_days, 0) AND $3 + coalesce(b.interval_days, 0)
            AND m.status IN ('authorized', 'pended', 'confirmed')
    ) h ON true
), counter AS MATERIALIZED (
    SELECT u.* FROM claims_usage u
    JOIN (
        SELECT coverage_id AS holder_id, '' AS code FROM cover
        UNION SELECT holder_id, code FROM item WHERE code IS NOT NULL
    ) w ON u.holder_id = w.holder_id AND u.benefit_code = w.code
    WHERE u.period_from <= $3 AND u.period_to >= $3
    ORDER BY u.id {lock}
)
SELECT c.earlier_id, c.coverage_id, c.insurer_id, c.person_id, c.contract_id, c.is_contract_active::int,
    c.cover_from - DATE '1970-01-01', c.cover_to - DATE '1970-01-01', c.waiting_from - DATE '1970-01-01',
    c.suspended_from - DATE '1970-01-01', c.is_active::int, c.birth_date - DATE '1970-01-01',
    CASE c.sex WHEN 'F' THEN 1 WHEN 'M' THEN 2 ELSE 0 END,
    c.terms_id, c.deductible_gr, c.sum_insured_gr, c.filing_limit_days, c.moves_seen,
    r.id, r.moves, r.used_gr, r.used_deductible_gr, r.allowed_gr, r.allowed_deductible_gr,
    i.service_id, i.price_gr, i.limit_gr, i.is_accepted::int, i.distance, i.is_duplicate::int, i.benefit_id,
    i.count_limit, i.amount_limit_gr, i.is_family_shared::int, i.copay_gr, i.coinsurance_bp, i.franchise_gr,
    i.waiting_days, i.waiting_months, i.age_from, i.age_below,
    CASE i.sex WHEN 'F' THEN 1 WHEN 'M' THEN 2 ELSE 0 END,
    i.needs_referral::int, i.referral_valid_days, i.needs_authorization::int, i.interval_days,
    i.is_excluded::int, i.holder_id, u.id, u.used_units, u.used_gr, u.allowed_units, u.allowed_gr,
    i.service_name, i.code, i.name
FROM cover c
CROSS JOIN item i
LEFT JOIN counter r ON r.holder_id = c.coverage_id AND r.benefit_code = ''
LEFT JOIN counter u ON u.holder_id = i.holder_id AND u.benefit_code = i.code
ORDER BY i.position
"""

_LOCKING = Statement("claim_facts", _FACTS.format(lock="FOR UPDATE OF u"))
_READING = Statement("claim_estimate", _FACTS.format(lock=""))
_COVER_WIDTH = 24


class Cover(NamedTuple):
    """The cover, the contract, the plan and the counter that the whole plan shares."""

    earlier_id: int | None
    coverage_id: int
    insurer_id: int
    person_id: int
    contract_id: int
    is_contract_active: int | None
    cover_from: int
    cover_to: int
    waiting_from: int
    suspended_from: int | None
    is_active: int
    birth: int
    sex: int
    terms_id: int | None
    deductible_gr: int | None
    sum_insured_gr: int | None
    filing_limit_days: int | None
    moves_seen: int | None
    usage_id: int | None
    moves: int | None
    used_gr: int | None
    used_deductible_gr: int | None
    allowed_gr: int | None
    allowed_deductible_gr: int | None


class Item(NamedTuple):
    """One service of the claim: price, benefit, earlier services and the benefit's counter."""

    service_id: int | None
    price_gr: int | None
    limit_gr: int | None
    is_accepted: int
    distance: int | None
    is_duplicate: int | None
    benefit_id: int | None
    count_limit: int
    amount_limit_gr: int
    is_shared: int
    copay_gr: int
    coinsurance_bp: int
    franchise_gr: int
    waiting_days: int
    waiting_months: int
    age_from: int
    age_below: int
    sex: int
    needs_referral: int
    referral_valid_days: int
    needs_authorization: int
    interval_days: int
    is_excluded: int
    holder_id: int
    usage_id: int | None
    used_units: int | None
    used_gr: int | None
    allowed_units: int | None
    allowed_gr: int | None
    service_name: str
    benefit_code: str
    benefit_name: str


class ClaimFacts(NamedTuple):
    """What is known about a claim; the items stand in the order of the draft's lines."""

    cover: Cover
    items: tuple[Item, ...]

    @property
    def are_stale(self) -> bool:
        """Say whether another claim of this cover was decided while this one waited for the lock."""
        return self.cover.moves != self.cover.moves_seen

    @property
    def touched(self) -> set[int]:
        """Return what a decision on these facts reads and moves: the person (negative) and the counters."""
        counters = {item.usage_id for item in self.items if item.usage_id is not None}
        return counters | {-self.cover.person_id, self.cover.usage_id or -self.cover.person_id}

    def lack_counters_on(self, day: int) -> bool:
        """Say whether a covered day lacks a counter, or has one that guards another limit than the terms."""
        if not self.cover.cover_from <= day <= self.cover.cover_to:
            return False
        return _plan_counter_differs(self.cover) or any(map(_counter_differs, self.items))


class FactsWanted(NamedTuple):
    """What facts are asked for: the draft of a provider, and the key it is sent under."""

    draft: ClaimDraft
    provider_id: int
    idempotency_key: str = ""


def load_claim_facts(pipeline: Pipeline, wanted: Sequence[FactsWanted]) -> list[ClaimFacts | None]:
    """Read the facts of each claim and lock its counters until the transaction ends, in one round trip.

    None stands for a cover that is not for us. A wait for a lock may leave the other facts older than the
    counters: then they are read again, now that nobody can move the counters any more.
    """
    calls = [_values(one) for one in wanted]
    found = [_facts(rows) for rows in pipeline.fetch_each(_LOCKING, calls)]
    return [
        _facts(pipeline.fetch(_LOCKING, *values)) if facts is not None and facts.are_stale else facts
        for facts, values in zip(found, calls, strict=True)
    ]


def load_estimate_facts(pipeline: Pipeline, wanted: FactsWanted) -> ClaimFacts | None:
    """Read the facts as they are now, locking nothing; None when the cover is not for us."""
    return _facts(pipeline.fetch(_READING, *_values(wanted)))


def _values(wanted: FactsWanted) -> tuple[object, ...]:
    draft = wanted.draft
    codes = [line.service_code for line in draft.lines]
    return draft.coverage_uuid, wanted.provider_id, draft.service_date, codes, wanted.idempotency_key


def _facts(rows: list[Row]) -> ClaimFacts | None:
    if not rows:
        return None
    cover = Cover(*_ints(rows[0][:_COVER_WIDTH]))  # type: ignore[arg-type]  # not null where the SQL says so
    return ClaimFacts(cover, tuple(_item(row) for row in rows))


def _item(row: Row) -> Item:
    texts = [(value or b"").decode() for value in row[-3:]]
    return Item(*_ints(row[_COVER_WIDTH:-3]), *texts)  # type: ignore[arg-type]  # as above


def _ints(values: Row) -> list[int | None]:
    return [None if value is None else int(value) for value in values]


def _plan_counter_differs(cover: Cover) -> bool:
    if cover.terms_id is None:
        return False
    if cover.usage_id is None:
        return True
    return (cover.allowed_gr, cover.allowed_deductible_gr) != (
        guard(cover.sum_insured_gr, cover.used_gr),
        guard(cover.deductible_gr, cover.used_deductible_gr),
    )


def _counter_differs(item: Item) -> bool:
    if item.benefit_id is None:
        return False
    if item.usage_id is None:
        return True
    return (item.allowed_units, item.allowed_gr) != (
        guard(item.count_limit, item.used_units),
        guard(item.amount_limit_gr, item.used_gr),
    )


def guard(limit: int | None, used: int | None) -> int | None:
    """Return what a counter's CHECK allows under the terms' limit (-1: none); never less than is used."""
    if limit is None or limit < 0:
        return None
    return max(limit, used or 0)
