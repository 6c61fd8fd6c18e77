"""Clauses: one `given`, one reason, one chain step, one rulebook note, each from its piece."""

from __future__ import annotations

import re

from derive.syntax import tree
from derive.syntax.build_expression import FORMULAS
from derive.syntax.diagnostic import SyntaxFailure
from derive.syntax.fold import fold
from derive.syntax.lexer import type_words
from derive.syntax.lines import RELATION, Piece, split_top
from derive.syntax.parse import parse_formula, parse_step, parse_term, parse_type

IDENTIFIER = re.compile(r"[^\W\d]\w*")
_NAME = re.compile(r"[^\W\d_]+[0-9]*'*(?:_(?:[^\W_]+|\{[^\W_]+\}))?|[∞∅]")
_DIFFERENTIAL = re.compile(r"d[^\W\d_][0-9]*'*")
_BY = re.compile(r"(?:^|(?<=\s))by(?=\s|$)")
_WITH = re.compile(r"(?:^|(?<=\s))with(?=\s|$)")
_TYPE_START = re.compile(rf"(?:{'|'.join(map(re.escape, type_words()))})(?=[\s,]|$)")
_COLON = re.compile(r":(?!=)")


def formula(piece: Piece) -> tree.Node:
    """The proposition in a piece."""
    return parse_formula(piece.text, piece.line, piece.column)


# ---- given ---------------------------------------------------------------------------------------


def parse_given(text: str, line: int = 1, column: int = 1) -> tree.Declare | tree.Assume:
    """Read what follows the word `given`.

    Refuses (SyntaxFailure, with one diagnostic) what is neither declaration nor proposition.
    """
    return given(Piece(text, line, column).cut(0))


def given(piece: Piece) -> tree.Declare | tree.Assume:
    """What follows `given`: a declaration, or a proposition with or without a label."""
    head, rest = _at_colon(piece)
    if head is None or rest is None:
        return tree.Assume(formula(piece), span=piece.span)
    names = declared_names(head)
    label = names[0] if len(names) == 1 and IDENTIFIER.fullmatch(names[0]) else None
    inner, after = _at_colon(rest)
    if label and inner and after and all(map(_NAME.fullmatch, declared_names(inner))):
        return _declare(inner, after, label, piece)
    try:
        declaration = _declare(head, rest, None, piece)
    except SyntaxFailure as error:
        return _labelled(label, head, rest, piece, error)
    if label is not None and _is_convergence(declaration.type):
        return tree.Assume(formula(rest), label, span=piece.span)
    return declaration


def _at_colon(piece: Piece) -> tuple[Piece | None, Piece | None]:
    """Before and after the first colon outside brackets; (None, None) if there is none."""
    _, end = split_top(piece.text, ":")[0]
    if end == len(piece.text) or not _COLON.match(piece.text, end):
        return None, None
    return piece.cut(0, end), piece.cut(end + 1)


def declared_names(head: Piece) -> list[str]:
    """The names before a colon: `X, Y` or `(Ω, ℱ, P)`."""
    text = fold(head.text).text.strip()
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    return [name.strip() for name in text.split(",")]


def _declare(head: Piece, rest: Piece, label: str | None, whole: Piece) -> tree.Declare:
    names = declared_names(head)
    for name in names:
        if not _NAME.fullmatch(name):
            raise head.refuse("before the colon stand names, separated by commas", "A, B")
        if _DIFFERENTIAL.fullmatch(name):
            raise head.refuse(f"“{name}” would be read as a differential; choose another name")
    found = parse_type(rest.text, rest.line, rest.column)
    phrase = found.type
    if phrase.kind == "probability space":
        if len(names) != 3:
            raise head.refuse("a probability space has three names", "(Ω, ℱ, P)")
        phrase = tree.TypePhrase(phrase.kind, names=tuple(names), span=phrase.span)
    unbraced = tuple(name.replace("{", "").replace("}", "") for name in names)
    return tree.Declare(unbraced, phrase, found.adjectives, label, span=whole.span)


def _labelled(
    label: str | None, head: Piece, rest: Piece, whole: Piece, error: SyntaxFailure
) -> tree.Assume:
    """A labelled proposition, if it is one; else the more helpful of two failures."""
    if label is None or _TYPE_START.match(rest.text):
        raise error
    hugging = whole.text[len(head.text) : len(head.text) + 1] == ":"
    try:
        statement = formula(rest)
        # `h: small(a)` is a formula if the colon follows at once: a file may define predicates
        if not isinstance(statement, FORMULAS) and not (hugging and _is_call(statement)):
            raise error
        return tree.Assume(statement, label, span=whole.span)
    except SyntaxFailure as other:
        raise (other if hugging else error) from None


def _is_call(node: tree.Node) -> bool:
    return isinstance(node, tree.Suffixed) and isinstance(node.suffixes[-1], tree.Call)


