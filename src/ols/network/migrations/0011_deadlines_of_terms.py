"""A new version is accepted by a day; drafts of an insurer's texts; what was told; how long an acceptance holds."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


# How long an acceptance holds is computed, never stored: nothing can be late or forgotten (adr/0013).
# The index lets the view find the deadlines of later versions without reading the table.
VIEW = """
CREATE INDEX network_terms_deadline ON network_terms
    (kind, coalesce(insurer_id, 0), coalesce(area_id, 0), valid_from, accept_by) WHERE accept_by IS NOT NULL;

CREATE OR REPLACE VIEW network_pub_accepted_terms AS
SELECT a.organization_id AS provider_id, t.insurer_id, t.area_id, t.kind, (
    SELECT min(n.accept_by) FROM network_terms n
    WHERE n.kind = t.kind AND coalesce(n.insurer_id, 0) = coalesce(t.insurer_id, 0)
        AND coalesce(n.area_id, 0) = coalesce(t.area_id, 0)
        AND n.valid_from > t.valid_from AND n.accept_by IS NOT NULL
) AS holds_to
FROM network_terms_acceptance a JOIN network_terms t ON t.id = a.terms_id;
"""
VIEW_BEFORE = """
DROP VIEW network_pub_accepted_terms;
CREATE VIEW network_pub_accepted_terms AS
SELECT a.organization_id AS provider_id, t.insurer_id, t.area_id, t.kind
FROM network_terms_acceptance a JOIN network_terms t ON t.id = a.terms_id;
DROP INDEX network_terms_deadline;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0009_blocking'),
        ('catalog', '0003_starter_catalog'),
        ('network', '0010_public_network'),
    ]

    operations = [
        migrations.CreateModel(
            name='TermsNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(max_length=10)),
                ('at', models.DateTimeField()),
            ],
            options={
                'db_table': 'network_terms_notice',
            },
        ),
        migrations.RemoveConstraint(
            model_name='termsdraft',
            name='network_terms_draft_kind',
        ),
        migrations.RemoveConstraint(
            model_name='termsversion',
            name='network_terms_one_a_day',
        ),
        migrations.AddField(
            model_name='termsdraft',
            name='accept_by',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='termsdraft',
            name='area',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.servicearea'),
        ),
        migrations.AddField(
            model_name='termsdraft',
            name='insurer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization'),
        ),
        migrations.AddField(
            model_name='termsversion',
            name='accept_by',
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name='termsdraft',
            name='kind',
            field=models.CharField(choices=[('platform', 'Platform'), ('insurance-service', 'Insurance Service'), ('general', 'General'), ('thematic', 'Thematic')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='termsdraft',
            constraint=models.UniqueConstraint(fields=('kind', 'insurer', 'area'), name='network_terms_draft_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='termsdraft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('area', None), ('insurer', None), ('kind__in', ['platform', 'insurance-service'])), models.Q(('area', None), ('insurer__isnull', False), ('kind', 'general')), models.Q(('area__isnull', False), ('insurer__isnull', False), ('kind', 'thematic')), _connector='OR'), name='network_terms_draft_scope'),
        ),
        migrations.AddConstraint(
            model_name='termsversion',
            constraint=models.UniqueConstraint(fields=('kind', 'insurer', 'area', 'valid_from'), name='network_terms_one_a_day', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='termsversion',
            constraint=models.CheckConstraint(condition=models.Q(('accept_by', None), ('accept_by__gte', models.F('valid_from')), _connector='OR'), name='network_terms_accept_by'),
        ),
        migrations.AddField(
            model_name='termsnotice',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization'),
        ),
        migrations.AddField(
            model_name='termsnotice',
            name='terms',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.termsversion'),
        ),
        migrations.AddConstraint(
            model_name='termsnotice',
            constraint=models.UniqueConstraint(fields=('terms', 'organization', 'stage'), name='network_terms_notice_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='termsnotice',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ab570bc6167eb9d4e70e010e11739fae8956272b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7ba8c', table='network_terms_notice', when='BEFORE')),
        ),
        migrations.RunSQL(VIEW, VIEW_BEFORE),
    ]
