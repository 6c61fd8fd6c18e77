"""Propositional reasoning: sets at one generic point, events, and quantified families.

A proposition is put in negation normal form over atoms. `∃n. (B ∧ φ(n))` becomes `B ∧ ∃n. φ(n)` and
`∃` is pushed through `∨` (dually for `∀`), so that set identities with ⋃ and ⋂ are decided where no
more than that is needed; `∃n. B` is `B`, for no sort is empty. Then all assignments of the atoms,
at most 2¹⁴, are tried at once: a proposition's truth table is one integer.
"""

from functools import lru_cache, reduce
from operator import and_, or_

from derive.kernel.refusal import Reason, require, spend
from derive.kernel.sort import PROP, Sort
from derive.kernel.term import App, Term, mk, mk_bound, mk_lam, shift

MAX_ATOMS = 14
ROWS = (1 << (1 << MAX_ATOMS)) - 1  # the table of a proposition that always holds
TRUE, FALSE = mk("true"), mk("false")


@lru_cache(maxsize=10_000)
def normal(prop: Term, positive: bool = True) -> Term:
    """Negation normal form of `prop` (of its negation unless `positive`), quantifiers pushed in."""
    spend()
    both, either = ("and", "or") if positive else ("or", "and")
    match prop:
        case App(head="true" | "false" as head):
            return TRUE if (head == "true") == positive else FALSE
        case App(head="not", args=(inner,)):
            return normal(inner, not positive)
        case App(head="and" | "or" as head, args=parts):
            return _join(both if head == "and" else either, [normal(p, positive) for p in parts])
        case App(head="imp", args=(left, right)):
            return _join(either, [normal(left, not positive), normal(right, positive)])
        case App(head="eq" | "le", args=(left, right)) if left is right:
            return TRUE if positive else FALSE
        case App(head="eq", args=(left, right)) if left.sort == PROP:
            cases = [[normal(left, s), normal(right, s == positive)] for s in (True, False)]
            return _join("or", [_join("and", case) for case in cases])
        case App(head="all" | "ex" as head, args=(function,)):
            universal = (head == "all") == positive
            domain = function.sort[1]
            inside = mk("app", shift(function, 1), mk_bound(0, domain))
            return _quantified("all" if universal else "ex", domain, normal(inside, positive))
    return prop if positive else mk("not", prop)


def _join(head: str, parts: list[Term]) -> Term:
    """The conjunction or disjunction, flattened, without units or repetitions."""
    unit, zero = (TRUE, FALSE) if head == "and" else (FALSE, TRUE)
    flat = dict.fromkeys(inner for part in parts for inner in _parts(head, part))
    flat.pop(unit, None)
    return zero if zero in flat else mk(head, *flat) if flat else unit


def _parts(head: str, prop: Term) -> tuple[Term, ...]:
    return prop.args if isinstance(prop, App) and prop.head == head else (prop,)


def _quantified(head: str, domain: Sort, body: Term) -> Term:
    """`∃` (or `∀`) of a normal body, pushed through `∨` (`∧`), free factors pulled out."""
    through, within = ("or", "and") if head == "ex" else ("and", "or")
    pieces = []
    for piece in _parts(through, body):
        bound: list[Term] = []
        free: list[Term] = []
        for factor in _parts(within, piece):
            (bound if any(i == 0 for i, _ in factor.loose) else free).append(factor)
        closed = [mk(head, mk_lam(domain, _join(within, bound)))] if bound else []
        pieces.append(_join(within, [shift(f, -1) for f in free] + closed))
    return _join(through, pieces)


def is_tautology(goal: Term, facts: list[Term]) -> bool:
    """Whether the facts imply `goal` by propositional reasoning; refuses more than 14 atoms."""
    problem = _join("and", [*map(normal, facts), normal(goal, False)])
    return problem is FALSE or (problem is not TRUE and _table(problem, {}) == 0)


def _table(prop: Term, atoms: dict[Term, int]) -> int:
    """The truth table of a normal `prop`: bit r is its value in row r of the assignments."""
    match prop:
        case App(head="and", args=parts):
            return reduce(and_, [_table(part, atoms) for part in parts])
        case App(head="or", args=parts):
            return reduce(or_, [_table(part, atoms) for part in parts])
        case App(head="not", args=(inner,)):
            return ROWS ^ _table(inner, atoms)
        case App(head="all"):
            return ROWS ^ _table(normal(prop, False), atoms)
    block = 1 << atoms.setdefault(prop, len(atoms))
    require(len(atoms) <= MAX_ATOMS, Reason.TOO_LARGE, "too many atoms")
    return ROWS // ((1 << 2 * block) - 1) * ((1 << block) - 1)
