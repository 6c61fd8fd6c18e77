"""Writing to a terminal, a file or a pipe: what its encoding can show, colour only where seen."""

from __future__ import annotations

import os
import sys
from typing import TextIO

from derive.report.plain import showable


def write(text: str, stream: TextIO | None = None) -> None:
    """`text` and a newline, on standard output unless told otherwise."""
    stream = stream or sys.stdout
    stream.write(showable(text, getattr(stream, "encoding", None) or "utf-8") + "\n")
    stream.flush()


def complain(text: str) -> None:
    """One message on standard error."""
    write(f"derive: {text}", sys.stderr)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person looks at `stream`."""
    try:
        return stream is not None and stream.isatty()
    except (OSError, ValueError):
        return False


def wants_colour(stream: TextIO) -> bool:
    """Colour only on a terminal that has it, and never where NO_COLOR is set."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    if os.name == "nt" and not (os.environ.get("WT_SESSION") or os.environ.get("TERM")):
        return False
    return is_terminal(stream)


class Progress:
    """`checking 3 of 40: path` on standard error, if that is a terminal and files are many."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.shown = total > 2 and is_terminal(sys.stderr)

    def at(self, number: int, path: str) -> None:
        """Say which file is being checked."""
        if self.shown:
            line = f"checking {number} of {self.total}: {path}"[:78]
            sys.stderr.write("\r\033[K" + showable(line, sys.stderr.encoding))
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self.shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
