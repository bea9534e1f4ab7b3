"""What both kinds of name reader share: a sentence read from left to right, pronouns, words that only look like names."""

from __future__ import annotations

from abc import ABC, abstractmethod

from dragoman.coding.lexicon import ActorWord, Lexicon
from dragoman.coding.sentence import Mention, Sentence


class Reader(ABC):
    """Reads the mentions of one sentence from left to right. How a name is put together is the language's order."""

    particles: frozenset[str] = frozenset()
    """Words in small letters that may open a name no list knows."""

    def __init__(self, sentence: Sentence, lexicon: Lexicon) -> None:
        self.sentence, self.tokens, self.names = sentence, sentence.tokens, sentence.names
        self.thing_words = lexicon.thing_words
        self.suffixes, self.marks = lexicon.language.grammar.suffixes, lexicon.language.grammar.marks
        self.mentions: list[Mention] = []

    def word(self, index: int, *roles: str) -> ActorWord | None:
        """The first meaning of one of these roles, in the order of the roles, of what begins at the token."""
        match = self.names.get(index)
        if match is None:
            return None
        for role in roles:
            for meaning in match.meanings:
                if meaning.role == role:
                    return meaning  # type: ignore[no-any-return]
        return None

    def end(self, index: int) -> int:
        """Where the known name that begins at the token ends."""
        return self.names[index].end

    def read(self) -> list[Mention]:
        """The mentions of the sentence, in order."""
        names, joints = self.names, self.sentence.joints
        passed = 0
        for index, token in enumerate(self.tokens):
            if index >= passed and (index in names or index in joints or token.capital or token.key in self.particles):
                passed = self._read_at(index)
        return self.mentions

    def _add(self, mention: Mention) -> int:
        self.mentions.append(mention)
        return mention.last

    def _read_suffix(self, index: int) -> int:
        """A pronoun written on to a preposition ("عليه"); 0 when there is none."""
        match = self.sentence.joints.get(index)
        slot = self.sentence.joint(index, "slot")
        if match is None or slot is None or not match.readings[-1].after:
            return 0
        suffix = match.readings[-1].after
        meant = next((role for role, written in self.suffixes.items() if suffix in written), "thing")
        role, value = ("reference", "both") if meant == "both" else ("pronoun", "many" if meant == "many" else "thing")
        mention = Mention(index, match.end, role, value=value, name=(index, match.end))
        mention.slot = slot
        return self._add(mention)

    def _closed(self, index: int) -> bool:
        match = self.sentence.joints.get(index)
        return match is not None and not all(j.role in ("adverb", "qualifier", "verb") and j.value != "past" for j in match.meanings)

    def _code(self, index: int) -> str:
        word = self.word(index, "demonym", "state", "capital", "place")
        return word.code if word else ""

    def _read_at(self, index: int) -> int:
        """Read what begins at the token; gives where to go on."""
        if index not in self.names:
            value = self.sentence.joint(index, "pronoun")
            if value in ("person", "thing", "many", "owner", "first"):
                end = self.sentence.joints[index].end
                return self._add(Mention(index, end, "pronoun", value=value, name=(index, end), person=value == "person"))
            return self._read_suffix(index) or self._read_unknown(index)
        if self.word(index, "none-reference") is not None:
            return self.end(index)  # looks like a state, is none: "Turkish bath"
        return self._read_name(index)

    @abstractmethod
    def _read_name(self, index: int) -> int:
        """Read what a name list knows at the token; gives where to go on."""

    def _read_unknown(self, index: int) -> int:
        """Read a word that no list knows; gives where to go on."""
        return index + 1
