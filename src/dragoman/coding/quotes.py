"""The quote of a statement: from which token to which of its sentence its words stand."""

from __future__ import annotations

from dragoman.coding.clauses import Clauses
from dragoman.coding.draft import Draft

_REACH = 14
"""How many tokens before its trigger an actor may stand and still belong to the quote."""

_APART = 4
"""Tokens between two verbs of one subject from which on the second's quote begins with itself, whatever the first says."""


class Quotes:
    """Finds the quotes of one sentence."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses, self.sentence, self.tokens = clauses, clauses.sentence, clauses.tokens

    def span(self, draft: Draft) -> tuple[int, int]:
        """Tokens [first, last) of the quote: the trigger, the actors of its clause that stand near, and its issue."""
        first, last = draft.verb.left if draft.verb else draft.first, draft.end
        floor = self._floor(draft)
        if draft.opens >= 0 and not self.clauses.verb_first:
            first = min(first, draft.opens)  # "diplomatic relations were restored": what was, belongs to the quote
        for mention in draft.source + draft.target:
            if floor <= mention.first < draft.first and draft.first - mention.first <= _REACH + (mention.last - mention.first):
                first = min(first, mention.first)
            elif mention.first >= draft.first:
                last = max(last, mention.last)
        if draft.issue[1] > draft.issue[0]:
            last = max(last, draft.issue[1])
        if self.clauses.verb_first and first < draft.first:
            # The verb that stands before its subject belongs to the quote.
            opens = [
                v.left
                for v in self.clauses.verbs
                if v.left < first <= v.left + 3 and any(m.first == first for m in self.clauses.subject(v))
            ]
            first = min([first, *opens])
        last = max(last, self._reach(draft, last))
        while last - 1 > draft.end and self._dangles(last - 1):
            last -= 1
        while self.tokens[last - 1].key == "'s" and last - 1 > draft.first:
            last -= 1
        return first, last

    def _floor(self, draft: Draft) -> int:
        """Where the quote may begin: the second of two verbs of one subject begins with itself ("and elevated the section")."""
        if draft.verb is None or draft.verb.link != "conjunction":
            return 0
        previous = self.clauses.previous(draft.verb)
        if previous is None or not (previous.words or self.clauses.verb_first or draft.first - previous.end > _APART):
            return 0
        return self.clauses.clause_end(previous) if self.clauses.verb_first else previous.end

    def _dangles(self, index: int) -> bool:
        """Whether a quote must not end in the token: a mark, or a word that opens something else."""
        return (
            not self.tokens[index].word
            or self.sentence.is_joint(index, "slot", "conjunction", "relative", "subordinator", "determiner", "auxiliary", "contrast")
            or self.tokens[index].key == "to"
        )

    def _reach(self, draft: Draft, last: int) -> int:
        """Where the words that belong to a statement end: with its verb's clause, or with what its noun is said to do."""
        if draft.verb is not None:
            end = self.clauses.clause_end(draft.verb, over_infinitives=False)
            return end if end - last <= _REACH else last
        if draft.dyad:
            following = next((v for v in self.clauses.verbs if v.left >= draft.last), None)
            if following is not None and following.link == "main" and following.left - last <= 3:
                return following.end  # "the relations deteriorated"
        return last
