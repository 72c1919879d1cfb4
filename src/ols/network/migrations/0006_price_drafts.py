import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("network", "0005_drafts_of_terms")]

    operations = [
        migrations.CreateModel(
            name="PriceDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("version", models.IntegerField(default=1)),
                ("entries", models.JSONField(default=dict)),
                ("tabs", models.JSONField(default=list)),
                ("changed_at", models.DateTimeField()),
                (
                    "price_list",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draft",
                        to="network.pricelist",
                    ),
                ),
            ],
            options={
                "db_table": "network_price_draft",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="network_price_draft_version"
                    )
                ],
            },
        )
    ]
