"""Closed days of a business card, in the card's table and in the view other contexts join."""

import django.contrib.postgres.fields
from django.db import migrations, models

COLUMNS = """SELECT id AS card_id, uuid, organization_id, name, street, postal_code, city, voivodeship, latitude, longitude,
    is_exact, phone, second_phone, email, website, open_from, open_to, closed_on_holidays, hours_note, specialities,
    languages, wheelchair, access_note, description, search_key, sort_key"""
VIEW = f"""
CREATE OR REPLACE VIEW registry_pub_card AS
{COLUMNS}, closed_from, closed_to, closed_for
FROM registry_card WHERE is_shown;
"""
# The columns go after it, so the view must not name them any more.
BEFORE = f"""
DROP VIEW registry_pub_card;
CREATE VIEW registry_pub_card AS {COLUMNS} FROM registry_card WHERE is_shown;
"""


def _dates() -> django.contrib.postgres.fields.ArrayField:
    return django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), default=list, size=None)


class Migration(migrations.Migration):
    dependencies = [("registry", "0008_published_facility")]
    operations = [
        migrations.AddField("businesscard", "closed_from", _dates()),
        migrations.AddField("businesscard", "closed_to", _dates()),
        migrations.AddField(
            "businesscard",
            "closed_for",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=100), default=list, size=None
            ),
        ),
        migrations.AddConstraint(
            "businesscard",
            models.CheckConstraint(
                condition=models.Q(
                    closed_to__len=models.F("closed_from__len"), closed_for__len=models.F("closed_from__len")
                ),
                name="registry_card_closed_together",
            ),
        ),
        migrations.RunSQL(VIEW, BEFORE),
    ]
