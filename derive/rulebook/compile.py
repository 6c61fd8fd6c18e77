"""Compile `rules/*.drv` to the core rules that the kernel reads.

An axiom's free names become letters and its base spaces space variables, exactly as the
kernel turns a theorem into a rule. Files are taken in the order of their
imports (networkx refuses a cycle).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from derive.elaborate.statement import Item, elaborate_file
from derive.kernel.core import Rule, lifted
from derive.kernel.symbol import rules_folder
from derive.kernel.value import obligations, obligations_of_all
from derive.syntax.items import read
from derive.syntax.tree import File


class RulebookError(Exception):
    """A rule file that cannot be compiled."""


@dataclass
class RuleFile:
    """One file of the rulebook."""

    path: Path
    tree: File
    items: list[Item]


@dataclass
class Rulebook:
    """Every file in import order, with the compiled axioms and what the notes say."""

    files: list[RuleFile]
    axioms: dict[str, Rule] = field(default_factory=dict)
    aliases: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    def items(self) -> Iterator[tuple[RuleFile, Item]]:
        """(file, item) in order."""
        for file in self.files:
            for item in file.items:
                yield file, item


def load_rulebook(folder: Path | None = None) -> Rulebook:
    """Read, order and compile the rule files of a folder."""
    folder = folder or rules_folder()
    files = {path.name: _read(path) for path in sorted(folder.glob("*.drv"))}
    book = Rulebook([files[name] for name in import_order(files)])
    seen: dict[str, str] = {}
    for file, item in book.items():
        if item.errors:
            first = item.errors[0]
            raise RulebookError(f"{file.path.name}:{first.span.line}: {item.name}: {first.message}")
        name = rule_name(file, item)
        where = f"{file.path.name}:{item.span.line}"
        if name in seen:
            raise RulebookError(f"{where}: {name} is a rule already, at {seen[name]}")
        seen[name] = where
        if item.kind == "define":
            raise RulebookError(f"{where}: {name}: rules have no notation of their own")
        _notes(book, name, item)
        if item.kind == "axiom":
            book.axioms[name] = compile_axiom(item)
    return book


def rule_name(file: RuleFile, item: Item) -> str:
    """The name by which a rule is cited; refuses an item without one."""
    if item.name is None:
        raise RulebookError(f"{file.path.name}:{item.span.line}: a rule needs a name")
    return item.name


def _read(path: Path) -> RuleFile:
    tree = read(path.read_text(encoding="utf-8"), str(path))
    if tree.broken:
        broken = tree.broken[0]
        raise RulebookError(f"{path.name}:{broken.span.line}: {broken.message}")
    return RuleFile(path, tree, elaborate_file(tree))


def import_order(files: dict[str, RuleFile]) -> list[str]:
    """File names such that imports come first; refuses a cycle or an unknown import."""
    import networkx as nx

    graph = nx.DiGraph()
    graph.add_nodes_from(sorted(files))
    for name, file in files.items():
        for imported in file.tree.imports:
            if imported.text not in files:
                raise RulebookError(f"{name}: no rule file {imported.text}")
            graph.add_edge(imported.text, name)
    try:
        return list(nx.lexicographical_topological_sort(graph))
    except nx.NetworkXUnfeasible:
        cycle = " → ".join(a for a, _ in nx.find_cycle(graph))
        raise RulebookError(f"the rule files import one another: {cycle}") from None


def _notes(book: Rulebook, name: str, item: Item) -> None:
    for note in item.notes:
        if note.kind == "alias":
            for word in note.words:
                book.aliases.setdefault(word, []).append(name)
        elif note.kind == "kind":
            book.kinds[name] = note.words[0] if note.words else note.text


def compile_axiom(item: Item) -> Rule:
    """The rule of an axiom item."""
    hypotheses = tuple(item.givens)
    kind = next((n.words[0] if n.words else n.text for n in item.notes if n.kind == "kind"), "fact")
    assert item.name is not None
    assert item.show is not None
    metas, (*lifted_givens, shown) = lifted(*hypotheses, item.show)
    given = tuple(lifted_givens)
    premises = tuple(dict.fromkeys(given + obligations_of_all(given)))
    conclusions = tuple(dict.fromkeys((shown, *obligations(shown))))
    return Rule(item.name, kind, metas, given, premises, conclusions)
