"""What every command needs to speak: payload on stdout, messages on stderr, one exit code a failure."""

from __future__ import annotations

import errno
import os
import re
import sys
import traceback
from collections.abc import Callable, Iterable
from functools import wraps
from typing import TYPE_CHECKING, Any, Literal, ParamSpec, TypeVar

import typer

from contractscan.errors import ContractScanError, RuleError, UsageError

if TYPE_CHECKING:
    from rich.console import Console

DONE = 0
FAIL_ON_REACHED = 1
WRONG_CALL = 2  # the call or a rule file is wrong
UNREADABLE = 3  # a file could not be read or reviewed

# Control characters but tab and line feed, halves of characters, and what turns the direction of writing.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_P = ParamSpec("_P")
_R = TypeVar("_R")


def encode(payload: str | bytes) -> bytes:
    """Reports are UTF-8 everywhere, with the line ends that the renderer wrote."""
    return payload if isinstance(payload, bytes) else payload.encode("utf-8", "replace")


def put(payload: str | bytes) -> None:
    """Write payload to stdout, text as UTF-8. A reader who has left (`| head`) is no error."""
    if sys.stdout is None:
        raise UsageError("standard output is closed. Name a file with -o.")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(encode(payload))
        sys.stdout.buffer.flush()
    except OSError as error:
        if not (isinstance(error, BrokenPipeError) or error.errno in (errno.EPIPE, errno.EINVAL)):
            raise UsageError(f"standard output cannot be written: {error.strerror or error}") from error
        # What is left in the buffer must not fail again when the interpreter flushes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(message: str) -> None:
    """A line for people, on stderr."""
    if sys.stderr is not None:
        print(harmless(message), file=sys.stderr)


def harmless(text: str) -> str:
    """`text` without the characters by which a file name or a contract could steer a terminal."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


def error_console() -> Console:
    """rich on stderr, for tables and progress."""
    from rich.console import Console

    console = Console(stderr=True, markup=False, highlight=False, emoji=False)
    if not console.is_terminal:
        console.width = 1000  # a log has no width: one line a row
    return console


def is_terminal(stream: Literal["stdout", "stderr"]) -> bool:
    file = getattr(sys, stream)
    return file is not None and file.isatty()


def failure(error: Exception, subject: str, *, debug: bool = False) -> tuple[int, str]:
    """Exit code and message of an error. An unexpected one is a bug: it is named, never shown as a traceback."""
    if isinstance(error, UsageError | RuleError):
        return WRONG_CALL, str(error)
    if isinstance(error, ContractScanError):
        return UNREADABLE, str(error)
    if debug:
        return UNREADABLE, "".join(traceback.format_exception(error)).rstrip()
    detail = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    hint = "This is a bug in contractscan: please report it. --debug shows where it happened."
    return UNREADABLE, f"{subject}: unexpected error ({detail}). {hint}"


def guarded(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """Turn the errors of a command into one message and an exit code. The command has a parameter `debug`."""

    @wraps(command)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return command(*args, **kwargs)
        except (typer.Exit, typer.Abort, typer.BadParameter):
            raise
        except Exception as error:
            code, message = failure(error, command.__name__, debug=bool(kwargs.get("debug")))
            say(message)
            raise typer.Exit(code) from None

    return run


def split_names(values: Iterable[str] | None) -> tuple[str, ...]:
    """`--select a,b --select c` → a, b, c."""
    return tuple(name for value in values or () for name in value.replace(",", " ").split())


def aligned(rows: Iterable[Iterable[Any]]) -> str:
    """Rows as columns, two spaces apart; a wide character takes two cells."""
    from rich.cells import cell_len

    table = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(*table, strict=True)]
    lines = (
        "  ".join(cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        for row in table
    )
    return "".join(f"{line.rstrip()}\n" for line in lines)
