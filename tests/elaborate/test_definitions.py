"""`define`: what a definition means, where it holds, how it is printed, and what is refused."""

from __future__ import annotations

import gc

import pytest

from derive.elaborate.notation import LARGEST, written_out
from derive.elaborate.show import show
from derive.elaborate.show_core import show_core
from derive.elaborate.show_latex import show_latex
from derive.elaborate.statement import elaborate_file
from derive.kernel.symbol import SYMBOLS
from derive.syntax.items import read_file

DEFINED = """\
define twice x := 2 x
define half := 1/2
define mean X := E[X]
given X : random variable
define average f μ := ∫ f dμ
given μ : measure on 𝒳
given f : 𝒳 → ℝ
define tail X t := {X ≥ t}
given X : random variable
define small x := |x| < 1
define mix μ ν := half μ + half ν
given μ, ν : measure on 𝒳
define with_mean x := twice(x) + half
define moment x := ∫ 1{0 ≤ y ≤ 1} x y dy
define total a n := ∑_{k=1}^n a_k
given a : sequence of real
given n : natural number
define spot A x := 1_A(x)
given A : subset of 𝒳
given x : point of 𝒳
""".replace("with_mean", "shifted")
OBJECTS = """\
example
given X, Y : random variable
given Q : probability on 𝒴
given Z : 𝒴 → ℝ
given μ, ν : measure on 𝒴
given x, y : real
given n : natural number
given s : sequence of real
given B : subset of 𝒴
given v : point of 𝒴
"""


def items_of(text: str):
    """The items of a text."""
    return elaborate_file(read_file(text))


def shown(text: str):
    """The last item of the definitions, some objects, and a statement."""
    item = items_of(f"{DEFINED}{OBJECTS}show {text}\n")[-1]
    assert not item.errors, item.errors
    return item


@pytest.mark.parametrize(
    "written,                               meant",
    [
        ("twice(x) = 1", "2 x = 1"),
        ("twice (x + 1) = 1", "2 (x + 1) = 1"),
        ("twice(twice(x)) = 1", "2 (2 x) = 1"),
        ("twice(x)² = 1", "(2 x)² = 1"),
        ("half x = 1", "(1/2) x = 1"),
        ("shifted(x) = 1", "2 x + 1/2 = 1"),
        ("twice(n) = 1", "2 n = 1"),
        ("twice(s_n) = 1", "2 s_n = 1"),
        ("P(twice(X) > 1) = 1", "P(2 X > 1) = 1"),
        ("average(Z, μ) = 1", "∫ Z dμ = 1"),
        ("average(2, μ) = 1", "∫ 2 dμ = 1"),
        ("average(t ↦ t, law(X)) = 1", "∫ t law(X)(dt) = 1"),
        ("average(twice(Z), μ) = 1", "∫ 2 Z dμ = 1"),
        ("mean_Q(Z) = 1", "E_Q[Z] = 1"),
        ("mean_Q(twice(Z) + 1) = 1", "E_Q[2 Z + 1] = 1"),
        ("Q(tail(Z, 2)) = 1", "Q(Z ≥ 2) = 1"),
        ("small(x)", "|x| < 1"),
        ("P(small(X)) = 1", "P(|X| < 1) = 1"),
        ("mix(μ, ν)(B) = 1", "((1/2) μ + (1/2) ν)(B) = 1"),
        ("∫ 1{0 ≤ y ≤ 1} moment(y) dy = 1",
         "∫ 1{0 ≤ t ≤ 1} (∫ 1{0 ≤ y ≤ 1} t y dy) dt = 1"),
        ("moment(y) = 1", "∫ 1{0 ≤ t ≤ 1} y t dt = 1"),
        ("∑_{k=1}^3 total(s, k) = 1", "∑_{k=1}^3 ∑_{j=1}^k s_j = 1"),
        ("total(s, 3) = 1", "∑_{k=1}^3 s_k = 1"),
        ("spot(B, v) = 1", "1_B(v) = 1"),
        ("P(spot([0,1], X) = 1) = 1", "P(1_{[0,1]}(X) = 1) = 1"),
    ],
)  # fmt: skip
def test_a_notation_is_its_term_written_out(written, meant):
    given, wanted = shown(written).show, shown(meant).show
    assert given is not wanted
    assert written_out(given) is wanted


def test_the_ambient_probability_is_that_of_the_place():
    text = DEFINED + "example\ngiven X : random variable\nshow mean(X) = E[X]\n"
    item = items_of(text)[-1]
    assert show_core(written_out(item.show)) == "(eq (E P X) (E P X))"
    assert item.hypotheses[0].names == ("P",)


