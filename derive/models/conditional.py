"""Densities, conditional expectations, sub-σ-algebras and independence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from random import Random

from derive.kernel.sort import NAT, NUM, Sort
from derive.kernel.term import App
from derive.models.compilation import Code, Environment, arrow, builds, compiled
from derive.models.extended import Number, add, finite, mul, reciprocal
from derive.models.integrals import atoms, integral, key_at, measurable
from derive.models.model import Model
from derive.models.outcome import NoValue, Undecided
from derive.models.spaces import Key, Measure, Sigma, Value

Joint = dict[tuple[Key, ...], Number]
"""The weights of the values of several functions together."""
Determined = Callable[[Model, Environment, Value], Number | None]
"""A value where something determines it: None elsewhere."""


@builds("rn")
def _rn(term: App) -> Code:
    density, place = _density(term), compiled(term.args[2])
    domain = term.args[0].sort[1]

    def code(m: Model, e: Environment) -> Value:
        key = key_at(m, domain, place(m, e))
        found = density(m, e, key)
        return _version(m, ("rn", term.args[:2], key)) if found is None else found

    return code


def _density(term: App) -> Determined:
    """The density at a block that the denominator sees; None elsewhere."""
    left, right = map(compiled, term.args[:2])

    def density(m: Model, e: Environment, key: Value) -> Number | None:
        a, b = left(m, e)(key), right(m, e)(key)
        return mul((a, reciprocal(b))) if finite(a) and finite(b) and b != 0 else None

    return density


def _version(m: Model, key: tuple[Key, ...]) -> Number:
    """What a density or a conditional expectation is where nothing determines it."""
    if key not in m.null_values:
        m.null_values[key] = Random(len(m.null_values) + 7).choice(
            (0, 1, 3, Fraction(1, 2), -2) if key[0] == "cexp" else (0, 1, 3, Fraction(1, 2))
        )
    return m.null_values[key]


@builds("sigma")
def _sigma(term: App) -> Code:
    function = compiled(term.args[0])
    domain, target = arrow(term.args[0].sort)

    def code(m: Model, e: Environment) -> Value:
        space, f = m.space(domain), function(m, e)
        if space is None:
            raise Undecided("sigma")
        if not measurable(m, domain, target, f, False):
            if m.strict:
                raise NoValue("sigma")
            return Sigma(dict.fromkeys(space.points, 0))
        return Sigma({p: m.key(target, f(p)) for p in space.points})

    return code


@builds("cexp")
def _cexp(term: App) -> Code:
    mean, place, sigma = _mean(term), compiled(term.args[3]), compiled(term.args[2])

    def code(m: Model, e: Environment) -> Value:
        point = place(m, e)
        found = mean(m, e, point)
        if found is not None:
            return found
        return _version(m, ("cexp", term.args[:3], sigma(m, e).block[point]))

    return code


def _mean(term: App) -> Determined:
    """The mean of a function over the block of a point, if the block has mass; None elsewhere."""
    measure, function, sigma = map(compiled, term.args[:3])
    domain = term.args[1].sort[1]

    def mean(m: Model, e: Environment, point: Value) -> Number | None:
        mu, f, known = measure(m, e), function(m, e), sigma(m, e)
        if not measurable(m, domain, NUM, f, False):
            return None
        parts = [
            (f(p), w) for p, _, w in atoms(m, domain, mu) if known.block[p] == known.block[point]
        ]
        size = add(w for _, w in parts)
        if not finite(size) or size == 0:
            return None
        total = integral(parts)
        return None if total is None else mul((total, reciprocal(size)))

    return mean


DETERMINED: dict[str, Callable[[App], Determined]] = {"rn": _density, "cexp": _mean}


@builds("valued")
def _valued(term: App) -> Code:
    """Whether a density or a conditional expectation is determined where it stands."""
    version = term.args[0]
    if not (isinstance(version, App) and version.head in DETERMINED):
        return _undecided
    value, place = DETERMINED[version.head](version), compiled(version.args[-1])
    domain = version.args[-1].sort

    def code(m: Model, e: Environment) -> Value:
        point = place(m, e)
        where = key_at(m, domain, point) if version.head == "rn" else point
        return value(m, e, where) is not None

    return code


def _undecided(m: Model, e: Environment) -> Value:
    raise Undecided("valued")


@builds("gmeasurable")
def _gmeasurable(term: App) -> Code:
    sigma, function = map(compiled, term.args)
    target = term.args[1].sort[2]

    def code(m: Model, e: Environment) -> Value:
        known, f = sigma(m, e), function(m, e)
        seen: dict[Key, Key] = {}
        return all(
            seen.setdefault(known.block[p], m.key(target, f(p))) == m.key(target, f(p))
            for p in known.block
        )

    return code


@builds("subsig")
def _subsig(term: App) -> Code:
    left, right = map(compiled, term.args)

    def code(m: Model, e: Environment) -> Value:
        coarse, fine = left(m, e), right(m, e)
        seen: dict[Key, Key] = {}
        return all(
            seen.setdefault(fine.block[p], coarse.block[p]) == coarse.block[p] for p in fine.block
        )

    return code


def _joint(m: Model, domain: Sort, mu: Measure, keys: Sequence[Callable[[Value], Key]]) -> Joint:
    """The weights of the values of several functions together."""
    weights: Joint = {}
    for point, _, weight in atoms(m, domain, mu):
        key = tuple(k(point) for k in keys)
        weights[key] = add((weights.get(key, 0), weight))
    return weights


def _factors(joint: Joint, count: int) -> bool:
    """Whether joint weights are the products of their margins."""
    margins: list[dict[Key, Number]] = [{} for _ in range(count)]
    for key, weight in joint.items():
        for part, margin in zip(key, margins, strict=True):
            margin[part] = add((margin.get(part, 0), weight))
    keys: list[tuple[Key, ...]] = [()]
    for margin in margins:
        keys = [(*k, part) for k in keys for part in margin]
    return all(
        joint.get(k, 0) == mul(margin[part] for part, margin in zip(k, margins, strict=True))
        for k in keys
    )


@builds("indep")
def _indep(term: App) -> Code:
    measure, *functions = map(compiled, term.args)
    sorts = [a.sort for a in term.args[1:]]

    def code(m: Model, e: Environment) -> Value:
        values = [f(m, e) for f in functions]
        domain = sorts[0][1]
        for sort, f in zip(sorts, values, strict=True):
            if not measurable(m, domain, sort[2], f, False):
                return False
        keys = [lambda p, f=f, t=s[2]: m.key(t, f(p)) for f, s in zip(values, sorts, strict=True)]
        return _factors(_joint(m, domain, measure(m, e), keys), 2)

    return code


@builds("indep_sig")
def _indep_sig(term: App) -> Code:
    measure, *sigmas = map(compiled, term.args)
    domain = term.args[0].sort[1]

    def code(m: Model, e: Environment) -> Value:
        return _factors(
            _joint(m, domain, measure(m, e), [s(m, e).block.__getitem__ for s in sigmas]), 2
        )

    return code


@builds("iindep", "pindep")
def _iindep(term: App) -> Code:
    measure, function = map(compiled, term.args)
    domain, target = arrow(term.args[1].sort[2])
    pairwise = term.head == "pindep"

    def code(m: Model, e: Environment) -> Value:
        mu, sequence = measure(m, e), function(m, e)
        last = m.horizon + 3
        terms = [sequence(n) for n in range(1, last + 1)]
        if not all(measurable(m, domain, target, f, False) for f in terms):
            return False
        keys = [lambda p, f=f: m.key(target, f(p)) for f in terms]
        groups = [[a, b] for i, a in enumerate(keys) for b in keys[:i]] if pairwise else [keys]
        return all(_factors(_joint(m, domain, mu, group), len(group)) for group in groups)

    return code


@builds("bounded", "injective")
def _bounded(term: App) -> Code:
    function = compiled(term.args[0])
    domain, _ = arrow(term.args[0].sort)

    def code(m: Model, e: Environment) -> Value:
        space, f = m.space(domain), function(m, e)
        points = (
            space.points if space is not None else range(m.horizon + 4) if domain == NAT else None
        )
        if points is None:
            raise Undecided(term.head)
        values = [f(p) for p in points]
        return (
            all(map(finite, values)) if term.head == "bounded" else len(set(values)) == len(values)
        )

    return code
