"""A server of the chat completions API, as OpenAI describes it and many speak it. The only module here that uses the network.

The key comes from the environment and goes into one header: it is in no message, no file and no error.
"""

from __future__ import annotations

import ipaddress
import json
import os
import time
from collections.abc import Callable
from typing import Any

import httpx
import msgspec

from dragoman.errors import ModelError, QueryError
from dragoman.prompting.meter import Meter
from dragoman.prompting.prompt import Answer, Prompt, estimate_tokens

KEY = "DRAGOMAN_MODEL_KEY"
"""The variable of the environment that holds the key, where a server wants one."""

_PATH = "/chat/completions"
_TRIES, _FIRST_WAIT, _LONGEST_WAIT = 6, 1.0, 60.0
"""How often a prompt is sent, and seconds waited after the first time and at most; each wait is twice the one before."""
_LARGEST = 4 * 1024 * 1024
"""Bytes of an answer; more is not read."""
_FORMS = ("json_schema", "json_object", "text")
"""How the form is asked for: the server holds the model to it; it holds it to JSON; only the instructions ask for it."""
_NOT_SO = (400, 413, 415, 422, 501)
"""Status of a request that the server does not take as it is."""
_TOO_LONG = (("context", "length"), ("context", "window"), ("context", "size"), ("maximum", "tokens"), ("prompt", "too long"))


class _PassingError(Exception):
    """What may be better the next time. said: what it was. later: seconds that the server asks to wait.

    spent: whether the server may have worked, and count it, all the same.
    """

    def __init__(self, said: str, later: float = 0.0, spent: bool = False) -> None:
        super().__init__(said)
        self.said, self.later, self.spent = said, later, spent


class _Shape(msgspec.Struct, frozen=True):
    """How a request is written. form: of `_FORMS`. cap: the name of the field for the longest answer. still: whether chance is shut out."""

    form: int = 0
    cap: str = "max_tokens"
    still: bool = True


class Endpoint:
    """Sends prompts to one model at one address, one after the other or from several threads."""

    def __init__(
        self,
        address: str,
        model: str,
        meter: Meter | None = None,
        *,
        key: str | None = None,
        timeout: float = 180.0,
        wait: Callable[[float], None] = time.sleep,
        progress: Callable[[str], None] | None = None,
    ) -> None:
        """address: up to what stands before /chat/completions. key: default that of the environment. timeout: seconds for one answer.

        progress: told of every wait, and once, before the first prompt goes out, that text leaves this machine, if it does.
        Raises QueryError for an address or key that cannot be used.
        """
        self._url = _read_address(address)
        self.model, self.meter, self._timeout, self._wait, self._progress = model, meter or Meter(), timeout, wait, progress
        self.local = _is_local(self._url.host)
        self._key = _read_key(key if key is not None else os.environ.get(KEY, ""))
        self._shape = _Shape()
        self._told = self.local
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        # A proxy would carry to another machine what is meant for this one.
        self._client = httpx.Client(headers=headers, timeout=httpx.Timeout(timeout, connect=15), trust_env=not self.local)

    def close(self) -> None:
        """Let go of connections."""
        self._client.close()

    def ask(self, prompt: Prompt) -> Answer:
        """The answer to a prompt; what may pass (a busy server, a cut connection) is tried again, later each time.

        Raises ModelError: refused, not to be reached, a limit of the meter.
        """
        self._tell()
        said, pause = "", _FIRST_WAIT
        for attempt in range(_TRIES):
            if attempt:
                if self._progress:
                    self._progress(f"{said} Trying again in {pause:.0f} s.")
                self._wait(pause)
                pause = min(2 * pause, _LONGEST_WAIT)
            try:
                return self._ask_once(prompt)
            except _PassingError as error:
                said, pause = error.said, max(pause, error.later)
        advice = "See whether the server runs and you are connected, and run the same command again: all answers so far are kept."
        raise ModelError(f"{said} It was tried {_TRIES} times.", self._place, advice)

    @property
    def _place(self) -> str:
        return f"{self._url.scheme}://{self._url.netloc.decode('ascii')}"

    def _tell(self) -> None:
        if self._told:
            return
        self._told = True
        if self._progress:
            open_ = " over a connection that others can read" if self._url.scheme == "http" else ""
            self._progress(f"Text leaves this machine: it is sent to {self._place}{open_}. --dry-run shows what.")

    def _ask_once(self, prompt: Prompt) -> Answer:
        """One answer, the request made simpler as often as the server does not know a part of it."""
        while True:
            shape = self._shape
            used = (0, 0)
            reserved = self.meter.reserve(prompt.tokens, prompt.longest)
            try:
                status, later, body = self._post(self._body(prompt, shape))
                if status == 200:
                    answer = _read(body, prompt)
                    used = (answer.tokens_in, answer.tokens_out)
                    return answer
            except _PassingError as error:
                used = reserved if error.spent else used
                raise
            finally:
                self.meter.settle(reserved, *used)
            if status in (408, 409, 425, 429) or (status >= 500 and status != 501):
                raise _PassingError(f"The server is busy (status {status}).", later)
            said = self._said(body)
            if status in _NOT_SO:
                if _is_too_long(said):
                    return Answer("", whole=False)
                simpler = _simplify(shape, said)
                if simpler is not None:
                    if self._shape == shape:  # no other thread has done so meanwhile
                        self._shape = simpler
                    continue
            raise ModelError(f"The server refuses (status {status}){': ' if said else ''}{said}.", self._place, _advise(status))

    def _body(self, prompt: Prompt, shape: _Shape) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self.model,
            "messages": [{"role": "system", "content": prompt.instructions}, {"role": "user", "content": prompt.text}],
            shape.cap: prompt.longest,
        }
        if shape.still:
            body |= {"temperature": 0, "seed": 0}
        form = _FORMS[shape.form]
        if form == "json_schema":
            body["response_format"] = {"type": form, "json_schema": {"name": prompt.name, "strict": True, "schema": prompt.form}}
        else:
            # The schema goes with the instructions, since the server does not take it otherwise.
            schema = msgspec.json.encode(prompt.form).decode()
            body["messages"][0]["content"] += f"\n\nAnswer with one JSON object that follows this schema, and nothing else:\n{schema}"
            if form == "json_object":
                body["response_format"] = {"type": form}
        return body

    def _post(self, body: dict[str, Any]) -> tuple[int, float, bytes]:
        """Status, seconds that the server asks to wait, and what came back, all of it. Raises _PassingError."""
        ends = time.monotonic() + self._timeout
        parts: list[bytes] = []
        headers = {"Content-Type": "application/json"}
        try:
            with self._client.stream("POST", self._url, content=msgspec.json.encode(body), headers=headers) as response:
                size = 0
                for part in response.iter_bytes():
                    parts.append(part)
                    size += len(part)
                    if size > _LARGEST or time.monotonic() > ends:
                        raise _PassingError("The answer does not end.", spent=True)
                return response.status_code, _seconds(response.headers.get("Retry-After", "")), b"".join(parts)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise _PassingError(f"The server cannot be reached: {self._clean(str(error)) or type(error).__name__}.") from error
        except httpx.TimeoutException as error:
            raise _PassingError(f"The server does not answer within {self._timeout:.0f} s.", spent=True) from error
        except httpx.TransportError as error:
            said = f"The connection is cut: {self._clean(str(error)) or type(error).__name__}."
            raise _PassingError(said, spent=True) from error
        except httpx.DecodingError as error:
            raise _PassingError("The answer is damaged.", spent=True) from error

    def _said(self, body: bytes) -> str:
        """What the server says is wrong, on one line and without the key."""
        try:
            found = msgspec.json.decode(body)
            error = found.get("error", found) if isinstance(found, dict) else found
            text = error.get("message", "") if isinstance(error, dict) else error
        except (msgspec.DecodeError, UnicodeDecodeError):
            text = body.decode("utf-8", "replace")
        return self._clean(str(text))

    def _clean(self, text: str) -> str:
        text = text.replace(self._key, "***") if self._key else text
        return "".join(c for c in " ".join(text.split()) if c.isprintable())[:300].rstrip(".")


