"""Which contracts a call means, and where each report goes."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from contractscan.errors import UsageError

# What a folder is searched for. Old Office formats are in it: to leave one out silently would be to miss a contract.
WALKED = (
    ".pdf",
    ".docx",
    ".docm",
    ".dotx",
    ".doc",
    ".wps",
    ".rtf",
    ".odt",
    ".txt",
    ".md",
    ".markdown",
    ".html",
    ".htm",
    ".mht",
    ".mhtml",
)


class Input(NamedTuple):
    """One contract: a path, or bytes from standard input. `name` is how messages call it."""

    source: Path | bytes
    name: str


class Inputs(NamedTuple):
    """`batch` is true for several files or any folder; `skipped` are files in folders that no reader knows."""

    files: list[Input]
    batch: bool
    skipped: list[Path]


def gather(arguments: Sequence[str], *, output: Path | None = None, limit: int = 50_000_000) -> Inputs:
    """Expand folders, read standard input (at most a byte over `limit`), and drop what is named twice.

    The folder `output` is not searched: last time's reports are no contracts.
    """
    if arguments.count("-") > 1:
        raise UsageError("standard input (-) can be read only once.")
    found: dict[str, Input] = {}
    skipped: list[Path] = []
    folders = False
    for argument in arguments:
        path = Path(argument)
        if argument == "-":
            if sys.stdin is None:
                raise UsageError("standard input is closed.")
            found["-"] = Input(sys.stdin.buffer.read(limit + 1), "stdin")
        elif path.is_dir():
            folders = True
            inside = list(_walk(path, output))
            contracts = [file for file in inside if file.suffix.lower() in WALKED]
            skipped += [file for file in inside if file.suffix.lower() not in WALKED]
            if not contracts:
                raise UsageError(f"{path}: no contract in this folder. Searched for {', '.join(WALKED)}.")
            for file in contracts:
                found.setdefault(str(file.resolve()), Input(file, str(file)))
        else:
            found.setdefault(os.path.realpath(path), Input(path, argument))
    return Inputs(list(found.values()), folders or len(found) > 1, skipped)


def _walk(folder: Path, output: Path | None) -> Iterator[Path]:
    """Files in name order, without hidden ones, Word's lock files and the folder of the reports."""
    own = output.resolve() if output and output.resolve() != folder.resolve() else None
    for base, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name[0] != "." and Path(base, name).resolve() != own)
        yield from (Path(base, name) for name in sorted(files) if name[0] != "." and name[:2] != "~$")


def single_target(output: str, item: Input, suffix: str) -> Path:
    """The file for one report: `output` itself, or STEM and suffix inside it when it is a folder."""
    path = Path(output)
    if path.is_dir() or output.endswith(("/", os.sep)):
        path.mkdir(parents=True, exist_ok=True)
        path /= f"{Path(item.name).stem}{suffix}"
    elif not path.parent.is_dir():
        raise UsageError(f"{output}: the folder {path.parent} does not exist.")
    _spare([path], [item])
    return path


def batch_targets(output: str, items: Sequence[Input], suffix: str) -> list[Path]:
    """One file an input in the folder `output`: STEM and suffix; inputs of one stem get their full name, then a number.

    Names are compared without case, because some file systems do.
    """
    folder = Path(output)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{output}: is a file. Several inputs need a folder: -o DIR.")
    names = [Path(item.name).name for item in items]
    stems = Counter(Path(name).stem.casefold() for name in names)
    bases = [Path(name).stem if stems[Path(name).stem.casefold()] == 1 else name for name in names]
    taken: set[str] = set()
    targets = []
    for base in bases:
        number, name = 1, base
        while name.casefold() in taken:
            number += 1
            name = f"{base}-{number}"
        taken.add(name.casefold())
        targets.append(folder / f"{name}{suffix}")
    _spare(targets, items)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{output}: the folder cannot be made: {error.strerror}") from error
    return targets


def _spare(targets: Sequence[Path], items: Sequence[Input]) -> None:
    """A report never overwrites a contract."""
    contracts = {item.source.resolve() for item in items if isinstance(item.source, Path)}
    for target in targets:
        if target.resolve() in contracts:
            raise UsageError(f"{target}: the report would overwrite the contract. Choose another -o.")
