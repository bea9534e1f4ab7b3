"""The second reader: a language model, handed in from outside, whose every statement is held to the text.

No network here, and no trust: what the model says is a list of claims, and `proof` makes statements of those that the text bears out.
It is no part of the default coder, and another thing than the small linear model for types (`coding/model.py`).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from importlib import resources
from math import exp, log
from typing import Any, get_args

import msgspec

from dragoman.coding.coder import coder_of
from dragoman.coding.confidence import LEAST, LINE, MOST
from dragoman.coding.excerpts import Excerpt, cut, halve
from dragoman.coding.fingerprint import fingerprint
from dragoman.coding.grounds import Ground, survey
from dragoman.coding.numbering import VERSION, number
from dragoman.coding.proof import Proof, RefusedError, read_told
from dragoman.errors import QueryError
from dragoman.prompting import Answer, Prompt, Responder, read_object
from dragoman.statement import SECTORS, TOPICS, TYPES, Document, Evidence, Modality, Statement

FILE = "codebook.md"
TRUST = 0.5
"""The confidence of what a model says alone while nobody has measured it: below the line of what views show."""

_ANSWER, _A_SENTENCE = 300, 250
"""Tokens that an answer may have, and as many more for each sentence asked about."""

_UNREAD = "answer that cannot be read"


class Told(msgspec.Struct, frozen=True):
    """What became of what a model said. answers: how many were read. kept: statements that the text bears out.

    refused: statements by the reason why not; answers that could not be read count there too. dropped: fields left out of kept ones.
    """

    answers: int
    kept: int
    refused: dict[str, int]
    dropped: dict[str, int]


class ModelCoder:
    """A `DocumentCoder`: the model reads every sentence that names somebody of a state."""

    kind = "model"

    def __init__(self, responder: Responder, trust: float = TRUST) -> None:
        """responder: the model. trust: how often it is right, as `dragoman evaluate` has measured; the confidence of what it says.

        Raises QueryError for a trust that is no share.
        """
        if not LEAST <= trust <= MOST:
            raise QueryError(f"The trust {trust:g} is not from {LEAST:g} to {MOST:g}.", "--trust", "Give the share that was right on gold.")
        self.responder, self.trust = responder, trust
        self.rule = f"model:{responder.name}"
        self._answers = self._kept = 0
        self._refused: Counter[str] = Counter()
        self._dropped: Counter[str] = Counter()

    @property
    def version(self) -> str:
        """Who reads, and a hash of all that decides: our rules and words, the codebook, the form, the trust."""
        parts = [fingerprint(), instructions(), form(), self.trust]
        return f"{self.kind}:{self.responder.name}:{hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:16]}"

    @property
    def copies(self) -> bool:
        """No: limits and counts are of all that is asked."""
        return False

    @property
    def told(self) -> Told:
        """What became of all that the model has said to this coder."""
        return Told(self._answers, self._kept, dict(self._refused.most_common()), dict(self._dropped.most_common()))

    def code(self, document: Document) -> list[Statement]:
        """The statements of the model that the text bears out. Raises ModelError."""
        grounds = survey(document)
        return number(self._read(document, grounds), f"{VERSION}|{self.rule}")

    def prompts(self, document: Document) -> list[Prompt]:
        """What would be asked about a document first; nothing is asked."""
        grounds = survey(document)
        return [_prompt(excerpt) for excerpt in cut(document, grounds, self._wanted(grounds))]

    def _wanted(self, grounds: Sequence[Ground]) -> Collection[int]:
        """Which sentences are asked about."""
        return {place for place, ground in enumerate(grounds) if ground.peopled}

    def _read(self, document: Document, grounds: Sequence[Ground]) -> list[Statement]:
        """What the model says and the text bears out, without ids. An answer that cannot be read is asked for again in two halves."""
        proof = Proof(document, grounds, self.rule, self.trust)
        found: dict[tuple[Any, ...], Statement] = {}
        due = list(cut(document, grounds, self._wanted(grounds)))
        while due:
            answers = self.responder.ask([_prompt(excerpt) for excerpt in due])
            again: list[Excerpt] = []
            for excerpt, answer in zip(due, answers, strict=True):
                rows = _rows(answer)
                if rows is None:
                    halves = halve(document, grounds, excerpt)
                    again += halves
                    self._refused.update([] if halves else [_UNREAD])
                    continue
                self._answers += 1
                for statement in self._hold(proof, rows, excerpt):
                    same = (statement.start, statement.end, statement.kind, statement.type, statement.source, statement.target)
                    found.setdefault(same, statement)
            due = again
        self._kept += len(found)
        return list(found.values())

    def _hold(self, proof: Proof, rows: Sequence[Any], excerpt: Excerpt) -> Iterable[Statement]:
        for row in rows:
            try:
                statement, dropped = proof.hold(read_told(row), excerpt.places)
            except RefusedError as error:
                self._refused[error.reason] += 1
            else:
                self._dropped.update(dropped)
                yield statement


class BothCoder(ModelCoder):
    """A `DocumentCoder`: the rules first; the model is asked only where they are unsure or silent.

    What the rules are sure of stands. An unsure statement of theirs that the model tells, too, is surer, as two witnesses are who know
    nothing of each other; where it tells the same type otherwise, the surer of the two stands. What it tells beside is added.
    """

    kind = "both"

    def code(self, document: Document) -> list[Statement]:
        """The statements of the rules, and those of the model where it was asked. Raises ModelError."""
        grounds = survey(document)
        told_by_rules = [statement for ground in grounds for statement in ground.statements]
        rules = number([*told_by_rules, *coder_of(document).fields()])
        new: list[Statement] = []
        for told in self._read(document, grounds):
            twin = next((i for i, one in enumerate(rules) if _agree(one, told)), None)
            if twin is not None:
                rules[twin] = self._confirm(rules[twin], told)
                continue
            rivals = [one for one in rules if one.kind == told.kind and _overlap(one, told)]
            otherwise = [one for one in rivals if one.type == told.type]
            if any(one.confidence >= LINE for one in rivals) or any(one.confidence >= self.trust for one in otherwise):
                continue
            rules = [one for one in rules if one not in otherwise]
            new.append(told)
        return sorted([*rules, *number(new, f"{VERSION}|{self.rule}")], key=lambda s: (s.start, s.end, s.kind, s.type))

    def _wanted(self, grounds: Sequence[Ground]) -> Collection[int]:
        return {place for place, ground in enumerate(grounds) if ground.peopled and not _sure(ground.statements)}

    def _confirm(self, statement: Statement, told: Statement) -> Statement:
        """The rules' statement, surer for being told by the model as well; only once."""
        if any(evidence.rule == self.rule for evidence in statement.evidence):
            return statement
        odds = log(statement.confidence / (1 - statement.confidence)) + log(self.trust / (1 - self.trust))
        sure = round(min(max(1 / (1 + exp(-odds)), statement.confidence, LEAST), MOST), 2)
        evidence = (*statement.evidence, Evidence("type", told.start, told.end, self.rule))
        return msgspec.structs.replace(statement, confidence=sure, evidence=evidence)


