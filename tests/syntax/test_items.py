"""Items: what a file holds, what its lines belong to, and that a bad line loses no other."""

from __future__ import annotations

import pytest

from derive.syntax import tree
from derive.syntax.clauses import parse_given
from derive.syntax.diagnostic import SyntaxFailure
from derive.syntax.items import read, read_markdown
from derive.syntax.sketch import sketch

WHOLE = """import "measures.drv"

theorem tower_two   # a comment
  "What it # says."
given 𝒳 : measurable space
given X : random variable in 𝒳, integrable
given h1: P ≪ Q
given |f_n| ≤
  g μ-a.e.
source "Kallenberg 2021, 6.1"
without h1 "P = δ_0"
alias tower, iterated
kind fact
show E[X] = 1
proof
  have split: P(A) = 1 by r1
  have Q ≪ P
  proof
    Q(A)
      = 0   by r2
  qed
  E[X]
    = 2 +
      3            by r3, r4 with f := g, φ := (t ↦ t²), ψ(a, b) := a b
    ≤ 1 Q-a.e.     #! rejected
qed
"""


@pytest.fixture(scope="module")
def item():
    """The one item of the file above."""
    file = read(WHOLE)
    assert file.broken == ()
    assert [name.text for name in file.imports] == ["measures.drv"]
    (only,) = file.items
    return only


def test_the_header_and_notes(item):
    assert (item.kind, item.name, item.doc) == ("theorem", "tower_two", "What it # says.")
    assert [(n.kind, n.words, n.text) for n in item.notes] == [
        ("source", (), "Kallenberg 2021, 6.1"),
        ("without", ("h1",), "P = δ_0"),
        ("alias", ("tower", "iterated"), ""),
        ("kind", ("fact",), ""),
    ]


def test_the_givens(item):
    assert [sketch(given) for given in item.givens] == [
        "Declare([𝒳], TypePhrase(measurable space))",
        "Declare([X], TypePhrase(random variable, Name 𝒳), [AdjectivePhrase(integrable)])",
        "Assume(Relation([Name P, Name Q], [≪]), h1)",
        "Assume(Relation([Absolute(Suffixed(Name f, [Sub(Name n)])), Name g], [≤], "
        "AlmostEverywhere(Name μ)))",
    ]


def test_the_proof(item):
    first, second = item.proof.haves
    assert (first.label, first.reason.names[0].text, first.proof) == ("split", "r1", None)
    assert (second.label, second.reason) == (None, None)
    assert sketch(second.proof.chain.first) == "Suffixed(Name Q, [Call([Name A], True)])"
    one, two = item.proof.chain.steps
    assert sketch(one.term) == "Binary(+, Number 2, Number 3)"
    assert [name.text for name in one.reason.names] == ["r3", "r4"]
    assert [sketch(instance) for instance in one.reason.instances] == [
        "Instance(f, Name g)",
        "Instance(φ, Group(Lambda([t], Suffixed(Name t, [Sup(Number 2)]))))",
        "Instance(ψ, Lambda([a, b], Juxtaposed([Name a, Name b])))",
    ]
    assert (two.relation, two.reason, sketch(two.tail)) == ("≤", None, "AlmostEverywhere(Name Q)")
    assert (one.span.line, one.span.column, two.span.line) == (23, 5, 25)


