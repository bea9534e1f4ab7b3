"""What our own reading of a document gives for each of its sentences: what a statement made by anybody else is held to.

Actors with their states, dates with what they mean, the running date of the narrative, and what the rules make of the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from dragoman.coding.coder import coder_of
from dragoman.coding.passes import WAYS, Pass
from dragoman.coding.sentence import Mention
from dragoman.statement import Actor, Document, Statement, When
from dragoman.statement import Sentence as Stretch

_PEOPLE = ("REB", "CVL", "OPP")


class Known(msgspec.Struct, frozen=True):
    """Words that mean an actor. actors: all that they may mean by our own reading, none when nothing tells.

    named: whether they name it; a pronoun and "the country" do not. way: how its state is known, as in the evidence of the rules.
    """

    start: int
    end: int
    actors: tuple[Actor, ...]
    named: bool
    way: str = "named"


class Ground(msgspec.Struct, frozen=True):
    """One sentence. stretch: its place. whens: its time expressions, resolved. running: the date of the narrative after it.

    statements: what the rules make of it, without ids.
    """

    stretch: Stretch
    known: tuple[Known, ...]
    whens: tuple[When, ...]
    running: When | None
    statements: tuple[Statement, ...]

    @property
    def start(self) -> int:
        """Where the sentence begins."""
        return self.stretch.start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.stretch.end

    @property
    def peopled(self) -> bool:
        """Whether it has words for somebody of a state: without any, nothing said of it could be held to it."""
        return any(actor.code for known in self.known for actor in known.actors)


def survey(document: Document) -> list[Ground]:
    """The sentences of prose and lists, in order."""
    found = []
    coder = coder_of(document)
    for one in coder.passes():
        one.context.remember(one.sentence)
        known = tuple(_known(one))
        statements = tuple(one.run())
        found.append(Ground(one.stretch, known, tuple(one.whens), coder.clock.context(), statements))
    return found


def _known(one: Pass) -> Iterator[Known]:
    """The mentions, each with the actors that it means whoever of the sentence's subjects acts."""
    owners: list[Sequence[Actor]] = [()]
    for verb in one.clauses.verbs:
        acting = [a for m in one.clauses.subject(verb) for a in one.context.resolve(one.sentence, m, one.text)]
        if acting and acting not in owners:
            owners.append(acting)
    for mention in one.sentence.mentions:
        tokens = one.sentence.tokens
        actors: dict[tuple[str, str, str], Actor] = {}
        for own in owners:
            for actor in one.context.resolve(one.sentence, mention, one.text, own):
                actors.setdefault((actor.code, actor.sector, actor.name), actor)
        for actor in _people(one, mention) if not actors else ():
            actors[actor.code, actor.sector, actor.name] = actor
        named = mention.role not in ("pronoun", "reference", "generic")
        yield Known(
            tokens[mention.first].start, tokens[mention.last - 1].end, tuple(actors.values()), named, WAYS.get(mention.role, "named")
        )


def _people(one: Pass, mention: Mention) -> Iterator[Actor]:
    """People whose state the text does not tell, as they are called: "gunmen", "protesters"."""
    if mention.role == "noun" and mention.sector in _PEOPLE:
        first, last = mention.name if mention.name[1] > mention.name[0] else (mention.first, mention.last)
        start, end = one.sentence.tokens[first].start, one.sentence.tokens[last - 1].end
        yield Actor("", mention.sector, one.text[start:end], start, end)
