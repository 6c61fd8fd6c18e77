"""The rulebook: sections are replayed when cited, in order, never in a circle."""

from __future__ import annotations

import json

from samples.kernel import benchmark, rejection

from derive.kernel.core import read_rules
from derive.kernel.refusal import Reason
from derive.kernel.theory import Theory, rulebook, sections_of

samples = benchmark("sample_certificates")
RULES = read_rules(samples.CORE)


def section(name, rests_on=None, digest="0" * 16):
    """The proof of `p or not p`, or by another theorem."""
    d = samples.Draft({"p": "prop"})
    d.item(name, [], "(or p (not p))")
    if rests_on is None:
        d.add("boolean", d.t("(or p (not p))"), [])
    else:
        d.add("rule", rests_on, digest, {}, {"p": d.t("p")}, [], 0)
    d.frame("qed", 0, [])
    d.frame("publish", name)
    return d.text()


def book(**sections):
    """A theory with these sections."""
    text = "".join(json.dumps(["section", name]) + "\n" + body for name, body in sections.items())
    return Theory(RULES, sections_of(text))


def test_a_theorem_is_replayed_when_cited():
    theory = book(excluded=section("excluded"))
    assert "excluded" not in theory.rules
    assert theory.child().rule("excluded") is theory.rules["excluded"]


def test_one_section_may_cite_another():
    digest = book(one=section("one")).rule("one").hash
    assert (
        book(two=section("two", "one", digest), one=section("one")).rule("two").axioms
        == frozenset()
    )


def test_a_circle_is_refused():
    theory = book(one=section("one", "two"), two=section("two", "one"))
    assert rejection(Reason.UNKNOWN_RULE, theory.rule, "one")
    assert theory.sections.keys() == {"one", "two"}


def test_a_theorem_by_its_own_name():
    assert rejection(Reason.UNKNOWN_RULE, book(one=section("one", "one")).rule, "one")


def test_a_section_gives_its_own_theorem_only():
    theory = book(one=section("other"))
    assert rejection(Reason.UNKNOWN_RULE, theory.rule, "one")
    assert "other" not in theory.rules


def test_axioms_cannot_be_shadowed():
    assert rejection(Reason.DUPLICATE, book(one=section("one") + section("fin_add")).rule, "one")


def test_two_sections_of_one_name():
    text = '["section", "a"]\n["section", "a"]\n'.replace(", ", ",")
    assert rejection(Reason.DUPLICATE, sections_of, text)


def test_the_rulebook_loads():
    assert rulebook().knows("le_refl")
