"""`derive check`: what it reads, what it prints, its status."""

from __future__ import annotations

import io
import json
import sys

import pytest
from samples import reports as r


def standard_input(monkeypatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))


def test_a_checked_file_is_status_0(engine, folder, derive):
    (folder / "a.drv").write_text("text")
    status, out, err = derive("check", "a.drv")
    assert (status, err) == (0, "")
    assert out.startswith("a.drv\n\ntheorem importance_sampling, line 1: checked\n")
    assert out.endswith("\n1 step: 1 checked\n")
    assert engine.asked == [
        ("text", "a.drv", {"markdown": False, "strict": False, "explain": None})
    ]


@pytest.mark.parametrize(
    "item,                                      arguments,      expected",
    [
        (r.GOOD, [], 0),
        (r.item(r.COMPUTED, verdict="computed"), [], 0),
        (r.item(r.COMPUTED, verdict="computed"), ["--strict"], 1),
        (r.item(r.MISSING, verdict="missing"), [], 1),
        (r.BAD, [], 2),
        (r.BAD, ["--json"], 2),
        (r.BAD, ["--format", "short"], 2),
    ],
)
def test_the_status_is_that_of_the_worst(engine, folder, derive, item, arguments, expected):
    (folder / "a.drv").write_text("text")
    engine.items = (item,)
    assert derive("check", *arguments, "a.drv")[0] == expected


@pytest.mark.parametrize(
    "name,        content,                       message",
    [
        ("none.drv", None, "none.drv:1:1: no such file"),
        ("a.drv", b"\x7fELF\0\0", "a.drv:1:1: a binary file, not text"),
        ("a.drv", "μ".encode("utf-16"), "a.drv:1:1: UTF-16 text; save it as UTF-8"),
        ("a.drv", "μ x\nμ ".encode() + b"\xe9", "a.drv:2:3: not UTF-8 text: byte 0xe9"),
        ("a\0b", None, "embedded null byte"),
        ("n" * 5000, None, "cannot be opened: File name too long"),
        ("empty/", None, "a folder without any .drv file"),
        ("a.drv/b.drv", None, "no such file"),
    ],
)
def test_wrong_input_has_one_message_and_status_2(engine, folder, derive, name, content, message):
    (folder / "empty").mkdir()
    if content is not None:
        (folder / name).write_bytes(content)
    (folder / "good.drv").write_text("text")
    status, out, err = derive("check", name, "good.drv")
    assert status == 2
    assert message in out
    assert err == ""
    assert [path for _, path, _ in engine.asked] == ["good.drv"]


@pytest.mark.parametrize("data", [b"a\nb\n", b"a\r\nb\r\n", b"a\rb\r", b"\xef\xbb\xbfa\nb\n"])
def test_line_ends_and_the_byte_order_mark_do_not_matter(engine, folder, derive, data):
    (folder / "a.drv").write_bytes(data)
    derive("check", "a.drv")
    assert engine.asked[0][0] == "a\nb\n"


@pytest.mark.parametrize("arguments", [[], ["-"]])
def test_standard_input(engine, derive, monkeypatch, arguments):
    standard_input(monkeypatch, "μ\r\n".encode())
    status, _, _ = derive("check", *arguments)
    assert status == 0
    assert engine.asked[0][:2] == ("μ\n", "-")


