"""A tree on one line, every node with its class and children: for tests and for a closer look."""

from __future__ import annotations

from derive.syntax.tree import Node


def sketch(value: object) -> str:
    """The tree without its places.

    >>> from derive.syntax.parse import parse_formula
    >>> print(sketch(parse_formula("a² b")))
    Juxtaposed([Suffixed(Name a, [Sup(Number 2)]), Name b])
    """
    if isinstance(value, tuple):
        return f"[{', '.join(map(sketch, value))}]"
    if not isinstance(value, Node):
        return str(value)
    parts = [sketch(v) for k, v in vars(value).items() if k != "span" and v not in (None, (), "")]
    name = type(value).__name__
    if name in ("Name", "Number"):
        return f"{name} {parts[0]}"
    return f"{name}({', '.join(parts)})"
