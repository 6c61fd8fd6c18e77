"""The project around the code: the commands that the README gives are those that are run."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import derive

ROOT = Path(__file__).resolve().parents[1]


def text(name: str) -> str:
    """A file of the checkout."""
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_ci_runs_the_test_command_of_the_readme():
    command = re.search(r"&& (python -m pytest[^\n`]*)", text("README.md"))
    assert command is not None
    assert f"\n{command[1]}\n" in text(".ci/run")


def test_the_changelog_knows_this_version():
    assert re.search(
        rf"^## \[({re.escape(derive.__version__)}|Unreleased)\]", text("CHANGELOG.md"), re.M
    )


def test_the_data_of_the_package_ships_in_the_wheel():
    build = tomllib.loads(text("pyproject.toml"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    for source in build["force-include"]:
        assert (ROOT / source).exists()
