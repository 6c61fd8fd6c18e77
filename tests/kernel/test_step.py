"""The primitive steps: each with its nearest wrong neighbours."""

from __future__ import annotations

from fractions import Fraction

import pytest
from samples.kernel import LETTERS, benchmark, rejection, term

from derive.kernel import step
from derive.kernel.core import read_rules
from derive.kernel.refusal import Reason
from derive.kernel.step import Theorem
from derive.kernel.term import mk_bound, mk_lam

RULES = read_rules(benchmark("sample_certificates").CORE)


def hyp(text):
    """φ ⊢ φ."""
    return step.hypothesis(term(text))


def test_a_hypothesis_is_a_closed_proposition():
    assert hyp("p") == Theorem(frozenset((term("p"),)), term("p"))
    assert rejection(Reason.BAD_SORT, step.hypothesis, term("a"))
    assert rejection(Reason.NOT_CLOSED, step.hypothesis, mk_bound(0, "prop"))


INTEGRALS = {"μ": "μ", "f": "X", "g": "Y"}


@pytest.mark.parametrize(
    "name, sorts, values, premises, pick, reason",
    [
        ("fin_add", {}, {"a": "x", "b": "y"}, ["(fin x)", "(fin y)"], 0, None),
        ("fin_add", {}, {"a": "x", "b": "y"}, ["(fin x)", "(fin y)"], 1, None),
        ("fin_add", {}, {"a": "x", "b": "y"}, ["(fin x)", "(fin y)"], 2, Reason.BAD_INDEX),
        ("fin_add", {}, {"a": "x", "b": "y"}, ["(fin x)", "(fin y)"], -1, Reason.BAD_INDEX),
        ("fin_add", {}, {"a": "x", "b": "y"}, ["(fin y)", "(fin x)"], 0, Reason.PREMISE_MISMATCH),
        ("fin_add", {}, {"a": "x", "b": "y"}, ["(fin x)"], 0, Reason.PREMISE_MISMATCH),
        ("fin_add", {}, {"a": "x"}, ["(fin x)", "(fin y)"], 0, Reason.BAD_INSTANCE),
        ("fin_add", {}, {"a": "x", "b": "y", "c": "z"}, ["(fin x)", "(fin y)"], 0, Reason.BAD_INSTANCE),
        ("fin_add", {}, {"a": "n", "b": "y"}, ["(fin x)", "(fin y)"], 0, Reason.BAD_SORT),
        ("int_add", {"'a": "Ω"}, INTEGRALS, ["(integrable μ X)", "(integrable μ Y)"], 0, None),
        ("int_add", {}, INTEGRALS, ["(integrable μ X)", "(integrable μ Y)"], 0, Reason.BAD_INSTANCE),
        ("int_add", {"'a": "'b"}, INTEGRALS, ["(integrable μ X)", "(integrable μ Y)"], 0, Reason.BAD_SORT),
        ("int_add", {"'a": "nat"}, INTEGRALS, ["(integrable μ X)", "(integrable μ Y)"], 0, Reason.BAD_SORT),
        ("everywhere", {"'a": "Ω"}, {}, [], 0, None),
        ("everywhere", {}, {}, [], 0, Reason.BAD_INSTANCE),
        ("everywhere", {"'a": "Ω", "num": "nat"}, {}, [], 0, Reason.BAD_INSTANCE),
        ("everywhere", {"prop": "nat"}, {}, [], 0, Reason.BAD_INSTANCE),
    ],
)  # fmt: skip
def test_rule(name, sorts, values, premises, pick, reason):
    instance = {letter: term(text) for letter, text in values.items()}
    args = (RULES[name], sorts, instance, [hyp(p) for p in premises], pick)
    if reason is None:
        made = step.rule(*args)
        assert made.axioms == {name}
        assert made.hypotheses == {term(p) for p in premises}
    else:
        assert rejection(reason, step.rule, *args)


