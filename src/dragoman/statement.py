"""The vocabulary: what is read, what is said in it, what is said twice, and the closed lists. Imports nothing of ours.

Offsets are code points into `Document.text`, end exclusive. Dates are EDTF (level 1), "" when unknown.
The field names of `Statement` are a contract: exports, gold files and scorers use them.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Kind = Literal["event", "tie", "position"]
Modality = Literal["asserted", "claimed", "denied", "disputed", "negated", "planned"]
DateFrom = Literal["sentence", "context", ""]

EVENTS = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
TIES = (
    "MISSION", "ENVOY", "RELATIONS", "AGREEMENT", "INSTITUTION", "TRADE", "TRANSPORT",
    "ALIGNMENT", "RULE", "KINSHIP", "PRESENCE",
)  # fmt: skip
POSITIONS = ("SUPPORTS", "OPPOSES", "NEUTRAL")
TYPES: dict[str, tuple[str, ...]] = {"event": EVENTS, "tie": TIES, "position": POSITIONS}
SECTORS = ("", "GOV", "MIL", "REB", "OPP", "PTY", "MED", "CVL", "BUS", "EDU", "IGO", "NGO", "POLITY")
TOPICS = (
    "diplomacy", "military", "trade", "aid", "education", "culture", "religion", "transport", "legal",
    "territory", "conflict", "terrorism", "sanctions", "human_rights", "science", "migration",
)  # fmt: skip
MODALITIES = ("asserted", "claimed", "denied", "disputed", "negated", "planned")


class Span(msgspec.Struct, frozen=True, order=True):
    """A stretch of a document's text: code points, end exclusive."""

    start: int
    end: int


class Sentence(msgspec.Struct, frozen=True):
    """One sentence: its place, and the index of the section it stands in (-1: before any heading).

    role: "body", "heading", "list" (a list item) or "field" (a line of an infobox, not prose).
    cites: the sources that the text cites for it, in the text's own words.
    """

    start: int
    end: int
    section: int = -1
    role: Literal["body", "heading", "list", "field"] = "body"
    paragraph: int = 0
    cites: tuple[str, ...] = ()


class Section(msgspec.Struct, frozen=True):
    """A heading and what stands under it. level: 1 for the top; parent: index of the section above, -1 for none.

    start, end: the heading's own words in the text, without its marks.
    """

    title: str
    level: int
    start: int
    end: int
    parent: int = -1


