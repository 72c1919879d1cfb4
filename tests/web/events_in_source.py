"""Every event the code can record, read out of the source; what cannot be read is a finding."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from tests.architecture import source

from ols.workflow.machine import Machine

RECORDERS = {"record", "queue_record"}
EVENT = re.compile(r"[a-z_]+\.[a-z_]+")
# The engine writes `<machine>.<action>`; machines are read from their declarations.
ENGINE = {"workflow/machine.py", "audit/services.py"}
# The demo world repeats steps of the claim's machine.
OF_A_MACHINE = {"cli/demo_world/claim_rows.py"}


@dataclass
class Reader:
    """Follows an event's name from the record back through helpers that pass a parameter on.

    `helpers`: where each takes the name, by file (empty: seen from everywhere), function, and whether it
    is a method.
    """

    paths: list[Path]
    helpers: dict[tuple[str, str, bool], tuple[int, str]] = field(default_factory=dict)
    found: set[str] = field(default_factory=set)
    unread: list[str] = field(default_factory=list)

    def read(self) -> None:
        """Learn the helpers until there are no new ones, then collect names."""
        known = -1
        while known != len(self.helpers):
            known = len(self.helpers)
            for path in self.paths:
                self._learn(path)
        for path in self.paths:
            self._collect(path)

    def _learn(self, path: Path) -> None:
        for function in source.functions(path):
            names = source.parameters(function)
            given_here = list(self._given(path, function))
            if function.name in RECORDERS and "event" in names:  # the demo world keeps its own rows
                given_here.append(ast.Name("event"))
            for given in given_here:
                if isinstance(given, ast.Name) and given.id in names:
                    file = source.name(path) if function.name.startswith("_") else ""
                    is_method = names[0] == "self"
                    place = names.index(given.id) - is_method
                    self.helpers[file, function.name, is_method] = (place, given.id)

    def _collect(self, path: Path) -> None:
        for function in source.functions(path):
            for given in self._given(path, function):
                if isinstance(given, ast.Name) and given.id in source.parameters(function):
                    continue
                names = _constants(_assigned(function, given))
                self.found |= names
                if not names and source.name(path) not in OF_A_MACHINE:
                    self.unread.append(f"{source.name(path)}:{given.lineno}")

    def _given(self, path: Path, function: ast.AST) -> Iterator[ast.expr]:
        """Yield what the function's calls hand over as an event's name."""
        for call in ast.walk(function):
            if not isinstance(call, ast.Call):
                continue
            name = getattr(call.func, "id", None) or getattr(call.func, "attr", "")
            named = {item.arg: item.value for item in call.keywords}
            if name in RECORDERS and "event" in named:
                yield named["event"]
                continue
            helper = self._helper(source.name(path), name, is_method=isinstance(call.func, ast.Attribute))
            if helper is None:
                continue
            index, keyword = helper
            if keyword in named:
                yield named[keyword]
            elif index < len(call.args):
                yield call.args[index]

    def _helper(self, file: str, name: str, *, is_method: bool) -> tuple[int, str] | None:
        """Return the helper that a call means; what stands before a dot may also be a module."""
        kinds = (True, False) if is_method else (False,)
        keys = [(place, name, kind) for kind in kinds for place in (file, "")]
        return next((self.helpers[key] for key in keys if key in self.helpers), None)


def events(paths: list[Path]) -> tuple[set[str], list[str]]:
    """Return the events recorded by these files, and where an event's name could not be found."""
    reader = Reader([path for path in paths if source.name(path) not in ENGINE])
    reader.read()
    steps = set().union(*(_steps(path) for path in paths))
    return reader.found | steps, sorted(set(reader.unread))


def _assigned(function: ast.AST, given: ast.expr) -> list[ast.expr]:
    """Return what a local name was given in the function; anything else as it is."""
    if not isinstance(given, ast.Name):
        return [given]
    return [
        node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id == given.id for target in node.targets)
    ]


def _constants(expressions: list[ast.expr]) -> set[str]:
    """Return the texts the expressions can be: constants or choices between them; none if one is neither."""
    found: set[str] = set()
    for expression in expressions:
        if isinstance(expression, ast.IfExp):
            parts = [_constants([expression.body]), _constants([expression.orelse])]
            names = parts[0] | parts[1] if all(parts) else set()
        elif isinstance(expression, ast.Constant) and EVENT.fullmatch(str(expression.value)):
            names = {str(expression.value)}
        else:
            names = set()
        if not names:
            return set()
        found |= names
    return found


def _steps(path: Path) -> set[str]:
    """Return the events of the state machines declared in the file."""
    if path.name != "states.py":
        return set()
    module = import_module("ols." + source.name(path).removesuffix(".py").replace("/", "."))
    machines = [value for value in vars(module).values() if isinstance(value, Machine)]
    return {f"{machine.name}.{action}" for machine in machines for action in machine.transitions}
