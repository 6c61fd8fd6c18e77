"""Take one hypothesis away from what is checked: it must then be missed, and by name.

    python benchmarks/ablation.py [FILE.drv …]

For each checked item of the files (by default the list below and, where they are, the sound corpora
beside the checkout) every given and every adjective is deleted once, and every type is weakened by
one step. The item must not stay checked unless the report of the whole item called the hypothesis
unused or implied; and with the conditions that are listed as missing added as givens, it must be
checked again. Prints a table of violations; the status is 1 if there is one.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import derive
from derive.report.data import GOOD, ItemReport, worst

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "sound"

OWN = """\
given X, Y : random variable, integrable
E[2 X + Y + 1]
  = 2 E[X] + E[Y] + 1                     by linearity

given X : random variable, nonnegative
given a : positive real
P(X ≥ a)
  ≤ E[X]/a                                by markov

given μ : measure on 𝒳
given A, B : event in 𝒳
given A ⊆ B
given μ(A) < ∞
μ(B ∖ A)
  = μ(B) - μ(A)                           by measure_diff

given A, B : event
given A ∩ B = ∅
P(A ∪ B)
  = P(A) + P(B)                           by finite_additivity

given μ : measure on 𝒳
given A : sequence of events in 𝒳, pairwise disjoint
μ(⋃_n A_n)
  = ∑_n μ(A_n)                            by countable_additivity

given μ : finite measure on 𝒳
given A, B : event in 𝒳
μ(B) - μ(A) + μ(A)
  = μ(B)                                  by algebra

given A, B : event
given P(B) > 0
P(A | B) P(B)
  = P(A ∩ B)                              by conditional_probability, algebra

given μ, ν : measure on 𝒳
given f, g : 𝒳 → [0,∞], measurable
given f = g μ-a.e.
given ν ≪ μ
∫ f dν
  = ∫ g dν                                by integral_congr_ae

given X, Y : random variable, integrable
given X ≤ Y
given c : positive real
c E[X]
  ≤ c E[Y]                                by monotonicity

given X : random variable, square-integrable
given a : positive real
P(|X - E[X]| ≥ a)
  ≤ Var(X)/a²                             by chebyshev

given μ : probability on 𝒳
given A : event in 𝒳
μ(Aᶜ)
  = 1 - μ(A)                              by complement

given x, y : positive real
log(x y)
  = log(x) + log(y)                       by algebra

given x : real
given x ≠ 0
given y : real
(x y)/x
  = y                                     by algebra

given μ : measure on 𝒳
given f : 𝒳 → [0,∞], measurable
given c : positive real
∫ c f dμ
  = c ∫ f dμ                              by linearity

given T : random variable, square-integrable
given θ : real
E[(T - θ)²]
  = Var(T) + (E[T] - θ)²                  by bias_variance
"""

WEAKER = [
    (r"positive real", "real"),
    (r"(σ-finite|finite) measure on", "measure on"),
    (r"probability on", "measure on"),
    (r"sequence of events? in (\S+?)(,|$)", r"sequence of subset of \1\2"),
    (r"sequence of events?(,|$)", r"sequence of subset of Ω\1"),
    (r"event in (\S+?)(,|$)", r"subset of \1\2"),
    (r"event(,|$)", r"subset of Ω\1"),
    (r"random variable(,|$)", r"Ω → ℝ\1"),
    (r"\[0,∞\]", "[-∞,∞]"),
]


class Change(NamedTuple):
    """A hypothesis taken away: its words, and the item without it."""

    what: str
    text: str


class Violation(NamedTuple):
    """An item that stayed checked, or that the listed conditions do not mend."""

    item: str
    what: str
    verdict: str
    detail: str


def items_of(text: str) -> list[str]:
    """The items of a file as texts, each with its own givens; comments go."""
    text = re.sub(r"\s*#.*", "", text)
    return [part.strip() + "\n" for part in re.split(r"\n\s*\n", text) if part.strip()]


def changes(text: str) -> Iterator[Change]:
    """Every way to take one hypothesis away."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if not line.startswith("given "):
            continue
        body = line.removeprefix("given ")
        for what, weaker in _weaker(body):
            new = [f"given {weaker}"] if weaker else []
            yield Change(what, "\n".join([*lines[:number], *new, *lines[number + 1 :]]) + "\n")


