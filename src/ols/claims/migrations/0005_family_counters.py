"""Shared counters go over from a family's first cover to the family itself (coverage/0003)."""

from django.db import migrations

MOVE = """
UPDATE claims_usage u SET holder_id = first.family_holder_id
FROM (
    SELECT DISTINCT ON (family_holder_id) family_holder_id, coverage_id, plan_id FROM coverage_pub_in_force
    WHERE family_holder_id < 0 ORDER BY family_holder_id, coverage_id
) first
WHERE u.holder_id = first.coverage_id AND u.benefit_code IN (
    SELECT b.code FROM plans_pub_benefit b JOIN plans_pub_terms t ON t.terms_id = b.terms_id
    WHERE t.plan_id = first.plan_id AND b.is_family_shared
);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0004_kept_drafts"),
        ("coverage", "0003_families"),
        ("plans", "0003_draft_and_published_terms"),
    ]
    operations = [migrations.RunSQL(MOVE, migrations.RunSQL.noop)]
