"""Order and equality of real expressions: linear combinations of facts, found by an exact simplex.

What is found is written as the kernel's `linear` step, with a proof that each atom is finite.
Indicators are split into their two cases first.
"""

from __future__ import annotations

from fractions import Fraction

from derive.kernel.refusal import Rejected
from derive.kernel.ring import Ring
from derive.kernel.sort import NUM
from derive.kernel.term import App, Num, Term, mk, mk_num
from derive.kernel.value import INFINITY, MINUS_INFINITY
from derive.search.matching import matches
from derive.search.polynomial import Expander, TooLarge, add, atoms, fingerprint, inverted, times
from derive.search.proof import Need, Proof, boolean, discharge, linear, ring, transported
from derive.search.simplex import combination

MAX_FACTS = 28
MAX_TERM = 120
ZERO = mk_num(0)


def ends(prop: Term) -> tuple[Term, Term, bool] | None:
    """(low, high, strict) of `low ≤ high` or `low < high`, else None."""
    if isinstance(prop, App) and prop.head == "le":
        return prop.args[0], prop.args[1], False
    if isinstance(prop, App) and prop.head == "not" and isinstance(prop.args[0], App) and prop.args[0].head == "le":
        return prop.args[0].args[1], prop.args[0].args[0], True
    return None


def prove(prover, goal: Term, context, depth: int) -> Proof | None:
    """An order goal by cases on an indicator, or by linear arithmetic."""
    shape = ends(goal)
    if shape is None:
        return None
    return by_cases(prover, goal, context, depth) or by_combination(prover, goal, context, depth)


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
        from derive.search.unfolding import rewritten

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
    if depth > 7 or low.size + high.size > MAX_TERM or low is INFINITY or high is INFINITY or MINUS_INFINITY in (low, high):
        return None
    try:
        target = _gap(low, high)
        found = _facts(prover, goal, target, context, depth)
        for products in (False, True):
            rows = list(found)
            if products and depth > 4:
                return None
            if products:
                rows += _products(prover, found, target, context, depth)
            if not rows and not strict and not target:
                rows = []
            if not _covers(rows, target):
                continue
            multipliers = combination(target, [(r[1], r[2]) for r in rows[:MAX_FACTS]], strict)
            if multipliers is not None:
                used = [(r[0], m) for r, m in zip(rows, multipliers, strict=False) if m]
                return _written(prover, goal, used, context, depth)
    except (TooLarge, Rejected):
        return None
    return None


def _covers(rows: list[tuple], target: dict) -> bool:
    """Whether each monomial of the target occurs in some fact."""
    there = {m for r in rows for m in r[1]} | {()}
    return all(m in there for m in target)


def _written(prover, goal: Term, used: list, context, depth: int) -> Proof | None:
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
    """Proofs that every atom is finite and every divisor nonzero, as far as divisors can be proved so."""
    out: list[Proof] = []
    wanted: dict[Term, None] = {}
    for term in terms:
        for quotient in inverted(term):
            base = quotient.args[0]
            if isinstance(base, Num):
                continue
            nonzero = prover.prove(mk("not", mk("eq", base, ZERO)), context, depth + 1)
            if nonzero is not None:
                out.append(nonzero)
            else:
                wanted[quotient] = None
        wanted.update(dict.fromkeys(atoms(term)))
    for atom in wanted:
        proof = prover.prove(mk("fin", atom), context, depth + 1)
        if proof is None:
            return None
        out.append(proof)
    return out


def _gap(low: Term, high: Term) -> dict:
    expander = Expander(canonical_atom)
    return add(expander.poly(high), expander.poly(low), -1)


def canonical_atom(term: Term) -> Term:
    """Atoms are compared as they stand."""
    return term


def _atoms_of(poly: dict) -> set[Term]:
    return {atom for monomial in poly for atom, _ in monomial}


def _facts(prover, goal: Term, target: dict, context, depth: int) -> list[tuple]:
    """(proof, gap, strict or 'eq') of the order facts in scope that speak of the goal's atoms."""
    rows: list[tuple] = []
    seen: set[Term] = {goal}
    wanted = _atoms_of(target)
    for clause in context.all_clauses():
        if clause.key in ("le", "not le", "eq") and not _is_other_equation(clause.conclusion):
            for proof in _instances(prover, clause, wanted, context, depth):
                if proof.prop not in seen:
                    seen.add(proof.prop)
                    _row(rows, proof)
    for atom in sorted(wanted, key=lambda t: t.key):
        sign = mk("le", ZERO, atom)
        if sign not in seen and not (isinstance(goal, App) and goal is sign):
            proof = prover.prove(sign, context, depth + 2)
            if proof is not None:
                _row(rows, proof)
                seen.add(sign)
    return rows


def _is_other_equation(conclusion: Term) -> bool:
    return conclusion.head == "eq" and conclusion.args[0].sort != NUM


def _row(rows: list, proof: Proof) -> None:
    shape = ends(proof.prop)
    if shape is not None:
        rows.append((proof, _gap(shape[0], shape[1]), "lt" if shape[2] else "le"))
    else:
        rows.append((proof, _gap(*proof.prop.args), "eq"))


