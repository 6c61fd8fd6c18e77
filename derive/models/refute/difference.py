"""Where a goal is false in a strict model, and whether it has a value there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from derive.kernel.sort import NAT, NUM, PROP, Sort
from derive.kernel.term import App, Lam, Term
from derive.models.compilation import Environment, compiled
from derive.models.extended import finite
from derive.models.integrals import atoms
from derive.models.logic import members
from derive.models.model import Model
from derive.models.outcome import NoValue, Stuck, Undecided
from derive.models.refute.problem import Problem
from derive.models.spaces import Value


@dataclass(frozen=True)
class Difference:
    """Where a goal is false: (sort, value) of the variables chosen, and the two values."""

    points: tuple[tuple[Sort, Value], ...]
    left: Value
    right: Value
    sort: Sort
    relation: str = ""


def difference(m: Model, goal: Term) -> Difference | None:
    """A place at which the goal is false in a strict model, both sides having values."""
    try:
        return next(_differences(m, goal, (), ()), None)
    except Stuck:
        return None


def _differences(
    m: Model, term: Term, e: Environment, points: tuple[tuple[Sort, Value], ...]
) -> Iterator[Difference]:
    match term:
        case App(head="all", args=(Lam(domain=domain, body=body) as function,)):
            for point in members(m, domain, function, e)[0]:
                yield from _differences(m, body, (point, *e), (*points, (domain, point)))
        case App(head="ae", args=(measure, Lam(domain=domain, body=body))):
            for _, block, _ in atoms(m, domain, compiled(measure)(m, e)):
                for point in block:
                    yield from _differences(m, body, (point, *e), (*points, (domain, point)))
        case App(head="imp", args=(guard, body)):
            if _strict(m, guard, e) is True:
                for found in _differences(m, body, e, points):
                    inside = not found.relation and points and points[-1][0] != NAT
                    yield Difference(points, True, False, PROP, "⊆") if inside else found
        case App(head="and", args=parts):
            for part in parts:
                yield from _differences(m, part, e, points)
        case App(head="eq", args=(left, right)):
            yield from _sides(m, term, e, points, left, right, "=")
        case App(head="le", args=(left, right)):
            yield from _sides(m, term, e, points, left, right, "≤")
        case App(head="not", args=(App(head="le", args=(right, left)),)):
            yield from _sides(m, term, e, points, left, right, "<")
        case App(head="not", args=(App(head="eq", args=(left, right)),)):
            yield from _sides(m, term, e, points, left, right, "≠")
        case _:
            if _strict(m, term, e) is False:
                yield Difference(points, False, True, PROP)


def _strict(m: Model, term: Term, e: Environment) -> Value:
    """A value, or None if there is none or it is not known."""
    try:
        return compiled(term)(m, e)
    except Stuck:
        return None


def _sides(
    m: Model,
    term: Term,
    e: Environment,
    points: tuple[tuple[Sort, Value], ...],
    left: Term,
    right: Term,
    relation: str,
) -> Iterator[Difference]:
    if _strict(m, term, e) is not False:
        return
    a, b = _strict(m, left, e), _strict(m, right, e)
    if a is not None and b is not None:
        yield Difference(points, a, b, left.sort, relation)


def lost(m: Model, problem: Problem) -> int | None:
    """The place of a goal that has no value in a strict model."""
    for place, goal in enumerate(problem.goals):
        false = problem.all_hold(m, problem.values[place]) is False
        if (false or problem.open[place]) and _stuck(m, goal):
            return place
    return None


def _stuck(m: Model, goal: Term) -> bool:
    """Whether evaluating a term, at every point of its binders, meets a missing value."""
    try:
        _visit(m, goal, ())
    except NoValue:
        return True
    except Undecided:
        return False
    return False


def _visit(m: Model, term: Term, e: Environment) -> None:
    match term:
        case App(head="all", args=(Lam(domain=domain, body=body) as function,)):
            for point in members(m, domain, function, e)[0]:
                if domain not in (NUM, NAT) or finite(point):
                    _visit(m, body, (point, *e))
        case App(head="ae", args=(measure, Lam(domain=domain, body=body))):
            for _, block, _ in atoms(m, domain, compiled(measure)(m, e)):
                for point in block:
                    _visit(m, body, (point, *e))
        case App(head="imp", args=(guard, body)):
            if compiled(guard)(m, e):
                _visit(m, body, e)
        case App(head="and", args=parts):
            for part in parts:
                _visit(m, part, e)
        case Lam(domain=domain, body=body):
            for point in members(m, domain, term, e)[0]:
                _visit(m, body, (point, *e))
        case _:
            compiled(term)(m, e)