@cache
def instructions() -> str:
    """The codebook, as the model is given it."""
    return (resources.files("dragoman.coding") / FILE).read_text("utf-8")


@cache
def form() -> dict[str, Any]:
    """The JSON schema of an answer: closed lists wherever there is one."""
    text = {"type": "string"}

    def one_of(names: Iterable[str]) -> dict[str, Any]:
        return {"type": "string", "enum": list(names)}

    def record(fields: dict[str, Any]) -> dict[str, Any]:
        return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}

    actors = {"type": "array", "items": record({"name": text, "code": text, "sector": one_of(SECTORS)})}
    statement = record(
        {
            "sentence": {"type": "integer"},
            "quote": text,
            "kind": one_of(TYPES),
            "type": one_of(name for names in TYPES.values() for name in names),
            "topic": one_of(TOPICS),
            "source": actors,
            "target": actors,
            "issue": text,
            "date": text,
            "modality": one_of(get_args(Modality)),
            "by": text,
        }
    )
    return record({"statements": {"type": "array", "items": statement}})


def _prompt(excerpt: Excerpt) -> Prompt:
    return Prompt(instructions(), excerpt.shown, "statements", form(), _ANSWER + _A_SENTENCE * len(excerpt.places))


def _rows(answer: Answer) -> list[Any] | None:
    """The rows of an answer, None when it cannot be read."""
    rows = (read_object(answer) or {}).get("statements")
    return rows if isinstance(rows, list) else None


def _sure(statements: Sequence[Statement]) -> bool:
    """Whether the rules have something to say of a sentence, and are sure of all of it."""
    return bool(statements) and all(statement.confidence >= LINE for statement in statements)


def _overlap(a: Statement, b: Statement) -> bool:
    return a.start < b.end and b.start < a.end


def _agree(a: Statement, b: Statement) -> bool:
    """Whether two readers say the same of the same words: kind, type, modality, and who does it to whom."""
    same = (a.kind, a.type, a.modality) == (b.kind, b.type, b.modality) and _overlap(a, b)
    sides = [({x.code for x in s.source}, {x.code for x in s.target}) for s in (a, b)]
    return same and sides[0] == sides[1]


__all__ = ["TRUST", "BothCoder", "ModelCoder", "Told", "form", "instructions"]
