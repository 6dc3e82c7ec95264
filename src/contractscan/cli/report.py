"""`contractscan report`: review contracts, write reports, count what happened in the exit code."""

from __future__ import annotations

import datetime
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import typer

from contractscan.cli.console import (
    DONE,
    FAIL_ON_REACHED,
    UNREADABLE,
    encode,
    error_console,
    failure,
    guarded,
    harmless,
    is_terminal,
    put,
    say,
    split_names,
)
from contractscan.cli.inputs import Input, batch_targets, gather, single_target
from contractscan.cli.options import (
    Client,
    Debug,
    Houses,
    NoSettings,
    Ocr,
    Password,
    Revisions,
    Settings,
    settings_of,
)
from contractscan.errors import UsageError

if TYPE_CHECKING:
    from contractscan.model import Report, Severity
    from contractscan.scan import Progress, Scanner

# A test holds this against renderers.FORMATS, which is too dear to import for --help.
FORMATS_HELP = "text, md, json, html, docx, pdf, csv, xlsx, ics, sarif, memo"


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no date. Write it as 2026-08-31.") from None


def _money(text: str) -> Decimal:
    try:
        amount = Decimal(text.replace(",", ""))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0:
        raise typer.BadParameter(f"{text!r} is no amount. Write it as 120000 or 1250.50.")
    return amount


@guarded
def report(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE|DIR|-...", help="Contracts, folders of contracts, or - for stdin.")
    ],
    format: Annotated[  # noqa: A002 - the word users know
        str, typer.Option("--format", "-f", metavar="FORMAT", help=f"One of {FORMATS_HELP}.")
    ] = "text",
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE|DIR", help="Where to write. Several inputs need a folder."),
    ] = None,
    lang: Annotated[
        Literal["zh", "en"] | None, typer.Option(help="Language of the contract, when it is not recognised.")
    ] = None,
    report_lang: Annotated[
        Literal["zh", "en"] | None, typer.Option(help="Language of the report.", show_default="the contract's")
    ] = None,
    client: Client = None,
    perspective: Annotated[Literal["client", "provider"], typer.Option(help="Whose risks to report.")] = "client",
    as_of: Annotated[
        datetime.date | None,
        typer.Option(parser=_date, metavar="DATE", help="Day on which a notice would be sent, for key dates."),
    ] = None,
    terminate_on: Annotated[
        datetime.date | None,
        typer.Option(parser=_date, metavar="DATE", help="Last day of the contract, for the money at stake."),
    ] = None,
    paid: Annotated[
        Decimal | None,
        typer.Option(parser=_money, metavar="AMOUNT", help="Fees paid so far, in the contract's currency."),
    ] = None,
    monthly_fee: Annotated[
        Decimal | None,
        typer.Option(parser=_money, metavar="AMOUNT", help="Fee of one month, where the contract does not state it."),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="An earlier JSON report: what it has too is set aside, counted and shown."),
    ] = None,
    fail_on: Annotated[
        Literal["info", "low", "medium", "high", "critical"] | None,
        typer.Option(metavar="SEVERITY", help="Exit with 1 when a risk is this severe or worse: info … critical."),
    ] = None,
    rules: Houses = None,
    select: Annotated[
        list[str] | None, typer.Option(metavar="ID|TOPIC", help="Only these rules; repeatable or comma separated.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="ID|TOPIC", help="Not these rules; repeatable or comma separated.")
    ] = None,
    config: Settings = None,
    no_config: NoSettings = False,
    password: Password = None,
    ocr: Ocr = "auto",
    revisions: Revisions = "final",
    no_guard: Annotated[
        bool, typer.Option("--no-guard", help="Read in this process: faster, for files that you trust.")
    ] = False,
    workers: Annotated[int, typer.Option(min=1, metavar="N", help="Contracts reviewed at the same time.")] = 1,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary, only errors.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colours. NO_COLOR works too.")] = False,
    debug: Debug = False,
) -> None:
    """Review contracts and print the report.

    \b
      contractscan report contract.pdf
      contractscan report contract.pdf -f json > report.json
      contractscan report contracts/ -f md -o reports/
      cat contract.txt | contractscan report - --client 乙方 --fail-on high

    Exit codes: 0 reviewed; 1 reviewed and --fail-on reached; 2 wrong call or wrong rule; 3 a file could not be
    read or reviewed (the others are).
    """
    from contractscan.readers.limits import Limits, ReadOptions
    from contractscan.renderers import FORMATS

    if format not in FORMATS:
        raise UsageError(f"unknown format {format!r}. Choose one of {', '.join(FORMATS)}.")
    inputs = gather(files, output=Path(output) if output else None, limit=Limits().file_bytes)
    targets: Sequence[Path | None] = [None]
    if inputs.batch:
        if not output:
            raise UsageError("several contracts, or a folder, need a folder for their reports: -o DIR.")
        targets = batch_targets(output, inputs.files, FORMATS[format].suffix)
    elif output:
        targets = [single_target(output, inputs.files[0], FORMATS[format].suffix)]
    elif FORMATS[format].binary and is_terminal("stdout"):
        raise UsageError(f"{format} is binary and would garble the terminal. Write it to a file: -o FILE.")
    width, color = _page(format, no_color=no_color) if targets == [None] else (None, False)
    settings = settings_of(config, no_config=no_config)
    task = Task(
        scanner={
            "config": settings,
            "rules": tuple(rules or ()),
            "select": split_names(select),
            "ignore": split_names(ignore),
            "language": lang,
            "client": client,
            "perspective": perspective,
            "as_of": as_of,
            "terminate_on": terminate_on,
            "paid": paid,
            "monthly_fee": monthly_fee,
            "baseline": baseline,
            "options": ReadOptions(password=password, ocr=ocr, revisions=revisions, guarded=not no_guard),
        },
        format=format,
        language=report_lang or settings.report.language,
        fail_on=fail_on or settings.report.fail_on,
        width=width,
        color=color,
        debug=debug,
    )
    jobs = [Job(item, target) for item, target in zip(inputs.files, targets, strict=True)]
    outcomes = []
    shown = not quiet and is_terminal("stderr")
    for outcome in _review_all(task, jobs, workers=workers, progress=shown):
        if outcome.message:
            say(outcome.message)
        outcomes.append(outcome)
    for outcome in outcomes:  # after the progress has left the screen
        if outcome.payload is not None:
            put(outcome.payload)
    if inputs.batch and not quiet:
        _summarise(outcomes, skipped=inputs.skipped)
    code = max(outcome.code for outcome in outcomes)
    if code:
        raise typer.Exit(code)


