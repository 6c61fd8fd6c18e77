"""What gives an expression a value: `obligations(t)`, closed propositions.

The kernel is total: a partial operation is completed by an unspecified constant. Whether a user's
expression means something is asked here, and must be proved like any other fact (rulings S1–S9).
Under a binder a demand is closed by `∀` or, where the binder belongs to a measure, by `μ-a.e.`; a
demand that does not depend on the bound variable is made outright. Inside an integrand or a sum a
factor needs a value only where the factors before it are not zero (rulings S8); factors are read
in the order of the term, those without demands first. Nowhere else does a zero excuse anything.
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from derive.kernel import term as terms
from derive.kernel.refusal import spend
from derive.kernel.sign import INFINITY, MINUS_INFINITY, ZERO
from derive.kernel.sort import NAT, NUM
from derive.kernel.symbol import SYMBOLS
from derive.kernel.term import App, Free, Lam, Nat, Num, Term, mk
from derive.kernel.text import Definition, read_pattern, unfolded

ONE, TRUE = terms.mk_num(1), mk("true")
Demands = Iterator[Term]


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
    return tuple([demand for demand in found if demand not in props])


def nonzero(term: Term) -> Term:
    """`term ≠ 0`."""
    return mk("not", mk("eq", term, ZERO))


def _closed(prop: Term, scope: Scope) -> Term:
    """`prop` under the guards and binders of its scope, innermost first."""
    inside = frozenset(frame.variable for frame in scope)
    for variable, measure, guards, _ in reversed(scope):
        # a guard about other variables only says nothing about `prop`
        apt = [g for g in guards if not g.frees & inside or g.frees & inside & prop.frees]
        prop = mk("imp", mk("and", *apt), prop) if apt else prop
        if variable in prop.frees:
            body = terms.abstract(prop, variable)
            prop = mk("ae", measure, body) if measure else mk("all", body)
    return prop


def _under(function: Term, scope: Scope, word: str = "", related: Term | None = None) -> Demands:
    """The demands of a function's body under its binder; `word related` is its scope demand."""
    if not isinstance(function, Lam):
        return _demands(function, scope)
    variable = terms.mk_free(f"#{len(scope)}", function.domain)  # no certificate has such a name
    guards = [mk("fin", variable)] if word != "under" and function.domain == NUM else []
    guards += [mk("app", related, variable)] if word in ("in", "sum") else []
    if word == "from" and function.domain == NAT:
        guards.append(mk("le", ONE, mk("ofnat", variable)))
    measure = related if word == "under" else None
    frame = Frame(variable, measure, tuple(guards), word in ("under", "sum"))
    return _demands(terms.instantiate(function.body, variable), (*scope, frame))


@cache
def _needed(head: str, number: int) -> Definition:
    """The demand `(needs P)` of a symbol, as a function of its arguments $1, $2, …"""
    params = {f"${i}": sort for i, sort in enumerate(SYMBOLS[head].args, start=1)}
    return Definition(params, *read_pattern(params, SYMBOLS[head].demands[number][1]))


def _demands(term: Term, scope: Scope) -> Demands:
    """The demands of a term in a scope, closed; the table is `rules/symbols.core`."""
    spend()
    if isinstance(term, Lam):
        yield from _under(term, scope)
    if not isinstance(term, App):
        return
    args, rest = term.args, dict(enumerate(term.args, start=1))  # `rest`: not yet dealt with
    for number, (kind, *detail) in enumerate(SYMBOLS[term.head].demands):
        match kind:
            case "free":
                del rest[int(detail[0])]
            case "scope":
                word, place = detail[1:] or ("", "1")
                yield from _under(rest.pop(int(detail[0])), scope, word, args[int(place) - 1])
            case "needs":
                yield _closed(_needed(term.head, number).applied(args), scope)
            case "never":
                yield _closed(mk("valued", term), scope)
            case "unfold":
                rest = {1: unfolded(term)}
            case "guarded":
                yield from _demands(rest.pop(2), (*scope, Frame(guards=args[:1])))
            case "conjunction":
                rest = {}
                yield from _in_order(args, scope, args)
            case "product":
                rest = {}
                yield from _product([a for a in args if not _unit(a)], scope)
            case "sum":
                yield from _sum([a for a in args if not isinstance(a, Num)], scope)
            case "power" if not isinstance(args[0], Num):
                yield _closed(mk("or", mk("fin", args[0]), mk("le", ZERO, args[0])), scope)
            case "application":
                yield from _application(*args, scope)
    for argument in rest.values():
        yield from _demands(argument, scope)


def _application(function: Term, argument: Term, scope: Scope) -> Demands:
    """Declared functions are functions of real numbers and of 1, 2, 3, …"""
    while isinstance(function, App) and function.head == "app":
        function = function.args[0]
    literal = isinstance(argument, Num) or (isinstance(argument, Nat) and argument.value > 0)
    if isinstance(function, Free) and argument.sort in (NUM, NAT) and not literal:
        real = argument.sort == NUM
        prop = mk("fin", argument) if real else mk("le", ONE, mk("ofnat", argument))
        guards = mk("and", TRUE, TRUE, *[guard for frame in scope for guard in frame.guards])
        if prop not in guards.args:  # `and` is flat: these are the conjuncts of all guards
            yield _closed(prop, scope)


def _unit(factor: Term) -> bool:
    """Whether a factor is a number other than 0, which never matters."""
    return isinstance(factor, Num) and factor.value != 0


def _sum(parts: list[Term], scope: Scope) -> Demands:
    if len(parts) > 1:
        low = mk("and", *[mk("not", mk("le", a, MINUS_INFINITY)) for a in parts])
        high = mk("and", *[mk("not", mk("le", INFINITY, a)) for a in parts])
        yield _closed(mk("or", low, high), scope)


def _product(parts: list[Term], scope: Scope) -> Demands:
    """All factors have a value, and all are finite or all ≥ 0; where S8 allows, unless one is 0."""
    excused = any(frame.zero for frame in scope)
    guards = [nonzero(a) for a in parts] if excused else []
    yield from _in_order(parts, scope, guards)
    if len(parts) > 1:
        finite = mk("and", *[mk("fin", a) for a in parts])
        positive = mk("and", *[mk("le", ZERO, a) for a in parts])
        apt = [g for a, g in zip(parts, guards, strict=False) if not isinstance(a, Num)]
        frame = Frame(guards=tuple(apt) if any(map(obligations, parts)) else ())
        yield _closed(mk("or", finite, positive), (*scope, frame))


def _in_order(parts: list[Term], scope: Scope, guards: list[Term]) -> Demands:
    """The demands of each part where the guards of those before it hold, partial ones last."""
    known = dict(zip(parts, guards, strict=False))
    seen = [g for p, g in known.items() if not isinstance(p, Num) and not obligations(p)]
    for part in filter(obligations, parts):
        yield from _demands(part, (*scope, Frame(guards=tuple(seen))))
        seen += [known[part]] if part in known else []
