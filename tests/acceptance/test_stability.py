"""Verdicts do not depend on order, names, the hash seed, or rules that have nothing to do with it."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys

import pytest
from acceptance.judging import REFUSED, Row, conditions, report_on, rows, verdict_of, verdict_on

from derive.kernel.core import Rule
from derive.report.data import FileReport
from derive.search import modules
from derive.search.session import Session, session

ROWS = [p.values[0] for p in rows("refusals.txt") if not p.marks and p.values[0].givens]
SAMPLE = ROWS[::8]
"""Every eighth derivation of the table of refusals."""


def answers(file: FileReport) -> list[tuple]:
    """What is said of the steps of each item, without places."""
    return [
        (item.verdict, *((s.verdict, s.missing, s.message) for s in item.steps))
        for item in file.items
    ]


def test_items_in_another_order():
    """Nameless items know nothing of one another."""
    blocks = [f"example\n{text}" for text in map(as_example, SAMPLE[::2])]
    order = list(range(len(blocks)))
    straight = answers(report_on("\n".join(blocks)))
    assert len(straight) == len(blocks)
    random.Random(1).shuffle(order)
    shuffled = answers(report_on("\n".join(blocks[i] for i in order)))
    assert shuffled == [straight[i] for i in order]


def as_example(row: Row) -> str:
    """The derivation with a header of its own, so that its givens stay with it."""
    givens = "\n".join(f"given {g}" for g in row.givens)
    first, *steps = row.derivation
    relation, end = steps[-1].split(" by ")[0].split(" ", 1)
    relations = {s.split(" ", 1)[0] for s in steps} - {"="}
    shown = relations.pop() if len(relations) == 1 else relation
    almost = " a.s." if end.endswith("a.s.") else ""
    body = "\n".join(f"  {line}" for line in row.derivation)
    return (
        f"{givens}\nshow {first} {shown} {end.removesuffix(' a.s.')}{almost}\nproof\n{body}\nqed\n"
    )


RENAMINGS = [
    ("∫ f(x) (∫ f(x) ν(dx)) μ(dx)\n  = (∫ f dν) (∫ f dμ)", "checked", ("(dx)) μ(dx)", "(dy)) μ(dx)"), ("f(x) ν", "f(y) ν")),
    ("∫ c f(x) + g(x) μ(dx)\n  = c ∫ f(x) μ(dx) + ∫ g(x) μ(dx)", "checked", ("(x)", "(z)"), ("dx", "dz")),
    ("∫ f(x) g(x) μ(dx)\n  = f(c) ∫ g(x) μ(dx)", "refused", ("(x)", "(z)"), ("dx", "dz")),
    ("∑_n s_n + 0\n  = ∑_n s_n", "checked", ("_n", "_k")),
    ("∫ f(x) + h(x) μ(dx)\n  = ∫ f dμ + ∫ h dμ", "missing", ("(x)", "(w)"), ("dx", "dw")),
]  # fmt: skip
GIVENS = """\
given μ, ν : finite measure on ℝ
given f, g : ℝ → ℝ, measurable, bounded
given h : ℝ → ℝ, measurable
given s : sequence of real, nonnegative
given c : real
"""


@pytest.mark.parametrize("text, verdict, changes", [(t, v, c) for t, v, *c in RENAMINGS])
def test_other_names_for_bound_variables(text, verdict, changes):
    reason = "algebra" if text.startswith("∑") else "linearity"
    before = report_on(f"{GIVENS}{text}   by {reason}\n")
    for old, new in changes:
        text = text.replace(old, new)
    after = report_on(f"{GIVENS}{text}   by {reason}\n")
    assert verdict_of(before) == verdict_of(after)
    assert verdict_of(before) == verdict or (verdict == "refused" and verdict_of(before) in REFUSED)
    assert answers(before) == answers(after)


@pytest.mark.parametrize("row", SAMPLE[::2], ids=lambda row: row.derivation[-1][:40])
def test_other_names_for_declared_letters(row):
    """Names decide nothing, though they sort: X and Y, A and B, x and y change places."""
    swap = dict(zip("XYABxyfgμν", "YXBAyxgfνμ", strict=True))
    turned = re.sub(
        rf"(?<![a-ce-zA-Zα-ω])(?<![a-z]d)[{''.join(swap)}](?![a-zA-Zα-ω])",
        lambda m: swap[m[0]],
        row.text,
    )
    before, after = report_on(row.text), report_on(turned)
    assert verdict_of(before) == verdict_of(after)
    assert len(conditions(before)) == len(conditions(after))


SEEDED = """
import json, sys, derive
for text in json.load(sys.stdin):
    (file,) = derive.check(text).files
    print([(s.verdict, s.missing, s.rules, s.message) for i in file.items for s in i.steps])
    print([i.certificate for i in file.items])
"""


def test_another_hash_seed():
    texts = json.dumps([row.text for row in SAMPLE[::3]])
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SEEDED],
            input=texts, capture_output=True, text=True, encoding="utf-8", timeout=300, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed in ("0", "7")
    }  # fmt: skip
    assert len(outputs) == 1


def renamed(rule: Rule, number: int) -> Rule:
    """The same rule under another name."""
    copy = Rule(
        f"{rule.name}_copy_{number}",
        rule.kind,
        rule.metas,
        rule.hypotheses,
        rule.premises,
        rule.conclusions,
    )
    copy.axioms, copy.tags = rule.axioms, rule.tags
    return copy


@pytest.fixture
def padded(monkeypatch):
    """The rulebook with a renamed copy of every third rule."""
    full = session()
    wider = Session(full.theory.child(), full.library.copy(), full.order)
    for number, name in enumerate(list(full.theory.rules)[::3]):
        copy = renamed(full.theory.rule(name), number)
        wider.theory.rules[copy.name] = copy
        wider.library.add(copy)
    monkeypatch.setattr(modules, "session", lambda: wider)
    return wider


def test_a_rulebook_padded_with_renamed_rules(padded):
    assert len(padded.theory.rules) > 60
    for row in SAMPLE:
        verdict = verdict_on(row.text)
        assert verdict == row.verdict or {verdict, row.verdict} <= {*REFUSED, "refused"}, row.text
