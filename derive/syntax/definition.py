"""A `define` line, and the givens below it: types of its parameters, or for what follows."""

from __future__ import annotations

import re
from collections.abc import Iterable

from derive.syntax import tree
from derive.syntax.fold import fold
from derive.syntax.lines import Piece
from derive.syntax.node import changed
from derive.syntax.parse import parse_term

Types = tree.Declare
Given = tree.Declare | tree.Assume


def definition(item: tree.Item, rest: Piece) -> tree.Item:
    """`NAME a b := t` or `NAME(a, b) := t`: `show` is the term, `params` the parameters."""
    head, sign, _ = rest.text.partition(":=")
    words = re.split(r"[\s,()]+", fold(head).text.strip().rstrip(")"))
    if not sign or not all(re.fullmatch(r"[^\W\d]\w*'*", word) for word in words):
        raise rest.refuse("a definition is written define NAME a b := t", "NAME a b := t")
    if len(set(words)) < len(words):
        raise rest.refuse("the name and the parameters of a definition differ")
    right = rest.cut(len(head) + 2)
    term = parse_term(right.text, right.line, right.column)
    return changed(item, name=words[0], params=tuple(words[1:]), show=term)


def parted(params: tuple[str, ...], givens: list[Given]) -> tuple[list[Types], list[Given]]:
    """The givens that say of what kind the parameters are, and the others.

    A parameter is a number if nothing is said of it, so that `x : positive real` is no such type.
    """
    types: list[Types] = []
    others: list[Given] = []
    untyped = set(params)
    for given in givens:
        if isinstance(given, tree.Declare) and _is_type(given, untyped):
            types.append(given)
            untyped -= set(given.names)
        else:
            others.append(given)
    return types, others


def _is_type(given: tree.Declare, params: set[str]) -> bool:
    number = given.type.kind in ("real", "interval")
    if given.label is not None or (given.adjectives and number):
        return False
    return given.type.kind == "measurable space" or params.issuperset(given.names)


def spoken_of(types: list[Types], givens: list[Given], chain: tree.Chain) -> list[Types]:
    """Those types of parameters that hold for a derivation as well: it speaks of their letters.

    A letter that the derivation declares itself is not that of the definition.
    """
    if not types:
        return []
    declared = {n for given in givens if isinstance(given, tree.Declare) for n in given.names}
    names = set(_names([chain, *givens]))
    return [given for given in types if names & (set(given.names) - declared)]


def _names(nodes: Iterable[object]) -> Iterable[str]:
    """Every name in some nodes."""
    for node in nodes:
        if isinstance(node, tree.Name):
            yield node.text
        elif isinstance(node, tree.Node):
            yield from _names(getattr(node, field) for field in node.__match_args__)
        elif isinstance(node, tuple):
            yield from _names(node)
