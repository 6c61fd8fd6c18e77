"""What is printed reads back as the identical term: corpora, rulebook, random terms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from elaborate.cases import SCENE
from hypothesis import given
from hypothesis import strategies as st

from derive.elaborate import build as b
from derive.elaborate.item import Item, Proof
from derive.elaborate.scope import Scope
from derive.elaborate.show import latex, reads_back, show, show_condition
from derive.elaborate.statement import elaborate_file, elaborate_given_text
from derive.kernel.term import Term, abstract, mk, mk_nat, mk_num
from derive.syntax.items import read

ROOT = Path(__file__).resolve().parents[2]
CORPORA = sorted((ROOT.parent / "shared" / "corpora").glob("*sound/*.drv"))
RULES = sorted((ROOT / "rules").glob("*.drv"))


def terms_of(item: Item) -> Iterator[tuple[Term, Scope]]:
    """Every term of an item with the scope in which it is printed."""
    yield from ((h.term, item.scope) for h in item.hypotheses)
    if item.show is not None:
        yield item.show, item.scope
    if item.proof is not None:
        yield from terms_of_proof(item.proof, item.scope)


def terms_of_proof(proof: Proof, scope: Scope) -> Iterator[tuple[Term, Scope]]:
    """Every term of a proof."""
    for have in proof.haves:
        yield have.prop, scope
        if have.proof is not None:
            yield from terms_of_proof(have.proof, scope)
    if proof.chain is not None:
        inner = scope.with_letters(list(proof.chain.letters))
        for step in proof.chain.steps:
            yield step.left, inner
            yield step.right, inner
            yield step.closed, scope


@pytest.mark.skipif(not CORPORA, reason="no corpora beside this checkout")
@pytest.mark.parametrize("path", CORPORA, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_every_line_of_the_corpora_is_read_and_reads_back(path):
    check(path)


@pytest.mark.parametrize("path", RULES, ids=lambda p: p.stem)
def test_every_line_of_the_rulebook_is_read_and_reads_back(path):
    check(path)


def check(path: Path) -> None:
    """Elaborate a file and print every term of it."""
    for item in elaborate_file(read(path.read_text(encoding="utf-8"), path.name)):
        assert item.errors == []
        for term, scope in terms_of(item):
            text = show(term, scope)
            assert reads_back(text, term, scope), text
            assert latex(term, scope)


VALUES = SCENE.scope.values
NUMBERS = [VALUES[n] for n in "abcx"] + [b.numeric(VALUES["n"]), b.INF, mk("pi")]
VARIABLES = [VALUES[n] for n in "XYZ"]
POINT = b.fresh("Ω")
PAIRS = {"add": 2, "mul": 2, "max": 2, "min": 2}
UNARY = ["exp", "log", "sqrt", "abs", "inv"]


def grow(inner: st.SearchStrategy) -> st.SearchStrategy:
    """Operations on smaller terms."""
    return st.one_of(
        st.tuples(st.sampled_from(sorted(PAIRS)), inner, inner).map(lambda t: mk(*t)),
        st.tuples(st.sampled_from(UNARY), inner).map(lambda t: mk(*t)),
        st.tuples(inner, st.integers(2, 4)).map(lambda t: mk("pow", t[0], mk_nat(t[1]))),
        inner.map(lambda t: b.negative(t)),
    )


LITERALS = st.fractions(min_value=-5, max_value=5, max_denominator=6).map(mk_num)
NUMERIC = st.recursive(st.sampled_from(NUMBERS) | LITERALS, grow, max_leaves=8)
RANDOM = st.recursive(
    st.sampled_from([b.app(v, POINT) for v in VARIABLES] + NUMBERS[:4]) | LITERALS,
    grow,
    max_leaves=8,
)


@given(NUMERIC)
def test_numbers_read_back(term):
    assert reads_back(show(term, SCENE.scope), term, SCENE.scope)


@given(RANDOM)
def test_expectations_read_back(body):
    law = SCENE.scope.built_in_probability()
    term = mk("E", law, abstract(body, POINT))
    assert reads_back(show(term, SCENE.scope), term, SCENE.scope)


@given(RANDOM, RANDOM)
def test_events_read_back(left, right):
    law = SCENE.scope.built_in_probability()
    term = mk("mass", law, abstract(mk("le", left, right), POINT))
    assert reads_back(show(term, SCENE.scope), term, SCENE.scope)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("μ(G) finite", "μ(G) < ∞"),
        ("X integrable", "X integrable"),
        ("h integrable under μ", "h integrable under μ"),
        ("E[X] finite", "E[X] finite"),
        ("X ≥ 0", "X ≥ 0"),
        ("|F_i| ≤ h", "|F_i| ≤ h"),
        ("W_i ∩ A pairwise disjoint", "A ∩ W_i pairwise disjoint"),
        ("T⁻¹(D) event", "T⁻¹(D) event"),
        ("h measurable", "h measurable"),
        ("E[X] has a value", "E[X] has a value"),
        ("V identically distributed", "V identically distributed"),
    ],
)
def test_conditions_are_said_in_the_words_of_a_textbook(text, shown):
    term = elaborate_given_text(text, SCENE)
    assert show_condition(term, SCENE.scope) == shown
