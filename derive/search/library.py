"""The rulebook as search uses it: names, families, and the normal form of linearity."""

from __future__ import annotations

from derive.kernel.core import Rule
from derive.kernel.sort import NUM
from derive.kernel.term import App, Lam, Term, mk
from derive.search import algebra
from derive.search.automatic import chaining_clauses
from derive.search.book import MAX_SHAPES, Index, clauses_of_rule
from derive.search.clause import Clause, fits, key_of, shape_of
from derive.search.context import Context
from derive.search.equations import meeting, symmetric, transitive, transported
from derive.search.guards import CONGRUENCES
from derive.search.lazy import LazyRule, lazy_clauses, traits
from derive.search.matching import matches
from derive.search.places import places, put_at
from derive.search.polynomial import TooLarge, canonical
from derive.search.proof import Proof, needs, refl
from derive.search.structure import Structure
from derive.search.unfolding import expand

MAX_REWRITES = 120
LINEAR = frozenset(("E", "Cov"))


class Library:
    """Rules by name and by family."""

    def __init__(self, aliases: dict[str, list[str]], known_facts: frozenset[str]) -> None:
        self.aliases, self.known_facts = aliases, known_facts
        self.rules: dict[str, Rule] = {}
        self.clauses: dict[str, list[Clause]] = {}
        self.linear: list[Clause] = []
        self.offered = 0  # how many of them come first
        self.pulling: dict[tuple[str, tuple], list[Clause]] = {}
        self.algebra: list[Clause] = []
        self.monotone: list[Clause] = []
        self.order: list[Clause] = []
        self.shadows: dict[str, str] = {}
        self.horn = Index()
        self.structure = Structure(self.rules)

    def add(self, rule: Rule) -> None:
        """Make a rule usable; one of the same name gives way."""
        chain, plain = chaining_clauses(rule, self.structure), clauses_of_rule(rule, False)
        self._enter(rule, chain, plain, traits(rule))

    def add_unread(self, rule: LazyRule, known: dict) -> None:
        """The same for a rule of which only what the index says is known yet."""
        chain, plain = lazy_clauses(rule, known, self.structure)
        self._enter(rule, chain, plain, known["traits"])

    def _enter(
        self, rule: Rule | LazyRule, chain: list[Clause], plain: list[Clause], kinds: list[bool]
    ) -> None:
        numeric, bare, integrable = kinds
        self.rules[rule.name] = rule
        for clause in chain:
            self.horn.add(clause)
        self.clauses[rule.name] = plain
        for clause in plain:
            if clause.key in ("le", "not le"):
                self.monotone.append(clause)
                if numeric and not clause.open and not clause.bare:
                    self.order.append(clause)
            elif clause.key == "eq" and rule.kind == "structural" and numeric and not bare:
                self.algebra.append(clause)
            if clause.key == "eq" and rule.name in self.aliases.get("linearity", ()):
                # the variant for integrable functions is offered before that for nonnegative ones
                place = self.offered if integrable else len(self.linear)
                self.linear.insert(place, clause)
                self.pulling = {}
                self.offered += integrable

    def copy(self) -> Library:
        """A library that can grow by itself."""
        other = Library(self.aliases, self.known_facts)
        other.rules.update(self.rules)
        other.clauses.update(self.clauses)
        other.linear, other.algebra, other.monotone = (
            list(self.linear),
            list(self.algebra),
            list(self.monotone),
        )
        other.offered, other.pulling = self.offered, self.pulling
        other.order, other.shadows = list(self.order), dict(self.shadows)
        other.horn = self.horn.copy()
        return other

    def names(self) -> list[str]:
        """Everything that a reason may name."""
        return [*self.rules, *self.aliases, *self.shadows]

    def has_name(self, word: str) -> bool:
        """Whether a reason may name it."""
        return any(word in table for table in (self.rules, self.aliases, self.shadows))

    def rules_named(self, word: str) -> list[Rule]:
        """The rule of a name and those for which it is an alias."""
        if word in self.shadows:
            return [self.rules[self.shadows[word]]]
        own = [self.rules[word]] if word in self.rules else []
        return own + [
            self.rules[n] for n in self.aliases.get(word, ()) if n in self.rules and n != word
        ]

    def is_known_fact(self, word: str) -> bool:
        """Whether a name is of a fact that is no rule yet."""
        return word in self.known_facts

    def congruent_almost(self, engine, goal: Term, almost: Proof, context: Context) -> Proof | None:
        """An equation of integrals or measures from equality a.e., by whichever rule gives it."""
        plain, iff = expand(goal, frozenset(("E",)))
        for name in ("integral_congr_ae", "measure_congr_ae", *CONGRUENCES):
            for clause in self.clauses.get(name, ()):
                for flip in (False, True):
                    target = mk("eq", plain.args[1], plain.args[0]) if flip else plain
                    for found in matches(clause.conclusion, target):
                        proof = self._with(engine, clause, found, almost, context)
                        if proof is not None:
                            done = symmetric(proof) if flip else proof
                            return transported(iff, done, flip=True)
        return None

    def _with(self, engine, clause: Clause, found, almost: Proof, context: Context) -> Proof | None:
        inner = context_with(context, almost)
        engine.prover.fresh_budget()
        proof = engine.build(clause, found, inner)
        return proof if proof is not None and not needs(proof) else None

    # ---- linearity

    def linear_equal(self, engine, left: Term, right: Term, context: Context):
        """Compare the linear normal forms: as written, then with integrands multiplied out.

        At first nothing is pulled out under a condition that is not proved.
        """
        compared = set()
        for asking, expanded in ((False, False), (False, True), (True, False), (True, True)):
            start = self.linear_normal(engine, left, context, expanded, asking)
            end = self.linear_normal(engine, right, context, expanded, asking)
            if start is None or end is None:
                continue
            first, second = start.prop.args[1], end.prop.args[1]
            if (first, second) in compared:
                continue
            compared.add((first, second))
            if first is left and second is right and not expanded:
                continue
            middle = algebra.algebra_equal(engine, first, second, context, "linearity")
            if middle is not None:
                yield meeting(transitive(start, middle), end)

    def linear_normal(
        self, engine, term: Term, context: Context, expanded: bool = False, asking: bool = True
    ) -> Proof | None:
        """`term = term'` with sums and constants pulled out of every linear operation."""
        key = (term, context.key, context.level, expanded, asking)
        known = engine.normal_forms
        sure = (*key[:-1], False)
        if asking and sure in known and sure not in engine.held_back:
            return known[sure]
        if key not in known:
            known[key] = self._linear_normal(engine, term, context, expanded, asking)
        return known[key]

    def _linear_normal(
        self, engine, term: Term, context: Context, expanded: bool, asking: bool
    ) -> Proof | None:
        current, proof = expand(term, LINEAR)
        if expanded:
            step = self._multiplied_out(engine, current, context)
            if step is None:
                return None
            current, proof = step.prop.args[1], transitive(proof, step)
        for _ in range(MAX_REWRITES):
            step = self._pull(engine, current, context, asking)
            if step is None:
                if not asking and self._pull(engine, current, context, True) is not None:
                    engine.held_back.add((term, context.key, context.level, expanded, False))
                return proof
            current, proof = step.prop.args[1], transitive(proof, step)
        return None

    def _pull(self, engine, term: Term, context: Context, asking: bool) -> Proof | None:
        """One left-to-right use of a linearity rule, innermost first."""
        for sub, scope, variables in reversed(list(places(term, context))):
            equation = self._pulled(engine, sub, scope, asking)
            if equation is not None:
                return put_at(term, sub, variables, equation)
        return None

    def _pulled(self, engine, sub: Term, context: Context, asking: bool) -> Proof | None:
        best: Proof | None = None
        for clause in self._linear_at(sub):
            for found in matches(clause.conclusion.args[0], sub):
                proof = engine.build(clause, found, context)
                if proof is None or proof.prop.args[1] is sub or _trivial(proof):
                    continue
                if not needs(proof):
                    return proof
                if best is None and asking:
                    best = proof
                break
        return best

    def _linear_at(self, sub: Term) -> list[Clause]:
        """The linearity rules whose left side may match."""
        key = key_of(sub), shape_of(sub)
        found = self.pulling.get(key)
        if found is None:
            if len(self.pulling) >= MAX_SHAPES:
                self.pulling.clear()
            sides = [(clause, clause.conclusion.args[0]) for clause in self.linear]
            found = self.pulling[key] = [
                clause
                for clause, side in sides
                if key_of(side) in (key[0], "?") and fits(shape_of(side), key[1])
            ]
        return found

    def _multiplied_out(self, engine, term: Term, context: Context) -> Proof | None:
        """Integrands as polynomials."""
        try:
            target = _expanded(term)
        except TooLarge:
            return None
        return (
            refl(term)
            if target is term
            else algebra.algebra_equal(engine, term, target, context, "linearity")
        )


def _trivial(proof: Proof) -> bool:
    """Pulling out the constant 1 changes nothing."""
    left, right = proof.prop.args
    return left.size <= 1 or right is left


def _expanded(term: Term) -> Term:
    """The term with the body of every integral and sum multiplied out."""
    if isinstance(term, App) and term.head in ("int", "sum", "cexp"):
        return mk(
            term.head,
            *[
                canonical(a) if isinstance(a, Lam) and a.sort[2] == NUM else _expanded(a)
                for a in term.args
            ],
        )
    if isinstance(term, App) and term.args:
        return mk(term.head, *map(_expanded, term.args))
    if isinstance(term, Lam):
        from derive.kernel.term import mk_lam

        return mk_lam(term.domain, _expanded(term.body))
    return term


def context_with(context: Context, fact: Proof) -> Context:
    """A child context that knows one more proved fact."""
    return Context(context, [fact], context.variables)
