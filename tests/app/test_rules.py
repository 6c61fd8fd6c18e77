"""`derive rules`: the rulebook by name."""

from __future__ import annotations

from derive.app.rules import listing, read_items
from derive.report.style import Style

TEXT = """\
# A file.

import "order.drv"

axiom fubini
  "Integrals may be exchanged."
  source "Folland 2.37"
  alias fubini_tonelli
  kind fact
given a : real
show a = a

# A comment between.

theorem swap
given a : real
show a = a
proof
  a
    = a   by fubini
qed
"""


def test_items_are_read_from_header_to_header():
    first, second = read_items(TEXT, "products.drv")
    assert (first.name, first.kind, first.meaning) == (
        "fubini", "axiom", "Integrals may be exchanged.",
    )  # fmt: skip
    assert first.aliases == ("fubini_tonelli",)
    assert second.text.endswith("qed")
    assert "comment" not in first.text


def test_the_list_counts_axioms():
    said = listing(read_items(TEXT, "products.drv"), Style())
    assert said.startswith("products\n  axiom    fubini  Integrals may be exchanged.\n")
    assert said.endswith(
        "1 axiom of measure theory, 0 structural (order, values, congruence, almost everywhere); "
        "1 theorem proved from them."
    )


def test_the_real_rulebook_is_listed_and_every_name_is_shown(derive):
    status, out, _ = derive("rules")
    assert status == 0
    assert "le_trans" in out
    status, out, _ = derive("rules", "le_trans", "le_refl")
    assert status == 0
    assert out.startswith("axiom le_trans\n")
    assert "given left: a ≤ b" in out


def test_an_unknown_name_has_its_nearest(derive):
    status, _, err = derive("rules", "le_tran")
    assert (status, err) == (2, "derive: no rule is called 'le_tran'; did you mean `le_trans`?\n")