@pytest.mark.parametrize(
    "text",
    [
        "twice(x) = 2 x",
        "half + twice(n) = 1",
        "average(Z, μ) = average(2, ν)",
        "mean_Q(twice(Z)) = 1",
        "Q(tail(Z, 2)) = 1",
        "P(small(X)) = 1",
        "mix(μ, ν)(B) = 1",
        "mix(μ, μ) ≪ ν",
        "total(s, n) = 1",
        "small(x)",
        "small(x) ⟹ x < 1",
        "moment(twice(y)) = 1",
        "spot(B, v) = 1",
    ],
)
def test_it_is_printed_as_it_is_written(text):
    item = shown(text)
    assert show(item.show, item.scope) == text


def test_latex_and_core_name_it():
    item = shown("twice(x) = 1")
    assert show_latex(item.show, item.scope) == r"\operatorname{twice}(x) = 1"
    head = item.scope.notations.meanings["twice"].head
    assert show_core(item.show) == f"(eq ({head} x) 1)"
    assert head.startswith("twice~")


def test_where_the_name_means_something_else_the_symbol_is_printed():
    item = shown("twice(x) = 1")
    (other,) = items_of("define twice x := 3 x\n")
    assert "twice~" in show(item.show, other.scope)
    after = items_of("define twice x := 3 x\nexample\ngiven x : real\nshow x = x\n")[-1]
    assert "twice~" in show(item.show, after.scope)


REFUSED = [
    # the name
    ("define twice x := 2 x\ndefine twice x := x", "twice is defined in line 1", (2, 1)),
    ("theorem t\nshow 1 = 1 by algebra\ndefine t x := x", "t is the theorem in line 1", (3, 1)),
    ("define log x := x", "log is a name of the language", (1, 1)),
    ("define E x := x", "E is a name of the language", (1, 1)),
    ("define π := 3", "π is a name of the language", (1, 1)),
    ("define P := 3", "P is a name of the language", (1, 1)),
    ("define my_f x := x", "my_f is not one name in a formula", (1, 1)),
    ("define f' x := x", "f' is not one name in a formula", (1, 1)),
    ("define dx a := a", "dx is not one name in a formula", (1, 1)),
    # the parameters
    ("define f x_1 := x_1", "x_1 is not one name in a formula", (1, 1)),
    ("define f x x := x", "the name and the parameters of a definition differ", (1, 8)),
    ("define f f := f", "the name and the parameters of a definition differ", (1, 8)),
    ("define f x y := x", "the parameter y does not stand in the term", (1, 1)),
    ("define f x := (t ↦ 0)(x)", "the parameter x does not stand in the term", (1, 1)),
    ("define f x := x\ndefine g f := f", "the parameter f has a meaning already", (2, 1)),
    ("define f x := x\ngiven y : real", "y is no parameter of f", (2, 7)),
    ("define f x := x\ngiven x > 0", "a definition has no conditions", (2, 7)),
    ("define f X := E[X]\ngiven X : random variable, integrable", "no conditions", (2, 28)),
    ("define f μ := μ(𝒳)\ngiven μ : measure on 𝒳, finite", "no conditions", (2, 25)),
    # the term
    ("define f", "a definition is written define NAME a b := t", (1, 8)),
    ("define f x :=", "", (1, 14)),
    ("define f x := x +", "", (1, 18)),
    ("define loop x := loop(x) + 1", "loop is defined by itself", (1, 18)),
    ("define loop := loop", "loop is defined by itself", (1, 16)),
    ("define open x := x + y", "y is no parameter of open", (1, 22)),
    ("define open x := ∑_n x^n + n", "n is no parameter of open", (1, 28)),
    ("define f A := P(A_n)\ngiven A : sequence of events", "n is no parameter of f", (1, 19)),
    ("define f x := g(x)\ndefine g x := x", "g means nothing before its definition", (1, 15)),
    ("define f x := x y\ndefine g x := f(x)", "its definition in line 1 cannot be read", (2, 15)),
    ("define f μ := ∫ 1 dμ", "μ is not a measure", (1, 19)),
]  # fmt: skip


@pytest.mark.parametrize("text, message, place", REFUSED)
def test_a_definition_is_refused(text, message, place):
    file = read_file(text + "\n")
    found = [error for item in elaborate_file(file) for error in item.errors] or [*file.broken]
    assert message in found[-1].message
    assert (found[-1].span.line, found[-1].span.column) == place


