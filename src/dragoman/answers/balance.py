"""How a state acts toward others over time: supportive, opposed and neutral acts by period, and how cooperative they were.

Counted are events that the text asserts, once each: those in which the state acts on the other, and those that the two do together.
What one does to the other's enemies, and what others say it did, is not counted.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

import msgspec
import yaml

from dragoman.answers.facts import Entry, gather
from dragoman.answers.frames import Rows
from dragoman.answers.parties import Party
from dragoman.errors import QueryError
from dragoman.record import Record
from dragoman.statement import EVENTS

Length = Literal["year", "decade", "all"]
_YEARS = {"year": 1, "decade": 10}


class Weight(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a type of act counts. weight: 10 (cooperation) to -10 (conflict)."""

    weight: float
    leaning: Literal["supportive", "opposed", "neutral"]


class Period(msgspec.Struct, frozen=True):
    """The acts of a state toward another in a period. period: EDTF, "" for what has no date or spans several periods.

    mean, total: of the weights of the acts, None without weights. acts: what was counted.
    """

    toward: str
    period: str
    supportive: int
    opposed: int
    neutral: int
    mean: float | None
    total: float | None
    acts: tuple[Entry, ...]


def read_weights(path: str | os.PathLike[str] | None = None) -> dict[str, Weight]:
    """The weights of a file, by default Dragoman's own (weights.yaml). Raises QueryError, naming the file."""
    place: Path | Traversable = Path(path) if path else resources.files("dragoman.answers") / "weights.yaml"
    try:
        weights = msgspec.convert(yaml.safe_load(place.read_text("utf-8")), dict[str, Weight])
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"The weights cannot be read: {getattr(error, 'strerror', None) or error}.", str(place)) from error
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise QueryError(f"These are no weights: {error}.", str(place), "docs/answers.md shows the shape.") from error
    if missing := [type for type in EVENTS if type not in weights]:
        raise QueryError(f"There is no weight for {', '.join(missing)}.", str(place), "Each type of event needs one.")
    return weights


def balance(
    record: Record,
    one: Party,
    among: Sequence[Party],
    by: Length = "decade",
    weights: dict[str, Weight] | None = None,
    weighted: bool = True,
    told: str | None = None,
) -> Rows[Period]:
    """The acts of `one` toward each of `among`, by period in the order of time; what cannot be placed in one period comes last.

    by: the length of a period. weights: default `read_weights()`. weighted: whether means and totals are given. told: as in `gather`.
    """
    chosen = weights or read_weights()
    found = []
    for other in among:
        acts: dict[str, list[Entry]] = {}
        for entry in gather(record, [one, other], ["event"], told=told):
            if entry.modality == "asserted" and _acts(entry, one, other):
                acts.setdefault(_period(entry, by), []).append(entry)
        found += [_count(other, period, acts[period], chosen, weighted) for period in sorted(acts, key=lambda p: (not p, p))]
    return Rows(Period, found)


def _acts(entry: Entry, one: Party, other: Party) -> bool:
    return one.among(entry.source) and (other.among(entry.target) or (not entry.target and other.among(entry.source)))


def _period(entry: Entry, by: Length) -> str:
    """The period that all of the entry's date falls into, "" when there is none."""
    if by == "all":
        return ".."
    if entry.days is None:
        return ""
    first, last = entry.days[0][0], entry.days[1][0]
    length = _YEARS[by]
    if first // length != last // length or first < 0:
        return ""
    return f"{first:04}" if by == "year" else f"{first // 10:03}X"


def _count(other: Party, period: str, acts: list[Entry], weights: dict[str, Weight], weighted: bool) -> Period:
    leanings = [weights[act.type].leaning for act in acts]
    total = sum(weights[act.type].weight for act in acts)
    return Period(
        other.name, period, leanings.count("supportive"), leanings.count("opposed"), leanings.count("neutral"),
        round(total / len(acts), 2) if weighted else None, round(total, 2) if weighted else None, tuple(acts),
    )  # fmt: skip
