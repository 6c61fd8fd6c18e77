"""Count code lines (no blanks, comments or docstrings) of Python files: `python benchmarks/code_lines.py FILE…`."""

from __future__ import annotations

import ast
import io
import sys
import tokenize
from pathlib import Path


def code_lines(source: str) -> int:
    """The number of lines that carry a token other than comments, and are not in a docstring."""
    skip: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            value = body[0].value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                skip.update(range(value.lineno, value.end_lineno + 1))
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER):
            lines.update(range(token.start[0], token.end[0] + 1))
    return len(lines - skip)


if __name__ == "__main__":
    total = 0
    for name in sys.argv[1:]:
        count = code_lines(Path(name).read_text(encoding="utf-8"))
        total += count
        print(f"{count:6d}  {name}")
    print(f"{total:6d}  in all")
