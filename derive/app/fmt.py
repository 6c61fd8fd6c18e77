"""`derive fmt`: align chains and write every symbol in Unicode; what a file means is unchanged."""

from __future__ import annotations

import argparse
from pathlib import Path

from derive.app.cache import write_atomically
from derive.app.output import complain, write
from derive.app.sources import STANDARD_INPUT, Source, read_sources


def run(options: argparse.Namespace) -> int:
    """Format the files in place, or standard input to standard output."""
    return max(_format_one(source, options.check) for source in read_sources(options.files))


def _format_one(source: Source, only_look: bool) -> int:
    from derive.syntax.format import format_text

    if source.error is not None:
        complain(f"{source.path}: {source.error.message}")
        return 2
    text = format_text(source.text, source.path)
    if source.path == STANDARD_INPUT and not only_look:
        write(text.removesuffix("\n"))
        return 0
    if text == source.text:
        return 0
    if only_look:
        write(f"{source.path}: would be formatted")
        return 1
    try:
        write_atomically(Path(source.path).resolve(), text)
    except OSError as error:
        complain(f"{source.path}: cannot be written: {error.strerror}")
        return 2
    write(f"{source.path}: formatted")
    return 0
