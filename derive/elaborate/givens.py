"""The `given` lines of an item: spaces and probabilities first, then line by line."""

from __future__ import annotations

from collections.abc import Iterable

from derive.elaborate import adjectives, argument_place
from derive.elaborate import formula as fm
from derive.elaborate import operators as ops
from derive.elaborate.declare import Declared, Hypothesis, declare, refuse_defined
from derive.elaborate.item import Item
from derive.elaborate.joint import JOINT
from derive.elaborate.letters import find_letters
from derive.elaborate.problem import ElabError, fail
from derive.elaborate.scope import AMBIENT_SPACE, Scope
from derive.kernel.sort import meas
from derive.kernel.term import mk, mk_free
from derive.syntax import tree as t


def prepare(node: t.Item, scope: Scope) -> None:
    """Find the spaces that types name and the probabilities, before any line is read."""
    spaces: list[str] = []
    for given in node.givens:
        if isinstance(given, t.Declare):
            if given.type.kind == "measurable space":
                spaces += given.names
            spaces += _space_names(given.type)
    declared = {n for g in node.givens if isinstance(g, t.Declare) for n in g.names}
    spaces = [s for s in spaces if s not in declared or _is_space(node, s)]
    scope.spaces.update(s for s in spaces if s not in ("ℝ", "ℕ"))
    for given in node.givens:
        match given:
            case t.Declare(names=names, type=t.TypePhrase(kind="probability", space=space)):
                where = ops.space_of(space, scope) if space is not None else AMBIENT_SPACE
                for name in names:
                    if where is not None:
                        scope.probabilities[name] = mk_free(name, meas(where))
            case t.Declare(type=t.TypePhrase(kind="probability space", names=(space_name, _, law))):
                scope.spaces.add(space_name)
                scope.probabilities[law] = mk_free(law, meas(space_name))


def _is_space(node: t.Item, name: str) -> bool:
    return any(
        isinstance(g, t.Declare) and g.type.kind == "measurable space" and name in g.names
        for g in node.givens
    )


def _space_names(phrase: t.TypePhrase) -> Iterable[str]:
    """The names that stand as spaces in a type."""
    if phrase.of is not None:
        yield from _space_names(phrase.of)
    for part in (phrase.space, phrase.target):
        yield from _names(part)


def _names(node: t.Node | None) -> Iterable[str]:
    match node:
        case t.Name(text=text):
            yield text
        case t.Binary(op="×", left=left, right=right):
            yield from _names(left)
            yield from _names(right)
        case t.Group(inner=inner):
            yield from _names(inner)


def read_givens(node: t.Item, item: Item) -> None:
    """Read the `given` lines of an item: `in θ` adjectives and assumptions after the names."""
    scope = item.scope
    delayed: list[t.Declare | t.Assume] = []
    for given in node.givens:
        if isinstance(given, t.Declare) and not any(a.argument for a in given.adjectives):
            _given(given, item)
        elif isinstance(given, t.Declare):
            _given(_without_places(given), item)
            delayed.append(given)
        else:
            delayed.append(given)
    scope.places = argument_place.argument_places(formulas(node), scope)
    for given in delayed:
        _given(given, item)


def _without_places(node: t.Declare) -> t.Declare:
    """The declaration without its `in θ` adjectives, which need the other formulas first."""
    kept = tuple(a for a in node.adjectives if not a.argument)
    return t.Declare(node.names, node.type, kept, node.label, span=node.span)


def _given(given: t.Declare | t.Assume, item: Item) -> None:
    scope = item.scope
    try:
        match given:
            case t.Declare(type=t.TypePhrase(kind="measurable space")):
                return
            case t.Declare(type=t.TypePhrase(kind="probability space", names=(space, _, law))):
                _probability_space(given, space, law, item)
            case t.Declare(names=(name, *_)) if name in scope.declared:
                _placed(given, item)
            case t.Declare():
                objects, found = declare(given, scope)
                item.objects += objects
                item.hypotheses += found
            case t.Assume(formula=formula, label=label):
                _assume(given, formula, label, item)
    except ElabError as problem:
        problem.span = problem.span or given.span
        item.errors.append(problem.diagnostic)


def _placed(given: t.Declare, item: Item) -> None:
    """The `in θ` adjectives of objects declared before, or a name declared twice."""
    phrases = [a for a in given.adjectives if a.argument]
    if not phrases or {o.name for o in item.objects if o.type} < set(given.names):
        raise fail(given, f"{given.names[0]} is declared twice")
    for phrase in phrases:
        for name in given.names:
            subject = t.Name(name, span=phrase.span)
            for prop in adjectives.of_subjects(phrase, (subject,), phrase, item.scope):
                origin = f"{name} {phrase.word} in {phrase.argument}"
                item.hypotheses.append(Hypothesis(prop, given.label, origin, phrase.span, (name,)))


def _probability_space(given: t.Declare, space: str, law: str, item: Item) -> None:
    refuse_defined(given, law, item.scope)
    term = item.scope.probabilities[law]
    item.scope.values[law] = term
    item.scope.declared.add(law)
    item.scope.measures[law] = term
    item.objects.append(Declared(law, term, term.sort, "probability space", given.label))
    fact = mk("probability", term)
    item.hypotheses.append(
        Hypothesis(fact, given.label, f"{law} : probability on {space}", given.span, (law,))
    )


def _assume(given: t.Assume, formula: t.Node, label: str | None, item: Item) -> None:
    """A proposition; `and` and adjectives of several subjects give several hypotheses."""
    match formula:
        case t.Conjunction(items=items):
            for part in items:
                _assume(given, part, label, item)
        case t.HasProperty(subjects=subjects, adjective=phrase) if _each(phrase):
            letters = find_letters([formula], item.scope)
            inner = item.scope.with_letters(letters)
            for subject in subjects:
                for prop in adjectives.of_subjects(formula, (subject,), phrase, inner):
                    term = fm.close(prop, letters)
                    item.hypotheses.append(Hypothesis(term, label, phrase.word, formula.span))
        case _:
            term = fm.statement(formula, item.scope)
            item.hypotheses.append(Hypothesis(term, label, "given", formula.span))


def _each(phrase: t.AdjectivePhrase) -> bool:
    return phrase.word not in JOINT


def formulas(node: t.Item) -> list[t.Node]:
    """Every formula and expression of an item."""
    found: list[t.Node] = [g.formula for g in node.givens if isinstance(g, t.Assume)]
    if node.show is not None:
        found.append(node.show)
    if node.proof is not None:
        found += _proof_formulas(node.proof)
    return found


def _proof_formulas(proof: t.Proof) -> list[t.Node]:
    found: list[t.Node] = []
    for have in proof.haves:
        found.append(have.formula)
        if have.proof is not None:
            found += _proof_formulas(have.proof)
    if proof.chain is not None:
        found += [proof.chain.first, *(step.term for step in proof.chain.steps)]
    return found
