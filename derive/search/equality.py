"""Equality of numbers: by the kernel's ring, by equations in scope, by cancelling."""

from __future__ import annotations

from derive.kernel.refusal import Rejected
from derive.kernel.ring import Ring
from derive.kernel.sign import FINITE, NONNEGATIVE, NONZERO
from derive.kernel.sort import NUM
from derive.kernel.term import App, Num, Term, mk
from derive.search.fingerprint import fingerprint
from derive.search.letters import Found
from derive.search.matching import matches
from derive.search.membership import by_membership
from derive.search.order import MAX_FACTS, MAX_TERM, covers, written
from derive.search.order_facts import ZERO, gap_of, order_facts
from derive.search.polynomial import Expander, TooLarge, add, atoms, inverted, times
from derive.search.proof import Need, Proof, ring
from derive.search.signs import licences
from derive.search.simplex import combination


def prove_equal(prover, goal: Term, context, depth: int) -> Proof | None:
    """s = t between numbers: as polynomials, by cases of indicators, or by equations in scope."""
    left, right = goal.args
    return (
        ring_equal(prover, left, right, context, depth)
        or by_membership(prover, goal, context, depth)
        or _by_equations(prover, goal, context, depth)
    )


def ring_equal(
    prover, left: Term, right: Term, context, depth: int = 0, asking: str | None = None
) -> Proof | None:
    """left = right by the kernel's ring; with `asking`, unproved licences become its Needs."""
    if fingerprint(left) != fingerprint(right):
        return None
    try:
        opaque = Expander(divide=False)
        plain = opaque.poly(left) == opaque.poly(right)
        if not plain and not _same(left, right):
            return None
    except TooLarge:
        return None
    out: list[Proof] = []
    parts = _opaque_atoms if plain else atoms
    wanted = dict.fromkeys((*parts(left), *parts(right)))
    for quotient in () if plain else dict.fromkeys((*inverted(left), *inverted(right))):
        if not isinstance(quotient.args[0], Num):
            nonzero = _nonzero(prover, quotient.args[0], context, depth, asking)
            if nonzero is None:
                return None
            out += nonzero
    finite = True
    for atom in wanted:
        found = licences(prover, atom, FINITE, context, depth)
        if found is None:
            found = licences(prover, atom, NONNEGATIVE, context, depth)
            finite = finite and found is None
        if found is None:
            if asking is None:
                return None
            found = [Need(mk("fin", atom), context, asking)]
        out += found
    out = list(dict.fromkeys(out))
    if not finite:
        signs = (prover.prove(mk("le", ZERO, atom), context, depth + 1) for atom in wanted)
        out += [p for p in signs if p is not None and p not in out]
    elif plain:  # all atoms are finite: two polynomials that are the same are equal
        return ring(left, right, out)
    return _semiring_checked(left, right, out, context, asking)


def _semiring_checked(
    left: Term, right: Term, facts: list[Proof], context, asking: str | None
) -> Proof | None:
    """Ask the kernel's own ring; what is only known ≥ 0 and would cancel is a Need to be finite."""
    if _accepts(left, right, facts):
        return ring(left, right, facts)
    if asking is None:
        return None
    known = {p.prop.args[0] for p in facts if p.prop.head == "fin"}
    unsure = [p.prop.args[1] for p in facts if p.prop.head == "le" and p.prop.args[1] not in known]
    for chosen in [*([a] for a in unsure), unsure]:
        more = [*facts, *(Need(mk("fin", a), context, asking) for a in chosen)]
        if chosen and _accepts(left, right, more):
            return ring(left, right, more)
    return None


def _accepts(left: Term, right: Term, facts: list[Proof]) -> bool:
    try:
        return Ring([f.prop for f in facts]).equal(left, right)
    except Rejected:
        return False


def _same(left: Term, right: Term) -> bool:
    poly = Expander()
    first, second = poly.poly(left), poly.poly(right)
    return first == second or _cleared_equal(add(first, second, -1))


