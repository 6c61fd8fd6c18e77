"""What formulas mean: one table, each row a text and its tree; near-misses beside them."""

from __future__ import annotations

import pytest

from derive.syntax import tree
from derive.syntax.diagnostic import SyntaxFailure
from derive.syntax.parse import parse_expression, parse_formula, parse_step, parse_term
from derive.syntax.sketch import sketch

TREES = [
    # suffix lists (L3): a bracket after an operand is a Call, hugging or not
    ("a² (X)²",                "Suffixed(Name a, [Sup(Number 2), Call([Name X], False), Sup(Number 2)])"),
    ("f(x)",                   "Suffixed(Name f, [Call([Name x], True)])"),
    ("f (x)",                  "Suffixed(Name f, [Call([Name x], False)])"),
    ("κ(x)(B)",                "Suffixed(Name κ, [Call([Name x], True), Call([Name B], True)])"),
    ("X_1",                    "Suffixed(Name X, [Sub(Number 1)])"),
    ("x2",                     "Name x2"),
    ("2 x",                    "Juxtaposed([Number 2, Name x])"),
    ("λ'",                     "Name λ'"),
    ("(g ∘ f)'(x)",            "Suffixed(Group(Binary(∘, Name g, Name f)), [Prime(), Call([Name x], True)])"),
    ("n!",                     "Suffixed(Name n, [Factorial()])"),
    # division and juxtaposition, left to right (L4)
    ("1/2 x",                  "Juxtaposed([Binary(/, Number 1, Number 2), Name x])"),
    ("a/b/c",                  "Binary(/, Binary(/, Name a, Name b), Name c)"),
    ("a b · c d",              "Juxtaposed([Binary(·, Juxtaposed([Name a, Name b]), Name c), Name d])"),
    ("a · -b",                 "Binary(·, Name a, Negative(Name b))"),
    ("2 -x",                   "Binary(-, Number 2, Name x)"),
    ("-x²/2",                  "Negative(Binary(/, Suffixed(Name x, [Sup(Number 2)]), Number 2))"),
    ("a + b ∩ C",              "Binary(∩, Binary(+, Name a, Name b), Name C)"),
    ("A ∪ B ∩ C",              "Binary(∪, Name A, Binary(∩, Name B, Name C))"),
    ("f·μ ⊗ ν",                "Binary(⊗, Binary(·, Name f, Name μ), Name ν)"),
    ("2 f ∘ g",                "Juxtaposed([Number 2, Binary(∘, Name f, Name g)])"),
    # the reach of ∑, ∫, ∂/∂θ (L5)
    ("∑_n a_n / n + b",        "Binary(+, Big(∑, Range(n), Binary(/, Suffixed(Name a, [Sub(Name n)]), Name n)), Name b)"),
    ("1/n ∑_{i=1}^n a b",      "Juxtaposed([Binary(/, Number 1, Name n), Big(∑, Range(i, Number 1, Name n), Juxtaposed([Name a, Name b]))])"),
    ("∫ f dμ · ∫ g dν",        "Binary(·, Integral(Name f, Differential(Name μ)), Integral(Name g, Differential(Name ν)))"),
    ("∫ a + b dP",             "Integral(Binary(+, Name a, Name b), Differential(Name P))"),
    ("∫ ∫ f ν(dy) μ(dx)",      "Integral(Integral(Name f, Differential(Name ν, [y])), Differential(Name μ, [x]))"),
    ("∫ f(x) (X_*P)(dx)",      "Integral(Suffixed(Name f, [Call([Name x], True)]), Differential(Group(Suffixed(Name X, [PushBy(Name P)])), [x]))"),
    ("∫ f d(μ ⊗ ν)(x, y)",     "Integral(Name f, Differential(Binary(⊗, Name μ, Name ν), [x, y]))"),
    ("∫ f dP_θ",               "Integral(Name f, Differential(Suffixed(Name P, [Sub(Name θ)])))"),
    ("∫_{-1}^1 |2 x| dx",      "Integral(Absolute(Juxtaposed([Number 2, Name x])), Differential(Name x), Negative(Number 1), Number 1)"),
    ("∫_{Aᶜ} f dμ",            "Integral(Name f, Differential(Name μ), Suffixed(Name A, [Complement()]))"),
    ("∫ dP/dμ dμ",             "Integral(RNDerivative(Name P, Name μ), Differential(Name μ))"),
    ("∂/∂θ ∫ p dx",            "Derivative(θ, Integral(Name p, Differential(Name x)))"),
    ("d/dθ (1/θ)",             "Derivative(θ, Group(Binary(/, Number 1, Name θ)))"),
    ("lim_{n→∞} a",            "Big(lim, Range(n, Name ∞), Name a)"),
    ("sup(a, b)",              "Suffixed(Name sup, [Call([Name a, Name b], True)])"),
    ("∑_{x∈[0,1]} a",          "Big(∑, Range(x, Interval(Number 0, Number 1, True, True)), Name a)"),
    ("∑_{n≥1} a",              "Big(∑, Range(n, Number 1, Name ∞), Name a)"),
    # derivatives of measures (L6)
    ("dν/dμ(x)",               "Suffixed(RNDerivative(Name ν, Name μ), [Call([Name x], True)])"),
    ("d(f·μ)/dμ",              "RNDerivative(Binary(·, Name f, Name μ), Name μ)"),
    ("dP/d(c Q)",              "RNDerivative(Name P, Juxtaposed([Name c, Name Q]))"),
    ("1/(dQ/dμ)",              "Binary(/, Number 1, Group(RNDerivative(Name Q, Name μ)))"),
    # bars (L2)
    ("|a| |b|",                "Juxtaposed([Absolute(Name a), Absolute(Name b)])"),
    ("||x| - y|",              "Absolute(Binary(-, Absolute(Name x), Name y))"),
    ("P(A | B)",               "Suffixed(Name P, [Call([Given(Name A, Name B)], True)])"),
    ("P(A|B)",                 "Suffixed(Name P, [Call([Given(Name A, Name B)], True)])"),
    ("E[|X| | 𝒢]",             "Suffixed(Name E, [Bracket([Given(Absolute(Name X), Name 𝒢)])])"),
    ("{x ∈ S | |x| > t}",      "SetOf(x, Name S, Relation([Absolute(Name x), Name t], [>]))"),
    ("KL(P ‖ Q)",              "Suffixed(Name KL, [Call([Divergence(Name P, Name Q)], True)])"),
    ("μ|_A(B)",                "Suffixed(Name μ, [RestrictTo(Name A), Call([Name B], True)])"),
    # indicators and sets
    ("1_A(x)",                 "Suffixed(Indicator(Name A), [Call([Name x], True)])"),
    ("1{X > t}",               "Indicator(Braces([Relation([Name X, Name t], [>])]))"),
    ("1_{A_n}",                "Indicator(Suffixed(Name A, [Sub(Name n)]))"),
    ("1 - A",                  "Binary(-, Number 1, Name A)"),
    ("[a,b)",                  "Interval(Name a, Name b, True, False)"),
    ("[-∞,∞]",                 "Interval(Negative(Name ∞), Name ∞, True, True)"),
    ("P(X ∈ B, Y ≤ 2)",        "Suffixed(Name P, [Call([Relation([Name X, Name B], [∈]), Relation([Name Y, Number 2], [≤])], True)])"),
    # suffixes that are words of their own
    ("T⁻¹(B)",                 "Suffixed(Name T, [Inverse(), Call([Name B], True)])"),
    ("T_*μ(B)",                "Suffixed(Name T, [PushBy(Suffixed(Name μ, [Call([Name B], True)]))])"),
    ("S_*(T_*μ)",              "Suffixed(Name S, [PushBy(Group(Suffixed(Name T, [PushBy(Name μ)])))])"),
    ("μ^{⊗n}(A)",              "Suffixed(Name μ, [TensorPower(Name n), Call([Name A], True)])"),
    ("A^c",                    "Suffixed(Name A, [Complement()])"),
    ("a^{c}",                  "Suffixed(Name a, [Sup(Name c)])"),
    ("E_{X~Q}[X]",             "Suffixed(Name E, [Sub(Relation([Name X, Name Q], [~])), Bracket([Name X])])"),
    ("√(2 π) x",               "Juxtaposed([Root(Group(Juxtaposed([Number 2, Name π]))), Name x])"),
    ("√(x)²",                  "Suffixed(Root(Group(Name x)), [Sup(Number 2)])"),
    # formulas
    ("f_n → f μ-a.e.",         "Relation([Suffixed(Name f, [Sub(Name n)]), Name f], [→], AlmostEverywhere(Name μ))"),
    ("f = g (Q ⊗ S)-a.e.",     "Relation([Name f, Name g], [=], AlmostEverywhere(Binary(⊗, Name Q, Name S)))"),
    ("X → Y in L^2",           "Relation([Name X, Name Y], [→], Mode(in L, Number 2))"),
    ("X → Y in law",           "Relation([Name X, Name Y], [→], Mode(in distribution))"),
    ("X, Y independent",       "HasProperty([Name X, Name Y], AdjectivePhrase(independent))"),
    ("Y σ(X)-measurable",      "HasProperty([Name Y], AdjectivePhrase(measurable, Suffixed(Name σ, [Call([Name X], True)])))"),
    ("f differentiable in θ",  "HasProperty([Name f], AdjectivePhrase(differentiable, θ))"),
    ("X integrable under P",   "HasProperty([Name X], AdjectivePhrase(integrable, Name P))"),
    ("X has density p",        "HasDensity(Name X, Name p)"),
    ("for all θ, a ≤ θ",       "ForAll([θ], Relation([Name a, Name θ], [≤]))"),
    ("for all x, y ∈ S, x = y", "ForAll([x, y], Name S, Relation([Name x, Name y], [=]))"),
    ("a < b ⟹ c < d",          "Relation([Relation([Name a, Name b], [<]), Relation([Name c, Name d], [<])], [⟹])"),
    ("a = b and c = d",        "Conjunction([Relation([Name a, Name b], [=]), Relation([Name c, Name d], [=])])"),
    ("(x, y) ↦ x y",           "Lambda([x, y], Juxtaposed([Name x, Name y]))"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TREES, ids=[row[0] for row in TREES])
def test_a_formula_has_this_tree(text, expected):
    assert sketch(parse_formula(text)) == expected


DIFFERENT = [
    ("a² (X)²",          "(a² (X))²"),
    ("1/2 x",            "1/(2 x)"),
    ("f (x)",            "f(x)"),
    ("∑_n a + b",        "∑_n (a + b)"),
    ("∑_n a / n",        "(∑_n a) / n"),
    ("⋃_n A_n",          "⋃_{n=2}^∞ A_n"),
    ("∫_0^1 x dx",       "∫ x dx"),
    ("∫ f dμ",           "∫ f dν"),
    ("∫ f(x) μ(dx)",     "∫ f(y) μ(dx)"),
    ("A ∪ B ∩ C",        "(A ∪ B) ∩ C"),
    ("|a - |b||",        "|a| - |b|"),
    ("T_*μ(B)",          "(T_*μ)(B)"),
    ("[a,b)",            "[a,b]"),
    ("X_1",              "X1"),
    ("xy",               "x y"),
    ("A^c",              "A^{c}"),
    ("f = g a.s.",       "f = g"),
    ("f = g μ-a.e.",     "f = g ν-a.e."),
    ("X → Y in L^1",     "X → Y in L^2"),
    ("a - b - c",        "a - (b - c)"),
    ("1_A",              "1 A"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_near_misses_are_different_trees(one, other):
    assert parse_formula(one) != parse_formula(other)


SAME = [
    (r"\int_A f \, d\mu",                    "∫_A f dμ"),
    (r"\int f \mathrm{d}\mu",                "∫ f dμ"),
    (r"\int_{0}^{\infty} P(X > t) dt",       "∫_0^∞ P(X > t) dt"),
    (r"\frac{d\nu}{d\mu}(x)",                "dν/dμ(x)"),
    (r"\frac{\mathrm{d} P}{\mathrm{d} Q}",   "dP/dQ"),
    (r"\frac{d(f\cdot\mu)}{d\mu}",           "d(f·μ)/dμ"),
    (r"\frac{\partial}{\partial\theta} f",   "∂/∂θ f"),
    (r"\frac{1}{n} \sum_{i=1}^n X_i",        "(1/n) ∑_{i=1}^n X_i"),
    (r"\frac{a+b}{2}",                       "((a + b)/2)"),
    (r"\sqrt{x^2}",                          "√(x²)"),
    ("sqrt(x^2)",                            "√(x²)"),
    (r"A \cup B^c \setminus C",              "A ∪ Bᶜ ∖ C"),
    (r"A^\complement",                       "Aᶜ"),
    (r"\mathbb{E}\left[X \mid \mathcal{G}\right]", "E[X | 𝒢]"),
    (r"\mathbb{P}(A)",                       "P(A)"),
    (r"\mathbf{1}_{A}",                      "1_A"),
    ("𝟙_A",                                  "1_A"),
    ("𝟙{X > t}",                             "1{X > t}"),
    (r"\mathbf{1}\{X > t\}",                 "1{X > t}"),
    (r"T^{-1}(B)",                           "T⁻¹(B)"),
    (r"\mu^{\otimes n}",                     "μ^{⊗n}"),
    (r"\mu\nu",                              "μ ν"),
    (r"\lambda x",                           "λ x"),
    (r"\mathcal{X}Y",                        "𝒳 Y"),
    (r"X \perp Y",                           "X ⫫ Y"),
    (r"f_n \to f \ \mu\text{-a.e.}",         "f_n → f μ-a.e."),
    (r"\operatorname{Var}(X)",               "Var(X)"),
    (r"\left|x\right|",                      "|x|"),
    (r"\lim_{n\to\infty} a_n",               "lim_{n→∞} a_n"),
    (r"\mathrm{KL}(P \parallel Q)",          "KL(P ‖ Q)"),
    ("KL(P || Q)",                           "KL(P ‖ Q)"),
    ("a <= b",                               "a ≤ b"),
    ("a >= b",                               "a ≥ b"),
    ("a != b",                               "a ≠ b"),
    ("P << Q",                               "P ≪ Q"),
    ("a < b => c < d",                       "a < b ⟹ c < d"),
    ("x |-> x*y",                            "x ↦ x·y"),
    ("f_n -> f a.s.",                        "f_n → f a.s."),
    ("|f_n|->0",                             "|f_n| → 0"),
    ("T_*μ",                                 r"T_{*}\mu"),
    ("xₙ²",                                  "x_n^2"),
    ("µ(A) − 1",                             "μ(A) - 1"),
    ("\u2126",                               "Ω"),
    ("A\u030a",                              "Å"),
    ("∀ θ, θ ≤ 1",                           "for all θ, θ ≤ 1"),
    ("f is measurable",                      "f measurable"),
    ("X, Y are independent",                 "X, Y independent"),
    ("A_n pairwise  disjoint",               "A_n pairwise disjoint"),
    ("{x ∈ 𝒳 : x > t}",                      "{x ∈ 𝒳 | x > t}"),
    ("P{X > t}",                             "P({X > t})"),
    ("∫ f(x, y) (μ ⊗ ν)(dx, dy)",            "∫ f(x, y) (μ ⊗ ν)(dx,dy)"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_formula_are_one_tree(one, other):
    assert sketch(parse_formula(one)) == sketch(parse_formula(other))


def test_places_are_those_of_the_source_even_in_latex():
    found = parse_formula(r"\mu(A) = \nu(B)", line=7, column=3)
    right = found.operands[1]
    assert (right.span.line, right.span.column, right.span.end_column) == (7, 12, 18)


def test_places_go_on_over_lines():
    found = parse_formula("a\n    + b", line=7, column=3)
    assert (found.right.span.line, found.right.span.column) == (8, 7)


def test_a_step_has_a_term_and_a_tail():
    term, tail = parse_step("dν/dμ · dμ/dλ' λ'-a.e.")
    assert isinstance(term, tree.Binary)
    assert isinstance(tail, tree.AlmostEverywhere)
    assert parse_step("a + b") == (parse_expression("a + b"), None)


def test_a_term_may_be_a_function():
    assert isinstance(parse_term("t ↦ t log(t)"), tree.Lambda)
    with pytest.raises(SyntaxFailure):
        parse_expression("t ↦ t log(t)")
