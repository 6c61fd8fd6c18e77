"""Witnesses about densities, changes of variables, moving supports and derivatives of integrals."""

from __future__ import annotations

from fractions import Fraction

from derive.models.extended import INF, NEG
from derive.models.outcome import Undecided
from derive.models.witnesses.antiderivatives import MultipleOfPi, arctan_integral
from derive.models.witnesses.pieces import Bound, length, limit, power
from derive.models.witnesses.ratios import N, Ratio, ratio
from derive.models.witnesses.witness import Holds, Side, Witness

THETA = N
"""A parameter near 1; no comparison of endpoints below depends on how large it is."""
HALF = Fraction(1, 2)


def _slope_at_1(value: Bound) -> Fraction:
    """The derivative in the parameter, at θ = 1."""
    if isinstance(value, float):
        raise Undecided("a derivative")
    return value.derivative()(Fraction(1))


def _at_1(value: Bound) -> Fraction:
    if isinstance(value, float):
        raise Undecided("a value")
    return value(Fraction(1))


def _boundary_free() -> Fraction:
    """-∫ u' arctan for u = 1: u' is 0."""
    slope = ratio(1).derivative()
    if slope != 0:
        raise Undecided("an integral")
    return Fraction(0)


def _arctan_slope() -> MultipleOfPi:
    """∫ 1/(1+x²) over ℝ."""
    return arctan_integral(1 / (1 + N * N), NEG, INF)


def _weight(left: Ratio, right: Ratio) -> Ratio:
    """The quotient of two constant densities."""
    return left / right


GROWING = power(N, N + 1 / N, 1, 2)
EXCESS = Ratio((0, HALF)) - HALF / N
"""2x/n + 1/n² > 1 exactly for x > (n - 1/n)/2."""

