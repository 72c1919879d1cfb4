"""What a visitor searched for last, in the session: numbers do not go into addresses, which name a search."""

from typing import Final

from django.contrib.sessions.backends.base import SessionBase

KEY: Final = "access_searches"
# So many tabs can be told apart.
_KEPT: Final = 10


def remember(session: SessionBase, text: str) -> str:
    """Keep what was searched and return its name for the address."""
    kept: dict[str, str] = dict(session.get(KEY, {}))
    name = str(max(map(int, kept), default=0) + 1)
    kept[name] = text
    session[KEY] = dict(list(kept.items())[-_KEPT:])
    return name


def searched(session: SessionBase, name: str) -> str:
    """Return the text of the search; without a name the last one, and nothing when it is not known."""
    kept: dict[str, str] = session.get(KEY, {})
    return kept.get(name, "") if name else next(reversed(kept.values()), "")
