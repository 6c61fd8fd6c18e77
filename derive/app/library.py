"""`derive.check`, for scripts and notebooks, and the one place where the app calls the search."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from derive.app.sources import SUFFIXES, ImportedFiles, Source, failed, normal_lines, read_file
from derive.report.data import FileError, FileReport, Report, summarise

if TYPE_CHECKING:
    from derive.search.modules import Workspace


def check(source: str | os.PathLike[str], *, strict: bool = False) -> Report:
    """Check a text or a file, and say for every step whether it holds.

    A `str` is text in the language; a path object (`pathlib.Path`) is a file, and only the fenced
    `derive` blocks of a Markdown file count. With `strict`, a step without a reason is not
    justified, and `Report.exit_code(strict=True)` counts what is only `computed` as not checked.
    A file's imports are relative to it, those of a text to the current folder.

    Never raises for what the text or the file holds: what cannot be read is an `error` of its
    `FileReport`, or a step with the verdict `unreadable`. Raises TypeError for anything that is
    neither a `str` nor a path.

    >>> report = check("given a : real\\na + a\\n  = 2 a   by algebra")  # doctest: +SKIP
    >>> [step.verdict for item in report.files[0].items for step in item.steps]  # doctest: +SKIP
    ['checked']
    """
    if isinstance(source, str):
        found = _text(source)
    elif isinstance(source, os.PathLike):
        found = read_file(Path(source))
    else:
        raise TypeError(f"check takes a text or a path, not {type(source).__name__}")
    return summarise((check_source(found, strict=strict),))


def _text(text: str) -> Source:
    if text.endswith(SUFFIXES) and "\n" not in text:
        return failed(text, "a str is the text itself; for a file say pathlib.Path(…)")
    return Source("<text>", normal_lines(text.removeprefix("\ufeff")))


def workspace(strict: bool) -> Workspace:
    """The files of one command: what several of them import is checked once."""
    from derive.search.modules import Workspace

    return Workspace(ImportedFiles(), strict=strict)


def check_source(
    source: Source,
    *,
    strict: bool = False,
    explain: int | None = None,
    within: Workspace | None = None,
) -> FileReport:
    """What the checker answers about one source; a fault of the checker is said, never raised."""
    if source.error is not None:
        return FileReport(source.path, (), source.error, source.text)
    try:
        from derive.search.modules import check_text

        return check_text(
            source.text,
            source.path,
            markdown=source.markdown,
            strict=strict,
            explain=explain,
            workspace=workspace(strict) if within is None else within,
        )
    except Exception as fault:
        if os.environ.get("DERIVE_DEBUG"):
            raise
        return FileReport(source.path, (), FileError(1, 1, fault_message(fault)))


def fault_message(fault: Exception) -> str:
    """What is said of a fault in the program itself."""
    said = f"{type(fault).__name__}: {fault}".splitlines()[0][:200]
    return f"nothing was checked, by a fault in derive itself ({said}); DERIVE_DEBUG=1 shows where"
