"""What delivered letters said (links with secrets, personal data) goes; that they were sent stays."""

from django.db import migrations

FORGET = """
UPDATE notifications_outbox SET payload = payload - 'context' - 'attachments'
WHERE kind = 'email' AND done_at IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial")]
    operations = [migrations.RunSQL(FORGET, migrations.RunSQL.noop)]
