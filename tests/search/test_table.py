"""How long a failure of the search stands."""

from __future__ import annotations

from search.terms import term

from derive.search.proof import hyp
from derive.search.table import Table

A, B, C = (("goal", name) for name in "ABC")


def fails(table: Table, key: tuple, depth: int, *, bounded=False, spent=False) -> None:
    """Open and close a goal that fails by itself, perhaps at a bound."""
    noted = table.enter(key)
    table.bounded, table.spent = bounded, spent
    table.leave(key, depth, None, noted)


def test_a_plain_failure_stands():
    table = Table()
    fails(table, A, 5)
    assert table.has_failed(A, 0)


def test_a_failure_at_the_depth_bound_stands_no_less_deep():
    table = Table()
    fails(table, A, 5, bounded=True)
    assert table.has_failed(A, 5)
    assert table.has_failed(A, 6)
    assert not table.has_failed(A, 4)


def test_a_new_proof_ends_it():
    table = Table()
    fails(table, A, 5, bounded=True)
    table.leave(B, 0, hyp(term("p")), table.enter(B))
    assert not table.has_failed(A, 5)


def test_a_failure_for_want_of_goals_is_not_remembered():
    table = Table()
    fails(table, A, 5, spent=True)
    assert not table.has_failed(A, 9)


def test_a_goal_that_meets_an_open_one_fails_while_that_is_open():
    table = Table()
    outer = table.enter(A)
    inner = table.enter(B)
    assert table.has_failed(A, 2)
    table.leave(B, 1, None, inner)
    assert table.has_failed(B, 1)
    assert not table.has_failed(B, 0)
    table.leave(A, 0, None, outer)
    assert not table.has_failed(B, 1)
    assert table.has_failed(A, 0)


def test_what_a_failure_depends_on_is_handed_up():
    table = Table()
    outer = table.enter(A)
    middle = table.enter(B)
    inner = table.enter(C)
    assert table.has_failed(A, 3)
    table.leave(C, 2, None, inner)
    table.leave(B, 1, None, middle)
    assert B not in table.failed
    assert C not in table.failed
    table.leave(A, 0, None, outer)
    assert not table.has_failed(B, 9)
    assert not table.has_failed(C, 9)


def test_a_goal_that_is_proved_depends_on_nothing():
    table = Table()
    outer = table.enter(A)
    inner = table.enter(B)
    assert table.has_failed(A, 2)
    table.leave(B, 1, hyp(term("p")), inner)
    assert (table.above, table.bounded, table.spent) == (0, False, False)
    table.leave(A, 0, None, outer)
    assert A in table.failed
