"""The starter catalog."""

from ols.catalog import models, seed
from ols.db.transactions import within_transaction
from ols.kernel.sortkey import search_key


@within_transaction
def load_starter_catalog() -> None:
    """Add the areas and services of `seed` that are missing; what is there already stays as it is."""
    models.ServiceArea.objects.bulk_create(
        [
            models.ServiceArea(code=code, position=position, name_pl=name_pl, name_en=name_en)
            for position, (code, name_pl, name_en) in enumerate(seed.AREAS, start=1)
        ],
        ignore_conflicts=True,
    )
    areas = dict(models.ServiceArea.objects.values_list("code", "id"))
    models.Service.objects.bulk_create(
        [
            models.Service(
                code=code,
                area_id=areas[area],
                icd9=icd9,
                name=name,
                search_key=search_key(f"{code} {name} {icd9}"),
                demo_price_gr=price_gr,
            )
            for code, area, icd9, name, price_gr in seed.coded_services()
        ],
        ignore_conflicts=True,
    )
