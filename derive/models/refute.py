"""Refutation: a model of the givens in which the two sides of a step differ.

Models are drawn smallest first, their number bounded by a count. What is found is made simpler,
written as data, read back from them and evaluated again: strictly, and with arbitrary values in
place of what has none. Whatever the evaluator cannot decide refutes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from random import Random

from derive.kernel.sort import NAT, NUM, PROP, Sort
from derive.kernel.term import App, Lam, Term
from derive.models.definitions import definition, set_as_defined
from derive.models.extended import INF
from derive.models.model import Model
from derive.models.outcome import Undecided
from derive.models.refute_check import Difference, Problem, difference, holds, lost
from derive.models.refute_draw import Draw, alphabets, strict_model, total_model
from derive.models.refute_text import (
    Data,
    as_data,
    from_data,
    model_entries,
    shown,
    simpler,
    space_data,
    space_from,
)
from derive.models.wishes import wishes_of

ROUNDS = 12
SHRINKS = 60
GIVE_UP = 30
WORK = 2_000  # symbols to be evaluated, for each model of the budget
SHRINK_WORK = 150_000
FEWEST = 24
Shares = tuple[tuple[int, int], ...]
SHARES: Shares = ((1, 25), (2, 45), (3, 20), (4, 10))
INDEPENDENT_SHARES: Shares = ((1, 10), (2, 30), (3, 20), (4, 40))
COPIES_SHARES: Shares = ((1, 10), (4, 90))
INDEPENDENCE = frozenset(("indep", "iindep", "pindep", "indep_sig"))


@dataclass(frozen=True)
class Refutation:
    """A model of the givens and the values of both sides in it, in the user's names."""

    objects: Data
    left: str
    right: str
    entries: dict[str, str] = field(repr=False)
    relation: str = ""
    tried: int = 0

    @property
    def text(self) -> str:
        """A few lines for a reader."""
        return "\n".join([*(f"{k} = {v}" for k, v in self.entries.items()), self._sides()])

    def _sides(self) -> str:
        if self.relation == "⊆":
            return "the point lies in the left side and not in the right side"
        if not self.relation:
            return "the statement is false"
        return f"left {self.left}, right {self.right}"

    def json(self) -> dict[str, object]:
        """What the printers of reports show."""
        return {**self.entries, "left": self.left, "right": self.right}


@dataclass(frozen=True)
class Example:
    """A model of the givens; `place`: which of the terms has no value in it."""

    objects: Data
    entries: dict[str, str] = field(repr=False)
    place: int = 0
    tried: int = 0

    @property
    def text(self) -> str:
        """A few lines for a reader."""
        return "\n".join(f"{k} = {v}" for k, v in self.entries.items())

    def json(self) -> dict[str, object]:
        """What the printers of reports show."""
        return dict(self.entries)


def refute(
    hypotheses: list[Term], goal: Term, seed: int = 0, budget: int = 150
) -> Refutation | None:
    """The first model found of the givens in which the goal is false with both sides valued."""
    problem = Problem(hypotheses, (goal,))
    if not problem.known:
        return None
    (lifted,) = problem.goals

    def false(m: Model) -> bool:
        return difference(m, lifted) is not None and _valued(problem, m)

    for tried, m in _models(problem, seed, budget):
        if not false(m):
            continue
        try:
            found = _written(problem, _shrunk(problem, m, false), lifted, tried)
        except Undecided:
            continue
        if found is not None and recheck(hypotheses, goal, found.objects) is not None:
            return found
    return None


def no_value(
    hypotheses: list[Term], *terms: Term, seed: int = 0, budget: int = 150
) -> Example | None:
    """A model of the givens in which one of the terms (or sides of propositions) has no value."""
    problem = Problem(hypotheses, terms)
    if not problem.known:
        return None

    def without(m: Model) -> bool:
        return lost(m, problem) is not None

    return _example(problem, seed, budget, without)


def example_of(hypotheses: list[Term], seed: int = 0, budget: int = 150) -> Example | None:
    """A model of the givens."""
    problem = Problem(hypotheses, ())
    return _example(problem, seed, budget, lambda m: True) if problem.known else None


def _example(
    problem: Problem, seed: int, budget: int, wanted: Callable[[Model], bool]
) -> Example | None:
    for tried, m in _models(problem, seed, budget, 0.15 if not problem.goals else 0.5):
        if wanted(m):
            small = _shrunk(problem, m, wanted)
            try:
                objects = _objects(problem, small)
                again = _read(problem, objects, strict_model)
                if problem.first_false(again) is None and wanted(again):
                    place = lost(again, problem) or 0
                    return Example(objects, model_entries(small, problem.sorts), place, tried)
            except Undecided:
                continue
    return None


