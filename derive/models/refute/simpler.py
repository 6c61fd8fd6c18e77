"""Simpler models: values one step simpler are tried as long as the model stays wanted."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

from derive.kernel.sort import NAT, NUM, PROP, Sort
from derive.models.extended import Number, add
from derive.models.model import Model
from derive.models.outcome import Undecided
from derive.models.reals import Real
from derive.models.refute.copies import Copies
from derive.models.refute.draw import strict_model
from derive.models.refute.problem import Problem
from derive.models.spaces import Measure, Seq, Table, Value

SHRINKS = 60
SHRINK_WORK = 150_000


def shrunk(problem: Problem, m: Model, wanted: Callable[[Model], bool]) -> Model:
    """The model with simpler values, as long as it stays one that is wanted."""
    left, changed = min(SHRINKS, SHRINK_WORK // problem.work), True
    while changed and left > 0:
        changed = False
        for name, sort in problem.sorts.items():
            for value in simpler(sort, m.letters[name]):
                if left <= 0:
                    break
                left -= 1
                other = strict_model(m.spaces, {**m.letters, name: value})
                if _is_model(problem, other) and wanted(other):
                    m, changed = other, True
                    break
    return m


def _is_model(problem: Problem, m: Model) -> bool:
    try:
        return problem.first_false(m) is None
    except Undecided:
        return False


def number_cost(value: Number) -> float:
    """How much a reader has to take in."""
    if isinstance(value, float):
        return 9
    if isinstance(value, Real):
        return 20
    simple = abs(value.numerator) + 2 * (value.denominator - 1)
    return simple + (0.5 if value < 0 else 0)


SIMPLER = (0, 1, 2, -1)


def simpler(sort: Sort, value: Value) -> list[Value]:
    """Values one step simpler, the simplest first; no function becomes constant."""
    if isinstance(value, bool) or sort == PROP:
        return []
    if sort == NUM:
        return [v for v in SIMPLER if number_cost(v) < number_cost(value)]
    if sort == NAT:
        return [v for v in (1, 2) if v < value]
    if isinstance(value, Table):
        return _simpler_tables(sort, value)
    if isinstance(value, Seq):
        return _simpler_sequences(sort, value)
    if isinstance(value, Copies):
        return _simpler_copies(sort, value)
    if isinstance(value, Measure):
        return _simpler_measures(value)
    return []


def _simpler_tables(sort: Sort, value: Table) -> list[Value]:
    out: list[Value] = []
    if value.default is not None and value.values:
        for place in value.values:
            out.append(Table({p: v for p, v in value.values.items() if p != place}, value.default))
    for place, old in value.values.items():
        out += [Table({**value.values, place: new}, value.default) for new in simpler(sort[2], old)]
    if value.default is not None:
        out += [Table(value.values, new) for new in simpler(sort[2], value.default)]
    if _varies(value):
        out = [t for t in out if _varies(t)]
    return out


def _varies(table: Table) -> bool:
    values = [*table.values.values(), *([] if table.default is None else [table.default])]
    return any(repr(a) != repr(b) for a, b in pairwise(values))


def _simpler_sequences(sort: Sort, value: Seq) -> list[Value]:
    out: list[Value] = []
    if len(value.prefix) > 1:
        out.append(Seq(value.prefix[:-1], value.cycle))
    for place in range(1, len(value.prefix)):
        for new in simpler(sort[2], value.prefix[place]):
            prefix = (*value.prefix[:place], new, *value.prefix[place + 1 :])
            out.append(Seq((prefix[1], *prefix[1:]), value.cycle))
    out += [Seq(value.prefix, (new,)) for new in simpler(sort[2], value.cycle[0])]
    return out


def _simpler_copies(sort: Sort, value: Copies) -> list[Value]:
    """One value of the terms replaced wherever it stands: their laws stay the same."""
    values = list(dict.fromkeys(v for t in value.terms for v in t.values.values()))
    out: list[Value] = []
    for old in values:
        for new in simpler(sort[2][2], old):
            if new not in values:
                terms = [
                    Table({p: new if v == old else v for p, v in t.values.items()})
                    for t in value.terms
                ]
                out.append(Copies(tuple(terms)))
    return out


def _simpler_measures(value: Measure) -> list[Value]:
    keys = list(value.weights)
    if add(value.weights.values()) == 1:
        even = Measure(dict.fromkeys(keys, Fraction(1, len(keys))))
        return [] if even == value else [even]
    return [
        Measure({**value.weights, k: new})
        for k in keys
        for new in (0, 1)
        if number_cost(new) < number_cost(value.weights[k])
    ]
