"""Data that ships with the package: inside it when installed, beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def shipped(inside: str, beside: str) -> Path:
    """The installed place of some data, or its place in a checkout.

    >>> shipped("_rules", "rules").name in ("_rules", "rules")
    True
    """
    installed = _PACKAGE / inside
    return installed if installed.exists() else _PACKAGE.parent / beside


def language_page() -> Path:
    """The page about the language that `derive help` prints from."""
    return shipped("_docs/language.md", "docs/language.md")
