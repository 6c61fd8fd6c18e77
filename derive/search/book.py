"""Clauses: rules and hypotheses in one form, indexed by what they conclude.

A clause says: if the premises hold for some values of the letters, so does the conclusion. A rule of
the rulebook and a hypothesis such as `∀n. 1 ≤ n ⟹ P(B_n) > 0` are used alike.
"""

from __future__ import annotations

from collections.abc import Callable

from derive.kernel.core import Rule
from derive.kernel.sort import Sort
from derive.kernel.term import App, Bound, Free, Lam, Meta, Num, Term, instantiate, mk_meta
from derive.search.proof import Proof, by_rule, mp, spec, split


class Clause:
    """`premises ⟹ conclusion` over letters; `build(values, sorts, proofs)` proves an instance."""

    __slots__ = ("bare", "build", "conclusion", "key", "metas", "name", "premises", "rule", "shape")

    def __init__(self, name: str, conclusion: Term, premises: tuple, metas: dict[str, Sort], build: Callable, rule: Rule | None) -> None:
        self.name, self.conclusion, self.premises, self.metas = name, conclusion, premises, metas
        self.build, self.rule = build, rule
        self.key, self.shape = key_of(conclusion), shape_of(conclusion)
        self.bare = rule is not None and is_bare(conclusion) and any(is_bare(p) for p in premises)


ORDER_HEADS = frozenset(("le", "eq", "fin", "not le", "not eq"))


def is_bare(prop: Term) -> bool:
    """An order or finiteness claim about letters and constants only: it fits every number."""
    if key_of(prop) not in ORDER_HEADS:
        return False
    inner = prop.args[0] if prop.head == "not" else prop
    return all(_constant(a) for a in inner.args)


def _constant(term: Term) -> bool:
    if isinstance(term, App) and term.head == "mul":
        return all(map(_constant, term.args))
    return isinstance(term, (Meta, Num)) or (isinstance(term, App) and not term.args)


def key_of(prop: Term) -> str:
    """The predicate of a proposition, `not` included."""
    if isinstance(prop, App):
        if prop.head == "not" and isinstance(prop.args[0], App):
            return "not " + prop.args[0].head
        return prop.head
    return "?" if prop.meta else "atom"


def shape_of(prop: Term) -> tuple:
    """What the arguments look like at their heads; None where a letter stands."""
    if isinstance(prop, App):
        inner = prop.args[0] if prop.head == "not" else prop
        return tuple(map(_look, inner.args)) if isinstance(inner, App) else ()
    return ()


def _look(term: Term) -> str | None:
    if isinstance(term, Lam):
        inner = _look(term.body)
        return None if inner is None else "λ" + inner
    head = term
    while isinstance(head, App) and head.head == "app":
        head = head.args[0]
    if isinstance(head, Meta):
        return None
    if head is not term:
        return "λapp" if isinstance(term.sort, tuple) else "app"
    if isinstance(term, App):
        return term.head
    if isinstance(term, Num):
        return f"n{term.value}"
    if isinstance(term, Free) and isinstance(term.sort, tuple) and term.sort[0] == "fn":
        return "λapp"
    return "bound" if isinstance(term, Bound) else "leaf"


def fits(shape: tuple, other: tuple) -> bool:
    """Whether two shapes can match; `other` belongs to a term."""
    return len(shape) == len(other) and all(a is None or a == b for a, b in zip(shape, other, strict=True))


def clauses_of_rule(rule: Rule, all_conclusions: bool = True) -> list[Clause]:
    """One clause for each thing that a rule proves; its outer quantifiers become letters."""
    out = []
    for pick, conclusion in enumerate(rule.conclusions if all_conclusions else rule.conclusions[:1]):
        out += _conclusion_clauses(rule, pick, conclusion)
    return out


def _conclusion_clauses(rule: Rule, pick: int, conclusion: Term) -> list[Clause]:
    extra: dict[str, Sort] = {}
    while isinstance(conclusion, App) and conclusion.head == "all" and isinstance(conclusion.args[0], Lam):
        letter, domain = f"{rule.name}.{len(extra)}", conclusion.args[0].domain
        extra[letter] = domain
        conclusion = instantiate(conclusion.args[0].body, mk_meta(letter, domain))

    def build(values: dict, sorts: dict, proofs: list) -> Proof:
        own = {k: v for k, v in values.items() if k not in extra}
        out = by_rule(rule, sorts, own, proofs, pick)
        for letter in extra:
            out = spec(out, values[letter])
        return out

    return [Clause(rule.name, conclusion, rule.premises, {**rule.metas, **extra}, build, rule)]


def clauses_of_fact(fact: Proof, name: str) -> list[Clause]:
    """A hypothesis as clauses: quantifiers become letters, antecedents premises, conjunctions several clauses."""
    return list(_strip(fact.prop, name, (), {}, (), fact))


def _strip(prop: Term, name: str, actions: tuple, metas: dict, premises: tuple, fact: Proof):
    if isinstance(prop, App) and prop.head == "all" and isinstance(prop.args[0], Lam):
        letter = f"{name}.{len(metas)}"
        meta = mk_meta(letter, prop.args[0].domain)
        wider = {**metas, letter: prop.args[0].domain}
        yield from _strip(instantiate(prop.args[0].body, meta), name, (*actions, ("all", letter)), wider, premises, fact)
    elif isinstance(prop, App) and prop.head == "imp":
        yield from _strip(prop.args[1], name, (*actions, ("imp", len(premises))), metas, (*premises, prop.args[0]), fact)
    elif isinstance(prop, App) and prop.head == "and":
        for position, part in enumerate(prop.args):
            yield from _strip(part, name, (*actions, ("and", part)), metas, premises, fact)
            del position
    else:
        yield Clause(name, prop, premises, metas, _builder(fact, actions), None)


def _builder(fact: Proof, actions: tuple) -> Callable:
    def build(values: dict, sorts: dict, proofs: list) -> Proof:
        out = fact
        for kind, detail in actions:
            if kind == "all":
                out = spec(out, values[detail])
            elif kind == "imp":
                out = mp(out, proofs[detail])
            else:
                from derive.kernel.term import fill

                part = fill(detail, values, sorts)
                out = split(out, out.prop.args.index(part))
        return out

    return build


class Index:
    """Clauses by key, then by shape."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Clause]] = {}

    def add(self, clause: Clause) -> None:
        """Put a clause in."""
        self.rows.setdefault(clause.key, []).append(clause)

    def candidates(self, prop: Term) -> list[Clause]:
        """Clauses whose conclusion may match."""
        shape = shape_of(prop)
        return [c for c in self.rows.get(key_of(prop), ()) if fits(c.shape, shape)]
