"""An empty machine begins with the starter catalog."""

from django.db import migrations

from ols.catalog import seed
from ols.kernel.sortkey import search_key


def load(apps, schema_editor):
    areas = apps.get_model("catalog", "ServiceArea")
    services = apps.get_model("catalog", "Service")
    areas.objects.bulk_create(
        [areas(code=code, position=position, name_pl=pl, name_en=en) for position, (code, pl, en) in enumerate(seed.AREAS, start=1)]
    )
    ids = dict(areas.objects.values_list("code", "id"))
    services.objects.bulk_create(
        [
            services(code=code, area_id=ids[area], icd9=icd9, name=name, search_key=search_key(f"{code} {name} {icd9}"), demo_price_gr=price)
            for code, area, icd9, name, price in seed.coded_services()
        ]
    )


class Migration(migrations.Migration):
    dependencies = [("catalog", "0002_published_views")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