def test_a_value_with_a_loose_index_is_refused():
    values = {"a": mk_bound(0, "num"), "b": term("y")}
    assert rejection(
        Reason.NOT_CLOSED, step.rule, RULES["fin_add"], {}, values, [hyp("p"), hyp("q")], 0
    )


def test_substitution():
    equation, context = hyp("(eq a b)"), term("(lam num (le #0 c))")
    assert step.substitution(equation, 0, hyp("(le a c)"), context, False).prop is term("(le b c)")
    assert step.substitution(equation, 0, hyp("(le b c)"), context, True).prop is term("(le a c)")
    for body, count, reason in [
        ("(le b c)", 0, Reason.PREMISE_MISMATCH),
        ("(le a c)", 1, Reason.NOT_AN_EQUATION),
    ]:
        assert rejection(reason, step.substitution, equation, count, hyp(body), context, False)
    assert rejection(
        Reason.NOT_AN_EQUATION, step.substitution, hyp("(le a b)"), 0, equation, context, False
    )
    loose = mk_lam("num", term("(lam num (lam num (le #0 #1)))").body.body)
    assert rejection(
        Reason.NOT_CLOSED, step.substitution, equation, 0, hyp("(le a c)"), loose, False
    )


def test_substitution_of_functions_equal_everywhere_but_not_at_a_point():
    same = hyp("(all (lam Ω (eq (app X #0) (app Y #0))))")
    context = term("(lam (fn Ω num) (integrable μ #0))")
    made = step.substitution(same, 1, hyp("(integrable μ X)"), context, False)
    assert made.prop is term("(integrable μ Y)")
    point = hyp("(eq (app X ω) (app Y ω))")
    assert rejection(Reason.NOT_AN_EQUATION, step.substitution, point, 1, made, context, True)


def test_generalisation_and_specialisation():
    every = step.generalisation(LETTERS["a"], step.reflexivity(term("a")))
    assert every.prop is term("(all (lam num (eq #0 #0)))")
    assert step.specialisation(every, term("(exp b)")).prop is term("(eq (exp b) (exp b))")
    assert rejection(Reason.NOT_FRESH, step.generalisation, LETTERS["a"], hyp("(fin a)"))
    assert rejection(Reason.BAD_RECORD, step.generalisation, term("(exp a)"), every)
    assert rejection(Reason.BAD_SORT, step.specialisation, every, term("n"))
    assert rejection(Reason.PREMISE_MISMATCH, step.specialisation, hyp("p"), term("a"))
    assert rejection(Reason.NOT_CLOSED, step.specialisation, every, mk_bound(0, "num"))


def test_implication_and_conjunction():
    arrow = step.discharge(term("p"), hyp("p"))
    assert (arrow.prop, arrow.hypotheses) == (term("(imp p p)"), frozenset())
    assert step.modus_ponens(hyp("(imp p q)"), hyp("p")).prop is term("q")
    assert rejection(Reason.PREMISE_MISMATCH, step.modus_ponens, hyp("(imp p q)"), hyp("q"))
    assert rejection(Reason.PREMISE_MISMATCH, step.modus_ponens, hyp("p"), hyp("p"))
    both = step.conjunction([hyp("p"), hyp("(and q r)")])
    assert both.prop is term("(and p q r)")
    assert {step.split(both, i).prop for i in range(3)} == {term("p"), term("q"), term("r")}
    assert rejection(Reason.BAD_INDEX, step.split, both, 3)
    assert rejection(Reason.PREMISE_MISMATCH, step.split, hyp("(or p q)"), 0)
    assert rejection(Reason.BAD_RECORD, step.conjunction, [])


