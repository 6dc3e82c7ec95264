"""Options that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from contractscan.errors import UsageError

if TYPE_CHECKING:
    from contractscan.config import Config

Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an unexpected error.")]
Client = Annotated[
    str | None, typer.Option(metavar="LABEL", help="Who the client is, as the contract calls it: 乙方, Company.")
]
Houses = Annotated[list[Path] | None, typer.Option("--rules", metavar="DIR", help="Folder of house rules; repeatable.")]
Perspective = Annotated[Literal["client", "provider"], typer.Option(help="Whose risks to report.")]
Select = Annotated[
    list[str] | None, typer.Option(metavar="ID|TOPIC", help="Only these rules; repeatable or comma separated.")
]
Ignore = Annotated[
    list[str] | None, typer.Option(metavar="ID|TOPIC", help="Not these rules; repeatable or comma separated.")
]
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
Settings = Annotated[
    Path | None,
    typer.Option(
        "--config", metavar="FILE", help="Settings of the house.", show_default="nearest .contractscan.yaml upward"
    ),
]
NoSettings = Annotated[bool, typer.Option("--no-config", help="Look for no settings.")]


def settings_of(path: Path | None, *, no_config: bool) -> Config:
    """The settings in `path`, or else in the nearest `.contractscan.yaml` from the working directory upward."""
    from contractscan.config import Config, find_config, load_config

    if path is not None and no_config:
        raise UsageError("--config and --no-config exclude each other.")
    found = None if no_config else path or find_config(Path.cwd())
    return load_config(found) if found else Config()
