"""The command itself: wrong calls, help, pipes, and what it loads."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

import derive as package


@pytest.mark.parametrize(
    "arguments,                        message",
    [
        (["chek", "a.drv"], "did you mean `check`?"),
        (["a.drv"], "did you mean `derive check a.drv`?"),
        (["zzzzz"], "invalid choice: 'zzzzz'"),
        (["check", "--strickt", "a.drv"], "did you mean `--strict`?"),
        (["check", "--str", "a.drv"], "unrecognized arguments: --str"),
        (["check", "--format", "xml"], "invalid choice: 'xml'"),
        (["check", "--explain", "0"], "not a line number: '0'"),
        (["check", "--explain", "١"], "not a line number"),
        (["fmt"], "arguments are required: FILE"),
        (["show", "--core", "--latex", "a.drv"], "not allowed with argument"),
        (["--wrong"], "unrecognized arguments: --wrong"),
    ],
)
def test_a_wrong_call_has_one_message_and_status_2(derive, arguments, message):
    status, out, err = derive(*arguments)
    assert status == 2
    assert out == ""
    assert message in err
    assert len(err.splitlines()) == 2


def test_without_a_command_the_help_is_printed(derive):
    status, out, _ = derive()
    assert status == 2
    assert all(name in out for name in ("check", "fmt", "show", "rules", "help", "version"))


@pytest.mark.parametrize("arguments", [["version"], ["--version"]])
def test_version(derive, arguments):
    assert derive(*arguments) == (0, f"derive {package.__version__}\n", "")


def python(*arguments: str, **options) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, timeout=60, **options
    )


def test_python_dash_m(root):
    done = python("-m", "derive", "version", cwd=root)
    assert done.stdout == f"derive {package.__version__}\n"


def test_a_closed_pipe_is_quiet(root):
    code = "import sys; from derive.app.cli import main; sys.exit(main(['rules']))"
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, "-c", code],
            stdout=writer, stderr=subprocess.PIPE, text=True, cwd=root, timeout=60, check=False,
        )  # fmt: skip
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")


def test_a_terminal_without_unicode_gets_words(root):
    done = python(
        "-m", "derive", "help", "expressions", cwd=root, env={"PYTHONIOENCODING": "ascii"}
    )
    assert done.returncode == 0
    assert "\\cup" in done.stdout
    assert done.stdout.isascii()


@pytest.mark.parametrize(
    "code,                                    heavy",
    [
        ("import derive", ("derive.", "lark", "sympy", "networkx")),
        ("import derive.app.cli", ("lark", "sympy", "networkx", "derive.kernel", "derive.syntax")),
        ("import derive.app.check", ("lark", "sympy", "networkx", "derive.kernel")),
        ("import derive; derive.check", ("lark", "sympy", "networkx")),
    ],
)
def test_nothing_heavy_is_loaded_before_it_is_needed(root, code, heavy):
    done = python("-c", f"{code}\nimport sys; print(*sys.modules)", cwd=root)
    loaded = done.stdout.split()
    assert [m for m in loaded if m.startswith(heavy)] == []