@pytest.mark.parametrize(
    "goal, holds",
    [
        ("(eq (add 1/2 1/3) 5/6)",            True),
        ("(eq (add 1 1) 3)",                  False),
        ("(le 1/3 1/2)",                      True),
        ("(not (le 1/2 1/3))",                True),
        ("(not (le 1/3 1/2))",                False),
        ("(not (eq 1 2))",                    True),
        ("(not (eq 1 1))",                    False),
        ("(fin 3)",                           True),
        ("(not (fin 3))",                     False),
        ("(eq (nadd (nat 1) (nat 2)) (nat 3))", True),
        ("(not (eq (nat 1) (nat 2)))",        True),
        ("(eq (inv 4) 1/4)",                  True),
        ("(eq (pow 2 (nat 10)) 1024)",        True),
        ("(eq true true)",                    False),
        ("p",                                 False),
        ("(eq (ofnat n) 0)",                  False),
        ("(le (ofnat n) 0)",                  False),
        ("(not (eq (ofnat n) 1))",            False),
        ("(eq n (nat 0))",                    False),
        ("(eq (pow 2 n) 0)",                  False),
        ("(not (le 1 (pow 2 n)))",            False),
    ],
)  # fmt: skip
def test_numeral(goal, holds):
    if holds:
        assert step.numeral(term(goal)) == Theorem(frozenset(), term(goal))
    else:
        assert rejection(Reason.NOT_A_NUMERAL, step.numeral, term(goal))


@pytest.mark.parametrize(
    "goal", ["(fin inf)", "(le a a)", "(eq (inv 0) 0)", "(le 0 (exp 1))", "(fin (add 1 a))"]
)
def test_letters_and_functions_are_no_numerals(goal):
    assert rejection(Reason.NOT_FINITE, step.numeral, term(goal))


def test_procedures_carry_their_facts():
    facts = [hyp("(fin a)"), hyp("(fin b)")]
    made = step.ring(term("(add a b a)"), term("(add b (mul 2 a))"), facts)
    assert made.hypotheses == {term("(fin a)"), term("(fin b)")}
    assert rejection(Reason.NOT_POLYNOMIAL, step.ring, term("a"), term("b"), facts)
    assert step.boolean(term("(or p q)"), [hyp("p")]).hypotheses == {term("p")}
    assert rejection(Reason.NOT_A_TAUTOLOGY, step.boolean, term("q"), [hyp("p")])
    order = [hyp("(le a b)")]
    linear = step.linear(term("(le a (add b 1))"), order, [Fraction(1)], facts)
    assert linear.hypotheses == {f.prop for f in (*facts, *order)}
    assert rejection(Reason.NOT_LINEAR, step.linear, term("(le b a)"), order, [Fraction(1)], facts)


def test_unfold():
    assert step.unfold(term("(E μ X)")).prop is term("(eq (E μ X) (int μ X))")
    assert rejection(Reason.NOT_DEFINABLE, step.unfold, term("(int μ X)"))


@pytest.mark.parametrize(
    "goal, fits",
    [
        ("(eq (exp 0) 1)",                                  True),
        ("(not (le (int leb (lam num (exp (mul -1 (abs #0))))) a))", True),
        ("(eq (app f a) 1)",                                False),
        ("(eq (int μ X) 1)",                                False),
        ("(eq (mass leb (lam num (le #0 1))) 1)",           False),
        ("(all (lam Ω (eq 1 1)))",                          False),
        ("p",                                               False),
    ],
)  # fmt: skip
def test_computed(goal, fits):
    if fits:
        assert step.computed(term(goal), "sympy").tags == {"sympy"}
    else:
        assert rejection(Reason.NOT_COMPUTABLE, step.computed, term(goal), "sympy")


def test_tags_and_axioms_are_never_lost():
    tagged = step.computed(term("(eq (exp 0) 1)"), "sympy")
    for made in (
        step.conjunction([tagged, hyp("p")]),
        step.discharge(term("p"), tagged),
        step.boolean(term("(or p (eq (exp 0) 1))"), [tagged]),
        step.generalisation(LETTERS["a"], tagged),
        step.modus_ponens(step.discharge(tagged.prop, hyp("p")), tagged),
        step.substitution(
            tagged, 0, step.reflexivity(term("(exp 0)")), term("(lam num (eq #0 (exp 0)))"), False
        ),
    ):
        assert made.tags == {"sympy"}
