"""Linear arithmetic: an inequality as a nonnegative combination of facts, multipliers given."""

from fractions import Fraction

from derive.kernel.refusal import Reason, Rejected, require
from derive.kernel.ring import Ring
from derive.kernel.sign import FINITE
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


def follows(goal: Term, facts: list[Term], factors: list[Fraction], licences: list[Term]) -> bool:
    """Whether `goal` is the combination of `facts` by `factors`, all atoms being finite.

    With dᵢ = highᵢ - lowᵢ ≥ 0 of each fact and d of the goal: d - Σ mᵢ dᵢ must be a constant c ≥ 0,
    with c > 0 or a strict fact used if the goal is strict. Denominators are not cleared: their sign
    is not known.
    """
    require(len(facts) == len(factors), Reason.BAD_RECORD, "multipliers")
    ring, used = Ring(licences, FINITE), set()
    low, high, kind = gap(goal)
    parts = [high, mk("mul", mk_num(-1), low)]
    for fact, factor in zip(facts, factors, strict=True):
        less, more, relation = gap(fact)
        require(factor >= 0 or relation == "eq", Reason.NOT_LINEAR, "a negative multiplier")
        used |= {relation} if factor else set()
        parts += [mk("mul", mk_num(-factor), more), mk("mul", mk_num(factor), less)]
    rest = ring.poly(mk("add", *parts))
    constant = rest.pop((), Fraction(0))
    level = constant == 0 and (used <= {"eq"} if kind == "eq" else kind == "le" or "lt" in used)
    return not rest and (level or (kind != "eq" and constant > 0))
