"""The side menu as data: roles list their items, the request decides which are shown and how."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One item of a role's menu.

    `permission` empty: for everybody logged in. A person who lacks it still sees the item, with the key
    symbol, and learns on the page whom to ask. `key` opens the item from the keyboard (function keys only).
    `any_of` names permissions each of which opens the item, where it stands for several pages.
    `section` names the page whose address begins those the item stands for, where that is not its own;
    `also` holds beginnings of further addresses (they are stable) that belong to the item.
    """

    label: str | Promise
    url_name: str
    icon: str
    permission: str = ""
    key: str = ""
    section: str = ""
    also: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The permissions each of which opens the item; none: everybody may."""
        return self.any_of or ((self.permission,) if self.permission else ())


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """An item as one request sees it."""

    label: str | Promise
    url: str
    icon: str
    key: str
    current: bool
    locked: bool
    guarded: bool


def links(items: Sequence[NavigationItem], request: HttpRequest) -> list[NavigationLink]:
    """Return the items that have a page, marking the current one and those the actor lacks the key to.

    An item whose url name does not resolve is left out: its page does not exist in this installation.
    """
    found = []
    for item in items:
        try:
            url = reverse(item.url_name)
            section = reverse(item.section) if item.section else url
        except NoReverseMatch:
            continue
        found.append((item, url, (section, *item.also)))
    current = max(
        (part for _, _, parts in found for part in parts if request.path.startswith(part)),
        key=len,
        default="",
    )
    actor = getattr(request, "actor", None)
    return [
        NavigationLink(
            label=item.label,
            url=url,
            icon=item.icon,
            key=item.key,
            current=current in parts,
            locked=bool(item.keys) and not (actor and any(actor.has(key) for key in item.keys)),
            guarded=bool(item.keys),
        )
        for item, url, parts in found
    ]
