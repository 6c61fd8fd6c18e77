"""`derive check --watch`: check again whenever a file changes."""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from collections.abc import Iterable

from derive.app.check import check_once
from derive.app.output import complain, is_terminal, write
from derive.app.sources import STANDARD_INPUT, read_file, source_files

INTERVAL = 0.4
_IMPORT = re.compile(r'^\s*import\s+"([^"\n]+)"', re.MULTILINE)
Stamps = dict[str, tuple[int, int]]


def watch(options: argparse.Namespace) -> int:
    """Check now and after every change, until Ctrl-C."""
    if not options.files or STANDARD_INPUT in options.files:
        complain("--watch needs files or folders")
        return 2
    before: Stamps | None = None
    while True:
        now = stamps(options.files)
        if now != before:
            before = now
            if is_terminal(sys.stdout):
                write("\033[2J\033[H", sys.stdout)
            check_once(options)
            if not options.json:
                write(f"watching {len(now)} files; Ctrl-C ends it", sys.stderr)
        time.sleep(INTERVAL)


def stamps(names: Iterable[str]) -> Stamps:
    """When each file that is named, found in a folder or imported was written, and its size."""
    found: Stamps = {}
    waiting = [file for name in names for file in _files(name)]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        try:
            status = os.stat(path)
        except OSError:
            found[path] = (0, -1)
            continue
        found[path] = (status.st_mtime_ns, status.st_size)
        folder = os.path.dirname(path)
        imported = _IMPORT.findall(read_file(path).text)
        waiting += [os.path.normpath(os.path.join(folder, name)) for name in imported]
    return found


def _files(name: str) -> list[str]:
    return source_files(name) if os.path.isdir(name) else [name]
