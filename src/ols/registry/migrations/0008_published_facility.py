"""The view other contexts join (README.md): in which voivodeships a clinic that joined works."""

from django.db import migrations

VIEW = """
CREATE VIEW registry_pub_facility AS
SELECT id AS facility_id, organization_id, left(teryt, 2) AS voivodeship, city FROM registry_joined_facility;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0007_postal_codes")]
    operations = [migrations.RunSQL(VIEW, "DROP VIEW registry_pub_facility")]
