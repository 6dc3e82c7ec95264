"""Options that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an unexpected error.")]
Client = Annotated[
    str | None, typer.Option(metavar="LABEL", help="Who the client is, as the contract calls it: 乙方, Company.")
]
Houses = Annotated[list[Path] | None, typer.Option("--rules", metavar="DIR", help="Folder of house rules; repeatable.")]
Password = Annotated[
    str | None,
    typer.Option(envvar="CONTRACTSCAN_PASSWORD", metavar="TEXT", help="Opens encrypted files.", show_envvar=True),
]
Ocr = Annotated[
    Literal["auto", "never", "force"], typer.Option(help="Read scanned pages by OCR, when it is installed.")
]
Revisions = Annotated[
    Literal["final", "original", "both"], typer.Option(help="Which side of unaccepted tracked changes.")
]
