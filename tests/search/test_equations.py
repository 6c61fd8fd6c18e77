"""Equations joined link by link: what they prove, and that the kernel replays them."""

from __future__ import annotations

import pytest
from search.terms import term

from derive.kernel.check import Checker
from derive.kernel.term import mk, mk_bound
from derive.search.certificate import Writer
from derive.search.equations import (
    links,
    marked,
    meeting,
    replaced,
    symmetric,
    transitive,
    transported,
)
from derive.search.proof import Proof, hyp, refl, walk
from derive.search.session import session
from derive.search.work import feed

A_B, B_C, C_B = (hyp(term(text)) for text in ("(eq a b)", "(eq b c)", "(eq c b)"))


def put(whole: str, equation: Proof) -> Proof:
    """The equation put at the places of its left side."""
    return replaced(term(whole), marked(term(whole), equation.prop.args[0]), equation)


def replayed(proof: Proof) -> bool:
    """Whether the kernel accepts the steps of a proof (its hypotheses are the givens)."""
    writer, kernel = Writer(), Checker(session().theory)
    givens = [p.prop for p in walk(proof) if p.op == "hyp"]
    writer.record("item", "test", [writer.term(g) for g in givens], writer.term(proof.prop))
    writer.proof(proof)
    feed(kernel, writer.lines)
    return kernel.steps[-1].prop is proof.prop


PUT = put("(add a x)", A_B)
TWICE = transitive(PUT, put("(add b x)", B_C))
MADE = [
    (PUT, "(eq (add a x) (add b x))"),
    (TWICE, "(eq (add a x) (add c x))"),
    (symmetric(PUT), "(eq (add b x) (add a x))"),
    (symmetric(TWICE), "(eq (add c x) (add a x))"),
    (meeting(PUT, put("(add c x)", C_B)), "(eq (add a x) (add c x))"),
    (transitive(A_B, B_C), "(eq a c)"),
    (meeting(A_B, C_B), "(eq a c)"),
    (transitive(refl(term("a")), A_B), "(eq a b)"),
]


@pytest.mark.parametrize("proof, prop", MADE)
def test_equations_are_joined_and_replayed(proof, prop):
    assert proof.prop is term(prop)
    assert replayed(proof)


def test_a_chain_has_a_step_for_each_link():
    assert [link.equation for link in links(TWICE)] == [A_B, B_C]
    assert [p.op for p in walk(TWICE)].count("subst") == 2
    assert [p.op for p in walk(symmetric(TWICE))].count("subst") == 2
    assert links(refl(term("a"))) == []


@pytest.mark.parametrize("flip", [False, True])
def test_a_proposition_is_carried_along(flip):
    iff = put("(le a x)", A_B)
    start, end = iff.prop.args[::-1] if flip else iff.prop.args
    carried = transported(iff, hyp(start), flip)
    assert carried.prop is end
    assert replayed(carried)


def test_places_under_binders_are_marked():
    whole = term("(int μ (lam 𝒳 (mul a (app f #0))))")
    pattern = mk("int", term("μ"), marked(term("(lam 𝒳 (mul a (app f #0)))"), term("a")))
    assert marked(whole, term("a")) is pattern
    assert marked(whole, term("b")) is whole
    assert marked(term("a"), term("a")) is mk_bound(0, "num")


def test_a_wrong_link_is_refused():
    wrong = put("(add a x)", A_B)
    wrong.prop = term("(eq (add a x) (add c x))")
    assert not replayed(wrong)
