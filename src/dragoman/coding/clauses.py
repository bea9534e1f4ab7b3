"""Verbs of a sentence and how their clauses hang together: who does it, where its clause ends, what it acts on.

No parser is trained for this: closed classes, known verbs and mentions suffice to tell a relative clause from a report,
a second verb of the same subject from a new one. Both word orders are here: subject first, and verb first.
"""

from __future__ import annotations

import msgspec

from dragoman.coding.lexicon import TriggerWord
from dragoman.coding.sentence import Mention, Sentence
from dragoman.languages.schema import Grammar

_FINITE = {"past", "present", "base"}


class Verb(msgspec.Struct):
    """A verb at tokens [index, end); left: where its auxiliaries begin.

    form: tag of the grammar, or be (a copula). link: how it is joined to what stands before: main, relative, conjunction,
    infinitive, participle, reduced ("held by Iran"), subordinate. negated: by an auxiliary.
    """

    index: int
    end: int
    left: int
    form: str
    passive: bool = False
    link: str = "main"
    negated: bool = False
    words: tuple[TriggerWord, ...] = ()
    report: bool = False
    lights: frozenset[str] = frozenset()
    modal: bool = False


class Clauses:
    """The verbs of one sentence, in order, with the questions asked of them."""

    def __init__(self, sentence: Sentence, grammar: Grammar) -> None:
        self.sentence, self.tokens = sentence, sentence.tokens
        self.verb_first = grammar.order == "vso"
        self._covered = [False] * (len(self.tokens) + 1)
        for mention in sentence.mentions:
            for index in range(mention.first, mention.last):
                # A common noun for people or things may be the verb or act that it looks like ("shelling").
                self._covered[index] = mention.role != "noun" or not self.verb_first and index not in sentence.triggers
        self.verbs = self._find_verbs()
        self._subjects: dict[int, list[Mention]] = {}

    # -- finding verbs ----------------------------------------------------------------------------------------------

    def _find_verbs(self) -> list[Verb]:
        verbs: list[Verb] = []
        index = 0
        while index < len(self.tokens):
            verb = self._verb_at(index, verbs)
            if verb is not None:
                verbs.append(verb)
                index = max(verb.end, index + 1)
            else:
                index += 1
        return verbs

    def _verb_at(self, index: int, before: list[Verb]) -> Verb | None:
        if self._covered[index] or not self.tokens[index].word or index in self.sentence.ignored:
            return None
        sentence = self.sentence
        trigger, joint = sentence.triggers.get(index), sentence.joints.get(index)
        plain = ("noun", "adjective") if self._opens_phrase(index) else ("noun", "adjective", "phrase")
        words = tuple(m for m in trigger.meanings if m.form not in plain) if trigger else ()
        tags = {w.form for w in words} | ({j.value for j in joint.meanings if j.role == "verb"} if joint else set())
        noun = bool(trigger and any(m.form == "noun" for m in trigger.meanings))
        copula = sentence.joint(index, "auxiliary")
        if copula in ("be", "have", "do") and not self.verb_first and (not tags or self._helps(index)):
            return None if self._helps(index) else self._copula(index, copula, before)
        if not tags:
            return None
        trigger_end = trigger.end if trigger and words else index + 1
        end = max(trigger_end, joint.end if joint and any(j.role == "verb" for j in joint.meanings) else index + 1)
        verb = Verb(index, end, index, next(iter(sorted(tags))), words=words)
        if joint:
            verb.report = "report" in joint.roles
            verb.lights = frozenset(j.value for j in joint.meanings if j.role == "light")
        accepted = self._shape_verb_first(verb, noun, tags) if self.verb_first else self._shape(verb, tags, noun, before)
        if not accepted:
            return None
        self._link(verb, before)
        return verb

    def _opens_phrase(self, index: int) -> bool:
        """Whether a fixed phrase that begins here holds its verb ("must be respected"), so that it is one."""
        return self.sentence.is_joint(index, "auxiliary", "verb")

    def _helps(self, index: int) -> bool:
        """Whether a form of be, have or do is an auxiliary here: a verb follows that it helps."""
        at = index + 1
        while self.sentence.is_joint(at, "adverb") or self.sentence.joint(at, "auxiliary") == "not":
            at = self.sentence.joints[at].end
        if self.sentence.joint(at, "auxiliary") is not None:
            return True
        role = self.sentence.joint(index, "auxiliary")
        following = self._tags(at)
        wanted = {"base"} if role == "do" else {"participle", "ing"} if role == "be" else {"participle"}
        if following & wanted and not self._covered[at]:
            return True
        return role == "be" and self.sentence.key(at) == "to" and bool(self._tags(at + 1))

    def _copula(self, index: int, role: str, before: list[Verb]) -> Verb | None:
        """A form of be or have that is no auxiliary."""
        verb = Verb(index, index + 1, index, "be" if role == "be" else "past")
        joint = self.sentence.joints[index]
        verb.lights = frozenset(j.value for j in joint.meanings if j.role == "light")
        self._auxiliaries(verb)
        if self.sentence.key(verb.left - 1) == "to":
            verb.link = "infinitive"
        if any(j.role == "verb" for j in joint.meanings) or role == "be":
            self._link(verb, before)
            return verb
        return None

    def _tags(self, index: int) -> set[str]:
        trigger, joint = self.sentence.triggers.get(index), self.sentence.joints.get(index)
        tags = {m.form for m in trigger.meanings} if trigger else set()
        return tags | ({j.value for j in joint.meanings if j.role == "verb"} if joint else set())

    def _auxiliaries(self, verb: Verb) -> set[str]:
        """Walk left over auxiliaries and adverbs; sets left, negated and modal; gives the roles met."""
        roles: set[str] = set()
        at = verb.index - 1
        while at >= 0:
            start = next((s for s in (at, at - 1, at - 2) if s >= 0 and s in self.sentence.joints and self.sentence.joints[s].end == at + 1), at)
            role = self.sentence.joint(start, "auxiliary")
            if role is not None:
                roles.add(role)
                verb.left = start
                verb.negated |= role == "not"
                verb.modal |= role == "modal" and self.sentence.key(start) in ("will", "shall")
            elif not self.sentence.is_joint(start, "adverb") or self.sentence.is_joint(start, "relative", "subordinator", "conjunction"):
                break
            elif not self.verb_first:
                verb.left = start
            at = start - 1
        return roles

    def _shape(self, verb: Verb, tags: set[str], noun: bool, earlier: list[Verb]) -> bool:
        """Whether the word is a verb here, and which form (subject-first order)."""
        sentence, index = self.sentence, verb.index
        roles = self._auxiliaries(verb)
        before, after = verb.left - 1, verb.end
        determined = sentence.is_joint(before, "determiner") or sentence.joint(before, "pronoun") == "owner" or sentence.is_joint(before, "possessive")
        modified = any(m.last == verb.left and m.role in ("owner", "modifier") for m in sentence.mentions)
        if "ing" in tags:
            verb.form = "ing"
            if sentence.joint(index, "slot") is not None:
                return False
            if "be" in roles:
                return True
            verb.link = "participle"
            if after < len(self.tokens) and self._plain(after) and not sentence.triggers.get(after) and any(
                sentence.is_joint(i, "determiner") for i in (before, before - 1)
            ):
                return False
            return not (determined and sentence.joint(after, "slot") == "of")
        if "participle" in tags or "past" in tags:
            verb.form = "past"
            if "be" in roles and "participle" in tags:
                verb.passive, verb.form = True, "participle"
                return True
            if "have" in roles:
                return True
            by = sentence.joint(self._past_adverbs(after), "slot") == "by"
            if by and "participle" in tags and sentence.key(before) == ",":
                verb.passive, verb.form, verb.link = True, "participle", "reduced"  # "Denmark, defeated by ..."
                return True
            if "past" not in tags or by and not self._subject_near(before):
                verb.passive, verb.form, verb.link = True, "participle", "reduced"
                return sentence.joint(after, "slot") is not None or "past" not in tags and not determined
            if (determined or modified or sentence.joint(before, "slot") is not None) and after < len(self.tokens) and self._plain(after):
                return False
            return not (determined and noun)
        verb.form = "base" if "base" in tags else "present"
        if sentence.key(before) == "to" or roles & {"modal", "do"}:
            verb.link = "infinitive" if sentence.key(before) == "to" else verb.link
            return True
        if determined or modified or sentence.joint(before, "slot") is not None or sentence.key(after) == "of":
            return False
        if earlier and earlier[-1].form in _FINITE | {"participle"} and not self._boundary(earlier[-1].end, verb.left):
            return False
        if verb.words and verb.form == "present" and not self._subject_near(before):
            return False
        if noun or not self._subject_near(before) and verb.form == "base":
            return self._subject_near(before) and not (before >= 0 and not self.tokens[before].word and self.tokens[before].text not in ",)\"”’'")
        return index == 0 or not self.tokens[index].capital or verb.report

    def _boundary(self, start: int, end: int) -> bool:
        """Whether anything between two verbs lets a new clause begin."""
        return any(self.tokens[i].text in ",;:\"”)" or self.sentence.is_joint(i, "relative", "conjunction", "subordinator") for i in range(start, end))

    def _past_adverbs(self, index: int) -> int:
        while self.sentence.is_joint(index, "adverb"):
            index = self.sentence.joints[index].end
        return index

    def _plain(self, index: int) -> bool:
        return self.tokens[index].word and index not in self.sentence.joints and not self._covered[index]

    def _subject_near(self, index: int) -> bool:
        """Whether what stands just before can be a subject: a mention, a pronoun, a relative, a conjunction, a comma behind one."""
        sentence = self.sentence
        if index < 0:
            return False
        if sentence.is_joint(index, "relative", "conjunction"):
            return True
        if self.tokens[index].text in ",)\"”":
            index -= 1
        return any(m.last == index + 1 and m.role not in ("owner", "modifier") for m in sentence.mentions)

    def _shape_verb_first(self, verb: Verb, noun: bool, tags: set[str]) -> bool:
        """Whether the word is a verb in an order where it may come first: nothing but a conjunction or "will" written on to it."""
        sentence, index = self.sentence, verb.index
        verb.form = "present" if "present" in tags else "past"
        table = sentence.triggers.get(index) or sentence.joints.get(index)
        assert table is not None
        if any(b not in ("conjunction", "future") for b in table.before):
            return False
        if sentence.is_joint(index - 1, "determiner") or sentence.joint(index - 1, "slot") is not None and index - 1 not in sentence.names:
            return False
        verb.modal = "future" in table.before
        roles = self._auxiliaries(verb)
        if noun:
            return bool(roles & {"have", "not", "modal"}) or sentence.is_joint(index - 1, "relative", "subordinator")
        if any(m.first == index for m in sentence.mentions):
            return False
        return True

    def _link(self, verb: Verb, before: list[Verb]) -> None:
        sentence = self.sentence
        at = verb.left - 1
        if verb.link in ("reduced", "infinitive"):
            return
        if self.verb_first:
            taken = sentence.taken_off(verb.left)
            if sentence.is_joint(at, "relative"):
                verb.link = "relative"
            elif "conjunction" in taken and before:
                verb.link = "conjunction"
            elif sentence.is_joint(at, "subordinator"):
                verb.link = "subordinate"
            return
        if verb.link == "participle" and not sentence.is_joint(at, "conjunction"):
            return
        if sentence.is_joint(at, "relative") or sentence.key(at) == "," and sentence.is_joint(at - 1, "relative"):
            verb.link = "relative"
        elif sentence.is_joint(at, "conjunction") and before:
            verb.link = "conjunction"

    # -- asking -----------------------------------------------------------------------------------------------------

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
            near = next((m for m in self.sentence.mentions if m.last == at and m.sector and m.role in ("actor", "generic") and m.slot in ("", "of", "from")), None)
            if near is not None and previous is not None and near not in self.subject(previous):
                return self.group(near)
            return self.subject(previous) if previous else []
        if verb.link == "participle":
            near = next((m for m in self.sentence.mentions if m.last == verb.left and m.role not in ("owner", "modifier") and m.slot in ("", "for", "of")), None)
            if near is None and self.sentence.key(at) == "of":
                near = next((m for m in self.sentence.mentions if m.last == at), None)  # "accuses Thailand of shooting"
            if near is not None:
                return self.group(near)
            if previous is None:
                following = [v for v in self.verbs if v.index > verb.index and v.link == "main"]
                return self.subject(following[0]) if following else []
            return self.subject(self._main_before(verb) or previous)
        if verb.link == "conjunction" and previous:
            main = self._main_before(verb)
            return self.subject(main or previous)
        found = self._scan_left(verb, at, previous)
        if found:
            return found
        if verb.form in ("participle", "ing") and not any(m.last <= verb.left for m in self.sentence.mentions):
            following = [v for v in self.verbs if v.index > verb.index and v.link == "main"]
            return self.subject(following[0]) if following else []  # "Having been attacked, Uganda turned to ..."
        if previous is not None and self.sentence.key(verb.left - 1) == "," and (relative := self._relative_of(previous)) is not None:
            return self._antecedent(relative - 1)
        return self.subject(previous) if previous and previous.link != "reduced" else []

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
                if at + 1 - mention.last > 8:
                    return []
                return self.group(mention)
        return []

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
            parted = any(self.tokens[i].text == "," or self.sentence.is_joint(i, "conjunction") for i in range(mention.last, verb.left))
            if mention.slot in ("", "of", "from", "between", "with") and mention.role != "noun" and not parted:
                weak = self.group(mention)
        return weak

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
            or self.sentence.is_joint(i, "subordinator")
            and (self.sentence.joint(i, "slot") is None or not any(self.tokens[j].text == "," for j in range(i, end)))
            and not self.sentence.is_joint(i, "relative", "adverb", "contrast")
            for i in range(start, end)
        )

    def _subject_verb_first(self, verb: Verb) -> list[Mention]:
        """Arabic: a mention that opens the clause, else the ungoverned one right behind, else that of the verb before."""
        sentence = self.sentence
        previous = self.previous(verb)
        if verb.link == "relative":
            edge = verb.left - 1
            while edge > 0 and not self.tokens[edge - 1].word:
                edge -= 1  # "(اللتين": marks do not part a relative from what it hangs on
            before = self._antecedent(edge - 1)
            if before and before[-1].last >= edge and not self._noun_head_before(before[0]):
                return before
        behind = self._behind(verb)
        beside = next((m for m in sentence.mentions if m.last == verb.left and m.role in ("actor", "modifier", "noun")), None)
        if beside is not None and previous is not None and verb.link == "main" and beside not in self.subject(previous) and not behind:
            return self.group(beside)  # an indefinite noun and its clause: "225000 مصري يعملون في"
        if verb.link != "conjunction" and verb.link != "relative":
            floor = previous.end if previous else 0
            for mention in reversed(sentence.mentions):
                if mention.last > verb.left:
                    continue
                if mention.first < floor or self._begins_anew(mention.last, verb.left):
                    break
                plain = not mention.slot and mention.role in ("actor", "generic", "place", "reference")
                if plain and not self._noun_head_before(mention) and not self._barrier(mention.last, verb.left, verb):
                    opens = previous is None or all(not m.slot for m in (mention,)) and mention.first - floor <= 3
                    if opens and not (previous is not None and previous.link == "main" and mention.first == previous.end and not behind):
                        return self.group(mention)
        if behind:
            return behind
        if verb.link == "relative":
            return self._antecedent(verb.left - 2)
        return self.subject(previous) if previous else []

    def _begins_anew(self, start: int, end: int) -> bool:
        """Whether a conjunction opens a clause between: "... and in 2024 it imposed"."""
        return any("conjunction" in self.sentence.taken_off(i) or self.sentence.is_joint(i, "conjunction") for i in range(start, end))

    def _behind(self, verb: Verb) -> list[Mention]:
        for mention in self.sentence.mentions:
            if mention.first < verb.end:
                continue
            gap = range(verb.end, mention.first)
            if mention.role in ("pronoun", "reference") and mention.slot:
                continue  # "قدم فيها عمران خان": a preposition with its pronoun stands between
            if mention.slot or mention.role in ("modifier", "pronoun") or len(gap) > 2:
                return []
            if any(i in self.sentence.triggers or not self.tokens[i].word or self.sentence.joint(i, "slot") and not self._covered[i] for i in gap):
                return []
            return self.group(mention)
        return []

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

    def clause_end(self, verb: Verb, over_infinitives: bool = True) -> int:
        """Where what the verb acts on ends: the next clause, a semicolon, or the end of the sentence."""
        for other in self.verbs:
            if other.index <= verb.index:
                continue
            if other.link in ("infinitive", "reduced") and over_infinitives:
                continue
            if other.link == "participle" and over_infinitives and self.sentence.key(other.left - 1) != ",":
                continue
            end = other.left
            if self.verb_first:
                opening = next((i for i in range(max(verb.end, end - 5), end) if len(self._off(i)) > 1 and self._off(i)[0] == "conjunction"), end)
                if not any(opening < m.first < end and not m.slot for m in self.sentence.mentions):
                    end = opening  # "وفي العام ... طالبت": the next clause begins with its adverbial
            while end > verb.end and (not self.tokens[end - 1].word or self.sentence.is_joint(end - 1, "conjunction", "relative", "subordinator", "adverb")):
                end -= 1
            if other.link == "main" and not self.verb_first:
                # The next clause begins with its subject.
                subject = [m.first for m in self.subject(other) if m.first >= verb.end]
                end = min([end, *subject])
                while end > verb.end and (not self.tokens[end - 1].word or self.sentence.is_joint(end - 1, "conjunction", "relative", "subordinator", "determiner")):
                    end -= 1
            return max(end, verb.end)
        end = len(self.tokens)
        while end > verb.end and not self.tokens[end - 1].word and self.tokens[end - 1].text not in ")\"”":
            end -= 1
        return end
