"""Build the rulebook's compiled files: `python -m derive.rulebook.build [--check]`.

`rules.core`      the axioms, which the kernel reads and a reviewer diffs
`theorems.core`   the statements of the theorems, for search
`rulebook.cert`   a certificate for each theorem, which the kernel replays when it is cited
`index.json`       the shapes of all rules, for search
`rulebook.json`   names and aliases for search
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

from derive.kernel.core import Rule
from derive.kernel.symbol import rules_folder
from derive.kernel.theory import Theory
from derive.report.data import ItemReport
from derive.rulebook.compile import Rulebook, load_rulebook, rule_name
from derive.search.lazy import described
from derive.search.library import Library
from derive.search.run import FileChecker
from derive.search.session import Session
from derive.search.statements import rule_text, statement_text
from derive.search.structure import Structure

Failure = tuple[str, ItemReport]
"""The file and the report of a theorem that was not proved."""
HEADER = (
    "; Compiled from rules/*.drv by `python -m derive.rulebook.build`. "
    "The trusted facts, in core form.\n\n"
)


def core_text(book: Rulebook) -> str:
    """`rules.core`: the axioms in order."""
    return HEADER + "\n".join(rule_text(rule) for rule in book.axioms.values())


def prove(
    book: Rulebook, report: Callable[[str], None] = print
) -> tuple[str, list[Rule], list[Failure]]:
    """Check every theorem; the certificates, the rules that were proved, and what was not."""
    theory = Theory(dict(book.axioms), {})
    library = Library(book.aliases, frozenset())
    session = Session(theory, library, [])
    sections: list[str] = []
    proved: list[Rule] = []
    failures: list[Failure] = []
    for file, item in book.items():
        name = rule_name(file, item)
        if item.kind == "axiom":
            library.add(book.axioms[name])
            continue
        checker = FileChecker(
            session, file.path.name, file.path.read_text(encoding="utf-8"), False, book=True
        )
        result = checker.item(item)
        if result.verdict == "checked" and result.certificate is not None:
            sections.append(json.dumps(["section", name]) + "\n" + result.certificate)
            proved.append(theory.rule(name))
        else:
            failures.append((file.path.name, result))
            report(f"{file.path.name}:{item.span.line}: {name}: {result.verdict} {result.message}")
            for step in result.steps:
                if step.verdict != "checked":
                    report(
                        f"    {step.line}: {step.text}: {step.verdict} "
                        f"{step.missing} {step.suggestions} {step.message}"
                    )
    return "".join(sections), proved, failures


def notes_text(book: Rulebook, theorems: list[str]) -> str:
    """`rulebook.json`."""
    known = (rules_folder() / "known_facts.txt").read_text(encoding="utf-8").split()
    have = {*book.axioms, *theorems, *book.aliases}
    data = {
        "aliases": book.aliases,
        "theorems": theorems,
        "known_facts": sorted(set(known) - have),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def index_text(rules: list[Rule], structure: Structure) -> str:
    """`index.json`: what search must know of each rule before it is read, a line each."""
    rows = [
        json.dumps(rule.name) + ": " + json.dumps(described(rule, structure), ensure_ascii=False)
        for rule in rules
    ]
    return "{\n" + ",\n".join(rows) + "\n}\n"


def main(argv: list[str]) -> int:
    """Write the files, or with `--check` say whether they are up to date."""
    sys.setrecursionlimit(12_000)
    book = load_rulebook()
    certificates, theorems, failures = prove(book)
    names = [t.name for t in theorems]
    print(f"{len(book.axioms)} axioms, {len(names)} theorems proved, {len(failures)} not")
    statements = "\n".join(map(statement_text, theorems))
    rules = [*book.axioms.values(), *theorems]
    index = index_text(rules, Structure({rule.name: rule for rule in rules}))
    files = {
        "rules.core": core_text(book),
        "theorems.core": statements,
        "index.json": index,
        "rulebook.cert": certificates,
        "rulebook.json": notes_text(book, names),
    }
    stale = 0
    for name, text in files.items():
        path = rules_folder() / name
        same = path.is_file() and path.read_text(encoding="utf-8") == text
        if "--check" in argv:
            stale += not same
            print(f"{name}: {'up to date' if same else 'stale'}")
        elif not same:
            path.write_text(text, encoding="utf-8")
    return 1 if failures or stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