def _page(format: str, *, no_color: bool) -> tuple[int | None, bool]:  # noqa: A002
    """Width and colour of a text on stdout: the terminal's own, none in a pipe."""
    if format != "text" or not is_terminal("stdout"):
        return None, False
    from rich.console import Console

    terminal = Console()
    color = terminal.color_system is not None and not terminal.no_color and not terminal.legacy_windows
    return terminal.width, color and not no_color


# ----------------------------------------------------------------------- work


@dataclass(frozen=True)
class Task:
    """What is asked of every contract of a call; travels to worker processes."""

    format: str
    scanner: dict[str, Any] = field(default_factory=dict)  # the arguments of `Scanner`
    language: Literal["zh", "en"] | None = None
    fail_on: Severity | None = None
    width: int | None = None
    color: bool = False
    debug: bool = False


class Job(NamedTuple):
    """One contract and the file for its report; without one, the report is the payload."""

    item: Input
    target: Path | None


class Outcome(NamedTuple):
    """What became of one contract. `code` is the exit code it asks for."""

    name: str
    code: int
    message: str = ""
    payload: str | bytes | None = None
    target: Path | None = None
    severity: Severity | None = None
    counts: dict[Severity, int] = {}


def _review_all(task: Task, jobs: Sequence[Job], *, workers: int, progress: bool) -> Iterator[Outcome]:
    """Outcomes in the order of `jobs`. One that fails never ends the others. Rules are loaded before any is read."""
    from contractscan.scan import Scanner

    scanner = Scanner(**task.scanner)
    with _progress(len(jobs), shown=progress) as step:
        if workers == 1 or len(jobs) == 1:
            for job in jobs:
                step(harmless(job.item.name), 0)
                outcome = _review(scanner, task, job, lambda stage: step(stage, 0))
                step(harmless(job.item.name), 1)
                yield outcome
        else:
            for outcome in _in_processes(task, jobs, workers):
                step(harmless(outcome.name), 1)
                yield outcome


def _review(scanner: Scanner, task: Task, job: Job, progress: Progress | None = None) -> Outcome:
    from contractscan.renderers import render

    item, target = job
    # A file name may be bytes that are no text; in a report they would be.
    name = harmless(item.source.name if isinstance(item.source, Path) else item.name)
    try:
        document, clauses, result = scanner.review(item.source, name=name, progress=progress)
        payload = render(
            result,
            task.format,
            language=task.language or _language(result),
            document=document,
            clauses=clauses,
            source=item.source,
            width=task.width,
            color=task.color,
        )
    except Exception as error:
        code, message = failure(error, item.name, debug=task.debug)
        return Outcome(item.name, code, message)
    if target is not None:
        try:
            target.write_bytes(encode(payload))
        except OSError as error:
            return Outcome(item.name, UNREADABLE, f"{target}: cannot be written: {error.strerror or error}")
    kept = payload if target is None else None
    severity = result.overall.severity
    if not result.overall.reviewed:
        message = f"{item.name}: not reviewed. {_why_not(result)}"
        return Outcome(item.name, UNREADABLE, message, kept, target)
    code = FAIL_ON_REACHED if _reached(severity, task.fail_on) else DONE
    return Outcome(item.name, code, "", kept, target, severity, result.overall.counts)


