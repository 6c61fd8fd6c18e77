"""Linear arithmetic: an inequality as a nonnegative combination of facts, with the multipliers given."""

from fractions import Fraction

from derive.kernel.refusal import Reason, Rejected, require
from derive.kernel.ring import Ring
from derive.kernel.sort import NUM
from derive.kernel.term import App, Term, mk, mk_num


def gap(prop: Term) -> tuple[Term, Term, str]:
    """`(low, high, kind)` of an order fact: `low ≤ high`, `low < high` or `low = high`."""
    match prop:
        case App(head="le", args=(low, high)):
            return low, high, "le"
        case App(head="not", args=(App(head="le", args=(high, low)),)):
            return low, high, "lt"
        case App(head="eq", args=(low, high)) if low.sort == NUM:
            return low, high, "eq"
    raise Rejected(Reason.NOT_LINEAR, "not an order relation")


def follows(
    goal: Term, facts: list[Term], multipliers: list[Fraction], licences: list[Term]
) -> bool:
    """Whether `goal` is the combination of `facts` by `multipliers`, all atoms being finite.

    With dᵢ = highᵢ - lowᵢ ≥ 0 of each fact and d of the goal: d - Σ mᵢ dᵢ must be a constant c ≥ 0,
    with c > 0 or a strict fact used if the goal is strict. Denominators are not cleared: their sign
    is not known.
    """
    require(len(facts) == len(multipliers), Reason.BAD_RECORD, "multipliers")
    ring = Ring(licences)
    ring.nonnegative.clear()
    kinds = []
    low, high, kind = gap(goal)
    parts = [high, mk("mul", mk_num(-1), low)]
    for fact, multiplier in zip(facts, multipliers, strict=True):
        less, more, sort = gap(fact)
        require(multiplier >= 0 or sort == "eq", Reason.NOT_LINEAR, "a negative multiplier")
        kinds.append(sort if multiplier else "eq")
        parts += [mk("mul", mk_num(-multiplier), more), mk("mul", mk_num(multiplier), less)]
    rest = ring.poly(mk("add", *parts))
    constant = rest.pop((), Fraction(0))
    if kind == "eq":
        return not rest and constant == 0 and set(kinds) <= {"eq"}
    return not rest and (constant > 0 or constant == 0 and (kind == "le" or "lt" in kinds))
