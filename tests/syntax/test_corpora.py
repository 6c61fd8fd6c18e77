"""The corpora are the specification: every line of them is read."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from derive.syntax import tree
from derive.syntax.format import format_text
from derive.syntax.items import read
from derive.syntax.parse import parse_formula

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
FILES = sorted(SHARED.glob("corpora/*sound/*.drv"))
pytestmark = pytest.mark.skipif(not FILES, reason="no corpora beside this checkout")
MARK = re.compile(r"#! missing: (.*)")


def name(path: Path) -> str:
    """`sound/limits`."""
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_item_of_a_file_is_read(path):
    text = path.read_text(encoding="utf-8")
    file = read(text, str(path))
    assert file.broken == ()
    assert [item.name for item in file.items] == re.findall(r"^theorem (\w+)", text, re.MULTILINE)
    steps = [step for item in file.items for step in item.proof.chain.steps]
    assert len(steps) == len(re.findall(r"^    [=≤≥<] ", text, re.MULTILINE))
    assert all(step.reason for step in steps)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_step_stands_where_its_relation_stands(path):
    rows = path.read_text(encoding="utf-8").split("\n")
    for item in read("\n".join(rows)).items:
        for step in item.proof.chain.steps:
            assert rows[step.span.line - 1][step.span.column - 1] == step.relation


@pytest.mark.parametrize("path", FILES, ids=name)
def test_the_conditions_in_the_marks_are_formulas(path):
    for condition in MARK.findall(path.read_text(encoding="utf-8")):
        assert isinstance(parse_formula(condition.strip()), (tree.Relation, tree.HasProperty))


@pytest.mark.parametrize("path", FILES, ids=name)
def test_formatting_keeps_the_items_and_comments(path):
    text = path.read_text(encoding="utf-8")
    done = format_text(text)
    assert read(done).items == read(text).items
    assert format_text(done) == done
    assert re.findall("#.*", done) == re.findall("#.*", text)


def test_reading_is_fast():
    texts = [path.read_text(encoding="utf-8") for path in FILES]
    read(texts[0])
    start = time.process_time()
    lines = sum(len(text.split("\n")) for text in texts)
    for text in texts:
        read(text)
    assert (time.process_time() - start) / lines < 0.01