def _cleared_equal(difference: dict) -> bool:
    """Whether a difference vanishes once the reciprocals of sums are multiplied out."""
    for _ in range(8):
        quotients = {
            a for m in difference for a, e in m if isinstance(a, App) and a.head == "inv" and e > 0
        }
        if not quotients:
            return not difference
        quotient = min(quotients, key=lambda t: t.key)
        divisor = Expander().poly(quotient.args[0])
        top = max(e for m in difference for a, e in m if a is quotient)
        out: dict = {}
        for monomial, coefficient in difference.items():
            exponent = dict(monomial).get(quotient, 0)
            part = {tuple(p for p in monomial if p[0] is not quotient): coefficient}
            for _ in range(top - exponent):
                part = times(part, divisor)
            out = add(out, part)
        difference = out
    return False


def _opaque_atoms(term: Term) -> list[Term]:
    found: dict[Term, None] = {}
    stack = [term]
    while stack:
        part = stack.pop()
        if isinstance(part, Num):
            continue
        if isinstance(part, App) and part.head in ("add", "mul"):
            stack.extend(part.args)
        elif isinstance(part, App) and part.head == "inv" and isinstance(part.args[0], Num):
            continue
        elif isinstance(part, App) and part.head == "inv":
            found[part] = None
        else:
            found.update(
                dict.fromkeys(
                    [part]
                    if not isinstance(part, App) or part.head not in ("pow", "ofnat")
                    else atoms(part)
                )
            )
    return list(found)


def _nonzero(prover, base: Term, context, depth: int, asking: str | None) -> list[Proof] | None:
    """Licences to divide by `base`."""
    found = licences(prover, base, NONZERO, context, depth)
    if found is None and asking is not None:
        return [Need(mk("not", mk("eq", base, ZERO)), context, asking)]
    return found


def _by_equations(prover, goal: Term, context, depth: int) -> Proof | None:
    left, right = goal.args
    if depth > 7 or left.size + right.size > MAX_TERM:
        return None
    if not any(c.key == "eq" and c.conclusion.args[0].sort == NUM for c in context.all_clauses()):
        return None
    try:
        target = gap_of(left, right)
        rows = [r for r in order_facts(prover, goal, target, context, depth) if r[2] == "eq"]
        if not rows or not covers(rows, target):
            return None
        multipliers = combination(
            target, [(r[1], "eq") for r in rows[:MAX_FACTS]], False, exact=True
        )
        if multipliers is None:
            return None
        used = [(r[0], m) for r, m in zip(rows, multipliers, strict=False) if m]
        return written(prover, goal, used, context, depth)
    except (TooLarge, Rejected):
        return None


def cancelled(engine, left: Term, right: Term, context) -> Proof | None:
    """left = right from a named equation `left + c = right + c`, or `left · c = right · c`."""
    for clause in engine.toolkit.equations:
        if clause.metas or clause.rule is not None:
            continue
        equation = engine.prover.instance(clause, Found(), context, 0)
        if equation is None or equation.prop.args[0].sort != NUM:
            continue
        for flip in (False, True):
            first, second = equation.prop.args[::-1] if flip else equation.prop.args
            for head, name in (("add", "add_cancel"), ("mul", "mul_cancel")):
                common = _common(head, first, left, second, right)
                if common is not None:
                    proof = _by_cancelling(engine, name, left, right, common, context)
                    if proof is not None:
                        return proof
    return None


def _common(head: str, whole: Term, part: Term, other: Term, other_part: Term) -> Term | None:
    rest, other_rest = _without(head, whole, part), _without(head, other, other_part)
    if (
        not rest
        or not other_rest
        or sorted(rest, key=lambda t: t.key) != sorted(other_rest, key=lambda t: t.key)
    ):
        return None
    return mk(head, *rest)


def _without(head: str, whole: Term, part: Term) -> list[Term] | None:
    if not (isinstance(whole, App) and whole.head == head):
        return None
    rest = list(whole.args)
    for piece in part.args if isinstance(part, App) and part.head == head else (part,):
        if piece not in rest:
            return None
        rest.remove(piece)
    return rest


def _by_cancelling(
    engine, name: str, left: Term, right: Term, common: Term, context
) -> Proof | None:
    for clause in engine.library.clauses.get(name, ()):
        for found in matches(clause.conclusion, mk("eq", left, right), Found({"c": common})):
            proof = engine.build(clause, found, context)
            if proof is not None:
                return proof
    return None
