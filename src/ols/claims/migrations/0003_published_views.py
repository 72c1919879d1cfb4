"""The view other contexts join (README.md); room on the pages of the counters for updates in place."""

from django.db import migrations

VIEWS = """
CREATE VIEW claims_pub_settlement AS
SELECT c.id AS claim_id, c.uuid, c.number, c.insurer_id, c.provider_id, c.contract_id, c.service_date,
    c.decided_at, c.confirmed_at, c.closed_at, c.status, c.outcome, c.submitted_gr, c.patient_gr, c.insurer_gr,
    (SELECT string_agg(l.service_code, ', ' ORDER BY l.position) FROM claims_line l WHERE l.claim_id = c.id)
        AS service_codes
FROM claims_claim c;
"""
ROOM = "ALTER TABLE claims_usage SET (fillfactor = 70)"
NO_ROOM = "ALTER TABLE claims_usage RESET (fillfactor)"


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_lean_hot_tables")]
    operations = [
        migrations.RunSQL(VIEWS, "DROP VIEW claims_pub_settlement"),
        migrations.RunSQL(ROOM, NO_ROOM),
    ]
