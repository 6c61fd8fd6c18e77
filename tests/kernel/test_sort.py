"""Sorts: what is well formed, and matching."""

from __future__ import annotations

import pytest
from samples.kernel import rejection

from derive.kernel.refusal import Reason
from derive.kernel.sort import check_sort, leaves, match_sort, replace_sort, show_sort

DEEP = "num"
for _ in range(20):
    DEEP = ["meas", DEEP]


@pytest.mark.parametrize(
    "sort",
    [
        "num",
        "nat",
        "prop",
        "Ω",
        "'a",
        ["fn", "Ω", "num"],
        ["meas", ["prod", "Ω", "nat"]],
        ("sig", "Ω"),
    ],
)
def test_good_sorts_become_tuples_of_words(sort):
    assert show_sort(check_sort(sort)) == show_sort(check_sort(check_sort(sort)))


@pytest.mark.parametrize(
    "sort",
    [
        "", "a b", "(fn", "a\nb", "a;b", "fn", "#0", "?x", "\u2028", 1, True, None, 1.5, {}, [], ["fn"],
        ["fn", "num"], ["fn", "num", "num", "num"], ["num"], ["num", "num"], [["fn"], "num"], ["foo", "num"],
        [1, "num"], DEEP, "x" * 400,
    ],
)  # fmt: skip
def test_bad_sorts_are_refused(sort):
    assert rejection(Reason.BAD_SORT, check_sort, sort)


@pytest.mark.parametrize(
    "pattern, sort, fits",
    [
        ("num",                  "num",                      True),
        ("num",                  "nat",                      False),
        ("'a",                   ("fn", "Ω", "num"),         True),
        (("fn", "'a", "'a"),     ("fn", "Ω", "Ω"),           True),
        (("fn", "'a", "'a"),     ("fn", "Ω", "num"),         False),
        (("fn", "'a", "num"),    "Ω",                        False),
        (("meas", "'a"),         ("sig", "Ω"),               False),
        ("Ω",                    "Ω",                        True),
        ("Ω",                    "'a",                       False),
    ],
)  # fmt: skip
def test_matching_and_replacing_agree(pattern, sort, fits):
    found = {}
    assert match_sort(pattern, sort, found) is fits
    if fits:
        assert replace_sort(pattern, found) == sort


def test_replacement_is_simultaneous():
    swap = {"'a": "'b", "'b": "'a"}
    assert replace_sort(("fn", "'a", "'b"), swap) == ("fn", "'b", "'a")


def test_leaves_leave_out_what_is_built_in():
    assert leaves(("fn", ("prod", "Ω", "num"), ("meas", "'a"))) == {"Ω", "'a"}


def test_a_sort_that_doubles_is_refused():
    sort = "Ω"
    for _ in range(9):
        sort = ("prod", sort, sort)
    assert rejection(Reason.TOO_LARGE, show_sort, ("prod", sort, sort))
