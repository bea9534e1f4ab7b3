"""One question on its way to its answers.

First the index gives the passages that hold most of what the question says, in the question's own words or in words that mean the same,
about all of the states and years that it names. Then each passage's statements, and the passage itself, are weighed by how much of the
question they hold and how near they are in meaning; a passage is answered for by the best of them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec
import numpy as np

from dragoman import edtf
from dragoman.answers.index import LISTED, Group, Hit, Index
from dragoman.answers.passages import Term, cut
from dragoman.answers.question import Question
from dragoman.answers.vocabulary import Vocabulary
from dragoman.coding.lexicon import lexicon
from dragoman.coding.parse import parse
from dragoman.coding.times import Tagger
from dragoman.encoding import Encoder, encode_cached
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


_LONG, _SHORT, _CLAUSES = 300, 80, 12
"""Characters from which a sentence is quoted in part only, how short a part need not be, and how many clauses it may have."""
_ANSWERS = 0.42
"""A passage is no answer that holds less than this share of what the question asks for beside states and years."""
_BESIDE = 0.21
"""Nor is one shown beside better ones that holds less than this."""
_ENOUGH = 0.85
"""A statement answers for its sentence when it holds this share of what the sentence holds of the question."""
_CLAUSE = re.compile(r"[,;:،؛—](?=\s)")
_FEW = 40
_MARKS = " ,;:،؛—"


class Answer(msgspec.Struct, frozen=True):
    """A quote that answers. id: of the statement, "" for words of a sentence that no statement says. date: its, or one in the quote.

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


class _Quote(msgspec.Struct):
    """What may be quoted: a statement, or a stretch of a sentence. covered: how much of the question it holds. meaning: how near it is."""

    start: int
    end: int
    text: str
    covered: float
    statement: Statement | None = None
    meaning: float = 0.0


class _Found(msgspec.Struct):
    """A passage while it is weighed. text: of the whole document. covered: how much of the question the passage holds."""

    hit: Hit
    doc: str
    language: str
    text: str
    terms: list[Term]
    quotes: list[_Quote] = []
    covered: float = 0.0
    score: float = 0.0


