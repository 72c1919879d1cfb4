"""Where everything invented comes from: one seed, one world."""

import random
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID


class Chance(random.Random):
    """A seeded source of numbers, identities and moments."""

    def uuid(self) -> UUID:
        """Return an identity, the same for the same seed."""
        return UUID(int=self.getrandbits(128), version=4)

    def moment(self, on: date, *, opens: int = 7, closes: int = 16) -> datetime:
        """Return a moment of the day between two hours (UTC)."""
        return at_hour(on, opens) + timedelta(seconds=self.randrange((closes - opens) * 3600))


def at_hour(on: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment of the day in UTC."""
    return datetime.combine(on, time(hour, minute), UTC)
