"""What gives an expression a value: `obligations(t)`, closed propositions.

The kernel is total: a partial operation is completed by an unspecified constant. Whether a user's
expression means something is asked here, and must be proved like any other fact (rulings S1–S9).
Under a binder a demand is closed by `∀` or, where the binder belongs to a measure, by `μ-a.e.`; a
demand that does not depend on the bound variable is made outright. Inside an integrand or a sum a
factor needs a value only where no other factor has the value zero (rulings S8): so at each point
all factors have values, or one has the value zero. Nowhere else does a zero excuse anything.
What holds by rational arithmetic, or by signs that are known, is not demanded. What a term demands
is found once; which of it lacks a proof is asked of the signs that are known at the time.
"""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from derive.kernel import term as terms
from derive.kernel.refusal import spend
from derive.kernel.sign import ONE_SIDED, REGULAR, ZERO, Signs, alike
from derive.kernel.sort import NAT, NUM
from derive.kernel.symbol import SYMBOLS
from derive.kernel.term import App, Free, Lam, Nat, Num, Term, mk
from derive.kernel.text import Definition, read_pattern, unfolded

ONE, TRUE = terms.mk_num(1), mk("true")


class Frame(NamedTuple):
    """A binder or guard around the current place; in an integrand or sum `zero` factors excuse."""

    variable: Term | None = None
    measure: Term | None = None
    guards: tuple[Term, ...] = ()
    zero: bool = False


Scope = tuple  # of Frames, outermost first


class Claim(NamedTuple):
    """A demand that a proposition holds at a place."""

    prop: Term
    scope: Scope

    def follows(self, signs: Signs) -> bool:
        """Whether it holds by what is known of finiteness and signs."""
        return signs.hold(self.prop)

    def closed(self) -> Term:
        """The demand as a closed proposition."""
        return _closed(self.prop, self.scope)


class Alike(NamedTuple):
    """A demand that numbers at a place all have one, or all the other, of two properties."""

    parts: tuple[Term, ...]
    properties: int
    scope: Scope

    def follows(self, signs: Signs) -> bool:
        """Whether it holds by what is known of finiteness and signs."""
        return signs.common(self.parts) & self.properties > 0

    def closed(self) -> Term:
        """The demand as a closed proposition."""
        return _closed(alike(self.parts, self.properties), self.scope)


Demand = Claim | Alike
_DEMANDS: dict[Term, tuple[Demand, ...]] = {}
_OBLIGATIONS: dict[Term, tuple[Term, ...]] = {}


def obligations(term: Term) -> tuple[Term, ...]:
    """The closed propositions whose truth gives `term` a value, without repetition."""
    if term not in _OBLIGATIONS:
        _OBLIGATIONS[term] = lacking(term, Signs(()))
    return _OBLIGATIONS[term]


def lacking(term: Term, signs: Signs) -> tuple[Term, ...]:
    """The obligations of `term` that do not hold by what is known of finiteness and signs."""
    return _not_following(demands(term), signs)


def follows(term: Term, signs: Signs) -> bool:
    """Whether all obligations of `term` hold by what is known of finiteness and signs."""
    return all(demand.follows(signs) for demand in demands(term))


def demands(term: Term) -> tuple[Demand, ...]:
    """All that is demanded where `term` stands alone; kept for the next time."""
    if term not in _DEMANDS:
        _DEMANDS[term] = tuple(_of(term, ()))
    return _DEMANDS[term]


def _not_following(some: Iterable[Demand], signs: Signs) -> tuple[Term, ...]:
    return tuple(dict.fromkeys([d.closed() for d in some if not d.follows(signs)]))


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


@cache
def _needed(head: str, number: int) -> Definition:
    """The demand `(needs P)` of a symbol, as a function of its arguments $1, $2, …"""
    params = {f"${i}": sort for i, sort in enumerate(SYMBOLS[head].args, start=1)}
    return Definition(params, *read_pattern(params, SYMBOLS[head].demands[number][1]))


@lru_cache(maxsize=100_000)
def _demanded(head: str, number: int, args: tuple[Term, ...]) -> Term:
    """What the symbol demands of these arguments."""
    return _needed(head, number).applied(args)


