"""Compose the steps of a chain: what the whole chain proves."""

from __future__ import annotations

from derive.kernel.sort import PROP
from derive.kernel.term import App, Lam, Term, mk, mk_bound, mk_free, mk_lam, shift
from derive.search.book import clauses_of_rule
from derive.search.equations import substituted
from derive.search.matching import matches
from derive.search.order_facts import ends
from derive.search.proof import Proof, boolean, discharge, gen, hyp, mp, spec

DIRECTION = {"=": 0, "⟺": 0, "≤": 1, "<": 1, "⊆": 1, "⟹": 1, "≥": -1, ">": -1, "⊇": -1, "⟸": -1}
ORDER = {  # by whether the first and the second are strict
    (False, False): "le_trans",
    (False, True): "lt_of_le_of_lt",
    (True, False): "lt_of_lt_of_le",
    (True, True): "lt_trans",
}


class CannotCompose(Exception):
    """Two steps do not compose."""


def composed(prover, first: Proof, second: Proof, level: int = 0) -> Proof:
    """What two consecutive steps prove together; raises `CannotCompose`."""
    left, right = first.prop, second.prop
    if not (isinstance(left, App) and isinstance(right, App)):
        raise CannotCompose
    if left.head == "all" and right.head == "all":
        return _under_all(prover, first, second, level)
    if left.head == "all" and right.head == "ae":
        return _almost(prover, prover.structure.ae_of_all(right.args[0], first), second, level)
    if left.head == "ae" and right.head == "all":
        return _almost(prover, first, prover.structure.ae_of_all(left.args[0], second), level)
    if left.head == "ae" and right.head == "ae":
        return _almost(prover, first, second, level)
    if left.head == "imp" and right.head == "imp":
        return _implications(prover, first, second, level)
    if "all" in (left.head, right.head) or _guarded(left, right) or _guarded(right, left):
        return _one_sided(prover, first, second, level)
    if left.head == "eq":
        return _replace(second, left.args[1], first)
    if right.head == "eq":
        return _replace_end(first, right.args[0], second)
    return _ordered(prover, first, second)


def _under_all(prover, first: Proof, second: Proof, level: int) -> Proof:
    domain = first.prop.args[0].sort[1]
    if second.prop.args[0].sort[1] != domain:
        raise CannotCompose
    point = mk_free(f"c·{level}", domain)
    return gen(point, composed(prover, spec(first, point), spec(second, point), level + 1))


def _guarded(prop: App, other: App) -> bool:
    """Whether one claims something of numbers under a guard, and the other without it."""
    return prop.head == "imp" and not (other.head == "eq" and other.args[0].sort == PROP)


def _one_sided(prover, first: Proof, second: Proof, level: int) -> Proof:
    """One step speaks of all n ≥ 1, the other of no n: together they speak of all n ≥ 1."""
    outer = first.prop if first.prop.head in ("all", "imp") else second.prop
    if outer.head == "all":
        point = mk_free(f"c·{level}", outer.args[0].sort[1])
        one, two = (spec(p, point) if p.prop is outer else p for p in (first, second))
        return gen(point, composed(prover, one, two, level + 1))
    guard = outer.args[0]
    one, two = (mp(p, hyp(guard)) if p.prop is outer else p for p in (first, second))
    return discharge(guard, composed(prover, one, two, level))


def _almost(prover, first: Proof | None, second: Proof | None, level: int) -> Proof:
    if first is None or second is None or first.prop.args[0] is not second.prop.args[0]:
        raise CannotCompose
    measure, predicate = first.prop.args
    point = mk_free(f"c·{level}", predicate.sort[1])
    one, two = (mk("app", p.prop.args[1], point) for p in (first, second))
    inner = composed(prover, hyp(one), hyp(two), level + 1)
    chain = gen(point, discharge(one, discharge(two, inner)))
    out = prover.structure.ae_of_all(measure, chain)
    out = out and prover.structure.ae_mp(out, first)
    out = out and prover.structure.ae_mp(out, second)
    if out is None:
        raise CannotCompose
    return out


def _implications(prover, first: Proof, second: Proof, level: int) -> Proof:
    a, b = first.prop.args
    c, d = second.prop.args
    if b is c:
        return boolean(mk("imp", a, d), [first, second])
    if d is a:
        return boolean(mk("imp", c, b), [first, second])
    if a is c:
        inner = composed(prover, mp(first, hyp(a)), mp(second, hyp(a)), level)
        return discharge(a, inner)
    raise CannotCompose


def _replace(second: Proof, middle: Term, equation: Proof) -> Proof:
    """From left = middle and R(middle, c): R(left, c), whichever side of R the middle is on."""
    context = _hole_at(second.prop, middle, starting=True)
    if context is None:
        raise CannotCompose
    return substituted(equation, [], second, context, flip=True)


def _replace_end(first: Proof, middle: Term, equation: Proof) -> Proof:
    context = _hole_at(first.prop, middle, starting=False)
    if context is None:
        raise CannotCompose
    return substituted(equation, [], first, context)


def _hole_at(prop: Term, middle: Term, starting: bool) -> Lam | None:
    """λh. the relation with `middle` replaced by h on one side."""
    relation = prop.args[0] if isinstance(prop, App) and prop.head == "not" else prop
    if not (isinstance(relation, App) and len(relation.args) == 2):
        return None
    order = (0, 1) if (starting and prop.head == "eq") else (1, 0)
    positions = [p for p in order if relation.args[p] is middle]
    if not positions:
        return None
    hole = mk_bound(0, middle.sort)
    parts = [hole if i == positions[0] else shift(a, 1) for i, a in enumerate(relation.args)]
    body = mk(relation.head, *parts)
    return mk_lam(middle.sort, mk("not", body) if prop.head == "not" else body)


def _ordered(prover, first: Proof, second: Proof) -> Proof:
    one, two = ends(first.prop), ends(second.prop)
    if one is None or two is None:
        raise CannotCompose
    if one[1] is not two[0]:
        one, two, first, second = two, one, second, first
    if one[1] is not two[0]:
        raise CannotCompose
    name = ORDER[one[2], two[2]]
    rule = prover.structure.rules.get(name)
    if rule is None:
        raise CannotCompose
    clause = clauses_of_rule(rule, False)[0]
    for a, b in ((first, second), (second, first)):
        for found in matches(rule.premises[0], a.prop):
            for wider in matches(rule.premises[1], b.prop, found):
                return clause.build(wider.values, wider.sorts, [a, b])
    raise CannotCompose