class Document(msgspec.Struct, frozen=True):
    """A text about the relations of states, as read.

    subject: what it is about, shared by its editions and languages. language: BCP 47. edition: a date or revision.
    source: address or file. encoding: how the file was decoded. notes: what reading had to assume, for the user.
    published: when it was published, as its source says; never taken for the date of what it tells. pages: where each page begins.
    """

    id: str
    text: str
    language: str
    subject: str = ""
    edition: str = ""
    title: str = ""
    source: str = ""
    licence: str = ""
    encoding: str = "utf-8"
    sections: tuple[Section, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    notes: tuple[str, ...] = ()
    published: str = ""
    pages: tuple[int, ...] = ()


class Actor(msgspec.Struct, frozen=True):
    """Who acts or is acted upon. code: ISO 3166-1 alpha-3 of its state, "" for none. name: as written at start:end."""

    code: str
    sector: str = ""
    name: str = ""
    start: int = -1
    end: int = -1


class When(msgspec.Struct, frozen=True):
    """A time expression found in a text and what it means.

    edtf: the interval or date, "" for an expression that cannot be placed. lower, upper: its bounds as ISO days
    ("" when open). basis: how it was read. timex, value: TIMEX3 type and value, for comparison with peers.
    """

    start: int
    end: int
    edtf: str
    lower: str = ""
    upper: str = ""
    basis: Literal["explicit", "completed", "relative", "heading"] = "explicit"
    timex: Literal["DATE", "TIME", "DURATION", "SET"] = "DATE"
    value: str = ""


class Evidence(msgspec.Struct, frozen=True):
    """From which stretch a field was read, and which rule or model decided. start, end: -1 when from no stretch."""

    field: str
    start: int
    end: int
    rule: str = ""


class Statement(msgspec.Struct, frozen=True):
    """One reported event, standing tie or position: a quote, and what it says."""

    id: str
    doc: str
    language: str
    start: int
    end: int
    quote: str
    kind: Kind
    type: str
    topic: str
    source: tuple[Actor, ...]
    target: tuple[Actor, ...]
    issue: str = ""
    date: str = ""
    date_from: DateFrom = ""
    modality: Modality = "asserted"
    by: str = ""
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 1.0


Grade = Literal["same", "partly", "topic", "none"]
"""How far two sentences or statements say the same: all of it, some of it, only the same topic, nothing."""

Severity = Literal["conflict", "coarser", "only-here"]
"""conflict: cannot both be true. coarser: one says less exactly what the other says. only-here: the other is silent."""

Slot = Literal["date", "number", "actor", "role", "modality", "attribution", "wording"]


class Link(msgspec.Struct, frozen=True):
    """Two statements compared. left, right: their ids, the smaller first."""

    left: str
    right: str
    grade: Grade
    score: float
    rules: tuple[str, ...] = ()


class Difference(msgspec.Struct, frozen=True):
    """Where the statements of one fact do not say the same. values: by statement id, as each text has it; silent sides are left out."""

    slot: Slot
    severity: Severity
    values: dict[str, str]


class SentenceLink(msgspec.Struct, frozen=True):
    """Sentences of two documents that say the same. left, right: their indexes in `Document.sentences`.

    score: 0 to 1, of the encoder. rules: what made the link and what settled its grade.
    differences: where the two sides do not say the same; values by document id.
    """

    left_doc: str
    left: tuple[int, ...]
    right_doc: str
    right: tuple[int, ...]
    grade: Grade
    score: float
    rules: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()


class Fact(msgspec.Struct, frozen=True):
    """Statements that say the same, and what they agree on. id: stable. statements: ids, by document and place.

    The slots hold what is agreed, the most exact where some say less; where the statements conflict a slot is empty.
    """

    id: str
    statements: tuple[str, ...]
    kind: Kind
    type: str
    topic: str
    source: tuple[Actor, ...]
    target: tuple[Actor, ...]
    issue: str = ""
    date: str = ""
    modality: Modality = "asserted"
    by: str = ""
    differences: tuple[Difference, ...] = ()


class Conflict(msgspec.Struct, frozen=True):
    """Statements that cannot all be true, or an order that cannot be. kind: the rule that found it (docs/linking.md has the list).

    statements: by document and place; their quotes are what it rests on. problem: what is wrong, in one English sentence.
    """

    id: str
    kind: str
    statements: tuple[str, ...]
    problem: str


class Issue(msgspec.Struct, frozen=True):
    """What statements take a stand on, in whatever words. name: the clearest of their wordings. statements: by document and place."""

    id: str
    name: str
    statements: tuple[str, ...]
    wordings: tuple[str, ...]


Verdict = Literal["accept", "correct", "reject", "same", "never-same", "undo"]
"""What a person may say: of one statement, of two, or of an earlier judgement."""

VERDICTS = ("accept", "correct", "reject", "same", "never-same", "undo")


class Correction(msgspec.Struct, frozen=True):
    """The slots of a statement that a person has set otherwise; what is not set stays as the machine has it."""

    kind: Kind | msgspec.UnsetType = msgspec.UNSET
    type: str | msgspec.UnsetType = msgspec.UNSET
    topic: str | msgspec.UnsetType = msgspec.UNSET
    source: tuple[Actor, ...] | msgspec.UnsetType = msgspec.UNSET
    target: tuple[Actor, ...] | msgspec.UnsetType = msgspec.UNSET
    issue: str | msgspec.UnsetType = msgspec.UNSET
    date: str | msgspec.UnsetType = msgspec.UNSET
    date_from: DateFrom | msgspec.UnsetType = msgspec.UNSET
    modality: Modality | msgspec.UnsetType = msgspec.UNSET
    by: str | msgspec.UnsetType = msgspec.UNSET


class Reading(msgspec.Struct, frozen=True):
    """What was judged: a statement as the machine had it, the whole sentences that its quote stands in, and the key of the edition."""

    statement: Statement
    sentence: str
    edition: str


class Judgement(msgspec.Struct, frozen=True):
    """What a person has said of one reading, of two (same, never-same), or of an earlier judgement (undo). Never changed.

    id: the SHA-256 of all else. at: ISO 8601 with microseconds, UTC. why: in the person's words. undoes: the id of a judgement.
    """

    id: str
    verdict: Verdict
    by: str
    at: str
    why: str = ""
    readings: tuple[Reading, ...] = ()
    slots: Correction = Correction()
    undoes: str = ""
