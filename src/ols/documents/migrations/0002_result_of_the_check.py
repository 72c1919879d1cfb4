"""What the check of an upload found is kept beside the file."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [
        migrations.AddField("document", "pages", models.IntegerField(null=True)),
        migrations.AddField("document", "scan", models.CharField(blank=True, default="", max_length=5), preserve_default=False),
    ]
