"""The lines of an infobox -> statements: whose mission stands where, who is envoy, who signed when, who fought whom.

A box is a run of lines that are fields, each a key and what stands behind it. What a key tells is data (languages/*/fields.yaml); who is
named behind it is read as in prose. Nothing is told of a line whose actors no line of the same box names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import cast

import msgspec

from dragoman.coding.expressions import Found, join
from dragoman.coding.lexicon import Lexicon
from dragoman.coding.parse import parse
from dragoman.coding.sentence import Mention, Sentence
from dragoman.coding.times import Tagger
from dragoman.coding.tokens import Token
from dragoman.languages import load
from dragoman.languages.folding import fold
from dragoman.languages.schema import Told
from dragoman.statement import Actor, Document, Evidence, Kind, Span, Statement, When

CONFIDENCE = 0.9
"""A key says what its line is, so that only the names are read. No gold text has a box: this is set, not fitted."""

_KEY = re.compile(r"([^:|]{1,40}?)[\s_]{0,3}(\d{0,2})\s{0,8}[:|]\s{0,8}(?=\S)")
_ITEM = re.compile(r"\s*([;؛\t]|\s\|\s)\s*(?![^()]{0,200}\))")
_BEFORE = re.compile(r"\s*[(（,،;]")
_LONGEST_KEY = 60
_LONGEST_NAME = 6
"""Words in a person's name; what is longer is a description."""
_STATES = ("actor", "place")
_NAMING = ("state", "demonym", "capital", "place", "group")


class Item(msgspec.Struct, frozen=True):
    """One of the things that a line names: its place, and the number of the side that it is of (0: not said).

    cell: whether it has a cell of a row to itself.
    """

    start: int
    end: int
    number: int
    cell: bool = False


class Line(msgspec.Struct, frozen=True):
    """A line of a box. key: folded, "" for none; place: where the key stands; items: what stands behind it."""

    key: str
    place: Span
    start: int
    end: int
    items: tuple[Item, ...]


class Keys(msgspec.Struct, frozen=True):
    """fields.yaml of a language and the English one, for quick look-up; all is folded."""

    sides: frozenset[str]
    posts: frozenset[str]
    none: frozenset[str]
    apart: re.Pattern[str]
    told: tuple[Told, ...]
    told_by: dict[str, tuple[int, ...]]


@cache
def keys(language: str) -> Keys:
    """What keys of boxes mean in texts of a language."""
    files = [load(code).fields for code in dict.fromkeys((load(language).code, "en"))]
    told = tuple(
        msgspec.structs.replace(
            one, keys=[*map(fold, one.keys)], sides=[*map(fold, one.sides)], dates=[*map(fold, one.dates)], until=[*map(fold, one.until)]
        )
        for file in files
        for one in file.told
    )
    every = {key for one in told for key in one.keys}
    return Keys(
        sides=frozenset(fold(key) for file in files for key in file.sides),
        posts=frozenset(fold(key) for file in files for key in file.posts),
        none=frozenset(fold(word) for file in files for word in file.none),
        apart=re.compile("|".join(rf"\b{re.escape(word)}\b" for file in files for word in file.apart), re.IGNORECASE),
        told=told,
        told_by={key: tuple(at for at, one in enumerate(told) if key in one.keys) for key in every},
    )


def code_fields(document: Document, lexicon: Lexicon, tagger: Tagger) -> Iterator[Statement]:
    """The statements of a document's boxes, in order, without ids."""
    fields = [sentence for sentence in document.sentences if sentence.role == "field"]
    known = keys(document.language).told_by
    for _, lines in groupby(fields, key=lambda sentence: sentence.paragraph):
        spans = [(line.start, line.end) for line in lines]
        if any(_read_key(document.text, *span) in known or _fold(document.text[slice(*span)]) in known for span in spans):
            yield from Box(document, lexicon, tagger, spans).code()


def _read_key(text: str, start: int, end: int) -> str:
    """The folded key of a line, "" for none."""
    found = _KEY.match(text, start, end)
    return _fold(found[1]) if found else ""


def _fold(text: str) -> str:
    return fold(text.replace("_", " ").strip(" :")) if len(text) <= _LONGEST_KEY else ""


def _body(actor: Actor) -> tuple[str, str]:
    """What tells one actor from another: the rebels of a state are not its government."""
    return actor.code or fold(actor.name), actor.sector


