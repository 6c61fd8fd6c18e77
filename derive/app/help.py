"""`derive help TOPIC`: sections of docs/language.md."""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass

from derive.app.files import language_page
from derive.app.output import complain, write

_HEADING = re.compile(r"(#{2,3}) (.+)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


@dataclass(frozen=True)
class Section:
    """A heading of the page and what stands under it."""

    level: int
    title: str
    lines: tuple[str, ...]

    @property
    def topic(self) -> str:
        """The title as one word to type: `Names in scope` is `names-in-scope`."""
        return re.sub(r"[^\w]+", "-", self.title.lower()).strip("-")


def run(options: argparse.Namespace) -> int:
    """Print the topics, or the sections that the words name."""
    try:
        sections = read_sections(language_page().read_text(encoding="utf-8"))
    except OSError as error:
        complain(f"the page about the language cannot be opened: {error.strerror}")
        return 2
    if not options.topic:
        write(contents(sections))
        return 0
    wanted = "-".join(options.topic).lower()
    found = find(sections, wanted)
    if not found:
        from derive.app.cli import nearest

        near = nearest(wanted, [section.topic for section in sections])
        complain(f"no topic {wanted!r}" + (f"; did you mean `derive help {near}`?" if near else ""))
        return 2
    write("\n\n".join(found))
    return 0


def read_sections(page: str) -> list[Section]:
    """The sections of a Markdown page by its `##` and `###` headings, in order; fences are kept."""
    found: list[tuple[int, str, list[str]]] = []
    fence = ""
    for line in page.splitlines():
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        heading = None if fence else _HEADING.fullmatch(line)
        if heading:
            found.append((len(heading[1]), heading[2], []))
        elif found:
            found[-1][2].append(line)
    return [Section(level, title, tuple(lines)) for level, title, lines in found]


def contents(sections: list[Section]) -> str:
    """The list of topics."""
    rows = ["derive help TOPIC, where TOPIC is one of", ""]
    width = max((len(s.topic) + 2 * (s.level - 2) for s in sections), default=0)
    for section in sections:
        indent = "  " * (section.level - 1)
        rows.append(f"{indent}{section.topic}".ljust(width + 4) + section.title)
    return "\n".join([*rows, "", "A rule is shown by `derive rules NAME`."])


def find(sections: list[Section], wanted: str) -> list[str]:
    """The text of each section with that topic, or with the word in its topic, subsections too."""
    exact = [i for i, s in enumerate(sections) if s.topic == wanted]
    chosen = exact or [i for i, s in enumerate(sections) if wanted in s.topic.split("-")]
    texts, covered = [], -1
    for i in chosen:
        if i <= covered:
            continue
        covered = i
        while covered + 1 < len(sections) and sections[covered + 1].level > sections[i].level:
            covered += 1
        texts.append("\n\n".join(map(_text, sections[i : covered + 1])))
    return texts


def _text(section: Section) -> str:
    return f"{'#' * section.level} {section.title}\n" + "\n".join(section.lines).rstrip()
