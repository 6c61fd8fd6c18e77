"""Expressions and formulas mean one core term; what has no meaning is refused with a reason."""

from __future__ import annotations

import pytest
from elaborate.cases import SCENE

from derive.elaborate.expression import elaborate
from derive.elaborate.problem import ElabError
from derive.elaborate.show import show
from derive.elaborate.show_core import show_core
from derive.elaborate.statement import elaborate_given_text
from derive.syntax.parse import parse_term

EXPRESSIONS = [
    ("a - b", "(add a (mul -1 b))"),
    ("-2", "-2"),
    ("-2 a", "(mul -2 a)"),
    ("a - 2 b", "(add a (mul -2 b))"),
    ("1/2", "1/2"),
    ("0.25", "1/4"),
    ("1/a", "(inv a)"),
    ("a/b", "(mul a (inv b))"),
    ("1/2 x", "(mul 1/2 x)"),
    ("x/2", "(mul x (inv 2))"),
    ("-∞", "(mul -1 inf)"),
    ("x²", "(pow x (nat 2))"),
    ("x^n", "(pow x n)"),
    ("x^{n+1}", "(pow x (nadd (nat 1) n))"),
    ("x^a", "(rpow x a)"),
    ("x⁻¹", "(inv x)"),
    ("e^x", "(exp x)"),
    ("√(x²)", "(sqrt (pow x (nat 2)))"),
    ("n a", "(mul a (ofnat n))"),
    ("n!", "(nfact n)"),
    ("a² (X)²", "(lam Ω (mul (pow a (nat 2)) (pow (app X #0) (nat 2))))"),
    ("f (x)", "(app f x)"),
    ("a (x)", "(mul a x)"),
    ("X (Y + Z)", "(lam Ω (mul (app X #0) (add (app Y #0) (app Z #0))))"),
    ("f(X)", "(lam Ω (app f (app X #0)))"),
    ("f'(x)", "(deriv f x)"),
    ("p(a, X)", "(lam Ω (app p (pair a (app X #0))))"),
    ("E[X]", "(E P X)"),
    ("E[X]²", "(pow (E P X) (nat 2))"),
    ("E[c]", "(E P (lam Ω c))"),
    ("E[X | 𝒢]", "(lam Ω (cexp P X 𝒢 #0))"),
    ("E[X | Y]", "(lam Ω (cexp P X (sigma Y) #0))"),
    ("E_{x~law(X)}[x²]", "(E (law P X) (lam num (pow #0 (nat 2))))"),
    ("Var(a X)", "(Var P (lam Ω (mul a (app X #0))))"),
    ("Cov(X, Y)", "(Cov P X Y)"),
    ("P(X = Y)", "(mass P (lam Ω (eq (app X #0) (app Y #0))))"),
    ("P(X > a)", "(mass P (lam Ω (not (le (app X #0) a))))"),
    ("P(a < X ≤ b)", "(mass P (lam Ω (and (le (app X #0) b) (not (le (app X #0) a)))))"),
    ("P(X ∈ I)", "(mass P (lam Ω (app I (app X #0))))"),
    ("P(A | B)", "(condp P A B)"),
    ("P(Ω)", "(mass P (lam Ω true))"),
    ("P(∅)", "(mass P (lam Ω false))"),
    ("P(A ∖ B)", "(mass P (lam Ω (and (app A #0) (not (app B #0)))))"),
    ("P(A ∩ {X = x})", "(mass P (lam Ω (and (app A #0) (eq (app X #0) x))))"),
    ("P(Aᶜ)", "(mass P (lam Ω (not (app A #0))))"),
    ("λ(Iᶜ)", "(mass leb (lam num (and (fin #0) (not (app I #0)))))"),
    ("λ({x})", "(mass leb (lam num (eq #0 x)))"),
    ("λ([a, b))", "(mass leb (lam num (and (le a #0) (not (le b #0)))))"),
    ("λ((a, b))", "(mass leb (lam num (and (not (le #0 a)) (not (le b #0)))))"),
    ("1_A", "(lam Ω (iv (app A #0)))"),
    ("1{X ≥ a}", "(lam Ω (iv (le a (app X #0))))"),
    ("1{x ≥ a}", "(iv (le a x))"),
    ("1_{[0,1]}(x)", "(iv (and (le 0 x) (le x 1)))"),
    ("∫ h dμ", "(int μ h)"),
    ("∫ h(y) μ(dy)", "(int μ h)"),
    ("∫ h(y) dμ(y)", "(int μ h)"),
    ("∫_G h dμ", "(int μ (lam 𝒳 (mul (iv (app G #0)) (app h #0))))"),
    ("∫_0^1 f(y) dy", "(int leb (lam num (mul (iv (and (le #0 1) (le 0 #0))) (app f #0))))"),
    ("∫ f(y) dy", "(int leb f)"),
    ("∫ f(x) dx", "(int leb f)"),
    ("∫ x y law(Y)(dy)", "(int (law P Y) (lam num (mul x #0)))"),
    ("T_*μ(D)", "(mass (push T μ) D)"),
    ("(T_*μ)(D)", "(mass (push T μ) D)"),
    ("(μ ∘ T⁻¹)(D)", "(mass (push T μ) D)"),
    ("μ(T⁻¹(D))", "(mass μ (lam 𝒳 (app D (app T #0))))"),
    ("(S ∘ T)_*μ", "(push (lam 𝒳 (app S (app T #0))) μ)"),
    ("h·μ", "(dens h μ)"),
    ("a μ + b ν", "(madd (mscale a μ) (mscale b ν))"),
    ("μ ⊗ ρ", "(pmeas μ ρ)"),
    ("μ|_G", "(restrict μ G)"),
    ("δ_x", "(dirac x)"),
    ("dν/dμ", "(lam 𝒳 (rn ν μ #0))"),
    ("d(h·μ)/dμ", "(lam 𝒳 (rn (dens h μ) μ #0))"),
    ("κ", "κ"),
    ("∑_n s_n", "(sum (lam nat (le 1 (ofnat #0))) s)"),
    ("∑_{i=1}^n s_i t_i", None),
    ("∑_{i=1}^n s_i / n", None),
    ("lim_i s_i", "(lim s)"),
    ("V_1", "(app V (nat 1))"),
    ("V_{n+1}", "(app V (nadd (nat 1) n))"),
    ("KL(μ ‖ ν)", "(KL μ ν)"),
    ("H(X)", "(H (law P X))"),
    ("law(X, Y)", "(law P (lam Ω (pair (app X #0) (app Y #0))))"),
    ("max(X, a)", "(lam Ω (max a (app X #0)))"),
    ("∂/∂x p(x, a)", "(deriv (lam num (app p (pair #0 a))) x)"),
    ("sup_n s_n", "(sup (lam nat (le 1 (ofnat #0))) s)"),
    ("P(⋃_n W_n)", None),
    ("P(⋂_{i=1}^n W_i)", None),
    ("P(⋃_{y∈[0,1]} {X = y})", None),
    ("σ(X, Y)", "(sigma (lam Ω (pair (app X #0) (app Y #0))))"),
]


