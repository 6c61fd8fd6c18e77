"""The corpora beside the checkout: what holds is checked and replays, what is wrong is refused."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from acceptance.judging import report_on

from derive.kernel.check import check_text
from derive.kernel.theory import rulebook
from derive.report.data import GOOD

LATER = {"product_of_independent"}
"""Items of the sound corpora whose rules do not exist yet."""


@cache
def sound(folder: Path, name: str):
    """The items of a sound file that ought to be checked by now."""
    file = report_on((folder / "sound" / name).read_text(encoding="utf-8"))
    return [item for item in file.items if item.name not in LATER]


@pytest.mark.parametrize("name", ["additivity.drv", "expectation.drv"])
def test_what_is_sound_is_checked(corpora, name):
    items = sound(corpora, name)
    assert len(items) > 5
    assert [(i.name, i.verdict) for i in items] == [(i.name, "checked") for i in items]
    assert {s.verdict for i in items for s in i.steps} == {"checked"}


@pytest.mark.parametrize("name", ["additivity.drv", "expectation.drv"])
def test_the_certificates_replay_in_the_kernel(corpora, name):
    """Each alone: a certificate holds the theorems of its file that it cites."""
    theory = rulebook()
    for item in sound(corpora, name):
        proved = check_text(item.certificate, theory.child())
        assert proved[-1].name.partition("@")[0] == item.name
        assert proved[-1].axioms == frozenset(item.axioms)
        assert not proved[-1].tags


MARK = re.compile(r"#!\s*(missing|refuted|rejected)\s*:?\s*(.*?)\s*$")
FILES = [
    "additivity", "algebra", "binders", "change_of_variables", "conditioning", "expectation",
    "information", "limits", "products", "radon_nikodym", "relations",
]  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_nothing_that_is_marked_is_accepted(corpora, name):
    text = (corpora / "unsound" / f"{name}.drv").read_text(encoding="utf-8")
    marked = {n for n, line in enumerate(text.splitlines(), start=1) if MARK.search(line)}
    verdicts = {s.line: s.verdict for i in report_on(text).items for s in i.steps}
    assert marked
    assert {n: verdicts.get(n, "absent") for n in marked if verdicts.get(n) in GOOD} == {}
    assert marked <= verdicts.keys()


def test_every_file_of_the_corpora_is_listed(corpora):
    assert sorted(p.stem for p in (corpora / "unsound").glob("*.drv")) == FILES
    assert {p.name for p in (corpora / "sound").glob("*.drv")} > {
        "additivity.drv",
        "expectation.drv",
    }
