"""`ols manage issue_api_token EMAIL NIP [--days 90]`: print a service token for practice software."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ols.accounts import selectors as accounts
from ols.api import tokens


class Command(BaseCommand):
    """Prints a token that acts with the rights of one person in one organization."""

    help = "Print a service token that acts as the person with EMAIL for the provider with NIP."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("email")
        parser.add_argument("nip")
        parser.add_argument("--days", type=int, default=90, help="how long it is good for (1-366)")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Issue the token."""
        user = accounts.active_user(email=options["email"])
        provider = accounts.provider_by_nip(nip=options["nip"])
        if user is None or provider is None:
            raise CommandError("There is no such active person, or no provider with this NIP.")
        if accounts.member_actor(user_id=user.pk, organization_id=provider.id, channel="api") is None:
            raise CommandError("The person does not work for this provider.")
        if not 1 <= options["days"] <= 366:
            raise CommandError("--days must be between 1 and 366.")
        expires_at = timezone.now() + timedelta(days=options["days"])
        token = tokens.issue(user_id=user.pk, organization_id=provider.id, expires_at=expires_at)
        self.stdout.write(token)
