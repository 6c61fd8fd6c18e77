"""Break certificates at random and see that the kernel proves nothing but what the text states.

    python -I -O benchmarks/mutate_certificates.py [-n CHANGES] [-s SEED] [FOLDER]

Every changed certificate must be rejected, or prove exactly the statements that a second, small
reader finds in the changed text, from axioms that the text names. Without a folder the hand-made
certificates of `sample_certificates.py` are used, over their own small theory.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from sample_certificates import CORE, SAMPLES

from derive.kernel.check import Proved, check_text
from derive.kernel.core import read_rules, term_text
from derive.kernel.refusal import Rejected
from derive.kernel.theory import Theory, rulebook

# ---- the second reader: nested tuples, naive β, η and AC order; shares no code with the kernel

AC = {"and", "or", "add", "mul", "max", "min", "nadd", "nmul", "madd"}


def statements(text: str) -> list[tuple]:
    """(name, givens, show) of each item, as normal trees."""
    terms: list = []
    items = []
    for line in filter(str.strip, text.split("\n")):
        kind, *rest = json.loads(line)
        match kind:
            case "free":
                terms.append(("free", rest[0], _sort(rest[1])))
            case "bound":
                terms.append(("bound", rest[0], _sort(rest[1])))
            case "num":
                top, _, bottom = rest[0].partition("/")
                terms.append(_number(int(top), int(bottom or 1)))
            case "nat":
                terms.append(("nat", rest[0]))
            case "lam":
                terms.append(_normal(("lam", _sort(rest[0]), terms[rest[1]])))
            case "mk":
                terms.append(_normal((rest[0], *[terms[i] for i in rest[1:]])))
            case "item":
                items.append((rest[0], [terms[i] for i in rest[1]], terms[rest[2]]))
    return items


def _number(top: int, bottom: int) -> tuple:
    small, large = abs(top), bottom
    while small:
        small, large = large % small, small
    return ("num", top // large, bottom // large)


def _sort(sort: object) -> object:
    return tuple(map(_sort, sort)) if isinstance(sort, list) else sort


def _loose(term: tuple, index: int) -> bool:
    match term:
        case ("bound", i, _):
            return i == index
        case ("lam", _, body):
            return _loose(body, index + 1)
        case ("free" | "num" | "nat", *_):
            return False
    return any(_loose(part, index) for part in term[1:])


def _put(term: tuple, value: tuple | None, by: int, level: int = 0) -> tuple:
    """Replace bound variable `level` by `value` (if any); raise those above by `by`."""
    match term:
        case ("bound", i, sort):
            if i < level:
                return term
            if value is not None and i == level:
                return _put(value, None, level)
            return ("bound", i + by, sort)
        case ("lam", sort, body):
            return _normal(("lam", sort, _put(body, value, by, level + 1)))
        case ("free" | "num" | "nat", *_):
            return term
    return _normal((term[0], *[_put(part, value, by, level) for part in term[1:]]))


def _normal(term: tuple) -> tuple:
    """The normal form of a term whose parts are normal."""
    match term:
        case ("app", ("lam", _, body), value):
            return _put(body, value, -1)
        case ("lam", _, ("app", function, ("bound", 0, _))) if not _loose(function, 0):
            return _put(function, None, -1)
        case ("not", ("not", inner)):
            return inner
        case ("fst", ("pair", left, _)):
            return left
        case ("snd", ("pair", _, right)):
            return right
        case ("pair", ("fst", one), ("snd", two)) if one == two:
            return one
        case ("ofnat", ("nat", k)):
            return ("num", k, 1)
        case ("eq", left, right) if isinstance(sort := sort_of(left), tuple) and sort[0] == "fn":
            point = ("bound", 0, sort[1])
            sides = [_normal(("app", _put(side, None, 1), point)) for side in (left, right)]
            return ("all", _normal(("lam", sort[1], _normal(("eq", *sides)))))
        case (head, *parts) if head in AC:
            flat = [q for p in parts for q in (p[1:] if p[0] == head else (p,))]
            return flat[0] if len(flat) == 1 else (head, *sorted(flat, key=repr))
    return term


def sort_of(term: tuple) -> object:
    """The sort of a function or variable; None where the reader need not know it."""
    match term:
        case ("free" | "bound", _, sort):
            return sort
        case ("lam", domain, body):
            return ("fn", domain, sort_of(body))
        case ("app", function, _):
            sort = sort_of(function)
            return sort[2] if isinstance(sort, tuple) else None
        case ("fst" | "snd" as head, pair):
            sort = sort_of(pair)
            return sort[1 if head == "fst" else 2] if isinstance(sort, tuple) else None
        case ("pair", left, right):
            return ("prod", sort_of(left), sort_of(right))
        case ("cexp" | "rn", measure, *_):
            sort = sort_of(measure)
            return ("fn", sort[1] if isinstance(sort, tuple) else None, "num")
    return None


def spelled(term: tuple) -> object:
    """A tree as the kernel would print it, AC arguments in any order."""
    match term:
        case ("free", name, _):
            return name
        case ("bound", index, _):
            return f"#{index}"
        case ("num", top, bottom):
            return str(top) if bottom == 1 else f"{top}/{bottom}"
        case ("nat", k):
            return ("nat", str(k))
        case ("lam", sort, body):
            return ("lam", sort, spelled(body))
        case (head,):
            return head
    return _ordered(term[0], [spelled(part) for part in term[1:]])


def _ordered(head: object, parts: list) -> tuple:
    return (head, *(sorted(parts, key=repr) if head in AC else parts))


def printed(text: str) -> object:
    """The kernel's core text, AC arguments in any order."""
    stack: list[list] = [[]]
    for word in re.findall(r"[()]|[^\s()]+", text):
        if word == "(":
            stack.append([])
        elif word == ")":
            head, *parts = stack.pop()
            stack[-1].append(_ordered(head, parts))
        else:
            stack[-1].append(word)
    return stack[0][0]


