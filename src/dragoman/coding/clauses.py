"""How the clauses of a sentence hang together: who does it, and where the clause of a verb ends.

A relative clause is told from a report, a second verb of the same subject from a new one, in both word orders.
"""

from __future__ import annotations

from dragoman.coding.sentence import Mention, Sentence
from dragoman.coding.verbs import Verb, find_verbs
from dragoman.languages.schema import Grammar, Trigger

_PLACES = frozenset(("in", "from", "to"))
"""Slots that may stand between a verb and its subject."""


class Clauses:
    """The verbs of one sentence, in order, with the questions asked of them."""

    def __init__(self, sentence: Sentence, grammar: Grammar) -> None:
        self.sentence, self.tokens = sentence, sentence.tokens
        self.verb_first = grammar.order == "vso"
        self.marks = {role: tuple(letters) for role, letters in grammar.marks.items()}
        self.meant = {letters: role for role, written in grammar.suffixes.items() for letters in written}
        self.modifiers_after = grammar.modifiers == "after"
        self.verbs = find_verbs(sentence, grammar)
        self._subjects: dict[int, list[Mention]] = {}
        self._ends: dict[tuple[int, bool], int] = {}
        self._suffixes: dict[int, Mention | None] = {}

    def previous(self, verb: Verb) -> Verb | None:
        """The verb before."""
        place = self.verbs.index(verb)
        return self.verbs[place - 1] if place else None

    def group(self, mention: Mention) -> list[Mention]:
        """The mentions joined with this one."""
        return [m for m in self.sentence.mentions if m.group == mention.group]

    def subject(self, verb: Verb) -> list[Mention]:
        """Who does it (or, in the passive, whom it is done to), as far as the sentence tells."""
        known = self._subjects.get(verb.index)
        if known is None:
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

    def _named_anew(self, start: int, end: int) -> bool:
        """Whether a comma and an article open another noun between, which is then meant: "Mali, a step criticised by"."""
        return any(self.tokens[i].text == "," and self.sentence.key(i + 1) in ("a", "an") for i in range(start, end - 1))

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
        slot = self.sentence.joint(at, "slot")
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
        return index in self.sentence.dated or self.tokens[index].text.isdigit() or self.sentence.is_joint(index, "adverb", "determiner")

    def _parts(self, index: int) -> bool:
        """Whether a token parts a verb from what stands behind it: a mark, an act, a preposition of something that is no mention."""
        sentence = self.sentence
        opens = sentence.joint(index, "slot") and not any(
            m.first <= index < m.last or (m.slot and m.first == index + 1) for m in sentence.mentions
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

    def _is(self, index: int, form: str) -> bool:
        """Whether a word ends in letters that tell its form."""
        return self.tokens[index].key.endswith(self.marks.get(form, ()))

    def _noun_head_before(self, mention: Mention) -> bool:
        """Whether a noun that names an act stands just before, so that the mention belongs to it ("زيارة السادات")."""
        at = mention.first - 1
        match = self.sentence.triggers.get(at)
        return match is not None and any(m.form == "noun" for m in match.meanings)

    def _off(self, index: int) -> tuple[str, ...]:
        """What is written on to the word: the clitics of its best reading, and a preposition that it is itself."""
        match = self.sentence.joints.get(index)
        if match is None:
            return ()
        slot = self.sentence.joint(index, "slot")
        return (*match.before, slot) if slot else match.before

    def _opening(self, floor: int, end: int) -> int:
        """Where a clause whose subject stands at `end` opens: at the conjunction or comma before its noun phrase."""
        for index in range(end - 1, max(floor, end - 6), -1):
            if not self.tokens[index].word or self.sentence.is_joint(index, "conjunction"):
                return index
        return end

    def _opener(self, index: int) -> int:
        """Where the words begin that open a clause right before the token; far off when none do."""
        starts = (i for i in (index - 3, index - 2, index - 1) if i >= 0 and self.sentence.is_joint(i, "subordinator", "contrast"))
        return next((i for i in starts if self.sentence.joints[i].end == index), len(self.tokens))

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
