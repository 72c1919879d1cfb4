"""The sequence of application numbers."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("onboarding", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE onboarding_application_number",
            "DROP SEQUENCE onboarding_application_number",
        )
    ]
