"""Contracts reviewed one after the other or in several processes: what is asked, and what became of each."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from contractscan.cli.console import DONE, FAIL_ON_REACHED, UNREADABLE, encode, error_console, failure, harmless
from contractscan.cli.inputs import Input

if TYPE_CHECKING:
    from contractscan.model import Report, Severity
    from contractscan.scan import Progress, Scanner


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


def review_all(task: Task, jobs: Sequence[Job], *, workers: int, progress: bool) -> Iterator[Outcome]:
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