@pytest.mark.parametrize(
    "text",
    [
        "define f x := x\ndefine g x := x",
        "define log2 x := log(x)",
        "define ff x := x",
        "define f x y := x + 0 y",
        "define open x y := x + y",
        "define sums x := ∑_n x^n",
        "define f A n := P(A_n)\ngiven A : sequence of events\ngiven n : natural number",
        "define f A := P(⋃_n A_n)\ngiven A : sequence of events",
        "define g x := x\ndefine f x := g(x)",
        r"define f \mu := \int 1 d\mu" + "\n" + r"given \mu : measure on 𝒳",
        "define f(x, y) := x y",
    ],
)
def test_the_nearest_definition_is_not(text):
    file = read_file(text + "\n")
    items = elaborate_file(file)
    assert [*file.broken, *(error for item in items for error in item.errors)] == []
    assert all(item.notation for item in items)


@pytest.mark.parametrize(
    "text,                            message,                              expected",
    [
        ("twice = 1", "twice needs one argument", "twice(x)"),
        ("twice x = 1", "twice needs one argument", "twice(x)"),
        ("twice(x, y) = 1", "twice takes one argument, 2 are given", "twice(x)"),
        ("average(Z) = 1", "average takes 2 arguments, 1 is given", "average(f, μ)"),
        ("twice(μ) = 1", "this is a measure on 𝒴", "a number in twice(x)"),
        ("twice(B) = 1", "this is a set in 𝒴", "a number in twice(x)"),
        ("average(μ, Z) = 1", "this is a measure on 𝒴", "a function from 𝒳 to ℝ in average(f, μ)"),
        ("average(Z, P) = 1", "this is a measure on Ω", "a measure on 𝒴 in average(f, μ)"),
        ("total(s, x) = 1", "this is a number", "a natural number in total(a, n)"),
        ("mean_μ(X) = 1", "this is a function from Ω to ℝ", "a function from 𝒴 to ℝ in mean(X)"),
        ("mean_x(X) = 1", "this is a number", "a measure"),
        ("twic(x) = 1", "twic is not declared", "a declared name"),
        ("small(X)", "this is a set in Ω", "a formula, such as a = b"),
        ("half(x, y) = 1", "", ""),
        ("twice_Q(x) = 1", "twice needs one argument", "twice(x)"),
    ],
)
def test_a_use_is_refused(text, message, expected):
    item = items_of(f"{DEFINED}{OBJECTS}show {text}\n")[-1]
    (error,) = item.errors
    assert message in error.message
    assert error.expected == expected or not expected
    assert error.span.column >= 6


def test_no_object_has_the_name_of_a_definition():
    for line in ("twice : real", "A, half : event", "(Ω, ℱ, mean) : probability space"):
        item = items_of(f"{DEFINED}example\ngiven {line}\nshow 1 = 1\n")[-1]
        assert "is defined in line" in item.errors[0].message


def test_a_binder_hides_a_definition():
    item = items_of("define y := 2\nexample\nshow ∫ 1{0 ≤ y ≤ 1} y dy = y\n")[-1]
    plain = items_of("example\nshow ∫ 1{0 ≤ t ≤ 1} t dt = 2\n")[-1]
    assert written_out(item.show) is plain.show


def test_a_definition_is_no_undeclared_letter():
    text = "define n := 3\nexample\ngiven a : sequence of real\nshow a_n = a_3\n"
    item = items_of(text)[-1]
    assert item.letters == ()


def test_what_is_too_large_written_out_is_refused():
    lines = ["define f x := x + x²"]
    lines += [f"define {'f' * k} x := {'f' * (k - 1)}({'f' * (k - 1)}(x))" for k in range(2, 40)]
    items = items_of("\n".join(lines))
    refused = [item for item in items if item.errors]
    assert f"more than {LARGEST} symbols" in refused[0].errors[0].message
    assert len(refused) > 30
    nested = "f(" * 12 + "x" + ")" * 12
    use = items_of(f"{lines[0]}\nexample\ngiven x : real\nshow {nested} = 1\n")[-1]
    assert f"more than {LARGEST} symbols" in use.errors[0].message


def test_a_symbol_lives_as_long_as_its_definition():
    kept = items_of("define f x := 5 x\n")
    same = items_of("define f x := 5 x\n")
    other = items_of("define f x := 6 x\n")
    head = kept[0].notation.head
    assert same[0].notation.head == head != other[0].notation.head
    del same
    gc.collect()
    items_of("define g x := 7 x\n")
    assert head in SYMBOLS
    gone = other[0].notation.head
    del other, kept
    gc.collect()
    items_of("define g x := 8 x\n")
    assert head not in SYMBOLS
    assert gone not in SYMBOLS
