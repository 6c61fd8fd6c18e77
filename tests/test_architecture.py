"""The contents page of the code is true: folders, the direction of imports, who knows what."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import derive

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "derive"
MODULES = sorted(PACKAGE.rglob("*.py"))
LAYERS = re.findall(r"^    (\w+)  ", derive.__doc__, flags=re.MULTILINE)
LEAVES = {"derive.report.data", "derive.app.cache"}
"""Modules that know no other module of the project; every layer but the kernel may use them."""
ONLY_IN = {
    "lark": {"derive.syntax.lark_parser"},
    "networkx": {"derive.rulebook.compile"},
    "sympy": {"derive.search.oracle"},
}
LONGEST = 300


def name_of(path: Path) -> str:
    """The dotted name of a module's file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports anywhere in it, by its full name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            for alias in node.names:
                yield f"{node.module}.{alias.name}"


def is_leaf(imported: str) -> bool:
    """Whether an import is of a leaf or of a name in one."""
    return imported in LEAVES or imported.rpartition(".")[0] in LEAVES


def test_the_contents_page_names_the_folders():
    folders = {p.parent.relative_to(PACKAGE).parts[0] for p in PACKAGE.glob("*/__init__.py")}
    assert set(LAYERS) == folders


def test_the_architecture_page_names_the_layers_in_the_same_order():
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert re.findall(r"^### `(\w+)`", page, flags=re.MULTILINE) == LAYERS


@pytest.mark.parametrize("folder", ["models", "models/refute"])
def test_a_large_folder_lists_its_modules_in_reading_order(folder):
    """All of them, each importing only those above it."""
    here = PACKAGE / folder
    page = ast.get_docstring(ast.parse((here / "__init__.py").read_text(encoding="utf-8")))
    listed = re.findall(r"^    (\w+)  ", page or "", flags=re.MULTILINE)
    assert sorted(listed) == sorted(p.stem for p in here.iterdir() if p.stem[:2] != "__")
    for place, name in enumerate(listed):
        for path in sorted(here.glob(f"{name}.py")) + sorted(here.glob(f"{name}/*.py")):
            for imported in imports(path):
                inside = imported.removeprefix(name_of(here / "__init__.py") + ".")
                if inside != imported and inside.split(".")[0] != name:
                    assert inside.split(".")[0] in listed[:place], f"{path}: {imported}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_only_go_one_way(path):
    here = name_of(path).split(".")
    if len(here) < 2 or here[1] not in LAYERS:
        return
    allowed = LAYERS[: LAYERS.index(here[1]) + 1]
    for imported in imports(path):
        parts = imported.split(".")
        if parts[0] == "derive" and len(parts) > 1 and parts[1] in LAYERS:
            assert parts[1] in allowed or (is_leaf(imported) and here[1] != "kernel"), imported


@pytest.mark.parametrize("leaf", sorted(LEAVES))
def test_leaves_know_no_other_module(leaf):
    path = ROOT / Path(*leaf.split(".")).with_suffix(".py")
    assert [m for m in imports(path) if m.startswith("derive")] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_each_library_is_known_to_its_own_modules_only(path):
    used = {imported.split(".")[0] for imported in imports(path)}
    for library, places in ONLY_IN.items():
        assert library not in used or name_of(path) in places


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_is_long(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_text_is_ever_run_or_unpickled(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {
        n.func.id
        for n in ast.walk(tree)
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
    }
    assert not called & {"eval", "exec", "sympify", "parse_expr"}
    assert not {m.split(".")[0] for m in imports(path)} & {"pickle", "marshal", "shelve", "dill"}


KERNEL = sorted((PACKAGE / "kernel").glob("*.py"))


@pytest.mark.parametrize("path", KERNEL, ids=name_of)
def test_the_kernel_uses_the_standard_library_and_itself(path):
    for imported in imports(path):
        top = imported.split(".")[0]
        assert top in sys.stdlib_module_names or imported.startswith("derive.kernel"), imported


@pytest.mark.parametrize("path", KERNEL, ids=name_of)
def test_the_kernel_never_asserts(path):
    """An `assert` is gone under `python -O`; a check must not be."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Assert)]


def test_the_kernel_runs_alone():
    code = "import sys, derive.kernel.check; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-O", "-c", code],
        capture_output=True, text=True, cwd=ROOT, timeout=60, check=True,
    )  # fmt: skip
    loaded = [m for m in done.stdout.split() if m.startswith("derive")]
    assert [m for m in loaded if m != "derive" and not m.startswith("derive.kernel")] == []
    outside = {m.split(".")[0] for m in done.stdout.split()} - sys.stdlib_module_names
    assert not outside & {"lark", "sympy", "networkx", "rich"}


def test_every_module_says_what_it_is():
    silent = [name_of(p) for p in MODULES if not ast.get_docstring(ast.parse(p.read_text("utf-8")))]
    assert silent == []