def _instances(prover, clause, wanted: set[Term], context, depth: int) -> list[Proof]:
    if not clause.metas:
        mentioned = clause.conclusion.frees
        relevant = not wanted or any(mentioned & a.frees for a in wanted) or not mentioned
        proof = prover.instance(clause, _nothing(), context, depth + 2) if relevant else None
        return [] if proof is None else [proof]
    out: list[Proof] = []
    for pattern in _applications(clause.conclusion):
        for atom in wanted:
            for found in matches(pattern, atom):
                proof = prover.instance(clause, found, context, depth + 2)
                if proof is not None:
                    out.append(proof)
    return out[:8]


def _nothing():
    from derive.search.matching import Found

    return Found()


def _applications(conclusion: Term) -> list[Term]:
    out, stack = [], [conclusion]
    while stack:
        part = stack.pop()
        if isinstance(part, App):
            if part.meta and part.head not in ("le", "not", "eq", "add", "mul", "inv", "pow"):
                out.append(part)
            elif part.meta:
                stack.extend(part.args)
    return out


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


def _difference_nonnegative(prover, fact: Proof, low: Term, high: Term, context, depth: int) -> Proof | None:
    if low is ZERO and fact.prop.head == "le":
        return fact
    goal = mk("le", ZERO, mk("add", high, mk("mul", mk_num(-1), low)))
    return _written(prover, goal, [(fact, Fraction(1))], context, depth)


def prove_equal(prover, goal: Term, context, depth: int) -> Proof | None:
    """s = t between numbers: as polynomials, or as a combination of equations in scope."""
    left, right = goal.args
    proof = ring_equal(prover, left, right, context, depth)
    return proof if proof is not None else _by_equations(prover, goal, context, depth)


def ring_equal(prover, left: Term, right: Term, context, depth: int = 0, asking: str | None = None) -> Proof | None:
    """left = right by the kernel's ring; with `asking`, unproved licences become Needs of that rule."""
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
    wanted: dict[Term, None] = {}
    for term in (left, right):
        if plain:
            wanted.update(dict.fromkeys(_opaque_atoms(term)))
            continue
        for quotient in inverted(term):
            if not isinstance(quotient.args[0], Num):
                nonzero = _licence(prover, mk("not", mk("eq", quotient.args[0], ZERO)), context, depth, asking)
                if nonzero is None:
                    return None
                out.append(nonzero)
        wanted.update(dict.fromkeys(atoms(term)))
    for atom in wanted:
        proof = prover.prove(mk("fin", atom), context, depth + 1) or prover.prove(mk("le", ZERO, atom), context, depth + 1)
        if proof is None:
            if asking is None:
                return None
            proof = Need(mk("fin", atom), context, asking)
        out.append(proof)
    if any(p.prop.head == "le" for p in out):
        signs = (prover.prove(mk("le", ZERO, atom), context, depth + 1) for atom in wanted)
        out += [p for p in signs if p is not None and p not in out]
    return _semiring_checked(prover, left, right, out, context, asking)


def _semiring_checked(prover, left: Term, right: Term, facts: list[Proof], context, asking: str | None) -> Proof | None:
    """Ask the kernel's own ring; what is only known ≥ 0 and would cancel becomes a Need to be finite."""
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
        quotients = {a for m in difference for a, e in m if isinstance(a, App) and a.head == "inv" and e > 0}
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
            found.update(dict.fromkeys([part] if not isinstance(part, App) or part.head not in ("pow", "ofnat") else atoms(part)))
    return list(found)


def _licence(prover, prop: Term, context, depth: int, asking: str | None) -> Proof | None:
    proof = prover.prove(prop, context, depth + 1)
    return proof if proof is not None or asking is None else Need(prop, context, asking)


def _by_equations(prover, goal: Term, context, depth: int) -> Proof | None:
    left, right = goal.args
    if depth > 7 or left.size + right.size > MAX_TERM:
        return None
    if not any(c.key == "eq" and c.conclusion.args[0].sort == NUM for c in context.all_clauses()):
        return None
    try:
        target = _gap(left, right)
        rows = [r for r in _facts(prover, goal, target, context, depth) if r[2] == "eq"]
        if not rows or not _covers(rows, target):
            return None
        multipliers = combination(target, [(r[1], "eq") for r in rows[:MAX_FACTS]], False, exact=True)
        if multipliers is None:
            return None
        used = [(r[0], m) for r, m in zip(rows, multipliers, strict=False) if m]
        return _written(prover, goal, used, context, depth)
    except (TooLarge, Rejected):
        return None


def cancelled(engine, left: Term, right: Term, context) -> Proof | None:
    """left = right from a named equation `left + c = right + c`, or `left · c = right · c`."""
    for clause in engine.toolkit.equations:
        if clause.metas or clause.rule is not None:
            continue
        equation = engine.prover.instance(clause, _nothing(), context, 0)
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
    if not rest or not other_rest or sorted(rest, key=lambda t: t.key) != sorted(other_rest, key=lambda t: t.key):
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


def _by_cancelling(engine, name: str, left: Term, right: Term, common: Term, context) -> Proof | None:
    from derive.search.matching import Found

    for clause in engine.library.clauses.get(name, ()):
        for found in matches(clause.conclusion, mk("eq", left, right), Found({"c": common})):
            proof = engine.build(clause, found, context)
            if proof is not None:
                return proof
    return None
