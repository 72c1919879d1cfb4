"""Organizations and people have a status; whether they are active follows from it."""

from django.db import migrations, models
from django.db.models import Q

_BLOCKED = """
UPDATE accounts_organization SET status = 'blocked' WHERE NOT is_active;
UPDATE accounts_user SET status = 'blocked' WHERE NOT is_active;
"""


def _is_active():
    return models.GeneratedField(
        expression=models.ExpressionWrapper(Q(status="active"), output_field=models.BooleanField()),
        output_field=models.BooleanField(),
        db_persist=True,
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_login_failures_by_browser")]
    operations = [
        migrations.AddField("organization", "status", models.CharField(default="active", max_length=10)),
        migrations.AddField("user", "status", models.CharField(default="active", max_length=10)),
        migrations.RunSQL(_BLOCKED, migrations.RunSQL.noop),
        migrations.RemoveField("organization", "is_active"),
        migrations.RemoveField("user", "is_active"),
        migrations.AddField("organization", "is_active", _is_active()),
        migrations.AddField("user", "is_active", _is_active()),
        migrations.AddConstraint(
            "organization",
            models.CheckConstraint(
                condition=Q(status__in=["active", "blocked"]), name="accounts_organization_status"
            ),
        ),
        migrations.AddConstraint(
            "user",
            models.CheckConstraint(condition=Q(status__in=["active", "blocked"]), name="accounts_user_status"),
        ),
    ]
