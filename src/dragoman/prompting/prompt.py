"""What a language model is asked, and what it answers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any, Protocol

import msgspec

_BYTES = 3.5
"""Bytes of UTF-8 that a token holds on the average: about 4 of English, 3 to 4 of Arabic; less, so that an estimate is rather too high."""

_THOUGHT = re.compile(r"<think>.*?</think>", re.DOTALL)


class Prompt(msgspec.Struct, frozen=True):
    """One thing asked.

    instructions: what is to be done, the same for many prompts. text: what it is to be done with. form: the JSON schema that the
    answer must have, called `name`. longest: tokens that the answer may have.
    """

    instructions: str
    text: str
    name: str
    form: dict[str, Any]
    longest: int

    def key(self, model: str) -> str:
        """Under which the answer of that model is kept: a hash of all that it depends on."""
        return hashlib.sha256(msgspec.json.encode([model, self])).hexdigest()

    @property
    def tokens(self) -> int:
        """About how many tokens are sent."""
        return estimate_tokens(self.instructions) + estimate_tokens(self.text) + estimate_tokens(msgspec.json.encode(self.form).decode())


class Answer(msgspec.Struct, frozen=True):
    """What came back. whole: False where it was cut for being too long, or could not be given because the prompt was."""

    content: str
    tokens_in: int = 0
    tokens_out: int = 0
    whole: bool = True


class Responder(Protocol):
    """Answers prompts."""

    @property
    def name(self) -> str:
        """Of the model: tells it from every other."""
        ...

    def ask(self, prompts: Sequence[Prompt]) -> list[Answer]:
        """One answer a prompt. Raises ModelError when one cannot be had; those that came before are kept all the same."""
        ...


def estimate_tokens(text: str) -> int:
    """About how many tokens a text is, whatever the model."""
    return int(len(text.encode("utf-8", "replace")) / _BYTES) + 1


def read_object(answer: Answer) -> dict[str, Any] | None:
    """The JSON object of an answer, None when there is none or only a part. Thoughts, fences and words around it are passed over."""
    if not answer.whole:
        return None
    content = _THOUGHT.sub("", answer.content)
    first, last = content.find("{"), content.rfind("}")
    if first < 0 or last < first:
        return None
    try:
        found = msgspec.json.decode(content[first : last + 1].encode("utf-8", "surrogatepass"))
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
