"""The command `derive`: reads its arguments, and loads only the command that is called."""

from __future__ import annotations

import argparse
import gc
import os
import re
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any, NoReturn

from derive import __version__

COMMANDS = ("check", "fmt", "show", "rules", "help", "version")
INTERRUPTED, PIPE_CLOSED = 130, 141


class Parser(argparse.ArgumentParser):
    """argparse, with the nearest spelling of what it does not know."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong in two lines and leave with status 2."""
        from derive.app.output import write

        hint = self.hint(message)
        if hint:
            message = re.sub(r" \(choose from .*\)$", "", message)
        write(f"{self.prog}: {message}{hint}", sys.stderr)
        write(f"try `{self.prog} --help`", sys.stderr)
        self.exit(2)

    def hint(self, message: str) -> str:
        """`; did you mean …?`, or nothing."""
        unknown = re.search(r"unrecognized arguments: (\S+)|invalid choice: '([^']*)'", message)
        if not unknown:
            return ""
        word = unknown[1] or unknown[2]
        if unknown[2] and word.endswith((".drv", ".md")):
            return f"; did you mean `{self.prog} check {word}`?"
        near = nearest(word, COMMANDS if unknown[2] else self._option_string_actions)
        return f"; did you mean `{near}`?" if near else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`, or nothing."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word[:80], list(known), n=1, cutoff=0.6)), "")


def build_parser() -> Parser:
    """All commands and their options."""
    parser = Parser(
        prog="derive",
        description="Check derivations in measure-theoretic probability, step by step.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"derive {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)

    check = _command(commands, "check", "check derivations and say what holds")
    check.add_argument("files", nargs="*", metavar="FILE", help="a file, a folder, or - for stdin")
    check.add_argument("--json", action="store_true", help="print one JSON object for programs")
    check.add_argument(
        "--strict", action="store_true", help="refuse steps without a reason, and computed ones"
    )
    check.add_argument("--cert", metavar="DIR", help="write the certificates of checked items")
    check.add_argument("--trust", action="store_true", help="list the axioms and computed steps")
    check.add_argument(
        "--explain", metavar="LINE", type=line_number, help="tell all that one line rests on"
    )
    check.add_argument(
        "--format", choices=("text", "short"), default="text", help="short: file:line:col: verdict"
    )
    check.add_argument("--quiet", action="store_true", help="do not say what an item rests on")
    check.add_argument("--watch", action="store_true", help="check again when a file changes")

    fmt = _command(commands, "fmt", "align a file and write its symbols in Unicode")
    fmt.add_argument("files", nargs="+", metavar="FILE", help="files, or - for stdin to stdout")
    fmt.add_argument("--check", action="store_true", help="change nothing; status 1 if it would")

    show = _command(commands, "show", "print each statement as it was understood")
    show.add_argument("files", nargs="+", metavar="FILE", help="files, or - for stdin")
    how = show.add_mutually_exclusive_group()
    how.add_argument("--core", action="store_true", help="the kernel's own form, fully bracketed")
    how.add_argument("--latex", action="store_true", help="LaTeX")

    rules = _command(commands, "rules", "list the rules, or show some of them")
    rules.add_argument("names", nargs="*", metavar="NAME", help="the names of rules")

    help_ = _command(commands, "help", "explain the language")
    help_.add_argument("topic", nargs="*", metavar="TOPIC", help="a topic; without one, all topics")

    _command(commands, "version", "print the version")
    return parser


def _command(commands: Any, name: str, summary: str) -> argparse.ArgumentParser:
    made = commands.add_parser(name, help=summary, description=summary, allow_abbrev=False)
    made.set_defaults(parser=made)
    return made


def line_number(text: str) -> int:
    """A line number, from 1."""
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and int(text) > 0):
        raise argparse.ArgumentTypeError(f"not a line number: {text!r}")
    return int(text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is returned."""
    gc.set_threshold(100_000, 20, 50)  # terms are kept and hardly ever form cycles
    parser = build_parser()
    try:
        options, rest = parser.parse_known_args(arguments)
        if options.command is None and not rest:
            parser.print_help()
            return 2
        if rest:
            getattr(options, "parser", parser).error(f"unrecognized arguments: {' '.join(rest)}")
        if options.command == "version":
            print(f"derive {__version__}")
            return 0
        return import_module(f"derive.app.{options.command}").run(options)
    except SystemExit as leave:
        return leave.code if isinstance(leave.code, int) else 2
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has gone: leave nothing for the interpreter to flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED


if __name__ == "__main__":
    sys.exit(main())
