"""The cache is never needed and never half written."""

from __future__ import annotations

import os

import pytest

from derive.app import cache


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


def test_what_is_kept_comes_back(home):
    assert cache.cache_read("rules.json") is None
    assert cache.cache_write("rules.json", {"μ": [1, None]})
    assert cache.cache_read("rules.json") == {"μ": [1, None]}
    assert [p.name for p in (home / "derive").iterdir()] == ["rules.json"]


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff", b"[" * 100_000])
def test_a_damaged_file_is_an_empty_cache(home, damage):
    cache.cache_write("rules.json", 1)
    (home / "derive" / "rules.json").write_bytes(damage)
    assert cache.cache_read("rules.json") is None
    assert cache.cache_write("rules.json", 2)
    assert cache.cache_read("rules.json") == 2


def test_a_folder_that_cannot_be_made_is_an_empty_cache(home):
    (home / "derive").write_text("a file where the folder should be")
    assert cache.cache_write("rules.json", 1) is False
    assert cache.cache_read("rules.json") is None


def test_an_interrupted_write_leaves_the_old_file(home, monkeypatch):
    cache.cache_write("rules.json", 1)
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    assert cache.cache_write("rules.json", 2) is False
    assert cache.cache_read("rules.json") == 1
    assert len(list((home / "derive").iterdir())) == 1


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "a\0"])
def test_a_name_cannot_leave_the_folder(home, name):
    with pytest.raises(ValueError, match="no name for a cache file"):
        cache.cache_read(name)


def test_a_relative_cache_home_is_ignored(monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    folder = cache.cache_folder()
    assert folder is None or folder.is_absolute()
