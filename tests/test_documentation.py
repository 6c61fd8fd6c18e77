"""What the documentation shows is checked: every `derive` fence, and the output pasted into README.md."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import derive

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("name", ["docs/language.md", "examples/first.drv"])
def test_every_example_is_checked(name):
    report = derive.check(ROOT / name)
    found = [(s.line, s.verdict) for f in report.files for i in f.items for s in i.steps]
    assert found
    assert [pair for pair in found if pair[1] != "checked"] == []
    assert report.ok


def test_readme_shows_the_real_output():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    source, shown = re.findall(r"```text\n(.*?)```", readme, flags=re.S)[:2]
    assert source == (ROOT / "examples" / "markov.drv").read_text(encoding="utf-8")
    command = [sys.executable, "-m", "derive", "check", "examples/markov.drv"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.stdout == shown
    assert run.returncode == 1
