"""Plans: drafted, filled, published for good; price limits dated."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from tests import cast

from ols.catalog import models as catalog_models
from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.kernel.actor import NotPermitted
from ols.plans import models, selectors, services

pytestmark = pytest.mark.django_db


@pytest.fixture
def insurer():
    cast.operator()
    return cast.insurer()


@pytest.fixture
def manager(insurer):
    return insurer.actor("plan-manager")


@pytest.fixture
def service_ids(insurer):
    return tuple(row.id for row in catalog.services(area_id=catalog.area(code="CONS").id)[:3])


def set_limits(manager, limits, day):
    with transaction.atomic():
        return services.write_price_limits(actor=manager, limits=limits, valid_from=day, at=cast.AT)


def plan(manager, code="KOMFORT"):
    return services.create_plan(actor=manager, code=code, name="Komfort (demo)", at=cast.AT)


def draft(manager, plan_uuid, day=date(2026, 1, 1)):
    return services.draft_terms(
        actor=manager,
        plan_uuid=plan_uuid,
        valid_from=day,
        deductible_gr=0,
        sum_insured_gr=-1,
        filing_limit_days=30,
        at=cast.AT,
    )


def benefit(manager, terms, service_ids, code="CONS", **values):
    return services.save_benefit(
        actor=manager,
        terms_uuid=terms,
        draft=services.BenefitDraft(code=code, name=code, service_ids=service_ids, **values),
        at=cast.AT,
    )


def publish(manager, terms):
    services.publish_terms(actor=manager, terms_uuid=terms, at=cast.AT)


def test_a_plan_is_drafted_filled_and_published(manager, service_ids):
    uuid = plan(manager)
    terms = draft(manager, uuid)
    benefit(manager, terms, service_ids, count_limit=5)
    publish(manager, terms)
    row = selectors.plan(manager, uuid=uuid).terms[0]
    assert row.published_at == cast.AT
    assert [(b.code, b.count_limit, b.service_ids) for b in row.benefits] == [
        ("CONS", 5, tuple(sorted(service_ids)))
    ]


def test_the_same_code_twice_is_refused(manager):
    plan(manager)
    with pytest.raises(services.PlanCodeTaken):
        plan(manager)
    assert len(selectors.plans(manager)) == 1


def test_published_terms_never_change(manager, service_ids):
    uuid = plan(manager)
    terms = draft(manager, uuid)
    one = benefit(manager, terms, service_ids)
    publish(manager, terms)
    with pytest.raises(services.TermsPublished):
        benefit(manager, terms, (), code="NEW")
    with pytest.raises(services.TermsPublished):
        services.remove_benefit(actor=manager, benefit_uuid=one, at=cast.AT)
    assert [b.code for b in selectors.plan(manager, uuid=uuid).terms[0].benefits] == ["CONS"]


def test_new_terms_copy_the_benefits_and_end_the_last_ones_when_published(manager, service_ids):
    uuid = plan(manager)
    first = draft(manager, uuid)
    benefit(manager, first, service_ids, coinsurance_bp=1250)
    publish(manager, first)
    second = draft(manager, uuid, date(2026, 12, 1))
    assert [row.valid_to for row in selectors.plan(manager, uuid=uuid).terms] == [None, None]
    publish(manager, second)
    newer, older = selectors.plan(manager, uuid=uuid).terms
    assert (older.valid_to, newer.valid_from, newer.valid_to) == (date(2026, 12, 1), date(2026, 12, 1), None)
    assert newer.benefits[0].coinsurance_bp == 1250
    assert newer.benefits[0].service_ids == older.benefits[0].service_ids
    assert newer.benefits[0].uuid != older.benefits[0].uuid


def test_one_draft_at_a_time_and_never_before_the_last_terms(manager, service_ids):
    uuid = plan(manager)
    first = draft(manager, uuid, date(2026, 6, 1))
    with pytest.raises(services.DraftExists):
        draft(manager, uuid, date(2026, 7, 1))
    benefit(manager, first, service_ids)
    publish(manager, first)
    with pytest.raises(services.NotAfterLastTerms):
        draft(manager, uuid, date(2026, 6, 1))


def test_terms_without_a_covered_service_cannot_be_published(manager, service_ids):
    terms = draft(manager, plan(manager))
    benefit(manager, terms, service_ids, is_excluded=True)
    with pytest.raises(services.NothingPromised):
        publish(manager, terms)


def test_a_service_belongs_to_one_benefit(manager, service_ids):
    terms = draft(manager, plan(manager))
    benefit(manager, terms, service_ids[:2], code="A")
    with pytest.raises(services.ServiceInTwoBenefits) as refused:
        benefit(manager, terms, service_ids[1:], code="B")
    assert refused.value.service_ids == [service_ids[1]]
    with pytest.raises(services.BenefitCodeTaken):
        benefit(manager, terms, (), code="A")
    assert models.Benefit.objects.count() == 1


def test_another_insurer_and_a_colleague_without_the_role_get_nothing(insurer, manager):
    uuid = plan(manager)
    stranger = cast.insurer(2).actor("plan-manager")
    with pytest.raises(NotFound):
        selectors.plan(stranger, uuid=uuid)
    with pytest.raises(NotFound):
        draft(stranger, uuid)
    with pytest.raises(NotPermitted):
        plan(insurer.actor("finance-preparer"), code="OTHER")
    assert models.PlanTerms.objects.count() == 0


def test_a_price_limit_ends_the_day_a_new_one_begins(manager, insurer, service_ids):
    service = service_ids[0]
    for day, amount in ((cast.TODAY, 20_000), (date(2026, 12, 1), 21_000)):
        set_limits(manager, {service: amount}, day)
    area = models.PriceLimit.objects.get(limit_gr=20_000).service.area_id
    on = {
        day: selectors.price_limits(insurer_id=insurer.id, area_id=area, on=day)
        for day in (cast.TODAY - timedelta(days=1), date(2026, 11, 30), date(2026, 12, 1))
    }
    assert list(on.values()) == [{}, {service: 20_000}, {service: 21_000}]
    history = selectors.price_limit_history(manager, service_id=service)
    assert [(row.limit_gr, row.valid_to) for row in history] == [(21_000, None), (20_000, date(2026, 12, 1))]


def test_a_limit_before_a_planned_one_counts_until_it(manager, service_ids):
    service, other = service_ids[:2]
    set_limits(manager, {service: 20_000, other: 5_000}, date(2027, 1, 1))
    assert len(set_limits(manager, {service: 21_000, other: 5_000}, cast.TODAY)) == 1
    history = selectors.price_limit_history(manager, service_id=service)
    assert [(row.limit_gr, row.valid_from, row.valid_to) for row in history] == [
        (20_000, date(2027, 1, 1), None),
        (21_000, cast.TODAY, date(2027, 1, 1)),
    ]
    assert [row.valid_from for row in selectors.price_limit_history(manager, service_id=other)] == [
        cast.TODAY
    ]
    assert set_limits(manager, {service: 21_000}, date(2026, 12, 1)) == frozenset()
    set_limits(manager, {service: None}, date(2027, 2, 1))
    assert selectors.price_limit_history(manager, service_id=service)[0].valid_to == date(2027, 2, 1)


def test_limits_of_the_past_and_of_foreign_services_are_refused(manager, service_ids):
    with pytest.raises(services.LimitInPast):
        set_limits(manager, {service_ids[0]: 1}, cast.TODAY - timedelta(days=1))
    stranger = cast.insurer(2)
    own = catalog_models.Service.objects.create(
        code="X-1", insurer_id=stranger.id, area_id=1, name="Usługa (demo)", search_key="usluga"
    )
    with pytest.raises(NotFound):
        set_limits(manager, {service_ids[0]: 100, own.pk: 100}, cast.TODAY)
    assert models.PriceLimit.objects.count() == 0
    assert len(set_limits(stranger.actor("plan-manager"), {own.pk: 100}, cast.TODAY)) == 1
