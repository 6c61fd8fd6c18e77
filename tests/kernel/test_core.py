"""Rules in core text, their hashes, symbols and definitions."""

from __future__ import annotations

import pytest
from samples.kernel import rejection, term

from derive.kernel.core import read_rules, term_text, unfolded
from derive.kernel.refusal import Reason
from derive.kernel.symbol import load_symbols, read_all, rules_folder
from derive.search.statements import rule_text

RULE = "(axiom r k (metas {}) (given {}) (show {}))"


def rule(metas="(a num)", given="", show="(le a a)"):
    """One rule."""
    return read_rules(RULE.format(metas, given, show))["r"]


def test_obligations_of_the_givens_are_premises_and_those_of_the_claim_conclusions():
    log = rule(given="(le 0 (log a))", show="(le 0 (inv a))")
    assert [term_text(p) for p in log.premises] == ["(le 0 (log ?a))", "(not (le ?a 0))"]
    assert [term_text(c) for c in log.conclusions] == [
        "(le 0 (inv ?a))",
        "(fin ?a)",
        "(not (eq ?a 0))",
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"metas": "(b num)", "show": "(le b b)"},
        {"metas": "(a num) (b num)"},
        {"given": "(fin a)"},
        {"show": "(le a (add a a))"},
        {"metas": "(a 'a)", "show": "(eq a a)"},
        {"metas": "(a 'b)", "show": "(eq a a)"},
        {"show": "(all (lam num (eq #0 #0)))"},
        {"show": "(all (lam nat (eq #0 #0)))"},
        {"show": "(le 0 0)"},
        {"show": "(eq (nat 0) (nat 0))"},
    ],
)
def test_different_rules_have_different_hashes(other):
    assert rule(**other).hash != rule().hash


def test_the_text_of_a_rule_reads_back():
    one = rule(given="(le 0 (log a))")
    assert read_rules(rule_text(one))["r"].hash == one.hash


def test_the_rulebook_reads_back():
    rules = read_rules((rules_folder() / "rules.core").read_text(encoding="utf-8"))
    again = read_rules("".join(map(rule_text, rules.values())))
    assert {n: r.hash for n, r in rules.items()} == {n: r.hash for n, r in again.items()}
    assert len({r.hash for r in rules.values()}) == len(rules)


@pytest.mark.parametrize(
    "text, reason",
    [
        (RULE.format("", "", "(le a a)"),                    Reason.UNKNOWN_SYMBOL),
        (RULE.format("(a num)", "", "a"),                    Reason.NOT_CLOSED),
        (RULE.format("(a num)", "", "(le a #0)"),            Reason.LOOSE_INDEX),
        (RULE.format("(a Ω)", "", "(eq a a)"),               Reason.BAD_SORT),
        (RULE.format("", "", "(all (lam Ω (eq #0 #0)))"),    Reason.BAD_SORT),
        (RULE.format("(a num) (a nat)", "", "true"),         Reason.DUPLICATE),
        (RULE.format("(1 num)", "", "true"),                 Reason.DUPLICATE),
        (RULE.format("", "", "true") * 2,                    Reason.DUPLICATE),
        ("(axiom r k (metas) (given))",                      Reason.BAD_TEXT),
        ("(axiom r k (metas) (show true) (given))",          Reason.BAD_TEXT),
        ("(theorem r k (metas) (given) (show true))",        Reason.BAD_TEXT),
        ("(axiom r k (metas) (given) (show true)",           Reason.BAD_TEXT),
        ("(axiom r k (metas) (given) (show true)))",         Reason.BAD_TEXT),
        ("(" * 400 + ")" * 400,                              Reason.TOO_DEEP),
        (RULE.format("", "", "(lam num)"),                   Reason.UNKNOWN_SYMBOL),
        (RULE.format("", "", "((true))"),                    Reason.BAD_TEXT),
    ],
)  # fmt: skip
def test_bad_rules_are_refused(text, reason):
    assert rejection(reason, read_rules, text)


@pytest.mark.parametrize(
    "text, reason",
    [
        ("(symbol s (num) num) (symbol s (num) num)", Reason.DUPLICATE),
        ("(symbol s (num) 'a)",                       Reason.BAD_SORT),
        ("(symbol s (Ω) num)",                        Reason.BAD_SORT),
        ("(symbol s~1 (num) num)",                    Reason.BAD_TEXT),
        ("(sign s (num) num)",                        Reason.BAD_TEXT),
    ],
)  # fmt: skip
def test_bad_symbols_are_refused(text, reason):
    assert rejection(reason, load_symbols, text)


def test_comments_are_no_text():
    assert read_all("a ; (b\n(c)") == ["a", ["c"]]


def test_definitions():
    assert unfolded(term("(E μ X)")) is term("(int μ X)")
    under = unfolded(term("(Var μ X)"))
    assert under is term("(E μ (lam Ω (pow (add (app X #0) (mul -1 (E μ X))) (nat 2))))")
    assert rejection(Reason.NOT_DEFINABLE, unfolded, term("(int μ X)"))
    assert rejection(Reason.NOT_DEFINABLE, unfolded, term("a"))
