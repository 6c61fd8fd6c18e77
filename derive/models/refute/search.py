"""Refutation: a model of the givens in which the two sides of a step differ.

Models are drawn smallest first, their number bounded by a count. What is found is made simpler,
written as data, read back from them and evaluated again: strictly, and with arbitrary values in
place of what has none. Whatever the evaluator cannot decide refutes nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from derive.kernel.term import Term
from derive.models.extended import INF
from derive.models.model import Model
from derive.models.outcome import Undecided
from derive.models.refute.answer import Example, Refutation, refutation
from derive.models.refute.candidates import models_of
from derive.models.refute.data import Data, objects_of, read_model
from derive.models.refute.difference import difference, lost
from derive.models.refute.draw import strict_model, total_model
from derive.models.refute.problem import Problem, holds
from derive.models.refute.simpler import shrunk
from derive.models.refute.text import model_entries, shown


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

    for tried, m in models_of(problem, seed, budget):
        if not false(m):
            continue
        try:
            found = refutation(problem, shrunk(problem, m, false), lifted, tried)
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
    for tried, m in models_of(problem, seed, budget, 0.15 if not problem.goals else 0.5):
        if wanted(m):
            small = shrunk(problem, m, wanted)
            try:
                objects = objects_of(problem, small)
                again = read_model(problem, objects, strict_model)
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
    strict = read_model(problem, objects, strict_model)
    try:
        found = difference(strict, lifted)
        if found is None or problem.first_false(strict) is not None:
            return None
        for number, junk in enumerate((0, 1, -2, INF)):
            m = read_model(problem, objects, lambda s, x, j=junk, n=number: total_model(s, x, j, n))
            if not all(holds(m, p) for p in problem.premises) or holds(m, lifted):
                return None
    except Undecided:
        return None
    return shown(strict, found.sort, found.left), shown(strict, found.sort, found.right)


def _valued(problem: Problem, m: Model) -> bool:
    """Whether the goal has a value in a model, as far as that is decided."""
    return problem.all_hold(m, problem.values[0]) is not False
