"""Finiteness and sign of arithmetical expressions, from facts about their parts.

Five properties of a number t of [-∞,∞], one bit each: finite, t ≥ 0, t ≠ 0, t > -∞, t < ∞. Facts
give them to terms, and sums, products, powers and reciprocals inherit them where the operation is
defined: nothing is said of ∞ - ∞, of 0 · ∞ unless all factors are ≥ 0 (then it is 0), of -∞ to a
power, of 1/∞ and 1/0, which are unspecified numbers.
"""

from collections.abc import Iterable
from functools import reduce
from operator import and_

from derive.kernel.refusal import spend
from derive.kernel.term import App, Nat, Num, Term, mk, mk_num

FINITE, NONNEGATIVE, NONZERO, ABOVE, BELOW = 1, 2, 4, 8, 16
POSITIVE, REGULAR, ONE_SIDED = NONNEGATIVE | NONZERO, FINITE | NONNEGATIVE, ABOVE | BELOW
ZERO, INFINITY = mk_num(0), mk("inf")
MINUS_INFINITY = mk("mul", mk_num(-1), INFINITY)


def claim(prop: Term) -> tuple[Term, int]:
    """`(t, properties)` if `prop` says just that t has these properties, else `(prop, 0)`."""
    head = prop.head if isinstance(prop, App) else ""
    if head == "fin":
        return prop.args[0], FINITE
    if head == "le" and prop.args[0] is ZERO:
        return prop.args[1], NONNEGATIVE
    inner = prop.args[0] if head == "not" else None
    if isinstance(inner, App) and inner.head in ("eq", "le"):
        left, right = inner.args
        if right is ZERO:
            return left, NONZERO if inner.head == "eq" else POSITIVE
        if inner.head == "le" and right is MINUS_INFINITY:
            return left, ABOVE
        if inner.head == "le" and left is INFINITY:
            return right, BELOW
    return prop, 0


STATED = {  # how a property of a term is claimed
    FINITE: lambda term: mk("fin", term),
    NONNEGATIVE: lambda term: mk("le", ZERO, term),
    ABOVE: lambda term: mk("not", mk("le", term, MINUS_INFINITY)),
    BELOW: lambda term: mk("not", mk("le", INFINITY, term)),
}


def alike(parts: tuple[Term, ...], properties: int) -> Term:
    """The proposition that all the numbers have one of the properties, the same for all."""
    chosen = [state for bit, state in STATED.items() if bit & properties]
    return mk("or", *[mk("and", *map(state, parts)) for state in chosen])


class Signs:
    """The properties of terms that follow from facts; other facts say nothing."""

    def __init__(self, facts: Iterable[Term]) -> None:
        self.given: dict[Term, int] = {}
        self.found: dict[Term, int] = {}
        for term, properties in map(claim, facts):
            self.given[term] = self.given.get(term, 0) | properties

    def of(self, term: Term) -> int:
        """All properties of a number that are known."""
        if term not in self.found:
            spend()
            known = self.given.get(term, 0) | self._inherited(term)
            known |= ONE_SIDED if known & FINITE else 0
            self.found[term] = known | (ABOVE if known & NONNEGATIVE else 0)
        return self.found[term]

    def _inherited(self, term: Term) -> int:
        """What the parts of an expression give it."""
        if isinstance(term, Num):
            sign = NONNEGATIVE if term.value >= 0 else 0
            return FINITE | sign | (NONZERO if term.value else 0)
        if not isinstance(term, App) or term.head not in ("add", "mul", "pow", "inv", "ofnat"):
            return 0
        if term.head == "ofnat":
            return FINITE | NONNEGATIVE
        common = self.common(term.args if term.head in ("add", "mul") else term.args[:1])
        if term.head == "add":
            positive = common & NONNEGATIVE and any(self.of(p) & NONZERO for p in term.args)
            return (common & ~NONZERO) | (NONZERO if positive else 0)
        inverted = term.head == "inv"
        defined = common & REGULAR if not inverted else common & FINITE and common & NONZERO
        if term.head == "pow" and common & FINITE and isinstance(term.args[1], Nat):
            common |= 0 if term.args[1].value % 2 else NONNEGATIVE
        return common & (FINITE | POSITIVE) if defined else 0

    def common(self, terms: Iterable[Term]) -> int:
        """The properties that all of the terms have."""
        return reduce(and_, map(self.of, terms))

    def hold(self, goal: Term) -> bool:
        """Whether claims, joined by `and` and `or`, follow."""
        if isinstance(goal, App) and goal.head in ("and", "or"):
            return (all if goal.head == "and" else any)(map(self.hold, goal.args))
        term, properties = claim(goal)
        return properties > 0 and self.of(term) & properties == properties