def sorted_core(text: str) -> str:
    """Core text up to the order of commutative arguments, which depends on digests."""
    return "".join(sorted(text.replace(" ", "")))


@pytest.mark.parametrize(("text", "core"), EXPRESSIONS, ids=[e[0] for e in EXPRESSIONS])
def test_an_expression_means_its_core_term_and_reads_back(text, core):
    term = elaborate(parse_term(text), SCENE.scope)
    if core is not None:
        assert sorted_core(show_core(term)) == sorted_core(core)
    shown = show(term, SCENE.scope)
    again = elaborate(parse_term(shown), SCENE.scope, term.sort)
    if again.sort == "nat" or term.sort == again.sort:
        assert again is term, shown


FORMULAS = [
    ("X ≥ 0", "(all (lam Ω (le 0 (app X #0))))"),
    ("X = Y a.s.", "(ae P (lam Ω (eq (app X #0) (app Y #0))))"),
    ("A ⊆ B", "(all (lam Ω (imp (app A #0) (app B #0))))"),
    ("A ∩ B = ∅", "(all (lam Ω (eq (and (app A #0) (app B #0)) false)))"),
    ("X ⫫ Y", "(indep P X Y)"),
    ("A ⫫ B", "(indep P (lam Ω (iv (app A #0))) (lam Ω (iv (app B #0))))"),
    ("X ~ Normal(a, b²)", "(eq (law P X) (Normal a (pow b (nat 2))))"),
    ("X has density f", "(eq (law P X) (dens f leb))"),
    ("μ ≪ ν", "(ac μ ν)"),
    ("μ(G) < ∞", "(not (le inf (mass μ G)))"),
    ("F_i → h μ-a.e.", "(ae μ (lam 𝒳 (tendsto (lam nat (app (app F #0) #1)) (app h #0))))"),
    ("V_i → X in probability", "(cprob P V X)"),
    ("V_i → X in L^2", "(clp P 2 V X)"),
    ("V_i → X in distribution", "(cdist P V X)"),
    ("s_i → a", "(tendsto s a)"),
    ("s_i > 0", "(all (lam nat (imp (le 1 (ofnat #0)) (not (le (app s #0) 0)))))"),
    ("f(y) ≤ g(y)", "(all (lam num (imp (fin #0) (le (app f #0) (app g #0)))))"),
    ("h(y) ≥ 0", "(all (lam 𝒳 (le 0 (app h #0))))"),
    ("for all y ∈ ℝ, f(y) = 1", "(all (lam num (imp (fin #0) (eq (app f #0) 1))))"),
    ("X integrable", "(integrable P X)"),
    ("h integrable under μ", "(integrable μ h)"),
    ("E[X] finite", "(fin (E P X))"),
    ("A event", "(mset A)"),
    ("μ σ-finite", "(sigma_finite μ)"),
    ("V independent", "(iindep P V)"),
    ("X 𝒢-measurable", "(gmeasurable 𝒢 X)"),
    ("W pairwise disjoint", None),
    ("W_i ∩ A pairwise disjoint", None),
    ("V identically distributed", None),
    ("F increasing", None),
    ("a = b ⟹ b = a", "(imp (eq a b) (eq b a))"),
    ("0 ≤ a ≤ 1", "(and (le 0 a) (le a 1))"),
    ("|F_i| ≤ h μ-a.e.", None),
    ("p(y, z) differentiable in y", None),
    ("n ≥ 1", "(le 1 (ofnat n))"),
    ("n positive", "(le 1 (ofnat n))"),
]


