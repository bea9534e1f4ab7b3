"""Who may write: names from a file of accounts, from the header of a proxy, or on this machine alone from whoever sits at it.

Writing needs a session, told by a cookie that no script reads, and with each form the session's own token, which no other site knows.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from dragoman.errors import QueryError
from dragoman.record.judgements import LONGEST_NAME
from dragoman.web.asking import Pace
from dragoman.web.view import RefusedError

Way = Literal["closed", "local", "accounts", "header"]
"""Where names come from: from nowhere (nobody writes), from whoever sits at this machine, from a file, from a proxy."""

COOKIE, TOKEN_HEADER = "dragoman", "X-CSRF-Token"
_HOURS, _MOST = 12, 10_000
_AT_ONCE, _A_SECOND = 10, 0.5
"""Passwords that may be tried at once, and how many more each second."""
_N, _R, _P, _LENGTH = 2**15, 8, 1, 32
"""Of scrypt: 32 MiB and about a tenth of a second."""
_FORM = "NAME:scrypt:N:R:P:SALT:HASH"


class Session(msgspec.Struct, frozen=True):
    """Somebody who has come in. csrf: what each of their forms carries. until: seconds of the clock."""

    name: str
    csrf: str
    until: float


def hash_password(password: str, n: int = _N) -> str:
    """What the file of accounts keeps of a password: scrypt, its numbers (n: of its cost), a salt and the hash, in hex."""
    salt = secrets.token_bytes(16)
    return f"scrypt:{n}:{_R}:{_P}:{salt.hex()}:{_scrypt(password, salt, n, _R, _P).hex()}"


def check_password(password: str, kept: str) -> bool:
    """Whether it is the password that `kept` was made of."""
    _, n, r, p, salt, digest = kept.split(":")
    return hmac.compare_digest(_scrypt(password, bytes.fromhex(salt), int(n), int(r), int(p)), bytes.fromhex(digest))


def _scrypt(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    given = password.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(given, salt=salt, n=n, r=r, p=p, maxmem=2 * 128 * n * r, dklen=_LENGTH)


def check_name(name: str) -> str:
    """The name, without needless spaces. Raises QueryError for what no account can be called."""
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_NAME or ":" in plain or not plain.isprintable():
        raise QueryError(f"{name[:40]!r} is no name.", "", f"A name has at most {LONGEST_NAME} letters, and no colon.")
    return plain


def read_accounts(path: Path) -> dict[str, str]:
    """Names with what is kept of their passwords, from a file with a line each. Raises QueryError, naming file and line."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(
            f"The accounts cannot be read: {error}.", str(path), "`dragoman account NAME --accounts FILE` makes them."
        ) from error
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, kept = line.partition(":")
        try:
            check_password("", kept)
            found[check_name(name)] = kept
        except (ValueError, MemoryError) as error:
            raise QueryError(f"This is no account: {_FORM}.", f"{path}:{number}", "`dragoman account` writes such lines.") from error
    if not found:
        raise QueryError("The file holds no accounts.", str(path), "`dragoman account NAME --accounts FILE` adds one.")
    return found


class Door:
    """Lets people in. way: where names come from. accounts: from a file. header: of the proxy that says who asks. clock: gives seconds."""

    def __init__(
        self, way: Way = "closed", accounts: Mapping[str, str] | None = None, header: str = "", clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.way, self._accounts, self._header, self._clock = way, dict(accounts or {}), header, clock
        self._sessions: dict[str, Session] = {}
        self._lock, self._pace = threading.Lock(), Pace(_AT_ONCE, _A_SECOND, clock)
        self._nobody = hash_password(secrets.token_hex())

    def enter(self, name: str, password: str = "") -> str:
        """A new session's key, for whoever gives a name, and with accounts its password. Raises RefusedError."""
        if self.way == "accounts":
            self._pace.take()
            # As long for a name that there is not, so that nobody learns which there are.
            if not check_password(password, self._accounts.get(name, self._nobody)) or name not in self._accounts:
                raise RefusedError("The name and the password do not belong together.", "", "Try again.")
        elif self.way != "local":
            raise RefusedError("Nobody signs in here.", "", "Start the server with --accounts, or on an address of this machine alone.")
        return self._open(check_name(name))

    def _open(self, name: str) -> str:
        key, now = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            self._sessions = {key: one for key, one in self._sessions.items() if one.until > now}
            while len(self._sessions) >= _MOST:
                del self._sessions[next(iter(self._sessions))]
            self._sessions[key] = Session(name, secrets.token_urlsafe(32), now + _HOURS * 3600)
        return key

    def leave(self, request: Request) -> None:
        """End the session of a request."""
        with self._lock:
            self._sessions.pop(request.cookies.get(COOKIE, ""), None)

    def find(self, request: Request) -> tuple[Session | None, str]:
        """Whose session a request is of, None for nobody's; and the key of one that has just been made, for the cookie.

        With the header of a proxy, whoever it names has a session, and nobody keeps that of another name.
        """
        found = self._sessions.get(request.cookies.get(COOKIE, ""))
        if found and found.until <= self._clock():
            found = None
        if self.way != "header":
            return found, ""
        name = request.headers.get(self._header, "").encode("latin-1").decode("utf-8", "replace")
        if not name.strip():
            return None, ""
        if found and found.name == check_name(name):
            return found, ""
        key = self._open(check_name(name))
        return self._sessions[key], key

    def need(self, request: Request, token: str) -> Session:
        """The session that a request to write is of. token: what its form or header carries. Raises RefusedError."""
        if self.way == "closed":
            raise RefusedError("The record is shown for reading only.", "", "docs/review.md says how a server takes judgements.")
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            raise RefusedError("The form is not of this server.", "", "Open the page of the server itself.")
        session, _ = self.find(request)
        if session is None:
            raise RefusedError("You are not signed in.", "", "Sign in, and do it again.")
        if not hmac.compare_digest(token.encode("utf-8", "replace"), session.csrf.encode()):
            raise RefusedError("The form is of another session, or too old.", "", "Open the page again, and do it once more.")
        return session


def keep(response: Response, request: Request, key: str) -> Response:
    """The response with the cookie of a session, or with one that ends it ("")."""
    secure = request.url.scheme == "https"
    if key:
        response.set_cookie(COOKIE, key, max_age=_HOURS * 3600, path="/", secure=secure, httponly=True, samesite="strict")
    else:
        response.delete_cookie(COOKIE, path="/", secure=secure, httponly=True, samesite="strict")
    return response
