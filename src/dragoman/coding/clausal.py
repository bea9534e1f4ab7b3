"""What is asked of the clauses of a sentence in any order of words: what stands before, who is joined, what a relative hangs on."""

from __future__ import annotations

from abc import ABC, abstractmethod

from dragoman.coding.sentence import Mention, Sentence
from dragoman.coding.verbs import Verb, find_verbs
from dragoman.languages.schema import Grammar


class Clausal(ABC):
    """The verbs of one sentence, in order."""

    def __init__(self, sentence: Sentence, grammar: Grammar) -> None:
        self.sentence, self.tokens = sentence, sentence.tokens
        self.verb_first = grammar.order == "vso"
        self.marks = {role: tuple(letters) for role, letters in grammar.marks.items()}
        self.meant = {letters: role for role, written in grammar.suffixes.items() for letters in written}
        self.modifiers_after = grammar.modifiers == "after"
        self.verbs = find_verbs(sentence, grammar)
        self._subjects: dict[int, list[Mention]] = {}
        self._asked = 0  # verbs of a long sentence whose subjects are known, from the first on
        self._ends: dict[tuple[int, bool], int] = {}
        self._suffixes: dict[int, Mention | None] = {}

    def previous(self, verb: Verb) -> Verb | None:
        """The verb before."""
        place = self.verbs.index(verb)
        return self.verbs[place - 1] if place else None

    def group(self, mention: Mention) -> list[Mention]:
        """The mentions joined with this one."""
        return [m for m in self.sentence.mentions if m.group == mention.group]

    @abstractmethod
    def subject(self, verb: Verb) -> list[Mention]:
        """Who does it (or, in the passive, whom it is done to), as far as the sentence tells."""

    def _antecedent(self, at: int) -> list[Mention]:
        """The mention that a relative or a reduced participle hangs on: the nearest before it, its whole group."""
        for mention in reversed(self.sentence.mentions):
            if mention.last <= at + 1 and mention.role not in ("pronoun",):
                copula = [v for v in self.verbs if v.form == "be" and v.end <= at + 1 and mention.last <= v.left]
                if copula and not self.verb_first:
                    return self.subject(copula[-1])  # "Romania was the only state that did not"
                if at + 1 - mention.last > 8 or (self.verb_first and any(i in self.sentence.triggers for i in range(mention.last, at + 1))):
                    return []
                if not self.verb_first and self._named_anew(mention.last, at + 1):
                    return []
                return self.group(mention)
        return []

    def _barrier(self, start: int, end: int, verb: Verb) -> bool:
        """Whether a clause begins between: a subordinator, a semicolon, a colon."""
        return any(
            self.tokens[i].text in ";:؛"
            or (
                self.sentence.is_joint(i, "subordinator")
                and (self.sentence.joint(i, "slot") is None or not any(self.tokens[j].text == "," for j in range(i, end)))
                and not self.sentence.is_joint(i, "relative", "adverb", "contrast")
            )
            for i in range(start, end)
        )

    def _opener(self, index: int) -> int:
        """Where the words begin that open a clause right before the token; far off when none do."""
        starts = (i for i in (index - 3, index - 2, index - 1) if i >= 0 and self.sentence.is_joint(i, "subordinator", "contrast"))
        return next((i for i in starts if self.sentence.joints[i].end == index), len(self.tokens))

    def _off(self, index: int) -> tuple[str, ...]:
        """What is written on to the word: the clitics of its best reading, and a preposition that it is itself."""
        match = self.sentence.joints.get(index)
        if match is None:
            return ()
        slot = self.sentence.joint(index, "slot")
        return (*match.before, slot) if slot else match.before

    def _named_anew(self, start: int, end: int) -> bool:
        """Whether a comma and an article open another noun between, which is then meant: "Mali, a step criticised by"."""
        return any(self.tokens[i].text == "," and self.sentence.key(i + 1) in ("a", "an") for i in range(start, end - 1))