# ---- changes

WORDS = [
    "a",
    "b",
    "f",
    "μ",
    "num",
    "nat",
    "prop",
    "Ω",
    "'a",
    "add",
    "mul",
    "le",
    "not",
    "fin",
    "and",
]
WORDS += ["1", "0", "-1", "1/2", "true", "inf", "all", "eq", "sum", "fin_add", "int_add", "~", ""]
ODD = [None, True, False, -1, 0, 1, 2, 10**30, 1.5, [], {}, "x", ["fn", "num", "num"], [[]], "#0"]


def changed(lines: list[str], dice: random.Random) -> list[str]:
    """The lines after one small change."""
    out = list(lines)
    where = dice.randrange(len(out))
    match dice.choice(
        ["drop", "double", "swap", "field", "field", "field", "field", "field", "text"]
    ):
        case "drop":
            del out[where]
        case "double":
            out.insert(dice.randrange(len(out) + 1), out[where])
        case "swap":
            other = dice.randrange(len(out))
            out[where], out[other] = out[other], out[where]
        case "field":
            with suppress(ValueError):  # an earlier change may have broken the line
                record = _poked(json.loads(out[where]), dice)
                out[where] = json.dumps(record, ensure_ascii=False)
        case "text":
            at = dice.randrange(len(out[where]) + 1)
            out[where] = out[where][:at] + dice.choice('[]{},"0#a ') + out[where][at + 1 :]
    return out


def _poked(value: object, dice: random.Random) -> object:
    """A JSON value with one of its leaves (or lists) changed."""
    if isinstance(value, list) and value and dice.random() < 0.9:
        at = dice.randrange(len(value))
        if dice.random() < 0.1:
            return value[:at] + value[at + 1 :]
        if dice.random() < 0.1:
            return [*value[:at], dice.choice(value), *value[at:]]
        return [*value[:at], _poked(value[at], dice), *value[at + 1 :]]
    if isinstance(value, dict) and value and dice.random() < 0.9:
        key = dice.choice(sorted(value))
        return {**value, key: _poked(value[key], dice)}
    if type(value) is int and dice.random() < 0.9:
        return dice.randrange(max(value, 1) + 3) if dice.random() < 0.8 else -value
    if isinstance(value, bool) and dice.random() < 0.9:
        return not value
    if isinstance(value, str) and dice.random() < 0.9:
        return dice.choice(WORDS)
    return dice.choice(ODD)


class Unsound(Exception):
    """The kernel proved what the text does not state, or from an axiom that it does not name."""


def judge(text: str, theory: Theory) -> tuple[str, list[Proved]]:
    """The Reason's name, or PROVED after a comparison with the second reader."""
    try:
        proved = check_text(text, theory.child())
    except Rejected as refusal:
        return refusal.reason.name, []
    wanted = statements(text)
    if [p.name for p in proved] != [name for name, _, _ in wanted]:
        raise Unsound(text)
    records = [json.loads(line) for line in text.split("\n") if line.strip()]
    named = {record[1] for record in records if record[0] == "rule"}
    for item, (_, givens, show) in zip(proved, wanted, strict=True):
        ours = [spelled(term) for term in (*givens, show)]
        theirs = [printed(term_text(term)) for term in (*item.hypotheses, item.statement)]
        axioms = set().union(*(theory.rule(n).axioms for n in named if theory.knows(n)))
        if [printed(_flat(o)) for o in ours] != theirs or not item.axioms <= axioms:
            raise Unsound(f"{item.name}\n{ours}\n{theirs}\n{text}")
    return "PROVED", proved


def _flat(tree: object) -> str:
    return "(" + " ".join(map(_flat, tree)) + ")" if isinstance(tree, tuple) else str(tree)


def run(texts: list[str], theory: Theory, count: int, seed: int) -> Counter:
    """Judge `count` changed certificates; how often each Reason was given."""
    dice, verdicts = random.Random(seed), Counter()
    originals = {text: check_text(text, theory.child()) for text in texts}
    for number in range(count):
        text = texts[number % len(texts)]
        lines = text.rstrip("\n").split("\n")
        for _ in range(dice.choice([1, 1, 1, 2, 3])):
            lines = changed(lines, dice) if lines else lines
        verdict, proved = judge("\n".join(lines), theory)
        if verdict == "PROVED":
            verdict = "SAME" if proved == originals[text] else "OTHER STATEMENT OR FEWER AXIOMS"
        verdicts[verdict] += 1
    return verdicts


def main() -> int:
    """Run and report."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("-n", type=int, default=100_000)
    parser.add_argument("-s", "--seed", type=int, default=1)
    options = parser.parse_args()
    if options.folder:
        theory = rulebook()
        texts = [p.read_text(encoding="utf-8") for p in sorted(options.folder.glob("*.cert"))]
    else:
        rules = read_rules(CORE)
        theory = Theory(rules, {})
        texts = [make(rules).text() for make in SAMPLES.values()]
    start = time.perf_counter()
    verdicts = run(texts, theory, options.n, options.seed)
    seconds = time.perf_counter() - start
    for verdict, count in verdicts.most_common():
        print(f"{count:8d}  {verdict}")
    print(f"{options.n} changes of {len(texts)} certificates in {seconds:.0f} s; none is unsound")
    return 0


if __name__ == "__main__":
    sys.exit(main())