WITNESSES = (
    Witness(
        "no density", "[0,1] with Lebesgue measure λ and counting measure #",
        {"f": "any candidate for dλ/d#"}, "# σ-finite",
        Side("λ([0,1])", "1", lambda: length(0, 1)),
        Side("∫ f d#", "0", lambda: length(N, N) * 1),
        holds=(Holds("λ ≪ #", "only ∅ has # 0", lambda: length(0, 0) == 0),
               Holds("f = 0", "f(x) = ∫_{x} f d# = λ({x}) = 0", lambda: length(N, N) == 0)),
        facts=("radon_nikodym_exists", "lebesgue_decomposition"),
    ),
    Witness(
        "point mass", "ℝ with Lebesgue measure λ and ν = δ_0", {"A": "{0}"}, "ν ≪ λ",
        Side("ν(A)", "1", lambda: 1),
        Side("∫_A f dλ for any f", "0", lambda: length(0, 0)),
        holds=(Holds("λ σ-finite", "λ([-n,n]) = 2n < ∞", lambda: length(-N, N) == 2 * N),),
        facts=("radon_nikodym_exists", "rn_density", "change_of_measure"),
    ),
    Witness(
        "folded map", "(-1,1) with Lebesgue measure λ", {"φ(x)": "x²"}, "φ injective",
        Side("λ(φ((-1,1)))", "1", lambda: length(0, 1)),
        Side("∫ |φ'| dλ", "2",
             lambda: (power(0, 1, 2, 1) - power(-1, 0, 2, 1)).integral()),
        facts=("jacobian_change_of_variables", "change_of_variables"),
    ),
    Witness(
        "reversed map", "(0,1) with Lebesgue measure λ", {"φ(x)": "-x"},
        "φ increasing, or |φ'| in place of φ'",
        Side("λ(φ((0,1)))", "1", lambda: length(-1, 0)),
        Side("∫ φ' dλ", "-1", lambda: power(0, 1, -1).integral()),
        facts=("jacobian_change_of_variables", "substitution_1d_oriented"),
    ),
    Witness(
        "moving support", "ℝ with Lebesgue measure λ",
        {"p_θ": "(1/θ) · 1_(0,θ), the density of U(0,θ)", "θ": "1"},
        "a support that does not depend on θ",
        Side("(d/dθ) ∫ p_θ dλ", "0", lambda: _slope_at_1(power(0, THETA, 1 / THETA).integral())),
        Side("∫ (d/dθ) p_θ dλ", "-1",
             lambda: _at_1(power(0, THETA, (1 / THETA).derivative()).integral())),
        holds=(Holds("∫ p_θ dλ = 1 for every θ", "height times length",
                     lambda: power(0, THETA, 1 / THETA).integral() == 1),),
        facts=("differentiation_under_integral", "score_zero_mean", "fisher_information_two_forms"),
    ),
    Witness(
        "moving step", "[0,1] with Lebesgue measure λ", {"f(t,x)": "1_{x<t}"},
        "f differentiable in t for every t at almost every x, with one null set",
        Side("(d/dt) ∫ f(t,x) λ(dx)", "1", lambda: _slope_at_1(length(0, THETA))),
        Side("∫ (d/dt) f(t,x) λ(dx)", "0",
             lambda: _at_1(power(0, THETA, ratio(1).derivative()).integral())),
        facts=("differentiation_under_integral",),
    ),
    Witness(
        "moving domain", "ℝ with Lebesgue measure λ", {"F(θ)": "∫_0^θ θ dx", "θ": "1"},
        "a domain of integration that does not depend on θ",
        Side("F'(1)", "2", lambda: _slope_at_1(power(0, THETA, THETA).integral())),
        Side("∫_0^1 (d/dθ) θ dx", "1",
             lambda: _at_1(power(0, THETA, THETA.derivative()).integral())),
        facts=("differentiation_under_integral",),
    ),
    Witness(
        "narrow support", "[0,2] with P = U(0,2), Q = U(0,1)",
        {"p": "1/2 on (0,2)", "q": "1 on (0,1)"}, "P ≪ Q",
        Side("E_P[1]", "1", lambda: power(0, 2, HALF).integral()),
        Side("E_Q[p/q]", "1/2", lambda: power(0, 1, _weight(ratio(HALF), ratio(1))).integral()),
        holds=(Holds("Q ≪ P", "p > 0 on (0,1)", lambda: power(0, 1, HALF).is_nonnegative()),),
        facts=("importance_weight_identity", "importance_sampling_estimator", "rn_ratio",
               "rn_integral", "kl_definition"),
    ),
    Witness(
        "inverse of a density", "[0,2] with μ = U(0,2), ν = U(0,1)", {"dν/dμ": "2 on (0,1)"},
        "μ ≪ ν",
        Side("∫ 1/(dν/dμ) dν", "1/2", lambda: power(0, 1, 1 / ratio(2)).integral()),
        Side("μ([0,2])", "1", lambda: power(0, 2, HALF).integral()),
        facts=("rn_inverse",),
    ),
    Witness(
        "cut chain", "[0,2] with Lebesgue measure λ, ν = λ, μ = λ restricted to [0,1]", {},
        "ν ≪ μ",
        Side("∫ (dν/dμ) · (dμ/dλ) dλ", "1",
             lambda: (power(0, 1) * power(0, 1)).integral()),
        Side("ν([0,2])", "2", lambda: length(0, 2)),
        facts=("rn_chain_rule",),
    ),
    Witness(
        "growing density", "ℝ with Lebesgue measure λ and ν of density x²",
        {"A_n": "[n,n+1/n]"}, "ν finite",
        Side("lim_n ν(A_n)", "∞", lambda: limit(GROWING.integral())),
        Side("lim_n λ(A_n)", "0", lambda: limit(length(N, N + 1 / N))),
        holds=(Holds("ν ≪ λ", "ν has a density", lambda: GROWING.is_nonnegative()),),
        facts=("absolute_continuity", "absolute_continuity_of_integral"),
    ),
    Witness(
        "squares in measure", "[0,∞) with Lebesgue measure λ", {"f_n(x)": "x + 1/n", "f(x)": "x"},
        "λ finite",
        Side("lim_n λ({|f_n² - f²| > 1})", "∞", lambda: limit(length(EXCESS, INF))),
        Side("lim_n sup |f_n - f|", "0", lambda: limit(1 / N)),
        holds=(Holds("f_n² - f² = 2x/n + 1/n² is 1 at x = (n - 1/n)/2", "put it in",
                     lambda: 2 * EXCESS / N + 1 / (N * N) == 1),),
        facts=("limit_algebra_in_probability",),
    ),
    Witness(
        "moving point", "ℝ with P_n = δ_{1/n} and P = δ_0", {"A": "(0,1]"},
        "P(∂A) = 0 for the boundary ∂A of A",
        Side("lim_n P_n(A)", "1", lambda: Fraction(1 / N > 0 and 1 / N <= 1)),
        Side("P(A)", "0", lambda: Fraction(limit(1 / N) > 0)),
        holds=(Holds("P_n → P in distribution", "1/n → 0", lambda: limit(1 / N) == 0),),
        facts=("portmanteau", "continuous_mapping"),
    ),
    Witness(
        "boundary at infinity", "ℝ with Lebesgue measure λ", {"u": "1", "v": "arctan"},
        "u · v → 0 at ±∞",
        Side("∫ u · v' dλ", "π", _arctan_slope),
        Side("-∫ u' · v dλ", "0", _boundary_free),
        facts=("integration_by_parts_ftc", "stein_identity"),
    ),
)  # fmt: skip
