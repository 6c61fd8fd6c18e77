"""What gives an expression a value: `obligations(t)`, closed propositions.

The kernel is total: a partial operation is completed by an unspecified constant. Whether a user's
expression means something is asked here, and must be proved like any other fact (rulings S1–S9).
Under a binder a demand is closed by `∀` or, where the binder belongs to a measure, by `μ-a.e.`; a
demand that does not depend on the bound variable is made outright. Inside an integrand or a sum a
factor needs a value only where no other factor has the value zero (rulings S8): so at each point
all factors have values, or one has the value zero. Nowhere else does a zero excuse anything.
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from derive.kernel import term as terms
from derive.kernel.refusal import spend
from derive.kernel.sort import NAT, NUM
from derive.kernel.symbol import SYMBOLS
from derive.kernel.term import App, Free, Lam, Nat, Num, Term, instantiate, mk, mk_free
from derive.kernel.text import Definition, read_definition, unfolded

ZERO, ONE, TRUE = terms.mk_num(0), terms.mk_num(1), mk("true")
INFINITY = mk("inf")
MINUS_INFINITY = mk("mul", terms.mk_num(-1), INFINITY)


class Frame(NamedTuple):
    """A binder or guard around the current place; in an integrand or sum `zero` factors excuse."""

    variable: Term | None = None
    measure: Term | None = None
    guards: tuple[Term, ...] = ()
    zero: bool = False


Scope = tuple  # of Frames, outermost first
_MEMO: dict[Term, tuple] = {}


def obligations(term: Term) -> tuple[Term, ...]:
    """The closed propositions whose truth gives `term` a value, without repetition."""
    if term not in _MEMO:
        _MEMO[term] = tuple(dict.fromkeys(_demands(term, ())))
    return _MEMO[term]


def obligations_of_all(props: tuple[Term, ...]) -> tuple[Term, ...]:
    """The obligations of several terms, without repetition and without the terms themselves."""
    found = dict.fromkeys(demand for prop in props for demand in obligations(prop))
    return tuple(demand for demand in found if demand not in props)


def nonzero(term: Term) -> Term:
    """`term ≠ 0`."""
    return mk("not", mk("eq", term, ZERO))


def conjunction(props: list[Term]) -> Term:
    """The conjunction of one or more propositions."""
    return mk("and", *props)


def _closed(prop: Term, scope: Scope) -> Term:
    """`prop` under the guards and binders of its scope, innermost first."""
    inside = frozenset(frame.variable for frame in scope)
    for variable, measure, guards, _ in reversed(scope):
        # a guard about other variables only says nothing about `prop`
        apt = [g for g in guards if not g.frees & inside or g.frees & inside & prop.frees]
        prop = mk("imp", conjunction(apt), prop) if apt else prop
        if variable in prop.frees:
            body = terms.abstract(prop, variable)
            prop = mk("ae", measure, body) if measure else mk("all", body)
    return prop


def _under(
    function: Term, scope: Scope, word: str = "", place: str = "1", args: tuple = ()
) -> Iterator[Term]:
    """The demands of a function's body under its binder; `word place` is its scope demand."""
    if not isinstance(function, Lam):
        yield from _demands(function, scope)
        return
    variable = mk_free(f"#{len(scope)}", function.domain)  # no certificate has such a name
    guards = [mk("fin", variable)] if word != "under" and function.domain == NUM else []
    if word in ("in", "sum"):
        guards.append(mk("app", args[int(place) - 1], variable))
    if word == "from" and function.domain == NAT:
        guards.append(mk("le", ONE, mk("ofnat", variable)))
    measure = args[int(place) - 1] if word == "under" else None
    frame = Frame(variable, measure, tuple(guards), word in ("under", "sum"))
    yield from _demands(instantiate(function.body, variable), (*scope, frame))


@cache
def _needed(head: str, form: object) -> Definition:
    """A `(needs P)` demand of a symbol, as a function of the arguments $1, $2, …"""
    params = {f"${i}": sort for i, sort in enumerate(SYMBOLS[head].args, start=1)}
    return read_definition(params, form)


