"""The options that commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

DEFAULT = Path("dragoman.duckdb")
"""The record where none is named."""

RecordOption = Annotated[Path, typer.Option("--record", metavar="FILE", help="The record, one DuckDB file.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for another program.")]
ToldOption = Annotated[
    str | None,
    typer.Option("--as-told", metavar="DATE", help="What the editions of that date said: of each text the last that is not later."),
]