class Box:
    """One box. sides: who is meant by 1 and 2; by 0 whose the one mission is that it is about, and by -1 where that stands."""

    def __init__(self, document: Document, lexicon: Lexicon, tagger: Tagger, lines: Iterable[tuple[int, int]]) -> None:
        self.document, self.text, self.lexicon, self.tagger = document, document.text, lexicon, tagger
        self.keys = keys(document.language)
        self.lines = list(self._lines(lines))
        self.sides: dict[int, Actor] = {}

    def code(self) -> Iterator[Statement]:
        """The statements of the box, in the order of its lines."""
        self._find_sides()
        seen: set[tuple[str, int, int]] = set()
        for line in self.lines:
            for at in self.keys.told_by.get(line.key, ()):
                for statement in self._tell(line, self.keys.told[at]):
                    if (same := (statement.type, statement.start, statement.end)) not in seen:  # a key may be both languages'
                        seen.add(same)
                        yield statement

    def _lines(self, spans: Iterable[tuple[int, int]]) -> Iterator[Line]:
        """The lines, cut into key and items. What has no key stands under the key of the line above, where that tells something."""
        above, place = "", Span(-1, -1)
        for start, end in spans:
            found = _KEY.match(self.text, start, end)
            key, whole = _fold(found[1]) if found else "", _fold(self.text[start:end])
            if found and ("|" not in found[0] or key in self.keys.told_by):
                place = Span(start, start + len(found[0].rstrip(" :|")))
                above = key if key in self.keys.told_by and not found[2] else ""
                yield Line(key, place, start, end, self._items(found.end(), end, int(found[2] or 0)))
            elif whole in self.keys.told_by:  # a heading over the lines that follow
                above, place = whole, Span(start, end)
            else:
                yield Line(above, place, start, end, self._items(start, end, 0))

    def _items(self, start: int, end: int, number: int) -> tuple[Item, ...]:
        """What stands between semicolons. Of two cells in a row the first is of the first side, the other of the second."""
        if aside := self.keys.apart.search(self.text, start, end):
            end = aside.start()
        marks = list(_ITEM.finditer(self.text, start, end))
        two = not number and sum(mark[1] not in ";؛" for mark in marks) == 1
        found, cell = list[Item](), 1
        begins, ends = [start, *(mark.end() for mark in marks)], [*(mark.start() for mark in marks), end]
        for at, last, sign in zip(begins, ends, [*(mark[1] for mark in marks), ""], strict=True):
            word = self.text[at:last].strip(" .-–—")
            if word and fold(word) not in self.keys.none:
                found.append(Item(at, last, cell if two else number, two))
            cell += sign not in ";؛"
        return tuple(found)

    def _find_sides(self) -> None:
        """Who the sides are: by the lines that name them, by what is nothing but a state's name, by the missions."""
        for line in self.lines:
            for item in line.items if line.key in self.keys.sides else ():
                self._take(item.number, self._states(item))
        bare = [item for line in self.lines if not line.key for item in line.items if self._is_state(item)]
        for place, item in enumerate(bare[:2], 1):
            self._take(item.number or place, self._states(item))
        pairs: dict[tuple[str, str], tuple[Actor, Actor]] = {}
        for line in self.lines:
            for item in line.items[:1] if line.key in self.keys.posts and len(line.items) == 1 else ():
                if len(named := self._states(item)) == 2:  # "Ambassador of Kenya to Peru"
                    pairs[named[0].code, named[1].code] = named[0], named[1]
            if any(self.keys.told[at].value == "mission" for at in self.keys.told_by.get(line.key, ())):
                for item in line.items:
                    owner, host = self._named(item)
                    if owner and host and item.number:
                        self._take(item.number, [owner])
                        self._take(3 - item.number, [host])
                    elif owner and host:
                        pairs[owner.code, host.code] = owner, host
        if len(pairs) == 1:
            ((self.sides[0], self.sides[-1]),) = pairs.values()

    def _take(self, number: int, actors: Sequence[Actor]) -> None:
        if actors and number in (1, 2) and all(actors[0].code != known.code for known in self.sides.values()):
            self.sides.setdefault(number, actors[0])

    def _other(self, number: int) -> int:
        return 3 - number if number else -1

    def _tell(self, line: Line, told: Told) -> Iterator[Statement]:
        if told.value == "opponents":
            yield from self._fight(line, told)
        elif told.value == "date":
            yield from self._sign(line, told)
        else:
            for item in line.items:
                owner, host = (
                    self._named(item) if told.value == "mission" else (self._person(item), self.sides.get(self._other(item.number)))
                )
                if told.value == "mission" and not told.named:
                    owner, host = self._fill(item, owner, host)
                if owner and host and owner.code != host.code:
                    several = item.cell or (told.value == "mission" and len(line.items) > 1)
                    quote = Span(item.start, item.end) if several else Span(line.start, line.end)
                    when = self._when(item.start, item.end) or self._dated(told, item.number)
                    yield self._state(line, told, quote, (owner,), (host,), when)

    def _fight(self, line: Line, told: Told) -> Iterator[Statement]:
        """The states of this line against those of the lines with a higher number, each way; two states are told once, together."""
        mine = self._everyone([line])
        for other in self.lines:
            if other.key != line.key or not line.items or not other.items or other.items[0].number <= line.items[0].number:
                continue
            theirs = self._everyone([other])
            if not mine or not theirs or not {*map(_body, mine)}.isdisjoint(map(_body, theirs)):
                continue
            sides = [(mine + theirs, ())] if len(mine) == len(theirs) == 1 else [(mine, theirs), (theirs, mine)]
            quote = Span(line.start, other.end) if self.text.count("\n", line.start, other.end) == 1 else Span(line.start, line.end)
            for number, (source, target) in enumerate(sides):
                place = quote if not number else Span(other.start, other.end)
                yield self._state(line if not number else other, told, place, source, target, self._dated(told, 0))

    def _sign(self, line: Line, told: Told) -> Iterator[Statement]:
        parties = self._everyone([other for other in self.lines if other.key in told.sides])
        when = self._when(line.items[0].start, line.end) if line.items else None
        if len(parties) > 1 and when is not None:
            yield self._state(line, told, Span(line.start, line.end), parties, (), self._since(when, told, 0))

    def _state(
        self, line: Line, told: Told, quote: Span, source: tuple[Actor, ...], target: tuple[Actor, ...], when: When | None
    ) -> Statement:
        evidence = [Evidence("type", line.place.start, line.place.end, f"field:{told.id}")]
        evidence += [Evidence("date", when.start, when.end, when.basis)] if when else []
        end = self._in_lines(told.until, 0) if when and told.since else None
        evidence += [Evidence("date", end.start, end.end, "line of the box")] if end else []
        for field, actors in (("source", source), ("target", target)):
            away = [actor for actor in actors if not quote.start <= actor.start < quote.end]
            evidence += [Evidence(field, actor.start, actor.end, "line of the box") for actor in away]
        return Statement(
            id="",
            doc=self.document.id,
            language=self.document.language,
            start=quote.start,
            end=quote.end,
            quote=self.text[quote.start : quote.end],
            kind=cast(Kind, told.kind),
            type=told.type,
            topic=told.topic,
            source=source,
            target=target,
            date=when.edtf if when else "",
            date_from="" if not when else "sentence" if quote.start <= when.start < quote.end else "context",
            evidence=tuple(evidence),
            confidence=CONFIDENCE,
        )

    def _parse(self, item: Item) -> Sentence:
        return parse(self.lexicon, self.text, item.start, item.end)

    def _actor(self, sentence: Sentence, mention: Mention, code: str, sector: str = "") -> Actor:
        """The state itself, by the words that name it within the mention."""
        for at in range(mention.first, mention.last):
            match = sentence.names.get(at)
            if match and any(word.role in _NAMING and word.code == code for word in match.meanings):
                start, end = sentence.tokens[at].start, sentence.tokens[min(match.end, mention.last) - 1].end
                return Actor(code, sector, self.text[start:end], start, end)
        start, end = sentence.tokens[mention.first].start, sentence.tokens[mention.last - 1].end
        return Actor(code, sector, self.text[start:end], start, end)

    def _states(self, item: Item) -> list[Actor]:
        """The states that it names, each once."""
        sentence, found = self._parse(item), dict[str, Actor]()
        for mention in sentence.mentions:
            for code in mention.codes if mention.role in _STATES and not mention.person else ():
                if code:
                    found.setdefault(code, self._actor(sentence, mention, code))
        return list(found.values())

    def _is_state(self, item: Item) -> bool:
        """Whether it is nothing but a state's name."""
        sentence = self._parse(item)
        one = sentence.mentions[0] if len(sentence.mentions) == 1 else None
        return (
            one is not None
            and one.role == "actor"
            and not one.sector
            and len(one.codes) == 1
            and one.last - one.first == len(sentence.tokens)
        )

    def _everyone(self, lines: Iterable[Line]) -> tuple[Actor, ...]:
        """The states and other bodies that lines name, each once."""
        found: dict[tuple[str, str], Actor] = {}
        for item in (item for line in lines for item in line.items):
            sentence = self._parse(item)
            for mention in sentence.mentions:
                for code in mention.codes if mention.role in _STATES and not mention.person else ():
                    if code or mention.sector:
                        actor = self._actor(sentence, mention, code, mention.sector)
                        found.setdefault(_body(actor), actor)
        return tuple(found.values())

    def _named(self, item: Item) -> tuple[Actor | None, Actor | None]:
        """Whose mission it is and where it stands, as far as the item itself says so."""
        sentence = self._parse(item)
        mission = any(word.trigger.type == "MISSION" for match in sentence.triggers.values() for word in match.meanings)
        mentions = [m for m in sentence.mentions if m.role in _STATES and any(m.codes) and not m.person]
        owners = [m for m in mentions if m.role == "actor" and m.slot != "in"]
        hosts = [m for m in mentions if m not in owners] or owners[1:]
        owner = self._actor(sentence, owners[0], owners[0].codes[0]) if owners and mission else None
        host = self._actor(sentence, hosts[0], hosts[0].codes[0]) if hosts else None
        return owner, host

    def _fill(self, item: Item, owner: Actor | None, host: Actor | None) -> tuple[Actor | None, Actor | None]:
        """What a mission's own words leave out is said by its number: "Embassy in Damascus" of side 1, which is Pakistan."""
        mine, other = self.sides.get(item.number), self.sides.get(self._other(item.number))
        if not owner and host and other and host.code == other.code:
            return mine, host
        if owner and not host and mine and owner.code == mine.code:
            return owner, other
        return owner, host

    def _person(self, item: Item) -> Actor | None:
        """The envoy whom an item names, of the state whose line it is."""
        side = self.sides.get(item.number)
        last = found.start() if (found := _BEFORE.search(self.text, item.start, item.end)) else item.end
        sentence = parse(self.lexicon, self.text, item.start, last)
        if (
            side is None
            or any(m.role in _STATES and not m.person for m in sentence.mentions)
            or any(t.text.isdigit() for t in sentence.tokens)
        ):
            return None
        named = next((m for m in sentence.mentions if m.person and m.last == len(sentence.tokens)), None)
        first = named.name[0] if named else 0
        words = sentence.tokens[first:]
        if not 0 < len(words) <= _LONGEST_NAME or not words[0].word or self._is_title(sentence, first) or not self._is_name(words, named):
            return None
        start, end = words[0].start, words[-1].end
        return Actor(side.code, "GOV", self.text[start:end], start, end)

    def _is_name(self, words: Sequence[Token], named: Mention | None) -> bool:
        """Whether words look like a person's name: by their capitals; where there are none, by a title before them or their number."""
        cased = self.lexicon.language.grammar.modifiers == "before"
        return words[0].capital and words[-1].capital if cased else named is not None or len(words) > 1

    def _is_title(self, sentence: Sentence, first: int) -> bool:
        """Whether the words are only those of an office."""
        match = sentence.names.get(first)
        return match is not None and match.end == len(sentence.tokens) and any(word.role in ("title", "noun") for word in match.meanings)

    def _when(self, start: int, end: int) -> When | None:
        """The first date in the text between."""
        whens = self.tagger.tag(self.text, start, end)
        return next((when for when in whens if when.edtf and isinstance(when, Found) and when.kind != "event"), None)

    def _dated(self, told: Told, number: int) -> When | None:
        """The date that other lines of the box give for a line with this number."""
        when = self._in_lines(told.dates, number)
        return self._since(when, told, number) if when else None

    def _in_lines(self, keys: Sequence[str], number: int) -> When | None:
        lines = (line for line in self.lines if line.key in keys and line.items and line.items[0].number == number)
        return next((when for line in lines if (when := self._when(line.items[0].start, line.end))), None)

    def _since(self, when: When, told: Told, number: int) -> When:
        """Of what begins with a date and goes on, the time since, up to the date that another line gives as its end."""
        if not told.since:
            return when
        end = self._in_lines(told.until, number)
        first = when.edtf.partition("/")[0]
        return msgspec.structs.replace(when, edtf=f"{first}/{end.edtf.rpartition('/')[2]}" if end else join(when.edtf, "since"))
