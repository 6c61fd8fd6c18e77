"""Side conditions by backward chaining over rules and hypotheses, tabled and bounded.

`prove` answers with a complete proof or None ("unknown", never "false"). Bounds are counts; a
failure is remembered, from its depth on, if it met no bound and no goal that was open before it.
"""

from __future__ import annotations

from math import inf

from derive.kernel.refusal import Rejected
from derive.kernel.sort import NUM
from derive.kernel.step import decides
from derive.kernel.term import App, Term, mk
from derive.search import order
from derive.search.book import Index, clauses_of_rule
from derive.search.clause import ORDER_HEADS, Clause, equates_almost, is_bare, key_of
from derive.search.context import Context
from derive.search.goals import STRUCTURAL
from derive.search.letters import Found, instantiated
from derive.search.matching import matches
from derive.search.polynomial import TooLarge, canonical
from derive.search.proof import (
    Proof,
    hole_for,
    inside,
    numeral,
    transported,
)
from derive.search.unfolding import definitions_unfolded, heads_of

MAX_DEPTH = 14
MAX_GOALS = 2_500
OPEN_DEPTH = 6
GUESS_DEPTH = 1
MADE_FROM = frozenset(("push", "dens"))  # measures that a rule may speak of, but not invent
SIDE_HEADS = frozenset(("eq", "ex"))


class Prover:
    """Backward chaining for one item; the table lives as long as the item."""

    def __init__(self, index: Index, structure, forbidden: set[str]) -> None:
        self.structure, self.index, self.forbidden = structure, index, forbidden
        self.proved: dict[tuple, Proof] = {}
        self.failed: dict[tuple, int] = {}  # the depth at which a goal failed
        self.open: dict[tuple, int] = {}  # its place among the open goals
        self.goals = 0
        self.limit = MAX_GOALS
        self.cut: float = inf
        self.ae_facts: dict[tuple, list[Proof]] = {}
        self.ae_open: set[tuple] = set()
        self.added = Index()
        self.added_key: frozenset = frozenset()

    def extra(self, clauses: list[Clause]) -> None:
        """Clauses to use besides, until the next call."""
        self.added = Index()
        self.added_key = frozenset(id(c) for c in clauses)
        for clause in clauses:
            self.added.add(clause)

    def fresh_budget(self, goals: int = MAX_GOALS) -> None:
        """Allow so many further goals."""
        self.goals, self.limit = 0, goals

    def prove(
        self, goal: Term, context: Context, depth: int = 0, plain: bool = False
    ) -> Proof | None:
        """A proof of a closed proposition (bound variables opened as Frees), or None.

        With `plain`, no rule that only converts one order claim about any number into another is
        used at the root: such rules never follow one another.
        """
        known = context.known(goal)
        if known is not None:
            return known
        key = (goal, context.key, self.added_key, plain)
        found = self.proved.get(key) or self.proved.get((goal, context.key, frozenset(), False))
        if found is not None:
            return found
        if self.failed.get(key, MAX_DEPTH + 1) <= depth:
            return None
        if key in self.open or depth > MAX_DEPTH or self.goals >= self.limit:
            self.cut = min(self.cut, self.open.get(key, -1))
            return None
        self.goals += 1
        place = self.open[key] = len(self.open)
        outer_cut, self.cut = self.cut, inf
        try:
            found = self._search(goal, context, depth, plain)
        except Rejected:
            found = None
        finally:
            del self.open[key]
        if found is not None:
            self.proved[key] = found
        if self.cut >= place:  # only this goal and goals below it were open
            self.cut = inf
            if found is None:
                self.failed[key] = depth
        self.cut = min(self.cut, outer_cut)
        return found

    def _search(self, goal: Term, context: Context, depth: int, plain: bool) -> Proof | None:
        expanded = definitions_unfolded(goal)
        if expanded is not None:
            iff, unfolded_goal = expanded
            inner = self.prove(unfolded_goal, context, depth + 1)
            return None if inner is None else transported(iff, inner, flip=True)
        if isinstance(goal, App):
            special = STRUCTURAL.get(goal.head)
            if special is not None:
                found = special(self, goal, context, depth)
                if found is not None or goal.head in ("and", "all", "true"):
                    return found
            if goal.head in ("le", "eq", "fin", "not") and not goal.frees and decides_safely(goal):
                return numeral(goal)
        found = self._chain(goal, context, depth, plain) or order.prove(self, goal, context, depth)
        if (
            found is None
            and isinstance(goal, App)
            and goal.head in ("integrable", "has_integral")
            and depth < 4
        ):
            return self._multiplied_out(goal, context, depth)
        return found

    def _multiplied_out(self, goal: App, context: Context, depth: int) -> Proof | None:
        """A claim about an integrand from the same claim about the integrand multiplied out."""
        from derive.search.algebra import algebra_equal

        measure, function = goal.args
        try:
            other = canonical(function)
        except TooLarge:
            return None
        if other is function:
            return None
        inner = self.prove(mk(goal.head, measure, other), context, depth + 1)
        if inner is None:
            return None
        scope, variable = context.opened(function.sort[1])
        equation = algebra_equal(
            self, mk("app", other, variable), mk("app", function, variable), scope, None
        )
        if equation is None:
            return None
        hole, _ = hole_for([variable], NUM)
        return transported(inside(mk(goal.head, measure, hole), hole, [variable], equation), inner)

    @property
    def prover(self) -> Prover:
        """Itself, for code that is given an engine or a prover."""
        return self

    def under_binder(
        self, head: str, parts: list[Term], position: int, new: Term, context: Context, inner
    ) -> Proof | None:
        """Congruence under a binder, for every point."""
        from derive.search.algebra import under

        return under(self, head, parts, position, new, context, inner)

    def _chain(self, goal: Term, context: Context, depth: int, plain: bool = False) -> Proof | None:
        for clause in context.candidates(goal):
            found = self.apply(clause, goal, context, depth)
            if found is not None:
                return found
        for clause in (*self.added.candidates(goal), *self.index.candidates(goal)):
            if clause.name not in self.forbidden and self._apt(clause, goal, depth, plain):
                found = self.apply(clause, goal, context, depth)
                if found is not None:
                    return found
        return None

    def _apt(self, clause: Clause, goal: Term, depth: int, plain: bool) -> bool:
        """Whether a clause is worth trying: conversions once, guesses of a letter near the top."""
        if clause.bare:
            return not plain and not _sign_of_compound(goal)
        if clause.open:
            guesses = any(isinstance(p, App) and p.head == "ae" for p in clause.premises)
            return depth <= (GUESS_DEPTH if guesses else OPEN_DEPTH)
        return True

    def apply(self, clause: Clause, goal: Term, context: Context, depth: int) -> Proof | None:
        """Prove `goal` by one clause."""
        for found in matches(clause.conclusion, goal):
            proof = self.instance(clause, found, context, depth)
            if proof is not None:
                return proof
        return None

    def instance(
        self, clause: Clause, found: Found, context: Context, depth: int, done: tuple = ()
    ) -> Proof | None:
        """A clause with all premises proved (the first ones `done`).

        Open letters are solved from hypotheses.
        """
        answer = self._premises(clause, len(done), found, list(done), context, depth)
        return (
            None if answer is None else clause.build(answer[1].values, answer[1].sorts, answer[0])
        )

    def _premises(
        self, clause: Clause, position: int, found: Found, done: list, context: Context, depth: int
    ) -> tuple[list[Proof], Found] | None:
        if position == len(clause.premises):
            complete = all(m in found.values for m in clause.metas)
            fits = all(instantiated(p, found) is t for p, t in found.later)
            return (list(done), found) if complete and fits else None
        pattern = clause.premises[position]
        concrete = instantiated(pattern, found)
        if concrete is not None:
            if _grows(clause, pattern):
                proof = self.from_facts(concrete, context, depth + 1)
            else:
                proof = self.prove(concrete, context, depth + 1, clause.bare and is_bare(pattern))
            if proof is None:
                return None
            return self._premises(clause, position + 1, found, [*done, proof], context, depth)
        for fact in self.facts_for(pattern, context):
            for wider in matches(pattern, fact.prop, found):
                answer = self._premises(clause, position + 1, wider, [*done, fact], context, depth)
                if answer is not None:
                    return answer
        return None

    def from_facts(self, goal: Term, context: Context, depth: int) -> Proof | None:
        """A proof by one hypothesis."""
        known = context.known(goal)
        if known is not None:
            return known
        for clause in context.candidates(goal):
            found = self.apply(clause, goal, context, depth)
            if found is not None:
                return found
        return None

    def facts_for(self, pattern: Term, context: Context) -> list[Proof]:
        """Hypotheses with the head of a premise."""
        head = pattern.head if isinstance(pattern, App) else None
        return [f for f in context.all_facts() if isinstance(f.prop, App) and f.prop.head == head]


