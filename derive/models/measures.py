"""Measures made from others, densities, conditional expectations, independence."""

from __future__ import annotations

from derive.kernel.sort import Sort
from derive.kernel.term import App
from derive.models.compilation import Code, Environment, arrow, builds, compiled
from derive.models.extended import Number, add, finite, mul, negative
from derive.models.integrals import atoms, key_at, measurable
from derive.models.model import Model
from derive.models.outcome import Undecided
from derive.models.spaces import Function, Key, Measure, Value
from derive.models.tame import definable


def _pushed(m: Model, domain: Sort, target: Sort, function: Function, mu: Measure) -> Measure:
    weights: dict[Key, Number] = {}
    for point, _, weight in atoms(m, domain, mu):
        key = m.key(target, function(point))
        weights[key] = add((weights.get(key, 0), weight))
    return Measure(weights)


@builds("push", "law")
def _push(term: App) -> Code:
    function, measure = term.args if term.head == "push" else term.args[::-1]
    domain, target = arrow(function.sort)
    named = definable(function)
    apply, weights = compiled(function), compiled(measure)

    def code(m: Model, e: Environment) -> Value:
        f = apply(m, e)
        if not measurable(m, domain, target, f, named):
            return m.missing_measure(term.head)
        return _pushed(m, domain, target, f, weights(m, e))

    return code


@builds("dens", "restrict")
def _dens(term: App) -> Code:
    function, measure = term.args if term.head == "dens" else term.args[::-1]
    domain, target = arrow(function.sort)
    named, restricts = definable(function), term.head == "restrict"
    apply, weights = compiled(function), compiled(measure)

    def code(m: Model, e: Environment) -> Value:
        f, mu = apply(m, e), weights(m, e)
        if not measurable(m, domain, target, f, named):
            return m.missing_measure(term.head)
        found = {}
        for point, _, weight in atoms(m, domain, mu):
            factor = (1 if f(point) else 0) if restricts else f(point)
            if factor < 0:
                return m.missing_measure(term.head)
            found[key_at(m, domain, point)] = mul((factor, weight))
        return Measure(found)

    return code


@builds("dirac")
def _dirac(term: App) -> Code:
    point = compiled(term.args[0])
    sort = term.args[0].sort
    return lambda m, e: Measure({m.key(sort, point(m, e)): 1})


@builds("mscale")
def _mscale(term: App) -> Code:
    factor, measure = map(compiled, term.args)

    def code(m: Model, e: Environment) -> Value:
        c, mu = factor(m, e), measure(m, e)
        return (
            m.missing_measure("mscale")
            if c < 0
            else Measure({k: mul((c, w)) for k, w in mu.weights.items()})
        )

    return code


@builds("madd")
def _madd(term: App) -> Code:
    codes = [compiled(a) for a in term.args]

    def code(m: Model, e: Environment) -> Value:
        weights: dict[Key, Number] = {}
        for c in codes:
            for key, weight in c(m, e).weights.items():
                weights[key] = add((weights.get(key, 0), weight))
        return Measure(weights)

    return code


@builds("pmeas")
def _pmeas(term: App) -> Code:
    left, right = map(compiled, term.args)

    def code(m: Model, e: Environment) -> Value:
        mu, nu = left(m, e), right(m, e)
        if not all(map(finite, (*mu.weights.values(), *nu.weights.values()))):
            return m.missing_measure("pmeas")
        return Measure(
            {(x, y): mul((a, b)) for x, a in mu.weights.items() for y, b in nu.weights.items()}
        )

    return code


@builds("count")
def _count(term: App) -> Code:
    members = compiled(term.args[0])
    sort = term.args[0].sort[1]

    def code(m: Model, e: Environment) -> Value:
        space, inside = m.space(sort), members(m, e)
        if space is None:
            raise Undecided("counting measure")
        return Measure(
            {key: sum(1 for p in block if inside(p)) for key, block in space.blocks.items()}
        )

    return code


@builds("Bernoulli", "Binomial")
def _binomial(term: App) -> Code:
    codes = [compiled(a) for a in term.args]

    def code(m: Model, e: Environment) -> Value:
        *trials, p = [c(m, e) for c in codes]
        n = trials[0] if trials else 1
        if not (finite(p) and 0 <= p <= 1) or n > 12:
            return m.missing_measure(term.head)
        failure = add((1, negative(p)))
        weights: list[Number] = [1]
        for _ in range(n):
            weights = [
                add((mul((a, failure)), mul((b, p))))
                for a, b in zip([*weights, 0], [0, *weights], strict=True)
            ]
        return Measure(dict(enumerate(weights)))

    return code
