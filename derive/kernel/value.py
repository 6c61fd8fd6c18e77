"""What gives an expression a value: `obligations(t)`, closed propositions.

The kernel is total: a partial operation is completed by an unspecified constant. Whether a user's
expression means something is asked here, and must be proved like any other fact (rulings S1–S9).
Under a binder a demand is closed by `∀` or, where the binder belongs to a measure, by `μ-a.e.`; a
demand that does not depend on the bound variable is made outright. Inside an integrand or a sum a
factor needs a value only where no other factor has the value zero (rulings S8): so at each point
all factors have values, or one has the value zero. Nowhere else does a zero excuse anything.
What holds by rational arithmetic, or by signs that are known, is not demanded.
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from derive.kernel import term as terms
from derive.kernel.refusal import spend
from derive.kernel.sign import INFINITY, MINUS_INFINITY, ONE_SIDED, REGULAR, ZERO, Signs
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
_MEMO: dict[Term, tuple] = {}


def obligations(term: Term) -> tuple[Term, ...]:
    """The closed propositions whose truth gives `term` a value, without repetition."""
    if term not in _MEMO:
        _MEMO[term] = lacking(term, Signs(()))
    return _MEMO[term]


def lacking(term: Term, signs: Signs) -> tuple[Term, ...]:
    """The obligations of `term` that do not hold by what is known of finiteness and signs."""
    return tuple(dict.fromkeys(_Demands(signs).of(term, ())))


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


class _Demands:
    """The demands of terms in their scopes, closed, but for those that hold by signs."""

    def __init__(self, signs: Signs) -> None:
        self.signs = signs

    def of(self, term: Term, scope: Scope) -> Iterator[Term]:
        """The demands of a term; the table is `rules/symbols.core`."""
        spend()
        if isinstance(term, Lam):
            yield from self._under(term, scope)
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
                    yield from self._under(body, scope, word, args[int(place) - 1])
                case "needs":
                    yield from self._open(_needed(term.head, number).applied(args), scope)
                case "never":
                    yield _closed(mk("valued", term), scope)
                case "unfold":
                    rest = {1: unfolded(term)}
                case "guarded":
                    yield from self.of(rest.pop(2), (*scope, Frame(guards=args[:1])))
                case "conjunction":
                    rest = {}
                    yield from self._in_order(args, scope)
                case "product":
                    rest = {}
                    yield from self._product(args, scope)
                case "sum":
                    yield from self._sum([a for a in args if not isinstance(a, Num)], scope)
                case "power":
                    yield from self._alike(args[:1], scope)
                case "application":
                    yield from self._application(*args, scope)
        for argument in rest.values():
            yield from self.of(argument, scope)

    def _open(self, prop: Term, scope: Scope) -> Iterator[Term]:
        if not self.signs.hold(prop):
            yield _closed(prop, scope)

    def _under(
        self, function: Term, scope: Scope, word: str = "", related: Term | None = None
    ) -> Iterator[Term]:
        """The demands of a function's body under its binder; `word related` is its scope demand."""
        if not isinstance(function, Lam):
            return self.of(function, scope)
        variable = terms.mk_free(f"#{len(scope)}", function.domain)  # a name no certificate has
        guards = [mk("fin", variable)] if word != "under" and function.domain == NUM else []
        guards += [mk("app", related, variable)] if word in ("in", "sum") else []
        if word == "from" and function.domain == NAT:
            guards.append(mk("le", ONE, mk("ofnat", variable)))
        measure = related if word == "under" else None
        frame = Frame(variable, measure, tuple(guards), word in ("under", "sum"))
        return self.of(terms.instantiate(function.body, variable), (*scope, frame))

    def _application(self, function: Term, argument: Term, scope: Scope) -> Iterator[Term]:
        """Declared functions are functions of real numbers and of 1, 2, 3, …"""
        while isinstance(function, App) and function.head == "app":
            function = function.args[0]
        literal = isinstance(argument, Num) or (isinstance(argument, Nat) and argument.value > 0)
        if isinstance(function, Free) and argument.sort in (NUM, NAT) and not literal:
            real = argument.sort == NUM
            prop = mk("fin", argument) if real else mk("le", ONE, mk("ofnat", argument))
            guards = mk("and", TRUE, TRUE, *[guard for frame in scope for guard in frame.guards])
            if prop not in guards.args:  # `and` is flat: these are the conjuncts of all guards
                yield from self._open(prop, scope)

    def _sum(self, parts: list[Term], scope: Scope) -> Iterator[Term]:
        """All parts are > -∞ or all are < ∞."""
        if len(parts) > 1 and not self.signs.common(parts) & ONE_SIDED:
            low = mk("and", *[mk("not", mk("le", a, MINUS_INFINITY)) for a in parts])
            high = mk("and", *[mk("not", mk("le", INFINITY, a)) for a in parts])
            yield _closed(mk("or", low, high), scope)

    def _alike(self, parts: list[Term], scope: Scope) -> Iterator[Term]:
        """All parts are finite or all are ≥ 0."""
        if not self.signs.common(parts) & REGULAR:
            finite = mk("and", *[mk("fin", a) for a in parts])
            positive = mk("and", *[mk("le", ZERO, a) for a in parts])
            yield _closed(mk("or", finite, positive), scope)

    def _product(self, args: tuple[Term, ...], scope: Scope) -> Iterator[Term]:
        """All factors have a value and are alike; where S8 allows, unless one is 0."""
        parts = [a for a in args if not isinstance(a, Num) or not a.value]
        excused = any(frame.zero for frame in scope)
        for place, part in enumerate(parts):
            others = parts[:place] + parts[place + 1 :] if excused and obligations(part) else []
            guards = tuple(_zero_excuses(a, scope) for a in others if not isinstance(a, Num))
            yield from self.of(part, (*scope, Frame(guards=guards)))
        if len(parts) > 1:
            delicate = excused and any(map(obligations, parts))
            guards = tuple(nonzero(a) for a in parts if not isinstance(a, Num)) if delicate else ()
            yield from self._alike(parts, (*scope, Frame(guards=guards)))

    def _in_order(self, parts: tuple[Term, ...], scope: Scope) -> Iterator[Term]:
        """The demands of each part where those before it hold, partial ones last."""
        seen = [part for part in parts if not obligations(part)]
        for part in filter(obligations, parts):
            yield from self.of(part, (*scope, Frame(guards=tuple(seen))))
            seen.append(part)


def _zero_excuses(factor: Term, scope: Scope) -> Term:
    """`factor` is not a zero that has a value; where it is, the other factors need none.

    Its own demands are made at the same point: the empty frames only keep the names in use.
    """
    own = dict.fromkeys(_Demands(Signs(())).of(factor, (Frame(),) * len(scope)))
    return mk("imp", mk("and", *own), nonzero(factor)) if own else nonzero(factor)
