"""`derive check --watch`."""

from __future__ import annotations

import time

import pytest

from derive.app import watch


def test_files_folders_and_imports_are_watched(folder):
    (folder / "lib").mkdir()
    (folder / "lib/base.drv").write_text("")
    (folder / "a.drv").write_text('import "lib/base.drv"\nimport "gone.drv"\n')
    before = watch.stamps(["a.drv"])
    assert sorted(before) == ["a.drv", "gone.drv", "lib/base.drv"]
    (folder / "lib/base.drv").write_text("changed")
    assert watch.stamps(["a.drv"]) != before


@pytest.mark.parametrize("arguments", [[], ["-"]])
def test_standard_input_cannot_be_watched(engine, derive, arguments):
    status, _, err = derive("check", "--watch", *arguments)
    assert (status, err) == (2, "derive: --watch needs files or folders\n")


def test_a_change_is_checked_again_until_ctrl_c(engine, folder, derive, monkeypatch):
    file = folder / "a.drv"
    file.write_text("one")
    changes = iter(["two", None, "three!"])

    def nap(_: float) -> None:
        try:
            change = next(changes)
        except StopIteration:
            raise KeyboardInterrupt from None
        if change:
            file.write_text(change)

    monkeypatch.setattr(time, "sleep", nap)
    assert derive("check", "--watch", "a.drv")[0] == 130
    assert [text for text, _, _ in engine.asked] == ["one", "two", "three!"]
