"""Errors every selector shares."""


class NotFound(Exception):
    """There is no such object for this actor: it does not exist or is somebody else's (pages answer 404)."""
