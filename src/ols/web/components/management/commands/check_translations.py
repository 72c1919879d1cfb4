"""`ols manage check_translations`: every text the product shows has its Polish."""

import argparse
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ols.web.components import translations


class Command(BaseCommand):
    """Compares the messages of the code with the catalog, and the compiled catalog with its source."""

    help = "Check that locale/pl is complete, tidy and compiled; --write compiles it and drops the rest."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take --write, --merge and --locale."""
        parser.add_argument("--write", action="store_true", help="write django.po in order, and django.mo")
        parser.add_argument("--merge", type=Path, nargs="*", default=[], help="catalogs to take in before")
        parser.add_argument("--locale", type=Path, default=settings.ROOT / "locale" / "pl" / "LC_MESSAGES")

    def handle(
        self, *_args: Any, write: bool, merge: list[Path], locale: Path, **_options: Any
    ) -> str | None:
        """Check, or write first and check then."""
        messages = translations.used(settings.ROOT / "src" / "ols")
        source = locale / "django.po"
        catalog = polib.pofile(str(source)) if source.exists() else polib.POFile()
        if write:
            added = [polib.pofile(str(path)) for path in merge]
            for line in translations.disagreements(*added):
                self.stderr.write(f"Two translations of {line}; the later one is taken")
            catalog = translations.merged(messages, catalog, *added)
            locale.mkdir(parents=True, exist_ok=True)
            catalog.save(str(source))
            (locale / "django.mo").write_bytes(catalog.to_binary())
        found = translations.problems(messages, catalog)
        compiled = locale / "django.mo"
        if not compiled.exists() or compiled.read_bytes() != catalog.to_binary():
            found.append("django.mo is not what django.po compiles to; run script/translations")
        if found:
            raise CommandError("\n".join([*found, f"{len(found)} problems"]))
        return f"{len(messages)} messages, all in Polish"