def test_a_folder_stands_for_its_files_and_markdown_only_with_blocks(engine, folder, derive):
    for name, text in {
        "b.drv": "b",
        "sub/a.drv": "a",
        "sub/page.md": "```derive\nx\n```\n",
        "sub/other.md": "no block",
        ".hidden/c.drv": "c",
        "notes.txt": "n",
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    derive("check", ".", "./b.drv")
    asked = {path: options["markdown"] for _, path, options in engine.asked}
    assert asked == {"./b.drv": False, "./sub/a.drv": False, "./sub/page.md": True}


def test_json_is_one_object_for_all_files(engine, folder, derive):
    (folder / "a.drv").write_text("text")
    status, out, _ = derive("check", "--json", "a.drv", "none.drv")
    data = json.loads(out)
    assert status == 2
    assert [file["path"] for file in data["files"]] == ["a.drv", "none.drv"]
    assert data["files"][1]["error"]["message"] == "no such file"


def test_short_is_silent_on_what_is_checked(engine, folder, derive):
    (folder / "a.drv").write_text("text")
    assert derive("check", "--format", "short", "a.drv") == (0, "", "")


def test_certificates_are_written_whole_under_safe_names(engine, folder, derive):
    (folder / "a.drv").write_text("text")
    engine.items = (r.GOOD, r.GOOD, r.BAD)
    status, _, _ = derive("check", "--cert", "out/deep", "a.drv")
    assert status == 2
    written = sorted(p.name for p in (folder / "out/deep").iterdir())
    assert written == ["a.importance_sampling.cert", "a.importance_sampling_2.cert"]
    assert (folder / "out/deep" / written[0]).read_text() == '["item"]\n'


def test_a_certificate_folder_that_cannot_be_is_said(engine, folder, derive):
    (folder / "a.drv").write_text("text")
    status, _, err = derive("check", "--cert", "a.drv", "a.drv")
    assert status == 2
    assert "certificates cannot be written" in err


def test_explain_needs_one_file_and_a_line_with_a_step(engine, folder, derive):
    (folder / "a.drv").write_text("text")
    (folder / "b.drv").write_text("text")
    status, out, _ = derive("check", "--explain", "6", "a.drv")
    assert status == 0
    assert "needs f · dP/dQ integrable under Q   [integrable_mul]" in out
    status, _, err = derive("check", "--explain", "7", "a.drv")
    assert (status, err) == (2, "derive: no step stands at line 7; steps stand at 6\n")
    status, _, err = derive("check", "--explain", "6", "a.drv", "b.drv")
    assert (status, err) == (2, "derive: --explain LINE speaks of one file\n")


def test_trust_lists_the_axioms(engine, folder, derive):
    (folder / "a.drv").write_text("text")
    assert "1 item rest on 2 axioms" in derive("check", "--trust", "a.drv")[1]


def test_a_fault_of_the_checker_is_said_and_the_next_file_is_still_checked(engine, folder, derive):
    (folder / "a.drv").write_text("text")
    (folder / "b.drv").write_text("text")
    engine.fault = RecursionError("too deep\nsecond line")
    status, out, err = derive("check", "a.drv", "b.drv")
    assert status == 2
    assert out.count("nothing was checked, by a fault in derive itself (RecursionError:") == 2
    assert err == ""


def test_output_without_unicode(engine, folder, derive, monkeypatch):
    (folder / "a.drv").write_text("text")
    seen = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(seen, encoding="ascii"))
    assert derive("check", "a.drv")[0] == 0
    assert b"= \\int f * dP/dQ dQ" in seen.getvalue()


class Terminal(io.StringIO):
    """A stream that a person looks at."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        """Yes."""
        return True


@pytest.mark.parametrize("no_colour, seen", [("", True), ("1", False)])
def test_colour_only_on_a_terminal_and_not_with_no_color(
    engine, folder, derive, monkeypatch, no_colour, seen
):
    (folder / "a.drv").write_text("text")
    monkeypatch.setenv("NO_COLOR", no_colour)
    monkeypatch.setenv("TERM", "xterm")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    derive("check", "a.drv")
    assert ("\033[32mchecked" in terminal.getvalue()) is seen


def test_progress_on_a_terminal_with_many_files(engine, folder, derive, monkeypatch):
    for name in "abc":
        (folder / f"{name}.drv").write_text("text")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    derive("check", ".")
    assert "checking 3 of 3: ./c.drv" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\033[K")


def test_ctrl_c_is_quiet(engine, folder, derive):
    (folder / "a.drv").write_text("text")
    sys.modules["derive.search.modules"].check_text = _interrupt
    assert derive("check", "a.drv") == (130, "", "")


def _interrupt(*_, **__):
    raise KeyboardInterrupt
