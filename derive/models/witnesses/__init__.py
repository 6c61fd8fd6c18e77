"""Curated exact witnesses: what no finite space shows.

`WITNESSES` holds them by name. Which hypothesis of which rule rests on one is said in
`rules/necessity.txt`; `derive.models.necessity` reads it.
"""

from __future__ import annotations

from derive.models.witnesses import countable, densities, line, moments, named, planes
from derive.models.witnesses.witness import Holds, Named, Side, Witness

COMPUTED: tuple[Witness, ...] = (
    *line.WITNESSES,
    *countable.WITNESSES,
    *planes.WITNESSES,
    *densities.WITNESSES,
    *moments.WITNESSES,
)
_ALL: tuple[Witness | Named, ...] = (*COMPUTED, *named.WITNESSES)
WITNESSES: dict[str, Witness | Named] = {w.name: w for w in _ALL}

__all__ = ["COMPUTED", "WITNESSES", "Holds", "Named", "Side", "Witness"]
