"""`contractscan text` and `contractscan clauses`: what was read, and how it was cut, before any rule."""

from __future__ import annotations

import json
from bisect import bisect_right
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from contractscan.cli.console import UNREADABLE, guarded, harmless, is_terminal, put, say
from contractscan.cli.inputs import gather
from contractscan.cli.options import Debug, Ocr, Password, Revisions
from contractscan.errors import UsageError

if TYPE_CHECKING:
    from contractscan.model import Clause, Document, Party

File = Annotated[str, typer.Argument(metavar="FILE|-", help="A contract, or - for stdin.")]


@guarded
def text(
    file: File,
    password: Password = None,
    ocr: Ocr = "auto",
    revisions: Revisions = "final",
    debug: Debug = False,
) -> None:
    """Print the text of a contract as contractscan reads it.

    Headers and page numbers are in it; pages that cannot be read are named on stderr.

    \b
      contractscan text contract.pdf
      contractscan text contract.docx --revisions original
    """
    document = _read(file, password=password, ocr=ocr, revisions=revisions)
    words = harmless(document.text) if is_terminal("stdout") else document.text
    put(words if words.endswith("\n") else f"{words}\n")
    _say_unread(document)


@guarded
def clauses(
    file: File,
    format: Annotated[  # noqa: A002 - the word users know
        Literal["text", "json"], typer.Option("--format", "-f", help="The tree for people or for programs.")
    ] = "text",
    password: Password = None,
    ocr: Ocr = "auto",
    revisions: Revisions = "final",
    debug: Debug = False,
) -> None:
    """Print who is who in a contract, and its clauses as a tree with their pages.

    \b
      contractscan clauses contract.pdf
      contractscan clauses contract.pdf -f json
    """
    from contractscan.parties import resolve_parties
    from contractscan.segment import segment

    document = _read(file, password=password, ocr=ocr, revisions=revisions)
    found = segment(document)
    parties = resolve_parties(document, found)
    tree = _with_pages(document, found)
    if format == "json":
        rows = [{**clause.model_dump(mode="json"), "page": page} for clause, page in tree]
        data = {"parties": [party.model_dump(mode="json") for party in parties], "clauses": rows}
        put(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    else:
        lines = [_party(party) for party in parties] + [_line(document, clause, page) for clause, page in tree]
        put(harmless("".join(lines)))
    _say_unread(document)


def _read(
    file: str,
    *,
    password: str | None,
    ocr: Literal["auto", "never", "force"],
    revisions: Literal["final", "original", "both"],
) -> Document:
    from contractscan.readers import read
    from contractscan.readers.limits import ReadOptions

    options = ReadOptions(password=password, ocr=ocr, revisions=revisions)
    if file != "-" and Path(file).is_dir():
        raise UsageError(f"{file}: is a folder. Name one contract.")
    (item,) = gather([file], limit=options.limits.file_bytes).files
    name = None if isinstance(item.source, Path) else item.name
    return read(item.source, name=name, options=options)


def _with_pages(document: Document, found: list[Clause]) -> list[tuple[Clause, int | None]]:
    starts = [block.start for block in document.blocks]
    pages: list[tuple[Clause, int | None]] = []
    for clause in found:
        at = bisect_right(starts, clause.start) - 1
        pages.append((clause, document.blocks[at].page if at >= 0 else None))
    return pages


def _party(party: Party) -> str:
    names = ", ".join(name for name in (party.name, *party.aliases) if name)
    return f"{party.label}: {party.role}{f', {names}' if names else ''}{f' ({party.basis})' if party.basis else ''}\n"


def _line(document: Document, clause: Clause, page: int | None) -> str:
    """`  8.2 提前解除 (p. 3)`, or the clause's first words when it has no heading."""
    name = " ".join(part for part in (clause.number, clause.heading) if part)
    if not clause.heading:
        words = " ".join(document.text[clause.start : clause.end].split())
        words = words.removeprefix(clause.number).strip()
        name = f"{clause.number} {words[:40]}{'…' if len(words) > 40 else ''}".strip()
    kind = f" [{clause.kind}]" if clause.kind != "body" else ""
    return f"{'  ' * clause.level}{name}{kind}{f' (p. {page})' if page else ''}\n"


def _say_unread(document: Document) -> None:
    """Name what was not read. Nothing read at all is exit code 3."""
    for note in document.notes:
        say(note.en)
    for part in document.not_analysed:
        say(f"{document.name}: {part.what}: {part.reason} {part.remedy}".rstrip())
    if not document.text.strip():
        say(f"{document.name}: there is no text in it.")
        raise typer.Exit(UNREADABLE)
