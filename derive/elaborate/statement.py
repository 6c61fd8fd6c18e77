"""Items: the statement and proof of a theorem, in core terms."""

from __future__ import annotations

from collections.abc import Iterable

from derive.elaborate import build as b
from derive.elaborate import expression as ex
from derive.elaborate import formula as fm
from derive.elaborate import operators as ops
from derive.elaborate import relations
from derive.elaborate.declare import Declared, Hypothesis
from derive.elaborate.definitions import define
from derive.elaborate.givens import prepare, read_givens
from derive.elaborate.instances import read_instances
from derive.elaborate.item import Chain, Have, Item, Proof, Step
from derive.elaborate.letters import find_letters
from derive.elaborate.notation import NONE, Notations
from derive.elaborate.problem import NOWHERE, ElabError, fail
from derive.elaborate.scope import Letter, Scope
from derive.kernel.sort import Sort
from derive.kernel.term import Term, mk
from derive.syntax import tree as t
from derive.syntax.diagnostic import Diagnostic
from derive.syntax.parse import parse_formula


def elaborate_file(file: t.File, notations: Notations = NONE) -> list[Item]:
    """Every item of a file; one that cannot be read carries its errors.

    A definition holds from its line to the end of the file.
    """
    notations = notations.refusing(_defined_below(file, notations))
    items = []
    for node in file.items:
        item = elaborate_item(node, notations)
        notations = _after(item, notations)
        items.append(item)
    return items


def elaborate_item(node: t.Item, notations: Notations = NONE) -> Item:
    """One item; a bad line is recorded and the rest is still read."""
    scope = Scope(notations=notations)
    item = Item(node.kind, node.name, node.doc, node.notes, node.span, scope, reason=node.reason)
    prepare(node, scope)
    if node.kind == "define":
        define(node, item)
        return item
    read_givens(node, item)
    _statement(node, item)
    _ambient_object(item)
    return item


def _defined_below(file: t.File, notations: Notations) -> dict[str, str]:
    """The names that a file defines, and what is said of one before its line."""
    return {
        node.name: f"{node.name} means nothing before its definition in line {node.span.line}"
        for node in reversed(file.items)
        if node.kind == "define" and node.name and notations.get(node.name) is None
    }


def _after(item: Item, notations: Notations) -> Notations:
    """The names that are defined below an item."""
    place = f"line {item.span.line}"
    if item.notation is not None:
        return notations.adding(item.notation, place)
    if item.name is None:
        return notations
    if item.kind == "define":
        if notations.get(item.name) is not None:
            return notations
        why = f"{item.name} means nothing: its definition in {place} cannot be read"
        return notations.refusing({item.name: why})
    return notations.taking(item.name, f"{item.name} is the {item.kind} in {place}")


def elaborate_prop(node: t.Node, item: Item) -> Term:
    """One more proposition in the scope of `item`."""
    return fm.statement(node, item.scope)


def elaborate_expression(node: t.Node, item: Item) -> Term:
    """One more expression in the scope of `item`, over declared letters only."""
    return ex.elaborate(node, item.scope)


def elaborate_given_text(text: str, item: Item) -> Term:
    """A proposition written as text, in the scope of `item`."""
    return elaborate_prop(parse_formula(text), item)


# ---- statement and proof ----


def _statement(node: t.Item, item: Item) -> None:
    complete = False
    try:
        shown = [node.show] if node.show is not None else []
        chain = node.proof.chain if node.proof is not None else None
        more = [chain.first, *(s.term for s in chain.steps)] if chain is not None else []
        item.letters = tuple(find_letters([*shown, *more], item.scope))
        complete = True
        if node.show is not None:
            item.show = fm.statement(node.show, item.scope, list(item.letters))
        item.instances = read_instances(node.reason, item)
    except ElabError as problem:
        problem.span = problem.span or node.span
        item.errors.append(problem.diagnostic)
    if node.proof is not None:
        item.proof = _proof(node.proof, item, item.letters, complete)


def _proof(node: t.Proof, item: Item, letters: tuple[Letter, ...], complete: bool = False) -> Proof:
    """Haves and chain; the letters are `complete` if those of the chain are among them."""
    haves = tuple(_have(have, item) for have in node.haves)
    if node.chain is None:
        return Proof(haves, None)
    if not complete:
        letters = _with_those_of(node.chain, item, letters)
    return Proof(haves, _chain(node.chain, item, letters))


def _have(node: t.Have, item: Item) -> Have:
    try:
        letters = find_letters([node.formula], item.scope)
        prop = fm.statement(node.formula, item.scope, letters)
        proof = _proof(node.proof, item, tuple(letters)) if node.proof is not None else None
        instances = read_instances(node.reason, item)
        return Have(node.label, prop, node.reason, node.span, proof, instances)
    except ElabError as problem:
        problem.span = problem.span or node.span
        item.errors.append(problem.diagnostic)
        return Have(node.label, None, node.reason, node.span, error=problem.diagnostic)


