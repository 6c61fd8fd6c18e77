"""Clauses: rules and hypotheses in one form, indexed by what they conclude.

A clause says: if the premises hold for some values of the letters, so does the conclusion. A rule
of the rulebook and a hypothesis such as `∀n. 1 ≤ n ⟹ P(B_n) > 0` are used alike.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable

from derive.kernel.core import Rule
from derive.kernel.letter import fill
from derive.kernel.sort import Sort
from derive.kernel.term import App, Lam, Term, instantiate, mk_meta
from derive.search.clause import Clause, fits, key_of, shape_of
from derive.search.pointless import pointless
from derive.search.proof import Proof, by_rule, mp, spec, split

MAX_SHAPES = 5_000


def clauses_of_rule(rule: Rule, all_conclusions: bool = True) -> list[Clause]:
    """One clause for each thing that a rule proves; its outer quantifiers become letters."""
    out = []
    for pick, conclusion in enumerate(
        rule.conclusions if all_conclusions else rule.conclusions[:1]
    ):
        if pick == 0 or conclusion not in rule.premises:
            out += [pointless(c) for c in _conclusion_clauses(rule, pick, conclusion)]
    return out


def _conclusion_clauses(rule: Rule, pick: int, conclusion: Term) -> list[Clause]:
    extra: dict[str, Sort] = {}
    while (
        isinstance(conclusion, App)
        and conclusion.head == "all"
        and isinstance(conclusion.args[0], Lam)
    ):
        letter, domain = f"{rule.name}.{len(extra)}", conclusion.args[0].domain
        extra[letter] = domain
        conclusion = instantiate(conclusion.args[0].body, mk_meta(letter, domain))

    def build(values: dict, sorts: dict, proofs: list, prop: Term | None = None) -> Proof:
        if not extra:
            return by_rule(rule, sorts, values, proofs, pick, prop)
        own = {k: v for k, v in values.items() if k not in extra}
        out = by_rule(rule, sorts, own, proofs, pick)
        for letter in extra:
            out = spec(out, values[letter])
        return out

    return [Clause(rule.name, conclusion, rule.premises, {**rule.metas, **extra}, build, rule)]


def clauses_of_fact(fact: Proof, name: str) -> list[Clause]:
    """A hypothesis as clauses: quantifiers become letters, antecedents premises; ∧ is split."""
    return list(_strip(fact.prop, name, (), {}, (), fact))


def _strip(prop: Term, name: str, actions: tuple, metas: dict, premises: tuple, fact: Proof):
    if isinstance(prop, App) and prop.head == "all" and isinstance(prop.args[0], Lam):
        letter = f"{name}.{len(metas)}"
        meta = mk_meta(letter, prop.args[0].domain)
        wider = {**metas, letter: prop.args[0].domain}
        yield from _strip(
            instantiate(prop.args[0].body, meta),
            name,
            (*actions, ("all", letter)),
            wider,
            premises,
            fact,
        )
    elif isinstance(prop, App) and prop.head == "imp":
        yield from _strip(
            prop.args[1],
            name,
            (*actions, ("imp", len(premises))),
            metas,
            (*premises, prop.args[0]),
            fact,
        )
    elif isinstance(prop, App) and prop.head == "and":
        for part in prop.args:
            yield from _strip(part, name, (*actions, ("and", part)), metas, premises, fact)
    else:
        yield Clause(name, prop, premises, metas, _builder(fact, actions), None)


def _builder(fact: Proof, actions: tuple) -> Callable:
    def build(values: dict, sorts: dict, proofs: list, prop: Term | None = None) -> Proof:
        out = fact
        for kind, detail in actions:
            if kind == "all":
                out = spec(out, values[detail])
            elif kind == "imp":
                out = mp(out, proofs[detail])
            else:
                part = fill(detail, values, sorts)
                out = split(out, out.prop.args.index(part))
        return out

    return build


def _generality(clause: Clause) -> tuple:
    """Rules that look at the form of the goal come before those that fit every number."""
    return (clause.bare + clause.open, all(part in (None, "λ") for part in clause.shape))


class Index:
    """Clauses by key, then by shape."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Clause]] = {}
        self.fitting: dict[tuple[str, tuple], list[Clause]] = {}

    def add(self, clause: Clause) -> None:
        """Put a clause in."""
        row = self.rows.setdefault(clause.key, [])
        insort(row, clause, key=_generality)
        self.fitting = {}

    def copy(self) -> Index:
        """An index that can grow by itself; until it does, both look up in one table."""
        other = Index()
        other.rows = {key: list(row) for key, row in self.rows.items()}
        other.fitting = self.fitting
        return other

    def candidates(self, prop: Term) -> list[Clause]:
        """Clauses whose conclusion may match."""
        return self.shaped(key_of(prop), shape_of(prop))

    def shaped(self, key: str, shape: tuple) -> list[Clause]:
        """Clauses whose conclusion may match what has this key and shape."""
        row = self.rows.get(key)
        if row is None:
            return []
        found = self.fitting.get((key, shape))
        if found is None:
            if len(self.fitting) >= MAX_SHAPES:
                self.fitting.clear()
            found = self.fitting[key, shape] = [c for c in row if fits(c.shape, shape)]
        return found
