"""Who acts where the verb may come first: behind it, before it, or whoever acted in the clause before."""

from __future__ import annotations

from dragoman.coding.clausal import Clausal
from dragoman.coding.sentence import Mention
from dragoman.coding.verbs import Verb
from dragoman.languages.schema import Trigger

_PLACES = frozenset(("in", "from", "to"))
"""Slots that may stand between a verb and its subject."""


class VerbFirst(Clausal):
    """The clauses of a sentence in whose language the verb may come first."""

    def suffix(self, verb: Verb) -> Mention | None:
        """Whom a pronoun written on to the verb acts on: "هاجمهم". In a relative clause it points back to what that hangs on."""
        if verb.index not in self._suffixes:
            match = self.sentence.triggers.get(verb.index) or self.sentence.joints.get(verb.index)
            after = match.readings[0].after if match is not None and self.verb_first else ""
            self._suffixes[verb.index] = None
            if after:
                value = self.meant.get(after, "thing").replace("both", "many")
                self._suffixes[verb.index] = Mention(
                    verb.index, verb.end, "pronoun", value=value, name=(verb.index, verb.end), person=value == "any"
                )
        return self._suffixes[verb.index]

    def resumed(self, verb: Verb) -> list[Mention]:
        """What a pronoun written on to the verb of a relative clause points back to: "السفينة التي احتجزتها غانا"."""
        if verb.link != "relative" or self.suffix(verb) is None:
            return []
        edge = verb.left - self.sentence.is_joint(verb.left - 1, "relative")
        before = self._antecedent(edge - 1)
        gap = range(before[-1].last, edge) if before else ()
        return [] if len(gap) > 1 or any(i in self.sentence.triggers for i in gap) else before

    def _subject_verb_first(self, verb: Verb) -> list[Mention]:
        """Arabic: a mention that opens the clause, else the ungoverned one right behind, else that of the verb before."""
        if verb.ours:
            return []
        if self._resumes_subject(verb.left - 1):
            previous = self.previous(verb)
            behind = self._behind(verb) if self._resumed_by(verb.left - 1) == "any" else []
            if any(m.codes for m in behind):
                return behind  # "أنه قد جندت السعودية": the pronoun stands for nobody
            if previous is not None and (acting := self.subject(previous)):
                return acting  # "أعلنت كندا أنها ستفتح سفارة"
        sentence = self.sentence
        previous = self.previous(verb)
        if previous is not None and verb.link == "main" and self.sentence.joint(previous.index, "auxiliary") == "be":
            between = [m for m in self.subject(previous) if previous.end <= m.first and m.last <= verb.left]
            if between and not any(not self.tokens[i].word for i in range(between[-1].last, verb.left)):
                return self.subject(previous)  # "كان الرئيس قد استقبل": one verb, with its subject in the middle
        resumed = self.resumed(verb)
        if verb.link == "relative" and not resumed:
            edge = verb.left - sentence.is_joint(verb.left - 1, "relative")
            while edge > 0 and not self.tokens[edge - 1].word:
                edge -= 1  # "(اللتين": marks do not part a relative from what it hangs on
            before = self._antecedent(edge - 1)
            if before and before[-1].last >= edge and not self._noun_head_before(before[0]):
                return before
        behind = self._behind(verb)
        beside = next((m for m in sentence.mentions if m.last == verb.left and m.role in ("actor", "modifier", "noun")), None)
        if (
            beside is not None
            and previous is not None
            and verb.link in ("main", "reduced")
            and beside not in self.subject(previous)
            and not behind
        ):
            return self.group(beside)  # an indefinite noun and its clause: "225000 مصري يعملون في"
        if behind and verb.link == "main" and previous is not None and previous.link == "subordinate":
            topic = self._topic(verb)
            aside = topic and self._opens(topic[0]) and self.sentence.key(topic[-1].last) in (",", "،")
            if aside and self.sentence.key(verb.left - 1) in (",", "،"):
                return topic  # "إن المجلس، إذ يشير إلى قراره، يدين بيرو"
        if behind and verb.left > 0 and verb.link in ("main", "subordinate") and self.opened(verb):
            return behind
        if verb.link != "conjunction" and verb.link != "relative":
            floor = previous.end if previous else 0
            for mention in reversed(sentence.mentions):
                if mention.last > verb.left:
                    continue
                if mention.first < floor or self._begins_anew(mention.last, verb.left):
                    break
                plain = not mention.slot and mention.role in ("actor", "generic", "place", "reference")
                if plain and not self._noun_head_before(mention) and not self._barrier(mention.last, verb.left, verb):
                    opens = self._opens(mention) or (previous is not None and mention.first - floor <= 3)
                    opens = opens or (previous is None and (not behind or self._heads(mention)))
                    if previous is not None and behind and mention in self.subject(previous):
                        break  # it belongs to the verb before; this one's own stands behind it
                    if opens and not (previous is not None and previous.link == "main" and mention.first == previous.end and not behind):
                        return self.group(mention)
        if behind:
            return behind
        if verb.link == "relative" and not resumed:
            return self._antecedent(verb.left - 2)
        found = [m for m in self.subject(previous) if m not in resumed] if previous else []
        return found or ([self._dropped(verb)] if self._drops(verb) else [] if previous is None else self._topic(verb))

    def _resumes_subject(self, index: int) -> bool:
        """Whether a word that opens a clause has its subject written on to it: "أنها", "لكنهم"."""
        match = self.sentence.joints.get(index)
        if match is None or not self.sentence.is_joint(index, "subordinator", "contrast"):
            return False
        return bool(self._resumed_by(index) or match.readings[0].after)

    def _resumed_by(self, index: int) -> str:
        """Whom the pronoun can mean with which a word ends that opens a clause."""
        return next((role for letters, role in self.meant.items() if self.sentence.key(index).endswith(letters)), "")

    def _drops(self, verb: Verb) -> bool:
        """Whether a verb with which a sentence begins names nobody who acts: "وأعرب عن قلقه", so that the one before acts."""
        at = verb.end
        if verb.left > 1 or at >= len(self.tokens):
            return False
        if verb.words and all(self._goes(w.trigger) for w in verb.words):
            return True
        written = set(self.sentence.taken_off(at)) - {"article", "conjunction", "future"}
        slot = None if self.sentence.is_joint(at, "determiner") else self.sentence.joint(at, "slot")  # "نحو مليون" opens no place
        return (
            bool(written)
            or (slot is not None and slot != "time")
            or self.sentence.is_joint(at, "subordinator")
            or self.tokens[at].text in ':"“«'
        )

    def _dropped(self, verb: Verb) -> Mention:
        return Mention(verb.index, verb.end, "pronoun", value="dropped", name=(verb.index, verb.end))

    def opened(self, verb: Verb) -> bool:
        """Whether a clause begins right before the verb, or with a conjunction written on to it."""
        return self._opener(verb.left) < verb.left or "conjunction" in self.sentence.taken_off(verb.left)

    def _opens(self, mention: Mention) -> bool:
        """Whether a clause begins right before the mention: "أن باريس ستستضيف", or a colon."""
        at = mention.first - 1
        while at > 0 and self.tokens[at].text in "\"“«'":
            at -= 1
        if at < 0 or self._opener(at + 1) <= at or self.tokens[at].text in ":-–—؛":
            return True
        return self.tokens[at].text in ",،" and "conjunction" in self.sentence.taken_off(mention.first)

    def _heads(self, mention: Mention) -> bool:
        """Whether a sentence begins with the mention, or with a date or a phrase and then the mention."""
        at = mention.first - 1
        return at <= 0 or not self.tokens[at].word or at in self.sentence.dated or self.sentence.is_joint(at, "adverb")

    def _topic(self, verb: Verb) -> list[Mention]:
        """What a sentence begins with before its first verb, when the verbs between are set apart: "إن المجلس، إذ يشير، يدين"."""
        first = self.verbs[0]
        for mention in self.sentence.mentions:
            if mention.last > first.left:
                return []
            plain = not mention.slot and mention.role in ("actor", "generic", "place", "reference")
            if plain and not self._noun_head_before(mention):
                return self.group(mention) if verb.link != "relative" else []
        return []

    def _begins_anew(self, start: int, end: int) -> bool:
        """Whether a conjunction opens a clause between: "... and in 2024 it imposed"."""
        return any("conjunction" in self.sentence.taken_off(i) or self.sentence.is_joint(i, "conjunction") for i in range(start, end))

    def _behind(self, verb: Verb) -> list[Mention]:
        passed = verb.end
        between = 0
        for mention in self.sentence.mentions:
            if mention.first < verb.end:
                continue
            between += sum(not self._light(i) for i in range(passed, mention.first))
            gap = range(passed, mention.first)
            if mention.role in ("pronoun", "reference") and mention.slot:
                continue  # "قدم فيها عمران خان": a preposition with its pronoun stands between
            if mention.role in ("modifier", "pronoun") or between > 2 or any(self._parts(i) for i in gap) or self._acted_on(mention):
                return []
            if mention.slot:
                if verb.link == "conjunction" or mention.slot not in _PLACES or verb.report:
                    return []
                passed, between = mention.last, between - (self.sentence.joint(mention.first - 1, "slot") is not None)
                continue  # "تمركزت في ألمانيا قوات سوفيتية": where it happened stands between
            if mention.role == "place" and verb.words and all(self._goes(w.trigger) for w in verb.words):
                return []  # "وقد زار القاهرة": a capital is gone to
            if verb.link == "conjunction" and self._inherits(verb, mention):
                return []
            return self.group(mention)
        return []

    def _acted_on(self, mention: Mention) -> bool:
        """Whether a mention cannot act: somebody's counterpart ("نظيره") is who is met, "الدبلوماسيين" is written as an object."""
        name = self.sentence.names.get(mention.first)
        if name is not None and any(m.role == "other-reference" for m in name.meanings):
            return True
        common = name is not None and any(m.role in ("noun", "title", "generic") for m in name.meanings)
        return common and mention.role != "reference" and self._is(mention.first, "oblique")

    def _goes(self, trigger: Trigger) -> bool:
        """Whether a trigger is an act of somebody who goes somewhere."""
        return trigger.type == "CONSULT" and not trigger.both and "object" in trigger.target

    def _light(self, index: int) -> bool:
        """Whether a word may stand between a verb and its subject without parting them: a date, an adverb."""
        told = index in self.sentence.dated or self.tokens[index].text.isdigit()
        return told or self.sentence.is_joint(index, "adverb", "determiner") or self.in_count(index)

    def in_count(self, index: int) -> bool:
        """Whether the word is part of "more than", "one of", before what is counted."""
        longer = self.sentence.joints.get(index - 1)
        return longer is not None and longer.end > index and "determiner" in longer.roles

    def _parts(self, index: int) -> bool:
        """Whether a token parts a verb from what stands behind it: a mark, an act, a preposition of something that is no mention."""
        sentence = self.sentence
        counts = sentence.is_joint(index, "determiner") or self.in_count(index)
        opens = (
            sentence.joint(index, "slot")
            and not counts
            and not any(m.first <= index < m.last or (m.slot and m.first == index + 1) for m in sentence.mentions)
        )
        return index in sentence.triggers or not self.tokens[index].word or bool(opens)

    def _inherits(self, verb: Verb, mention: Mention) -> bool:
        """Whether what follows a verb joined by "and" is acted on: the oblique dual ("ودعت البلدين"), or one behind a plural verb."""
        oblique = mention.role == "reference" and self._is(mention.last - 1, "oblique")
        plural = self._is(verb.end - 1, "several") and len(self.group(mention)) == 1
        previous = self.previous(verb)
        goes_on = (
            previous is not None
            and any(m.last <= previous.left for m in self.subject(previous))
            and previous.link in ("main", "subordinate")
            and self._feminine(previous) == self._feminine(verb)
            and (verb.left < verb.index or not any(not self.tokens[i].word for i in range(previous.end, verb.left)))
        )
        disagrees = (
            previous is not None
            and bool(self.subject(previous))
            and self._feminine(verb)
            and self._masculine(mention)
            and not any(mention.last <= m.first < mention.last + 6 and not m.slot and m.codes for m in self.sentence.mentions)
        )
        if disagrees:
            return True  # "غزت القوات ... وهزمت الجيش"
        return (
            oblique or plural or goes_on or (mention.first == verb.end and self._mere_place(mention))
        )  # "بكين تعارض ... وتحث واشنطن": who comes before acts in both

    def _mere_place(self, mention: Mention) -> bool:
        """Whether a mention is a place that stands for no government: "واحتلت سيناء"."""
        name = self.sentence.names.get(mention.first)
        return mention.role == "place" and name is not None and all(m.role == "place" for m in name.meanings)

    def _feminine(self, verb: Verb) -> bool:
        """Whether a verb agrees with a feminine subject, by its letters."""
        match = self.sentence.triggers.get(verb.index) or self.sentence.joints.get(verb.index)
        stem = match.readings[0].stem if match is not None else ""
        letters = self.marks.get("feminine", ())
        return stem.startswith(letters) if verb.form == "present" else stem.endswith(letters)

    def _masculine(self, mention: Mention) -> bool:
        """Whether a mention begins with a common noun that no letters mark as feminine: "الجيش"."""
        name = self.sentence.names.get(mention.first)
        common = name is not None and any(m.role in ("noun", "title", "generic") for m in name.meanings)
        return common and mention.role == "actor" and not self._is(mention.first, "feminine_noun")

    def _is(self, index: int, form: str) -> bool:
        """Whether a word ends in letters that tell its form."""
        return self.tokens[index].key.endswith(self.marks.get(form, ()))

    def _noun_head_before(self, mention: Mention) -> bool:
        """Whether a noun that names an act stands just before, so that the mention belongs to it ("زيارة السادات")."""
        at = mention.first - 1
        match = self.sentence.triggers.get(at)
        return match is not None and any(m.form == "noun" for m in match.meanings)