def _is_convergence(phrase: tree.TypePhrase) -> bool:
    """Whether `h: f_n → g` was meant: what stands left of the arrow is no space."""
    if phrase.kind != "function":
        return False
    base = phrase.space.base if isinstance(phrase.space, tree.Suffixed) else phrase.space
    return isinstance(base, tree.Name) and base.text[0].islower()


# ---- reasons -------------------------------------------------------------------------------------


def split_reason(piece: Piece) -> tuple[Piece, tree.Reason | None]:
    """A piece without its `by …`, and the reason."""
    found = _BY.search(piece.text)
    if found is None:
        return piece, None
    return piece.cut(0, found.start()), reason(piece.cut(found.end()), piece)


def reason(piece: Piece, whole: Piece) -> tree.Reason:
    """`a, b with f := t`."""
    if not piece.text:
        raise whole.refuse("after “by” a reason is missing", "a rule's name")
    found = _WITH.search(piece.text)
    named = piece.cut(0, found.start()) if found else piece
    names = tuple(_rule_name(named.cut(*span)) for span in split_top(named.text, ","))
    instances: tuple[tree.Instance, ...] = ()
    if found:
        rest = piece.cut(found.end())
        instances = tuple(instance(rest.cut(*span)) for span in split_top(rest.text, ","))
    return tree.Reason(names, instances, span=piece.span)


def _rule_name(piece: Piece) -> tree.Name:
    if not IDENTIFIER.fullmatch(piece.text):
        what = f"“{piece.text[:40]}” is not a rule's name" if piece.text else "a name is missing"
        raise piece.refuse(what, "names separated by commas, “with” last")
    return tree.Name(piece.text, span=piece.span)


def instance(piece: Piece) -> tree.Instance:
    """`f := t`, or `φ(t) := t²`, which is `φ := (t ↦ t²)`."""
    head, sign, _ = piece.text.partition(":=")
    left = piece.cut(0, len(head))
    parsed = re.fullmatch(r"(.+?)\s*(?:\(([^()]*)\))?", fold(left.text).text, re.DOTALL)
    if not sign or parsed is None or not _NAME.fullmatch(parsed[1]):
        raise piece.refuse("after “with” stand instances such as f := t", "NAME := term")
    right = piece.cut(len(head) + 2)
    term = parse_term(right.text, right.line, right.column)
    if parsed[2] is not None:
        names = tuple(name.strip() for name in parsed[2].split(","))
        if not all(_NAME.fullmatch(name) for name in names):
            raise left.refuse("the arguments on the left of := are names", "φ(t) := …")
        term = tree.Lambda(names, term, span=piece.span)
    return tree.Instance(parsed[1], term, span=piece.span)


# ---- steps and notes -----------------------------------------------------------------------------


def step(piece: Piece) -> tree.ChainStep:
    """`REL term [tail] [by …]`; what cannot be read becomes a Broken term."""
    sign = RELATION.match(piece.text)
    relation = fold(sign.group()).text if sign else ""
    try:
        rest, why = split_reason(piece.cut(sign.end() if sign else 0))
        if not rest.text:
            raise piece.refuse("after the relation an expression is missing", "an expression")
        term, tail = parse_step(rest.text, rest.line, rest.column)
    except SyntaxFailure as error:
        return tree.ChainStep(relation, broken(error), None, None, span=piece.span)
    return tree.ChainStep(relation, term, tail, why, span=piece.span)


def broken(error: SyntaxFailure) -> tree.Broken:
    """A failure as a node."""
    found = error.diagnostic
    return tree.Broken(found.message, found.expected, found.nearest, span=found.span)


NOTE_KINDS = frozenset(["structural", "fact", "definition", "congruence"])
_QUOTED = re.compile(r'(.*?)"((?:[^"\\]|\\.)*)"\s*', re.DOTALL)


def note(piece: Piece) -> tree.Note:
    """`source "…"`, `library "…"`, `without LABEL "…"`, `alias a, b`, `kind fact`."""
    kind, rest = piece.keyword, piece.after_keyword()
    if kind in ("alias", "kind"):
        words = tuple(word.strip() for word in rest.text.split(","))
        if not all(IDENTIFIER.fullmatch(word) for word in words):
            raise rest.refuse(f"after “{kind}” stand names", "a, b")
        if kind == "kind" and not (len(words) == 1 and words[0] in NOTE_KINDS):
            raise rest.refuse("this kind is not known", ", ".join(sorted(NOTE_KINDS)))
        return tree.Note(kind, words, "", span=piece.span)
    found = _QUOTED.fullmatch(rest.text)
    if found is None:
        raise rest.refuse(f"after “{kind}” stands a text in quotes", f'{kind} "…"')
    words = tuple(found[1].split())
    if (kind == "without") != bool(words):
        raise rest.refuse("only “without” names a hypothesis", 'without LABEL "…"')
    return tree.Note(kind, words, found[2], span=piece.span)


def quoted(piece: Piece) -> str:
    """The text of a line in quotes."""
    found = _QUOTED.fullmatch(piece.text)
    if found is None or found[1].strip():
        raise piece.refuse("this text in quotes does not end with a quote", '"…"')
    return found[2]
