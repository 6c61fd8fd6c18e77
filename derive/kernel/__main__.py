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
    lines, parts = [], subterms(*item.hypotheses, *item.values, item.statement)
    made = [p.head for p in parts if isinstance(p, App) and "~" in p.head]
    for head in made:  # grows: a definition may use others
        params, body = DEFINITIONS[head]
        made += [p.head for p in subterms(body) if isinstance(p, App) and "~" in p.head]
        letters = " ".join(f"({letter} {show_sort(sort)})" for letter, sort in params.items())
        lines.append(f"define    {head} ({letters}) := {term_text(body)}")
    lines += [f"letter    {p.name} : {show_sort(p.sort)}" for p in parts if isinstance(p, Free)]
    lines = [f"proved    {item.name}", *sorted(set(lines))]
    lines += [f"given     {term_text(given)}" for given in item.hypotheses]
    lines += [f"value     {term_text(given)}" for given in item.values]
    lines += [f"show      {term_text(item.statement)}"]
    lines += [f"axioms    {', '.join(sorted(item.axioms)) or 'none'}"]
    return "\n".join(lines + [f"computed  {tag}" for tag in sorted(item.tags)])


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
