"""`derive show`: every statement printed back as it was understood."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from derive.app.output import complain, write
from derive.app.sources import ImportedFiles, Source, read_sources

if TYPE_CHECKING:
    from derive.elaborate.scope import Scope
    from derive.elaborate.statement import Item
    from derive.kernel.term import Term

    Printer = Callable[[Term, Scope], str]


def run(options: argparse.Namespace) -> int:
    """Print the statements of all files."""
    printer = chosen_printer(options)
    status = 0
    for source in read_sources(options.files):
        if source.error is not None:
            complain(f"{source.path}: {source.error.message}")
            status = 2
            continue
        status = max(status, _show_source(source, printer))
    return status


def _show_source(source: Source, printer: Printer) -> int:
    """The items of one source, and on standard error what could not be read."""
    from derive.elaborate.units import Reader
    from derive.syntax.diagnostic import Diagnostic, render

    unit = Reader(ImportedFiles()).read(source.text, source.path, source.markdown)
    broken = [Diagnostic(b.message, b.span, b.expected, b.nearest) for b in unit.tree.broken]
    problems = [*broken, *unit.faults]
    for item in unit.items:
        write("\n".join(item_lines(item, printer)) + "\n")
        problems += item.errors
    for problem in problems:
        complain(render(problem, source.text, source.path))
    return 2 if problems else 0


def chosen_printer(options: argparse.Namespace) -> Printer:
    """How a term of an item is printed."""
    if options.core:
        from derive.elaborate.show_core import show_core

        return lambda term, _: show_core(term)
    if options.latex:
        from derive.elaborate.show_latex import show_latex

        return show_latex
    from derive.elaborate.show import show

    return show


def item_lines(item: Item, printer: Printer) -> Iterator[str]:
    """The header, the hypotheses, and the statement."""
    yield f"{item.kind} {item.name}" if item.name else item.kind
    for hypothesis in item.hypotheses:
        yield f"given {printer(hypothesis.prop, item.scope)}"
    if item.show is not None:
        yield f"show  {printer(item.show, item.scope)}"
    if item.notation is not None:
        yield f"{item.notation.pattern} := {printer(item.notation.body, item.scope)}"
