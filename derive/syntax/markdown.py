"""Markdown: the fenced blocks whose info string is `derive`, at the lines where they stand."""

from __future__ import annotations

import re

_FENCE = re.compile(r"( {0,3})(`{3,}|~{3,})[ \t]*([^`\n]*?)[ \t]*$")


def is_markdown(path: str | None) -> bool:
    """Whether the end of a path says Markdown."""
    return path is not None and path.lower().endswith((".md", ".markdown"))


def fences(text: str) -> list[tuple[int, str]]:
    """The `derive` blocks of a Markdown text: the number of the first line of each, and its text.

    Blocks share theorems, not givens, so each is read on its own. An unclosed fence ends with
    the text.
    """
    blocks: list[tuple[int, str]] = []
    inside: list[str] | None = None
    opener, wanted, first = "", False, 0
    for number, row in enumerate(text.split("\n"), start=1):
        found = _FENCE.match(row)
        if inside is None:
            if found and not (found[2][0] == "`" and "`" in found[3]):
                opener, wanted = found[2], found[3].split()[:1] == ["derive"]
                inside, first = [], number + 1
        elif found and not found[3] and found[2].startswith(opener):
            if wanted:
                blocks.append((first, "\n".join(inside)))
            inside = None
        else:
            inside.append(row)
    if inside is not None and wanted:
        blocks.append((first, "\n".join(inside)))
    return blocks
