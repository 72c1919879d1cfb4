"""Who acts, for which organization, through which channel."""

from dataclasses import dataclass


class NotPermitted(Exception):
    """The actor lacks a permission; `permission` names it (`<resource>:<action>`)."""

    def __init__(self, permission: str) -> None:
        """Keep the permission's name for the page that explains what is missing."""
        super().__init__(permission)
        self.permission = permission


@dataclass(frozen=True)
class Actor:
    """One person (or the system) acting for one organization; resolved once per request.

    `channel` is web, api, command or job; `ip` is the client's address when there is one;
    `name` is kept in the audit record as it was at the time.
    """

    user_id: int | None
    organization_id: int | None
    organization_kind: str
    permissions: frozenset[str]
    channel: str
    ip: str | None = None
    name: str = ""

    @classmethod
    def system(cls, channel: str, *, permissions: frozenset[str] = frozenset()) -> "Actor":
        """Return the platform itself, for jobs and commands; it holds no permission unless given one."""
        return cls(None, None, "system", permissions, channel, name="System OLS")

    def has(self, permission: str) -> bool:
        """Say whether the actor holds the permission."""
        return permission in self.permissions

    def require(self, permission: str) -> None:
        """Let the holder of the permission pass.

        :raises NotPermitted: the actor does not hold it
        """
        if permission not in self.permissions:
            raise NotPermitted(permission)

    def organization(self) -> int:
        """Return the id of the organization acted for.

        :raises RuntimeError: the platform itself acts (a service for people was called from a job)
        """
        if self.organization_id is None:
            raise RuntimeError("an actor without an organization")
        return self.organization_id

    def person(self) -> int:
        """Return the id of the person who acts.

        :raises RuntimeError: the platform itself acts (a service for people was called from a job)
        """
        if self.user_id is None:
            raise RuntimeError("an actor without a person")
        return self.user_id
