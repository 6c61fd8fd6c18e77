"""Witnesses on product spaces: orders of integration, diagonals, regions."""

from __future__ import annotations

from derive.models.extended import INF
from derive.models.outcome import NoValue, Undecided
from derive.models.witnesses.antiderivatives import (
    MultipleOfPi,
    arctan_integral,
    between,
    certified,
    diverges_at_0,
)
from derive.models.witnesses.pieces import Bound, length, power
from derive.models.witnesses.ratios import N, Ratio, constant
from derive.models.witnesses.witness import Holds, Side, Witness

SECOND = Ratio((0, 1))
"""The variable of the inner integral; the outer one is N, in the coefficients."""
FIRST = constant(N)
SQUARES = FIRST * FIRST + SECOND * SECOND
ODD = (FIRST * FIRST - SECOND * SECOND) / (SQUARES * SQUARES)
SADDLE = FIRST * SECOND / (SQUARES * SQUARES)


def _inner(function: Ratio, antiderivative: Ratio, low: int, high: int) -> Ratio:
    """∫ function over low < inner < high, as a function of the outer variable."""
    return between(certified(antiderivative, function), N * 0 + low, N * 0 + high)


def _second_first() -> MultipleOfPi:
    """∫_0^1 ∫_0^1 (x² - y²)/(x² + y²)² dy dx."""
    return arctan_integral(_inner(ODD, SECOND / SQUARES, 0, 1), 0, 1)


def _first_first() -> MultipleOfPi:
    """∫_0^1 ∫_0^1 (x² - y²)/(x² + y²)² dx dy: the names exchanged, the sign changes."""
    exchanged = (SECOND * SECOND - FIRST * FIRST) / (SQUARES * SQUARES)
    return arctan_integral(_inner(exchanged, -SECOND / SQUARES, 0, 1), 0, 1)


def _saddle(low: int) -> Ratio:
    """∫ x y/(x² + y²)² dy over low < y < 1, as a function of x."""
    return _inner(SADDLE, constant(-N / 2) / SQUARES, low, 1)


def _saddle_iterated() -> Ratio:
    """The iterated integral of x y/(x² + y²)² over (-1,1)²: the inner one is 0 for every x ≠ 0."""
    inner = _saddle(-1)
    if inner != 0:
        raise Undecided("an integral that is not 0")
    return inner


def _saddle_integral() -> Ratio:
    """∫ x y/(x² + y²)² over (-1,1)²; both parts hold the integral over a quarter."""
    if diverges_at_0(_saddle(0)):
        raise NoValue("the positive and the negative part both have the integral ∞")
    raise Undecided("an integral over the square")


def _points_then_length(points: Bound) -> Bound:
    """∫ #{y : x = y} λ(dx) over [0,1], each x having the same number of y."""
    return points * length(0, 1)


def _length_then_points(measure: Bound) -> Bound:
    """∑_y λ{x : x = y} over y in [0,1]."""
    if measure != 0:
        raise Undecided("an uncountable sum")
    return measure


SQUARE = "(0,1)² with Lebesgue measure λ ⊗ λ"

WITNESSES = (
    Witness(
        "two orders", SQUARE, {"f(x,y)": "(x² - y²)/(x² + y²)²"}, "f integrable under λ ⊗ λ",
        Side("∫ ∫ f(x,y) dy dx", "π/4", _second_first),
        Side("∫ ∫ f(x,y) dx dy", "-π/4", _first_first),
        holds=(Holds("y ↦ f(x,y) integrable with ∫ f(x,y) dy = 1/(1 + x²)",
                     "y/(x² + y²) from 0 to 1",
                     lambda: _inner(ODD, SECOND / SQUARES, 0, 1) == 1 / (1 + N * N)),),
        facts=("fubini",),
    ),
    Witness(
        "saddle", "(-1,1)² with Lebesgue measure λ ⊗ λ", {"f(x,y)": "x y/(x² + y²)²"},
        "∫ ∫ |f(x,y)| dy dx < ∞",
        Side("∫ ∫ f(x,y) dy dx", "0", _saddle_iterated),
        Side("∫ f d(λ ⊗ λ)", "no value", _saddle_integral),
        holds=(Holds("∫_0^1 f(x,y) dy = 1/(2x(1 + x²))", "-x/(2(x² + y²)) from 0 to 1",
                     lambda: _saddle(0) == 1 / (2 * N * (1 + N * N))),),
        facts=("fubini_integrability_test",),
    ),
    Witness(
        "diagonal", "[0,1]² with Lebesgue measure λ and counting measure #", {"f": "1_{x=y}"},
        "# σ-finite",
        Side("∫ ∫ f(x,y) #(dy) λ(dx)", "1", lambda: _points_then_length(1 + N - N)),
        Side("∫ ∫ f(x,y) λ(dx) #(dy)", "0", lambda: _length_then_points(length(N, N))),
        holds=(Holds("f measurable and nonnegative", "the diagonal is closed: one y for each x",
                     lambda: length(N, N) == 0),),
        facts=("tonelli", "product_measure_rectangle", "product_measure_sections"),
    ),
    Witness(
        "triangle", "[0,1]² with Lebesgue measure λ ⊗ λ", {"f(x)": "x", "g(y)": "1"},
        "a region that is a rectangle, where {x < y} is none",
        Side("∫ f(x) g(y) 1_{x<y} d(λ ⊗ λ)", "1/6",
             lambda: (power(0, 1, 1, 1) - power(0, 1, 1, 2)).integral()),
        Side("∫ f dλ · ∫ g dλ", "1/2",
             lambda: power(0, 1, 1, 1).integral() * power(0, 1).integral()),
        holds=(Holds("∫ 1_{x<y} dy = 1 - x", "the length of (x,1)",
                     lambda: length(1 - 1 / N, 1) == 1 / N),),
        facts=("integral_of_product_function",),
    ),
    Witness(
        "collapsed line", "ℝ with Lebesgue measure λ", {"T": "0"}, "λ finite",
        Side("λ σ-finite", "true", lambda: length(-N, N) < INF),
        Side("λ∘T⁻¹ σ-finite", "false", lambda: length(-INF, INF) < INF),
        holds=(Holds("(λ∘T⁻¹)({0}) = ∞", "T⁻¹({0}) = ℝ", lambda: length(-INF, INF) == INF),),
        facts=("sigma_finite_reduction",),
    ),
)  # fmt: skip
