"""The views other contexts join (README.md). Days are half-open: valid_from <= day < valid_to (null: open)."""

from django.db import migrations

VIEWS = """
CREATE VIEW plans_pub_plan AS
SELECT id AS plan_id, uuid, insurer_id, code, name, is_active FROM plans_plan;

CREATE VIEW plans_pub_terms AS
SELECT id AS terms_id, plan_id, valid_from, valid_to, deductible_gr, sum_insured_gr, filing_limit_days
FROM plans_terms;

CREATE VIEW plans_pub_benefit AS
SELECT id AS benefit_id, terms_id, code, name, count_limit, amount_limit_gr, is_family_shared, copay_gr,
    coinsurance_bp, franchise_gr, waiting_days, waiting_months, age_from, age_below, sex, needs_referral,
    referral_valid_days, needs_authorization, interval_days, network_only, out_of_network_bp,
    out_of_network_cap_gr, is_excluded
FROM plans_benefit;

CREATE VIEW plans_pub_benefit_service AS
SELECT terms_id, service_id, benefit_id FROM plans_benefit_service;

CREATE VIEW plans_pub_price_limit AS
SELECT insurer_id, service_id, valid_from, valid_to, limit_gr FROM plans_price_limit;
"""
NO_VIEWS = """
DROP VIEW plans_pub_price_limit;
DROP VIEW plans_pub_benefit_service;
DROP VIEW plans_pub_benefit;
DROP VIEW plans_pub_terms;
DROP VIEW plans_pub_plan;
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]
    operations = [migrations.RunSQL(VIEWS, NO_VIEWS)]
