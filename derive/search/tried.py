"""What was tried for a step that no named rule gives, in words."""

from __future__ import annotations

from derive.elaborate.show import show
from derive.kernel.refusal import Rejected
from derive.kernel.sort import NUM
from derive.kernel.term import App, Lam, Term, instantiate, mk_free
from derive.search.clause import claim_of
from derive.search.engine import Engine
from derive.search.polynomial import TooLarge, canonical
from derive.search.proof import needs
from derive.search.reasons import DEFINITION_NAMES, FAMILIES, UnknownName, resolve
from derive.search.unfolding import expand, mentions

MAX_SHOWN = 4
NOT_GIVEN = {
    "assumption": "no hypothesis and no earlier `have` says this",
    "set_algebra": "it does not follow from the laws of sets and the hypotheses about these sets",
    "monotonicity": "no rule that carries an inequality into an expression fits the two sides",
}


def notes(work, goal: Term, words: list[str] | None, instances: dict, context) -> tuple[str, ...]:
    """What the named rules do with the two sides, and where the sides still differ."""
    if words is None:
        return ("no rule was named; every rule that fits the two sides was tried by itself",)
    try:
        resolved = resolve(words, instances, work.names, context)
    except UnknownName:
        return ()
    claim = claim_of(goal, ("all", "ae"))
    if not isinstance(claim, App):
        return ()
    scope, toolkit = work.item.scope, resolved.toolkit
    engine = Engine(work.prover, toolkit, work.names.library)
    out: list[str] = []
    if toolkit.unfold and mentions(claim, toolkit.unfold):
        claim, _ = expand(claim, toolkit.unfold)
        out.append(f"by the definitions it says: {show(_opened(claim), scope)}")
    if "linearity" in toolkit.families:
        out += _normal_forms(work, engine, claim, context, scope)
    if "algebra" in toolkit.families:
        out += _multiplied_out(claim, scope)
    out += [said for family, said in NOT_GIVEN.items() if family in toolkit.families]
    for word in words:
        if word not in FAMILIES and word not in DEFINITION_NAMES and word not in work.names.labels:
            out += _uses(work, engine, word, claim, context, scope)
    return tuple(out)


def _multiplied_out(claim: App, scope) -> list[str]:
    """What the two sides are as polynomials, or that no facts combine to an inequality."""
    if claim.head != "eq" or claim.args[0].sort != NUM:
        return ["algebra finds no combination of the facts in scope that gives it"]
    try:
        left, right = (show(_opened(canonical(side)), scope) for side in claim.args)
    except TooLarge:
        return ["the sides are too large to be multiplied out"]
    return [f"algebra makes of the left side: {left}", f"and of the right side: {right}"]


def _opened(term: Term) -> Term:
    """A claim with the variables of its binders written as letters."""
    while isinstance(term, Lam):
        term = instantiate(term.body, mk_free(f"x·{term.size}", term.domain))
    return term


def _normal_forms(work, engine, claim: App, context, scope) -> list[str]:
    """What linearity makes of each side."""
    out = []
    for side, name in zip(claim.args, ("left", "right"), strict=False):
        work.prover.fresh_budget()
        try:
            normal = work.names.library.linear_normal(engine, side, context)
        except Rejected:
            normal = None
        if normal is not None:
            out.append(f"linearity makes of the {name} side: {show(normal.prop.args[1], scope)}")
    return out


def _uses(work, engine, word: str, claim: App, context, scope) -> list[str]:
    """What one named rule makes of the claim, or that it fits no place of it."""
    if not work.names.library.rules_named(word):
        return [f"{word} is a known fact, and no rule yet"]
    clauses = [
        clause
        for rule in work.names.library.rules_named(word)
        for clause in work.names.library.clauses[rule.name]
    ]
    equations = [c for c in clauses if c.key == "eq"]
    out = []
    for step in engine.rewrites(claim, context, equations):
        gaps = len(needs(step))
        lacks = f", if {gaps} more conditions hold" if gaps > 1 else ""
        lacks = ", if one more condition holds" if gaps == 1 else lacks
        out.append(f"{word} makes of it: {show(step.prop.args[1], scope)}{lacks}")
        if len(out) == MAX_SHOWN:
            break
    if not out:
        out.append(f"{word} fits no place of the two sides")
    return out
