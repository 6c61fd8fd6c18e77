"""The primitive steps: each makes a theorem from theorems, or refuses. There are no others."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from derive.kernel.boolean import is_tautology
from derive.kernel.core import Rule
from derive.kernel.letter import closed_prop, fill
from derive.kernel.linear import follows
from derive.kernel.refusal import Reason, Rejected, require
from derive.kernel.ring import Ring
from derive.kernel.sign import Signs
from derive.kernel.sort import NAT, NUM, Sort, leaves
from derive.kernel.term import App, Free, Lam, Term, abstract, mk, mk_lam
from derive.kernel.text import subterms, unfolded


class Theorem(NamedTuple):
    """`hypotheses ⊢ prop`, the axioms it rests on and its `computed` tags."""

    hypotheses: frozenset[Term]
    prop: Term
    axioms: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()


def joined(prop: Term, premises: Sequence[Theorem]) -> Theorem:
    """A theorem about `prop` resting on all that its premises rest on."""
    parts = [(p.hypotheses, p.axioms, p.tags) for p in premises] or [(frozenset(),) * 3]
    hypotheses, axioms, tags = (frozenset().union(*sets) for sets in zip(*parts, strict=True))
    return Theorem(hypotheses, closed_prop(prop), axioms, tags)


def hypothesis(prop: Term) -> Theorem:
    """φ ⊢ φ."""
    return Theorem(frozenset((closed_prop(prop),)), prop)


def rule(
    known: Rule, sorts: dict[str, Sort], values: dict[str, Term], premises: list[Theorem], pick: int
) -> Theorem:
    """An instance of a rule: its premises must be exactly the instantiated ones."""
    total = values.keys() == known.metas.keys() and sorts.keys() == known.spaces
    require(total, Reason.BAD_INSTANCE, known.name)
    require(not any(leaf[0] == "'" for s in sorts.values() for leaf in leaves(s)), Reason.BAD_SORT)
    require(not any(v.loose or v.meta for v in values.values()), Reason.NOT_CLOSED, known.name)
    same = [p.prop for p in premises] == [fill(p, values, sorts) for p in known.premises]
    require(same, Reason.PREMISE_MISMATCH, known.name)
    require(0 <= pick < len(known.conclusions), Reason.BAD_INDEX, pick)
    origin = Theorem(frozenset(), known.conclusions[0], known.axioms, known.tags)
    return joined(fill(known.conclusions[pick], values, sorts), [origin, *premises])


def reflexivity(term: Term) -> Theorem:
    """⊢ t = t."""
    return joined(mk("eq", term, term), [])


def substitution(equation: Theorem, count: int, body: Theorem, where: Term, flip: bool) -> Theorem:
    """From `∀x₁…xₖ. l = r` and `C(λx. l)` to `C(λx. r)`, C being `where`; backwards if `flip`."""
    prop, domains = equation.prop, []
    for _ in range(count):
        (function,) = _parts("all", prop, Reason.NOT_AN_EQUATION)
        if not isinstance(function, Lam):
            raise Rejected(Reason.NOT_AN_EQUATION)
        domains.append(function.domain)
        prop = function.body
    sides = _parts("eq", prop, Reason.NOT_AN_EQUATION)
    for domain in reversed(domains):
        sides = tuple([mk_lam(domain, side) for side in sides])
    left, right = reversed(sides) if flip else sides
    require(not where.loose and not where.meta, Reason.NOT_CLOSED)
    require(mk("app", where, left) is body.prop, Reason.PREMISE_MISMATCH, "the context")
    return joined(mk("app", where, right), [equation, body])


def _parts(head: str, prop: Term, reason: Reason = Reason.PREMISE_MISMATCH) -> tuple[Term, ...]:
    if isinstance(prop, App) and prop.head == head:
        return prop.args
    raise Rejected(reason, f"{head} is needed")


def generalisation(variable: Term, body: Theorem) -> Theorem:
    """⊢ ∀x. φ, where x is free in no hypothesis."""
    if not isinstance(variable, Free):
        raise Rejected(Reason.BAD_RECORD, "a variable is needed")
    require(not any(variable in h.frees for h in body.hypotheses), Reason.NOT_FRESH, variable.name)
    return body._replace(prop=mk("all", abstract(body.prop, variable)))


def specialisation(body: Theorem, value: Term) -> Theorem:
    """From ∀x. φ(x) to φ(t)."""
    (function,) = _parts("all", body.prop)
    return body._replace(prop=closed_prop(mk("app", function, value)))


def discharge(prop: Term, body: Theorem) -> Theorem:
    """⊢ φ ⟹ ψ from φ ⊢ ψ."""
    arrow = closed_prop(mk("imp", prop, body.prop))
    return body._replace(hypotheses=body.hypotheses - {prop}, prop=arrow)


def modus_ponens(implication: Theorem, premise: Theorem) -> Theorem:
    """From φ ⟹ ψ and φ to ψ."""
    needed, conclusion = _parts("imp", implication.prop)
    require(needed is premise.prop, Reason.PREMISE_MISMATCH, "the premise")
    return joined(conclusion, [implication, premise])


def conjunction(parts: list[Theorem]) -> Theorem:
    """φ₁ ∧ … ∧ φₖ."""
    return joined(mk("and", *[p.prop for p in parts]), parts)


def split(body: Theorem, position: int) -> Theorem:
    """One member of a conjunction."""
    parts = _parts("and", body.prop)
    require(0 <= position < len(parts), Reason.BAD_INDEX, position)
    return body._replace(prop=parts[position])


def ring(left: Term, right: Term, facts: list[Theorem]) -> Theorem:
    """⊢ s = t as Laurent polynomials, with licences `fin`, `0 ≤`, `≠ 0`."""
    require(Ring([f.prop for f in facts]).equal(left, right), Reason.NOT_POLYNOMIAL)
    return joined(mk("eq", left, right), facts)


def boolean(goal: Term, facts: list[Theorem]) -> Theorem:
    """A propositional consequence of the facts."""
    require(is_tautology(goal, [f.prop for f in facts]), Reason.NOT_A_TAUTOLOGY)
    return joined(goal, facts)


def linear(
    goal: Term, facts: list[Theorem], multipliers: list[Fraction], licences: list[Theorem]
) -> Theorem:
    """A nonnegative combination of order facts; the multipliers are Fractions."""
    good = follows(goal, [f.prop for f in facts], multipliers, [f.prop for f in licences])
    require(good, Reason.NOT_LINEAR)
    return joined(goal, [*facts, *licences])


def numeral(goal: Term, facts: Sequence[Theorem] = ()) -> Theorem:
    """Finiteness and signs of arithmetical expressions from facts; =, ≤, < between rationals."""
    holds = Signs([f.prop for f in facts]).hold(goal) or decides(goal)
    require(holds, Reason.NOT_A_NUMERAL)
    return joined(goal, facts)


def decides(goal: Term) -> bool:
    """Whether rational arithmetic alone proves `goal`; naturals are compared as rationals."""
    match goal:
        case App(head="not", args=(App(head="eq" | "le", args=(left, _)) as inner,)):
            return left.sort in (NUM, NAT) and not decides(inner)
        case App(head="fin", args=(term,)):
            return _rational(term) is not None
        case App(head="eq" | "le" as head, args=(left, right)) if left.sort in (NUM, NAT):
            gap = _rational(left) - _rational(right)
            return gap == 0 or (head == "le" and gap < 0)
    return False


def _rational(term: Term) -> int | Fraction:
    """The value of an expression without letters; refuses any other."""
    poly = Ring([]).poly(term if term.sort == NUM else mk("ofnat", term))
    require(poly.keys() <= {()}, Reason.NOT_A_NUMERAL)
    return poly.get((), Fraction(0))


def unfold(term: Term) -> Theorem:
    """⊢ NAME(…) = its definition."""
    return joined(mk("eq", term, unfolded(term)), [])


_WORDS = """true false not and or imp eq all ex inf add mul inv pow rpow sqrt exp log abs max min
sin cos tan arctan pi ofnat nadd nmul nfact iv fin le sum prodn sup inff lim limsup liminf deriv
tendsto int leb"""
COMPUTABLE = frozenset(_WORDS.split())


def computed(goal: Term, tag: str) -> Theorem:
    """What a computer-algebra system says of explicit real expressions; the tag stays."""
    for part in subterms(goal):
        known = not isinstance(part, App) or part.head in COMPUTABLE
        plain = not isinstance(part, Free) or part.sort in (NUM, NAT)
        bound = not isinstance(part, Lam) or part.domain in (NUM, NAT)
        require(known and plain and bound, Reason.NOT_COMPUTABLE)
    return joined(goal, [])._replace(tags=frozenset((tag,)))
