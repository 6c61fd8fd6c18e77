"""`python -I -m derive.kernel FILE.cert`: replay one certificate and print what it proves.

Exit status: 0 proved, 3 proved with `computed` parts, 1 rejected, 2 unreadable file or bad call.
"""

import sys

from derive.kernel.check import Proved, check_text
from derive.kernel.core import DEFINITIONS, term_text
from derive.kernel.refusal import Reason, Rejected, require
from derive.kernel.sort import show_sort
from derive.kernel.term import App, Free, subterms
from derive.kernel.theory import rulebook


def report(item: Proved) -> list[str]:
    """What was proved: definitions and names that it speaks of, hypotheses, statement, what it rests on."""
    terms = [*item.hypotheses, *item.values, item.statement]
    parts = {part: None for part in subterms(*terms)}
    lines = [f"proved    {item.name}"]
    made = sorted({p.head for p in parts if isinstance(p, App) and "~" in p.head})
    while made:
        head = made.pop()
        meaning = DEFINITIONS[head]
        lines.append(f"define    {head} {' '.join(meaning.params)} := {term_text(meaning.body)}")
        inner = subterms(meaning.body)
        made += sorted({p.head for p in inner if isinstance(p, App) and "~" in p.head})
    frees = sorted({(p.name, show_sort(p.sort)) for p in parts if isinstance(p, Free)})
    lines += [f"letter    {name} : {sort}" for name, sort in frees]
    lines += [f"given     {term_text(given)}" for given in item.hypotheses]
    lines += [f"value     {term_text(given)}" for given in item.values]
    lines.append(f"show      {term_text(item.statement)}")
    lines.append(f"axioms    {', '.join(sorted(item.axioms)) or 'none'}")
    return lines + [f"computed  {tag}" for tag in sorted(item.tags)]


def main(argv: list[str]) -> int:
    """Replay the file named by the one argument."""
    if len(argv) != 1:
        print("usage: python -I -m derive.kernel FILE.cert", file=sys.stderr)
        return 2
    try:
        with open(argv[0], encoding="utf-8") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        print(f"derive.kernel: {argv[0]}: {error}", file=sys.stderr)
        return 2
    try:
        proved = check_text(text, rulebook())
        require(len(proved) > 0, Reason.NOT_PROVED, "the certificate has no item")
    except Rejected as refusal:
        print(f"rejected: {refusal.reason.name}: {refusal}")
        return 1
    for item in proved:
        print("\n".join(report(item)))
    return 3 if any(item.tags for item in proved) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
