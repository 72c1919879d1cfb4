"""Every event the code can record, read out of the source; what cannot be read is a finding."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from tests.architecture import source

from ols.workflow.machine import Machine

RECORDERS = {"record", "queue_record"}
EVENT = re.compile(r"[a-z_]+\.[a-z_]+")
# The engine writes `<machine>.<action>`; machines are read from their declarations.
ENGINE = "workflow/machine.py"


def events(paths: list[Path]) -> tuple[set[str], list[str]]:
    """Return the events recorded by these files, and where an event's name could not be found."""
    found: set[str] = set()
    unread: list[str] = []
    for path in paths:
        if source.name(path) in {ENGINE, "audit/services.py"}:
            continue
        for place, expression in _recorded(path):
            names = _constants(expression)
            if names:
                found |= names
            else:
                unread.append(f"{source.name(path)}:{place}")
        found |= _steps(path)
    return found, unread


def _recorded(path: Path) -> Iterator[tuple[int, ast.expr]]:
    """Yield what is given as `event`, through helpers of the same file that pass a parameter on."""
    tree = source.tree(path)
    helpers: dict[str, tuple[int, str]] = {}
    inside: set[ast.Call] = set()
    for function in source.functions(path):
        names = source.parameters(function)
        for call in _calls(function):
            given = _event(call)
            if isinstance(given, ast.Name) and given.id in names:
                helpers[function.name] = (names.index(given.id), given.id)
                inside.add(call)
    for call in _calls(tree):
        given = _event(call)
        if given is not None and call not in inside:
            yield call.lineno, given
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(call.func, "id", None) or getattr(call.func, "attr", "")
        if name in helpers:
            index, keyword = helpers[name]
            named = next((item.value for item in call.keywords if item.arg == keyword), None)
            is_method = isinstance(call.func, ast.Attribute)
            place = index - 1 if is_method and len(call.args) <= index else index
            if named is not None or place < len(call.args):
                yield call.lineno, named or call.args[place]


def _calls(node: ast.AST) -> Iterator[ast.Call]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            name = getattr(call.func, "id", None) or getattr(call.func, "attr", "")
            if name in RECORDERS and _event(call) is not None:
                yield call


def _event(call: ast.Call) -> ast.expr | None:
    return next((item.value for item in call.keywords if item.arg == "event"), None)


def _constants(expression: ast.expr) -> set[str]:
    """Return the texts an expression can be: a constant, or a choice between constants."""
    if isinstance(expression, ast.IfExp):
        first, second = _constants(expression.body), _constants(expression.orelse)
        return first | second if first and second else set()
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        return {expression.value} if EVENT.fullmatch(expression.value) else set()
    return set()


def _steps(path: Path) -> set[str]:
    """Return the events of the state machines declared in the file."""
    if path.name != "states.py":
        return set()
    module = import_module("ols." + source.name(path).removesuffix(".py").replace("/", "."))
    machines = [value for value in vars(module).values() if isinstance(value, Machine)]
    return {f"{machine.name}.{action}" for machine in machines for action in machine.transitions}