GIVENS = [
    ("A, B : event",                       "Declare([A, B], TypePhrase(event))"),
    ("A:event",                            "Declare([A], TypePhrase(event))"),
    ("A : sequence of events in 𝒳, pairwise disjoint",
     "Declare([A], TypePhrase(sequence, TypePhrase(event, Name 𝒳)), [AdjectivePhrase(pairwise disjoint)])"),
    ("f : sequence of 𝒳 → [0,∞], measurable",
     "Declare([f], TypePhrase(sequence, TypePhrase(function, Name 𝒳, Interval(Number 0, Name ∞, True, True))), [AdjectivePhrase(measurable)])"),
    ("a : positive real",                  "Declare([a], TypePhrase(real), [AdjectivePhrase(positive)])"),
    ("a : sequence of positive reals",     "Declare([a], TypePhrase(sequence, TypePhrase(real)), [AdjectivePhrase(positive)])"),
    ("n : natural number, positive",       "Declare([n], TypePhrase(natural number), [AdjectivePhrase(positive)])"),
    ("x : point of 𝒳",                     "Declare([x], TypePhrase(point, Name 𝒳))"),
    ("S : subset of 𝒳",                    "Declare([S], TypePhrase(subset, Name 𝒳))"),
    ("t : [-∞,∞]",                         "Declare([t], TypePhrase(interval, Interval(Negative(Name ∞), Name ∞, True, True)))"),
    ("t : (0,1)",                          "Declare([t], TypePhrase(interval, Interval(Number 0, Number 1, False, False)))"),
    ("κ : kernel from 𝒳 to 𝒴",             "Declare([κ], TypePhrase(kernel, Name 𝒳, Name 𝒴))"),
    ("λ', μ : σ-finite measure on 𝒳",      "Declare([λ', μ], TypePhrase(σ-finite measure, Name 𝒳))"),
    ("μ : probability measure on ℝ",       "Declare([μ], TypePhrase(probability, Name ℝ))"),
    (r"\mu : measure on \mathcal{X}",      "Declare([μ], TypePhrase(measure, Name 𝒳))"),
    ("(Ω, ℱ, P) : probability space",      "Declare([Ω, ℱ, P], TypePhrase(probability space, [Ω, ℱ, P]))"),
    ("𝒢 : σ-algebra on Ω",                 "Declare([𝒢], TypePhrase(σ-algebra, Name Ω))"),
    ("T : 𝒳 → 𝒴",                          "Declare([T], TypePhrase(function, Name 𝒳, Name 𝒴))"),
    ("f : 𝒳 × 𝒴 → ℝ, integrable under μ ⊗ ν",
     "Declare([f], TypePhrase(function, Binary(×, Name 𝒳, Name 𝒴), Name ℝ), [AdjectivePhrase(integrable, Binary(⊗, Name μ, Name ν))])"),
    ("X : random variable, 𝒢-measurable",  "Declare([X], TypePhrase(random variable), [AdjectivePhrase(measurable, Name 𝒢)])"),
    ("h: f : 𝒳 → ℝ",                       "Declare([f], TypePhrase(function, Name 𝒳, Name ℝ), h)"),
    ("h: f_n → g",                         "Assume(Relation([Suffixed(Name f, [Sub(Name n)]), Name g], [→]), h)"),
    ("total: μ(A) = 1",                    "Assume(Relation([Suffixed(Name μ, [Call([Name A], True)]), Number 1], [=]), total)"),
    ("X, Y independent",                   "Assume(HasProperty([Name X, Name Y], AdjectivePhrase(independent)))"),
    ("P(X ∈ {x ∈ ℝ : x > 1}) = 0",
     "Assume(Relation([Suffixed(Name P, [Call([Relation([Name X, SetOf(x, Name ℝ, Relation([Name x, Number 1], [>]))], [∈])], True)]), Number 0], [=]))"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), GIVENS, ids=[row[0] for row in GIVENS])
def test_a_given_is_read(text, expected):
    assert sketch(parse_given(text)) == expected


BAD_GIVENS = [
    ("X : randm variable",        5,  "this is not a type"),
    ("X : foo",                   5,  "this is not a type"),
    ("dx : real",                 1,  "“dx” would be read as a differential; choose another name"),
    ("1 : real",                  1,  "before the colon stand names, separated by commas"),
    ("(Ω, P) : probability space", 1, "a probability space has three names"),
    ("f : 𝒳 → ℝ, measureable",    12, "this does not continue what stands before it"),
    ("X : random variable bounded", 21, "this does not continue what stands before it"),
    ("h: a +",                    7,  "an operand is missing here"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "column", "message"), BAD_GIVENS)
def test_a_given_is_refused(text, column, message):
    with pytest.raises(SyntaxFailure) as caught:
        parse_given(text)
    found = caught.value.diagnostic
    assert (found.span.column, found.message) == (column, message)


def test_givens_hold_for_the_chains_below_until_a_given_follows_a_chain():
    text = (
        "given a : real\na\n = a\na\n = a\ngiven b : real\nb\n = b\ntheorem t\nshow a = a\nc\n = c"
    )
    file = read(text)
    kinds = [(item.kind, [given.names for given in item.givens]) for item in file.items]
    assert kinds == [
        ("derivation", [("a",)]),
        ("derivation", [("a",)]),
        ("derivation", [("b",)]),
        ("theorem", []),
    ]
    assert [fault.message for fault in file.broken] == [
        "a chain after “show” stands between “proof” and “qed”"
    ]


