"""Witnesses on ℝ with Lebesgue measure: mass that escapes, and integrals that are infinite."""

from __future__ import annotations

from fractions import Fraction

from derive.models.extended import INF, NEG
from derive.models.outcome import NoValue, Undecided
from derive.models.witnesses.pieces import Bound, Pieces, length, limit, power, scaled
from derive.models.witnesses.ratios import N, Ratio
from derive.models.witnesses.witness import Holds, Side, Witness

HALF = Fraction(1, 2)
PEAK = power(0, 1 / N, N)
TRAVELLING = power(N, N + 1)
SPREADING = power(0, N, 1 / N)
TAILS = power(N, INF)
SINKING = power(NEG, INF, -1 / N)
POWERS = power(0, 1, N, N)
BLOCKS = power(N, N + 1) - power(N + 1, N + 2)
BLOCK_SUMS = power(0, 1) - power(N + 1, N + 2)
ON_LINE = "ℝ with Lebesgue measure λ"
ON_UNIT = "(0,1) with Lebesgue measure λ"


def _limits(name: str, space: str, formula: str, sequence: Pieces, lacks: str,
            values: tuple[str, str], holds: tuple[Holds, ...] = (), facts: tuple[str, ...] = (),
            relation: str = "=") -> Witness:  # fmt: skip
    """A sequence of functions whose integrals do not tend to that of the limit."""
    return Witness(
        name, space, {"f_n": formula}, lacks,
        Side("lim_n ∫ f_n dλ", values[0], lambda: limit(sequence.integral())),
        Side("∫ lim_n f_n dλ", values[1], lambda: sequence.limit().integral()),
        relation, (_to_zero(sequence), *holds), facts,
    )  # fmt: skip


def _to_zero(sequence: Pieces) -> Holds:
    return Holds(
        "f_n → 0 λ-a.e.",
        "each fixed x leaves the pieces of f_n, or the heights there tend to 0",
        lambda: sequence.limit().is_zero(),
    )


def _nonnegative(sequence: Pieces) -> Holds:
    return Holds("f_n ≥ 0", "the heights are nonnegative", sequence.is_nonnegative)


def _decreasing(sequence: Pieces) -> Holds:
    return Holds(
        "f_n decreasing",
        "f_n - f_{n+1} is nonnegative",
        lambda: (sequence - sequence(N + 1)).is_nonnegative(),
    )


def _increasing(sequence: Pieces) -> Holds:
    return Holds(
        "f_n increasing",
        "f_{n+1} - f_n is nonnegative",
        lambda: (sequence(N + 1) - sequence).is_nonnegative(),
    )


def _square_norms(sequence: Pieces) -> Holds:
    return Holds(
        "∫ f_n² dλ → 0", "the integral is 1/n", lambda: limit((sequence * sequence).integral()) == 0
    )


def _expected(sequence: Pieces, mass: int) -> Holds:
    return Holds(
        f"∫ |f_n| dλ = {mass} for all n", "height times length", lambda: sequence.integral() == mass
    )


UNDOMINATED = "f_n dominated: |f_n| ≤ g for an integrable g"

SEQUENCES = (
    _limits("peak", ON_UNIT, "n · 1_(0,1/n)", PEAK, UNDOMINATED, ("1", "0"),
            (_nonnegative(PEAK), _expected(PEAK, 1)),
            ("fatou", "reverse_fatou", "dominated_convergence", "generalized_dominated_convergence",
             "continuity_under_integral", "scheffe_lemma", "uniform_integrability",
             "vitali_convergence", "lp_vs_as")),
    _limits("travelling", ON_LINE, "1_[n,n+1]", TRAVELLING, UNDOMINATED, ("1", "0"),
            (_nonnegative(TRAVELLING), _expected(TRAVELLING, 1)), ("dominated_convergence",)),
    _limits("spreading", ON_LINE, "(1/n) · 1_[0,n]", SPREADING,
            "λ finite, where the bound of f_n is a constant", ("1", "0"),
            (_nonnegative(SPREADING), Holds(
                "|f_n| ≤ 1", "the height is 1/n ≤ 1", lambda: Ratio((1,), (0, 1)) <= 1)),
            ("bounded_convergence", "vitali_convergence")),
    _limits("powers", ON_UNIT, "n · y^n", POWERS, UNDOMINATED, ("1", "0"),
            (_nonnegative(POWERS),), ("dominated_convergence",)),
    _limits("tails", ON_LINE, "1_[n,∞)", TAILS, "∫ f_1 dλ < ∞", ("∞", "0"),
            (_nonnegative(TAILS), _decreasing(TAILS)),
            ("monotone_convergence_decreasing", "dominated_convergence")),
    _limits("sinking", ON_LINE, "-1/n", SINKING, "f_1 bounded below by an integrable function",
            ("-∞", "0"), (_increasing(SINKING),), ("monotone_convergence",)),
    _limits("reversed peak", ON_UNIT, "-n · 1_(0,1/n)", scaled(-1, PEAK), "f_n ≥ 0",
            ("-1", "0"), (), ("fatou",)),
)  # fmt: skip

