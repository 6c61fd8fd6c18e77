"""`import`: what comes in, what is refused at its place, and that nothing false does."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

import derive as api
from derive.app import sources
from derive.elaborate.units import DEEPEST
from derive.kernel.__main__ import main as kernel

LIBRARY = """\
define recip x := 1/x

theorem unit
given x : real
given x ≠ 0
show x · recip(x) = 1 by recip, algebra

theorem wrong
given x : real
show recip(x) = x by recip, algebra
"""
USE = 'import "lib.drv"\n\nexample\ngiven y : real\ngiven y ≠ 0\nshow y · recip(y) = 1 by unit\n'


def write(folder, **files: str) -> None:
    """Files `NAME.drv` in a folder."""
    for name, text in files.items():
        (folder / f"{name}.drv").write_text(text, encoding="utf-8")


def check(path):
    """The report on one file."""
    (file,) = api.check(path).files
    assert file.error is None
    return file


def verdicts(file) -> list[str]:
    """The verdicts of the items."""
    return [item.verdict for item in file.items]


def messages(file) -> list[tuple[int, int, str]]:
    """What is said of what cannot be read, with its place."""
    steps = [step for item in file.items for step in item.steps]
    return [(s.line, s.column, s.message) for s in steps if s.verdict == "unreadable"]


# ---- what comes in


def test_theorems_and_definitions_come_in(folder):
    write(folder, lib=LIBRARY, a=USE)
    (item,) = check(folder / "a.drv").items
    assert (item.verdict, item.theorems) == ("checked", ("unit",))


def test_with_their_hypotheses(folder):
    write(folder, lib=LIBRARY, a=USE.replace("given y ≠ 0\n", ""))
    (item,) = check(folder / "a.drv").items
    assert (item.verdict, item.steps[0].missing) == ("missing", ("y ≠ 0",))


@pytest.mark.parametrize("word", ["wrong", "wrong, unit"])
def test_what_is_not_proved_does_not(folder, word):
    text = USE.replace("y · recip(y) = 1 by unit", f"recip(y) = y by {word}")
    write(folder, lib=LIBRARY, a=text)
    (item,) = check(folder / "a.drv").items
    assert item.verdict == "refuted"
    given = text.replace("y ≠ 0", "y = 1")
    write(folder, a=given)
    (item,) = check(folder / "a.drv").items
    assert (item.verdict, item.steps[0].missing) == ("missing", ("theorem wrong is not proved",))


def test_an_unproved_theorem_of_the_file_itself_is_named_too():
    text = LIBRARY + "example\ngiven y : real\ngiven y = 1\nshow recip(y) = y by wrong\n"
    item = api.check(text).files[0].items[-1]
    assert (item.verdict, item.steps[0].missing) == ("missing", ("theorem wrong is not proved",))


def test_a_theorem_proved_at_the_second_attempt_is_usable():
    text = "theorem t\ngiven x : real\nshow x = 1 by algebra\n"
    text += "theorem t\ngiven x : real\nshow x - x = 0 by algebra\n"
    text += "example\ngiven y : real\nshow y - y = 0 by t\n"
    assert verdicts(api.check(text).files[0])[1:] == ["checked", "checked"]


def test_what_an_imported_file_imports_comes_in(folder):
    (folder / "deep").mkdir()
    write(folder, lib=LIBRARY, a=USE.replace("lib", "deep/middle"))
    write(folder / "deep", middle='import "../lib.drv"\n')
    assert verdicts(check(folder / "a.drv")) == ["checked"]


def test_a_text_imports_from_the_current_folder(folder):
    write(folder, lib=LIBRARY)
    assert verdicts(api.check(USE).files[0]) == ["checked"]


def test_standard_input_and_folders_elsewhere(folder, tmp_path_factory):
    write(folder, lib=LIBRARY, a=USE)
    command = [sys.executable, "-m", "derive", "check"]
    path = os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), *sys.path]))
    run = {"capture_output": True, "env": {**os.environ, "PYTHONPATH": path}, "timeout": 60}
    done = subprocess.run([*command, "-"], input=USE.encode(), cwd=folder, **run)
    assert done.returncode == 0, done.stdout
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert subprocess.run([*command, str(folder / "a.drv")], cwd=elsewhere, **run).returncode == 0
    assert subprocess.run([*command, "-"], input=USE.encode(), cwd=elsewhere, **run).returncode == 2


def test_show_knows_imported_notation(folder, derive):
    write(folder, lib=LIBRARY, a=USE)
    status, out, err = derive("show", "a.drv")
    assert (status, err) == (0, "")
    assert "show  y recip(y) = 1" in out
    assert "recip(x) := 1/x" in derive("show", "lib.drv")[1]
    status, _, err = derive("show", str(folder / "none.drv"))
    assert status == 2
    write(folder, b='import "none.drv"\n')
    status, _, err = derive("show", "b.drv")
    assert (status, "no such file" in err) == (2, True)


# ---- each file once


def test_a_diamond_is_read_and_checked_once(folder, derive, monkeypatch):
    asked = []
    plain = sources.read_file
    monkeypatch.setattr(sources, "read_file", lambda path: asked.append(str(path)) or plain(path))
    from derive.search.run import FileChecker

    checked = []
    run = FileChecker.run
    monkeypatch.setattr(
        FileChecker, "run", lambda self, unit: checked.append(unit.path) or run(self, unit)
    )
    write(folder, lib=LIBRARY, a=USE, b=USE, c='import "a.drv"\nimport "./b.drv"\n')
    status, out, _ = derive("check", "lib.drv", "c.drv", "a.drv")
    assert status == 1  # of the theorem that is wrong
    assert sorted(checked) == ["a.drv", "b.drv", "c.drv", "lib.drv"]
    assert [line for line in out.splitlines() if line.endswith(".drv")] == [
        "lib.drv", "c.drv", "a.drv",
    ]  # fmt: skip


def test_a_file_is_named_as_it_was_asked_for(folder, derive):
    write(folder, lib=LIBRARY, a=USE)
    _, out, _ = derive("check", "a.drv", "./lib.drv")
    assert "./lib.drv\n" in out


# ---- what is refused


@pytest.mark.parametrize(
    "name,            message",
    [
        ("none.drv", "none.drv:1:1: no such file"),
        ("../none.drv", "no such file"),
        ("folder.drv", "folder.drv:1:1: a folder, not a file"),
        ("page.md", "“page.md” is no .drv file"),
        ("lib", "“lib” is no .drv file"),
        ("", "“” is no .drv file"),
        ("binary.drv", "binary.drv:1:1: a binary file, not text"),
        ("pipe.drv", "pipe.drv:1:1: not a file that can be read"),
        ("n" * 5000 + ".drv", "File name too long"),
        ("a.drv", "the files import one another: a.drv → a.drv"),
    ],
)
def test_an_import_is_refused_at_its_place(folder, monkeypatch, name, message):
    (folder / "folder.drv").mkdir()
    (folder / "page.md").write_text("text")
    (folder / "binary.drv").write_bytes(b"\0\0")
    os.mkfifo(folder / "pipe.drv")
    write(folder, a=f'import "{name}"\nexample\nshow 1 = 1 by algebra\n', lib=LIBRARY)
    monkeypatch.chdir(folder)
    from pathlib import Path

    file = check(Path("a.drv"))
    assert verdicts(file) == ["unreadable", "checked"]
    ((line, column, said),) = messages(file)
    assert (line, column) == (1, 8)
    assert message in said


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission(folder):
    write(folder, lib=LIBRARY, a=USE)
    (folder / "lib.drv").chmod(0)
    assert "Permission denied" in messages(check(folder / "a.drv"))[0][2]


def test_a_file_that_cannot_be_opened(folder, monkeypatch):
    write(folder, lib=LIBRARY, a=USE)
    plain = sources.read_file

    def refuse(path):
        name = str(path)
        return sources.failed(name, "cannot be opened") if "lib" in name else plain(path)

    monkeypatch.setattr(sources, "read_file", refuse)
    file = check(folder / "a.drv")
    assert "cannot be opened" in messages(file)[0][2]
    assert messages(file)[1][2] == "recip is not declared"


@pytest.mark.parametrize("first", ["a", "b", "c"])
def test_a_cycle_is_refused_from_wherever_it_is_entered(folder, first):
    round_about = {"a": "b", "b": "c", "c": "a"}
    for name, other in round_about.items():
        text = f'import "{other}.drv"\ntheorem {name}{name}\nshow 1 = 1 by algebra\n'
        write(folder, **{name: text})
    file = check(folder / f"{first}.drv")
    assert verdicts(file) == ["unreadable", "checked"]
    assert "the files import one another" in messages(file)[0][2]
    write(folder, d='import "a.drv"\nexample\nshow 1 = 1 by aa\n')
    assert verdicts(check(folder / "d.drv")) == ["checked"]


def test_a_long_row_of_imports_ends(folder):
    claim = "example\nshow 1 = 1 by last\n"
    for k in range(600):
        write(folder, **{f"f{k}": f'import "f{k + 1}.drv"\n{claim}'})
    write(folder, f600="theorem last\nshow 1 = 1 by algebra\n")
    assert api.check(folder / f"f{601 - DEEPEST}.drv").ok
    for k in (0, 600 - DEEPEST):
        ((line, column, said), *_) = messages(check(folder / f"f{k}.drv"))
        assert (line, column) == (1, 8)
        assert said == f"imports are nested more than {DEEPEST} deep"


def test_imports_stand_at_the_top(folder):
    write(folder, lib=LIBRARY, a='example\nshow 1 = 1 by algebra\nimport "lib.drv"\n')
    assert messages(check(folder / "a.drv"))[0][2] == "imports stand at the top of the file"


CLASHES = [
    ("define f x := x", "define f x := 2 x", False),
    ("define f x := x", "define f x := x", True),
    ("define f x := x", "define f y := y + 0", False),
    ("define f x := x", "theorem f\nshow 1 = 1 by algebra", False),
    ("theorem t\nshow 1 = 1 by algebra", "theorem t\nshow 2 = 2 by algebra", False),
    ("theorem t\nshow 1 = 1 by algebra", "theorem t\nshow 2 = 3 by algebra", False),
    ("theorem t\nshow 1 = 1 by algebra", "theorem u\nshow 2 = 2 by algebra", True),
]


@pytest.mark.parametrize("first, second, fits", CLASHES)
def test_two_imports_that_give_one_name_different_things(folder, first, second, fits):
    write(folder, b=first + "\n", c=second + "\n", a='import "b.drv"\nimport "c.drv"\n')
    found = messages(check(folder / "a.drv"))
    assert (found == []) is fits
    if not fits:
        assert found[0][:2] == (2, 8)
        assert "stands in" in found[0][2]


@pytest.mark.parametrize(
    "text,                                                   message",
    [
        ("define recip x := 2/x", "recip is defined in"),
        ("define unit x := 2/x", "unit is a theorem in"),
        ("theorem recip\nshow 1 = 1 by algebra", "recip is defined in"),
        ("example\ngiven recip : real\nshow recip = recip by algebra", "recip is defined in"),
    ],
)
def test_an_imported_name_is_not_given_another_meaning(folder, text, message):
    write(folder, lib=LIBRARY, a=f'import "lib.drv"\n{text}\n')
    ((_, _, said),) = messages(check(folder / "a.drv"))
    assert said.startswith(message)
    assert "lib.drv, line" in said


def test_a_theorem_of_the_file_itself_hides_an_imported_one(folder):
    own = "theorem unit\nshow 1 = 1 by algebra\n"
    write(folder, lib=LIBRARY, a=USE.replace("\n\n", f"\n{own}\n"))
    first, second = check(folder / "a.drv").items
    assert (first.verdict, second.verdict) == ("checked", "unjustified")


def test_a_broken_definition_is_named_with_its_place(folder):
    write(folder, lib="define f x := x + y\n", a='import "lib.drv"\nexample\nshow f(1) = 1\n')
    ((line, column, said),) = messages(check(folder / "a.drv"))
    assert (line, column) == (3, 6)
    assert said.startswith("f means nothing: its definition in ")
    assert said.endswith("lib.drv, line 1 cannot be read")


# ---- nothing false comes in

ONE = "define f x := x\ntheorem id\ngiven x : real\nshow f(x) = x by f\n"


def test_a_theorem_about_one_f_says_nothing_of_another(folder):
    """Beside another f, the theorem cannot be imported; elsewhere, its f is its own."""
    other = "define f x := 2 x\n"
    claim = "example\nshow f(1) = 1 by id\n"
    write(folder, one=ONE, two=other, a='import "two.drv"\nimport "one.drv"\n' + claim)
    file = check(folder / "a.drv")
    assert "unreadable" in verdicts(file)
    assert verdicts(file)[-1] not in ("checked", "computed")
    write(folder, b=other + claim)
    assert verdicts(check(folder / "b.drv"))[-1] == "unreadable"  # id is not known here
    write(folder, c='import "one.drv"\n' + claim)
    assert verdicts(check(folder / "c.drv")) == ["checked"]
    write(folder, d='import "one.drv"\n' + other + claim.replace("= 1", "= 2"))
    assert verdicts(check(folder / "d.drv"))[-1] not in ("checked", "computed")


def test_one_run_with_two_meanings_of_a_name(folder, derive):
    claim = "example\nshow f(1) = 1 by f, algebra\n"
    write(folder, a="define f x := x\n" + claim, b="define f x := 2 x\n" + claim)
    _, out, _ = derive("check", "--format", "short", "a.drv", "b.drv", "a.drv")
    assert [line.split(":")[0] for line in out.splitlines()] == ["b.drv"]


def test_the_order_of_files_does_not_matter(folder, derive):
    write(folder, lib=LIBRARY, a=USE, b='import "lib.drv"\ndefine other x := recip(x)\n')
    lines = [
        sorted(derive("check", "--format", "short", *order)[1].splitlines())
        for order in (("a.drv", "b.drv", "lib.drv"), ("lib.drv", "b.drv", "a.drv"))
    ]
    assert lines[0] == lines[1]


# ---- certificates


def certificates(folder, derive, *names: str) -> list[str]:
    """The certificates of some files, by name."""
    derive("check", "--cert", "certificates", *names)
    return sorted(os.listdir(folder / "certificates"))


def test_certificates_replay_without_the_files(folder, derive, capsys):
    more = 'import "lib.drv"\ntheorem twofold\ngiven x : positive real\n'
    more += "show 2 x · recip(x) = 2\nproof\n  have h: x · recip(x) = 1 by unit\n"
    more += "  2 x · recip(x)\n    = 2   by h, algebra\nqed\n"
    last = 'import "more.drv"\nexample\nshow 2 · 3 · recip(3) = 2 by twofold\n'
    write(folder, lib=LIBRARY, more=more, last=last)
    names = certificates(folder, derive, "lib.drv", "more.drv", "last.drv")
    assert names == ["last.line_2.cert", "lib.unit.cert", "more.twofold.cert"]
    for name in ("lib", "more", "last"):
        (folder / f"{name}.drv").unlink()
    for name in names:
        assert kernel([str(folder / "certificates" / name)]) == 0
        said = capsys.readouterr().out
        assert "define    recip~" in said
        assert "((x num)) := (inv ?x)" in said
    proved = [line.split()[1] for line in said.splitlines() if line.startswith("proved")]
    assert proved[-1] == "more.twofold" or "twofold" in proved
    path = folder / "certificates" / "last.line_2.cert"
    done = subprocess.run(
        [sys.executable, "-I", "-m", "derive.kernel", str(path)], capture_output=True, timeout=60
    )
    assert done.returncode == 0, done.stdout


def test_a_certificate_with_another_definition_is_rejected(folder, derive, capsys):
    write(folder, lib=LIBRARY, a=USE)
    certificates(folder, derive, "a.drv")
    path = folder / "certificates" / "a.line_3.cert"
    text = path.read_text(encoding="utf-8")
    assert '["mk","inv",0]' in text
    path.write_text(text.replace('["mk","inv",0]', '["mk","abs",0]', 1), encoding="utf-8")
    assert kernel([str(path)]) == 1
    assert "rejected" in capsys.readouterr().out


def test_what_rests_on_something_computed_stays_computed(folder, monkeypatch):
    """No search computes yet; here a theorem is given the tag that a computed step would leave."""
    from derive.search import run

    write(folder, lib=LIBRARY, a=USE)
    publish = run.FileChecker._publish

    def tagged(self, item, name, work):
        publish(self, item, name, work)
        if item.name == "unit":
            self.session.theory.rules[name].tags = frozenset(("computer algebra",))

    monkeypatch.setattr(run.FileChecker, "_publish", tagged)
    (item,) = check(folder / "a.drv").items
    assert (item.verdict, item.steps[0].verdict) == ("computed", "computed")
    assert api.check(folder / "a.drv").exit_code() == 0
    assert api.check(folder / "a.drv", strict=True).exit_code(strict=True) == 1
