"""`ols manage write_docs`: the pages of docs/ that are made from the code."""

import argparse
import importlib
import importlib.util
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ols.accounts.permissions import ROLE_PERMISSIONS
from ols.workflow import machine


class Command(BaseCommand):
    """Writes one page per state machine into docs/states."""

    help = "Write the generated pages of docs/ anew, or --check that they are up to date."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take --check and --into."""
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail when a page is out of date"
        )
        parser.add_argument("--into", type=Path, default=settings.ROOT / "docs" / "states")

    def handle(self, *_args: Any, check: bool, into: Path, **_options: Any) -> None:
        """Write or compare the pages; a page whose machine is gone is removed or reported."""
        wanted = pages()
        found = {path.name: path.read_text(encoding="utf-8") for path in into.glob("*.md")}
        stale = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
        if check and stale:
            raise CommandError(f"Out of date in {into.name}: {', '.join(stale)}. Remedy: script/docs")
        into.mkdir(parents=True, exist_ok=True)
        for name in stale:
            if name in wanted:
                (into / name).write_text(wanted[name], encoding="utf-8")
            else:
                (into / name).unlink()
        self.stdout.write(f"{len(wanted)} state machines, {len(stale)} pages changed")


def machines() -> list[machine.Machine]:
    """Return every state machine that a package of ours declares in its states module, by name."""
    found = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.states"
        if config.name.startswith("ols.") and importlib.util.find_spec(name):
            for value in vars(importlib.import_module(name)).values():
                if isinstance(value, machine.Machine):
                    found[value.name] = value
    return [found[name] for name in sorted(found)]


def pages() -> dict[str, str]:
    """Return the file name and the text of each page."""
    return {
        f"{each.name}.md": f"# States: {each.name}\n\n"
        "Made from the code by `script/docs`; change the package's `states.py`, not this page.\n\n"
        f"```mermaid\n{machine.mermaid(each, _who(each))}```\n\n{_table(each)}"
        for each in machines()
    }


def _roles(transition: machine.Transition) -> str:
    """Name the roles that hold the permission of a step."""
    if transition.permission is None:
        return "system"
    return ", ".join(sorted(role for role, held in ROLE_PERMISSIONS.items() if transition.permission in held))


def _who(drawn: machine.Machine) -> dict[str, str]:
    """Return who takes each action, for the arrows."""
    return {name: _roles(transition) for name, transition in drawn.transitions.items()}


def _table(drawn: machine.Machine) -> str:
    """Return the steps as a table: from where, to where, by which permission."""
    lines = ["| step | from | to | permission | roles |", "|---|---|---|---|---|"]
    lines += [
        f"| {name} | {', '.join(sorted(step.sources))} | {step.target or 'stays'} "
        f"| {step.permission or '–'} | {_roles(step)} |"
        for name, step in drawn.transitions.items()
    ]
    return "\n".join(lines) + "\n"
