"""`contractscan report`: review contracts, write reports, count what happened in the exit code."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Literal

import typer

from contractscan.cli.batch import Job, Outcome, Task, review_all
from contractscan.cli.console import (
    DONE,
    FAIL_ON_REACHED,
    error_console,
    guarded,
    harmless,
    is_terminal,
    put,
    say,
    split_names,
)
from contractscan.cli.inputs import batch_targets, gather, single_target
from contractscan.cli.options import (
    Client,
    Debug,
    Houses,
    Ignore,
    NoSettings,
    Ocr,
    Password,
    Perspective,
    Revisions,
    Select,
    Settings,
    settings_of,
)
from contractscan.errors import UsageError

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
    perspective: Perspective = "client",
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
    select: Select = None,
    ignore: Ignore = None,
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
    for outcome in review_all(task, jobs, workers=workers, progress=shown):
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


def _summarise(outcomes: Sequence[Outcome], *, skipped: Sequence[Path]) -> None:
    from rich.table import Table

    table = Table("contract", "overall", "critical", "high", "medium", "low", "report", box=None, pad_edge=False)
    for column in table.columns:
        column.overflow = "fold"
    for outcome in outcomes:
        counts = [str(outcome.counts.get(level, 0)) for level in ("critical", "high", "medium", "low")]
        if not outcome.counts:
            counts = [""] * 4
        state = outcome.severity or ("no grade" if outcome.code in (DONE, FAIL_ON_REACHED) else "not reviewed")
        table.add_row(harmless(outcome.name), state, *counts, harmless(outcome.target.name if outcome.target else ""))
    error_console().print(table)
    failed = sum(outcome.code > FAIL_ON_REACHED for outcome in outcomes)
    say(f"{len(outcomes) - failed} reviewed, {failed} not reviewed.")
    if skipped:
        shown = ", ".join(str(path) for path in skipped[:5]) + (", …" if len(skipped) > 5 else "")
        say(f"{len(skipped)} other files in the folders were not looked at: {shown}")
