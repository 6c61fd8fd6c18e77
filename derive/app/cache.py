"""The user's cache folder: JSON files, written whole or not at all, and never needed.

Whoever keeps something here must be able to make it again. A folder that cannot be written, a file
that is damaged, a full disk: each is the same as an empty cache. Nothing is ever executed or
unpickled from it.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def cache_folder() -> Path | None:
    """Where this system keeps caches; None if the user has no home."""
    chosen = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(chosen):
        return Path(chosen) / "derive"
    if os.name == "nt":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local) / "derive" / "cache" if local else None
    try:
        home = Path.home()
    except RuntimeError:
        return None
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "derive"


def cache_read(name: str) -> Any:
    """What was kept under `name`; None if there is nothing that can be read."""
    path = _path(name)
    if path is None:
        return None
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


def cache_write(name: str, value: Any) -> bool:
    """Keep a JSON value under `name`; whether that was possible."""
    path = _path(name)
    if path is None:
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    except OSError:
        return False
    return True


def write_atomically(path: Path, text: str) -> None:
    """Write a file so that no reader ever sees half of it. Raises OSError as `open` does."""
    import tempfile

    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(temporary, _mode(path))
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced, or of a new one."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _path(name: str) -> Path | None:
    if not _NAME.fullmatch(name):
        raise ValueError(f"no name for a cache file: {name!r}")
    folder = cache_folder()
    return folder / name if folder else None
