"""Random models of the givens, smallest first; their number is bounded by a count."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from random import Random

from derive.kernel.term import App, Lam, Term
from derive.models.mend import mended
from derive.models.model import Model
from derive.models.outcome import Undecided
from derive.models.refute.draw import Draw, alphabets, strict_model
from derive.models.refute.problem import Problem
from derive.models.wishes import wishes_of

GIVE_UP = 30
WORK = 2_000  # symbols to be evaluated, for each model of the budget
FEWEST = 24
Shares = tuple[tuple[int, int], ...]
SHARES: Shares = ((1, 25), (2, 45), (3, 20), (4, 10))
INDEPENDENT_SHARES: Shares = ((1, 10), (2, 30), (3, 20), (4, 40))
COPIES_SHARES: Shares = ((1, 10), (4, 90))
INDEPENDENCE = frozenset(("indep", "iindep", "pindep", "indep_sig"))


def _sizes(budget: int, shares: Shares) -> Iterator[int]:
    """The number of points for each model: small ones first."""
    for size, share in shares:
        for _ in range(max(1, budget * share // 100)):
            yield size


def models_of(
    problem: Problem, seed: int, budget: int, coarse: float = 0.15
) -> Iterator[tuple[int, Model]]:
    """(how many were tried, a strict model of the givens), smallest first."""
    random = Random(seed)
    wishes = wishes_of(problem.premises)
    names = alphabets(problem.spaces, set(problem.sorts))
    shares: Shares = SHARES
    if any(map(_independent, problem.premises)):
        shares = COPIES_SHARES if problem.copies else INDEPENDENT_SHARES
    unknown = 0
    count = min(budget, max(FEWEST, WORK * budget // problem.work))
    for tried, size in enumerate(_sizes(count, shares), start=1):
        draw = Draw(random, wishes, problem.sorts, size, coarse)
        draw.copies = problem.copies
        try:
            m = _drawn(problem, draw, names)
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


def _drawn(problem: Problem, draw: Draw, names: dict[str, str]) -> Model | None:
    """A random model, mended where a premise is false."""
    spaces = {s: draw.space(names[s], i == 0) for i, s in enumerate(problem.spaces)}
    m = strict_model(spaces, {})
    for name in sorted(problem.sorts, key=lambda k: isinstance(problem.sorts[k], tuple)):
        m.letters[name] = draw.value(m, name, problem.sorts[name])
    return m if mended(m, problem, draw) else None
