"""What the steps of a chain prove together."""

from __future__ import annotations

import pytest
from search.terms import prover, term

from derive.search.chain import CannotCompose, composed
from derive.search.proof import hyp, hypotheses

LE, LT, EQ = "(le {} {})", "(not (le {1} {0}))", "(eq {} {})"
COMPOSE = [
    (EQ, EQ, EQ), (EQ, LE, LE), (LE, EQ, LE), (LE, LE, LE), (EQ, LT, LT), (LT, EQ, LT),
    (LE, LT, LT), (LT, LE, LT),
]  # fmt: skip


@pytest.mark.parametrize("first, second, whole", COMPOSE)
def test_relations_compose(first, second, whole):
    one, two = hyp(term(first.format("a", "b"))), hyp(term(second.format("b", "c")))
    out = composed(prover(), one, two)
    assert out.prop is term(whole.format("a", "c"))
    assert hypotheses(out) == {one.prop, two.prop}


@pytest.mark.parametrize("first, second, whole", COMPOSE)
def test_under_all(first, second, whole):
    def everywhere(relation, left, right):
        return "(all (lam 𝒳 " + relation.format(f"(app {left} #0)", f"(app {right} #0)") + "))"

    one, two = hyp(term(everywhere(first, "f", "g"))), hyp(term(everywhere(second, "g", "h")))
    assert composed(prover(), one, two).prop is term(everywhere(whole, "f", "h"))


def almost(measure: str, left: str, right: str) -> str:
    return f"(ae {measure} (lam 𝒳 (eq (app {left} #0) (app {right} #0))))"


def test_almost_everywhere():
    one, two = hyp(term(almost("μ", "f", "g"))), hyp(term(almost("μ", "g", "h")))
    assert composed(prover(), one, two).prop is term(almost("μ", "f", "h"))
    sure = hyp(term("(all (lam 𝒳 (eq (app g #0) (app h #0))))"))
    assert composed(prover(), one, sure).prop is term(almost("μ", "f", "h"))


REFUSED = [
    ("(le a b)", "(le a c)"),
    ("(eq a b)", "(eq x c)"),
    ("(le a b)", "(le c b)"),
    (almost("μ", "f", "g"), almost("ν", "g", "h")),
    (almost("μ", "f", "g"), almost("μ", "f", "h")),
    ("p", "q"),
]


@pytest.mark.parametrize("first, second", REFUSED)
def test_these_do_not_compose(first, second):
    with pytest.raises(CannotCompose):
        composed(prover(), hyp(term(first)), hyp(term(second)))
