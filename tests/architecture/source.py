"""The source code as data, for tests of its shape."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "ols"
TESTS = ROOT / "tests"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def modules(*, migrations: bool = False) -> list[Path]:
    """Return every Python file of the product, without its migrations unless asked."""
    return [path for path in sorted(SOURCE.rglob("*.py")) if migrations or "migrations" not in path.parts]


def tests() -> list[Path]:
    """Return every Python file of the tests."""
    return sorted(TESTS.rglob("*.py"))


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def top_functions(path: Path) -> Iterator[Function]:
    return (node for node in tree(path).body if isinstance(node, Function))


def name(path: Path) -> str:
    """Return the file's name as people say it: claims/services/decide.py."""
    return path.relative_to(SOURCE).as_posix()


def parameters(function: Function) -> list[str]:
    found = function.args
    return [arg.arg for arg in (*found.posonlyargs, *found.args, *found.kwonlyargs)]


def decorators(function: Function) -> set[str]:
    """Return the last names of the decorators: transactions.use_case is use_case."""
    called = [node.func if isinstance(node, ast.Call) else node for node in function.decorator_list]
    return {getattr(node, "attr", None) or getattr(node, "id", "") for node in called}


def texts(path: Path) -> Iterator[str]:
    """Yield every text in the code except docstrings; pieces of f-strings count."""
    documentation = {
        node.body[0].value
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Module | ast.ClassDef | Function)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in documentation:
            yield node.value
