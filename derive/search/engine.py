"""Justify one relation by named rules: a skeleton of rewriting, congruence and closing steps.

Side conditions are proved on the way; one that cannot be proved becomes a `Need` of the skeleton.
The skeleton with the fewest needs wins. All bounds are counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from derive.kernel.refusal import Rejected
from derive.kernel.sort import NAT, NUM, PROP, match_sort
from derive.kernel.symbol import SYMBOLS
from derive.kernel.term import App, Num, Term, mk, mk_nat
from derive.search import algebra
from derive.search.almost import (
    at_a_point,
    close_almost_everywhere,
    known_almost_everywhere,
    known_of_versions,
)
from derive.search.almost_equations import named_equations
from derive.search.book import clauses_of_fact
from derive.search.clause import Clause, claim_of, fits, shape_of
from derive.search.context import Context
from derive.search.equality import cancelled
from derive.search.horn import Prover
from derive.search.instances import MAX_SOLUTIONS, least_needy
from derive.search.letters import Found, instantiated
from derive.search.matching import matches
from derive.search.order import ends
from derive.search.places import bare, distance, parts_of, places, put_at
from derive.search.polynomial import folded
from derive.search.proof import (
    Need,
    Proof,
    discharge,
    fewest_needs,
    gen,
    hole_for,
    hyp,
    inside,
    needs,
    refl,
    symmetric,
    transitive,
    transported,
)
from derive.search.sets import by_boolean
from derive.search.toolkit import Toolkit
from derive.search.unfolding import expand, mentions

MAX_STATES = 500
MEASURED = frozenset(("int", "E", "mass"))


class Engine:
    """Searches for one step in one context."""

    def __init__(self, prover: Prover, toolkit: Toolkit, library) -> None:
        self.prover, self.toolkit, self.library = prover, toolkit, library
        self.states = 0
        self.memo: dict[tuple, Proof | None] = {}
        self.open: set[tuple] = set()

    def attempt(
        self, goal: Term, context: Context, budget: int, states: int = MAX_STATES
    ) -> Proof | None:
        """`justify` from the start, within a number of states; a refusal is no proof."""
        self.memo.clear()
        self.states = MAX_STATES - states
        try:
            return self.justify(goal, context, budget)
        except (Rejected, RecursionError):
            return None

    # ---- propositions

    def justify(self, goal: Term, context: Context, budget: int) -> Proof | None:
        """A proof of a step's proposition, perhaps with needs."""
        if not isinstance(goal, App):
            return None
        if goal.head == "all" and not self._directly(goal, context):
            scope, variable = context.opened(goal.args[0].sort[1])
            inner = self.justify(mk("app", goal.args[0], variable), scope, budget)
            return None if inner is None else gen(variable, inner)
        if goal.head == "eq":
            return self.equal(goal.args[0], goal.args[1], context, budget)
        return self._relation(goal, context, budget)

    def _directly(self, goal: Term, context: Context) -> bool:
        return context.known(goal) is not None and "assumption" in self.toolkit.families

    def _relation(self, goal: App, context: Context, budget: int) -> Proof | None:
        return fewest_needs(self._relation_candidates(goal, context, budget))

    def _relation_candidates(
        self, goal: App, context: Context, budget: int
    ) -> Iterator[Proof | None]:
        families = self.toolkit.families
        if "assumption" in families:
            yield context.known(goal)
        for clause in self.toolkit.others:
            yield from self._by_clause(clause, goal, context)
        if self.toolkit.unfold and mentions(goal, self.toolkit.unfold):
            plain, iff = expand(goal, self.toolkit.unfold)
            inner = self._relation(plain, context, budget) if isinstance(plain, App) else None
            yield None if inner is None else transported(iff, inner, flip=True)
        if "set_algebra" in families:
            yield by_boolean(goal, context)
        if goal.head == "ae":
            yield self._almost_goal(goal, context, budget)
        if families & {"algebra", "monotonicity", "assumption"} or self.toolkit.others:
            self.prover.extra(self.toolkit.others + self._monotone_clauses())
            proof = self.prover.prove(goal, context)
            self.prover.extra([])
            yield proof
            if "monotonicity" in families and proof is None:
                yield self._by_monotone(goal, context, 3)
        yield from self._through_sides(goal, context, budget)

    def _monotone_clauses(self) -> list[Clause]:
        if "monotonicity" in self.toolkit.families:
            return self.library.monotone
        return self.library.order if "algebra" in self.toolkit.families else []

    def _by_monotone(self, goal: Term, context: Context, depth: int) -> Proof | None:
        """An inequality by rules that carry inequalities into contexts; they may lack needs."""
        proof = self.prover.prove(goal, context)
        if proof is not None or depth == 0 or not isinstance(goal, App):
            return proof
        shape = shape_of(goal)
        return fewest_needs(
            self._carried(clause, found, context, depth)
            for clause in self.library.monotone
            if not (clause.open or clause.bare) and fits(clause.shape, shape)
            for found in matches(clause.conclusion, goal)
        )

    def _carried(self, clause: Clause, found: Found, context: Context, depth: int) -> Proof | None:
        proofs = []
        carries = False
        for premise in clause.premises:
            concrete = instantiated(premise, found)
            if concrete is None:
                return None
            proof = self.prover.prove(concrete, context)
            if proof is None and _compares(concrete) and not bare_number(concrete):
                proof = self._by_monotone(concrete, context, depth - 1)
                if proof is None:
                    return None
            carries = carries or _compares(concrete)
            proofs.append(proof if proof is not None else Need(concrete, context, clause.name))
        if not carries:
            return None
        return clause.build(found.values, found.sorts, proofs)

    def _almost_goal(self, goal: App, context: Context, budget: int) -> Proof | None:
        """μ-a.e. φ: justify φ at a point where everything holds that is known to hold μ-a.e."""
        measure, predicate = goal.args
        for local, named in self._almost_facts(measure, [predicate], context):
            inner, variable = at_a_point(predicate.sort[1], [*local, *named], context)
            with self._knowing(named, variable):
                proof = self.justify(mk("app", predicate, variable), inner, budget)
            if proof is not None:
                return close_almost_everywhere(
                    self.prover, measure, variable, proof, [*local, *named]
                )
        return None

    def _almost_facts(
        self, measure: Term, functions: list[Term], context: Context
    ) -> Iterator[tuple[list[Proof], list[Proof]]]:
        """What is known to hold almost everywhere; then with it the named equations that fit."""
        local = known_almost_everywhere(self.prover, measure, context, 0)
        for function in functions:
            more = known_of_versions(self.prover, measure, function, context, 0)
            local = local + [p for p in more if p.prop not in {k.prop for k in local}]
        yield local, []
        named = list(islice(named_equations(self, measure, functions, context), MAX_SOLUTIONS))
        if named:
            yield local, named

    @contextmanager
    def _knowing(self, facts: list[Proof], variable: Term) -> Iterator[None]:
        """Equations that hold at a point may be used there as if they were named."""
        before, memo = self.toolkit, self.memo
        here = [hyp(mk("app", f.prop.args[1], variable)) for f in facts]
        if here:
            self.toolkit = before.with_facts([c for f in here for c in clauses_of_fact(f, "here")])
            self.memo = {}
        try:
            yield
        finally:
            self.toolkit, self.memo = before, memo

    def _through_sides(self, goal: App, context: Context, budget: int) -> Iterator[Proof | None]:
        """Rewrite the proposition (normal forms, named equations), then try again."""
        if budget <= 0:
            return
        for iff in self._rewritings(goal, context):
            if self._spent():
                return
            changed = iff.prop.args[1]
            inner = (
                self._relation(changed, context, budget - 1) if isinstance(changed, App) else None
            )
            if inner is not None:
                yield transported(iff, inner, flip=True)

    def _rewritings(self, goal: Term, context: Context) -> Iterator[Proof]:
        if "linearity" in self.toolkit.families:
            normal = self.library.linear_normal(self, goal, context)
            if normal is not None and normal.prop.args[1] is not goal:
                yield normal
        yield from self.rewrites(goal, context, self.toolkit.equations)

    def _by_clause(self, clause: Clause, goal: Term, context: Context) -> Iterator[Proof | None]:
        if not fits(clause.shape, shape_of(goal)):
            return
        for found in matches(clause.conclusion, goal, self.start(clause)):
            yield self.build(clause, found, context)

    def start(self, clause: Clause) -> Found:
        """The letters that `with` fixes."""
        start = Found()
        for name, term in self.toolkit.instances.items():
            if name in clause.metas:
                if (
                    clause.metas[name] == NAT
                    and isinstance(term, Num)
                    and term.value.denominator == 1
                    and term.value >= 0
                ):
                    term = mk_nat(int(term.value))
                if match_sort(clause.metas[name], term.sort, start.sorts):
                    start.values[name] = term
        return start

    def build(self, clause: Clause, found: Found, context: Context) -> Proof | None:
        """The instance of a clause with the fewest needs."""
        return least_needy(self.prover, clause, found, context)

    # ---- equations

    def equal(self, left: Term, right: Term, context: Context, budget: int) -> Proof | None:
        """left = right with as few needs as possible."""
        if left is right:
            return refl(left)
        key = (left, right, context.key, budget)
        if key in self.memo:
            return self.memo[key]
        if key in self.open or self._spent():
            return None
        self.open.add(key)
        best = fewest_needs(self._equal_candidates(left, right, context, budget))
        self.open.discard(key)
        self.memo[key] = best
        return best

    def _spent(self) -> bool:
        self.states += 1
        return self.states > MAX_STATES

    def _equal_candidates(
        self, left: Term, right: Term, context: Context, budget: int
    ) -> Iterator[Proof | None]:
        toolkit = self.toolkit
        if toolkit.unfold and (mentions(left, toolkit.unfold) or mentions(right, toolkit.unfold)):
            first, start = expand(left, toolkit.unfold)
            second, end = expand(right, toolkit.unfold)
            middle = self.equal(first, second, context, budget)
            yield None if middle is None else transitive(transitive(start, middle), symmetric(end))
        yield from self._closing(left, right, context)
        yield from self._at_root(left, right, context)
        yield self._congruence(left, right, context, budget)
        if budget > 0:
            yield from self._rewriting(left, right, context, budget)

    def _closing(self, left: Term, right: Term, context: Context) -> Iterator[Proof | None]:
        families = self.toolkit.families
        if left.sort == NUM and folded(left) is folded(right):
            yield algebra.algebra_equal(self, left, right, context, None)
        if families & {"algebra", "linearity"}:
            yield algebra.algebra_equal(self, left, right, context, "algebra")
            if left.sort == NUM:
                yield cancelled(self, left, right, context)
        if "set_algebra" in families and left.sort == PROP:
            equation = mk("eq", left, right)
            yield by_boolean(equation, context) or Need(equation, context, "set_algebra")
        if "linearity" in families:
            yield from self.library.linear_equal(self, left, right, context)
        if (
            left.sort == NUM
            and families & {"algebra", "assumption"}
            and not families & {"linearity"}
        ):
            yield self.prover.prove(mk("eq", left, right), context)

    def _at_root(self, left: Term, right: Term, context: Context) -> Iterator[Proof | None]:
        forward, backward = mk("eq", left, right), mk("eq", right, left)
        if forward.head != "eq":
            return
        for clause in self.toolkit.equations:
            yield from self._by_clause(clause, forward, context)
            for proof in self._by_clause(clause, backward, context):
                yield None if proof is None else symmetric(proof)

    def _congruence(self, left: Term, right: Term, context: Context, budget: int) -> Proof | None:
        if not (isinstance(left, App) and isinstance(right, App) and left.head == right.head):
            return None
        if SYMBOLS[left.head].ac:
            return self._ac_congruence(left, right, context, budget)
        if len(left.args) != len(right.args) or (
            left.args and left.args[0].sort != right.args[0].sort
        ):
            return None
        pairs = list(zip(left.args, right.args, strict=True))
        if any(a.sort != b.sort for a, b in pairs):
            return None

        def inner(a: Term, b: Term, scope: Context) -> Proof | None:
            return self.equal(a, b, scope, budget)

        return algebra.by_parts(self, left, pairs, context, inner)

    def _ac_congruence(self, left: App, right: App, context: Context, budget: int) -> Proof | None:
        first, second = list(left.args), list(right.args)
        common = []
        for part in list(first):
            if part in second:
                first.remove(part)
                second.remove(part)
                common.append(part)
        if not first or not second or not (common or len(first) == len(second)):
            return None
        if len(first) == 1 or len(second) == 1 or (common and len(first) != len(second)):
            if not common:
                return None
            a = first[0] if len(first) == 1 else mk(left.head, *first)
            b = second[0] if len(second) == 1 else mk(left.head, *second)
            inner = self.equal(a, b, context, budget)
            return None if inner is None else self._put_back(left.head, common, a, inner)
        return self._paired(left, first, second, common, context, budget)

    def _put_back(self, head: str, common: list, part: Term, equation: Proof) -> Proof:
        hole, applied = hole_for([], part.sort)
        return inside(mk(head, *common, applied), hole, [], equation)

    def _paired(
        self, left: App, first: list, second: list, common: list, context: Context, budget: int
    ) -> Proof | None:
        if len(first) != len(second) or len(first) > 5:
            return None
        current = list(first)
        proof = refl(left)
        rest = list(second)
        for position, part in enumerate(first):
            choice = None
            for candidate in sorted(rest, key=lambda c: distance(part, c)):
                step = self.equal(part, candidate, context, budget)
                if step is not None:
                    choice = (candidate, step)
                    if not needs(step):
                        break
            if choice is None:
                return None
            candidate, step = choice
            rest.remove(candidate)
            hole, applied = hole_for([], part.sort)
            others = [c for i, c in enumerate(current) if i != position]
            proof = transitive(
                proof, inside(mk(left.head, *common, *others, applied), hole, [], step)
            )
            current[position] = candidate
        return proof

    def under_binder(
        self, head: str, parts: list[Term], position: int, new: Term, context: Context, inner
    ) -> Proof | None:
        """Congruence under a binder: for every point, or a.e. if the binder has a measure."""
        return fewest_needs(self._under(head, parts, position, new, context, inner))

    def _under(
        self, head: str, parts: list[Term], position: int, new: Term, context: Context, inner
    ) -> Iterator[Proof | None]:
        yield algebra.under(self, head, parts, position, new, context, inner)
        if head in MEASURED and position == 1:
            yield self._almost(head, parts, new, context, inner)
        if head == "sum" and position == 1:
            yield self._guarded(head, parts, new, context, inner)

    def _guarded(
        self, head: str, parts: list[Term], new: Term, context: Context, inner
    ) -> Proof | None:
        """Sums agree if their terms do at every index that is summed."""
        region, old = parts
        scope, variable = context.opened(old.sort[1])
        guard = mk("app", region, variable)
        equation = inner(
            mk("app", old, variable), mk("app", new, variable), scope.assuming([guard])
        )
        if equation is None or needs(equation):
            return None
        fact = gen(variable, discharge(guard, equation))
        goal = mk("eq", mk(head, region, old), mk(head, region, new))
        return self.library.congruent_almost(self, goal, fact, context)

    def _almost(
        self, head: str, parts: list[Term], new: Term, context: Context, inner
    ) -> Proof | None:
        """∫ f dμ = ∫ g dμ from f = g μ-a.e., by the rule for the head."""
        measure, old = parts
        almost = None
        for local, named in self._almost_facts(measure, [old, new], context):
            scope, variable = at_a_point(old.sort[1], [*local, *named], context)
            with self._knowing(named, variable):
                equation = inner(mk("app", old, variable), mk("app", new, variable), scope)
            if (local or named) and equation is not None and not needs(equation):
                almost = close_almost_everywhere(
                    self.prover, measure, variable, equation, [*local, *named]
                )
            if almost is not None:
                break
        if almost is None:
            return None
        goal = mk("eq", mk(head, measure, old), mk(head, measure, new))
        return self.library.congruent_almost(self, goal, almost, context)

    # ---- rewriting

    def _rewriting(
        self, left: Term, right: Term, context: Context, budget: int
    ) -> Iterator[Proof | None]:
        for step in self.rewrites(left, context, self.toolkit.equations):
            if self._spent():
                return
            rest = self.equal(step.prop.args[1], right, context, budget - 1)
            yield None if rest is None else transitive(step, rest)
        for step in self.rewrites(right, context, self.toolkit.equations):
            if self._spent():
                return
            rest = self.equal(left, step.prop.args[1], context, budget - 1)
            yield None if rest is None else transitive(rest, symmetric(step))

    def rewrites(self, whole: Term, context: Context, clauses: list[Clause]) -> Iterator[Proof]:
        """`whole = whole'` for each place and clause that fit, in both directions."""
        seen: set[Term] = {whole}
        for sub, scope, variables in places(whole, context):
            for clause in clauses:
                for equation in self.equations_at(clause, sub, scope):
                    step = put_at(whole, sub, variables, equation)
                    if step is not None and step.prop.args[1] not in seen:
                        seen.add(step.prop.args[1])
                        yield step

    def equations_at(self, clause: Clause, sub: Term, context: Context) -> Iterator[Proof]:
        """`sub = sub'` by one clause, forwards and backwards."""
        left, right = clause.conclusion.args
        for side, flip in ((left, False), (right, True)):
            if bare(side):
                continue
            for part, rest in parts_of(side, sub):
                for found in matches(side, part, self.start(clause)):
                    proof = self.build(clause, found, context)
                    if proof is None:
                        continue
                    proof = symmetric(proof) if flip else proof
                    yield proof if rest is None else self._put_back(sub.head, rest, part, proof)


def _compares(prop: Term) -> bool:
    """An inequality between two expressions, at a point, everywhere or almost everywhere."""
    return ends(claim_of(prop, ("all", "ae"))) is not None


def bare_number(prop: Term) -> bool:
    """A sign or bound of one expression: a literal stands on one side."""
    relation = prop.args[0] if isinstance(prop, App) and prop.head == "not" else prop
    return (
        isinstance(relation, App)
        and relation.head == "le"
        and any(isinstance(a, Num) or not a.frees for a in relation.args)
    )
