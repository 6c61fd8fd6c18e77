"""No axiom is false in a model; the long search is `benchmarks/rules_in_models.py`."""

from __future__ import annotations

import pytest

from derive.kernel.core import Rule
from derive.kernel.term import App, mk, mk_meta
from derive.models.rulecheck import check_rule, needed
from derive.rulebook.compile import load_rulebook

TRIES = 60
AXIOMS = load_rulebook().axioms


READ_ONLY = ("lebesgue_on_reals", "lebesgue_sigma_finite")
"""Axioms about Lebesgue measure, which no finite model holds: these rest on being read."""


def test_no_axiom_is_false_and_none_is_untested():
    untested = []
    for rule in AXIOMS.values():
        report = check_rule(rule, TRIES, junks=1)
        found = report.counterexample
        assert found is None, f"{rule.name} is false\n{found.text() if found else ''}"
        if not report.proved:
            untested.append(rule.name)
    print("untested:", untested)
    assert sorted(untested) == sorted(READ_ONLY)


def test_conclusions_have_values_where_premises_have_them():
    for rule in AXIOMS.values():
        found = check_rule(rule, TRIES // 3, seed=1, strict=True, junks=1).counterexample
        assert found is None, f"{rule.name}: no value\n{found.text() if found else ''}"


NEEDED = ["integral_add_mixed", "event_inter", "add_strict", "continuity_from_below", "abs_mul"]


@pytest.mark.parametrize("name", NEEDED)
def test_a_dropped_hypothesis_is_missed(name):
    rule = AXIOMS[name]
    for hypothesis in rule.hypotheses:
        assert needed(rule, hypothesis).counterexample is not None


def test_a_false_rule_is_refuted():
    """f² integrable under μ does not make f measurable, so (c · f)² need not be integrable."""
    f, mu = mk_meta("f", ("fn", "'a", "num")), mk_meta("μ", ("meas", "'a"))
    right = Rule(
        "t",
        "fact",
        {"f": f.sort, "μ": mu.sort},
        (),
        (mk("integrable", mu, f),),
        (mk("measurable", f),),
    )
    assert check_rule(right, 500).counterexample is None
    finite = mk("finite_measure", mu)
    wrong = Rule(
        "w", "fact", right.metas, (), (mk("measurable", f), finite), (mk("integrable", mu, f),)
    )
    found = check_rule(wrong, 500).counterexample
    assert found is not None
    assert isinstance(found.conclusion, App)
    assert "f = " in found.text()
