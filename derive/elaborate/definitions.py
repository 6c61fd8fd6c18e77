"""`define NAME params := t`: the parameters, the term, and the notation that they make."""

from __future__ import annotations

import re

from derive.elaborate import build as b
from derive.elaborate import expression as ex
from derive.elaborate import formula as fm
from derive.elaborate import regions
from derive.elaborate.givens import read_givens
from derive.elaborate.item import Item
from derive.elaborate.letters import children, is_open
from derive.elaborate.notation import Notation, check_size, notation
from derive.elaborate.problem import ElabError, fail, near
from derive.elaborate.scope import CONSTANTS, OPERATORS, Scope
from derive.kernel.refusal import Rejected
from derive.kernel.sort import NUM, leaves
from derive.kernel.term import Term, mk_free
from derive.syntax import tree as t
from derive.syntax.diagnostic import SyntaxFailure
from derive.syntax.parse import parse_term

_DIFFERENTIAL = re.compile(r"d[^\W\d_][0-9]*")


def define(node: t.Item, item: Item) -> None:
    """Read a definition: its parameters, its term, and the notation that they make."""
    try:
        right_side = _right_side(node)
        _check_names(node, item.scope)
        _check_givens(node)
        read_givens(node, item)
        item.hypotheses.clear()  # a type says of what kind a parameter is, and nothing more
        if not item.errors:
            _notation(node, right_side, item)
    except ElabError as problem:
        problem.span = problem.span or node.span
        item.errors.append(problem.diagnostic)


def _check_names(node: t.Item, scope: Scope) -> None:
    name = node.name or ""
    why = scope.notations.why_taken(name)
    if name in OPERATORS or name in CONSTANTS:
        why = f"{name} is a name of the language"
    if why is not None:
        raise fail(node, why, "another name for the definition")
    for word in (name, *node.params):
        if not _is_name(word) or (word == name and word.endswith("'")):
            raise fail(node, f"{word} is not one name in a formula", _one_name(word))
    for param in node.params:
        if scope.notations.get(param) is not None:
            why = scope.notations.why_taken(param)
            raise fail(node, f"the parameter {param} has a meaning already: {why}", "another name")


def _right_side(node: t.Item) -> t.Node:
    match node.show:
        case None:
            raise fail(node, "a definition needs a right side", ":= …")
        case t.Broken(message=message, expected=expected, nearest=nearest, span=span):
            raise ElabError(message, span, expected, (nearest,) if nearest else ())
    return node.show


def _is_name(word: str) -> bool:
    """Whether a formula reads a word as one name."""
    try:
        node = parse_term(word)
    except SyntaxFailure:
        return False
    return isinstance(node, t.Name) and node.text == word and not _DIFFERENTIAL.fullmatch(word)


def _one_name(word: str) -> str:
    plain = re.sub(r"[_']", "", word)
    return f"a letter, or a word without _ such as {plain}" if _is_name(plain) else "a letter"


def _check_givens(node: t.Item) -> None:
    """Below a definition stand the types of its parameters, and no conditions."""
    for given in node.givens:
        match given:
            case t.Assume(formula=formula):
                if isinstance(formula, t.Broken):
                    raise ElabError(formula.message, formula.span, formula.expected)
                raise fail(given, *_NO_CONDITION)
            case t.Declare(type=t.TypePhrase(kind="measurable space")):
                continue
            case t.Declare(names=names, adjectives=adjectives):
                stray = [name for name in names if name not in node.params]
                if stray:
                    wanted = f"define {node.name} {' '.join([*node.params, *stray])} := …"
                    raise fail(given, f"{stray[0]} is no parameter of {node.name}", wanted)
                if adjectives:
                    raise fail(adjectives[0], *_NO_CONDITION)


_NO_CONDITION = (
    "a definition has no conditions: what holds only under some belongs to a theorem",
    "a type alone, as in `given f : 𝒳 → ℝ`",
)


def _notation(node: t.Item, right_side: t.Node, item: Item) -> None:
    scope = item.scope
    assumed = [name for name in node.params if name not in scope.values]
    for name in assumed:
        scope.values[name] = mk_free(name, NUM)
        scope.declared.add(name)
    item.params = tuple(scope.values[name] for name in node.params)
    try:
        body = item.body = _body(right_side, scope)
    except ElabError as problem:
        _check_letters(node, right_side, scope)
        if assumed:
            hint = f"{', '.join(assumed)}: a number unless a `given` below says otherwise"
            problem.expected = "; ".join(filter(None, [problem.expected, hint]))
        raise
    item.notation = _made(node, body, item)


def _check_letters(node: t.Item, right_side: t.Node, scope: Scope) -> None:
    for name, place in _open_names(right_side, scope, frozenset()):
        if name == node.name:
            raise fail(place, f"{name} is defined by itself", "a term without the name it defines")
        why = scope.notations.unusable.get(name)
        if why is not None:
            raise fail(place, why, "a definition that stands above")
        wanted = f"define {node.name} {' '.join([*node.params, name])} := …"
        raise fail(
            place, f"{name} is no parameter of {node.name}", wanted, near(name, scope.known())
        )


def _open_names(node: t.Node, scope: Scope, bound: frozenset[str]) -> list[tuple[str, t.Node]]:
    """The names in a term that mean nothing, with their places."""
    found: list[tuple[str, t.Node]] = []
    if (
        isinstance(node, t.Name)
        and is_open(node.text, scope, bound)
        and not scope.is_operator(node.text)
    ):
        found.append((node.text, node))
    for child, names in children(node):
        found += _open_names(child, scope, bound | names)
    return found


def _body(node: t.Node, scope: Scope) -> Term:
    if fm.is_formula(node):
        return fm.proposition(node, scope)
    if isinstance(node, (t.Braces, t.SetOf, t.Interval)):
        return regions.region(node, scope)
    return ex.elaborate(node, scope)


def _made(node: t.Item, body: Term, item: Item) -> Notation:
    """The notation; the ambient probability is a parameter of it where the term speaks of it."""
    params = item.params
    for param in params:
        if param not in body.frees:
            raise fail(
                node,
                f"the parameter {b.name_of(param)} does not stand in the term",
                "its use in it",
            )
    law = item.scope.built_in_probability()
    ambient = law in body.frees and law not in params
    params = (*params, law) if ambient else params
    spaces = set().union(*(leaves(p.sort) for p in params))
    lost = sorted(leaves(body.sort) - spaces)
    if lost:
        wanted = f"a parameter on {lost[0]}, such as `given μ : measure on {lost[0]}`"
        raise fail(node, f"no parameter says which space {lost[0]} is", wanted)
    check_size(node, body)
    try:
        return notation(node.name or "", params, body, ambient)
    except Rejected as reason:
        raise ElabError(f"this has no meaning: {reason}", node.span) from None
