"""The views other contexts join (README.md). A family is the people of one policy with one family key."""

from django.db import migrations

VIEWS = """
CREATE INDEX coverage_family ON coverage_coverage (policy_id, family_key, id) WHERE family_key <> '';

CREATE VIEW coverage_pub_in_force AS
SELECT c.id AS coverage_id, c.uuid, c.insurer_id, c.policy_id, c.person_id, c.plan_id, c.cover_from, c.cover_to,
    c.waiting_from, c.suspended_from, c.is_active, p.birth_date, p.sex,
    CASE WHEN c.family_key = '' THEN c.id ELSE (
        SELECT f.id FROM coverage_coverage f
        WHERE f.policy_id = c.policy_id AND f.family_key = c.family_key AND f.family_key <> ''
        ORDER BY f.id LIMIT 1
    ) END AS family_holder_id
FROM coverage_coverage c JOIN coverage_person p ON p.id = c.person_id;

-- What a receptionist may see of a person, and by what a person is found; no surname, no PESEL.
CREATE VIEW coverage_pub_identity AS
SELECT c.id AS coverage_id, c.uuid, c.insurer_id, c.person_id, c.card_number, o.number AS policy_number,
    p.pesel_index, p.birth_date, p.first_name, left(p.last_name, 1) AS last_initial
FROM coverage_coverage c
JOIN coverage_person p ON p.id = c.person_id
JOIN coverage_policy o ON o.id = c.policy_id;
"""
NO_VIEWS = """
DROP VIEW coverage_pub_identity;
DROP VIEW coverage_pub_in_force;
DROP INDEX coverage_family;
"""


class Migration(migrations.Migration):
    dependencies = [("coverage", "0001_initial")]
    operations = [migrations.RunSQL(VIEWS, NO_VIEWS)]
