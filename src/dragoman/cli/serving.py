"""The command that opens a record in a browser: serve."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.options import DEFAULT, RecordOption
from dragoman.cli.output import write_note

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(
    record: RecordOption = DEFAULT,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Where to listen; 0.0.0.0 is every address of this machine.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", min=1, max=65535, help="On which port.")] = 8000,
) -> None:
    """Show the record in a browser, with an API for programs. Nothing is asked of any other machine. Ctrl-C ends it."""
    import uvicorn

    from dragoman.answers.ask import learn
    from dragoman.record import Record
    from dragoman.web import make_app

    hosts = ("127.0.0.1", "localhost", "[::1]") if host in LOOPBACK else ()
    learn(record)
    with Record.open(record, read_only=True) as opened:
        app = make_app(opened, hosts)
        shown = f"[{host}]" if ":" in host else host
        write_note(f"{record} is at http://{shown}:{port}/ (Ctrl-C ends it).")
        uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, access_log=False)
