"""`ols demo`: replace what the database holds by the demo world; `logins` are its people."""

import argparse
import sys
import time
from datetime import date, datetime
from datetime import time as clock

from django.apps import apps
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext

from ols.accounts.permissions import ROLE_NAMES, ROLES_OF, Role
from ols.cli.demo_world import build, check, firms, insured
from ols.cli.demo_world.world import Size
from ols.kernel import days

SEED = 2026
_MARK = "(demo)"
_ROLES = (
    Role.OPERATOR, Role.NETWORK_MANAGER, Role.OFFER_REVIEWER, Role.TERMS_EDITOR, Role.NETWORK_VIEWER,
    Role.PLAN_MANAGER, Role.CLAIMS_HANDLER, Role.FINANCE_PREPARER,
    Role.FINANCE_APPROVER, Role.ADMINISTRATOR, Role.OWNER, Role.RECEPTIONIST, Role.ACCOUNTANT,
)  # fmt: skip


def run(arguments: list[str]) -> int:
    """Build the world; 0 when it stands, 1 when it was refused."""
    options = _options(arguments)
    if options.check:
        return _check()
    refusal = _refusal(is_rebuild=options.rebuild)
    if refusal:
        sys.stderr.write(f"{refusal} Nothing was changed.\n")
        return 1
    started = time.monotonic()
    at = datetime.combine(options.today, clock(12), days.WARSAW) if options.today else timezone.now()
    build.build(size=Size(), seed=options.seed, at=at)
    sys.stdout.write(f"The demo world stands ({time.monotonic() - started:.1f} s, seed {options.seed}).\n")
    for plan, (name, pesel) in insured.PEOPLE_TO_TRY.items():
        sys.stdout.write(f"  An insured person to look up: {name} Próbna (demo), PESEL {pesel}, {plan}\n")
    return 0


def logins() -> list[tuple[str, str, str]]:
    """Return who can log in, with e-mail address and password; nobody outside a development installation."""
    if not settings.DEVELOPMENT:
        return []
    first_insurer = firms.INSURERS[0][0]
    ending = dict.fromkeys(ROLES_OF["insurer"], f".{first_insurer}")
    mailboxes = {**firms.MAILBOX_OF, **firms.FINER_MAILBOX_OF}
    addresses = {role: f"{mailboxes[role]}{ending.get(role, '')}@example.org" for role in _ROLES}
    users = apps.get_model("accounts", "User")._default_manager  # noqa: SLF001 - the model's usual manager
    known = set(users.filter(email__in=addresses.values()).values_list("email", flat=True))
    return [
        (gettext(ROLE_NAMES[role]), email, firms.DEMO_PASSWORD)
        for role, email in addresses.items()
        if email in known
    ]


def _check() -> int:
    """Print what does not agree in the database as it is; 1 when anything does not."""
    found = check.problems()
    for problem in found:
        sys.stdout.write(f"{problem}\n")
    sys.stdout.write(f"{len(found)} problems found.\n" if found else "Everything agrees to the grosz.\n")
    return 1 if found else 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="ols demo", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED, help="another seed makes another world")
    parser.add_argument("--today", type=_day, help="the day the world is made for (default: today)")
    parser.add_argument("--rebuild", action="store_true", help="also when real organizations would be lost")
    parser.add_argument(
        "--check", action="store_true", help="build nothing: check the money of what is there"
    )
    return parser.parse_args(arguments)


def _day(text: str) -> date:
    try:
        return days.parse_date(text)
    except days.DateError as error:
        raise argparse.ArgumentTypeError(f"not a date: {text}") from error


def _refusal(*, is_rebuild: bool) -> str:
    """Return why the world may not be built, or nothing."""
    if not settings.DEVELOPMENT:
        return "Everybody knows the demo passwords: this is no development installation (OLS_DEVELOPMENT)."
    organizations = apps.get_model("accounts", "Organization")._default_manager.all()  # noqa: SLF001 - the model's usual manager
    real = organizations.exclude(name__endswith=_MARK).count()
    if real and not is_rebuild:
        return f"The database holds {real} organizations that are not of a demo; --rebuild deletes them."
    return ""
