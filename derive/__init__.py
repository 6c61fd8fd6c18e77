"""Check derivations in measure-theoretic probability against rules that a person can read.

    kernel      terms, rules, certificates and their replay   (trusted; standard library only)
    syntax      text to tree: the grammar, spellings, where something stands
    elaborate   tree to kernel terms: names, sorts, binders; and terms back to text
    models      values of terms in concrete measure spaces: counterexamples, tests of axioms
    search      finds a certificate for a step: matching, side conditions, suggestions
    rulebook    `rules/*.drv` read, ordered, proved with the search and compiled
    report      says what the kernel answered: text, one line each, JSON
    app         the command line and `derive.check`

Every folder may import from those above it and never from those below. Nothing is imported here
until it is asked for: `import derive` costs next to nothing.

>>> import derive
>>> report = derive.check("given a, b : real  …")  # doctest: +SKIP
>>> report.ok                                      # doctest: +SKIP
True
"""

from __future__ import annotations

TYPE_CHECKING = False  # known to type checkers; `typing` is not worth loading for it
if TYPE_CHECKING:
    from derive.app.library import check
    from derive.report.data import Report

__version__ = "0.1.0"
__all__ = ["Report", "__version__", "check"]

_HOME = {"check": "derive.app.library", "Report": "derive.report.data"}


def __getattr__(name: str) -> object:
    """The public names, imported when first used."""
    if name not in _HOME:
        raise AttributeError(f"module 'derive' has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(_HOME[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
