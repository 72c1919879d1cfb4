"""The view other contexts join (README.md)."""

from django.db import migrations

VIEWS = """
CREATE VIEW catalog_pub_service AS
SELECT id AS service_id, insurer_id, area_id, code, icd9, name, search_key, unit FROM catalog_service;
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]
    operations = [migrations.RunSQL(VIEWS, "DROP VIEW catalog_pub_service")]
