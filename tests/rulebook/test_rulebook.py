"""The rulebook: its compiled files are those of its sources, and every axiom says what it rests on."""

from __future__ import annotations

import re
import subprocess
import sys

import networkx
import pytest

from derive.kernel.symbol import rules_folder
from derive.rulebook.compile import RulebookError, load_rulebook
from derive.search.session import session


@pytest.fixture(scope="module")
def book():
    """The rulebook as its sources give it."""
    return load_rulebook()


def notes(item) -> dict[str, list[str]]:
    """The notes of an item by kind."""
    out: dict[str, list[str]] = {}
    for note in item.notes:
        out.setdefault(note.kind, []).append(" ".join(note.words) or note.text)
    return out


def test_the_compiled_files_are_up_to_date(root):
    """Some ten seconds: every theorem is proved anew."""
    done = subprocess.run(
        [sys.executable, "-m", "derive.rulebook.build", "--check"],
        capture_output=True, text=True, encoding="utf-8", cwd=root, timeout=300,
    )  # fmt: skip
    assert "stale" not in done.stdout, done.stdout
    assert (done.returncode, done.stderr) == (0, "")
    assert ", 0 not" in done.stdout


def test_the_imports_have_no_cycle_and_reach_what_is_there():
    graph = networkx.DiGraph()
    for path in rules_folder().glob("*.drv"):
        graph.add_node(path.name)
        for name in re.findall(r'^import "([^"]+)"', path.read_text("utf-8"), flags=re.M):
            graph.add_edge(path.name, name)
    assert networkx.is_directed_acyclic_graph(graph)
    assert all((rules_folder() / name).is_file() for name in graph)


@pytest.mark.parametrize(
    "text,                                      reason",
    [
        ('import "one.drv"\n',                   "import one another"),
        ('import "absent.drv"\n',                r"one\.drv: no rule file absent\.drv"),
        ("example\ngiven x : real\nshow x = x\n", r"one\.drv:1: a rule needs a name"),
        ("theorem t\nshow x +\n",                r"one\.drv:2: "),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_compiled_is_refused(tmp_path, text, reason):
    (tmp_path / "one.drv").write_text(text, encoding="utf-8")
    with pytest.raises(RulebookError, match=reason):
        load_rulebook(tmp_path)


def test_a_cycle_of_imports_is_refused(tmp_path):
    (tmp_path / "one.drv").write_text('import "two.drv"\n', encoding="utf-8")
    (tmp_path / "two.drv").write_text('import "one.drv"\n', encoding="utf-8")
    with pytest.raises(RulebookError, match="import one another"):
        load_rulebook(tmp_path)


def test_rules_define_no_notation(tmp_path):
    (tmp_path / "a.drv").write_text("define twice x := 2 x\n")
    with pytest.raises(RulebookError, match=r"a\.drv:1: twice: rules have no notation"):
        load_rulebook(tmp_path)


def test_names_are_used_once(book):
    names = [item.name for _, item in book.items()]
    assert len(names) == len(set(names))


def test_every_rule_has_a_sentence(book):
    silent = [
        item.name for _, item in book.items() if not (item.doc or "").strip().endswith((".", "?"))
    ]
    assert silent == []


@pytest.mark.parametrize("kind", ["source", "kind"])
def test_every_axiom_has(book, kind):
    assert [
        i.name for _, i in book.items() if i.kind == "axiom" and not any(notes(i).get(kind, []))
    ] == []


def test_every_hypothesis_of_an_axiom_says_what_goes_wrong_without_it(book):
    """A `without` for each written proposition, and for each type or adjective that is a hypothesis."""
    lacking = {}
    for _, item in book.items():
        if item.kind != "axiom":
            continue
        given = {h.origin for h in item.hypotheses if not h.origin.startswith("ambient")}
        told = notes(item).get("without", [])
        if given and not told:
            lacking[item.name] = sorted(given)
    assert lacking == {}


def test_the_kinds_are_known(book):
    assert set(book.kinds.values()) <= {"fact", "structural", "definition", "congruence"}


def test_theorems_rest_on_what_stands_before_them(book):
    """The order of `rulebook.json` is that of the sources."""
    theorems = [item.name for _, item in book.items() if item.kind == "theorem"]
    assert session().order == theorems


def test_inside_the_rulebook_no_theorem_is_its_own_reason():
    order = session().order
    for name in (order[0], order[len(order) // 2], order[-1]):
        assert name in session().forbidden(name)
        assert set(order[order.index(name) :]) == session().forbidden(name)
