"""Propositional goals about order: {X ≥ a} is {X > a} or {X = a}, and {X > 2} lies in {X > 1}.

Boolean reasoning takes `s ≤ t` for a letter. Instances of the laws of order for the terms that are
compared in a goal, and in the facts that speak of them, are given to it as further facts.
"""

from __future__ import annotations

from itertools import permutations

from derive.kernel.core import Rule
from derive.kernel.sort import NUM
from derive.kernel.term import App, Lam, Num, Term, mk
from derive.search.equations import symmetric
from derive.search.proof import Proof, by_rule, conj, discharge, hyp, numeral
from derive.search.sets import by_boolean, closed_by, relevant
from derive.search.structure import decides_safely

MAX_TERMS = 5


def by_order_and_boolean(prover, goal: Term, context) -> Proof | None:
    """The goal by Boolean reasoning from facts in scope and the laws of order."""
    plain = by_boolean(goal, context)
    if plain is not None:
        return plain
    compared = _compared([goal])
    if not compared:
        return None
    facts = relevant(goal, context)
    pairs = _compared([goal, *(f.prop for f in facts)])
    terms = list(dict.fromkeys(t for pair in pairs for t in pair))
    if len(terms) > MAX_TERMS:
        return None
    laws = list(_laws(prover.structure.rules, terms, pairs))
    about = [f for f in facts if _compared([f.prop])]
    return closed_by(goal, [*about, *laws, *(f for f in facts if f not in about)])


def _compared(props: list[Term]) -> dict[tuple[Term, Term], None]:
    """The pairs of numbers that are compared in some propositions, outside binders."""
    found: dict[tuple[Term, Term], None] = {}
    stack = list(props)
    while stack:
        part = stack.pop()
        if isinstance(part, App) and part.head in ("le", "eq") and part.args[0].sort == NUM:
            if not part.loose and part.args[0] is not part.args[1]:
                found[part.args] = None
        elif isinstance(part, App) and part.sort == "prop":
            stack.extend(a for a in part.args if not isinstance(a, Lam))
    return found


def _laws(rules: dict[str, Rule], terms: list[Term], pairs: dict):
    near = {frozenset(pair) for pair in pairs}
    for first, second in permutations(terms, 2):
        if isinstance(first, Num) and isinstance(second, Num):
            yield from _numbers(first, second)
        elif frozenset((first, second)) in near:
            yield _total(rules, first, second)
            yield _antisymmetric(rules, first, second)
            yield _reflexive(rules, first, second)
    for first, second, third in permutations(terms, 3):
        sides = [frozenset(p) for p in ((first, second), (second, third), (first, third))]
        if sum(s in near or all(isinstance(t, Num) for t in s) for s in sides) == len(sides):
            yield _transitive(rules, first, second, third)


def _numbers(first: Num, second: Num):
    claim = mk("le", first, second)
    for goal in (claim, mk("not", claim)):
        if decides_safely(goal):
            yield numeral(goal)


def _total(rules: dict[str, Rule], first: Term, second: Term) -> Proof:
    """first > second ⟹ second ≤ first."""
    less = mk("not", mk("le", first, second))
    return discharge(less, _rule(rules, "le_of_lt", {"a": second, "b": first}, [less]))


def _antisymmetric(rules: dict[str, Rule], first: Term, second: Term) -> Proof:
    left, right = mk("le", first, second), mk("le", second, first)
    same = _rule(rules, "le_antisymm", {"a": first, "b": second}, [left, right])
    return discharge(left, discharge(right, same))


def _reflexive(rules: dict[str, Rule], first: Term, second: Term) -> Proof:
    """first = second ⟹ first ≤ second and second ≤ first."""
    same = mk("eq", first, second)
    there = _rule(rules, "le_of_eq", {"a": first, "b": second}, [same])
    back = by_rule(rules["le_of_eq"], {}, {"a": second, "b": first}, [symmetric(hyp(same))])
    return discharge(same, conj([there, back]))


def _transitive(rules: dict[str, Rule], first: Term, second: Term, third: Term) -> Proof:
    left, right = mk("le", first, second), mk("le", second, third)
    both = _rule(rules, "le_trans", {"a": first, "b": second, "c": third}, [left, right])
    return discharge(left, discharge(right, both))


def _rule(rules: dict[str, Rule], name: str, values: dict, premises: list[Term]) -> Proof:
    return by_rule(rules[name], {}, values, [hyp(p) for p in premises])