class Search:
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
        self.wanted = [Group({f"&{type}": 1.0 for type in types}, needed=True, weight=0.0)] if types else []
        self.weights: list[float] = []

    def _expand(self, vocabulary: Vocabulary) -> list[dict[str, float]]:
        words = self.question.words
        if self.mode == "exact":
            return [vocabulary.written(word) for word in words]
        bent = [vocabulary.bent(word) for word in words]
        if self.mode == "folded":
            return bent
        meant = [vocabulary.acting(word) | near for word, near in zip(words, vocabulary.near(words), strict=True)]
        if self.mode == "semantic":
            return meant
        return [near | same for near, same in zip(meant, bent, strict=True)]

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
        found = self._weigh(hits)
        if not found:
            return Reply(self.question, (), "Nothing that the record says of this is of the time or type asked for.")
        reason = self._doubt(found)
        if reason:
            return Reply(self.question, (), reason)
        answering = [one for one in found if one.covered >= _BESIDE]
        return Reply(self.question, tuple(self._answer(one) for one in answering[:limit]))

    def _named(self) -> str:
        called = [names(code, "en") for code in self.question.states]
        return " and ".join([", ".join(called[:-1]), called[-1]] if len(called) > 1 else called)

    def _missing(self) -> str:
        """Why no passage holds all that it must."""
        q = self.question
        if len(q.states) > 1 and not self.index.find(self.states, 1):
            return f"No statement or sentence is about {self._named()} together."
        about = f" about {self._named()}" if q.states else ""
        if self.years and not self.index.find([*self.states, *self.years], 1):
            years = f"{q.years[0]}" if len(q.years) == 1 else f"{q.years[0]} to {q.years[-1]}"
            return f"Nothing{about or ' in the record'} is dated {years}."
        if self.languages or self.types:
            return f"Nothing{about} is in the languages and of the types asked for."
        return self._silent([word.text for word in q.words])

    def _silent(self, words: Sequence[str]) -> str:
        about = f" about {self._named()}" if self.question.states else " in the record"
        return f"Nothing{about} speaks of {' and '.join(f'“{word}”' for word in words[:2])}."

    # -- weighing

    def _weigh(self, hits: Sequence[Hit]) -> list[_Found]:
        """The passages with their quotes, best first."""
        found = sorted(self._read(hits), key=_order)
        if not (self.types or self.period):
            found = found[:_ENCODED]  # else there may be nothing to quote of the best
        told = self._statements([one.hit for one in found])
        for one in found:
            one.quotes = self._quotes(one, told.get(one.doc, ()))
        near = [one for one in found if one.quotes][:_ENCODED]
        if self.mode in ("", "semantic"):
            self._compare(near)
        for one in near:
            one.score = self._score(one)
        return sorted(near, key=_order)

    def _read(self, hits: Sequence[Hit]) -> Iterator[_Found]:
        """The passages of the hits."""
        keys = msgspec.json.encode(list(dict.fromkeys(hit.document for hit in hits))).decode()
        rows = [row for (row,) in self.record.query(f"SELECT rowid FROM documents WHERE key IN ({LISTED})", [keys])]
        texts = {}
        for some in _pick(rows):
            read = self.record.query(f"SELECT key, id, language, text FROM documents WHERE {some}")
            texts.update({key: (id, language, text) for key, id, language, text in read})
        for hit in hits:
            id, language, text = texts[hit.document]
            terms = [Term(t.start + hit.start, t.end + hit.start, t.word) for t in cut(text[hit.start : hit.end], language)]
            yield _Found(hit, id, language, text, terms, covered=self._cover(terms, hit.start, hit.end))

    def _statements(self, hits: Sequence[Hit]) -> dict[str, list[Statement]]:
        """The statements that lie in the hits, wholly or in part, as far as they are of the time and types asked for, by document."""
        spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for hit in hits:
            spans.setdefault((hit.document, hit.coder), []).append((hit.start, hit.end))
        keys = msgspec.json.encode([key for key, _ in spans]).decode()
        told = self.record.query(f'SELECT rowid, document, coder, "start", "end" FROM statements WHERE document IN ({LISTED})', [keys])
        rows = [
            row
            for row, document, coder, start, end in told
            if any(start < last and first < end for first, last in spans.get((document, coder), ()))
        ]
        found: dict[str, list[Statement]] = {}
        for some in _pick(rows):
            for statement in self.record.statements(some, history=True):
                if self._fits(statement):
                    found.setdefault(statement.doc, []).append(statement)
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

    def _quotes(self, found: _Found, statements: Sequence[Statement]) -> list[_Quote]:
        """What may be quoted of a passage: each of its statements, and last what of itself says most of the question."""
        first, last = found.hit.start, found.hit.end
        quotes = [
            _Quote(s.start, s.end, s.quote, self._cover(found.terms, s.start, s.end), s)
            for s in statements
            if s.start < last and first < s.end
        ]
        if not (self.types or self.period):
            start, end = self._narrow(found.terms, found.text, first, last)
            quotes.append(_Quote(start, end, found.text[start:end], self._cover(found.terms, start, end)))
        return quotes

    def _narrow(self, terms: Sequence[Term], text: str, start: int, end: int) -> tuple[int, int]:
        """Of a long sentence the fewest clauses that hold what the whole holds of the question."""
        if end - start <= _LONG:
            return start, end
        cuts = [start, *(m.end() for m in _CLAUSE.finditer(text, start, end)), end]
        whole = self._cover(terms, start, end) - 1e-9
        spans = [(a, b) for n, a in enumerate(cuts[:-1]) for b in cuts[n + 1 : n + 1 + _CLAUSES] if self._cover(terms, a, b) >= whole]
        a, b = min(spans, key=lambda span: (max(span[1] - span[0], _SHORT), span), default=(start, end))
        quote = text[a:b]
        return a + len(quote) - len(quote.lstrip()), a + len(quote.rstrip(_MARKS))

    def _cover(self, terms: Sequence[Term], start: int, end: int) -> float:
        """How much of the question's words the terms from start to end hold, 0 to 1."""
        held = {term.word for term in terms if start <= term.start < end}
        total = sum(self.weights)
        if not total:
            return 1.0
        met = (max((sure for word, sure in group.words.items() if word in held), default=0.0) for group in self.words)
        return sum(weight * sure for weight, sure in zip(self.weights, met, strict=True)) / total

    def _compare(self, found: Sequence[_Found]) -> None:
        """How near each quote is to the question in meaning."""
        asked = encode_cached(self.encoder, [self.question.text])
        quotes = [quote for one in found for quote in one.quotes]
        vectors = encode_cached(self.encoder, [quote.text for quote in quotes], self.record)
        for quote, cosine in zip(quotes, np.ravel(vectors @ asked.T), strict=True):
            quote.meaning = float(cosine)

    def _score(self, found: _Found) -> float:
        """A passage's worth: how much of the question it holds, how near it is in meaning, whether it is of the kind asked for, and of
        the states: what others did to one of them answers less.
        """
        statements = [quote.statement for quote in found.quotes if quote.statement is not None]
        score = found.covered + 0.8 * max(quote.meaning for quote in found.quotes)
        score += 0.1 * bool(statements) + 0.15 * any(s.type in self.question.types for s in statements)
        score += 0.1 * any(s.type in self.question.types[:1] for s in statements)  # its first act is what is asked about
        asked = set(self.question.states)
        score += 0.1 * any(asked <= {a.code for a in (*s.source, *s.target)} for s in statements)
        return score + 0.15 * (self.question.stand and any(s.kind == "position" for s in statements))

    def _doubt(self, found: Sequence[_Found]) -> str:
        """Why even the passages that hold most of the question are no answers; "" when they may be."""
        best = max(found, key=lambda one: (one.covered, one.score))
        if best.covered >= _ANSWERS:
            return ""
        held = {term.word for term in best.terms}
        words = sorted(zip(self.weights, self.question.words, self.words, strict=True), key=lambda row: -row[0])
        missing = [word.text for _, word, group in words if held.isdisjoint(group.words)]
        if not missing:
            return "Nothing in the record is near enough to the question to be an answer."
        return self._silent(missing)

    # -- answering

    def _date(self, quote: str, language: str) -> str:
        """The first date that a quote tells by itself, "" when none."""
        return next((when.edtf for when in Tagger(language).tag(quote) if when.edtf), "")

    def _answer(self, found: _Found) -> Answer:
        """The passage, answered for by its statement that says of the question what the passage says, else by its own words."""
        persons = {quote.start: tuple(name_persons(quote.text, found.language)) for quote in found.quotes}
        whole = found.quotes[-1]
        asked = self.question.asks == "person" and whole.statement is None and persons[whole.start]
        fit = [
            quote
            for quote in found.quotes
            if quote.statement is not None and quote.covered >= _ENOUGH * found.covered and (not asked or persons[quote.start])
        ]
        best = max(fit, key=lambda quote: (quote.covered + 0.8 * quote.meaning, -quote.start), default=whole)
        statement = best.statement
        return Answer(
            id=statement.id if statement else "",
            doc=found.doc,
            language=found.language,
            start=best.start,
            end=best.end,
            quote=best.text,
            date=statement.date if statement else self._date(best.text, found.language),
            persons=persons[best.start],
            score=round(found.score, 4),
            statement=statement,
        )


def _pick(rows: Sequence[int]) -> Iterator[str]:
    """SQL for rows by number, some at a time. To find the numbers first spares the wide columns of a large table; DuckDB reads only
    these rows as long as they are few (`dynamic_or_filter_threshold`, 50).
    """
    for at in range(0, len(rows), _FEW):
        yield f"rowid IN (SELECT * FROM (VALUES {', '.join(f'({row})' for row in rows[at : at + _FEW])}))"


def _order(found: _Found) -> tuple[float, str, int]:
    return -(found.score or found.covered), found.doc, found.hit.start


def name_persons(quote: str, language: str) -> list[str]:
    """The persons whom a quote names, as written, each once."""
    sentence = parse(lexicon(language), quote, 0, len(quote))
    spans = [m.name if m.name[1] > m.name[0] else (m.first, m.last) for m in sentence.mentions if m.person and m.role != "pronoun"]
    return list(dict.fromkeys(quote[sentence.tokens[first].start : sentence.tokens[last - 1].end] for first, last in spans))
