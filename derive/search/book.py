"""Clauses: rules and hypotheses in one form, indexed by what they conclude.

A clause says: if the premises hold for some values of the letters, so does the conclusion. A rule of
the rulebook and a hypothesis such as `∀n. 1 ≤ n ⟹ P(B_n) > 0` are used alike.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable

from derive.kernel.core import Rule
from derive.kernel.sort import Sort
from derive.kernel.term import (
    App, Bound, Free, Lam, Meta, Num, Term, instantiate, mk, mk_bound, mk_lam, mk_meta, mk_nat, shift,
)
from derive.search.proof import Proof, by_rule, mp, spec, split


class Clause:
    """`premises ⟹ conclusion` over letters; `build(values, sorts, proofs)` proves an instance."""

    __slots__ = ("bare", "build", "open", "conclusion", "key", "metas", "name", "premises", "rule", "shape")

    def __init__(self, name: str, conclusion: Term, premises: tuple, metas: dict[str, Sort], build: Callable, rule: Rule | None) -> None:
        self.name, self.conclusion, self.premises, self.metas = name, conclusion, premises, metas
        self.build, self.rule = build, rule
        self.key, self.shape = key_of(conclusion), shape_of(conclusion)
        self.open = rule is not None and not set(metas) <= letters_of(conclusion)
        self.bare = rule is not None and is_bare(conclusion) and any(is_bare(p) for p in premises)


def letters_of(term: Term) -> set[str]:
    """The letters in a term."""
    found, stack = set(), [term]
    while stack:
        part = stack.pop()
        if isinstance(part, Meta):
            found.add(part.name)
        elif isinstance(part, App):
            stack.extend(a for a in part.args if a.meta)
        elif isinstance(part, Lam):
            stack.append(part.body)
    return found


ORDER_HEADS = frozenset(("le", "eq", "fin", "not le", "not eq"))


def is_bare(prop: Term) -> bool:
    """An order or finiteness claim about letters and constants only: it fits every number."""
    if key_of(prop) not in ORDER_HEADS:
        return False
    inner = prop.args[0] if prop.head == "not" else prop
    return all(_constant(a) for a in inner.args)


def _constant(term: Term) -> bool:
    if isinstance(term, App) and term.head == "mul":
        return all(map(_constant, term.args)) and not term.meta
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
        return None if term.head == "not" and term.meta and _look(term.args[0]) is None else term.head
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
        if pick == 0 or conclusion not in rule.premises:
            out += [pointless(c) for c in _conclusion_clauses(rule, pick, conclusion)]
    return out


def pointless(clause: Clause) -> Clause:
    """A clause about values `f(x)` at a point x that stands nowhere else, as one about the values.

    `1_A(x) · 1_B(x)` for any A, B, x is `1{p} · 1{q}` for any propositions: A is then the constant
    set of p over the natural numbers, and x is 0. Likewise `A_n` at x is a proposition about n.
    """
    terms = (*clause.premises, clause.conclusion)
    for point, sort in clause.metas.items():
        if isinstance(sort, str) and sort.startswith("'"):
            letters = _letters_at(point, terms)
            if letters:
                return _value_clause(clause, point, sort, letters)
    return clause


def _at_point(term: Term, point: str) -> Meta | None:
    """The letter f of a term `f(…)(x)` whose last argument is the point."""
    if not (isinstance(term, App) and term.head == "app" and term.sort in ("num", "prop")):
        return None
    head, last = term.args
    while isinstance(head, App) and head.head == "app":
        head = head.args[0]
    return head if isinstance(head, Meta) and isinstance(last, Meta) and last.name == point else None


def _letters_at(point: str, terms: tuple) -> dict[str, Sort] | None:
    """The letters that are applied to the point; None if it or one of them stands elsewhere too."""
    applied: dict[str, Sort] = {}
    alone: set[str] = set()
    stack = list(terms)
    while stack:
        part = stack.pop()
        letter = _at_point(part, point)
        if letter is not None:
            applied[letter.name] = letter.sort
            inner = part.args[0]
            while isinstance(inner, App):
                stack.append(inner.args[1])
                inner = inner.args[0]
        elif isinstance(part, Meta):
            alone.add(part.name)
        elif isinstance(part, App):
            stack.extend(part.args)
        elif isinstance(part, Lam):
            stack.append(part.body)
    return applied if applied and not alone & {point, *applied} else None


def _without_last(sort: Sort) -> Sort:
    """The sort of f(…) read as a function of all its arguments but the last."""
    _, domain, target = sort
    return target if not isinstance(target, tuple) or target[0] != "fn" else ("fn", domain, _without_last(target))


def _value_clause(clause: Clause, point: str, space: str, letters: dict[str, Sort]) -> Clause:
    own = {name: mk_meta(name, _without_last(sort)) for name, sort in letters.items()}
    metas = {n: s for n, s in clause.metas.items() if n != point} | {n: m.sort for n, m in own.items()}

    def lowered(term: Term) -> Term:
        letter = _at_point(term, point)
        if letter is not None:
            return _same_arguments(term.args[0], own[letter.name])
        if isinstance(term, App) and term.args:
            return mk(term.head, *map(lowered, term.args))
        return mk_lam(term.domain, lowered(term.body)) if isinstance(term, Lam) else term

    def build(found: dict, sorts: dict, proofs: list) -> Proof:
        values = {n: _constant_in_point(v, letters[n]) if n in letters else v for n, v in found.items()}
        return clause.build({**values, point: mk_nat(0)}, {**sorts, space: "nat"}, proofs)

    premises = tuple(map(lowered, clause.premises))
    return Clause(clause.name, lowered(clause.conclusion), premises, metas, build, clause.rule)


def _same_arguments(applied: Term, letter: Term) -> Term:
    """`f(a)(b)` with another letter in the place of f."""
    if isinstance(applied, App) and applied.head == "app":
        return mk("app", _same_arguments(applied.args[0], letter), applied.args[1])
    return letter


def _constant_in_point(value: Term, sort: Sort) -> Term:
    """λ a …. λ x. value(a …): the value as a function that does not look at the point."""
    if not (isinstance(sort[2], tuple) and sort[2][0] == "fn"):
        return mk_lam("nat", shift(value, 1))
    domain = value.sort[1]
    return mk_lam(domain, _constant_in_point(mk("app", shift(value, 1), mk_bound(0, domain)), sort[2]))


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


def _generality(clause: Clause) -> tuple:
    """Rules that look at the form of the goal come before those that fit every number."""
    return (clause.bare or clause.open, all(part in (None, "λ") for part in clause.shape))


class Index:
    """Clauses by key, then by shape."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Clause]] = {}

    def add(self, clause: Clause) -> None:
        """Put a clause in."""
        row = self.rows.setdefault(clause.key, [])
        insort(row, clause, key=_generality)

    def candidates(self, prop: Term) -> list[Clause]:
        """Clauses whose conclusion may match."""
        shape = shape_of(prop)
        return [c for c in self.rows.get(key_of(prop), ()) if fits(c.shape, shape)]
