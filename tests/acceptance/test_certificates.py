"""A certificate that `derive check` wrote replays alone; a tampered one is refused, each for its reason."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable

import pytest

from derive.app.cli import main
from derive.kernel.__main__ import main as kernel
from derive.kernel.theory import rulebook

SOURCE = """\
theorem larger
given μ : measure on 𝒳
given A, B : event in 𝒳
given A ⊆ B
show μ(A) ≤ μ(B)
proof
  μ(A)
    ≤ μ(A) + μ(B ∖ A)       by nonnegative
    = μ(A ∪ (B ∖ A))        by finite_additivity
    = μ(B)                  by set_algebra
qed

theorem not_so
given x : real
show x / x = 1 by algebra

example
given x : real
given x ≠ 0
show x / x = 1 by algebra

given X, Y : random variable, integrable
E[2 X + Y + 1]
  = 2 E[X] + E[Y] + 1       by linearity
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The certificates of the text above."""
    here = tmp_path_factory.mktemp("certificates")
    (here / "text.drv").write_text(SOURCE, encoding="utf-8")
    assert main(["check", "--cert", str(here), str(here / "text.drv")]) == 1
    return here


def records(path) -> list[list]:
    """The lines of a certificate, read."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_only_what_is_checked_has_one(folder):
    names = sorted(path.stem for path in folder.glob("*.cert"))
    assert len(names) == 3
    assert "text.larger" in names
    assert not any("not_so" in name for name in names)


def test_the_kernel_replays_them_in_a_process_of_its_own(folder):
    for path in sorted(folder.glob("*.cert")):
        done = subprocess.run(
            [sys.executable, "-I", "-m", "derive.kernel", str(path)],
            capture_output=True, text=True, encoding="utf-8", timeout=60, cwd=folder,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        assert "proved    " in done.stdout
        assert "axioms    " in done.stdout
        assert "computed" not in done.stdout


def test_what_is_printed_is_the_theorem(folder, capsys):
    assert kernel([str(folder / "text.larger.cert")]) == 0
    last = capsys.readouterr().out.split("proved    ")[-1]
    assert "show      (le (mass μ A) (mass μ B))" in last
    assert "given     (all (lam 𝒳 (imp (app A #0) (app B #0))))" in last
    assert "finite_additivity" in last


def replayed(folder, capsys, change: Callable[[list[list]], list[list]]) -> str:
    """What the kernel says of the certificate of the theorem, once changed."""
    lines = change(records(folder / "text.larger.cert"))
    path = folder / "changed.txt"
    path.write_text("\n".join(json.dumps(x, ensure_ascii=False) for x in lines), encoding="utf-8")
    kernel([str(path)])
    return capsys.readouterr().out


def first(lines: list[list], kind: str) -> int:
    """Where the first record of a kind stands."""
    return next(i for i, line in enumerate(lines) if line[0] == kind)


def rejected(said: str) -> str:
    """The reason in a refusal."""
    found = re.match(r"rejected: ([A-Z_]+): ", said)
    assert found, said
    return found[1]


def test_unchanged_it_replays(folder, capsys):
    assert replayed(folder, capsys, lambda lines: lines).startswith("proved")


def test_an_edited_statement_is_not_what_was_proved(folder, capsys):
    def swap(lines):
        for line in lines:
            if line[0] == "item":
                line[3] = line[2][0]  # claims the first given
        return lines

    assert rejected(replayed(folder, capsys, swap)) in ("NOT_PROVED", "NO_VALUE")


def test_an_edited_conclusion_is_refused(folder, capsys):
    def turned(lines):
        return [[*line[:2], *line[:1:-1]] if line[:2] == ["mk", "le"] else line for line in lines]

    said = replayed(folder, capsys, turned)
    assert rejected(said) in ("NOT_PROVED", "PREMISE_MISMATCH", "NOT_LINEAR", "NOT_A_TAUTOLOGY")


def test_a_hypothesis_taken_away_is_missed(folder, capsys):
    def without_givens(lines):
        return [[line[0], line[1], [], *line[3:]] if line[0] == "item" else line for line in lines]

    assert rejected(replayed(folder, capsys, without_givens)) == "NOT_GIVEN"


def test_a_value_taken_away_is_missed(folder, capsys):
    def without_values(lines):
        return [[*line[:2], []] if line[0] == "qed" else line for line in lines]

    assert rejected(replayed(folder, capsys, without_values)) == "NO_VALUE"


def test_an_axiom_of_its_own_is_no_record(folder, capsys):
    own = ["axiom", "mine", {}, [], 0]
    said = replayed(folder, capsys, lambda lines: [lines[0], own, *lines[1:]])
    assert rejected(said) == "BAD_RECORD"


def test_a_rule_of_its_own_is_unknown(folder, capsys):
    def own_rule(lines):
        at = first(lines, "rule")
        return [*lines[:at], ["rule", "mine", *lines[at][2:]], *lines[at + 1 :]]

    assert rejected(replayed(folder, capsys, own_rule)) == "UNKNOWN_RULE"


def test_a_changed_rule_hash_is_refused(folder, capsys):
    def other_hash(lines):
        at = first(lines, "rule")
        digest = lines[at][2]
        lines[at][2] = ("0" if digest[0] != "0" else "1") + digest[1:]
        return lines

    assert rejected(replayed(folder, capsys, other_hash)) == "RULE_CHANGED"


def test_another_rule_under_the_hash_is_refused(folder, capsys):
    other = next(n for n in rulebook().rules if n not in ("finite_additivity", "nonnegative"))

    def renamed(lines):
        lines[first(lines, "rule")][1] = other
        return lines

    assert rejected(replayed(folder, capsys, renamed)) == "RULE_CHANGED"


def test_a_hypothesis_smuggled_in_is_not_given(folder, capsys):
    """Replacing the proof of an item by `assume what is to be shown`."""

    def assumed(lines):
        items = [line for line in lines if line[0] == "item"]
        item, terms = (
            items[0],
            [x for x in lines if x[0] in ("free", "bound", "num", "nat", "lam", "mk")],
        )
        return [*terms, item, ["hyp", item[3]], ["qed", 0, []]]

    assert rejected(replayed(folder, capsys, assumed)) in ("NO_VALUE", "NOT_GIVEN")


def test_an_empty_certificate_proves_nothing(folder, capsys):
    assert rejected(replayed(folder, capsys, lambda lines: [])) == "NOT_PROVED"


def test_a_cut_certificate_is_refused(folder, capsys):
    """Cut inside the last item; before that, less is proved, and that is said."""

    def cut(lines):
        return lines[: max(i for i, line in enumerate(lines) if line[0] == "qed")]

    assert rejected(replayed(folder, capsys, cut)) == "NOT_PROVED"


def test_certificates_are_small(folder):
    assert max(path.stat().st_size for path in folder.glob("*.cert")) < 100_000
