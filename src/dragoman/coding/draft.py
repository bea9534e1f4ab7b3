"""A statement in the making: where its trigger stands, and what has been read of it so far, in tokens."""

from __future__ import annotations

import msgspec

from dragoman.coding.sentence import Mention
from dragoman.coding.verbs import Verb
from dragoman.languages.schema import Trigger


class Site(msgspec.Struct, frozen=True, gc=False):
    """Where a trigger stands: at tokens [first, last) of its sentence.

    verb: the verb that it is, None for a noun. region: the tokens behind it that belong to its clause. governor: the verb that a noun
    hangs on.
    """

    trigger: Trigger
    first: int
    last: int
    verb: Verb | None
    region: tuple[int, int]
    governor: Verb | None = None


class Draft(msgspec.Struct):
    """A draft: trigger at [first, last), the groups in each role, the issue's tokens.

    dyad: the states that the text is about may stand in. speaker: who is quoted acts. unsaid: a passive names nobody who acts: who
    acted before does. carrier: the verb that makes a clause of a noun trigger ("impose" sanctions). hits: an attack on a thing of
    which the text tells no owner. opens: where the thing begins that a passive acts on, -1 for none. end: where the quote ends at
    the earliest.
    """

    trigger: Trigger
    first: int
    last: int
    verb: Verb | None
    source: list[Mention]
    target: list[Mention]
    issue: tuple[int, int] = (0, 0)
    end: int = 0
    dyad: bool = False
    speaker: bool = False
    unsaid: bool = False
    opens: int = -1
    hits: bool = False
    carrier: Verb | None = None
