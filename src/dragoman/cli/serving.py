"""The commands that open a record in a browser: serve, and account for who may judge there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import DEFAULT, RecordOption
from dragoman.cli.output import waiting, write_note
from dragoman.errors import QueryError, RecordError

if TYPE_CHECKING:
    from dragoman.record import Record
    from dragoman.web.accounts import Door

LOOPBACK = ("127.0.0.1", "localhost", "::1")

AccountsOption = Annotated[Path | None, typer.Option("--accounts", metavar="FILE", help="Names and passwords of who may judge.")]


def serve(
    record: RecordOption = DEFAULT,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Where to listen; 0.0.0.0 is every address of this machine.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", min=1, max=65535, help="On which port.")] = 8000,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Take no judgements; other programs can read the record meanwhile.")
    ] = False,
    accounts: AccountsOption = None,
    user_header: Annotated[
        str | None, typer.Option("--user-header", metavar="NAME", help="The header in which a proxy before the server says who asks.")
    ] = None,
) -> None:
    """Show the record in a browser, with an API for programs. Nothing is asked of any other machine. Ctrl-C ends it."""
    import uvicorn

    from dragoman.answers.ask import learn
    from dragoman.web import make_app

    hosts = ("127.0.0.1", "localhost", "[::1]") if host in LOOPBACK else ()
    door = _door(read_only, accounts, user_header, host in LOOPBACK)
    with waiting("Learning the words of the record (once) ..."):
        learn(record)
    opened = _open(record, door)
    with opened:
        app = make_app(opened, hosts, door if not opened.read_only else None)
        shown = f"[{host}]" if ":" in host else host
        write_note(f"{record} is at http://{shown}:{port}/ (Ctrl-C ends it).")
        uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, access_log=False)


def _door(read_only: bool, accounts: Path | None, header: str | None, alone: bool) -> Door:
    from dragoman.web.accounts import Door, read_accounts

    if sum((read_only, accounts is not None, header is not None)) > 1:
        raise QueryError("--read-only, --accounts and --user-header exclude each other.", "", "Give one of them.")
    if accounts is not None:
        return Door("accounts", read_accounts(accounts))
    if header is not None:
        return Door("header", header=header)
    return Door("local" if alone and not read_only else "closed")


def _open(record: Path, door: Door) -> Record:
    """The record, for writing where somebody may judge; on this machine alone it is shown, too, when it can only be read now."""
    from dragoman.record import Record

    if door.way == "closed":
        return Record.open(record, read_only=True)
    try:
        return Record.open(record)
    except RecordError as error:
        if door.way != "local":
            raise
        opened = Record.open(record, read_only=True)
        write_note(f"Nobody can judge now: {error.what}")
        return opened


def account(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Who.")],
    accounts: AccountsOption = None,
) -> None:
    """Add somebody who may judge to a file of accounts, or give them another password. It is asked for, and only its hash is kept."""
    import getpass
    import os
    import sys

    from dragoman.web.accounts import check_name, hash_password

    if accounts is None:
        raise typer.BadParameter("Name the file.", param_hint="--accounts")
    called = check_name(name)
    password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if len(password) < 8:
        raise QueryError("The password is too short.", "", "It has 8 letters or more.")
    if sys.stdin.isatty() and getpass.getpass("Once more: ") != password:
        raise QueryError("The two passwords are not the same.", "", "Try again.")
    try:
        lines = accounts.read_text("utf-8").splitlines() if accounts.exists() else []
        kept = [line for line in lines if line.partition(":")[0] != called]
        trial = accounts.with_name(f".{accounts.name}.{os.getpid()}.new")
        with os.fdopen(os.open(trial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write("\n".join([*kept, f"{called}:{hash_password(password)}"]) + "\n")
        trial.replace(accounts)
    except OSError as error:
        raise QueryError(f"The accounts cannot be written: {error.strerror}.", str(accounts)) from error
    write_note(f"{called} may judge where the server is started with --accounts {accounts}.")
