"""What an insurer sets for its network appears in the history under an identity of its own."""

from django.db import migrations, models

import ols.db.fields


def identity():
    return models.UUIDField(default=ols.db.fields.new_uuid, editable=False, unique=True)


class Migration(migrations.Migration):
    dependencies = [("network", "0003_contract_numbers")]
    operations = [
        migrations.AddField("areaopening", "uuid", identity()),
        migrations.AddField("documentrequirement", "uuid", identity()),
    ]
