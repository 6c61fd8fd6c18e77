"""From what stands on the command line to texts: folders opened, files read, and what cannot be.

A source is UTF-8, with or without a byte order mark, and with any line ends. What is no text gives
one clear message and never an exception.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from derive.report.data import FileError

MARKDOWN = (".md", ".markdown")
SUFFIXES = (".drv", *MARKDOWN)
LARGEST = 8_000_000
STANDARD_INPUT = "-"
_FENCE = re.compile(r"^ {0,3}(```+|~~~+) *derive\b", re.MULTILINE)
_SKIPPED = ("node_modules", "__pycache__", "venv")


@dataclass(frozen=True)
class Source:
    """A text to check, or why there is none."""

    path: str
    text: str = ""
    error: FileError | None = None

    @property
    def markdown(self) -> bool:
        """Whether only the fenced blocks of the text count."""
        return self.path.lower().endswith(MARKDOWN)


def read_sources(names: Iterable[str]) -> Iterator[Source]:
    """The sources that some arguments name, in order, each once; a folder stands for its files."""
    seen: set[str] = set()
    for name in names:
        for source in _expand(name):
            if source.path not in seen:
                seen.add(source.path)
                yield source


def _expand(name: str) -> Iterator[Source]:
    if name == STANDARD_INPUT:
        yield read_standard_input()
    elif os.path.isdir(name):
        yield from _folder(name)
    else:
        yield read_file(name)


def _folder(name: str) -> Iterator[Source]:
    found = False
    try:
        for path in source_files(name):
            source = read_file(path)
            if source.markdown and not (source.error or _FENCE.search(source.text)):
                continue
            found = True
            yield source
    except OSError as error:
        yield failed(name, f"cannot be opened: {error.strerror}")
        return
    if not found:
        yield failed(name, "a folder without any .drv file or Markdown file with `derive` blocks")


def source_files(folder: str) -> list[str]:
    """The `.drv` and Markdown files under a folder, sorted; hidden folders are left out."""
    found = []
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in _SKIPPED)
        found += [os.path.join(here, f) for f in files if f.lower().endswith(SUFFIXES)]
    return sorted(found)


def read_file(path: str | Path) -> Source:
    """The text of one file."""
    name = str(path)
    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
    except IsADirectoryError:
        return failed(name, "a folder, not a file")
    except FileNotFoundError:
        return failed(name, "no such file")
    except (OSError, ValueError) as error:
        return failed(name, f"cannot be opened: {getattr(error, 'strerror', None) or error}")
    return decode(name, data)


class ImportedFiles:
    """Opens what a text imports: relative to its file, or to the current folder if it has none."""

    def opened(self, importer: str, name: str) -> Source:
        """The file that the text with the path `importer` calls `name`."""
        path = os.path.normpath(os.path.join(os.path.dirname(importer), name))
        if os.path.exists(path) and not (os.path.isfile(path) or os.path.isdir(path)):
            return failed(path, "not a file that can be read")
        return read_file(path)

    def identity(self, path: str) -> str:
        """The real path of a file; empty for a text that is no file."""
        return os.path.realpath(path) if os.path.isfile(path) else ""


def read_standard_input() -> Source:
    """The text on standard input, under the path `-`."""
    if sys.stdin is None:
        return failed(STANDARD_INPUT, "there is no standard input")
    raw = getattr(sys.stdin, "buffer", None)
    if raw is None:
        return Source(STANDARD_INPUT, normal_lines(sys.stdin.read(LARGEST + 1)))
    try:
        return decode(STANDARD_INPUT, raw.read(LARGEST + 1))
    except OSError as error:
        return failed(STANDARD_INPUT, f"cannot be read: {error.strerror}")


def decode(name: str, data: bytes) -> Source:
    """Bytes as a source: UTF-8, or a message that says what they are instead."""
    if len(data) > LARGEST:
        return failed(name, f"larger than {LARGEST // 1_000_000} MB")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return failed(name, "UTF-16 text; save it as UTF-8")
    if b"\0" in data:
        return failed(name, "a binary file, not text")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        byte = f"0x{data[error.start]:02x}"
        return Source(name, "", FileError(line, column, f"not UTF-8 text: byte {byte}"))
    return Source(name, normal_lines(text))


def normal_lines(text: str) -> str:
    """Every line end as a newline."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def failed(name: str, message: str) -> Source:
    """A source that cannot be read."""
    return Source(name, "", FileError(1, 1, message))