def _simplify(shape: _Shape, said: str) -> _Shape | None:
    """The shape without what the server says it does not know; None when there is nothing left to leave out."""
    words = said.casefold()
    if shape.cap == "max_tokens" and "max_completion_tokens" in words:
        return msgspec.structs.replace(shape, cap="max_completion_tokens")
    if shape.still and ("temperature" in words or "seed" in words):
        return msgspec.structs.replace(shape, still=False)
    return msgspec.structs.replace(shape, form=shape.form + 1) if shape.form < len(_FORMS) - 1 else None


def _is_too_long(said: str) -> bool:
    """Whether the server says that the prompt does not fit into the model."""
    words = said.casefold()
    return "response_format" not in words and any(all(part in words for part in parts) for parts in _TOO_LONG)


def _read(body: bytes, prompt: Prompt) -> Answer:
    """The answer in a body. Raises _PassingError for what is none."""
    try:
        found = json.loads(body.decode("utf-8", "replace"))  # unlike msgspec it bears halves of characters, which models do write
        choice = found["choices"][0]
        content = choice["message"]["content"]
    except (ValueError, RecursionError, LookupError, TypeError) as error:
        raise _PassingError("The answer is not that of the chat completions API.", spent=True) from error
    if isinstance(content, list):  # in parts
        content = "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    content = content.encode("utf-8", "replace").decode() if isinstance(content, str) else ""
    usage = found.get("usage")
    counted = [usage.get(name) if isinstance(usage, dict) else None for name in ("prompt_tokens", "completion_tokens")]
    guessed = (prompt.tokens, estimate_tokens(content))
    used = [n if type(n) is int and 0 <= n < 1 << 40 else guess for n, guess in zip(counted, guessed, strict=True)]
    return Answer(content, used[0], used[1], choice.get("finish_reason") not in ("length", "max_tokens"))


def _read_address(address: str) -> httpx.URL:
    try:
        url = httpx.URL(address.strip())
    except (httpx.InvalidURL, ValueError) as error:
        raise QueryError("This is no address.", "--endpoint", "Write it like http://127.0.0.1:8080/v1.") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise QueryError("This is no address.", "--endpoint", "Write it like http://127.0.0.1:8080/v1.")
    if url.userinfo:
        raise QueryError("The address holds a password.", "--endpoint", f"Leave it out; a key is taken from the variable {KEY}.")
    path = url.path.rstrip("/")
    return url if path.endswith(_PATH) else url.copy_with(path=path + _PATH)


def _read_key(key: str) -> str:
    key = key.strip()
    if not key.isascii() or not key.isprintable() or " " in key:
        raise QueryError("The key has characters that a request cannot hold.", KEY, "Set the variable anew.")
    return key


def _is_local(host: str) -> bool:
    """Whether the host is this machine, so that nothing leaves it."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _seconds(value: str) -> float:
    """Of a Retry-After header in seconds; at most as long as is ever waited."""
    return min(float(value), _LONGEST_WAIT) if value.strip().isdecimal() else 0.0


def _advise(status: int) -> str:
    if status in (401, 403):
        return f"Put a key that the server takes into the variable {KEY}."
    if 300 <= status < 400:
        return "Give the address itself with --endpoint: what is sent is not sent on to others."
    return "Look at --endpoint and --model." if status == 404 else "Look at --model, and at what the server says."
