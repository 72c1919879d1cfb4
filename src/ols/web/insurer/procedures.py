"""ICD-9-PL codes on the pages of own services: what is known, what is near to what was typed."""

from collections.abc import Callable
from datetime import date

from django.http import QueryDict
from django.utils import timezone

from ols.catalog import icd9, services
from ols.catalog import selectors as catalog
from ols.catalog.icd9 import Icd9Code, Icd9Problem
from ols.catalog.own_service import OwnService
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.web.insurer.forms.ownservice import Service

_SUGGESTED = 20
_SHOWN_BEFORE = 2


def is_loaded() -> bool:
    """Say whether there is a dictionary; without one only the form of a code is checked."""
    return catalog.icd9_loaded_at() is not None


def taken(sent: QueryDict) -> QueryDict | None:
    """Return what was sent; a near code that was chosen stands in its field. None: nothing was sent."""
    if "take" not in sent:
        return sent or None
    changed = sent.copy()
    changed["icd9"] = str(sent["take"])
    return changed


def explain(form: Service, error: services.ServiceRefused) -> None:
    """Say at its field what is wrong; words in place of a code lead to codes with these words."""
    text = str(form.cleaned_data["icd9"])
    form.explain(error)
    if error.reason == "ICD9":
        form.offer(tuple(suggested(text)[: icd9.OFFERED]))


def suggested(text: str) -> list[Icd9Code]:
    """Return the codes that begin with the text, or whose names hold its words."""
    if len(text.strip()) < _SHOWN_BEFORE:
        return []
    return catalog.icd9_dictionary().found(text, on=_today(), most=_SUGGESTED)


def checker(actor: Actor, area: catalog.AreaRow) -> Callable[[OwnService], Icd9Problem | None]:
    """Return what says whether a row's code is known; one that the service has already may stay."""
    dictionary, today = catalog.icd9_dictionary(), _today()
    had = {row.code: row.icd9 for row in catalog.own_services(actor, area_id=area.id)}

    def problem(one: OwnService) -> Icd9Problem | None:
        return None if one.icd9 == had.get(one.code, "") else dictionary.problem(one.icd9, on=today)

    return problem


def near(problem: Icd9Problem | None) -> tuple[Icd9Code, ...]:
    """Return the codes near to one that cannot be taken."""
    return problem.nearest if problem else ()


def _today() -> date:
    return days.local_date(timezone.now())
