"""Numbers of contracts come from a sequence: nobody waits for anybody."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("network", "0002_published_views")]
    operations = [
        migrations.RunSQL("CREATE SEQUENCE network_contract_number", "DROP SEQUENCE network_contract_number")
    ]
