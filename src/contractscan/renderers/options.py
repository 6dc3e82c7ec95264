"""What a renderer may need besides the report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from contractscan.model import Clause, Document, Report


@dataclass(frozen=True)
class Options:
    """`document` and `clauses` are the contract's text; `source` is the file itself, for formats that mark it up."""

    language: Literal["zh", "en"] = "zh"
    document: Document | None = None
    clauses: Sequence[Clause] = ()
    source: Path | bytes | None = None
    width: int | None = None  # of the terminal, in cells
    color: bool = False


class Format(NamedTuple):
    """One entry of `FORMATS`. `suffix` names the file in a batch; `binary` formats render to bytes."""

    render: Callable[[Report, Options], str | bytes]
    suffix: str
    media: str
    binary: bool = False