def recheck(hypotheses: list[Term], goal: Term, objects: Data) -> tuple[str, str] | None:
    """The values of the two sides in the model that data describe, if it refutes the goal."""
    problem = Problem(hypotheses, (goal,))
    (lifted,) = problem.goals
    strict = _read(problem, objects, strict_model)
    try:
        found = difference(strict, lifted)
        if found is None or problem.first_false(strict) is not None:
            return None
        for number, junk in enumerate((0, 1, -2, INF)):
            m = _read(problem, objects, lambda s, x, j=junk, n=number: total_model(s, x, j, n))
            if not all(holds(m, p) for p in problem.premises) or holds(m, lifted):
                return None
    except Undecided:
        return None
    return shown(strict, found.sort, found.left), shown(strict, found.sort, found.right)


def _valued(problem: Problem, m: Model) -> bool:
    """Whether the goal has a value in a model, as far as that is decided."""
    return problem.all_hold(m, problem.values[0]) is not False


# ---- the search


def _sizes(budget: int, shares: Shares) -> Iterator[int]:
    """The number of points for each model: small ones first."""
    for size, share in shares:
        for _ in range(max(1, budget * share // 100)):
            yield size


def _models(
    problem: Problem, seed: int, budget: int, coarse: float = 0.15
) -> Iterator[tuple[int, Model]]:
    """(how many were tried, a strict model of the givens), smallest first."""
    random = Random(seed)
    wishes = wishes_of(problem.premises)
    names = alphabets(problem.spaces, set(problem.sorts))
    definitions = [definition(p) for p in problem.premises]
    shares: Shares = SHARES
    if any(map(_independent, problem.premises)):
        shares = COPIES_SHARES if problem.copies else INDEPENDENT_SHARES
    unknown = 0
    count = min(budget, max(FEWEST, WORK * budget // problem.work))
    for tried, size in enumerate(_sizes(count, shares), start=1):
        draw = Draw(random, wishes, problem.sorts, size, coarse)
        draw.copies = problem.copies
        try:
            m = _drawn(problem, draw, names, definitions)
        except Undecided:
            unknown += 1
            if unknown == tried == GIVE_UP:
                return
            continue
        if m is not None:
            yield tried, m


@cache
def _independent(term: Term) -> bool:
    if isinstance(term, Lam):
        return _independent(term.body)
    return isinstance(term, App) and (
        term.head in INDEPENDENCE or any(map(_independent, term.args))
    )


def _drawn(
    problem: Problem, draw: Draw, names: dict[str, str], definitions: list[tuple[str, Term] | None]
) -> Model | None:
    """A random model, mended where a premise is false."""
    spaces = {s: draw.space(names[s], i == 0) for i, s in enumerate(problem.spaces)}
    m = strict_model(spaces, {})
    for name in sorted(problem.sorts, key=lambda k: isinstance(problem.sorts[k], tuple)):
        m.letters[name] = draw.value(m, name, problem.sorts[name])
    for _ in range(ROUNDS):
        bad = problem.first_false(m)
        if bad is None:
            return m
        if not problem.letters[bad]:
            return None
        if not (draw.chance(0.7) and set_as_defined(m, problem.sorts, definitions[bad])):
            name = draw.random.choice(problem.letters[bad])
            m.letters[name] = draw.value(m, name, problem.sorts[name])
        m.vary()
    return None


def _shrunk(problem: Problem, m: Model, wanted: Callable[[Model], bool]) -> Model:
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


# ---- writing it down


def _objects(problem: Problem, m: Model) -> Data:
    data: Data = {name: space_data(space) for name, space in m.spaces.items()}
    return data | {k: as_data(s, m.letters[k]) for k, s in problem.sorts.items()}


def _read(problem: Problem, objects: Data, make: Callable[..., Model]) -> Model:
    spaces = {name: space_from(objects[name]) for name in problem.spaces}
    m = make(spaces, {})
    for name, sort in problem.sorts.items():
        m.letters[name] = from_data(m, sort, objects[name])
    return m


def _written(problem: Problem, m: Model, goal: Term, tried: int) -> Refutation | None:
    found = difference(m, goal)
    if found is None:
        return None
    entries = model_entries(m, problem.sorts)
    entries |= _places(m, found, set(problem.sorts) | set(m.spaces))
    left, right = (shown(m, found.sort, v) for v in (found.left, found.right))
    return Refutation(_objects(problem, m), left, right, entries, found.relation, tried)


def _places(m: Model, found: Difference, taken: set[str]) -> dict[str, str]:
    """Names for the variables at whose values the sides differ."""
    out: dict[str, str] = {}
    for sort, value in found.points:
        name = next(n for n in _names(sort) if n not in taken)
        taken.add(name)
        out[name] = shown(m, sort, value)
    return out


def _names(sort: Sort) -> Iterator[str]:
    first = {NAT: "nmkij", NUM: "xtsuy", "Ω": "ωxz", PROP: "φ"}.get(str(sort), "xyzuv")
    yield from first
    number = 1
    while True:
        yield f"{first[0]}_{number}"
        number += 1


__all__ = ["Example", "Refutation", "example_of", "no_value", "recheck", "refute"]
