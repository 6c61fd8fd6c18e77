"""What gives an expression a value (rulings S1 to S9)."""

from __future__ import annotations

import pytest
from samples.kernel import term, terms

from derive.kernel.sign import Signs
from derive.kernel.value import follows, lacking, obligations, obligations_of_all


@pytest.mark.parametrize(
    "text, demands",
    [
        ("(add a 1)",              ""),
        ("(mul 2 a)",              ""),
        ("(inv a)",                "(fin a) (not (eq a 0))"),
        ("(log a)",                "(not (le a 0))"),
        ("(pow a (nat 2))",        "(or (fin a) (le 0 a))"),
        ("(pow 3 (nat 2))",        ""),
        ("(mul a b)",              "(or (and (fin a) (fin b)) (and (le 0 a) (le 0 b)))"),
        ("(mul 0 (log a))",        "(not (le a 0)) (or (and (fin 0) (fin (log a))) (and (le 0 0) (le 0 (log a))))"),
        ("(mul a (inv a))",        "(fin a) (not (eq a 0)) (or (and (fin a) (fin (inv a))) (and (le 0 a) (le 0 (inv a))))"),
        ("(app f a)",              "(fin a)"),
        ("(app f 2)",              ""),
        ("(app S n)",              "(le 1 (ofnat n))"),
        ("(app S (nat 2))",        ""),
        ("(mass μ A)",             "(mset A)"),
        ("(int μ X)",              "(has_integral μ X)"),
        ("(E μ X)",                "(has_integral μ X)"),
        ("(tan a)",                "(fin a) (not (eq (cos a) 0))"),
        ("(imp (not (le a 0)) (le 0 (log a)))", "(imp (not (le a 0)) (not (le a 0)))"),
        ("(all (lam num (le 0 (log #0))))",  "(all (lam num (imp (fin #0) (not (le #0 0)))))"),
        ("(all (lam num (le 0 (log a))))",   "(not (le a 0))"),
        ("(int μ (lam Ω (log (app X #0))))", "(has_integral μ (lam Ω (log (app X #0)))) (ae μ (lam Ω (not (le (app X #0) 0))))"),
        ("(lim (lam nat (app S #0)))", "(has_limit S)"),
    ],
)  # fmt: skip
def test_demands(text, demands):
    assert set(obligations(term(text))) == set(terms(demands))


def test_in_an_integrand_a_zero_factor_excuses_the_others():
    """S8: `1_A · log X` needs log X only on A."""
    inside = obligations(term("(int μ (lam Ω (mul (iv (app A #0)) (log (app X #0)))))"))
    guarded = "(ae μ (lam Ω (imp (not (eq (iv (app A #0)) 0)) (not (le (app X #0) 0)))))"
    assert term(guarded) in inside


def test_a_zero_that_has_a_value_excuses_whichever_place_it_has():
    """`log X · 1/Y`: each factor is needed unless the other has the value 0."""
    inside = obligations(term("(int μ (lam Ω (mul (log (app X #0)) (inv (app Y #0)))))"))
    of_inv = "(and (fin (app Y #0)) (not (eq (app Y #0) 0)))"
    for part, other, own in (
        ("log (app X #0)", "inv (app Y #0)", of_inv),
        ("inv (app Y #0)", "log (app X #0)", "(not (le (app X #0) 0))"),
    ):
        wanted = "(not (le (app X #0) 0))" if part.startswith("log") else "(fin (app Y #0))"
        guard = f"(imp {own} (not (eq ({other}) 0)))"
        assert term(f"(ae μ (lam Ω (imp {guard} {wanted})))") in inside


def test_the_demands_of_an_excusing_factor_capture_nothing():
    """The inner variable of `log X(x) ∫ X(y) X(x) μ(dy)` is not the outer x, on the same space."""
    inner = "(lam Ω (mul (app X #0) (app X #1)))"
    parts = "(or (and (fin (app X #0)) (fin (app X #1))) (and (le 0 (app X #0)) (le 0 (app X #1))))"
    own = f"(and (ae μ (lam Ω {parts})) (has_integral μ {inner}))"
    guard = f"(imp {own} (not (eq (int μ {inner}) 0)))"
    demands = obligations(term(f"(int μ (lam Ω (mul (log (app X #0)) (int μ {inner}))))"))
    assert term(f"(ae μ (lam Ω (imp {guard} (not (le (app X #0) 0)))))") in demands


def test_nowhere_else_does_a_zero_excuse():
    """`∀x. x · (1/x) = b` has no value at 0."""
    outside = obligations(term("(all (lam num (eq (mul #0 (inv #0)) b)))"))
    assert term("(all (lam num (imp (fin #0) (not (eq #0 0)))))") in outside
    guarded = obligations(term("(imp p (eq (mul a (inv a)) b))"))
    assert term("(imp p (not (eq a 0)))") in guarded
    assert term("(imp (and p (not (eq a 0))) (not (eq a 0)))") not in guarded


def test_a_sum_is_guarded_by_its_index_set():
    demands = obligations(term("(sum N (lam nat (log (ofnat #0))))"))
    assert term("(all (lam nat (imp (app N #0) (not (le (ofnat #0) 0)))))") in demands


def test_the_fresh_name_cannot_be_captured():
    """The bound variable is no letter of the guard or the measure."""
    for text in ("(sum N (lam nat (inv (ofnat #0))))", "(int μ (lam Ω (log (app X #0))))"):
        whole = term(text)
        for demand in obligations(whole):
            assert demand.frees <= whole.frees


def test_several_terms_do_not_ask_for_each_other():
    given = tuple(terms("(le 0 (log a)) (not (le a 0))"))
    assert obligations_of_all(given) == ()


def test_nested_products_take_polynomial_time():
    text = "x"
    for _ in range(60):
        text = f"(mul x (log {text}))"
    assert len(obligations(term(text))) == 120


def test_definitions_have_the_demands_of_what_they_mean():
    assert set(obligations(term("(condp μ A B)"))) >= set(
        terms("(mset A) (mset B) (not (eq (mass μ B) 0))")
    ) - {term("(mset A)")}


@pytest.mark.parametrize(
    "text, facts, left",
    [
        ("(mul a (inv a))", "(fin a) (not (eq a 0))", ""),
        ("(mul a (inv a))", "(not (le a 0)) (fin a)", ""),
        ("(inv a)", "(fin a)", "(not (eq a 0))"),
        ("(inv a)", "(not (eq a 0))", "(fin a)"),
        ("(pow a (nat 2))", "(le 0 a)", ""),
        ("(pow a (nat 2))", "(not (eq a 0))", "(or (fin a) (le 0 a))"),
        ("(mul a b)", "(fin a) (le 0 b)", "(or (and (fin a) (fin b)) (and (le 0 a) (le 0 b)))"),
        ("(add a b)", "(fin a) (fin b)", ""),
        ("(log a)", "(le 0 a)", "(not (le a 0))"),
    ],
)
def test_signs_decide_which_demands_are_left(text, facts, left):
    """The demands of a term are the same each time; what is known is not."""
    expression, signs = term(text), Signs(terms(facts))
    assert set(lacking(expression, signs)) == set(terms(left))
    assert follows(expression, signs) == (left == "")
    assert set(lacking(expression, Signs(()))) == set(obligations(expression))
