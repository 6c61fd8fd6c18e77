"""Models as data that can be read back, and as lines for a reader."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from typing import Any

from derive.kernel.sort import NAT, NUM, PROP, Sort
from derive.models.extended import INF, NEG, Number, add
from derive.models.model import Model
from derive.models.outcome import Undecided
from derive.models.reals import Real
from derive.models.refute_copies import Copies
from derive.models.spaces import Measure, Seq, Sigma, Space, Table, Value

Data = dict[str, object]
ELSE = "else"


# ---- data


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


# ---- text


def shown(m: Model, sort: Sort, value: Value) -> str:
    """A value for a reader: (1, -1) lists a function in the order of the points."""
    match value:
        case bool():
            return "true" if value else "false"
        case Measure():
            return _measure_text(m, sort, value)
        case Sigma():
            return "generated by " + ", ".join(
                _braces(block) for block in Space(value.block).blocks.values()
            )
        case Seq():
            return _listed(m, sort, value)
        case Copies():
            terms = ", ".join(shown(m, sort[2], v) for v in value.terms)
            return f"{terms}, then independent copies on a larger space"
        case Table():
            return _table_text(m, sort, value)
        case Real():
            return repr(value)
    return point_data(sort, value) if not callable(value) else "a function"


def _braces(points: Iterable[str]) -> str:
    inside = ", ".join(points)
    return "{" + inside + "}" if inside else "∅"


def _measure_text(m: Model, sort: Sort, value: Measure) -> str:
    space = m.space(sort[1])
    if space is not None and len(space.blocks) < len(space.points):
        masses = [
            f"{number_data(w)} on {_braces(space.blocks[k])}" for k, w in value.weights.items()
        ]
        return ", ".join(masses) or "0"
    if space is not None and not isinstance(sort[1], tuple):
        return "(" + ", ".join(number_data(value(k)) for k in space.blocks) + ")"
    parts = [
        f"{'' if w == 1 else number_data(w) + ' '}δ_{point_data(sort[1], k)}"
        for k, w in value.weights.items()
    ]
    return " + ".join(parts) or "0"


def _table_text(m: Model, sort: Sort, value: Table) -> str:
    if sort[2] == PROP and value.default is None:
        return _braces([point_data(sort[1], p) for p, v in value.values.items() if v])
    if value.default is None and not isinstance(sort[1], tuple):
        return "(" + ", ".join(shown(m, sort[2], v) for v in value.values.values()) + ")"
    entries = [(point_data(sort[1], p), shown(m, sort[2], v)) for p, v in value.values.items()]
    rest = "0" if value.default is None else shown(m, sort[2], value.default)
    if value.default is None and all(text != "0" for _, text in entries):
        return ", ".join(f"{text} at {p}" for p, text in entries)
    special = [f"{text} at {p}" for p, text in entries if text != rest]
    return ", ".join([*special, f"{rest} elsewhere"]) if special else f"{rest} everywhere"


def _listed(m: Model, sort: Sort, value: Seq) -> str:
    terms = [shown(m, sort[2], value(n)) for n in range(1, len(value.prefix) + len(value.cycle))]
    terms = terms or [shown(m, sort[2], value(1))]
    while len(terms) > 1 and terms[-1] == terms[-2]:
        terms.pop()
    if len(terms) == 1:
        return f"{terms[0]} for every n"
    return ", ".join([*terms[:-1], f"then {terms[-1]} for ever"])


def model_entries(m: Model, sorts: dict[str, Sort]) -> dict[str, str]:
    """The spaces and letters of a model with their texts, in reading order."""
    entries: dict[str, str] = {}
    said: set[str] = set()
    for name, space in m.spaces.items():
        text = _braces(space.points)
        if len(space.blocks) < len(space.points):
            text += ", σ-algebra generated by "
            text += ", ".join(_braces(b) for b in space.blocks.values())
        on = [k for k, sort in sorts.items() if sort == ("meas", name) and k in m.letters]
        if on:
            text += " with " + ", ".join(f"{k} = {shown(m, sorts[k], m.letters[k])}" for k in on)
            said.update(on)
        entries[name] = text
    rest = [k for k in m.letters if k not in said]
    rest.sort(key=lambda k: (_rank(sorts[k]), k))
    return entries | {k: shown(m, sorts[k], m.letters[k]) for k in rest}


def _rank(sort: Sort) -> int:
    if not isinstance(sort, tuple):
        return 3
    return {"meas": 0, "sig": 1}.get(sort[0], 2)


# ---- simplicity


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
