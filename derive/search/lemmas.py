"""Theorems of files: what a later item may use, and what its certificate then has to contain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from derive.kernel.core import Rule
from derive.kernel.term import Term
from derive.search.certificate import Writer
from derive.search.proof import Proof, rules_used

if TYPE_CHECKING:
    from derive.search.work import Work


class Entry(NamedTuple):
    """An item of a certificate: a line of a proof, or the statement."""

    name: str
    givens: list[Term]
    show: Term
    proof: Proof
    values: list[Proof]

    def lemmas(self, known: Mapping[str, Lemma]) -> Iterator[str]:
        """The theorems of files that it uses."""
        for proof in (self.proof, *self.values):
            yield from (name for name in rules_used(proof) if name in known)


class Lemma(NamedTuple):
    """A theorem of a file as the kernel proved it, and the items that prove it."""

    rule: Rule
    entries: tuple[Entry, ...]


def used(entries: list[Entry], known: Mapping[str, Lemma]) -> list[str]:
    """The theorems of files on which some items rest, each after those that it rests on."""
    order: dict[str, None] = {}
    waiting = [(name, False) for entry in entries for name in entry.lemmas(known)]
    waiting.reverse()
    while waiting:
        name, done = waiting.pop()
        if done:
            order[name] = None
        elif name not in order:
            waiting.append((name, True))
            below = (lemma for entry in known[name].entries for lemma in entry.lemmas(known))
            waiting += [(lemma, False) for lemma in below if lemma not in order]
    return list(order)


def theorems_used(work: Work, known: Mapping[str, Lemma]) -> tuple[str, ...]:
    """The theorems of files on which an item rests, by the names that their files give them."""
    names = used(work.entries, known) if known else []
    return tuple(dict.fromkeys(name.partition("@")[0] for name in names))


def certificate(work: Work, known: Mapping[str, Lemma]) -> Callable[[], str]:
    """What writes out a certificate that replays alone: the theorems of files that are used first.

    It holds on to nothing else of the search.
    """
    names = used(work.entries, known) if known else []
    writer = Writer()
    if not names:
        writer.lines = work.writer.lines
        return writer.text
    for name in names:
        for entry in known[name].entries:
            writer.item(*entry, publish=False)
        writer.record("publish", name)
    for entry in work.entries:
        writer.item(*entry, publish=work.entries[-1] is entry and entry.name in known)
    return writer.text
