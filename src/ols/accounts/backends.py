"""How a blocked person's right password is recognized: they are told why they stay out."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from ols.accounts import models


class BlockedPeople(BaseBackend):
    """Asked after Django's own backend, which knows active people only. It opens no session to anybody."""

    def authenticate(
        self, request: HttpRequest | None, username: str = "", password: str = "", **_credentials: Any
    ) -> models.User | None:
        """Return the blocked person whose password this is; the caller looks at `is_active`."""
        del request
        user = models.User.objects.filter(email__iexact=username).first()
        if user is None or user.is_active:
            make_password(password)  # takes as long: the time does not tell who is blocked
            return None
        return user if user.check_password(password) else None

    def get_user(self, user_id: int) -> None:
        """Return nobody: a session of a blocked person is none."""
        del user_id
