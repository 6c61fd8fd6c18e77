"""Witnesses about means, variances and covariances of variables with heavy tails."""

from __future__ import annotations

from fractions import Fraction

from derive.models.extended import INF, NEG
from derive.models.outcome import NoValue, Undecided
from derive.models.witnesses.antiderivatives import (
    MultipleOfPi,
    arctan_integral,
    diverges_at_infinity,
)
from derive.models.witnesses.pieces import Bound, power
from derive.models.witnesses.ratios import N, ratio
from derive.models.witnesses.witness import Holds, Side, Witness

HALF = Fraction(1, 2)
CAUCHY = ratio(1) / (1 + N * N)
"""π times the density of the Cauchy law, as a rational function of x."""
TWO_TAILS = power(0, 1, HALF) + power(1, INF, HALF, -2)
"""The density 1/2 on (0,1) and 1/(2x²) on (1,∞)."""
FIRST = power(0, 1, 1, -HALF) + power(1, INF, 1, HALF)
SECOND = power(0, 1, 1, -HALF) - power(1, INF, 1, HALF)


def _mean_of_cauchy() -> Fraction:
    """E[X]: both parts exceed a positive multiple of ∫ 1/x over (a,∞)."""
    upper, lower = CAUCHY * N, CAUCHY(-N) * N
    if diverges_at_infinity(upper) and diverges_at_infinity(lower):
        raise NoValue("E[X⁺] = E[X⁻] = ∞")
    raise Undecided("a mean")


def _variance_of_infinite_mean() -> Bound:
    """E[X²] - E[X]² for the density 1/x² on [1,∞)."""
    square, mean = power(1, INF).integral(), power(1, INF, 1, -1).integral()
    if square == INF and mean == INF:
        raise NoValue("∞ - ∞")
    return square if isinstance(square, float) else square - mean * mean


def _cauchy_variance() -> Fraction:
    """Var(X) = E[(X - E[X])²]: without a mean there is nothing to subtract."""
    return _mean_of_cauchy()


CAUCHY_MASS = Holds(
    "total mass 1",
    "(1/π) (arctan(∞) - arctan(-∞))",
    lambda: arctan_integral(CAUCHY, NEG, INF) == MultipleOfPi(Fraction(1)),
)
CAUCHY_SPACE = "a probability space with a variable X of density 1/(π(1+x²))"

WITNESSES = (
    Witness(
        "Cauchy", CAUCHY_SPACE, {"Y": "-X"}, "X integrable",
        Side("E[X + Y]", "0", lambda: power(0, 1, 0).integral()),
        Side("E[X] + E[Y]", "no value", lambda: _mean_of_cauchy()),
        holds=(CAUCHY_MASS,),
        facts=("expectation_linearity", "weak_law", "strong_law"),
    ),
    Witness(
        "Cauchy and zero", CAUCHY_SPACE, {"Y": "0"}, "X integrable",
        Side("E[X Y]", "0", lambda: power(0, 1, 0).integral()),
        Side("E[X] · E[Y]", "no value", lambda: _mean_of_cauchy() * 0),
        holds=(CAUCHY_MASS,), facts=("covariance_identities", "expectation_of_product"),
    ),
    Witness(
        "Cauchy variance", CAUCHY_SPACE, {"a": "0"}, "X integrable",
        Side("Var(a X)", "0", lambda: power(0, 1, 0).integral()),
        Side("a² Var(X)", "no value", lambda: 0 * _cauchy_variance()),
        holds=(CAUCHY_MASS,), facts=("variance_identities", "variance_affine"),
    ),
    Witness(
        "infinite mean", "[1,∞) with P of density 1/x²", {"X(x)": "x"}, "X integrable under P",
        Side("E[X²] - E[X]²", "no value", _variance_of_infinite_mean),
        Side("P(X < ∞)", "1", lambda: power(1, INF, 1, -2).integral()),
        facts=("expectation_linearity", "variance_identities", "variance_formula"),
    ),
    Witness(
        "infinite variance", "[1,∞) with P of density 2/x³", {"X(x)": "x"},
        "X² integrable under P",
        Side("E[X²]", "∞", lambda: power(1, INF, 2, -1).integral()),
        Side("E[X]²", "4", lambda: power(1, INF, 2, -2).integral() ** 2),
        relation="≤",
        holds=(Holds("P a probability", "-1/x² from 1 to ∞",
                     lambda: power(1, INF, 2, -3).integral() == 1),
               Holds("X integrable", "E[X] = 2", lambda: power(1, INF, 2, -2).integral() == 2)),
        facts=("variance_identities",),
    ),
    Witness(
        "signed roots", "(0,∞) with P of density 1/2 on (0,1) and 1/(2x²) on (1,∞)",
        {"X": "x^(-1/2) on (0,1), x^(1/2) on (1,∞)", "Y": "x^(-1/2) on (0,1), -x^(1/2) on (1,∞)"},
        "X Y integrable",
        Side("E[X Y]", "no value", lambda: (FIRST * SECOND * TWO_TAILS).integral()),
        Side("E[X] · E[Y]", "0",
             lambda: (FIRST * TWO_TAILS).integral() * (SECOND * TWO_TAILS).integral()),
        holds=(Holds("P a probability", "1/2 + 1/2", lambda: TWO_TAILS.integral() == 1),
               Holds("X integrable", "E[X] = 1 + 1", lambda: (FIRST * TWO_TAILS).integral() == 2),
               Holds("Y integrable", "E[Y] = 1 - 1", lambda: (SECOND * TWO_TAILS).integral() == 0)),
        facts=("covariance_identities",),
    ),
)  # fmt: skip
