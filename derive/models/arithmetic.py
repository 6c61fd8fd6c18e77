"""The value of numbers: sums, products, elementary functions, and comparisons."""

from __future__ import annotations

from collections.abc import Callable
from math import factorial, prod

from derive.kernel.term import App, Num
from derive.kernel.value import obligations
from derive.models.compilation import Code, Environment, builds, compiled, plain
from derive.models.extended import (
    INF,
    NEG,
    Number,
    absolute,
    add,
    exponential,
    finite,
    logarithm,
    mul,
    power,
    real_power,
    reciprocal,
    root,
)
from derive.models.model import Model
from derive.models.outcome import NoValue, Undecided
from derive.models.spaces import Value


@builds("add")
def _add(term: App) -> Code:
    codes = [compiled(a) for a in term.args]

    def code(m: Model, e: Environment) -> Value:
        values = [c(m, e) for c in codes]
        if m.strict and INF in values and NEG in values:
            raise NoValue("add")
        return add(values)

    return code


@builds("mul")
def _mul(term: App) -> Code:
    codes = [compiled(a) for a in term.args]
    free = [not (isinstance(a, Num) and a.value != 0) for a in term.args]
    delicate = any(map(obligations, term.args))  # then a zero excuses the other factors (S8)

    def code(m: Model, e: Environment) -> Value:
        if not m.strict:
            return mul([c(m, e) for c in codes])
        values, lost = [], None
        for c in codes:
            try:
                values.append(c(m, e))
            except NoValue as reason:
                values.append(None)
                lost = reason
        known = [v for v in values if v is not None]
        if m.inside and delicate and 0 in known:
            return 0
        if lost is not None:
            raise lost
        rest = [v for v, f in zip(values, free, strict=True) if f]
        if len(rest) > 1 and not all(map(finite, rest)) and not all(v >= 0 for v in rest):
            raise NoValue("mul")
        return mul(values)

    return code


def _partial(head: str, inside: Callable[..., bool], of: Callable[..., Number]) -> None:
    def builder(term: App) -> Code:
        codes = [compiled(a) for a in term.args]

        def code(m: Model, e: Environment) -> Value:
            values = [c(m, e) for c in codes]
            return of(*values) if inside(*values) else m.missing(head)

        return code

    builds(head)(builder)


def _only_at(head: str, place: int, value: int) -> None:
    def of(argument: Number) -> Number:
        if argument == place:
            return value
        raise Undecided(head)

    _partial(head, finite, of)


_partial("inv", lambda x: finite(x) and x != 0, reciprocal)
_partial("pow", lambda x, k: x != NEG, power)
_partial("rpow", lambda x, y: finite(x) and finite(y) and x > 0, real_power)
_partial("sqrt", lambda x: x >= 0, root)
_partial("log", lambda x: x > 0, logarithm)
_only_at("sin", 0, 0)
_only_at("cos", 0, 1)
_only_at("tan", 0, 0)
_only_at("arctan", 0, 0)
plain("exp", of=exponential)
plain("abs", of=absolute)
plain("ofnat", of=lambda n: n)
plain("fin", of=finite)
plain("le", of=lambda a, b: a <= b)


@builds("inf")
def _inf(term: App) -> Code:
    return lambda m, e: INF


@builds("max", "min")
def _extremum(term: App) -> Code:
    codes = [compiled(a) for a in term.args]
    best = max if term.head == "max" else min
    return lambda m, e: best([c(m, e) for c in codes])


@builds("nadd")
def _nadd(term: App) -> Code:
    codes = [compiled(a) for a in term.args]
    return lambda m, e: sum(c(m, e) for c in codes)


@builds("nmul")
def _nmul(term: App) -> Code:
    codes = [compiled(a) for a in term.args]

    return lambda m, e: prod(c(m, e) for c in codes)


@builds("nfact")
def _nfact(term: App) -> Code:
    argument = compiled(term.args[0])

    def code(m: Model, e: Environment) -> Value:
        top = argument(m, e)
        if top > 30:
            raise Undecided("nfact")
        return factorial(top)

    return code


@builds("iv")
def _iv(term: App) -> Code:
    condition = compiled(term.args[0])
    return lambda m, e: 1 if condition(m, e) else 0
