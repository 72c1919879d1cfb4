"""Column types that say their unit."""

import uuid
from typing import TYPE_CHECKING, Any

import uuid6
from django.db import models

if TYPE_CHECKING:  # the classes take type arguments only for the type checker
    _BigInteger = models.BigIntegerField[Any, Any]
    _Integer = models.IntegerField[Any, Any]
else:
    _BigInteger = models.BigIntegerField
    _Integer = models.IntegerField


class GroszField(_BigInteger):
    """An amount of money in grosze (1 zł = 100 gr)."""


class BasisPointField(_Integer):
    """A rate in basis points: 1250 is 12.5 %."""


def new_uuid() -> uuid.UUID:
    """Return a fresh time-ordered identity (UUID version 7), the one an object shows outside."""
    return uuid.UUID(int=uuid6.uuid7().int)
