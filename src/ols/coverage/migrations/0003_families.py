"""A family is a row of its own: a shared limit outlives whoever of the family came first.

claims/0005 hands the counters that the family's first cover held over to the family.
"""

import django.db.models.deletion
from django.db import migrations, models

FILL = """
INSERT INTO coverage_family (policy_id, key, year_from)
SELECT DISTINCT ON (policy_id, family_key) policy_id, family_key, cover_from
FROM coverage_coverage WHERE family_key <> '' ORDER BY policy_id, family_key, id;

UPDATE coverage_coverage c SET family_id = f.id
FROM coverage_family f WHERE f.policy_id = c.policy_id AND f.key = c.family_key;
"""
# What a claim joins: the holder of a shared limit is minus the family's id, so that no cover has the same.
VIEW = """
CREATE OR REPLACE VIEW coverage_pub_in_force AS
SELECT c.id AS coverage_id, c.uuid, c.insurer_id, c.policy_id, c.person_id, c.plan_id, c.cover_from, c.cover_to,
    c.waiting_from, c.suspended_from, c.is_active, p.birth_date, p.sex,
    coalesce(-f.id, c.id) AS family_holder_id, coalesce(f.year_from, c.cover_from) AS family_year_from
FROM coverage_coverage c
JOIN coverage_person p ON p.id = c.person_id
LEFT JOIN coverage_family f ON f.id = c.family_id;
"""


class Migration(migrations.Migration):
    dependencies = [("coverage", "0002_published_views")]
    operations = [
        migrations.RunSQL("DROP INDEX coverage_family", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Family",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40)),
                ("year_from", models.DateField()),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="families", to="coverage.policy"
                    ),
                ),
            ],
            options={
                "db_table": "coverage_family",
                "constraints": [
                    models.UniqueConstraint(fields=("policy", "key"), name="coverage_family_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="coverage",
            name="family",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="coverages",
                to="coverage.family",
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(VIEW, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="coverage", name="family_key"),
    ]
