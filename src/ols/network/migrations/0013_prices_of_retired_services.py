"""The price of a retired service counts until before the day of its retirement."""

from django.db import migrations

VIEW = """
CREATE OR REPLACE VIEW network_pub_price AS
SELECT p.contract_id, p.insurer_id, p.provider_id, p.area_id, p.service_id, p.price_gr, p.valid_from,
    least(p.valid_to, s.retired_on) AS valid_to
FROM network_contracted_price p JOIN catalog_pub_service s ON s.service_id = p.service_id
"""
BEFORE = """
CREATE OR REPLACE VIEW network_pub_price AS
SELECT contract_id, insurer_id, provider_id, area_id, service_id, price_gr, valid_from, valid_to
FROM network_contracted_price
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0004_own_services"), ('network', '0012_negotiated_lines')]
    operations = [migrations.RunSQL(VIEW, BEFORE)]
