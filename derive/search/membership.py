"""Identities and inequalities of indicators: by cases, whether a point is in each of the sets.

The cases are the truth values of the letters of the indicators' conditions. In each of them every
indicator is 0 or 1, or the case contradicts the facts in scope.
"""

from __future__ import annotations

from derive.kernel.sort import PROP
from derive.kernel.term import App, Lam, Term, mk
from derive.search.equations import transitive, transported
from derive.search.fingerprint import fingerprint
from derive.search.order_lemmas import by_order_and_boolean
from derive.search.polynomial import is_ring
from derive.search.proof import Proof, boolean, discharge, refl
from derive.search.unfolding import rewritten

MAX_LETTERS = 4
MAX_COMPUTED = 6
CONNECTIVES = frozenset(("and", "or", "not", "imp", "true", "false"))


def by_membership(prover, goal: Term, context, depth: int) -> Proof | None:
    """An equation or inequality of numbers with indicators in it, by cases."""
    indicators = _indicators(goal)
    letters = list(dict.fromkeys(a for i in indicators for a in _letters(i.args[0])))
    if not letters or len(letters) > MAX_LETTERS or depth > 6:
        return None
    return _cases(prover, goal, indicators, letters, context, depth)


def _indicators(term: Term) -> list[App]:
    """The indicators in a term that stand under none of its binders, each once."""
    found: dict[App, None] = {}
    stack = [term]
    while stack:
        part = stack.pop()
        if isinstance(part, App) and part.head == "iv":
            found[part] = None
        elif isinstance(part, App):
            stack.extend(a for a in part.args if not isinstance(a, Lam))
    return list(found)


def _letters(prop: Term) -> list[Term]:
    """The propositions of which a proposition is a Boolean combination."""
    if isinstance(prop, App) and (
        prop.head in CONNECTIVES or (prop.head == "eq" and prop.args[0].sort == PROP)
    ):
        return [letter for part in prop.args for letter in _letters(part)]
    return [prop]


def _cases(
    prover, goal: Term, indicators: list[App], letters: list[Term], context, depth: int
) -> Proof | None:
    if not letters:
        return _decided(prover, goal, indicators, context, depth)
    proofs = []
    for fact in (letters[0], mk("not", letters[0])):
        inner = context.assuming([fact])
        proof = _cases(prover, goal, indicators, letters[1:], inner, depth)
        if proof is None:
            return None
        proofs.append(discharge(fact, proof))
    return boolean(goal, proofs)


def _decided(prover, goal: Term, indicators: list[App], context, depth: int) -> Proof | None:
    """The goal where every indicator has a value, or where that is impossible."""
    whole, iff = goal, refl(goal)
    for indicator in indicators:
        known = _known(prover, indicator, context)
        if known is None:
            return by_order_and_boolean(prover, goal, context)
        value, proof = known
        equation = prover.structure.indicator_value(indicator, proof, value)
        step = rewritten(whole, indicator, [], equation)
        whole, iff = step.prop.args[1], transitive(iff, step)
    whole, iff = _computed(prover, whole, iff)
    if _may_hold(whole):
        proof = prover.prove(whole, context, depth + 1)
        if proof is not None:
            return transported(iff, proof, flip=True)
    return by_order_and_boolean(prover, goal, context)


def _known(prover, indicator: App, context) -> tuple[int, Proof] | None:
    for value, prop in ((1, indicator.args[0]), (0, mk("not", indicator.args[0]))):
        proof = context.known(prop) or by_order_and_boolean(prover, prop, context)
        if proof is not None:
            return value, proof
    return None


def _computed(prover, whole: Term, iff: Proof) -> tuple[Term, Proof]:
    """Absolute values, maxima and minima of literals replaced by what they are."""
    for _ in range(MAX_COMPUTED):
        for part in _of_literals(whole):
            equation = prover.structure.computed(part)
            if equation is not None:
                step = rewritten(whole, part, [], equation)
                whole, iff = step.prop.args[1], transitive(iff, step)
                break
        else:
            break
    return whole, iff


def _of_literals(term: Term) -> list[App]:
    """The |…|, max and min in a term that hold no letters."""
    found, stack = [], [term]
    while stack:
        part = stack.pop()
        if isinstance(part, App):
            if part.head in ("abs", "max", "min") and not part.frees and not part.loose:
                found.append(part)
            stack.extend(a for a in part.args if not isinstance(a, Lam))
    return found


def _may_hold(goal: Term) -> bool:
    """Whether the sides of an equation agree modulo a prime, or algebra cannot see into them."""
    if not (isinstance(goal, App) and goal.head == "eq"):
        return True
    plain = all(is_ring(s) or not isinstance(s, App) for s in goal.args)
    return not plain or fingerprint(goal.args[0]) == fingerprint(goal.args[1])
