"""`python -I -m derive.kernel FILE.cert`: replay one certificate and print what it proves.

Exit status: 0 proved, 3 proved with `computed` parts, 1 rejected, 2 unreadable file or bad call.
"""

import sys
from pathlib import Path

from derive.kernel.check import Proved, check_text
from derive.kernel.core import DEFINITIONS, term_text
from derive.kernel.refusal import Reason, Rejected, require
from derive.kernel.sort import show_sort
from derive.kernel.term import App, Free
from derive.kernel.text import subterms
from derive.kernel.theory import rulebook


def report(item: Proved) -> str:
    """The definitions and letters in it, hypotheses, statement, and what it rests on."""
    props = (*item.hypotheses, *item.values, item.statement)
    lines, todo = set(), list(subterms(*props))
    for part in todo:  # grows: a definition may use others
        if isinstance(part, Free):
            lines.add(f"letter    {part.name} : {show_sort(part.sort)}")
        elif isinstance(part, App) and "~" in part.head:
            params, body = DEFINITIONS[part.head]
            letters = " ".join(f"({letter} {show_sort(sort)})" for letter, sort in params.items())
            lines.add(f"define    {part.head} ({letters}) := {term_text(body)}")
            todo += subterms(body)
    said = [("given", item.hypotheses), ("value", item.values), ("show", [item.statement])]
    told = [f"{word:9} {term_text(prop)}" for word, props in said for prop in props]
    axioms = f"axioms    {', '.join(sorted(item.axioms)) or 'none'}"
    tags = [f"computed  {tag}" for tag in sorted(item.tags)]
    return "\n".join([f"proved    {item.name}", *sorted(lines), *told, axioms, *tags])


def main(argv: list[str]) -> int:
    """Replay the file named by the one argument."""
    if len(argv) != 1:
        print("usage: python -I -m derive.kernel FILE.cert", file=sys.stderr)
        return 2
    try:
        text = Path(argv[0]).read_text(encoding="utf-8")
        proved = check_text(text, rulebook())
        require(len(proved) > 0, Reason.NOT_PROVED, "the certificate has no item")
    except (OSError, UnicodeDecodeError) as error:
        print(f"derive.kernel: {argv[0]}: {error}", file=sys.stderr)
        return 2
    except Rejected as refusal:
        print(f"rejected: {refusal.reason.name}: {refusal}")
        return 1
    print("\n".join(map(report, proved)))
    return 3 if any(item.tags for item in proved) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
