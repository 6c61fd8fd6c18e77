"""Masses, integrals, measurability, almost everywhere: over finite spaces and point masses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from derive.kernel.sort import NAT, NUM, PROP, Sort
from derive.kernel.term import App
from derive.models.compilation import Builder, Code, Environment, arrow, builds, compiled
from derive.models.extended import INF, Number, add, finite, mul, negative
from derive.models.model import Model
from derive.models.outcome import Undecided
from derive.models.spaces import Function, Key, Measure, Value
from derive.models.tame import definable


@contextmanager
def total(m: Model) -> Iterator[None]:
    """Evaluate totally for a while: measurability asks nothing of values."""
    strict, m.strict = m.strict, False
    try:
        yield
    finally:
        m.strict = strict


def measurable(m: Model, domain: Sort, target: Sort, function: Function, named: bool) -> bool:
    """Whether a function is measurable; `named`: on ℝ, its term defines a Borel function."""
    if domain == NAT or (target in m.spaces and len(m.spaces[target].blocks) == 1):
        return True
    space = m.space(domain)
    if space is None:
        if domain == NUM and named:
            return True
        raise Undecided("measurable")
    with total(m):
        if all(len(block) == 1 for block in space.blocks.values()):
            return True
        for block in space.blocks.values():
            if len(block) > 1:
                first = m.key(target, function(block[0]))
                if any(m.key(target, function(p)) != first for p in block[1:]):
                    return False
    return True


def atoms(m: Model, domain: Sort, measure: Measure) -> list[tuple[Value, list[Value], Number]]:
    """(a point, its block, its weight) for each block of positive weight."""
    space = m.space(domain)
    if space is None:
        return [(point, [point], weight) for point, weight in measure.weights.items()]
    return [
        (block[0], block, measure(key)) for key, block in space.blocks.items() if measure(key) != 0
    ]


def integral(pairs: list[tuple[Number, Number]]) -> Number | None:
    """The sum of value · weight, or None for ∞ - ∞."""
    up = add(mul(pair) for pair in pairs if pair[0] > 0)
    down = add(mul((negative(v), w)) for v, w in pairs if v < 0)
    return None if up == INF and down == INF else add((up, negative(down)))


def integrate(
    m: Model, domain: Sort, measure: Measure, function: Function, named: bool
) -> Number | None:
    """∫ function d measure, or None if it has none."""
    if not measurable(m, domain, NUM, function, named):
        return None
    m.inside += 1
    try:
        if m.strict:
            for _, block, _ in atoms(m, domain, measure):
                for point in block:
                    function(point)
        return integral(
            [(function(point), weight) for point, _, weight in atoms(m, domain, measure)]
        )
    finally:
        m.inside -= 1


@builds("int", "has_integral", "integrable")
def _integral(term: App) -> Code:
    measure, function = map(compiled, term.args)
    domain, named, head = term.args[1].sort[1], definable(term.args[1]), term.head

    def code(m: Model, e: Environment) -> Value:
        found = integrate(m, domain, measure(m, e), function(m, e), named)
        if head == "int":
            return m.missing("int") if found is None else found
        return found is not None and (head == "has_integral" or finite(found))

    return code


@builds("mass")
def _mass(term: App) -> Code:
    measure, members = map(compiled, term.args)
    domain, named = term.args[1].sort[1], definable(term.args[1])

    def code(m: Model, e: Environment) -> Value:
        mu, inside = measure(m, e), members(m, e)
        if not measurable(m, domain, PROP, inside, named):
            return m.missing("mass")
        if m.strict:
            for _, block, _ in atoms(m, domain, mu):
                for point in block:
                    inside(point)
        return add(weight for point, _, weight in atoms(m, domain, mu) if inside(point))

    return code


@builds("measurable", "mset")
def _measurable(term: App) -> Code:
    function = compiled(term.args[0])
    domain, target = arrow(term.args[0].sort)
    named = definable(term.args[0])

    def code(m: Model, e: Environment) -> Value:
        with total(m):
            return measurable(m, domain, target, function(m, e), named)

    return code


@builds("ae")
def _ae(term: App) -> Code:
    measure, members = map(compiled, term.args)
    domain = term.args[1].sort[1]

    def code(m: Model, e: Environment) -> Value:
        inside = members(m, e)
        return every(inside(p) for _, block, _ in atoms(m, domain, measure(m, e)) for p in block)

    return code


def every(answers: Iterator[bool]) -> bool:
    """Whether all are true."""
    return all(answers)


def _weights(of: Callable[[Model, Sort, Measure], bool]) -> Builder:
    def builder(term: App) -> Code:
        measure = compiled(term.args[0])
        space = term.args[0].sort[1]
        return lambda m, e: of(m, space, measure(m, e))

    return builder


builds("finite_measure")(_weights(lambda m, s, mu: all(map(finite, mu.weights.values()))))
builds("sigma_finite")(_weights(lambda m, s, mu: all(map(finite, mu.weights.values()))))
builds("probability")(_weights(lambda m, s, mu: add(mu.weights.values()) == 1))


@builds("ac")
def _ac(term: App) -> Code:
    left, right = map(compiled, term.args)

    def code(m: Model, e: Environment) -> Value:
        dominating = right(m, e)
        return all(dominating(key) != 0 for key in left(m, e).weights)

    return code


def key_at(m: Model, domain: Sort, point: Value) -> Key:
    """The block of a point, itself on ℝ and ℕ."""
    space = m.space(domain)
    return point if space is None else space.block[point]