def _why_not(result: Report) -> str:
    """Why a contract was not reviewed, with the remedy for the first part that could not be read."""
    document = result.document
    if result.not_analysed:
        part = result.not_analysed[0]
        return f"{part.what}: {part.reason} {part.remedy}".rstrip()
    if not document.characters:
        return "There is no text in it."
    if document.language == "unknown":
        return "Its language is neither Chinese nor English. --lang says which rules to use all the same."
    return result.overall.basis.en


def _language(result: Report) -> Literal["zh", "en"]:
    """The contract's own language; for one that no rule reads, the one its script is nearer to."""
    document = result.document
    return "en" if document.language == "en" or (document.language != "zh" and document.script == "latin") else "zh"


def _reached(severity: Severity | None, threshold: Severity | None) -> bool:
    from contractscan.model import SEVERITIES

    if severity is None or threshold is None:
        return False
    return SEVERITIES.index(severity) >= SEVERITIES.index(threshold)


# ------------------------------------------------------------------ processes

_worker: tuple[Scanner, Task] | None = None  # of a worker process: compiled once, used for each of its contracts


def _in_processes(task: Task, jobs: Sequence[Job], workers: int) -> Iterator[Outcome]:
    # Started afresh rather than forked: this process has threads by now (progress), and PDFium must not be shared.
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    count = min(workers, len(jobs))
    pool = ProcessPoolExecutor(count, get_context("spawn"), initializer=_start_worker, initargs=(task,))
    try:
        # Ctrl-C is for this process; the workers start while it is ignored, and so ignore it for good.
        ours = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            futures = [pool.submit(_work, job) for job in jobs]
        finally:
            signal.signal(signal.SIGINT, ours)
        for job, future in zip(jobs, futures, strict=True):
            try:
                yield future.result()
            except BrokenProcessPool:
                message = f"{job.item.name}: the process that reviewed it died. Run it without --no-guard."
                yield Outcome(job.item.name, UNREADABLE, message)
    finally:
        pool.shutdown(cancel_futures=True)


def _start_worker(task: Task) -> None:
    global _worker  # noqa: PLW0603 - a worker process has no other place that outlives a call
    from contractscan.scan import Scanner

    _worker = Scanner(**task.scanner), task


def _work(job: Job) -> Outcome:
    assert _worker is not None
    return _review(*_worker, job)


# -------------------------------------------------------------------- display


@contextmanager
def _progress(total: int, *, shown: bool) -> Iterator[Any]:
    """Yields `step(description, done)`. Without a terminal it does nothing."""
    if not shown:
        yield lambda description, done: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    columns: list[Any] = [SpinnerColumn(), TextColumn("{task.description}", markup=False)]
    if total > 1:
        columns[1:1] = [BarColumn(), MofNCompleteColumn()]
    with Progress(*columns, console=error_console(), transient=True, redirect_stdout=False) as bar:
        number = bar.add_task("rules", total=total)
        yield lambda description, done: bar.update(number, description=description, advance=done)


def _summarise(outcomes: Sequence[Outcome], *, skipped: Sequence[Path]) -> None:
    from rich.table import Table

    table = Table("contract", "overall", "critical", "high", "medium", "low", "report", box=None, pad_edge=False)
    for column in table.columns:
        column.overflow = "fold"
    for outcome in outcomes:
        counts = [str(outcome.counts.get(level, 0)) for level in ("critical", "high", "medium", "low")]
        if not outcome.counts:
            counts = [""] * 4
        state = outcome.severity or ("no risk" if outcome.code in (DONE, FAIL_ON_REACHED) else "not reviewed")
        table.add_row(harmless(outcome.name), state, *counts, harmless(outcome.target.name if outcome.target else ""))
    error_console().print(table)
    failed = sum(outcome.code > FAIL_ON_REACHED for outcome in outcomes)
    say(f"{len(outcomes) - failed} reviewed, {failed} not reviewed.")
    if skipped:
        shown = ", ".join(str(path) for path in skipped[:5]) + (", …" if len(skipped) > 5 else "")
        say(f"{len(skipped)} other files in the folders were not looked at: {shown}")
