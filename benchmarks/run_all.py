"""Run every benchmark, each in a process of its own, and write RESULTS.md beside this file: `run_all.py [RUNS]`."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
BENCHMARKS = ("cold", "warm", "padding", "chains", "replay")


def main() -> int:
    """Run, print and write."""
    parts, failed = [], []
    for name in BENCHMARKS:
        done = subprocess.run(
            [sys.executable, str(HERE / f"{name}.py"), *sys.argv[1:]],
            cwd=HERE.parent,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        print(done.stdout, flush=True)
        parts.append(done.stdout)
        if done.returncode:
            failed.append(name)
            parts.append(f"## {name}\n\n- FAILED\n\n")
    lines = "".join(parts).splitlines()
    met = sum(line.startswith("- met") for line in lines)
    missed = sum(line.startswith(("- MISSED", "- FAILED")) for line in lines)
    head = (
        "# Results\n\n"
        f"Written by `python benchmarks/run_all.py` on {date.today().isoformat()}: "
        f"{platform.system()}, {platform.machine()}, {os.cpu_count()} cores shared with other work, "
        f"{platform.python_implementation()} {platform.python_version()}, sympy {version('sympy')}, lark {version('lark')}.\n"
        "Read the ratios, not the times.\n\n"
        f"{met} targets met, {missed} missed.\n\n"
    )
    (HERE / "RESULTS.md").write_text(head + "".join(parts).rstrip() + "\n", encoding="utf-8")
    print(
        f"{met} targets met, {missed} missed" + (f"; failed: {', '.join(failed)}" if failed else "")
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
