"""Quantifiers, series and limits over ℕ, quantifiers over ℝ: exact, or undecided."""

from __future__ import annotations

import pytest
from models.scene import INF, NEG, Scene, Seq, Table

from derive.models.outcome import Undecided

SEQUENCE = "(fn nat num)"


def sequence(*prefix, cycle=(0,)):
    return Scene(junk={"sum": 7, "lim": 9}).let("a", SEQUENCE, Seq(prefix, cycle))


def test_all_and_some_of_a_sequence():
    some = sequence(5, 1, 1, cycle=(1,))
    assert not some("(all (lam nat (eq (app a #0) 1)))")
    assert some("(all (lam nat (imp (le 1 (ofnat #0)) (eq (app a #0) 1))))")
    alternating = sequence(cycle=(0, 1))
    assert alternating(
        "(all (lam nat (ex (lam nat (and (le (ofnat #1) (ofnat #0)) (eq (app a #0) 1))))))"
    )
    assert not alternating(
        "(ex (lam nat (all (lam nat (imp (le (ofnat #1) (ofnat #0)) (eq (app a #0) 1))))))"
    )


def test_there_is_no_largest_index():
    scene = Scene()
    assert scene("(all (lam nat (ex (lam nat (not (le (ofnat #0) (ofnat #1)))))))")
    assert not scene("(ex (lam nat (all (lam nat (le (ofnat #0) (ofnat #1))))))")
    assert not scene("(all (lam nat (le (ofnat #0) 1000)))")


def test_an_index_in_a_number_is_undecided_unless_refuted():
    scene = Scene()
    with pytest.raises(Undecided):
        scene("(all (lam nat (le 0 (ofnat (nmul #0 #0)))))")
    assert not scene("(all (lam nat (eq (mul (ofnat #0) (ofnat #0)) (ofnat #0))))")


FROM_ONE = "(lam nat (le 1 (ofnat #0)))"


@pytest.mark.parametrize(
    "prefix, cycle, total, has",
    [
        ((9, 1, 2), (0,), 3, True),
        ((9, 1, -2), (0,), -1, True),
        ((9, 1), (1,), INF, True),
        ((9, 1), (-1,), NEG, True),
        ((9,), (1, -1), 7, False),
        ((9, INF, NEG), (0,), 7, False),
    ],
)
def test_series(prefix, cycle, total, has):
    scene = sequence(*prefix, cycle=cycle)
    assert scene(f"(sum {FROM_ONE} a)") == total
    assert scene(f"(has_sum {FROM_ONE} a)") is has


def test_finite_sums_of_anything():
    scene = Scene().let("n", "nat", 3)
    inside = "(lam nat (and (le 1 (ofnat #0)) (le (ofnat #0) (ofnat n))))"
    assert scene(f"(sum {inside} (lam nat (mul (ofnat #0) (ofnat #0))))") == 14
    with pytest.raises(Undecided):
        scene(f"(sum {FROM_ONE} (lam nat (inv (ofnat #0))))")


def test_limits_and_extrema():
    scene = sequence(5, 3, cycle=(1, 2))
    assert scene("(lim a)") == 9
    assert scene("(limsup a)") == 2
    assert scene("(liminf a)") == 1
    assert not scene("(has_limit a)")
    assert scene(f"(sup {FROM_ONE} a)") == 3
    assert scene(f"(inff {FROM_ONE} a)") == 1
    assert scene("(sup (lam nat false) a)") == NEG
    assert sequence(5, cycle=(2,))("(tendsto a 2)")
    assert not sequence(5, cycle=(2,))("(tendsto a 5)")


def test_numbers_between_the_numbers_of_the_model():
    scene = Scene().let("f", "(fn X num)", Table({"a": 1, "b": 1, "c": 2}))
    assert scene("(all (lam num (imp (le #0 1) (all (lam X (le #1 (app f #0)))))))")
    assert not scene("(all (lam num (imp (le #0 2) (all (lam X (le #1 (app f #0)))))))")
    assert scene("(ex (lam num (and (not (le #0 1)) (not (le 2 #0)))))")
    with pytest.raises(Undecided):
        scene("(all (lam num (imp (fin #0) (le 0 (mul #0 #0)))))")
    assert not scene("(all (lam num (le (mul #0 #0) 1)))")