@pytest.mark.parametrize(("text", "core"), FORMULAS, ids=[f[0] for f in FORMULAS])
def test_a_formula_means_its_core_term_and_reads_back(text, core):
    term = elaborate_given_text(text, SCENE)
    if core is not None:
        assert sorted_core(show_core(term)) == sorted_core(core)
    shown = show(term, SCENE.scope)
    assert elaborate_given_text(shown, SCENE) is term, shown


REFUSED = [
    ("ε > 0", "ε is not declared"),
    ("X ≥ γ", "γ is not declared"),
    ("f(y + a) = y", "y is not declared"),
    ("X + U = X", "expected a number"),
    ("E[U] = a", "expected a number"),
    ("P(G) = 1", "expected a set in Ω"),
    ("X⁻¹ = Y", "1/X"),
    ("E[X | Y = a] = b", "conditioning on a value"),
    ("∫ h dQ = a", "Q is not a measure"),
    ("s_x = a", "natural number"),
    ("∂/∂y f(a) = a", "y is not declared"),
    ("f(a, b) = a", "does not fit|product"),
    ("h integrable", "which measure"),
    ("s_n → a", "which index runs"),
    ("X = A", "no meaning"),
    ("δ = δ", "needs"),
    ("E = a", "needs arguments"),
    ("μ(X > a) = 1", "set in 𝒳"),
    ("s_y = f(y)", "stands for"),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED, ids=[r[0] for r in REFUSED])
def test_what_has_no_meaning_is_refused(text, reason):
    with pytest.raises(ElabError, match=reason) as caught:
        elaborate_given_text(text, SCENE)
    assert caught.value.span is not None


def test_a_near_name_is_suggested():
    with pytest.raises(ElabError) as caught:
        elaborate_given_text("Normall = a", SCENE)
    assert "Normal" in caught.value.nearest


def test_declared_letters_stay_fixed_and_bound_ones_do_not():
    fixed = elaborate_given_text("f(x) = 1", SCENE)
    open_ = elaborate_given_text("f(y) = 1", SCENE)
    assert show_core(fixed) == "(eq (app f x) 1)"
    assert show_core(open_) == "(all (lam num (imp (fin #0) (eq (app f #0) 1))))"


def test_every_spelling_gives_the_identical_term():
    for first, second in [
        ("∫ h dμ", r"\int h d\mu"),
        ("∑_n s_n", "∑_{i=1}^∞ s_i"),
        ("E[X]", "E(X)"),
        ("A ∪ B", "B ∪ A"),
        ("∫ f(y) dy", "∫ f(z) dz"),
        ("E[a X]", "E[a · X]"),
    ]:
        left, right = (elaborate(parse_term(s), SCENE.scope) for s in (first, second))
        assert left is right
