"""A small part of `benchmarks/ablation.py`: a hypothesis taken away is missed, and by name."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location

import pytest


@pytest.fixture(scope="module")
def ablation(root):
    """The script as a module."""
    spec = spec_from_file_location("ablation", root / "benchmarks" / "ablation.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("number", [0, 1, 2, 3, 6, 9, 12])
def test_every_hypothesis_counts(ablation, number):
    text = ablation.items_of(ablation.OWN)[number]
    assert ablation.judged(text)[0] == "checked"
    assert list(ablation.violations(text)) == []


def test_the_items_are_fifteen_and_all_are_checked(ablation):
    items = ablation.items_of(ablation.OWN)
    assert len(items) == 15
    assert [ablation.judged(item)[0] for item in items] == ["checked"] * 15


def test_an_implied_hypothesis_is_named_with_what_implies_it(ablation):
    text = (
        "given X : random variable, square-integrable, integrable\n"
        "given a : positive real\ngiven a > 1/2\n"
        "P(|X - E[X]| ≥ a)\n  ≤ Var(X)/a²   by chebyshev\n"
    )
    _, item = ablation.judged(text)
    assert item.implied == [
        ("X : random variable", ("X square-integrable",)),
        ("X integrable", ("X square-integrable",)),
        ("a positive", ("a > 1/2",)),
    ]
    assert item.unused == ("a > 1/2",)


def test_what_is_taken_away(ablation):
    text = "given X, Y : random variable, integrable\ngiven a : positive real\ngiven X ≤ Y\n"
    assert [(c.what, c.text.splitlines()[:2]) for c in ablation.changes(text)] == [
        ("X, Y integrable", ["given X, Y : random variable", "given a : positive real"]),
        ("X, Y : random variable", ["given X, Y : Ω → ℝ, integrable", "given a : positive real"]),
        ("a : positive real", ["given X, Y : random variable, integrable", "given a : real"]),
        ("X ≤ Y", ["given X, Y : random variable, integrable", "given a : positive real"]),
    ]


def test_it_sees_a_hypothesis_that_does_nothing(ablation, monkeypatch):
    """A report that forgets to call a hypothesis unused is a violation."""
    text = "given x, y : real\ngiven y ≠ 0\nx + x\n  = 2 x   by algebra\n"
    assert list(ablation.violations(text)) == []
    monkeypatch.setattr(ablation, "is_excused", lambda what, excused: False)
    assert [v.what for v in ablation.violations(text)] == ["y ≠ 0"]
