"""Column types that say their unit."""

import uuid

import uuid6
from django.db import models


class GroszField(models.BigIntegerField):
    """An amount of money in grosze (1 zł = 100 gr)."""


class BasisPointField(models.IntegerField):
    """A rate in basis points: 1250 is 12.5 %."""


def new_uuid() -> uuid.UUID:
    """Return a fresh time-ordered identity (UUID version 7), the one an object shows outside."""
    return uuid.UUID(int=uuid6.uuid7().int)
