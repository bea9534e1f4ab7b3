"""Answers that are kept: a file of JSON lines, to which is only added, so that nothing is asked and paid for twice."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import msgspec

from dragoman.errors import RecordError
from dragoman.prompting.prompt import Answer

_BEGINS = b'{"key":"'
"""How the file begins, and every line of it."""


class _Line(msgspec.Struct, frozen=True):
    """A line of the file. key: of the prompt and the model (`Prompt.key`)."""

    key: str
    model: str
    content: str
    tokens_in: int
    tokens_out: int
    whole: bool


class _Key(msgspec.Struct, frozen=True):
    key: str


class Answers:
    """The file at `path`, made when the first answer is kept. A line that was cut short by a crash is passed over."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Raises RecordError for a file that cannot be read or is something else, and where there is no folder for it."""
        self.path = Path(path)
        self._places: dict[str, tuple[int, int]] = {}
        self._torn = False
        if self.path.exists():
            self._look()
        elif not self.path.parent.is_dir():
            raise RecordError("The folder does not exist.", str(self.path.parent), "Make it first, or name another file with --answers.")

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, key: str) -> bool:
        return key in self._places

    def _look(self) -> None:
        place, line = 0, b"\n"
        try:
            with self.path.open("rb") as file:
                if not _is_ours(file.readline(len(_BEGINS))):
                    raise RecordError("This is no file of answers.", str(self.path), "Name another with --answers; it was left as it is.")
                file.seek(0)
                for line in file:
                    with suppress(msgspec.MsgspecError, UnicodeDecodeError):
                        self._places[msgspec.json.decode(line, type=_Key).key] = (place, len(line))
                    place += len(line)
        except OSError as error:
            raise self._failure("read", error) from error
        self._torn = not line.endswith(b"\n")

    def get(self, key: str) -> Answer | None:
        """The answer that is kept under the key. Raises RecordError."""
        if key not in self._places:
            return None
        place, length = self._places[key]
        try:
            with self.path.open("rb") as file:
                file.seek(place)
                line = msgspec.json.decode(file.read(length), type=_Line)
        except OSError as error:
            raise self._failure("read", error) from error
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return None  # another program has changed it meanwhile
        return Answer(line.content, line.tokens_in, line.tokens_out, line.whole) if line.key == key else None

    def keep(self, key: str, model: str, answer: Answer) -> None:
        """Keep an answer, at once. Raises RecordError when it cannot be written."""
        row = _Line(key, model, answer.content, answer.tokens_in, answer.tokens_out, answer.whole)
        line = msgspec.json.encode(row) + b"\n"
        try:
            with self.path.open("ab") as file:
                if self._torn:
                    file.write(b"\n")
                place = file.tell()
                file.write(line)
        except OSError as error:
            raise self._failure("written", error) from error
        self._torn = False
        self._places[key] = (place, len(line))

    def _failure(self, what: str, error: OSError) -> RecordError:
        return RecordError(
            f"The file of answers cannot be {what}: {error.strerror or error}.", str(self.path), "Name another with --answers."
        )


def _is_ours(beginning: bytes) -> bool:
    """Whether a file that begins so is one of answers: empty, or with a line of one, be it cut after a few letters."""
    return not beginning or (beginning.strip() != b"" and _BEGINS.startswith(beginning.removesuffix(b"\n")))
