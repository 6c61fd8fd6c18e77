"""A cold `derive check` of a file with one theorem, against `import sympy`: `cold.py [RUNS]`."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import Job, Target, interleaved, runs_wanted, say, table

RUNS = 11
ROOT = Path(__file__).resolve().parents[1]
THEOREM = """theorem two_and_one
given X, Y : random variable, integrable
show E[2 X + Y] = 2 E[X] + E[Y]
proof
  E[2 X + Y]
    = 2 E[X] + E[Y]     by linearity
qed
"""


def started(arguments: list[str], environment: dict[str, str]) -> Job:
    """A job that runs Python anew; refuses a run that fails."""

    def job() -> float:
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, *arguments],
            env=environment,
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        return time.perf_counter() - start

    return job


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "theorem.drv")
        file.write_text(THEOREM, encoding="utf-8")
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        environment |= {
            "XDG_CACHE_HOME": folder,
            "PYTHONPYCACHEPREFIX": os.path.join(folder, "pyc"),
        }
        commands = {
            "`python -c pass`": ["-c", "pass"],
            "`python -c 'import derive'`": ["-c", "import derive"],
            "`python -c 'import sympy'`": ["-c", "import sympy"],
            "`derive check theorem.drv`": ["-m", "derive", "check", str(file)],
        }
        jobs = {name: started(arguments, environment) for name, arguments in commands.items()}
        for job in jobs.values():
            job()  # fills the caches of bytecode and of the grammar
        seconds = interleaved(jobs, runs_wanted(RUNS))
    least = {name: min(times) for name, times in seconds.items()}
    bare, _, sympy, derive = least.values()
    rows = [
        (
            name,
            1e3 * least[name],
            1e3 * statistics.median(times),
            least[name] / bare,
            least[name] / sympy,
        )
        for name, times in seconds.items()
    ]
    how = f"Wall time of whole processes, {len(seconds[next(iter(seconds))])} interleaved runs, bytecode and grammar cached."
    body = table(("command", "min ms", "median ms", "× pass", "× import sympy"), rows)
    targets = [Target("`derive check` against `import sympy`", derive / sympy, 0.5)]
    say("Cold start", how, body, targets)


if __name__ == "__main__":
    main()
