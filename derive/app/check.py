"""`derive check`: check files, folders or standard input, and print what was found."""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path

from derive.app.cache import write_atomically
from derive.app.library import check_source, workspace
from derive.app.output import Progress, complain, is_terminal, wants_colour, write
from derive.app.sources import STANDARD_INPUT, Source, read_sources
from derive.report.data import GOOD, FileReport, Report, summarise
from derive.report.style import Style
from derive.report.text import all_steps, file_text, summary_text, trust_text


def run(options: argparse.Namespace) -> int:
    """Carry out the command; the exit status is 0, 1 or 2 as `derive help verdicts` says."""
    if options.watch:
        from derive.app.watch import watch

        return watch(options)
    return check_once(options)


def check_once(options: argparse.Namespace) -> int:
    """One pass over everything that the command names."""
    sources = list(read_sources(_names(options)))
    if options.explain is not None and len(sources) != 1:
        complain("--explain LINE speaks of one file")
        return 2
    report = _check_all(sources, options)
    status = report.exit_code(options.strict)
    if not _explained(report, options.explain):
        status = 2
    if options.cert and not write_certificates(report, Path(options.cert)):
        status = 2
    return status


def _names(options: argparse.Namespace) -> list[str]:
    if options.files:
        return list(options.files)
    if is_terminal(sys.stdin):
        write("derive: reading standard input; end it with Ctrl-D", sys.stderr)
    return [STANDARD_INPUT]


def _check_all(sources: list[Source], options: argparse.Namespace) -> Report:
    style = Style(wants_colour(sys.stdout), options.quiet, options.explain)
    progress = Progress(len(sources))
    files, within = [], None
    for number, source in enumerate(sources, start=1):
        progress.at(number, source.path)
        within = within or workspace(options.strict)
        file = check_source(source, strict=options.strict, explain=options.explain, within=within)
        progress.clear()
        files.append(file)
        _print_file(file, options, style)
    report = summarise(tuple(files))
    _print_end(report, options, style)
    return report


def _print_file(file: FileReport, options: argparse.Namespace, style: Style) -> None:
    if options.json:
        return
    if options.format == "short":
        from derive.report.short import short_lines

        for line in short_lines(file, strict=options.strict):
            write(line)
    else:
        write(file_text(file, style) + "\n")


def _print_end(report: Report, options: argparse.Namespace, style: Style) -> None:
    if options.json:
        from derive.report.json_report import report_json

        unicode = (sys.stdout.encoding or "").lower().startswith("utf")
        write(report_json(report, ascii_only=not unicode))
        return
    if options.format == "text":
        write(summary_text(report, style))
    if options.trust:
        write(trust_text(report))


def _explained(report: Report, line: int | None) -> bool:
    """Whether the line to be explained has a step; says which lines have one, if not."""
    lines = sorted({step.line for step in all_steps(report.files)})
    if line is None or line in lines or any(file.error for file in report.files):
        return True
    complain(f"no step stands at line {line}; steps stand at {', '.join(map(str, lines)) or '-'}")
    return False


def write_certificates(report: Report, folder: Path) -> bool:
    """A file `NAME.cert` in `folder` for every item that is checked; whether all were written."""
    taken: set[str] = set()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in report.files:
            for item in file.items:
                if item.certificate is not None and item.verdict in GOOD:
                    name = certificate_name(file.path, item.name or f"line_{item.line}", taken)
                    write_atomically(folder / name, item.certificate)
    except OSError as error:
        complain(f"{folder}: certificates cannot be written: {error.strerror}")
        return False
    return True


def certificate_name(path: str, item: str, taken: set[str]) -> str:
    """A file name of letters, digits, `_`, `-` and `.` that was not used yet."""
    stem = "input" if path == STANDARD_INPUT else os.path.splitext(os.path.basename(path))[0]
    base = re.sub(r"[^\w.-]", "_", f"{stem}.{item}")[:100].lstrip(".") or "item"
    name, count = base, 2
    while name.casefold() in taken:
        name, count = f"{base}_{count}", count + 1
    taken.add(name.casefold())
    return f"{name}.cert"
