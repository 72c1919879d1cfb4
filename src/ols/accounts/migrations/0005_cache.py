from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_insurer_once'),
    ]

    operations = [
        # Rate limits and used codes (Django's database cache). Unlogged: after a crash counting begins anew.
        migrations.RunSQL(
            """
            CREATE UNLOGGED TABLE accounts_cache (
                cache_key varchar(255) PRIMARY KEY,
                value text NOT NULL,
                expires timestamptz NOT NULL
            );
            CREATE INDEX accounts_cache_expires ON accounts_cache (expires);
            """,
            "DROP TABLE accounts_cache",
        ),
    ]
