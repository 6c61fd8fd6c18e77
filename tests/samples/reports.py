"""Hand-made reports, so that printers are tested without the checker."""

from __future__ import annotations

from derive.report.data import (
    Attempt,
    Condition,
    Explanation,
    FileError,
    FileReport,
    ItemReport,
    Move,
    Report,
    StepReport,
    summarise,
)

SOURCE = """\
theorem importance_sampling
given P ≪ Q
show E_Q[f · dP/dQ] = E_P[f]
proof
  E_Q[f · dP/dQ]
    = ∫ f · dP/dQ dQ   by expectation
    = ∫ f dP           by change_of_measure
    = E_P[f] +         by expectation
qed
"""

CHECKED = StepReport(
    6, 5, "=", "= ∫ f · dP/dQ dQ", "checked", ("expectation",),
    explanation=Explanation(
        "E_Q[f · dP/dQ] = ∫ f · dP/dQ dQ",
        (
            Move(
                "E_Q[f · dP/dQ]", "=", "∫ f · dP/dQ dQ", "expectation", (("X", "f · dP/dQ"), ("f", "f")),
                (Condition("f · dP/dQ integrable under Q", "expectation", "integrable_mul", (
                    Condition("f bounded", "integrable_mul", "given, line 2"),
                )),),
            ),
        ),
        (Condition("E_Q[f · dP/dQ] has a value", "value", "", (), (
            Attempt("has_integral_of_integrable", (Condition("f measurable", "has_integral", ""),)),
        )),),
    ),
)  # fmt: skip
MISSING = StepReport(
    7, 5, "=", "= ∫ f dP", "missing", ("change_of_measure",),
    missing=("P ≪ Q",), suggestions=("P = Q",),
)  # fmt: skip
REFUTED = StepReport(
    7, 5, "=", "√(x²) = x", "refuted", ("algebra",),
    counterexample={"model": {"x": "-1"}, "left": "1", "right": "-1"},
)  # fmt: skip
UNREADABLE = StepReport(
    8, 16, "=", "= E_P[f] +", "unreadable", (), message="an operand is missing after +",
    expected="an expression", nearest="expectation",
)  # fmt: skip
COMPUTED = StepReport(9, 5, "=", "= 1/2", "computed", ("calculus",))
FOUND = StepReport(9, 5, "≤", "≤ μ(B)", "checked", ("monotonicity",), found=True)
UNJUSTIFIED = StepReport(
    9, 5, "=", "= 0", "unjustified", ("fubini",), message="fubini does not give it; tonelli does"
)


def item(*steps: StepReport, verdict: str = "checked", **fields) -> ItemReport:
    """An item with these steps."""
    return ItemReport(
        "importance_sampling", "theorem", 1, verdict, "E_Q[…] = E_P[f]", steps, **fields
    )


GOOD = item(
    CHECKED, axioms=("integral_add", "radon_nikodym"), unused=("h: f ≥ 0",),
    implied=(("f measurable", ("f integrable under P",)),), notes=("no example was found",),
    written=lambda: '["item"]\n',
)  # fmt: skip
BAD = item(CHECKED, MISSING, UNREADABLE, verdict="unreadable")


def file(*items: ItemReport, path: str = "a.drv", **fields) -> FileReport:
    """A file with these items."""
    return FileReport(path, items, source=SOURCE, **fields)


def report(*files: FileReport) -> Report:
    """A report on these files."""
    return summarise(files)


UNOPENED = FileReport("b.drv", (), FileError(1, 1, "no such file"))
