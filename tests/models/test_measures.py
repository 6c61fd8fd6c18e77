"""Masses, integrals, measurability and what is made of them, on coarse σ-algebras too."""

from __future__ import annotations

from fractions import Fraction

import pytest
from models.scene import COARSE, FINE, INF, Measure, Scene, Space, Table

from derive.models.extended import add, exponential, negative
from derive.models.outcome import NoValue

HALF = Fraction(1, 2)
JUNK = {"mass": 7, "int": 8, "inv": 9, "pow": 5}


def scene(space=FINE, weights=None, **functions):
    out = Scene(space, JUNK).let("μ", "(meas X)", Measure(weights or {"a": 1, "b": 2}))
    for name, values in functions.items():
        table = Table(dict(zip("abc", values, strict=True)))
        out.let(name, "(fn X prop)" if isinstance(values[0], bool) else "(fn X num)", table)
    return out


def test_masses():
    assert scene(A=(True, True, False))("(mass μ A)") == 3
    assert scene(COARSE, {0: 1}, A=(True, True, False))("(mass μ A)") == 1
    assert scene(COARSE, {0: 1}, A=(True, False, False))("(mass μ A)") == 7
    assert not scene(COARSE, {0: 1}, A=(True, False, False))("(mset A)")
    assert scene(COARSE, {0: 1}, A=(False, False, True))("(mset A)")


@pytest.mark.parametrize(
    "weights, values, total, has, integrable",
    [
        ({"a": 1, "b": 2}, (1, 2, 5), 5, True, True),
        ({"a": 1, "b": 2}, (INF, 0, 0), INF, True, False),
        ({"a": 1, "b": INF}, (1, 0, 0), 1, True, True),
        ({"a": INF, "b": INF}, (1, -1, 0), 8, False, False),
        ({"a": 1, "b": 2}, (1, 1, INF), 3, True, True),
        ({"a": INF, "b": 1}, (-1, 1, 0), -INF, True, False),
    ],
)
def test_integrals(weights, values, total, has, integrable):
    s = scene(FINE, weights, f=values)
    assert s("(int μ f)") == total
    assert s("(has_integral μ f)") is has
    assert s("(integrable μ f)") is integrable


def test_a_function_that_splits_a_block_has_no_integral():
    s = scene(COARSE, {1: 1}, f=(0, 1, 3))
    assert not s("(measurable f)")
    assert not s("(has_integral μ f)")
    assert s("(int μ f)") == 8


def test_almost_everywhere_is_about_null_blocks():
    assert scene(COARSE, {1: 1}, A=(True, False, True))("(ae μ A)")
    assert not scene(COARSE, {0: 1}, A=(True, False, True))("(ae μ A)")


def test_kinds_of_measures():
    s = scene(FINE, {"a": HALF, "b": HALF})
    assert s("(probability μ)")
    assert s("(finite_measure μ)")
    infinite = scene(FINE, {"a": 1, "b": INF})
    assert not infinite("(sigma_finite μ)")
    assert not infinite("(finite_measure μ)")


def test_absolute_continuity_and_densities():
    s = scene(f=(3, HALF, 1)).let("ν", "(meas X)", Measure({"a": 3, "b": 1}))
    assert s("(ac ν μ)")
    assert s("(eq ν (dens f μ))")
    assert s("(ae μ (lam X (eq (rn ν μ #0) (app f #0))))")
    s.let("x", "X", "c")
    assert not s("(ac (dirac x) μ)")


def test_laws_and_definitions():
    s = scene(FINE, {"a": HALF, "b": Fraction(1, 4), "c": Fraction(1, 4)}, f=(0, 2, 2))
    assert s("(E μ f)") == 1
    assert s("(Var μ f)") == 1
    assert s("(Cov μ f f)") == 1
    assert s("(int (law μ f) (lam num #0))") == 1
    assert s("(mass (law μ f) (lam num (le 1 #0)))") == HALF


def test_independence_needs_every_pair_of_values():
    four = Space({p: p for p in ((0, 0), (0, 1), (1, 0), (1, 1))})
    s = Scene(four).let("P", "(meas X)", Measure(dict.fromkeys(four.points, Fraction(1, 4))))
    for name, of in (("f", lambda p: p[0]), ("g", lambda p: p[1]), ("h", lambda p: p[0] ^ p[1])):
        s.let(name, "(fn X num)", Table({p: of(p) for p in four.points}))
    assert s("(indep P f g)")
    assert s("(indep P f h)")
    assert not s("(indep P f (lam X (add (app f #0) (app g #0))))")
    assert not s("(indep P (lam X (pair (app f #0) (app g #0))) h)")


def test_conditional_expectation():
    s = scene(FINE, dict.fromkeys("abc", Fraction(1, 3)), f=(0, 2, 5), g=(1, 1, 4))
    assert s("(all (lam X (eq (cexp μ f (sigma g) #0) (app g #0))))") is False
    s.let("x", "X", "a").let("y", "X", "c")
    assert s("(cexp μ f (sigma g) x)") == 1
    assert s("(cexp μ f (sigma g) y)") == 5
    assert s("(gmeasurable (sigma g) (lam X (cexp μ f (sigma g) #0)))")
    assert not s("(gmeasurable (sigma g) f)")


def test_products_need_sigma_finite_factors():
    s = scene(FINE, {"a": 1, "b": 2})
    assert s("(mass (pmeas μ μ) (lam (prod X X) (eq (fst #0) (snd #0))))") == 5


@pytest.mark.parametrize(
    "text",
    [
        "(inv 0)",
        "(add inf (mul -1 inf))",
        "(log 0)",
        "(pow (mul -1 inf) (nat 2))",
        "(mul 0 (int μ f))",
        "(mass μ A)",
    ],
)
def test_strict_evaluation_refuses_what_has_no_value(text):
    s = scene(COARSE, {0: INF, 1: INF}, f=(1, 1, -1), A=(True, False, False))
    s.model.strict = True
    with pytest.raises(NoValue):
        s(text)


def test_strict_integrands_may_be_undefined_on_null_sets_and_where_a_factor_is_zero():
    s = scene(FINE, {"a": 1, "b": 2}, f=(1, 2, 0), g=(0, 1, 0))
    s.model.strict = True
    assert s("(int μ (lam X (inv (app f #0))))") == 2
    assert s("(int μ (lam X (mul (app g #0) (inv (app g #0)))))") == 2
    with pytest.raises(NoValue):
        s("(int μ (lam X (inv (app g #0))))")


def test_binomial_masses():
    letters = scene()
    assert letters("(Binomial (nat 2) 1/2)") == Measure({0: HALF * HALF, 1: HALF, 2: HALF * HALF})
    assert letters("(Bernoulli 2)") == Measure({})


def test_an_irrational_probability():
    law = scene()("(Bernoulli (exp -1))")
    success = exponential(-1)
    assert law == Measure({1: success, 0: add((1, negative(success)))})
    assert add(law.weights.values()) == 1
