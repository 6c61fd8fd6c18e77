"""Items: objects, hypotheses with their origins, proofs, the ambient space, undeclared letters."""

from __future__ import annotations

from elaborate.cases import item_of

from derive.elaborate.show_core import show_core
from derive.elaborate.statement import elaborate_given_text


def facts(text: str) -> list[tuple[str, str]]:
    """The origins and core texts of an item's hypotheses."""
    item = item_of(f"theorem t\n{text}\nshow 1 = 1\n")
    assert not item.errors, item.errors
    return [(h.origin, show_core(h.term)) for h in item.hypotheses]


def error_of(text: str) -> str:
    """The first message about an item."""
    item = item_of(f"theorem t\n{text}\n")
    assert item.errors
    return item.errors[0].message


def test_every_part_of_a_line_is_a_hypothesis_of_its_own():
    assert facts("given X : random variable, nonnegative") == [
        ("X : random variable", "(measurable X)"),
        ("X : random variable", "(all (lam Ω (fin (app X #0))))"),
        ("X nonnegative", "(all (lam Ω (le 0 (app X #0))))"),
    ]


def test_types_say_what_they_say():
    assert facts("given a : positive real") == [
        ("a : real", "(fin a)"),
        ("a positive", "(not (le a 0))"),
    ]
    assert facts("given f : ℝ → ℝ") == [
        ("f : ℝ → ℝ", "(all (lam num (imp (fin #0) (fin (app f #0)))))")
    ]
    assert facts("given f : 𝒳 → [0,∞]") == [("f : 𝒳 → [0,∞]", "(all (lam 𝒳 (le 0 (app f #0))))")]
    assert facts("given f : 𝒳 → [-∞,∞]") == []
    assert facts("given n : natural number") == []
    assert facts("given μ : σ-finite measure on 𝒳") == [
        ("μ : σ-finite measure on 𝒳", "(sigma_finite μ)")
    ]
    assert [core for _, core in facts("given t : [0,1]")] == ["(fin t)", "(le 0 t)", "(le t 1)"]


def test_the_ambient_probability_is_an_object_only_where_it_is_used():
    used = item_of("theorem t\ngiven A : event\nshow P(A) = 1\n")
    assert [o.name for o in used.objects] == ["P", "A"]
    assert show_core(used.hypotheses[0].term) == "(probability P)"
    unused = item_of("theorem t\ngiven a : real\nshow a = a\n")
    assert [o.name for o in unused.objects] == ["a"]


def test_a_declared_p_makes_its_space_ambient():
    item = item_of(
        "theorem t\ngiven P : probability on 𝒳\ngiven X : random variable\nshow E[X] = 1\n"
    )
    assert not item.errors
    assert item.objects[1].sort == ("fn", "𝒳", "num")


def test_two_probabilities_without_a_p_need_a_subscript():
    text = "given Q, R : probability on 𝒳\ngiven f : 𝒳 → ℝ\nshow E[f] = 1"
    assert "which probability" in error_of(text)


def test_integrable_alone_needs_one_measure():
    assert "which measure" in error_of(
        "given μ, ν : measure on 𝒳\ngiven f : 𝒳 → ℝ, integrable\nshow 1 = 1"
    )
    assert facts("given μ : measure on 𝒳\ngiven f : 𝒳 → ℝ, integrable")[-1][1] == "(integrable μ f)"


def test_an_undeclared_letter_is_unreadable():
    assert "ε is not declared" in error_of("given ε > 0\nshow 1 = 0")


def test_letters_are_quantified_outside_almost_everywhere():
    lines = (
        "given μ : measure on 𝒳\ngiven f : sequence of 𝒳 → ℝ\ngiven g : 𝒳 → ℝ\ngiven f_n ≤ g μ-a.e."
    )
    core = (
        "(all (lam nat (imp (le 1 (ofnat #0)) (ae μ (lam 𝒳 (le (app (app f #1) #0) (app g #0)))))))"
    )
    assert facts(lines)[-1][1] == core


def test_one_bad_step_does_not_lose_the_item():
    item = item_of(
        "theorem t\ngiven a, b : real\nshow a = b\n"
        "proof\n  a\n    = γ      by algebra\n    = b      by algebra\nqed\n"
    )
    assert [e.message for e in item.errors] == ["γ is not declared"]
    first, second = item.proof.chain.steps
    assert first.error is not None
    assert second.error is not None
    assert item.show is not None


def test_a_chain_between_functions_is_a_statement_about_all_points():
    item = item_of(
        "theorem t\ngiven X, Y : random variable\nshow X = Y a.s.\n"
        "proof\n  X\n    = Y a.s.      by algebra\nqed\n"
    )
    (step,) = item.proof.chain.steps
    assert show_core(step.closed) == "(ae P (lam Ω (eq (app X #0) (app Y #0))))"
    assert show_core(step.tail) == "P"


def test_letters_of_a_chain_are_the_same_in_all_its_steps():
    item = item_of(
        "theorem t\ngiven f, g : ℝ → ℝ\nshow f(y) = g(y)\n"
        "proof\n  f(y)\n    = f(y) + 0      by algebra\n    = g(y)      by algebra\nqed\n"
    )
    assert not item.errors
    assert [x.name for x in item.proof.chain.letters] == ["y"]
    assert show_core(item.proof.chain.steps[0].prop) == "(eq (app f y) (add 0 (app f y)))"
    assert show_core(item.show) == "(all (lam num (imp (fin #0) (eq (app f #0) (app g #0)))))"


def test_instances_are_terms_over_declared_letters():
    proof = "proof\n  E[X]²\n    ≤ E[X²]      by jensen with φ := (t ↦ t²)\nqed\n"
    item = item_of(f"theorem t\ngiven X : random variable\nshow E[X]² ≤ E[X²]\n{proof}")
    (step,) = item.proof.chain.steps
    assert show_core(step.instances["φ"]) == "(lam num (pow #0 (nat 2)))"


def test_a_definition_has_parameters_and_a_body():
    item = item_of("define twice a := 2 a\n")
    assert not item.errors
    assert [p.name for p in item.params] == ["a"]
    assert show_core(item.body) == "(mul 2 a)"


def test_one_more_proposition_is_read_in_the_scope_of_an_item():
    item = item_of("theorem t\ngiven X : random variable\nshow E[X] = E[X]\n")
    assert show_core(elaborate_given_text("X integrable", item)) == "(integrable P X)"


def test_a_name_with_an_index_may_be_declared():
    item = item_of("theorem t\ngiven X_1, X_2 : random variable\nshow E[X_1] = E[X_2]\n")
    assert not item.errors
    assert show_core(item.show) == "(eq (E P X_1) (E P X_2))"
