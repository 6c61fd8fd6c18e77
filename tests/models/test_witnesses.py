"""The curated witnesses: both values computed exactly, and the machines that compute them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.kernel.symbol import rules_folder
from derive.models.extended import INF, NEG
from derive.models.outcome import NoValue, Undecided
from derive.models.witnesses import COMPUTED, WITNESSES, Named, Side, Witness
from derive.models.witnesses.antiderivatives import (
    MultipleOfPi,
    arctan_integral,
    certified,
    diverges_at_0,
    diverges_at_infinity,
)
from derive.models.witnesses.countable import Bands, average, geometric
from derive.models.witnesses.pieces import Piece, Pieces, Term, length, limit, power, scaled
from derive.models.witnesses.ratios import N, Ratio, constant, ratio
from derive.models.witnesses.witness import false, value_text

HALF = Fraction(1, 2)


def by_name(witness):
    return witness.name


@pytest.mark.parametrize("witness", COMPUTED, ids=by_name)
def test_both_values_are_those_that_the_text_claims(witness):
    assert witness.left.computed() == witness.left.value
    assert witness.right.computed() == witness.right.value


@pytest.mark.parametrize("witness", COMPUTED, ids=by_name)
def test_the_statement_is_false_and_the_other_hypotheses_hold(witness):
    assert false(witness)
    assert [h.condition for h in witness.holds if not h.test()] == []


def test_a_statement_that_is_true_is_no_witness():
    one = Side("1", "1", lambda: Fraction(1))
    two = Side("2", "2", lambda: Fraction(2))
    assert not false(Witness("w", "", {}, "", one, one))
    assert not false(Witness("w", "", {}, "", one, two, "≤"))
    assert false(Witness("w", "", {}, "", two, one, "≤"))


def test_names_are_names_of_one_witness_each_and_facts_are_known():
    assert len(WITNESSES) == len(COMPUTED) + sum(isinstance(w, Named) for w in WITNESSES.values())
    known = set((rules_folder() / "known_facts.txt").read_text(encoding="utf-8").split())
    for witness in WITNESSES.values():
        assert witness.facts
        assert set(witness.facts) <= known, witness.name


def test_the_text_has_the_objects_and_both_values():
    text = WITNESSES["tail sets"].text
    assert "A_n = [n,∞)" in text
    assert text.endswith("lim_n λ(A_n) is ∞, λ(⋂_n A_n) is 0: not equal")


# ---- rational functions


def test_rational_functions_are_a_field_ordered_by_their_values_for_large_n():
    assert (N * N - 1) / (N - 1) == N + 1
    assert 1 / N > 0
    assert Fraction(1, 10**9) >= 1 / N
    assert N > 10**9
    assert N < INF
    assert N > NEG
    assert ((2 * N * N + 1) / (N * N - N)).limit() == 2
    assert (-N).limit() == NEG
    assert (1 / N).limit() == 0
    with pytest.raises(ZeroDivisionError):
        N / (N - N)


@pytest.mark.parametrize("point", [2, Fraction(1, 3), -5])
def test_derivatives_obey_the_rules(point):
    f, g = (N * N + 1) / (N + 7), 3 * N - 2 / (N * N)
    assert (f * g).derivative()(point) == (f.derivative() * g + f * g.derivative())(point)
    assert (1 / f).derivative() == -f.derivative() / (f * f)
    assert f(g).derivative() == f.derivative()(g) * g.derivative()


def test_two_variables():
    y = Ratio((0, 1))
    f = constant(N) / (constant(N) + y)
    assert f(1 / N) == N * N / (N * N + 1)
    assert f.derivative()(N * 0) == -1 / N


# ---- pieces


def test_integrals_of_powers():
    assert power(0, 2, 3, 2).integral() == 8
    assert power(0, 1, 1, -HALF).integral() == 2
    assert power(1, INF, 1, -2).integral() == 1
    assert power(-1, 1, 1, 3).integral() == 0
    assert power(-1, 1, 1, 2).integral() == Fraction(2, 3)
    assert power(0, 1, -1, -2).integral() == NEG
    assert power(NEG, 0, 1, 1).integral() == NEG
    assert power(0, 1, N, N).integral() == N / (N + 1)


def test_integrals_without_a_value_or_a_rational_one():
    for exponent in (-1, 1, -3):
        with pytest.raises(NoValue):
            power(NEG, INF, 1, exponent).integral()
    with pytest.raises(Undecided):
        power(1, 2, 1, -1).integral()
    with pytest.raises(Undecided):
        power(1, 2, 1, HALF).integral()
    one, other = Term(ratio(1), ratio(-1)), Term(ratio(-1), ratio(-2))
    with pytest.raises(Undecided):
        Pieces([Piece(ratio(0), ratio(1), (one, other))]).integral()


def test_sums_products_and_limits_of_pieces():
    f, g = power(0, 2), power(1, 3, 1, 1)
    assert (f + g).integral() == 6
    assert (f * g).integral() == Fraction(3, 2)
    assert (f - f).is_zero()
    assert not (f - g).is_nonnegative()
    assert (power(0, 1 / N, N) + power(0, 1)).limit().integral() == 1
    assert limit(power(0, N + 1, 1 / N).integral()) == 1
    assert scaled(0, power(0, 1, 1, -1)).integral() == 0
    with pytest.raises(Undecided):
        power(0, 1, N).limit()
    with pytest.raises(ValueError, match="overlap"):
        Pieces([*power(0, 2).pieces, *power(1, 3).pieces])
    assert length(N, N) == 0


# ---- antiderivatives, series, averages


def test_antiderivatives_are_checked():
    f = 2 * N / ((1 + N * N) * (1 + N * N))
    assert certified(-1 / (1 + N * N), f) == -1 / (1 + N * N)
    with pytest.raises(ValueError, match="not an antiderivative"):
        certified(1 / (1 + N * N), f)
    assert arctan_integral(3 / (1 + N * N), 0, INF) == MultipleOfPi(Fraction(3, 2))
    with pytest.raises(Undecided):
        arctan_integral(1 / (2 + N * N), 0, 1)
    with pytest.raises(Undecided):
        arctan_integral(1 / (1 + N * N), 0, 2)
    assert str(MultipleOfPi(Fraction(-3, 2))) == "-3π/2"
    assert MultipleOfPi(Fraction(0)) == 0
    assert MultipleOfPi(Fraction(1)) != 3


def test_divergence_by_comparison_with_the_reciprocal():
    assert diverges_at_infinity(N / (1 + N * N))
    assert not diverges_at_infinity(1 / (1 + N * N))
    assert diverges_at_0(1 / (N * (1 + N)))
    assert not diverges_at_0(1 / (1 + N))


def test_series():
    assert geometric(HALF, HALF) == 1
    assert geometric(1, 1) == INF
    assert geometric(-1, 2) == NEG
    assert geometric(0, 5) == 0
    with pytest.raises(NoValue):
        geometric(1, -1)
    bands = Bands({-1: 2, 0: -3, 1: 1})
    # The first row is -3, 1 and the first column -3, 2; all other rows and columns sum to 0.
    assert bands.rows_first() == -2
    assert bands.columns_first() == -1
    assert bands.absolute().rows_first() == INF


def test_averages_over_blocks():
    values = {1: Fraction(1), 2: Fraction(3), 3: Fraction(5)}
    assert average(values, ((1, 2), (3,))) == {1: 2, 2: 2, 3: 5}


def test_values_as_text():
    assert value_text((2 * N) / N) == "2"
    assert value_text(Fraction(1, 3)) == "1/3"
    assert value_text(True) == "true"
    with pytest.raises(ValueError, match="depends on n"):
        value_text(N)
