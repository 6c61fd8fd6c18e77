"""Terms: interning, the normal forms that `mk` gives, substitution, bounds."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples.kernel import LETTERS, rejection, term

from derive.kernel.core import term_text
from derive.kernel.letter import all_of, closed_prop, fill, generalise, replace_frees
from derive.kernel.refusal import Reason, refuel
from derive.kernel.sort import NAT, NUM, PROP
from derive.kernel.term import (
    abstract,
    instantiate,
    mk,
    mk_bound,
    mk_free,
    mk_lam,
    mk_meta,
    mk_nat,
    mk_num,
    shift,
)
from derive.kernel.text import subterms

a, b, c, x, y = (LETTERS[name] for name in "abcxy")


@pytest.mark.parametrize(
    "left, right",
    [
        ("(add a b)",                                 "(add b a)"),
        ("(add a (add b c))",                         "(add (add c b) a)"),
        ("(and p (and q r))",                         "(and (and r p) q)"),
        ("(not (not p))",                             "p"),
        ("(fst (pair a n))",                          "a"),
        ("(snd (pair a n))",                          "n"),
        ("(pair (fst w) (snd w))",                    "w"),
        ("(ofnat (nat 3))",                           "3"),
        ("(app (lam num (add #0 a)) b)",              "(add a b)"),
        ("(lam num (app f #0))",                      "f"),
        ("(eq f g)",                                  "(all (lam num (eq (app f #0) (app g #0))))"),
        ("(all (lam Ω (app A #0)))",                  "(all A)"),
        ("(app (lam num (lam num (add #0 #1))) a)",   "(lam num (add #0 a))"),
        ("(eq A B)",                                  "(all (lam Ω (eq (app A #0) (app B #0))))"),
        ("(add a)",                                   "a"),
        ("4/6",                                       "2/3"),
    ],
)  # fmt: skip
def test_equal_terms_are_identical(left, right):
    assert term(left) is term(right)


@pytest.mark.parametrize(
    "left, right",
    [
        ("(add a b)",                   "(mul a b)"),
        ("(add a a)",                   "a"),
        ("(and p p)",                   "p"),
        ("(add 1 2)",                   "3"),
        ("(nat 1)",                     "1"),
        ("(imp p q)",                   "(imp q p)"),
        ("(lam num #0)",                "(lam nat #0)"),
        ("(pair (fst w) (nat 2))",      "w"),
        ("(lam num (app f (app g #0)))", "f"),
        ("(lam nat (lam num (add #0 (ofnat #1))))", "(lam nat (lam num (add #0 (ofnat (nat 0)))))"),
    ],
)  # fmt: skip
def test_different_terms_are_not(left, right):
    assert term(left) is not term(right)


def test_three_kinds_of_variable_never_meet():
    assert len({mk_free("x", NUM), mk_meta("x", NUM), mk_bound(0, NUM), mk_free("x", NAT)}) == 4


@pytest.mark.parametrize(
    "text, reason",
    [
        ("(nonsense a)",           Reason.UNKNOWN_SYMBOL),
        ("nonsense",               Reason.UNKNOWN_SYMBOL),
        ("(le a)",                 Reason.BAD_RECORD),
        ("(le a b c)",             Reason.BAD_RECORD),
        ("(add)",                  Reason.BAD_RECORD),
        ("(le a n)",               Reason.BAD_SORT),
        ("(add a n)",              Reason.BAD_SORT),
        ("(eq a n)",               Reason.BAD_SORT),
        ("(eq f A)",               Reason.BAD_SORT),
        ("(app f n)",              Reason.BAD_SORT),
        ("(app a b)",              Reason.BAD_SORT),
        ("(app (lam num #0) n)",   Reason.BAD_SORT),
        ("(int μ f)",              Reason.BAD_SORT),
        ("(and p a)",              Reason.BAD_SORT),
    ],
)  # fmt: skip
def test_ill_formed_terms_are_refused(text, reason):
    assert rejection(reason, term, text)


def test_a_binder_over_another_sort_is_refused():
    body = mk("add", mk_bound(0, NUM), a)
    assert rejection(Reason.BAD_SORT, mk_lam, NAT, body)
    both = mk("le", mk_bound(0, NUM), mk("ofnat", mk_bound(0, NAT)))
    assert rejection(Reason.BAD_SORT, mk_lam, NUM, both)


def test_bounds():
    assert rejection(Reason.TOO_DEEP, grow, a)
    assert rejection(Reason.TOO_LARGE, double)
    assert rejection(Reason.TOO_LARGE, mk_num, 10**2000)
    assert rejection(Reason.TOO_LARGE, mk_nat, 10**2000)
    assert rejection(Reason.TOO_LARGE, mk_nat, -1)
    assert rejection(Reason.BAD_INDEX, mk_bound, -1, NUM)
    assert rejection(Reason.BAD_INDEX, mk_bound, 200, NUM)


def grow(t):
    """Nest until refused."""
    while True:
        t = mk("exp", t)


def double():
    """Double until refused."""
    t = a
    while True:
        t = mk("exp", mk("pow", mk("mul", t, t, t, t), mk_nat(2)))


def test_work_is_bounded_when_fuel_is_set():
    deep = mk("exp", x)
    for _ in range(50):
        deep = mk("exp", deep)
    before = refuel(20)
    try:
        assert rejection(Reason.TOO_LARGE, abstract, deep, x)
    finally:
        refuel(before)
    assert abstract(deep, x).sort == ("fn", NUM, NUM)


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_ac_arguments_in_any_order_and_bracketing(order):
    parts = [term(t) for t in ("a", "(mul a b)", "2", "(exp c)")]
    p, q, r, s = (parts[i] for i in order)
    assert mk("add", mk("add", p, q), mk("add", r, s)) is mk("add", *parts)
    assert mk("add", p, mk("add", q, mk("add", r, s))) is mk("add", *parts)


LEAVES = st.sampled_from([a, b, x, y, mk_num(2), mk("inf")])


def _extend(parts):
    return (
        st.builds(lambda s, t: mk("add", s, t), parts, parts)
        | st.builds(lambda s, t: mk("mul", s, t), parts, parts)
        | st.builds(lambda s: mk("exp", s), parts)
        | st.builds(lambda s, t: mk("app", abstract(s, x), t), parts, parts)
        | st.builds(lambda s: mk("sup", term("(lam num (le #0 a))"), abstract(s, y)), parts)
    )


NUMBERS = st.recursive(LEAVES, _extend, max_leaves=12)


@given(NUMBERS)
def test_closing_and_opening_give_the_term_back(t):
    closed = abstract(t, x)
    assert mk("app", closed, x) is t
    assert x not in closed.frees


@given(NUMBERS, NUMBERS)
def test_substitution_is_application_of_the_abstraction(t, value):
    assert replace_frees(t, {x: value}) is mk("app", abstract(t, x), value)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_substitution_lemma(t, u, v):
    v = replace_frees(v, {x: a})
    one = replace_frees(replace_frees(t, {x: u}), {y: v})
    other = replace_frees(replace_frees(t, {y: v}), {x: replace_frees(u, {y: v})})
    assert one is other


@given(NUMBERS)
def test_swapping_twice_is_nothing(t):
    swap = {x: y, y: x}
    assert replace_frees(replace_frees(t, swap), swap) is t


@given(NUMBERS)
def test_the_name_of_a_bound_variable_does_not_matter(t):
    fresh = mk_free("fresh", NUM)
    assert abstract(replace_frees(t, {x: fresh}), fresh) is abstract(t, x)


@given(NUMBERS)
def test_shifting_up_and_down(t):
    body = abstract(t, x).body if hasattr(abstract(t, x), "body") else t
    assert shift(shift(body, 3), -3) is body


@given(NUMBERS)
def test_letters_become_metas_and_are_filled(t):
    metas = {f: mk_meta(f.name, f.sort) for f in t.frees}
    pattern = generalise(t, metas, {})
    assert not pattern.frees
    assert fill(pattern, {f.name: f for f in t.frees}, {}) is t


@given(NUMBERS)
def test_core_text_reads_back(t):
    assert term(term_text(t)) is t


def test_a_value_is_never_captured():
    pattern = mk_lam(NUM, mk("add", mk_bound(0, NUM), mk_meta("m", NUM)))
    under = mk_lam(NUM, fill(pattern, {"m": mk_bound(0, NUM)}, {}))
    assert under is term("(lam num (lam num (add #0 #1)))")
    assert replace_frees(term("(lam num (add #0 a))"), {a: b}) is term("(lam num (add #0 b))")
    assert instantiate(term("(lam num (lam num (add #1 #0)))").body, a) is term(
        "(lam num (add a #0))"
    )


def test_fill_needs_every_letter_at_its_sort():
    meta = mk_meta("m", NUM)
    assert rejection(Reason.BAD_INSTANCE, fill, meta, {}, {})
    assert rejection(Reason.BAD_SORT, fill, meta, {"m": LETTERS["n"]}, {})
    assert rejection(Reason.BAD_SORT, replace_frees, a, {a: LETTERS["n"]})


def test_spaces_are_replaced_in_binders_too():
    pattern = mk("all", mk_lam("'a", mk("eq", mk_bound(0, "'a"), mk_meta("m", "'a"))))
    assert fill(pattern, {"m": LETTERS["ω"]}, {"'a": "Ω"}) is term("(all (lam Ω (eq #0 ω)))")


def test_closed_prop():
    assert closed_prop(term("(le a b)")).sort == PROP
    assert rejection(Reason.BAD_SORT, closed_prop, a)
    assert rejection(Reason.NOT_CLOSED, closed_prop, mk("le", mk_bound(0, NUM), a))
    assert rejection(Reason.NOT_CLOSED, closed_prop, mk("le", mk_meta("m", NUM), a))


def test_all_of_and_subterms():
    assert all_of([a, b], term("(le a b)")) is term("(all (lam num (all (lam num (le #1 #0)))))")
    assert set(subterms(term("(exp (add a b))"))) == set(
        map(term, ["(exp (add a b))", "(add a b)", "a", "b"])
    )
