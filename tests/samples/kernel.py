"""Terms and certificates for the tests of the kernel."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from derive.kernel.core import read_term
from derive.kernel.symbol import read_all
from derive.kernel.term import Term, mk_free

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
SORTS = {
    **dict.fromkeys("abcdxyz", "num"),
    **dict.fromkeys("kmn", "nat"),
    **dict.fromkeys("pqr", "prop"),
    **dict.fromkeys("fgh", ("fn", "num", "num")),
    **dict.fromkeys(("A", "B", "C"), ("fn", "Ω", "prop")),
    **dict.fromkeys(("D", "F", "G"), ("fn", "nat", ("fn", "Ω", "prop"))),
    **dict.fromkeys(("X", "Y", "Z"), ("fn", "Ω", "num")),
    **dict.fromkeys(("S", "T"), ("fn", "nat", "num")),
    "N": ("fn", "nat", "prop"),
    "μ": ("meas", "Ω"),
    "ω": "Ω",
    "w": ("prod", "num", "nat"),
}
LETTERS = {name: mk_free(name, sort) for name, sort in SORTS.items()}


def term(text: str) -> Term:
    """The term of core text over the letters above."""
    (form,) = read_all(text)
    return read_term(form, LETTERS)


def terms(text: str) -> list[Term]:
    """Several terms."""
    return [read_term(form, LETTERS) for form in read_all(text)]


def benchmark(name: str):
    """A module of the folder `benchmarks`."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
        sys.modules[name] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[name]


def rejection(reason, action, *args):
    """Whether `action(*args)` is refused for this very reason (the reason given is shown if not)."""
    from derive.kernel.refusal import Rejected

    try:
        outcome = action(*args)
    except Rejected as refusal:
        assert refusal.reason is reason, f"{refusal.reason} ({refusal}) instead of {reason}"  # noqa: PT017
        return True
    raise AssertionError(f"accepted: {outcome}")
