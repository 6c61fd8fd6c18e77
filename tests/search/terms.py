"""Core terms for the tests of search: letters by name, patterns whose letters start with `?`."""

from __future__ import annotations

import re

from derive.kernel.symbol import read_all
from derive.kernel.term import Term, mk_free, mk_meta
from derive.kernel.text import read_term
from derive.search.context import Context
from derive.search.horn import Prover
from derive.search.proof import hyp
from derive.search.session import session

NUM, PROP = "num", "prop"
SORTS = {
    **dict.fromkeys(("a", "b", "c", "x", "y", "z"), NUM),
    **dict.fromkeys(("p", "q", "r"), PROP),
    **dict.fromkeys(("f", "g", "h"), ("fn", "𝒳", NUM)),
    **dict.fromkeys(("A", "B", "C"), ("fn", "𝒳", PROP)),
    **dict.fromkeys(("μ", "ν"), ("meas", "𝒳")),
    **dict.fromkeys(("k", "l"), ("fn", ("prod", "𝒳", "𝒳"), NUM)),
    "w": "𝒳",
    "s": ("fn", "nat", NUM),
}
"""The sort of each letter; a pattern's letter has that of the letter it is called after."""


def term(text: str) -> Term:
    """The term of a core text; `?x` is an open letter of the sort of `x`."""
    names = {name: mk_free(name, sort) for name, sort in SORTS.items()}
    for word in set(re.findall(r"\?\w", text)):
        names[word] = mk_meta(word[1:], SORTS[word[1:]])
    (form,) = read_all(text)
    return read_term(form, names)


def prover() -> Prover:
    """A prover with the whole rulebook."""
    library = session().library
    return Prover(library.horn, library.structure, set())


def context(*facts: str) -> Context:
    """A context in which some propositions hold."""
    return Context(None, [hyp(term(fact)) for fact in facts])
