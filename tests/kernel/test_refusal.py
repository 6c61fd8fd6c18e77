"""Refusals: one exception, one Reason each, all of them reachable."""

from __future__ import annotations

import ast
import re

import derive.kernel.refusal
from derive.kernel.refusal import Reason, Rejected, require


def test_text_of_a_refusal():
    assert str(Rejected(Reason.BAD_INDEX, 7, 3)) == "line 3: an index points nowhere: 7"
    assert len(str(Rejected(Reason.BAD_INDEX, "x" * 10_000))) < 500
    require(True, Reason.BAD_INDEX)


def test_every_reason_has_a_test(root):
    folder = root / "tests" / "kernel"
    text = "".join(p.read_text(encoding="utf-8") for p in sorted(folder.glob("test_*.py")))
    assert set(re.findall(r"Reason\.([A-Z_]+)", text)) >= {reason.name for reason in Reason}


def test_the_kernel_has_no_assert(root):
    folder = root / "derive" / "kernel"
    assert derive.kernel.refusal.__file__.startswith(str(folder))
    for path in folder.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert not any(isinstance(node, ast.Assert) for node in ast.walk(tree)), path
