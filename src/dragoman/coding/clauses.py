"""How the clauses of a sentence hang together: who does it, and where the clause of a verb ends.

A relative clause is told from a report, a second verb of the same subject from a new one, in both word orders.
"""

from __future__ import annotations

from dragoman.coding.sentence import Mention
from dragoman.coding.verbfirst import VerbFirst
from dragoman.coding.verbs import Verb

_DEEP = 50
"""Verbs that one may lead back to, each asking who did the one before; in a longer sentence those before them are asked first."""


class Clauses(VerbFirst):
    """The verbs of one sentence, in order, with the questions asked of them."""

    def subject(self, verb: Verb) -> list[Mention]:
        """Who does it (or, in the passive, whom it is done to), as far as the sentence tells."""
        known = self._subjects.get(verb.index)
        if known is None:
            while self._asked + _DEEP < len(self.verbs) and self.verbs[self._asked + _DEEP].index < verb.index:
                self._asked += 1
                self.subject(self.verbs[self._asked - 1])
            self._subjects[verb.index] = []
            known = self._subjects[verb.index] = self._subject_verb_first(verb) if self.verb_first else self._subject_before(verb)
        return known

    def _subject_before(self, verb: Verb) -> list[Mention]:
        at = verb.left - 1
        previous = self.previous(verb)
        if verb.link in ("relative", "reduced"):
            return self._antecedent(at)
        if verb.link == "infinitive":
            near = next(
                (
                    m
                    for m in self.sentence.mentions
                    if m.last == at and m.sector and m.role in ("actor", "generic") and m.slot in ("", "of", "from")
                ),
                None,
            )
            near = near or self._decided(at)
            if near is None and previous is not None and self.sentence.is_joint(previous.index, "control"):
                near = next((m for m in self.sentence.mentions if m.last == at and m.first >= previous.end and not m.slot), None)
            if near is not None and previous is not None and near not in self.subject(previous):
                return self.group(near)
            return self.subject(previous) if previous else []
        if verb.link == "participle":
            near = next(
                (
                    m
                    for m in self.sentence.mentions
                    if m.last == verb.left and m.role not in ("owner", "modifier") and m.slot in ("", "for", "of")
                ),
                None,
            )
            if near is None and self.sentence.key(at) == "of":
                near = next((m for m in self.sentence.mentions if m.last == at), None)  # "accuses Thailand of shooting"
                if near is None and previous is not None and any(w.trigger.type == "ACCUSE" for w in previous.words):
                    near = next((m for m in self.sentence.mentions if previous.end <= m.first < at and not m.slot), None)
            if near is not None:
                return self.group(near)
            if previous is None:
                following = [v for v in self.verbs if v.index > verb.index and v.link == "main"]
                return self.subject(following[0]) if following else []
            return self.subject(self._main_before(verb) or previous)
        if verb.link == "conjunction" and previous:
            if verb.form == "ing" and previous.form == "ing":
                return self.subject(previous)  # "of shooting and killing"
            if verb.form == "base" and previous.link in ("infinitive", "conjunction") and previous.form == "base":
                return self.subject(previous)  # "decided to board and detain"
            said = next((v for v in self.verbs if v.report and v.index < verb.index and v.link == "main"), None)
            if verb.report and said is not None and said.form == verb.form:
                return self.subject(said)  # "says that the act is hostile and vows"
            main = self._main_before(verb)
            found = self.subject(main or previous)
            if not found and main is not None and (further := self._main_before(main)) is not None:
                return self.subject(further)
            return found
        if (owner := self._whose(verb)) is not None:
            return self._antecedent(owner - 1)  # "the rebels, whose forces attacked"
        if previous is not None and self.sentence.key(at) == "," and (relative := self._relative_of(previous)) is not None:
            return self._antecedent(relative - 1)  # "Peru, which had recognised Cuba, attacked Chile"
        found = self._scan_left(verb, at, previous)
        if found:
            return found
        if previous is not None and self._has_own_noun(verb):
            return []  # "after the earthquake hit Athens": a thing does it
        if verb.form in ("participle", "ing") and not any(m.last <= verb.left for m in self.sentence.mentions):
            following = [v for v in self.verbs if v.index > verb.index and v.link == "main"]
            return self.subject(following[0]) if following else []  # "Having been attacked, Uganda turned to ..."
        return self.subject(previous) if previous and previous.link != "reduced" else []

    def _decided(self, at: int) -> Mention | None:
        """Who is to do it when a noun opens the infinitive: "the decision of France to", "Britain's refusal to", "calls for Israel to"."""
        for mention in self.sentence.mentions:
            if mention.last == at and mention.slot in ("of", "by", "for") and any(mention.codes) and mention.role != "modifier":
                return mention
            if mention.role in ("owner", "modifier") and 1 <= at - mention.last <= 2 and any(mention.codes):
                plain = all(self.tokens[i].word and not self.sentence.is_joint(i, "slot", "conjunction") for i in range(mention.last, at))
                return mention if plain and not any(v.index >= mention.last and v.end <= at for v in self.verbs) else None
        return None

    def _whose(self, verb: Verb) -> int | None:
        """Where "whose" stands when it opens the noun phrase right before the verb."""
        for index in range(verb.left - 1, max(-1, verb.left - 6), -1):
            if not self.tokens[index].word or self.sentence.is_joint(index, "slot", "conjunction"):
                return None
            if self.sentence.is_joint(index, "relative") and self.sentence.joint(index, "pronoun") == "owner":
                return index
        return None

    def _relative_of(self, verb: Verb) -> int | None:
        """Where the relative clause begins that holds the verb: "Ecuador, whose territory Colombia had bombed"."""
        floor = (self.previous(verb) or verb).end if self.previous(verb) else 0
        for index in range(verb.left - 1, floor - 1, -1):
            if self.sentence.is_joint(index, "relative"):
                return index
        return None

    def _main_before(self, verb: Verb) -> Verb | None:
        """The last finite verb before that is not in a relative clause closed by a comma."""
        for other in reversed(self.verbs[: self.verbs.index(verb)]):
            if other.link in ("main", "conjunction", "relative", "subordinate") and other.form != "ing":
                return other
        return None

    def _scan_left(self, verb: Verb, at: int, previous: Verb | None) -> list[Mention]:
        """The ungoverned mention nearest before the verb, within its clause; else one that owns or qualifies the subject."""
        floor = 0
        if previous is not None:
            for other in reversed(self.verbs[: self.verbs.index(verb)]):
                if other.link in ("reduced", "relative", "participle") and self._closed_between(other, verb):
                    continue
                floor = other.end
                break
        weak: list[Mention] = []
        for mention in reversed(self.sentence.mentions):
            if mention.last > at + 1:
                continue
            if mention.first < floor or self._barrier(mention.last, verb.left, verb):
                break
            opened = mention.slot == "time" and self._opened(mention)  # "after Russia warned": a clause, not a phrase
            if (not mention.slot or opened) and mention.role not in ("owner", "modifier", "noun") and mention.value != "owner":
                return self._before_apposition(mention, verb, floor) or self.group(mention)
            if mention.role == "noun" and mention.last == verb.left and not mention.slot:
                return [mention]  # "demonstrators marched": people of whom the text does not say whose they are
            parted = any(self.tokens[i].text == "," or self.sentence.is_joint(i, "conjunction") for i in range(mention.last, verb.left))
            if mention.slot in ("", "of", "from", "between", "with") and mention.role != "noun" and not parted:
                weak = self.group(mention)
        return weak

    def _has_own_noun(self, verb: Verb) -> bool:
        """Whether a noun phrase that no list knows stands right before the verb, opening its clause."""
        at = verb.left - 1
        while at >= 0 and self.sentence.is_joint(at, "adverb"):
            at -= 1
        end = at
        while at >= 0 and end - at < 4 and self.tokens[at].word and not self.sentence.is_joint(at, "determiner"):
            if self.sentence.is_joint(at, "slot", "conjunction", "relative", "subordinator", "pronoun", "auxiliary"):
                return False
            at -= 1
        if (
            at < 0
            or at == end
            or not self.sentence.is_joint(at, "determiner")
            or any(m.first < end + 1 and at < m.last for m in self.sentence.mentions)
        ):
            return False
        return self.sentence.is_joint(at - 1, "subordinator", "relative") or any(v.end == at for v in self.verbs if v.report)

    def _opened(self, mention: Mention) -> bool:
        return any(self.sentence.is_joint(i, "subordinator") for i in range(max(0, mention.first - 3), mention.first))

    def _before_apposition(self, mention: Mention, verb: Verb, floor: int) -> list[Mention]:
        """What a mention set off by commas before the verb stands beside: "the flight, Boeing 720, was seized"."""
        enclosed = self.sentence.key(mention.first - 1) == "," and any(self.tokens[i].text == "," for i in range(mention.last, verb.left))
        if not enclosed:
            return []
        for other in reversed(self.sentence.mentions):
            if other.last < mention.first and other.first >= floor and other.group != mention.group:
                plain = not other.slot and other.role in ("actor", "generic", "place") and mention.first - other.last <= 4
                return self.group(other) if plain else []
        return []

    def _closed_between(self, other: Verb, verb: Verb) -> bool:
        """Whether a nested clause begun at `other` is over before `verb`: a mention or a comma stands between."""
        return other.end < verb.left

    def _opening(self, floor: int, end: int) -> int:
        """Where a clause whose subject stands at `end` opens: at the conjunction or comma before its noun phrase."""
        for index in range(end - 1, max(floor, end - 6), -1):
            if not self.tokens[index].word or self.sentence.is_joint(index, "conjunction"):
                return index
        return end

    def clause_end(self, verb: Verb, over_infinitives: bool = True) -> int:
        """Where what the verb acts on ends: the next clause, a semicolon, or the end of the sentence."""
        key = (verb.index, over_infinitives)
        if key not in self._ends:
            self._ends[key] = self._clause_end(verb, over_infinitives)
        return self._ends[key]

    def _clause_end(self, verb: Verb, over_infinitives: bool) -> int:
        for other in self.verbs:
            if other.index <= verb.index:
                continue
            if other.link in ("infinitive", "reduced") and over_infinitives:
                continue
            if other.link == "participle" and over_infinitives and self.sentence.key(other.left - 1) != ",":
                continue
            end = other.left
            if self.verb_first:
                opening = next(
                    (i for i in range(max(verb.end, end - 5), end) if len(self._off(i)) > 1 and self._off(i)[0] == "conjunction"), end
                )
                if not any(opening < m.first < end and not m.slot for m in self.sentence.mentions):
                    end = opening  # "وفي العام ... طالبت": the next clause begins with its adverbial
            while end > verb.end and (
                not self.tokens[end - 1].word or self.sentence.is_joint(end - 1, "conjunction", "relative", "subordinator", "adverb")
            ):
                end -= 1
            if self.verb_first:
                # "إلا أن أديس أبابا رفضت": the next clause begins with what opens it and its subject.
                before = [m.first for m in self.subject(other) if verb.end <= m.first and m.last <= other.left]
                end = min([end, *(o for o in map(self._opener, before) if verb.end <= o)])
            if not self.verb_first and (whose := self._whose(other)) is not None and whose > verb.end:
                end = whose - (not self.tokens[whose - 1].word)
            elif other.link == "main" and not self.verb_first:
                # The next clause begins with its subject.
                subject = [m.first for m in self.subject(other) if m.first >= verb.end]
                end = self._opening(verb.end, min([end, *subject]))
                while end > verb.end and (
                    not self.tokens[end - 1].word
                    or self.sentence.is_joint(end - 1, "conjunction", "relative", "subordinator", "determiner")
                ):
                    end -= 1
            return max(end, verb.end)
        end = len(self.tokens)
        while end > verb.end and not self.tokens[end - 1].word and self.tokens[end - 1].text not in ')"”':
            end -= 1
        return end
