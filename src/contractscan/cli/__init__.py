"""The command `contractscan`: arguments, progress, exit codes. The only room that prints.

Rooms are imported inside the commands, so that `--help` and `--version` answer at once.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import Annotated

import typer

from contractscan.cli.compare import compare
from contractscan.cli.explain import explain
from contractscan.cli.inspect import clauses, text
from contractscan.cli.report import report
from contractscan.cli.rules import rules

__all__ = ["app", "main"]

app = typer.Typer(
    name="contractscan",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("report")(report)
app.command("compare")(compare)
app.command("explain")(explain)
app.command("text")(text)
app.command("clauses")(clauses)
app.add_typer(rules, name="rules")


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"contractscan {version('contractscan')}")
        raise typer.Exit


@app.callback()
def contractscan(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help="Print the version and exit.")
    ] = False,
) -> None:
    """Review a service contract before you leave your agency (代运营合同审查).

    Termination, notice, fees, account ownership, data rights: in the contract's own words, with clause and page.
    Chinese and English, PDF, DOCX and text, offline. Information, not legal advice.

    \b
      contractscan report contract.pdf
      contractscan report contract.docx -f html -o report.html
      contractscan rules list
    """


def main() -> None:
    """Run the command. Output is UTF-8 whatever the locale says, and exit codes are those of `console`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()
