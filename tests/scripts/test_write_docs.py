"""The generated pages."""

import pytest
from django.core.management import CommandError, call_command

from ols.cli.management.commands import write_docs


def test_every_state_machine_has_a_page_with_each_of_its_steps(tmp_path):
    call_command("write_docs", into=tmp_path, verbosity=0)
    assert {path.stem for path in tmp_path.iterdir()} == {each.name for each in write_docs.machines()}
    for each in write_docs.machines():
        text = (tmp_path / f"{each.name}.md").read_text()
        assert f"[*] --> {each.initial}\n" in text
        for name, transition in each.transitions.items():
            drawn = [
                f"{source} --> {transition.target_from(source)}: {name} (" for source in transition.sources
            ]
            assert all(line in text for line in drawn)
            assert (
                f"| {name} | {', '.join(sorted(transition.sources))} | {transition.target or 'stays'} |"
                in text
            )


def test_the_check_finds_a_changed_a_missing_and_a_left_over_page(tmp_path):
    call_command("write_docs", into=tmp_path)
    call_command("write_docs", into=tmp_path, check=True)
    changed, missing = sorted(tmp_path.iterdir())[:2]
    changed.write_text("other")
    missing.unlink()
    (tmp_path / "zebra.md").write_text("gone")
    with pytest.raises(CommandError, match=f"{changed.name}, {missing.name}, zebra.md"):
        call_command("write_docs", into=tmp_path, check=True)
    call_command("write_docs", into=tmp_path)
    call_command("write_docs", into=tmp_path, check=True)
