"""Asking: a question in any language that has a folder finds the statements, and the sentences, that answer it.

First the index gives the passages that hold most of what the question says, in the question's own words or in words that mean the same,
about all of the states and years that it names. Then each passage's statements, and the passage itself, are weighed by how much of the
question they hold and how near they are in meaning; a passage is answered for by the best of them.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import Literal, get_args

import msgspec
import numpy as np

from dragoman.answers import edtf
from dragoman.answers.index import Group, Hit, Index
from dragoman.answers.passages import Term, cut
from dragoman.answers.question import Question, Word, read_question
from dragoman.answers.timeline import check_languages, check_types
from dragoman.answers.vocabulary import Vocabulary
from dragoman.coding.lexicon import lexicon
from dragoman.coding.parse import parse
from dragoman.encoding import Encoder, encode_cached, load
from dragoman.errors import QueryError
from dragoman.languages.states import names
from dragoman.record import Record
from dragoman.statement import Statement

Mode = Literal["", "exact", "folded", "semantic"]
"""How words are matched: as written; in any form of theirs; by what they mean; "" for all of these."""

_PASSAGES = 120
"""Passages that are looked at closely."""
_ENCODED = 24
"""Of these, those whose meaning as a whole is compared."""
_IMPLICIT = 0.4
"""What it counts that only the whole text is about a state, beside 1 when the passage is."""


class Answer(msgspec.Struct, frozen=True):
    """A quote that answers, best first. id: of the statement; "" for a sentence that no statement covers.

    persons: those whom the quote names, as written; first where the question asks for a person. score: for ordering, of no scale.
    """

    id: str
    doc: str
    language: str
    start: int
    end: int
    quote: str
    date: str
    persons: tuple[str, ...]
    score: float
    statement: Statement | None = None


class Reply(msgspec.Struct, frozen=True):
    """What a question was taken to say, and the answers. reason: in words, why there is none; "" when there are some."""

    question: Question
    answers: tuple[Answer, ...]
    reason: str = ""


class _Candidate(msgspec.Struct):
    """A quote that may answer, while it is weighed."""

    hit: Hit
    doc: str
    language: str
    start: int
    end: int
    quote: str
    statement: Statement | None
    covered: float
    around: float
    unmet: frozenset[int]
    meaning: float = 0.0
    score: float = 0.0


class Asker:
    """Answers questions from one open record. What it has learnt of the record is kept while it lives."""

    def __init__(self, record: Record, encoder: Encoder | None = None) -> None:
        self._record, self._encoder = record, encoder or load()
        self._index = Index(record)
        self._vocabulary: Vocabulary | None = None

    def _words(self) -> Vocabulary:
        if self._index.update() or self._vocabulary is None:
            self._vocabulary = Vocabulary(self._index, self._encoder, self._record)
        return self._vocabulary

    def ask(
        self,
        text: str,
        mode: str = "",
        languages: Collection[str] | None = None,
        start: str | None = None,
        end: str | None = None,
        types: Collection[str] | None = None,
        limit: int = 10,
    ) -> Reply:
        """The answers to a question, best first, at most `limit`; or the reason why there is none.

        languages, start, end, types: as for a timeline; with a period or types, only statements answer.
        Raises QueryError and LanguageError for a question that cannot be read, and for filters that are not known.
        """
        if mode not in get_args(Mode):
            raise QueryError(f"There is no mode {mode!r}.", "", "There is exact, folded and semantic; without one, all of them.")
        spoken = check_languages(self._record, languages) if languages else []
        chosen = check_types(types) if types else []
        period = edtf.period(start, end)
        question = read_question(text)
        return _Search(self._record, self._index, self._words(), self._encoder, question, mode, spoken, chosen, period).run(limit)


class _Search:
    """One question on its way to its answers."""

    def __init__(
        self,
        record: Record,
        index: Index,
        vocabulary: Vocabulary,
        encoder: Encoder,
        question: Question,
        mode: str,
        languages: list[str],
        types: list[str],
        period: tuple[edtf.Day, edtf.Day] | None,
    ) -> None:
        self.record, self.index, self.encoder, self.question, self.mode = record, index, encoder, question, mode
        self.languages, self.types, self.period = languages, types, period
        self.words = [Group(words) for words in self._expand(vocabulary)]
        self.states = [Group({f"@{code}": 1.0, f"~{code}": _IMPLICIT}, needed=True) for code in question.states]
        self.years = [Group({f"#{year}": 1.0 for year in question.years}, needed=True)] if question.years else []
        self.wanted = [Group({f"%{type}": 1.0 for type in types}, needed=True, weight=0.0)] if types else []
        self.weights: list[float] = []

    def _expand(self, vocabulary: Vocabulary) -> list[dict[str, float]]:
        words = self.question.words
        if self.mode == "exact":
            return [vocabulary.written(word) for word in words]
        bent = [vocabulary.bent(word) for word in words]
        if self.mode == "folded":
            return bent
        return [near | same for near, same in zip(vocabulary.near(words), bent, strict=True)]

    def run(self, limit: int) -> Reply:
        """Find, weigh, answer."""
        groups = [*self.states, *self.years, *self.wanted, *self.words]
        if not groups:
            return Reply(self.question, (), "The question names nothing that could be looked for.")
        weights = self.index.weigh(groups)
        for code, weight in zip(self.question.states, weights, strict=False):
            if math.isinf(weight):
                return Reply(self.question, (), f"Nothing in the record names {names(code, 'en')}.")
        rarest = math.log(1 + 2 * self.index.size())
        weights = [min(weight, rarest) for weight in weights]
        self.weights = weights[len(weights) - len(self.words) :]
        weighted = [Group(g.words, g.needed, w * bool(g.weight)) for g, w in zip(groups, weights, strict=True)]
        hits = self.index.find(weighted, _PASSAGES, self.languages)
        if not hits:
            return Reply(self.question, (), self._missing())
        candidates = self._weigh(hits)
        if not candidates:
            return Reply(self.question, (), "Nothing that the record says of this is of the time or type asked for.")
        reason = self._doubt(candidates)
        if reason:
            return Reply(self.question, (), reason)
        return Reply(self.question, tuple(self._answer(one) for one in candidates[:limit]))

    def _named(self) -> str:
        called = [names(code, "en") for code in self.question.states]
        return " and ".join([", ".join(called[:-1]), called[-1]] if len(called) > 1 else called)

    def _missing(self) -> str:
        """Why no passage holds all that it must."""
        q = self.question
        if not self.index.find(self.states, 1) and len(q.states) > 1:
            return f"No statement or sentence is about {self._named()} together."
        said = f" about {self._named()}" if q.states else ""
        if self.years and not self.index.find([*self.states, *self.years], 1):
            years = f"{q.years[0]}" if len(q.years) == 1 else f"{q.years[0]} to {q.years[-1]}"
            return f"Nothing{said} is dated {years}."
        return f"Nothing{said} is in the languages or of the types asked for."

    # -- weighing

    def _weigh(self, hits: Sequence[Hit]) -> list[_Candidate]:
        """The best quote of each passage, best first."""
        candidates: list[_Candidate] = []
        texts = self._texts(hits)
        statements = self._statements(hits)
        for hit in hits:
            doc, language, text = texts[hit.document, hit.start]
            candidates += self._candidates(hit, doc, language, text, statements)
        candidates.sort(key=lambda c: (-self._score(c), c.doc, c.start, c.end))
        near = candidates[: 2 * _ENCODED]
        if self.mode in ("", "semantic") and near:
            self._compare(near)
        for candidate in near:
            candidate.score = self._score(candidate)
        near.sort(key=lambda c: (-c.score, c.doc, c.start, c.end))
        best: dict[tuple[str, int], _Candidate] = {}
        for candidate in near:
            best.setdefault((candidate.hit.document, candidate.hit.start), candidate)
        return list(best.values())

    def _texts(self, hits: Sequence[Hit]) -> dict[tuple[str, int], tuple[str, str, str]]:
        """By edition and start: the document's id and language, and the passage's text."""
        found: dict[tuple[str, int], tuple[str, str, str]] = {}
        keys = list(dict.fromkeys(hit.document for hit in hits))
        rows = self.record.query("SELECT key, id, language, text FROM documents WHERE key IN (SELECT unnest(?::VARCHAR[]))", [keys])
        whole = {key: rest for key, *rest in rows}
        for hit in hits:
            id, language, text = whole[hit.document]
            found[hit.document, hit.start] = (id, language, text[hit.start : hit.end])
        return found

    def _statements(self, hits: Sequence[Hit]) -> dict[str, list[Statement]]:
        """The statements of the documents that the hits lie in, by the document's id."""
        keys = list(dict.fromkeys(hit.document for hit in hits))
        found: dict[str, list[Statement]] = {}
        for statement in self.record.statements("document IN (SELECT unnest(?::VARCHAR[]))", [keys]):
            found.setdefault(statement.doc, []).append(statement)
        return found

    def _candidates(self, hit: Hit, doc: str, language: str, text: str, statements: dict[str, list[Statement]]) -> list[_Candidate]:
        terms = [Term(t.start + hit.start, t.end + hit.start, t.word) for t in cut(text, language)]
        whole, unmet = self._cover(terms)
        found = []
        for statement in statements.get(doc, ()):
            if not (statement.start < hit.end and hit.start < statement.end) or not self._fits(statement):
                continue
            covered, lacking = self._cover([t for t in terms if statement.start <= t.start < statement.end])
            found.append(
                _Candidate(
                    hit, doc, language, statement.start, statement.end, statement.quote, statement, covered, whole, lacking
                )
            )  # fmt: skip
        if not (self.types or self.period):
            found.append(_Candidate(hit, doc, language, hit.start, hit.end, text, None, whole, whole, unmet))
        return found

    def _fits(self, statement: Statement) -> bool:
        if self.types and statement.type not in self.types:
            return False
        if self.period is None:
            return True
        try:
            first, last = edtf.days(statement.date) if statement.date else (edtf.LAST, edtf.FIRST)
        except QueryError:
            return False
        return first <= self.period[1] and last >= self.period[0]

    def _cover(self, terms: Sequence[Term]) -> tuple[float, frozenset[int]]:
        """How much of the question's words these hold, 0 to 1, and which they lack."""
        held = {t.word for t in terms}
        total = sum(self.weights)
        met = [max((sure for word, sure in group.words.items() if word in held), default=0.0) for group in self.words]
        share = sum(w * m for w, m in zip(self.weights, met, strict=True)) / total if total else 1.0
        return share, frozenset(n for n, m in enumerate(met) if not m)

    def _compare(self, candidates: Sequence[_Candidate]) -> None:
        """How near each quote is to the question in meaning."""
        asked = encode_cached(self.encoder, [self.question.text])
        quotes = encode_cached(self.encoder, [candidate.quote for candidate in candidates], self.record)
        for candidate, cosine in zip(candidates, np.ravel(quotes @ asked.T), strict=True):
            candidate.meaning = float(cosine)

    def _score(self, candidate: _Candidate) -> float:
        statement = candidate.statement
        score = candidate.covered + 0.3 * candidate.around + 0.8 * candidate.meaning
        if statement is None:
            return score - 0.1
        score += 0.15 * (statement.type in self.question.types)
        score += 0.1 * (self.question.stand and statement.kind == "position")
        return score

    def _doubt(self, candidates: Sequence[_Candidate]) -> str:
        """Why the best candidates are no answers; "" when they may be."""
        return ""

    # -- answering

    def _answer(self, candidate: _Candidate) -> Answer:
        statement = candidate.statement
        return Answer(
            id=statement.id if statement else "",
            doc=candidate.doc,
            language=candidate.language,
            start=candidate.start,
            end=candidate.end,
            quote=candidate.quote,
            date=statement.date if statement else "",
            persons=tuple(name_persons(candidate.quote, candidate.language)),
            score=round(candidate.score, 4),
            statement=statement,
        )


def name_persons(quote: str, language: str) -> list[str]:
    """The persons whom a quote names, as written, each once."""
    sentence = parse(lexicon(language), quote, 0, len(quote))
    spans = [m.name if m.name[1] > m.name[0] else (m.first, m.last) for m in sentence.mentions if m.person and m.role != "pronoun"]
    return list(dict.fromkeys(quote[sentence.tokens[first].start : sentence.tokens[last - 1].end] for first, last in spans))


__all__ = ["Answer", "Asker", "Mode", "Reply", "Word", "name_persons"]
