"""Models as data that can be read back."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from derive.kernel.sort import NAT, NUM, PROP, Sort
from derive.models.extended import INF, NEG, Number
from derive.models.model import Model
from derive.models.outcome import Undecided
from derive.models.reals import Real
from derive.models.refute.copies import Copies
from derive.models.refute.problem import Problem
from derive.models.spaces import Measure, Seq, Sigma, Space, Table, Value

Data = dict[str, object]
ELSE = "else"


def number_data(value: Number) -> str:
    """A number as text that reads back."""
    if isinstance(value, Real):
        raise Undecided("a number without a finite form")
    return ("∞" if value > 0 else "-∞") if isinstance(value, float) else str(value)


def number_from(text: str) -> Number:
    """The number of a text."""
    if text in ("∞", "-∞"):
        return INF if text == "∞" else NEG
    value = Fraction(text)
    return value.numerator if value.denominator == 1 else value


def space_data(space: Space) -> Data:
    """A space: its points, and the atoms of its σ-algebra."""
    return {"points": list(space.points), "atoms": [list(b) for b in space.blocks.values()]}


def space_from(data: Any) -> Space:
    """The space of its data."""
    return Space({p: block[0] for block in data["atoms"] for p in block})


def point_data(sort: Sort, value: Value) -> str:
    """A point as text."""
    if isinstance(sort, tuple) and sort[0] == "prod":
        return f"({point_data(sort[1], value[0])}, {point_data(sort[2], value[1])})"
    return number_data(value) if sort in (NUM, NAT) else str(value)


def point_from(sort: Sort, text: str) -> Value:
    """The point of a text."""
    if isinstance(sort, tuple) and sort[0] == "prod":
        depth = 0
        for place, sign in enumerate(text):
            depth += (sign == "(") - (sign == ")")
            if sign == "," and depth == 1:
                left, right = text[1:place], text[place + 2 : -1]
                return point_from(sort[1], left), point_from(sort[2], right)
    return number_from(text) if sort in (NUM, NAT) else text


def as_data(sort: Sort, value: Value) -> object:
    """A value as JSON-able data."""
    match value:
        case Measure():
            return {point_data(sort[1], k): number_data(w) for k, w in value.weights.items()}
        case Sigma():
            return [list(block) for block in Space(value.block).blocks.values()]
        case Seq():
            first = [as_data(sort[2], v) for v in value.prefix]
            return {"first": first, "then": [as_data(sort[2], v) for v in value.cycle]}
        case Copies():
            return {"copies": [as_data(sort[2], v) for v in value.terms]}
        case Table():
            return _table_data(sort, value)
    return value if sort in (PROP, NAT) else point_data(sort, value)


def _table_data(sort: Sort, value: Table) -> object:
    if sort[2] == PROP and value.default is None:
        return [point_data(sort[1], p) for p, v in value.values.items() if v]
    data = {point_data(sort[1], p): as_data(sort[2], v) for p, v in value.values.items()}
    return data if value.default is None else {**data, ELSE: as_data(sort[2], value.default)}


def from_data(m: Model, sort: Sort, data: Any) -> Value:
    """The value that data describe."""
    if sort in (PROP, NAT):
        return data
    if not isinstance(sort, tuple) or sort[0] == "prod":
        return point_from(sort, data)
    if sort[0] == "meas":
        return Measure({_key(m, sort[1], k): number_from(w) for k, w in data.items()})
    if sort[0] == "sig":
        return Sigma({p: block[0] for block in data for p in block})
    if sort[1] == NAT and "copies" in data:
        return Copies(tuple(from_data(m, sort[2], v) for v in data["copies"]))
    if sort[1] == NAT:
        parts = [tuple(from_data(m, sort[2], v) for v in data[k]) for k in ("first", "then")]
        return Seq(*parts)
    if isinstance(data, list):
        space, inside = m.space(sort[1]), {point_from(sort[1], p) for p in data}
        assert space is not None
        return Table({p: p in inside for p in space.points})
    default = from_data(m, sort[2], data[ELSE]) if ELSE in data else None
    values = {k: v for k, v in data.items() if k != ELSE}
    return Table(
        {point_from(sort[1], k): from_data(m, sort[2], v) for k, v in values.items()}, default
    )


def _key(m: Model, sort: Sort, text: str) -> Value:
    return m.key(sort, point_from(sort, text)) if m.space(sort) is None else point_from(sort, text)


def objects_of(problem: Problem, m: Model) -> Data:
    """The spaces and letters of a model as data."""
    data: Data = {name: space_data(space) for name, space in m.spaces.items()}
    return data | {k: as_data(s, m.letters[k]) for k, s in problem.sorts.items()}


def read_model(problem: Problem, objects: Data, make: Callable[..., Model]) -> Model:
    """The model that data describe, as `make` makes it from spaces and letters."""
    spaces = {name: space_from(objects[name]) for name in problem.spaces}
    m = make(spaces, {})
    for name, sort in problem.sorts.items():
        m.letters[name] = from_data(m, sort, objects[name])
    return m
