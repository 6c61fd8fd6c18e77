"""Refutation: false steps get a readable model, true ones never do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from derive.elaborate.statement import Item, Proof, elaborate_file
from derive.kernel.term import Term
from derive.models.refute import example_of, no_value, recheck, refute
from derive.rulebook.compile import load_rulebook
from derive.syntax.items import read_file

ROOT = Path(__file__).resolve().parents[2]
SOUND = ROOT.parent / "shared" / "corpora" / "sound"


def statement(*lines: str) -> tuple[list[Term], Term]:
    """The givens and the statement of an item."""
    text = "theorem t\n" + "\n".join(lines) + "\n"
    (item,) = elaborate_file(read_file(text))
    assert not item.errors, item.errors
    assert item.show is not None
    return [h.term for h in item.hypotheses], item.show


def steps_of(item: Item) -> list[Term]:
    """What the steps of an item say, and the item itself."""
    found: list[Term] = [item.show] if item.show is not None else []

    def walk(proof: Proof | None) -> None:
        if proof is None:
            return
        for have in proof.haves:
            found.extend([have.prop] if have.prop is not None else [])
            walk(have.proof)
        if proof.chain is not None:
            found.extend(s.closed for s in proof.chain.steps if s.closed is not None)

    walk(item.proof)
    return found


FALSE = {
    "larger set, smaller probability": ["given A, B : event", "given A ⊆ B", "show P(B) ≤ P(A)"],
    "product without independence": [
        "given X, Y : random variable, square-integrable",
        "show E[X Y] = E[X] E[Y]",
    ],
    "independent, not identical": [
        "given X : sequence of random variable, i.i.d., integrable",
        "show E[X_1 X_2] = E[X_1 X_1]",
    ],
    "variance of an independent sum": [
        "given X : sequence of random variable, i.i.d., square-integrable",
        "given n : natural number, positive",
        "show Var(∑_{i=1}^n X_i) = n² Var(X_1)",
    ],
    "pairwise, not mutual": [
        "given A, B, C : event, pairwise independent",
        "show P(A ∩ B ∩ C) = P(A) P(B) P(C)",
    ],
    "almost surely": ["given X, Y : random variable, integrable", "show E[X | Y] = E[X] a.s."],
    "set inclusion": ["given A, B : event", "show A ∪ B ⊆ A"],
    "a sequence": [
        "given a : sequence of real",
        "given n, i : natural number",
        "show ∑_{i=1}^n i a_i = i ∑_{i=1}^n a_i",
    ],
    "point masses on ℝ": [
        "given μ : finite measure on ℝ",
        "given f, g : ℝ → ℝ, measurable, bounded",
        "given y : real",
        "show g(y) ∫ f(y) μ(dy) = ∫ g(y) f(y) μ(dy)",
    ],
    "a predicate": ["given P, Q : probability on 𝒳", "show P ≪ Q"],
    "a density turned over": [
        "given P, Q : probability on 𝒳",
        "given P ≪ Q",
        "given Q ≪ P",
        "given f : 𝒳 → [0,∞], measurable",
        "show ∫ f dP = ∫ f · dQ/dP dQ",
    ],
}


@pytest.mark.parametrize("name", FALSE)
def test_a_false_statement_is_refuted(name):
    hypotheses, goal = statement(*FALSE[name])
    found = refute(hypotheses, goal)
    assert found is not None
    assert found.left != found.right
    objects = json.loads(json.dumps(found.objects))
    assert recheck(hypotheses, goal, objects) == (found.left, found.right)
    data = found.json()
    assert (data["left"], data["right"]) == (found.left, found.right)
    assert all(isinstance(v, str) for v in data.values())


TRUE = {
    "variance of an independent sum": [
        "given X : sequence of random variable, i.i.d., square-integrable",
        "given n : natural number, positive",
        "show Var(∑_{i=1}^n X_i) = n Var(X_1)",
    ],
    "version on a null set": [
        "given P, Q : probability on 𝒳",
        "given P ≪ Q",
        "given f : 𝒳 → ℝ, integrable under P",
        "show ∫ f dP = ∫ f · dP/dQ dQ",
    ],
    "version at a point": [
        "given P, Q : probability on 𝒳",
        "given f, g : 𝒳 → [0,∞], measurable",
        "given f = g Q-a.e.",
        "show ∫ f dQ = ∫ g dQ",
    ],
    "tower": [
        "given X : random variable, integrable",
        "given 𝒢, ℋ : σ-algebra on Ω",
        "given ℋ ⊆ 𝒢",
        "show E[E[X | 𝒢] | ℋ] = E[X | ℋ] a.s.",
    ],
}


@pytest.mark.parametrize("name", TRUE)
def test_a_true_statement_is_not(name):
    assert refute(*statement(*TRUE[name]), budget=400) is None


def test_the_smallest_model_comes_first_and_reads_well():
    found = refute(*statement("given A, B : event", "given A ⊆ B", "show P(B) ≤ P(A)"))
    assert found is not None
    assert found.text == "Ω = {a} with P = (1)\nA = ∅\nB = {a}\nleft 1, right 0"


def test_the_seed_decides():
    problem = statement("given X, Y : random variable, integrable", "show E[X Y] = E[X] E[Y]")
    assert refute(*problem, seed=3) == refute(*problem, seed=3)


def test_a_missing_value_is_not_a_refutation():
    hypotheses, goal = statement("given x : real", "show x / x = 1")
    assert refute(hypotheses, goal) is None
    found = no_value(hypotheses, goal)
    assert found is not None
    assert found.text == "x = 0"


def test_a_version_that_nothing_determines_is_no_value():
    hypotheses, goal = statement(
        "given ρ, μ, ν : σ-finite measure on 𝒳",
        "given ν ≪ ρ",
        "given μ ≪ ρ",
        "show dν/dρ = dν/dμ · dμ/dρ ρ-a.e.",
    )
    assert refute(hypotheses, goal) is None
    assert no_value(hypotheses, goal) is not None


def test_what_has_a_value_is_not_called_without():
    assert no_value(*statement("given A, B : event", "show P(A ∪ B) ≤ 1")) is None


def test_symbols_without_models_refute_nothing():
    hypotheses, goal = statement(
        "given U : random variable", "given U ~ Uniform(0, 1)", "show E[U] = 1"
    )
    assert refute(hypotheses, goal) is None


def test_an_example_of_the_givens():
    hypotheses, _ = statement("given A, B : event", "given P(A) = 1/2", "show P(B) = 1")
    assert example_of(hypotheses) is not None
    impossible, _ = statement("given A : event", "given P(A) = 2", "show P(A) = 1")
    assert example_of(impossible) is None


def test_no_step_of_the_rulebook_is_refuted():
    for _, item in load_rulebook().items():
        hypotheses = [h.term for h in item.hypotheses]
        for goal in steps_of(item):
            assert refute(hypotheses, goal, budget=60) is None, item.name


@pytest.mark.skipif(not SOUND.is_dir(), reason="the corpora are not here")
def test_no_sound_step_is_refuted():
    for path in sorted(SOUND.glob("*.drv")):
        for item in elaborate_file(read_file(path.read_text(encoding="utf-8"))):
            hypotheses = [h.term for h in item.hypotheses]
            for goal in steps_of(item):
                assert refute(hypotheses, goal, budget=60) is None, (path.name, item.name)
