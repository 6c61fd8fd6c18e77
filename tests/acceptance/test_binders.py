"""What is written in another way is the same core term; nothing leaves its binder."""

from __future__ import annotations

import pytest
from acceptance.judging import REFUSED, report_on, verdict_of

from derive.elaborate.statement import elaborate_expression, elaborate_file, elaborate_given_text
from derive.kernel.term import Term
from derive.syntax.items import read
from derive.syntax.parse import parse_term

DECLARATIONS = """\
given μ, ν : σ-finite measure on 𝒳
given f, g : 𝒳 → ℝ, measurable
given h : 𝒳 × 𝒳 → ℝ, measurable
given q : ℝ → ℝ, measurable
given X, Y : random variable
given A, B, C : event
given D : sequence of events
given s : sequence of real
given a, b, c : real
"""
SCENE = elaborate_file(read(DECLARATIONS + "a\n  = a   by algebra\n", "scene"))[0]


def expression(text: str) -> Term:
    """The core term of an expression."""
    return elaborate_expression(parse_term(text), SCENE)


SAME = {
    "bound names": ["∫ f(x) μ(dx)", "∫ f(y) μ(dy)", "∫ f(a) μ(da)", "∫ f(z) μ(dz)"],
    "integral": ["∫ f dμ", "∫ f(x) dμ(x)", "∫ f(x) μ(dx)", "\\int f d\\mu", "\\int f(x)\\,\\mu(dx)"],
    "two integrals": [
        "∫ (∫ h(x,y) ν(dy)) μ(dx)", "∫ (∫ h(y,x) ν(dx)) μ(dy)", "∫ (∫ h(u,v) ν(dv)) μ(du)",
        "∫ (∫ h(x,y) dν(y)) dμ(x)", "\\int (\\int h(x,y) \\nu(dy)) \\mu(dx)",
    ],
    "the same name within": ["∫ f(x) (∫ g(x) ν(dx)) μ(dx)", "∫ f(x) (∫ g(y) ν(dy)) μ(dx)"],
    "sums": ["∑_n s_n", "∑_k s_k", "∑_{n=1}^∞ s_n", "\\sum_{n=1}^{\\infty} s_n", "\\sum_j s_j"],
    "finite sums": ["∑_{i=1}^3 s_i", "∑_{j=1}^3 s_j", "\\sum_{i=1}^3 s_i", "\\sum_{i=1}^{3} s_{i}"],
    "limits": ["lim_n s_n", "lim_{n→∞} s_n", "lim_{k→∞} s_k", "\\lim_n s_n", "\\lim_{n\\to\\infty} s_n"],
    "unions": ["⋃_n D_n", "⋃_k D_k", "⋃_{n=1}^∞ D_n", "\\bigcup_n D_n", "\\bigcup_{k=1}^{\\infty} D_k"],
    "set-builders": ["{x ∈ ℝ | q(x) > a}", "{y ∈ ℝ | q(y) > a}", "{x ∈ ℝ | a < q(x)}", "{x \\in ℝ | q(x) > a}"],
    "sets": ["A ∩ B", "B ∩ A", "A \\cap B", "(A) ∩ (B)"],
    "differences": ["A ∖ B", "A ∩ Bᶜ", "A \\setminus B", "A ∩ B^c", "Bᶜ ∩ A"],
    "products": ["a b c", "a · b · c", "a*b*c", "(a b) c", "a (b c)", "c b a", "a \\cdot b c", "b(a)(c)"],
    "quotients": ["a b/c", "a/c b", "(a b)/c", "1/c a b", "a·b/c", "\\frac{a b}{c}", "\\frac{1}{c} a b"],
    "decimals": ["1/2 a b", "0.5 a b", "\\frac{1}{2} a b"],
    "powers": ["a² b", "a^2 b", "a^{2} b", "b a²", "b · a^2", "(a)² b"],
    "sums of terms": ["a + b - c", "b + a - c", "-c + a + b", "a - c + b", "a - (c) + b"],
    "roots": ["√(a + b)", "\\sqrt{a + b}", "√(b + a)"],
    "absolute values": ["|a - b|", "| a - b |", "\\lvert a - b \\rvert", "|(a - b)|"],
    "expectations": ["E[X Y]", "E(X Y)", "E[Y · X]", "E[X*Y]", "E_P[X Y]", "E[(X Y)]"],
    "events": ["P(X > a)", "P({X > a})", "P(a < X)", "P({ω ∈ Ω | X(ω) > a})", "P((X > a))"],
    "conditional": ["P(A | B)", "P(A \\mid B)"],
    "indicators": ["1_A", "𝟙_A"],
    "functions": ["q(X)", "q ∘ X", "q \\circ X"],
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_all_spellings_are_one_core_term(name):
    first, *others = SAME[name]
    assert {text: expression(text) is expression(first) for text in others} == dict.fromkeys(
        others, True
    )


DIFFERENT = [
    ("∫ (∫ h(x,y) ν(dy)) μ(dx)", "∫ (∫ h(y,x) ν(dy)) μ(dx)"),
    ("∫ (∫ h(x,y) ν(dy)) μ(dx)", "∫ (∫ h(x,y) μ(dy)) ν(dx)"),
    ("∫ f(x) (∫ g(x) ν(dx)) μ(dx)", "∫ f(x) (∫ g(x) μ(dx)) ν(dx)"),
    ("∑_{i=1}^3 s_i", "∑_{i=2}^3 s_i"),
    ("∑_n s_n + a", "∑_n (s_n + a)"),
    ("a/b c", "a/(b c)"),
    ("(a - b) - c", "a - (b - c)"),
    ("a^2 b", "(a b)^2"),
    ("A ∖ B", "B ∖ A"),
    ("P(A | B)", "P(B | A)"),
    ("E[X]²", "E[X²]"),
    ("P(X > a)", "P(X ≥ a)"),
]


@pytest.mark.parametrize("one, other", DIFFERENT)
def test_what_differs_stays_different(one, other):
    assert expression(one) is not expression(other)


PROPOSITIONS = [
    ["a ≤ b", "a <= b", "b ≥ a", "b >= a", "a \\le b", "a \\leq b", "b \\geq a"],
    ["a ≠ b", "a != b", "a \\ne b"],
    ["μ ≪ ν", "μ << ν", "\\mu \\ll \\nu"],
    ["A ⊆ B", "A \\subseteq B"],
    ["X ⫫ Y", "X, Y independent"],
    ["f ≤ g", "f(x) ≤ g(x)", "f(y) ≤ g(y)", "g ≥ f", "for all x, f(x) ≤ g(x)"],
    ["X ≤ Y a.s.", "Y ≥ X a.s."],
]


@pytest.mark.parametrize("texts", PROPOSITIONS, ids=lambda texts: texts[0])
def test_all_spellings_are_one_proposition(texts):
    first, *others = [elaborate_given_text(text, SCENE) for text in texts]
    assert [other is first for other in others] == [True] * len(others)


MEASURE = (
    "given μ, ν : finite measure on ℝ\ngiven f, g : ℝ → ℝ, measurable, bounded\ngiven x, y : real\n"
)
NUMBERS = "given s, t : sequence of real\ngiven n, i : natural number\n"
VARIABLES = "given X, Y : random variable, bounded\ngiven x : real\n"
ESCAPES = [
    (MEASURE, "∫ f(x) g(x) μ(dx)", "f(x) ∫ g(x) μ(dx)", "linearity"),
    (MEASURE, "f(x) ∫ g(x) μ(dx)", "∫ f(x) g(x) μ(dx)", "linearity"),
    (MEASURE, "∫ f(x) μ(dx)", "f(x) μ(ℝ)", "linearity"),
    (MEASURE, "∫ f(x) (∫ g(x) ν(dx)) μ(dx)", "∫ f(x) g(x) μ(dx) · ν(ℝ)", "linearity"),
    (MEASURE, "∫ (∫ f(x) g(y) ν(dy)) μ(dx)", "∫ f(y) (∫ g(y) ν(dy)) ν(dy)", "linearity"),
    (MEASURE, "∫ (∫ f(x) g(y) ν(dy)) μ(dx)", "f(x) μ(ℝ) ∫ g(y) ν(dy)", "linearity"),
    (MEASURE, "g(y) ∫ f(y) μ(dy)", "∫ g(y) f(y) μ(dy)", "integral_const_mul"),
    (MEASURE, "∫ f(x) g(x) μ(dx)", "f(x) ∫ g(x) μ(dx)", "integral_const_mul with c := f(x)"),
    (VARIABLES, "E[X Y]", "E[X] Y", "linearity"),
    (VARIABLES, "E[X Y]", "X E[Y]", "linearity"),
    (VARIABLES, "E[X X]", "E[X] E[X]", "linearity"),
    (VARIABLES, "E[x X]", "E[x] E[x X]", "linearity"),
    (NUMBERS, "∑_{i=1}^n i s_i", "i ∑_{i=1}^n s_i", "linearity"),
    (NUMBERS, "(∑_{i=1}^n s_i) (∑_{i=1}^n t_i)", "∑_{i=1}^n s_i t_i", "linearity"),
    (NUMBERS, "lim_n (s_n s_n)", "s_n lim_n s_n", "linearity"),
]  # fmt: skip


@pytest.mark.parametrize("givens, left, right, reason", ESCAPES)
def test_a_bound_variable_never_leaves_its_binder(givens, left, right, reason):
    file = report_on(f"{givens}{left}\n  = {right}   by {reason}\n")
    assert verdict_of(file) in (*REFUSED, "unreadable")


CONSTANTS = [
    (MEASURE, "∫ f(y) g(x) μ(dx)", "f(y) ∫ g(x) μ(dx)"),
    (MEASURE, "∫ f(x) (∫ f(x) ν(dx)) μ(dx)", "(∫ f dν) (∫ f dμ)"),
    (MEASURE, "∫ (∫ f(x) g(y) ν(dy)) μ(dx)", "(∫ f dμ) (∫ g dν)"),
    (MEASURE, "∫ x f(y) μ(dy)", "x ∫ f(x) μ(dx)"),
    (VARIABLES, "E[x X + E[Y] X]", "x E[X] + E[Y] E[X]"),
]  # fmt: skip


@pytest.mark.parametrize("givens, left, right", CONSTANTS)
def test_what_is_constant_there_does(givens, left, right):
    file = report_on(f"{givens}{left}\n  = {right}   by linearity\n")
    assert verdict_of(file) == "checked"
