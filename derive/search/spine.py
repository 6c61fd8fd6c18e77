"""A proof as a person would tell it: the rewritings that it strings together, in order.

Search builds `s = t` by transitivity, symmetry and congruence, all of them the kernel's one step
of substitution. Here they are read back as links between whole expressions.
"""

from __future__ import annotations

from typing import NamedTuple

from derive.kernel.term import App, Term, abstract, mk
from derive.search.proof import Proof


class Link(NamedTuple):
    """`before` becomes `after` by what `proof` says, perhaps inside it and read backwards.

    `after` is None where the proof shows the proposition `before` outright.
    """

    before: Term
    after: Term | None
    proof: Proof
    backwards: bool = False


def spine(proof: Proof) -> list[Link]:
    """The links of a proof of any proposition; quantifiers in front are opened."""
    while proof.op == "gen":
        proof = proof.parts[0]
    if is_equation(proof.prop) and not _rewrites_proposition(proof):
        return [link for link in links(proof) if link.before is not link.after]
    if proof.op == "subst":
        return [*_reversed(_moved(proof, None)), *spine(proof.parts[1])]
    return [Link(proof.prop, None, proof)]


def is_equation(prop: Term) -> bool:
    """Whether a proposition is s = t."""
    return isinstance(prop, App) and prop.head == "eq"


def _rewrites_proposition(proof: Proof) -> bool:
    """Whether a step of substitution replaces one proposition by an equivalent one as a whole."""
    if proof.op != "subst" or proof.data[0]:
        return False
    equation, body = proof.parts
    return proof.prop in equation.prop.args and body.prop in equation.prop.args


def links(proof: Proof) -> list[Link]:
    """The links of a proof of s = t."""
    if proof.op == "refl":
        return []
    if proof.op == "subst":
        _, body = proof.parts
        if is_equation(body.prop) and is_equation(proof.prop):
            (a, b), (new_a, new_b) = body.prop.args, proof.prop.args
            if a is new_a:
                return [*links(body), *_moved(proof, 1)]
            if b is new_b:
                return [*_reversed(_moved(proof, 0)), *links(body)]
    return [Link(*proof.prop.args, proof)]


def _moved(proof: Proof, side: int | None) -> list[Link]:
    """The links of the equation of a substitution, in the whole expression that they change.

    That is one side of an equation, or (None) the whole proposition.
    """
    inner, body = proof.parts
    count, context, flip = proof.data
    variables = []
    while len(variables) < count and inner.op == "gen":
        variables.append(inner.data[0])
        inner = inner.parts[0]
    if len(variables) < count:
        return [Link(_side(body.prop, side), _side(proof.prop, side), inner, flip)]

    def whole(part: Term) -> Term:
        for variable in reversed(variables):
            part = abstract(part, variable)
        return _side(mk("app", context, part), side)

    steps = [
        link._replace(before=whole(link.before), after=whole(link.after)) for link in links(inner)
    ]
    return _reversed(steps) if flip else steps


def _side(prop: Term, side: int | None) -> Term:
    return prop if side is None else prop.args[side]


def _reversed(steps: list[Link]) -> list[Link]:
    return [
        Link(link.after, link.before, link.proof, not link.backwards) for link in reversed(steps)
    ]