def _weaker(body: str) -> Iterator[tuple[str, str]]:
    declared = re.match(r"([^:]*\S) : (.*)$", body)
    if declared is None:
        yield body, ""
        return
    names, rest = declared.groups()
    type_, *adjectives = _split(rest)
    for number, adjective in enumerate(adjectives):
        kept = [*adjectives[:number], *adjectives[number + 1 :]]
        yield f"{names} {adjective}", ", ".join([f"{names} : {type_}", *kept])
    for old, new in WEAKER:
        if re.match(old, type_) or (old.startswith("\\[") and re.search(old, type_)):
            yield (
                f"{names} : {type_}",
                ", ".join([f"{names} : {re.sub(old, new, type_)}", *adjectives]),
            )
            break


def _split(text: str) -> list[str]:
    """Parts at commas that stand in no bracket."""
    parts, depth = [""], 0
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts]


def judged(text: str, before: str = "") -> tuple[str, ItemReport]:
    """The verdict of the last item of a text, and its report."""
    (file,) = derive.check(before + text).files
    if file.error is not None:
        raise RuntimeError(file.error.message)
    item = file.items[-1]
    return worst([item.verdict, *(s.verdict for s in item.steps)]), item


def repaired(text: str, conditions: tuple[str, ...]) -> str:
    """The item with conditions as further givens, after those that it has."""
    lines = text.splitlines()
    last = max((i for i, line in enumerate(lines) if line.startswith("given ")), default=-1)
    if last < 0:
        last = 0 if lines[0].split()[0] in ("theorem", "example") else -1
    new = [f"given {condition}" for condition in conditions]
    return "\n".join([*lines[: last + 1], *new, *lines[last + 1 :]]) + "\n"


def violations(text: str, before: str = "") -> Iterator[Violation]:
    """What is wrong with the answers about an item that is checked."""
    _, whole = judged(text, before)
    excused = frozenset([*whole.unused, *(name for name, _ in whole.implied)])
    name = whole.name or text.splitlines()[-1].strip()[:40]
    for change in changes(text):
        verdict, item = judged(change.text, before)
        if verdict in GOOD:
            if not is_excused(change.what, excused):
                yield Violation(
                    name,
                    change.what,
                    verdict,
                    f"excused: {', '.join(sorted(excused)) or 'nothing'}",
                )
            continue
        missing = tuple(dict.fromkeys(m for s in item.steps for m in s.missing))
        if missing and verdict != "unreadable":
            again, after = judged(repaired(change.text, missing), before)
            if again not in GOOD:
                more = "; ".join(m for s in after.steps for m in (*s.missing, s.message) if m)
                yield Violation(
                    name, change.what, verdict, f"given {missing}: {again} {more}"[:300]
                )
        elif verdict not in ("refuted", "unreadable"):
            yield Violation(name, change.what, verdict, "no condition is named")


def is_excused(what: str, excused: frozenset[str]) -> bool:
    """Whether the report named the hypothesis, for each of its objects, as one it did not need."""
    declared = re.match(r"(\w+(?:, \w+)*) (: )?(.*)$", what)
    if what in excused or declared is None:
        return what in excused
    names, colon, rest = declared.groups()
    said = "positive" if rest == "positive real" else f"{colon or ''}{rest}"
    return all(f"{name} {said}" in excused for name in names.split(", "))


def table(rows: list[Violation]) -> str:
    """Aligned columns."""
    wide = [max((len(row[i]) for row in rows), default=0) for i in range(3)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, [*wide, 0], strict=True)).rstrip()
        for row in rows
    )


def checked_items(text: str) -> Iterator[tuple[str, str]]:
    """The items of a file that are checked, each with the theorems above it."""
    before = ""
    for item in items_of(text):
        if judged(item, before)[0] in GOOD:
            yield item, before
        if item.startswith("theorem"):
            before += item + "\n"


def main(arguments: list[str]) -> int:
    """Run over the files, or over the list above and the corpora."""
    paths = [Path(a) for a in arguments] or sorted(CORPORA.glob("*.drv"))
    texts = [path.read_text(encoding="utf-8") for path in paths]
    found: list[Violation] = []
    count = deleted = 0
    for text in texts if arguments else [OWN, *texts]:
        for item, before in checked_items(text):
            count += 1
            deleted += len(list(changes(item)))
            new = list(violations(item, before))
            found += new
            if new:
                print(table(new), flush=True)
    print(f"{count} items, {deleted} hypotheses taken away, {len(found)} violations")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