def _of(term: Term, scope: Scope) -> Iterator[Demand]:
    """The demands of a term; the table is `rules/symbols.core`."""
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
                body = rest.pop(int(detail[0]))
                yield from _under(body, scope, word, args[int(place) - 1])
            case "needs":
                yield Claim(_demanded(term.head, number, args), scope)
            case "never":
                yield Claim(mk("valued", term), scope)
            case "unfold":
                rest = {1: unfolded(term)}
            case "guarded":
                yield from _of(rest.pop(2), (*scope, Frame(guards=args[:1])))
            case "conjunction":
                rest = {}
                yield from _in_order(args, scope)
            case "product":
                rest = {}
                yield from _product(args, scope)
            case "sum":
                parts = tuple([a for a in args if not isinstance(a, Num)])
                if len(parts) > 1:  # no ∞ - ∞
                    yield Alike(parts, ONE_SIDED, scope)
            case "power":
                yield Alike(args[:1], REGULAR, scope)
            case "application":
                yield from _application(*args, scope)
    for argument in rest.values():
        if isinstance(argument, App | Lam):
            yield from _of(argument, scope)


def _under(
    function: Term, scope: Scope, word: str = "", related: Term | None = None
) -> Iterator[Demand]:
    """The demands of a function's body under its binder; `word related` is its scope demand."""
    if not isinstance(function, Lam):
        return _of(function, scope)
    variable = terms.mk_free(f"#{len(scope)}", function.domain)  # a name no certificate has
    guards = [mk("fin", variable)] if word != "under" and function.domain == NUM else []
    guards += [mk("app", related, variable)] if word in ("in", "sum") else []
    if word == "from" and function.domain == NAT:
        guards.append(mk("le", ONE, mk("ofnat", variable)))
    measure = related if word == "under" else None
    frame = Frame(variable, measure, tuple(guards), word in ("under", "sum"))
    return _of(terms.instantiate(function.body, variable), (*scope, frame))


def _application(function: Term, argument: Term, scope: Scope) -> Iterator[Demand]:
    """Declared functions are functions of real numbers and of 1, 2, 3, …"""
    while isinstance(function, App) and function.head == "app":
        function = function.args[0]
    literal = isinstance(argument, Num) or (isinstance(argument, Nat) and argument.value > 0)
    if isinstance(function, Free) and argument.sort in (NUM, NAT) and not literal:
        real = argument.sort == NUM
        prop = mk("fin", argument) if real else mk("le", ONE, mk("ofnat", argument))
        guards = mk("and", TRUE, TRUE, *[guard for frame in scope for guard in frame.guards])
        if prop not in guards.args:  # `and` is flat: these are the conjuncts of all guards
            yield Claim(prop, scope)


def _product(args: tuple[Term, ...], scope: Scope) -> Iterator[Demand]:
    """All factors have a value and are alike; where S8 allows, unless one is 0."""
    parts = tuple([a for a in args if not isinstance(a, Num) or not a.value])
    excused = any(frame.zero for frame in scope)
    for place, part in enumerate(parts):
        others = parts[:place] + parts[place + 1 :] if excused and obligations(part) else ()
        guards = tuple(_zero_excuses(a, scope) for a in others if not isinstance(a, Num))
        yield from _of(part, (*scope, Frame(guards=guards)))
    if len(parts) > 1:
        delicate = excused and any(map(obligations, parts))
        guards = tuple(nonzero(a) for a in parts if not isinstance(a, Num)) if delicate else ()
        yield Alike(parts, REGULAR, (*scope, Frame(guards=guards)))


def _in_order(parts: tuple[Term, ...], scope: Scope) -> Iterator[Demand]:
    """The demands of each part where those before it hold, partial ones last."""
    seen = [part for part in parts if not obligations(part)]
    for part in filter(obligations, parts):
        yield from _of(part, (*scope, Frame(guards=tuple(seen))))
        seen.append(part)


def _zero_excuses(factor: Term, scope: Scope) -> Term:
    """`factor` is not a zero that has a value; where it is, the other factors need none.

    Its own demands are made at the same point: the empty frames only keep the names in use.
    """
    own = _not_following(_of(factor, (Frame(),) * len(scope)), Signs(()))
    return mk("imp", mk("and", *own), nonzero(factor)) if own else nonzero(factor)
