"""The value of propositions: every answer is exact or `Undecided`."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise

from derive.kernel.sort import NAT, NUM, Sort
from derive.kernel.term import App, Term
from derive.models.compilation import Code, Environment, builds, compiled, plain
from derive.models.extended import INF, NEG
from derive.models.model import Model
from derive.models.outcome import Stuck, Undecided
from derive.models.spaces import Function, Measure, Sigma, Value
from derive.models.tame import literals, slack, tame_index, tame_number

LONGEST = 4000
GRID = (NEG, -2, -1, Fraction(-1, 2), 0, Fraction(1, 2), 1, 2, INF)


@builds("true", "false")
def _constant(term: App) -> Code:
    value = term.head == "true"
    return lambda m, e: value


@builds("app")
def _app(term: App) -> Code:
    function, argument = map(compiled, term.args)
    return lambda m, e: function(m, e)(argument(m, e))


plain("not", of=lambda p: not p)
plain("pair", of=lambda x, y: (x, y))
plain("fst", of=lambda z: z[0])
plain("snd", of=lambda z: z[1])


def absorbed(absorbing: bool, answer: Function, cases: Iterable[Value]) -> bool:
    """Whether the answer of a case is `absorbing`; raises the first reason why that is not known.

    One absorbing answer decides, whatever the other cases are.
    """
    stuck = None
    for case in cases:
        try:
            if answer(case) == absorbing:
                return True
        except Stuck as reason:
            stuck = stuck or reason
    if stuck is not None:
        raise stuck
    return False


@builds("and", "or")
def _junction(term: App) -> Code:
    codes = [compiled(a) for a in term.args]
    absorbing = term.head == "or"

    def code(m: Model, e: Environment) -> Value:
        return absorbed(absorbing, lambda part: part(m, e), codes) == absorbing

    return code


@builds("imp")
def _imp(term: App) -> Code:
    guard, body = map(compiled, term.args)

    def code(m: Model, e: Environment) -> Value:
        try:
            if not guard(m, e):
                return True
        except Undecided:
            if body(m, e):
                return True
            raise
        return body(m, e)

    return code


@builds("eq")
def _eq(term: App) -> Code:
    left, right = map(compiled, term.args)

    def code(m: Model, e: Environment) -> Value:
        a, b = left(m, e), right(m, e)
        if callable(a) and not isinstance(a, (Measure, Sigma)):
            raise Undecided("equality of functions")
        return a == b

    return code


def members(m: Model, sort: Sort, function: Term, env: Environment) -> tuple[list[Value], bool]:
    """Points at which a function is to be tried, and whether they decide a quantifier."""
    space = m.space(sort)
    if space is not None:
        return list(space.points), True
    if sort == NAT:
        return list(range(last_index(m, function, env) + 2)), tame_index(function)
    if sort == NUM:
        return _numbers(m, function, env), tame_number(function)
    return [], False


def last_index(m: Model, function: Term, env: Environment) -> int:
    """From here on, the values of a tame function repeat with period 2."""
    outer = max((v for v in env if isinstance(v, int) and not isinstance(v, bool)), default=0)
    last = max(m.horizon, outer) + slack(function)
    if last > LONGEST:
        raise Undecided("too many indices")
    return last


def _numbers(m: Model, function: Term, env: Environment) -> list[Value]:
    known = {
        Fraction(n) for n in (*m.numbers, *literals(function)) if isinstance(n, (int, Fraction))
    }
    known.update(
        Fraction(v) for v in env if isinstance(v, (int, Fraction)) and not isinstance(v, bool)
    )
    known.add(Fraction(0))
    ordered = sorted(known)
    between = [(a + b) / 2 for a, b in pairwise(ordered)]
    return [0, *GRID[1:-1], *ordered, *between, ordered[0] - 1, ordered[-1] + 1, INF, NEG]


@builds("all", "ex")
def _quantifier(term: App) -> Code:
    (function,) = term.args
    sort = function.sort[1]
    body = compiled(function)
    absorbing = term.head == "ex"

    def code(m: Model, e: Environment) -> Value:
        points, exact = members(m, sort, function, e)
        if absorbed(absorbing, body(m, e), points):
            return absorbing
        if not exact:
            raise Undecided("quantifier")
        return not absorbing

    return code
