"""`ols create-operator`: begin a real installation, without the demo world."""

import argparse
import sys
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from ols.accounts import services as accounts
from ols.catalog import services as catalog
from ols.kernel import identifiers
from ols.kernel.actor import Actor


def run(arguments: list[str]) -> int:
    """Create the operator and print the first person's password link; 1 when that cannot be done."""
    parser = argparse.ArgumentParser(prog="ols create-operator", description=__doc__)
    parser.add_argument("--name", required=True, type=_text(250), help="the operator's registered name")
    parser.add_argument("--nip", required=True, type=_nip, help="its tax number")
    parser.add_argument("--email", required=True, type=_email, help="the first person's e-mail address")
    parser.add_argument(
        "--person", required=True, type=_text(120), help="the first person's name and surname"
    )
    options = parser.parse_args(arguments)
    with transaction.atomic():
        catalog.load_starter_catalog()
    try:
        secret = accounts.create_operator(
            actor=Actor.system("command"),
            name=options.name,
            nip=options.nip,
            email=options.email,
            person=options.person,
            at=timezone.now(),
        )
    except accounts.OperatorExists:
        sys.stderr.write("There is an operator already. Its people invite others on the page “Staff”.\n")
        return 1
    hours = int(accounts.LINK_VALID.total_seconds() // 3600)
    sys.stdout.write(
        f"{options.name} is the operator now. {options.person} sets a password here:\n"
        f"  {settings.PUBLIC_URL}/password/{secret}/\n"
        f"The link works once, for {hours} hours; it is on its way to {options.email} too.\n"
    )
    return 0


def _text(limit: int) -> Callable[[str], str]:
    """Return a parser of words of at most `limit` characters."""

    def parse(text: str) -> str:
        if not text.strip() or len(text.strip()) > limit:
            raise argparse.ArgumentTypeError(f"write 1 to {limit} characters")
        return text.strip()

    return parse


def _nip(text: str) -> str:
    try:
        return identifiers.parse_nip(text)
    except identifiers.IdentifierError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no NIP: its ten digits do not agree") from error


def _email(text: str) -> str:
    try:
        validate_email(text.strip())
    except ValidationError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no e-mail address") from error
    return text.strip()
