"""Refusals: the one exception of the kernel, the one guard word, and the bound on its work.

Never an `assert`: a check must survive `python -O`. Work is counted as fuel and never timed: a
verdict does not depend on the machine.
"""

import math
from enum import Enum


class Reason(Enum):
    """Why the kernel refused; every refusal has exactly one."""

    BAD_TEXT = "the text is not readable"
    BAD_RECORD = "a record does not have the expected shape"
    BAD_INDEX = "an index points nowhere"
    BAD_SORT = "a sort is malformed or does not fit"
    UNKNOWN_SYMBOL = "an unknown symbol"
    TOO_DEEP = "a term is nested too deeply"
    TOO_LARGE = "a term, a number or the work for one record is too large"
    LOOSE_INDEX = "a bound variable has no binder"
    NOT_CLOSED = "a closed term is needed"
    UNKNOWN_RULE = "an unknown rule"
    RULE_CHANGED = "the rule is not the one that the certificate names"
    BAD_INSTANCE = "the instance does not fit the rule"
    PREMISE_MISMATCH = "a premise is not what the step needs"
    NOT_GIVEN = "a hypothesis that the item does not give"
    NOT_FRESH = "the variable occurs in a hypothesis"
    NOT_AN_EQUATION = "an equation is needed"
    NOT_POLYNOMIAL = "the two sides are not equal as polynomials"
    NOT_FINITE = "a possibly infinite term would be cancelled"
    NOT_A_TAUTOLOGY = "the proposition does not follow by Boolean reasoning"
    NOT_LINEAR = "the combination does not give the inequality"
    NOT_A_NUMERAL = "not decided by rational arithmetic"
    NOT_PROVED = "the statement is not what was proved"
    NO_VALUE = "an expression of the statement has no proved value"
    NOT_DEFINABLE = "a definition must be closed, over its own parameters, or is unknown"
    NOT_COMPUTABLE = "only explicit real expressions may be computed"
    DUPLICATE = "a name is used twice"


class Rejected(Exception):
    """A refusal: its reason, what it is about, and the line of the certificate."""

    def __init__(self, reason: Reason, detail: object = "", line: int = 0) -> None:
        super().__init__(reason, detail, line)
        self.reason, self.detail, self.line = reason, detail, line

    def __str__(self) -> str:
        where, detail = f"line {self.line}: " if self.line else "", str(self.detail)[:400]
        return f"{where}{self.reason.value}" + (f": {detail}" if detail else "")


def require(fact: bool, reason: Reason, detail: object = "") -> None:
    """Raise `Rejected` unless `fact`."""
    if not fact:
        raise Rejected(reason, detail)


_fuel = math.inf


def refuel(units: float = math.inf) -> float:
    """Set how much work may still be done; returns what was left."""
    global _fuel
    left, _fuel = _fuel, units
    return left


def spend(units: int = 1) -> None:
    """Account for some work; refuses once the fuel is used up."""
    global _fuel
    _fuel -= units
    require(_fuel >= 0, Reason.TOO_LARGE, "too much work")
