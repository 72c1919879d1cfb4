"""The marker of functions that run as plain Python on-line and are compiled for bulk decisions."""

from collections.abc import Callable
from typing import Any, TypeVar

Rule = TypeVar("Rule", bound=Callable[..., Any])

COMPILABLE: list[Callable[..., Any]] = []


def compilable(function: Rule) -> Rule:
    """Register a function for the bulk engine and return it untouched.

    Such a function takes and returns ints and tuples of ints only, by position.
    """
    COMPILABLE.append(function)
    return function
