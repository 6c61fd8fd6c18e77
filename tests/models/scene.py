"""Models to evaluate core terms in: letters by name, terms as text."""

from __future__ import annotations

from typing import Any

import derive.models.symbols  # registers every symbol
from derive.kernel.core import read_term
from derive.kernel.sort import check_sort
from derive.kernel.symbol import read_all
from derive.kernel.term import mk_meta
from derive.models.compilation import compiled
from derive.models.extended import INF, NEG
from derive.models.model import Model
from derive.models.spaces import Measure, Seq, Space, Table

__all__ = ["COARSE", "FINE", "INF", "NEG", "Measure", "Scene", "Seq", "Space", "Table", "derive"]

FINE = Space({p: p for p in "abc"})
COARSE = Space({"a": 0, "b": 0, "c": 1})


class Scene:
    """A model on one space X; letters are added with their sorts."""

    def __init__(self, space: Space = FINE, junk: Any = 7) -> None:
        self.model = Model({"X": space}, {}, junk)
        self.names: dict = {}

    def let(self, name: str, sort: str, value: Any) -> Scene:
        """Add a letter."""
        self.names[name] = mk_meta(name, check_sort(read_all(sort)[0]))
        self.model.letters[name] = value
        self.model.vary()
        return self

    def __call__(self, text: str) -> Any:
        """The value of a term."""
        return compiled(read_term(read_all(text)[0], self.names))(self.model, ())
