"""The insured: a policy file of each insurer, imported as the insurer itself would."""

import csv
import io
from datetime import date, timedelta

from ols.accounts.permissions import Role
from ols.cli.demo_world.chance import at_hour
from ols.cli.demo_world.plans import PLANS, Plan
from ols.cli.demo_world.world import Firm, World
from ols.coverage import services as coverage
from ols.kernel import days, generated

_COLUMNS = (
    "policy_number", "plan_code", "holder_name", "card_number", "pesel", "first_name", "last_name",
    "cover_from", "cover_to", "waiting_from", "suspended_from", "family_key",
)  # fmt: skip
_GROUP = 60
_FAMILY = (1, 2, 3, 3, 4, 5)
_OLDEST, _YOUNGEST, _ADULT = 78, 1, 19
_COVER_YEARS = 2
# Somebody of each plan whom a visitor can look up: first name and PESEL, invented like all others.
PEOPLE_TO_TRY = {
    "LIPA-START": ("Barbara", "85071597040"),
    "LIPA-KOMFORT": ("Celina", "90030840422"),
    "BURSZTYN-RODZINA": ("Dorota", "78112107401"),
}


class PolicyFileRefused(RuntimeError):
    """The invented policies were not all taken: the world would not be what it should be."""


def import_insured(world: World) -> None:
    """Write and import one policy file for each insurer."""
    for place, insurer in enumerate(world.insurers):
        rows = [row for plan in PLANS if plan.insurer == place for row in _rows(world, plan)]
        out = io.StringIO()
        writer = csv.DictWriter(out, _COLUMNS, restval="", delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
        _import(insurer, out.getvalue(), world)


def _import(insurer: Firm, text: str, world: World) -> None:
    report = coverage.import_policies(
        actor=insurer.actor(Role.PLAN_MANAGER),
        insurer_id=insurer.id,
        file_name="polisy-demo.csv",
        content=text.encode(),
        at=at_hour(world.founded, 10),
    )
    if report.refused:
        raise PolicyFileRefused(report.refusals[0])


def _rows(world: World, plan: Plan) -> list[dict[str, str]]:
    """Invent the insured of a plan: employees in groups, or families; each group has its own first day."""
    rows = [_person_to_try(world, plan)]
    wanted = round(world.size.insured * plan.share)
    while len(rows) < wanted:
        group = world.chance.choice(_FAMILY) if plan.is_family else _GROUP
        number = f"{plan.code}/{world.founded.year}/{len(rows) + 1:05d}"
        rows += _group(world, plan, number, min(group, wanted - len(rows)))
    return rows


def _person_to_try(world: World, plan: Plan) -> dict[str, str]:
    """Return somebody who is in every world with the same number: covered, all waiting over."""
    first_name, pesel = PEOPLE_TO_TRY[plan.code]
    return {
        "policy_number": f"{plan.code}/DEMO",
        "plan_code": plan.code,
        "holder_name": f"{first_name} Próbna (demo)",
        "card_number": f"{plan.code}-DEMO-01",
        "pesel": pesel,
        "first_name": first_name,
        "last_name": "Próbna (demo)",
        "cover_from": world.founded.isoformat(),
        "cover_to": (days.add_years(world.founded, _COVER_YEARS) - timedelta(days=1)).isoformat(),
        "family_key": "R1" if plan.is_family else "",
    }


def _group(world: World, plan: Plan, policy: str, size: int) -> list[dict[str, str]]:
    """Invent the people of one policy."""
    surname = world.names.last_name()
    holder = f"{surname} (demo)" if plan.is_family else f"{world.names.company()} (demo)"
    starts = _start(world)
    common = {
        "policy_number": policy,
        "plan_code": plan.code,
        "holder_name": holder,
        "family_key": "R1" if plan.is_family else "",
        **_period(world, starts),
    }
    return [
        common | _person(world, plan, policy, place, surname if plan.is_family else world.names.last_name())
        for place in range(1, size + 1)
    ]


def _start(world: World) -> date:
    """Return the first of a month: most were insured from the beginning, some joined during the year."""
    months = 0 if world.chance.random() < 0.6 else world.chance.randrange(1, 14)
    return days.add_months(world.founded, months)


def _period(world: World, starts: date) -> dict[str, str]:
    """Return the days of cover: some policies were not renewed, a few have not been paid for."""
    is_over = world.chance.random() < 0.06
    ends = days.add_years(starts, 1 if is_over else _COVER_YEARS) - timedelta(days=1)
    suspended = ""
    if world.chance.random() < 0.02:
        suspended = (world.today - timedelta(days=world.chance.randrange(5, 90))).isoformat()
    return {"cover_from": starts.isoformat(), "cover_to": ends.isoformat(), "suspended_from": suspended}


def _person(world: World, plan: Plan, policy: str, place: int, surname: str) -> dict[str, str]:
    """Invent one person; in a family, those after the second are children."""
    chance = world.chance
    is_child = plan.is_family and place > 2
    ages = (_YOUNGEST + 1, _ADULT) if is_child else (_ADULT, _OLDEST)
    birth = days.add_years(world.founded, -chance.randrange(*ages)) - timedelta(days=chance.randrange(365))
    sex = chance.choice("FM")
    first_name = world.names.first_name_female() if sex == "F" else world.names.first_name_male()
    return {
        "card_number": f"{policy.replace('/', '-')}-{place:02d}",
        "pesel": generated.make_pesel(chance, birth=birth, sex=sex),
        "first_name": first_name,
        "last_name": f"{surname} (demo)",
    }
