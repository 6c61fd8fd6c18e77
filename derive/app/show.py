"""`derive show`: every statement printed back as it was understood."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from derive.app.output import complain, write
from derive.app.sources import Source, read_sources

if TYPE_CHECKING:
    from derive.elaborate.statement import Item
    from derive.kernel.term import Term


def run(options: argparse.Namespace) -> int:
    """Print the statements of all files."""
    printer = chosen_printer(options)
    status = 0
    for source in read_sources(options.files):
        if source.error is not None:
            complain(f"{source.path}: {source.error.message}")
            status = 2
            continue
        for item in _items(source):
            if item.errors:
                status = 2
            write("\n".join(item_lines(item, printer, source)) + "\n")
    return status


def chosen_printer(options: argparse.Namespace) -> Callable[[Term], str]:
    """How a term is printed."""
    if options.core:
        from derive.kernel.core import term_text

        return term_text
    from derive.elaborate import show

    return show.latex if options.latex else show.show


def _items(source: Source) -> list[Item]:
    from derive.elaborate.statement import elaborate_file
    from derive.syntax.items import read_file, read_markdown

    read = read_markdown if source.markdown else read_file
    return elaborate_file(read(source.text))


def item_lines(item: Item, printer: Callable[[Term], str], source: Source) -> Iterator[str]:
    """The header, the hypotheses, the statement and what could not be read."""
    from derive.syntax.diagnostic import render

    yield f"{item.kind} {item.name}" if item.name else item.kind
    for hypothesis in item.hypotheses:
        yield f"given {printer(hypothesis.prop)}"
    if item.show is not None:
        yield f"show  {printer(item.show)}"
    for problem in item.errors:
        yield render(problem, source.text, source.path)