def _with_those_of(chain: t.Chain, item: Item, letters: tuple[Letter, ...]) -> tuple[Letter, ...]:
    """The letters and those of a chain, each once."""
    terms = [chain.first, *(step.term for step in chain.steps)]
    try:
        found = find_letters(terms, item.scope)
    except ElabError as problem:
        item.errors.append(problem.diagnostic)
        return letters
    return tuple({x.name: x for x in [*letters, *found]}.values())


def _chain(node: t.Chain, item: Item, letters: tuple[Letter, ...]) -> Chain:
    terms = [node.first, *(step.term for step in node.steps)]
    scope = item.scope.with_letters(list(letters))
    propositional = any(step.relation in ("⟺", "⟹") for step in node.steps)
    values = _values(terms, scope, propositional, item)
    steps = [
        _step(step, left, right, scope, letters, item)
        for step, left, right in zip(node.steps, values, values[1:], strict=False)
    ]
    first = values[0]
    return Chain(first if isinstance(first, Term) else None, node.first.span, tuple(steps), letters)


def _values(
    terms: list[t.Node], scope: Scope, propositional: bool, item: Item
) -> list[Term | Diagnostic]:
    """Every expression of a chain, or why it cannot be read."""
    values: list[Term | Diagnostic] = []
    known = None
    for node in sorted(terms, key=ops.needs_context):
        value = _value(node, scope, propositional, known, item)
        known = known or (value.sort if isinstance(value, Term) else None)
        values.append(value)
    order = sorted(range(len(terms)), key=lambda k: ops.needs_context(terms[k]))
    return [values[order.index(k)] for k in range(len(terms))]


def _value(
    node: t.Node, scope: Scope, propositional: bool, known: Sort | None, item: Item
) -> Term | Diagnostic:
    try:
        if propositional or fm.is_formula(node):
            return fm.proposition(node, scope)
        return ex.elaborate(node, scope, known)
    except ElabError as problem:
        item.errors.append(problem.diagnostic)
        return problem.diagnostic


def _step(
    node: t.ChainStep, left: Term | Diagnostic, right: Term | Diagnostic,
    scope: Scope, letters: tuple[Letter, ...], item: Item,
) -> Step:  # fmt: skip
    problem = next((side for side in (left, right) if isinstance(side, Diagnostic)), None)
    if isinstance(left, Term) and isinstance(right, Term):
        try:
            tail = _tail(node.tail, left, right, scope)
            prop = relations.between(node.term, left, node.relation, right, node.tail, scope)
            closed = fm.close(prop, list(letters))
            instances = read_instances(node.reason, item)
            return Step(
                node.relation, left, right, tail, prop, closed, node.reason, node.span, instances
            )
        except ElabError as found:
            found.span = found.span or node.span
            item.errors.append(found.diagnostic)
            problem = found.diagnostic
    return Step(node.relation, None, None, None, None, None, node.reason, node.span, error=problem)


def _tail(node: t.Node | None, left: Term, right: Term, scope: Scope) -> Term | None:
    """The measure of a step `= … μ-a.e.`."""
    if node is None:
        return None
    space = next((x.sort[1] for x in (left, right) if b.is_fn(x)), None)
    match node:
        case t.AlmostEverywhere(measure=None):
            return scope.ambient(node, space)
        case t.AlmostEverywhere(measure=measure) if measure is not None:
            return ex.measure(measure, scope, space)
    raise fail(node, "a step of a chain holds everywhere or almost everywhere", "a.s. or μ-a.e.")


# ---- the ambient object ----


def _ambient_object(item: Item) -> None:
    """The built-in P, as an object with its hypothesis, if the item uses it."""
    if "P" in item.scope.values:
        return
    law = item.scope.built_in_probability()
    used = [h.term for h in item.hypotheses] + list(_terms(item))
    if any(law in term.frees for term in used):
        item.objects.insert(0, Declared("P", law, law.sort, "ambient probability"))
        fact = Hypothesis(mk("probability", law), None, "ambient", item.span or NOWHERE, ("P",))
        item.hypotheses.insert(0, fact)


def _terms(item: Item) -> Iterable[Term]:
    if item.show is not None:
        yield item.show
    yield from item.instances.values()
    if item.proof is not None:
        yield from _proof_terms(item.proof)


def _proof_terms(proof: Proof) -> Iterable[Term]:
    for have in proof.haves:
        if have.prop is not None:
            yield have.prop
        yield from have.instances.values()
        if have.proof is not None:
            yield from _proof_terms(have.proof)
    for step in proof.chain.steps if proof.chain is not None else ():
        if step.prop is not None:
            yield step.prop
        yield from step.instances.values()


__all__ = [
    "Chain", "Have", "Item", "Proof", "Step", "elaborate_expression", "elaborate_file",
    "elaborate_given_text", "elaborate_item", "elaborate_prop",
]  # fmt: skip
