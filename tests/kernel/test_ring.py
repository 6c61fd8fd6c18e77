"""Polynomial equality: what holds, what is not licensed, what is not true."""

from __future__ import annotations

import time

import pytest
from samples.kernel import rejection, term, terms

from derive.kernel import step
from derive.kernel.refusal import Reason
from derive.kernel.ring import Ring

FIN = "(fin a) (fin b) (fin c) "
YES, NO, INF, BIG = None, Reason.NOT_POLYNOMIAL, Reason.NOT_FINITE, Reason.TOO_LARGE


@pytest.mark.parametrize(
    "left, right, facts, reason",
    [
        ("(mul (add a b) (add a b))", "(add (mul a a) (mul 2 a b) (mul b b))", FIN, YES),
        ("(mul (add a b) (add a b))", "(add (mul a a) (mul 3 a b) (mul b b))", FIN, NO),
        ("(pow (add a b) (nat 2))",   "(add (mul a a) (mul 2 a b) (mul b b))", FIN, YES),
        ("(add a (mul -1 a))",        "0",                             "(fin a)",        YES),
        ("(add a (mul -1 a))",        "0",                             "(le 0 a)",       INF),
        ("(add a (mul -1 a))",        "0",                             "",               INF),
        ("(mul 2 a)",                 "(add a a)",                     "(le 0 a)",       YES),
        ("(mul a (add b c))",         "(add (mul a b) (mul a c))",     "(le 0 a) (le 0 b) (le 0 c)", YES),
        ("(mul a (add b c))",         "(add (mul a b) (mul a c))",     "(le 0 a) (fin b) (fin c)",   INF),
        ("(mul 0 a)",                 "0",                             "(le 0 a)",       YES),
        ("(mul 0 a)",                 "0",                             "",               INF),
        ("(mul a (inv a))",           "1",                             "(fin a) (not (eq a 0))", YES),
        ("(mul a (inv a))",           "1",                             "(fin a) (not (le a 0))", YES),
        ("(mul a (inv a))",           "1",                             "(fin a)",        INF),
        ("(mul a (inv a))",           "1",                             "(fin a) (fin (inv a))", NO),
        ("(mul a (inv a))",           "1",                             "(not (eq a 0))", INF),
        ("(inv (mul a b))",           "(mul (inv a) (inv b))",         FIN + "(not (eq a 0)) (not (eq b 0))", YES),
        ("(inv (mul a b))",           "(mul (inv a) (inv b))",         FIN + "(not (eq a 0))", INF),
        ("(inv (inv a))",             "a",                             "(fin a) (not (eq a 0)) (not (eq (inv a) 0))", YES),
        ("(add (mul a (inv (add a b))) (mul b (inv (add a b))))", "1", FIN + "(not (eq (add a b) 0))", YES),
        ("(add (mul a (inv (add a b))) (mul b (inv (add a b))))", "1", FIN,                         INF),
        ("(inv (add a b))",           "1",                             FIN + "(not (eq (add a b) 0))", NO),
        ("(inv 0)",                   "0",                             "",               INF),
        ("(inv 2)",                   "1/2",                           "",               YES),
        ("(pow a (nat 0))",           "1",                             "(fin a)",        YES),
        ("(pow a (nadd n (nat 1)))",  "(mul a (pow a n))",             "(fin a) (fin (pow a n))", YES),
        ("(pow a (nadd n (nat 1)))",  "(mul a a (pow a n))",           "(fin a) (fin (pow a n))", NO),
        ("(ofnat (nadd n (nat 1)))",  "(add 1 (ofnat n))",             "(fin (ofnat n))", YES),
        ("(ofnat (nmul n m))",        "(mul (ofnat m) (ofnat n))",     "(fin (ofnat n)) (fin (ofnat m))", YES),
        ("(ofnat n)",                 "(ofnat m)",                     "(fin (ofnat n)) (fin (ofnat m))", NO),
        ("(pow a (nat 65))",          "a",                             "(fin a)",        BIG),
        ("(mul (pow a (nat 40)) (pow a (nat 40)))", "a",               "(fin a)",        BIG),
        ("(add inf (mul -1 inf))",    "0",                             "(le 0 inf)",     INF),
        ("(add inf 1)",               "inf",                           "(le 0 inf)",     NO),
        ("(add a inf)",               "(add b inf)",                   FIN + "(le 0 inf)", NO),
    ],
)  # fmt: skip
def test_ring(left, right, facts, reason):
    ring = Ring(terms(facts))
    if reason is YES:
        assert ring.equal(term(left), term(right))
    else:
        assert rejection(reason, ring_step, left, right, facts)


def ring_step(left, right, facts):
    """The kernel's step, which says NOT_POLYNOMIAL where the polynomials differ."""
    return step.ring(term(left), term(right), list(map(step.hypothesis, terms(facts))))


@pytest.mark.parametrize(
    "fact", ["(eq n (nat 0))", "(not (eq n (nat 0)))", "(all A)", "(not p)", "(eq p q)"]
)
def test_facts_of_other_sorts_license_nothing(fact):
    assert not any(Ring(terms(fact)).signs.given.values())


def test_other_sorts_are_not_polynomials():
    assert rejection(Reason.NOT_FINITE, Ring([]).equal, term("n"), term("n"))


@pytest.mark.parametrize(
    "text",
    [
        "(pow (add a b c x y z) (nat 40))",
        "(pow (pow (pow (pow (pow 2 (nat 64)) (nat 64)) (nat 64)) (nat 64)) (nat 64))",
    ],
)
def test_explosions_are_refused_quickly(text):
    start = time.perf_counter()
    facts = " ".join(f"(fin {v})" for v in "abcxyz")
    assert rejection(Reason.TOO_LARGE, Ring(terms(facts)).poly, term(text))
    assert time.perf_counter() - start < 2
