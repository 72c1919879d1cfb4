"""The view other contexts join (README.md): the cards their clinics show."""

from django.db import migrations

VIEW = """
CREATE VIEW registry_pub_card AS
SELECT id AS card_id, uuid, organization_id, name, street, postal_code, city, voivodeship, latitude, longitude, is_exact,
    phone, second_phone, email, website, open_from, open_to, closed_on_holidays, hours_note, specialities, languages,
    wheelchair, access_note, description, search_key, sort_key
FROM registry_card WHERE is_shown;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0005_business_cards")]
    operations = [migrations.RunSQL(VIEW, "DROP VIEW registry_pub_card")]