def chaining_clauses(rule, structure) -> list[Clause]:
    """What a rule gives to backward chaining."""
    if not structure.automatic(rule):
        return []
    if equates_almost(rule.conclusions[0]):
        return []
    main, *others = clauses_of_rule(rule)
    rest = [c for c in others if c.key not in ("ac", "sigma_finite")]
    return [c for c in (main, *rest) if c.key not in SIDE_HEADS and not _bare(c)]


def _sign_of_compound(goal: Term) -> bool:
    """0 ≤ a sum or product: sought from the signs of its parts, not from strictness."""
    return (
        isinstance(goal, App)
        and goal.head == "le"
        and isinstance(goal.args[1], App)
        and goal.args[1].head in ("add", "mul")
    )


def _grows(clause: Clause, premise: Term) -> bool:
    """A rule that asks the same of a larger term would never end: a hypothesis must answer."""
    if clause.rule is None:
        return False
    if (
        clause.key in ("integrable", "has_integral")
        and key_of(premise) in ORDER_HEADS
        and "int" in heads_of(premise)
    ):
        return True
    if key_of(premise) != clause.key:
        return False
    made = (heads_of(premise) & MADE_FROM) - heads_of(clause.conclusion)
    return bool(made) or premise.size > clause.conclusion.size


def _bare(clause: Clause) -> bool:
    """A conclusion that is a lone letter would match everything."""
    return clause.conclusion.meta and (
        not isinstance(clause.conclusion, App) or clause.conclusion.head == "app"
    )


def decides_safely(goal: Term) -> bool:
    """Whether rational arithmetic decides a goal (no refusal)."""
    try:
        return decides(goal)
    except Rejected:
        return False