OTHERS = (
    Witness(
        "tail sets", ON_LINE, {"A_n": "[n,∞)"}, "λ(A_k) < ∞ for some k",
        Side("lim_n λ(A_n)", "∞", lambda: limit(length(N, INF))),
        Side("λ(⋂_n A_n)", "0", lambda: TAILS.limit().integral()),
        holds=(_decreasing(TAILS),), facts=("continuity_from_above",),
    ),
    Witness(
        "tail sets from 0", ON_LINE, {"A_n": "[n,∞) for n ≥ 1, A_0 = ∅", "k": "0"}, "k ≥ 1",
        Side("lim_n λ(A_n)", "∞", lambda: limit(length(N, INF))),
        Side("λ(⋂_n A_n)", "0", lambda: TAILS.limit().integral()),
        holds=(_decreasing(TAILS), Holds("λ(A_k) < ∞", "λ(∅) = 0", lambda: length(0, 0) == 0)),
        facts=("continuity_from_above",),
    ),
    Witness(
        "travelling sets", ON_LINE, {"A_n": "[n,n+1]"}, "λ(⋃_{k≥n} A_k) < ∞ for some n",
        Side("lim_n λ(A_n)", "1", lambda: limit(length(N, N + 1))),
        Side("λ({x in A_n for infinitely many n})", "0", lambda: TRAVELLING.limit().integral()),
        relation="≤", facts=("fatou_for_sets",),
    ),
    Witness(
        "telescoping blocks", ON_LINE, {"f_n": "1_[n,n+1) - 1_[n+1,n+2) for n ≥ 0"},
        "∑_n ∫ |f_n| dλ < ∞",
        Side("∫ ∑_n f_n dλ", "1", lambda: BLOCK_SUMS.limit().integral()),
        Side("∑_n ∫ f_n dλ", "0", lambda: _sum_of_zeros(BLOCKS.integral())),
        holds=(Holds("the sum up to n is 1_[0,1) - 1_[n+1,n+2)", "the next term is added",
                     lambda: (BLOCK_SUMS - BLOCK_SUMS(N - 1) - BLOCKS).is_zero()),),
        facts=("fubini_series",),
    ),
    Witness(
        "reciprocal tail", "[1,∞) with Lebesgue measure λ", {"f": "1/x"}, "λ finite",
        Side("f integrable under λ", "false", lambda: power(1, INF, 1, -1).integral() < INF),
        Side("f² integrable under λ", "true", lambda: power(1, INF, 1, -2).integral() < INF),
        holds=(Holds("∫ f² dλ = 1", "-1/x from 1 to ∞",
                     lambda: power(1, INF, 1, -2).integral() == 1),),
        facts=("integrable_bounded_finite", "lyapunov_lp_monotone"),
    ),
    Witness(
        "reciprocal at 0", ON_UNIT, {"f": "1/x"}, "∫ |f| dλ < ∞",
        Side("∫ f dλ", "∞", lambda: power(0, 1, 1, -1).integral()),
        Side("f finite almost everywhere, ∞ · λ({f = ∞})", "0", lambda: length(0, 0)),
        facts=("finite_integral_consequences",),
    ),
    Witness(
        "square root at 0", ON_UNIT, {"f": "x^(-1/2)", "g": "f"}, "g bounded",
        Side("f · g integrable under λ", "false",
             lambda: power(0, 1, 1, -1).integral() < INF),
        Side("f integrable under λ", "true", lambda: power(0, 1, 1, -HALF).integral() < INF),
        holds=(Holds("∫ f dλ = 2", "2 x^(1/2) from 0 to 1",
                     lambda: power(0, 1, 1, -HALF).integral() == 2),),
        facts=("integrable_algebra", "covariance_identities"),
    ),
    Witness(
        "odd reciprocal", "(-1,1) with Lebesgue measure λ", {"f": "1/x", "c": "0"},
        "f has an integral",
        Side("∫ c · f dλ", "0", lambda: scaled(0, power(-1, 1, 1, -1)).integral()),
        Side("c · ∫ f dλ", "no value", lambda: 0 * power(-1, 1, 1, -1).integral()),
        facts=("integral_const_mul",),
    ),
    Witness(
        "square norms", ON_LINE, {"f_n": "(1/n) · 1_[0,n]"}, "λ finite",
        Side("lim_n ∫ |f_n| dλ", "1", lambda: limit(SPREADING.integral())),
        Side("lim_n ∫ f_n² dλ", "0", lambda: limit((SPREADING * SPREADING).integral())),
        holds=(_square_norms(SPREADING),), facts=("lq_implies_lp",),
    ),
    Witness(
        "cancelling parts", "[-1,1] with Lebesgue measure λ", {"f": "x"}, "f ≥ 0 λ-a.e.",
        Side("∫ f dλ", "0", lambda: power(-1, 1, 1, 1).integral()),
        Side("∫ |f| dλ", "1",
             lambda: (power(0, 1, 1, 1) - power(-1, 0, 1, 1)).integral()),
        facts=("integral_eq_zero_iff",),
    ),
    Witness(
        "constant difference", ON_LINE, {"f": "1 + 1_[0,1]", "g": "1"}, "g integrable under λ",
        Side("∫ f - g dλ", "1",
             lambda: (power(NEG, INF) + power(0, 1) - power(NEG, INF)).integral()),
        Side("∫ f dλ - ∫ g dλ", "no value",
             lambda: _difference(power(NEG, INF) + power(0, 1), power(NEG, INF))),
        facts=("integral_sub",),
    ),
)  # fmt: skip


def _sum_of_zeros(term: Bound) -> Fraction:
    """The sum of a series whose terms are 0 for every n."""
    if term != 0:
        raise Undecided("a series")
    return Fraction(0)


def _difference(left: Pieces, right: Pieces) -> object:
    """∫ left - ∫ right, which has no value as ∞ - ∞."""
    a, b = left.integral(), right.integral()
    if isinstance(a, float) and isinstance(b, float):
        raise NoValue("∞ - ∞")
    return a - b


WITNESSES = (*SEQUENCES, *OTHERS)
