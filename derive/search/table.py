"""The table of backward chaining: what is proved, what has failed, and how long a failure stands.

A search fails for good if it met no bound and no goal that was still open above it. Else it would
fail again in the same circumstances: no less deep, with the same goals open, and with no proof
found since. Where failures are common, most searches are such repetitions.
"""

from __future__ import annotations

from derive.search.proof import Proof

Key = tuple


class Table:
    """Proofs and failures by goal and place; the goals that are open are a stack.

    While a goal is sought, `above` tells as bits which of the open goals were met again below it,
    `bounded` whether the depth mattered, and `spent` whether the number of goals did.
    """

    def __init__(self) -> None:
        self.proved: dict[Key, Proof] = {}
        self.failed: set[Key] = set()
        self.open: dict[Key, int] = {}
        self.repeated: dict[Key, tuple[int, int, int]] = {}
        self.standing: list[list[Key]] = []
        self.above, self.bounded, self.spent = 0, False, False

    def has_failed(self, key: Key, depth: int) -> bool:
        """Whether a search is known to fail; what it depends on, the goal above depends on too."""
        if key in self.failed:
            return True
        known = self.repeated.get(key)
        if known is not None and depth >= known[0] and known[2] == len(self.proved):
            self.above |= known[1]
            self.bounded = True
            return True
        if key in self.open:
            self.above |= 1 << self.open[key]
            return True
        return False

    def enter(self, key: Key) -> tuple[int, bool, bool]:
        """Open a goal; what was noted for the goal above, to be handed to `leave`."""
        noted = self.above, self.bounded, self.spent
        self.above, self.bounded, self.spent = 0, False, False
        self.open[key] = len(self.open)
        self.standing.append([])
        return noted

    def leave(self, key: Key, depth: int, found: Proof | None, noted: tuple) -> None:
        """Close a goal and remember its outcome; a failure is passed on to the goal above."""
        place = self.open.pop(key)
        for other in self.standing.pop():
            self.repeated.pop(other, None)
        above, looped = self.above & ((1 << place) - 1), self.above >> place
        if found is not None:
            self.proved[key] = found
            self.above, self.bounded, self.spent = noted
            return
        if not (self.spent or self.bounded or self.above):
            self.failed.add(key)
        elif not self.spent:
            self.repeated[key] = depth, above, len(self.proved)
            if above:
                self.standing[above.bit_length() - 1].append(key)
        self.above = above | noted[0]
        self.bounded = self.bounded or bool(looped) or noted[1]
        self.spent = self.spent or noted[2]
