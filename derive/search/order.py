"""Order of real expressions: linear combinations of facts, found by an exact simplex.

What is found is written as the kernel's `linear` step, with a proof that each atom is finite.
Indicators are split into their two cases first.
"""

from __future__ import annotations

from fractions import Fraction

from derive.kernel.refusal import Rejected
from derive.kernel.sign import FINITE, INFINITY, MINUS_INFINITY, NONZERO
from derive.kernel.term import App, Num, Term, mk, mk_num
from derive.search.equations import transported
from derive.search.membership import by_membership
from derive.search.order_facts import ZERO, ends, gap_of, order_facts, square_rows
from derive.search.polynomial import Expander, TooLarge, atoms, inverted, times
from derive.search.proof import Proof, boolean, discharge, linear
from derive.search.signs import licences
from derive.search.simplex import combination
from derive.search.unfolding import rewritten

MAX_FACTS = 28
MAX_TERM = 120


def prove(prover, goal: Term, context, depth: int) -> Proof | None:
    """An order goal by cases on indicators, or by linear arithmetic."""
    shape = ends(goal)
    if shape is None:
        return None
    return (
        by_cases(prover, goal, context, depth)
        or by_membership(prover, goal, context, depth)
        or by_combination(prover, goal, context, depth)
    )


def by_cases(prover, goal: Term, context, depth: int) -> Proof | None:
    """Split on an indicator in the goal."""
    indicator = _indicator(goal)
    if indicator is None or depth > 10:
        return None
    condition = indicator.args[0]
    proofs = []
    for fact, value in ((condition, 1), (mk("not", condition), 0)):
        inner = context.assuming([fact])
        case_goal = _replaced(goal, indicator, mk_num(value))
        proof = prover.prove(case_goal, inner, depth + 1)
        known = inner.known(fact)
        if proof is None or known is None:
            return None
        equation = prover.structure.indicator_value(indicator, known, value)
        iff = rewritten(goal, indicator, [], equation)
        proofs.append(discharge(fact, transported(iff, proof, flip=True)))
    return boolean(goal, proofs)


def _indicator(prop: Term) -> App | None:
    stack = [prop]
    while stack:
        part = stack.pop()
        if isinstance(part, App):
            if part.head == "iv":
                return part
            stack.extend(part.args)
    return None


def _replaced(term: Term, old: Term, new: Term) -> Term:
    if term is old:
        return new
    if isinstance(term, App) and term.args:
        return mk(term.head, *[_replaced(a, old, new) for a in term.args])
    return term


def by_combination(prover, goal: Term, context, depth: int) -> Proof | None:
    """The goal as a nonnegative combination of facts in scope."""
    low, high, strict = ends(goal)
    if (
        depth > 7
        or low.size + high.size > MAX_TERM
        or low is INFINITY
        or high is INFINITY
        or MINUS_INFINITY in (low, high)
    ):
        return None
    try:
        target = gap_of(low, high)
        found = order_facts(prover, goal, target, context, depth)
        found += square_rows(prover, goal, target, context, depth)
        for products in (False, True):
            rows = list(found)
            if products and depth > 4:
                return None
            if products:
                rows += _products(prover, found, target, context, depth)
            if not rows and not strict and not target:
                rows = []
            if not covers(rows, target):
                continue
            multipliers = combination(target, [(r[1], r[2]) for r in rows[:MAX_FACTS]], strict)
            if multipliers is not None:
                used = [(r[0], m) for r, m in zip(rows, multipliers, strict=False) if m]
                return written(prover, goal, used, context, depth)
    except (TooLarge, Rejected):
        return None
    return None


def covers(rows: list[tuple], target: dict) -> bool:
    """Whether each monomial of the target occurs in some fact."""
    there = {m for r in rows for m in r[1]} | {()}
    return all(m in there for m in target)


def written(prover, goal: Term, used: list, context, depth: int) -> Proof | None:
    """The kernel's `linear` step from facts and their multipliers."""
    facts = [p for p, _ in used]
    terms = [side for prop in (goal, *(f.prop for f in facts)) for side in _sides(prop)]
    licences = licensed(prover, terms, context, depth)
    if licences is None:
        return None
    return linear(goal, facts, [m for _, m in used], licences)


def _sides(prop: Term) -> tuple[Term, Term]:
    shape = ends(prop)
    return (shape[0], shape[1]) if shape else (prop.args[0], prop.args[1])


def licensed(prover, terms: list[Term], context, depth: int) -> list[Proof] | None:
    """Proofs that every atom is finite and, as far as they can be proved so, divisors nonzero."""
    out: list[Proof] = []
    wanted: dict[Term, None] = {}
    for term in terms:
        for quotient in inverted(term):
            base = quotient.args[0]
            if isinstance(base, Num):
                continue
            nonzero = licences(prover, base, NONZERO, context, depth)
            if nonzero is not None:
                out += nonzero
            else:
                wanted[quotient] = None
        wanted.update(dict.fromkeys(atoms(term)))
    for atom in wanted:
        finite = licences(prover, atom, FINITE, context, depth)
        if finite is None:
            return None
        out += finite
    return list(dict.fromkeys(out))


def _products(prover, rows: list[tuple], target: dict, context, depth: int) -> list[tuple]:
    """Each fact times each factor of the goal that is proved nonnegative."""
    factors: dict[Term, Proof] = {}
    for monomial in target:
        for atom, exponent in monomial:
            factor = atom if exponent > 0 else mk("inv", atom)
            if factor not in factors:
                proof = prover.prove(mk("le", ZERO, factor), context, depth + 2)
                if proof is not None:
                    factors[factor] = proof
    out: list[tuple] = []
    for fact, gap, kind in rows[:10]:
        if kind == "eq":
            continue
        for factor, sign in list(factors.items())[:6]:
            if len(gap) > 4:
                continue
            low, high = _sides(fact.prop)
            nonneg = _difference_nonnegative(prover, fact, low, high, context, depth)
            product = nonneg and prover.structure.product_nonnegative(nonneg, sign)
            if product is not None:
                poly = times(gap, Expander().poly(factor))
                out.append((product, poly, "le"))
    return out


def _difference_nonnegative(
    prover, fact: Proof, low: Term, high: Term, context, depth: int
) -> Proof | None:
    if low is ZERO and fact.prop.head == "le":
        return fact
    goal = mk("le", ZERO, mk("add", high, mk("mul", mk_num(-1), low)))
    return written(prover, goal, [(fact, Fraction(1))], context, depth)