def _demands(term: Term, scope: Scope) -> Iterator[Term]:
    """The demands of a term in a scope, closed; the table is `rules/symbols.core`."""
    spend()
    if isinstance(term, Lam):
        yield from _under(term, scope)
    if not isinstance(term, App):
        return
    args, rest = term.args, dict(enumerate(term.args, start=1))  # `rest`: not yet dealt with
    for kind, *detail in SYMBOLS[term.head].demands:
        match kind:
            case "free":
                del rest[int(detail[0])]
            case "scope":
                yield from _under(rest.pop(int(detail[0])), scope, *detail[1:], args=args)
            case "needs":
                yield _closed(_needed(term.head, detail[0]).applied(args), scope)
            case "never":
                yield _closed(mk("valued", term), scope)
            case "unfold":
                rest.clear()
                yield from _demands(unfolded(term), scope)
            case "guarded":
                yield from _demands(rest.pop(2), (*scope, Frame(guards=args[:1])))
            case "conjunction":
                rest.clear()
                yield from _in_order(list(args), scope)
            case "product":
                rest.clear()
                yield from _product(args, scope)
            case "sum":
                yield from _sum([a for a in args if not isinstance(a, Num)], scope)
            case "power" if not isinstance(args[0], Num):
                yield _closed(mk("or", mk("fin", args[0]), mk("le", ZERO, args[0])), scope)
            case "application":
                yield from _application(*args, scope)
    for argument in rest.values():
        yield from _demands(argument, scope)


def _application(function: Term, argument: Term, scope: Scope) -> Iterator[Term]:
    """Declared functions are functions of real numbers and of 1, 2, 3, …"""
    while isinstance(function, App) and function.head == "app":
        function = function.args[0]
    literal = isinstance(argument, Num) or (isinstance(argument, Nat) and argument.value > 0)
    if isinstance(function, Free) and argument.sort in (NUM, NAT) and not literal:
        real = argument.sort == NUM
        prop = mk("fin", argument) if real else mk("le", ONE, mk("ofnat", argument))
        guards = mk("and", TRUE, TRUE, *(guard for frame in scope for guard in frame.guards))
        if prop not in guards.args:  # `and` is flat: these are the conjuncts of all guards
            yield _closed(prop, scope)


def _sum(parts: list[Term], scope: Scope) -> Iterator[Term]:
    if len(parts) > 1:
        low = [mk("not", mk("le", a, MINUS_INFINITY)) for a in parts]
        high = [mk("not", mk("le", INFINITY, a)) for a in parts]
        yield _closed(mk("or", conjunction(low), conjunction(high)), scope)


def _product(args: tuple[Term, ...], scope: Scope) -> Iterator[Term]:
    """All factors have a value, and all are finite or all ≥ 0; where S8 allows, unless one is 0."""
    parts = [a for a in args if not (isinstance(a, Num) and a.value != 0)]
    excused = any(frame.zero for frame in scope)
    for place, part in enumerate(parts):
        others = parts[:place] + parts[place + 1 :] if excused and obligations(part) else []
        guards = tuple(_zero_excuses(a, scope) for a in others if not isinstance(a, Num))
        yield from _demands(part, (*scope, Frame(guards=guards)) if guards else scope)
    if len(parts) > 1:
        finite = conjunction([mk("fin", a) for a in parts])
        positive = conjunction([mk("le", ZERO, a) for a in parts])
        delicate = excused and any(map(obligations, parts))
        guards = tuple(nonzero(a) for a in parts if not isinstance(a, Num)) if delicate else ()
        yield _closed(mk("or", finite, positive), (*scope, Frame(guards=guards)))


def _zero_excuses(factor: Term, scope: Scope) -> Term:
    """`factor` is not a zero that has a value; where it is, the other factors need none.

    Its own demands are made at the same point: the empty frames only keep the names in use.
    """
    own = dict.fromkeys(_demands(factor, (Frame(),) * len(scope)))
    return mk("imp", conjunction(list(own)), nonzero(factor)) if own else nonzero(factor)


def _in_order(parts: list[Term], scope: Scope) -> Iterator[Term]:
    """The demands of each part where those before it hold, partial ones last."""
    seen = [p for p in parts if not obligations(p)]
    for part in parts:
        if obligations(part):
            yield from _demands(part, (*scope, Frame(guards=tuple(seen))))
            seen.append(part)
