"""Definitions written out: in what a rule proves, and in the steps that name it."""

from __future__ import annotations

from derive import check


def test_a_clause_written_out_is_used_where_the_conclusion_is_known(monkeypatch):
    """`E[…]` in the rule and `∫ … dP` in the step: the search knows what it is proving."""
    monkeypatch.setenv("DERIVE_DEBUG", "1")
    report = check(
        "given X : random variable, integrable\n"
        "|E[X]|\n  ≥ E[|X|]      by expectation, integral_abs_le\n"
    )
    assert [s.verdict for i in report.files[0].items for s in i.steps] == ["refuted"]
