"""Kinds of documents say how fresh a file must be; files have dates, a status and a history of their own."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F

import ols.db.fields


def fill(apps, schema_editor):
    """Give every file an identity of its own, and the kinds the order they were made in."""
    files = apps.get_model("network", "ContractDocument").objects
    for row in files.all():
        row.uuid = ols.db.fields.new_uuid()
        row.save(update_fields=["uuid"])
    files.exclude(replaced_at=None).update(status="replaced")
    files.exclude(contract__offered_at=None).update(sent_at=F("added_at"))
    apps.get_model("network", "DocumentRequirement").objects.update(position=F("id"))


def kind(name, field):
    return migrations.AddField("documentrequirement", name, field)


def file(name, field):
    return migrations.AddField("contractdocument", name, field)


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_result_of_the_check"), ("network", "0013_prices_of_retired_services")]
    operations = [
        kind("name_en", models.CharField(blank=True, default="", max_length=120)),
        kind("explanation", models.TextField(blank=True, default="")),
        kind("max_age", models.PositiveSmallIntegerField(null=True)),
        kind("age_unit", models.CharField(default="months", max_length=6)),
        kind("is_renewed", models.BooleanField(default=False)),
        kind("has_end", models.BooleanField(default=False)),
        kind("max_files", models.PositiveSmallIntegerField(default=1)),
        kind("position", models.PositiveIntegerField(default=0)),
        kind("suspend_after_days", models.PositiveSmallIntegerField(null=True)),
        file("uuid", models.UUIDField(editable=False, null=True)),
        file("status", models.CharField(default="given", max_length=10)),
        file("asked", models.JSONField(default=dict)),
        file("issued_on", models.DateField(null=True)),
        file("valid_until", models.DateField(null=True)),
        file("ends_on", models.DateField(null=True)),
        file("added_by", models.CharField(blank=True, default="", max_length=120)),
        file("sent_at", models.DateTimeField(null=True)),
        file(
            "renews",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="renewals",
                to="network.contractdocument",
            ),
        ),
        file("remark", models.TextField(blank=True, default="")),
        file("told_days", models.PositiveSmallIntegerField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