CHAINS = [
    ("a\n= b by r",               "a", "= b"),
    ("a\n  + c\n= b",             "a + c", "= b"),
    ("f(a,\n   b)\n≤ c",          "f(a,b)", "≤ c"),
    ("a = b by r",                "a", "= b"),
    ("a = b\n= c by r",           "a", "= b = c"),
    ("a ≤ b\n⟺ c ≤ d by r",       "a ≤ b", "⟺ c ≤ d"),
    ("-a\n= b",                   "-a", "= b"),
    ("a\n<= b\n\\le c\n>= d",     "a", "≤ b ≤ c ≥ d"),
    ("a\n=> b",                   "a", "⟹ b"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "first", "steps"), CHAINS)
def test_a_bare_chain(text, first, steps):
    file = read(text)
    assert file.broken == ()
    chain = file.items[0].proof.chain
    from derive.syntax.parse import parse_formula

    assert chain.first == parse_formula(first)
    assert [step.relation for step in chain.steps] == [
        sign for sign in steps.split() if sign in "=≤≥⟺⟹" and chain.steps[0].relation == steps[0]
    ][: len(chain.steps)]
    assert chain.steps[-1].term == parse_formula(steps.split(" ", 2 * len(chain.steps) - 1)[-1])


def test_definitions():
    file = read(
        "define w P Q := dP/dQ\ngiven P, Q : measure on 𝒳\ndefine c := 1\ndefine g(x) := x²"
    )
    assert file.broken == ()
    assert [(item.name, item.params) for item in file.items] == [
        ("w", ("P", "Q")),
        ("c", ()),
        ("g", ("x",)),
    ]
    assert sketch(file.items[0].show) == "RNDerivative(Name P, Name Q)"
    assert len(file.items[0].givens) == 1


BROKEN = [
    ("theorem t\ngiven A :: event\nshow a = a",        "t",  1),
    ("theorem t\nshow a = = a",                        "t",  1),
    ("theorem t\nshow a = a\nproof\na\n= (\nqed",      "t",  1),
    ("theorem t\nshow a = a\nproof\na\n= b by\nqed",   "t",  1),
    ("theorem t\nshow a = a\nproof\na\n= b by 1x\nqed", "t", 1),
    ("theorem t\nshow a = a\nproof\na\n= b",           "t",  1),
    ("theorem t\nshow a = a\nproof\nhave a + · b\na\n= b\nqed", "t", 1),
    ("theorem\nshow a = a",                            None, 1),
    ("theorem two words\nshow a = a",                  "two", 1),
    ("example x\nshow a = a",                          "x",  1),
    ("theorem t",                                      "t",  1),
    ("theorem t\n\"no end\nshow a = a",                "t",  1),
    ("define f",                                       "f",  1),
    ("theorem t\nkind silly\nshow a = a",              "t",  1),
    ("theorem t\nshow a = a by x with y",              "t",  1),
    ("theorem t\nshow a = a\nproof\na\n= b\nb\n= c\nqed", "t", 1),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "faults"), BROKEN)
def test_a_bad_line_is_one_fault_and_loses_no_item(text, name, faults):
    file = read("theorem before\nshow a = a\n" + text + "\ntheorem after\nshow a = a")
    assert [item.name for item in file.items] == ["before", name, "after"]
    assert len(file.broken) == faults


def test_a_bad_step_keeps_its_place_in_the_chain():
    (item,) = read("a\n= b by r\n= ( by r\n= d by r").items
    terms = [step.term for step in item.proof.chain.steps]
    assert [isinstance(term, tree.Broken) for term in terms] == [False, True, False]


STRAY = ["= b by r", "have a = b", "qed", "show a = a", '"text"', 'source "x"', "a"]


@pytest.mark.parametrize("text", STRAY)
def test_lines_outside_their_place_are_faults(text):
    file = read(text)
    assert len(file.broken) == 1
    assert file.items == ()


def test_imports_come_first():
    assert len(read('theorem t\nshow a = a\nimport "x.drv"').broken) == 1


PAGE = """# Title

```derive
given a : real
a
  = a by algebra
```

text = not read

~~~ derive
b
  = (
~~~

````python
```derive
````

```derive
c
  = c
"""


def test_markdown_fences_share_no_givens_and_keep_their_lines():
    file = read_markdown(PAGE)
    assert [(len(item.givens), item.span.line) for item in file.items] == [(1, 5), (0, 12), (0, 21)]
    assert [fault.span.line for fault in file.broken] == [13]
