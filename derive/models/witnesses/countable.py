"""Witnesses made of countably many masses: series, coin tosses, counting, dyadic intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from itertools import product

from derive.models.extended import INF, NEG
from derive.models.outcome import NoValue, Undecided
from derive.models.witnesses.pieces import Bound, length, limit
from derive.models.witnesses.ratios import N, Ratio, constant
from derive.models.witnesses.witness import Holds, Side, Witness

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


def geometric(first: Fraction | int, factor: Fraction | int) -> Fraction | float:
    """∑_{k≥0} first · factor^k; raises `NoValue` where the partial sums swing."""
    ratio = Fraction(factor)
    if first == 0 or abs(ratio) < 1:
        return first / (1 - ratio)
    if ratio <= -1:
        raise NoValue("a series without a limit")
    return INF if first > 0 else NEG


class Bands:
    """An array a_{i,j} = k(j - i), i, j ≥ 1, with k different from 0 at finitely many places."""

    def __init__(self, heights: Mapping[int, int]) -> None:
        self.heights = dict(heights)

    def rows_first(self) -> Fraction | float:
        """∑_i ∑_j a_{i,j}: from the first row that holds every band on, all sums are equal."""
        return self._total(1 - min(self.heights), lambda i, d: d >= 1 - i)

    def columns_first(self) -> Fraction | float:
        """∑_j ∑_i a_{i,j}."""
        return self._total(1 + max(self.heights), lambda j, d: d <= j - 1)

    def absolute(self) -> Bands:
        """The array of absolute values."""
        return Bands({d: abs(h) for d, h in self.heights.items()})

    def _total(self, full: int, inside: Callable[[int, int], bool]) -> Fraction | float:
        for_ever = sum(self.heights.values())
        if for_ever:
            return INF if for_ever > 0 else NEG
        lines = range(1, max(full, 1))
        return Fraction(sum(h for n in lines for d, h in self.heights.items() if inside(n, d)))


def naturals(low: Ratio | int, high: Ratio | float) -> Bound:
    """The number of natural numbers from `low` to `high`, for all large n."""
    return INF if high == INF else high - low + 1


def _common(low: Ratio) -> Fraction:
    """The number of naturals in {k ≥ low(n)} for every n: none if low is unbounded."""
    if low.limit() != INF:
        raise Undecided("an intersection")
    return Fraction(0)


def _each_zero(measure: Bound | Fraction) -> Fraction:
    """A sum, over any index set, of measures that are all 0."""
    if measure != 0:
        raise Undecided("a sum")
    return Fraction(0)


def _covers() -> bool:
    """Whether [j/m,(j+1)/m], j = 0, …, m-1, cover [0,1] end to end, for every m.

    The endpoints are linear in j: to add the slope to one is to go on to the next j.
    """
    step = 1 / N
    low, high = Ratio((0, step)), Ratio((step, step))
    return high == low + constant(step) and low(Fraction(0)) == 0 and high(N - 1) == 1


def _limsup_of_typewriter() -> Fraction:
    """Each x lies in an interval of every level, so f_n(x) = 1 for infinitely many n."""
    if not _covers():
        raise Undecided("a limit superior")
    return Fraction(1)


def average(
    values: Mapping[int, Fraction], blocks: Iterable[tuple[int, ...]]
) -> dict[int, Fraction]:
    """The conditional expectation under equal masses, given the blocks of a partition."""
    return {
        p: sum((values[q] for q in block), Fraction(0)) / len(block)
        for block in blocks
        for p in block
    }


MIDDLE = {1: Fraction(0), 2: Fraction(1), 3: Fraction(0)}
FIRST, LAST = ((1,), (2, 3)), ((1, 2), (3,))
COINS = tuple(product("HT", "HT"))
EVENTS: tuple[Callable[[tuple[str, str]], bool], ...] = (
    lambda w: w[0] == "H",
    lambda w: w[1] == "H",
    lambda w: w[0] == w[1],
)


def _chance(*events: Callable[[tuple[str, str]], bool]) -> Fraction:
    return Fraction(sum(all(e(w) for e in events) for w in COINS), len(COINS))


def _pairwise() -> bool:
    pairs = [(a, b) for i, a in enumerate(EVENTS) for b in EVENTS[:i]]
    return all(_chance(a, b) == _chance(a) * _chance(b) for a, b in pairs)


ROWS = Bands({0: 1, 1: -1})
CANTOR = "[0,1] with Lebesgue measure λ; F the Cantor function, C the Cantor set"

WITNESSES = (
    Witness(
        "rows and columns", "ℕ × ℕ with counting measure",
        {"a_{i,j}": "1 for j = i, -1 for j = i + 1, 0 otherwise"}, "∑_i ∑_j |a_{i,j}| < ∞",
        Side("∑_i ∑_j a_{i,j}", "0", ROWS.rows_first),
        Side("∑_j ∑_i a_{i,j}", "1", ROWS.columns_first),
        holds=(Holds("∑_i ∑_j |a_{i,j}| = ∞", "every row holds two entries of absolute value 1",
                     lambda: ROWS.absolute().rows_first() == INF),),
        facts=("double_series_swap",),
    ),
    Witness(
        "doubling", "fair coin tosses", {"M_n": "2^n if the first n tosses are heads, else 0"},
        "M_n uniformly integrable",
        Side("lim_n E[M_n]", "1", lambda: limit(N * (1 / N))),
        Side("E[lim_n M_n]", "0", lambda: _each_zero(limit(1 / N))),
        holds=(Holds("M_n ≥ 0, and M_n = 0 from some n on almost surely",
                     "P(M_n ≠ 0) = 2^{-n}, here 1/m with m = 2^n, tends to 0",
                     lambda: limit(1 / N) == 0),),
        facts=("dominated_convergence", "fubini_series"),
    ),
    Witness(
        "St Petersburg", "ℕ with P({k}) = 2^{-k}", {"X(k)": "2^k"}, "X integrable",
        Side("E[X]", "∞", lambda: geometric(1, 1)),
        Side("sup {t · P(X ≥ t)}", "2", lambda: N * (1 / N) * geometric(1, HALF)),
        holds=(Holds("P a probability", "1/2 + 1/4 + … = 1", lambda: geometric(HALF, HALF) == 1),),
        facts=("weak_law", "strong_law"),
    ),
    Witness(
        "Cantor function", CANTOR, {}, "F absolutely continuous",
        Side("F(1) - F(0)", "1", lambda: geometric(HALF, HALF) - geometric(0, HALF)),
        Side("∫ F' dλ", "0", lambda: 0 * geometric(THIRD, 2 * THIRD)),
        holds=(Holds("F' exists and is 0 almost everywhere",
                     "F is constant on the intervals removed: 1/3 + 2/9 + 4/27 + … = 1",
                     lambda: geometric(THIRD, 2 * THIRD) == 1),),
        facts=("integration_by_parts_ftc", "law_and_cdf"),
    ),
    Witness(
        "typewriter", "[0,1] with Lebesgue measure λ",
        {"f_n": "1_[j/2^k,(j+1)/2^k] for n = 2^k + j, 0 ≤ j < 2^k"},
        "∑_n λ({f_n ≠ 0}) < ∞",
        Side("limsup_n f_n(x) for every x", "1", _limsup_of_typewriter),
        Side("lim_n ∫ |f_n| dλ", "0", lambda: limit(length(0, 1 / N))),
        holds=(Holds("f_n → 0 in L¹", "the length is 2^{-k}",
                     lambda: limit(length(0, 1 / N)) == 0),),
        facts=("lp_vs_as",),
    ),
    Witness(
        "tails of ℕ", "ℕ with counting measure #", {"A_n": "{n, n+1, …}"},
        "#(A_k) < ∞ for some k",
        Side("lim_n #(A_n)", "∞", lambda: limit(naturals(N, INF))),
        Side("#(⋂_n A_n)", "0", lambda: _common(N)),
        holds=(Holds("A_n decreasing", "n ≤ n + 1", lambda: N <= N + 1),),
        facts=("continuity_from_above",),
    ),
    Witness(
        "single points of ℕ", "ℕ with counting measure #", {"A_n": "{n}"}, "A increasing",
        Side("lim_n #(A_n)", "1", lambda: limit(naturals(N, N))),
        Side("#(⋃_n A_n)", "∞", lambda: naturals(1, INF)),
        facts=("continuity_from_below",),
    ),
    Witness(
        "continuum of points", "[0,1] with Lebesgue measure λ", {"A_x": "{x} for x in [0,1]"},
        "a countable index set",
        Side("λ(⋃_x A_x)", "1", lambda: length(0, 1)),
        Side("∑_x λ(A_x)", "0", lambda: _each_zero(length(N, N))),
        holds=(Holds("A_x pairwise disjoint, of measure 0", "an interval of length x - x",
                     lambda: length(N, N) == 0),),
        facts=("countable_additivity", "countable_subadditivity", "null_sets",
               "ae_countable_conjunction", "union_bound_bonferroni"),
    ),
    Witness(
        "non-nested σ-algebras", "Ω = {1,2,3} with equal probabilities",
        {"𝓖": "σ({1})", "ℋ": "σ({3})", "X": "1_{2}"}, "𝓖 ⊆ ℋ or ℋ ⊆ 𝓖",
        Side("E[E[X|𝓖]|ℋ](1)", "1/4", lambda: average(average(MIDDLE, FIRST), LAST)[1]),
        Side("E[X|ℋ](1)", "1/2", lambda: average(MIDDLE, LAST)[1]),
        facts=("condexp_tower",),
    ),
    Witness(
        "pairwise independent", "two fair coins",
        {"A": "first heads", "B": "second heads", "C": "both equal"},
        "A, B, C mutually independent",
        Side("P(A ∩ B ∩ C)", "1/4", lambda: _chance(*EVENTS)),
        Side("P(A) · P(B) · P(C)", "1/8", lambda: HALF * HALF * HALF),
        holds=(Holds("pairwise independent", "each pair has probability 1/4", _pairwise),),
        facts=("independence_events",),
    ),
)  # fmt: skip
