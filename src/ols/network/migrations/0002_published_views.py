"""The views other contexts join (README.md)."""

from django.db import migrations

VIEWS = """
CREATE VIEW network_pub_contract AS
SELECT id AS contract_id, uuid, number, insurer_id, provider_id, status, starts_on, iban, bank_name
FROM network_contract;

CREATE VIEW network_pub_price AS
SELECT contract_id, insurer_id, provider_id, area_id, service_id, price_gr, valid_from, valid_to
FROM network_contracted_price;

CREATE VIEW network_pub_accepted_terms AS
SELECT a.organization_id AS provider_id, t.insurer_id, t.area_id, t.kind
FROM network_terms_acceptance a JOIN network_terms t ON t.id = a.terms_id;
"""
NO_VIEWS = """
DROP VIEW network_pub_accepted_terms;
DROP VIEW network_pub_price;
DROP VIEW network_pub_contract;
"""


class Migration(migrations.Migration):
    dependencies = [("network", "0001_initial")]
    operations = [migrations.RunSQL(VIEWS, NO_VIEWS)]
