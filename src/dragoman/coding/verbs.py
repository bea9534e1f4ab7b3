"""The verbs of a sentence: which words are verbs here, in which form, and how each is joined to what stands before.

No tagger is trained for this: closed classes, known verbs and mentions suffice. Both orders are here: subject first, and
verb first, where most verbs can be told by their letters alone.
"""

from __future__ import annotations

import msgspec

from dragoman.coding.lexicon import TriggerWord
from dragoman.coding.sentence import Sentence
from dragoman.languages.schema import Grammar

_VERBAL = ("verb", "auxiliary")
_FINITE = {"past", "present", "base"}


class Verb(msgspec.Struct, eq=False):
    """A verb at tokens [index, end); left: where its auxiliaries begin.

    form: tag of the grammar, or be (a copula). link: how it is joined to what stands before: main, relative, conjunction,
    infinitive, participle, reduced ("held by Iran"), subordinate. negated: by an auxiliary. ours: it says "we", so whoever speaks acts.
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
    ours: bool = False


class _Finder:
    """Finds the verbs of one sentence."""

    def __init__(self, sentence: Sentence, grammar: Grammar) -> None:
        self.sentence, self.tokens = sentence, sentence.tokens
        self.verb_first = grammar.order == "vso"
        self.marks = {role: tuple(letters) for role, letters in grammar.marks.items()}
        self._covered = [False] * (len(self.tokens) + 1)
        for mention in sentence.mentions:
            for index in range(mention.first, mention.last):
                # A common noun for people or things may be the verb or act that it looks like ("shelling").
                self._covered[index] = mention.role != "noun" or (not self.verb_first and index not in sentence.triggers)

    def find(self) -> list[Verb]:
        joints = self.sentence.joints
        if self.verb_first:
            for index, joint in joints.items():
                if joint.end > index + 1 and joint.roles.keys() <= {"determiner", "qualifier"}:
                    self._covered[index : joint.end] = [True] * (joint.end - index)  # "ما يقدر بنحو" holds no verb
        verbal = (i for i, joint in joints.items() if not joint.roles.keys().isdisjoint(_VERBAL))
        verbs: list[Verb] = []
        passed = 0
        for index in sorted({*self.sentence.triggers, *verbal}):
            verb = self._verb_at(index, verbs) if index >= passed else None
            if verb is not None:
                verbs.append(verb)
                passed = verb.end
        return verbs

    def _verb_at(self, index: int, before: list[Verb]) -> Verb | None:
        if self._covered[index] or not self.tokens[index].word or index in self.sentence.ignored:
            return None
        if not self.verb_first and ((self.sentence.key(index - 1) == "-" and self._ends_compound(index)) or self._ends_noun(index)):
            return None  # "a Syrian-led solution", "diplomatic ties"
        sentence = self.sentence
        trigger, joint = sentence.triggers.get(index), sentence.joints.get(index)
        plain = ("noun", "adjective") if self._opens_phrase(index) else ("noun", "adjective", "phrase")
        words = tuple(m for m in trigger.meanings if m.form not in plain) if trigger else ()
        tags = {w.form for w in words} | ({j.value for j in joint.meanings if j.role == "verb"} if joint else set())
        noun = bool(trigger and any(m.form == "noun" for m in trigger.meanings))
        copula = sentence.joint(index, "auxiliary")
        if copula in ("be", "have", "do") and not self.verb_first and (not tags or self._helps(index)):
            return None if self._helps(index) else self._copula(index, copula, before)
        if not tags or (self.verb_first and not words and "slot" in (joint.roles if joint else ())):
            return None  # "حول", "مثل": rather the preposition
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

    def _ends_noun(self, index: int) -> bool:
        """Whether the word belongs to a noun of several words that begins before it."""
        matches = (self.sentence.triggers.get(i) for i in (index - 1, index - 2, index - 3))
        return any(m is not None and m.end > index and all(w.form == "noun" for w in m.meanings) for m in matches)

    def _ends_compound(self, index: int) -> bool:
        """Whether the word is written together with the one before it by a hyphen."""
        tokens = self.tokens
        return index > 1 and tokens[index - 2].end == tokens[index - 1].start and tokens[index - 1].end == tokens[index].start

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
            start = next(
                (s for s in (at, at - 1, at - 2) if s >= 0 and s in self.sentence.joints and self.sentence.joints[s].end == at + 1), at
            )
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
        determined = (
            sentence.is_joint(before, "determiner")
            or sentence.joint(before, "pronoun") == "owner"
            or sentence.is_joint(before, "possessive")
        )
        modified = any(m.last == verb.left and m.role in ("owner", "modifier") for m in sentence.mentions)
        if "ing" in tags:
            verb.form = "ing"
            if sentence.joint(index, "slot") is not None:
                return False
            if "be" in roles:
                return True
            verb.link = "participle"
            if (
                after < len(self.tokens)
                and self._plain(after)
                and not sentence.triggers.get(after)
                and any(sentence.is_joint(i, "determiner") for i in (before, before - 1))
            ):
                return False
            acts = bool(self._tags(after) & {"past", "present"}) or sentence.is_joint(after, "auxiliary")
            return not (determined and (sentence.joint(after, "slot") == "of" or acts))  # "the ruling prompted"
        if "participle" in tags or "past" in tags:
            verb.form = "past"
            if "be" in roles and "participle" in tags:
                verb.passive, verb.form = True, "participle"
                return True
            if "have" in roles:
                return True
            if earlier and earlier[-1].end == verb.left and not earlier[-1].report:
                return False  # "treated wounded soldiers": it tells what kind
            by = sentence.joint(self._past_adverbs(after), "slot") == "by"
            if by and "participle" in tags and sentence.key(before) == ",":
                verb.passive, verb.form, verb.link = True, "participle", "reduced"  # "Denmark, defeated by ..."
                return True
            by |= self._trails(verb, earlier)
            if (
                "past" not in tags
                or (by and "participle" in tags)
                or (self._qualifies(verb, tags, earlier) and not self._subject_near(before))
            ):
                verb.passive, verb.form, verb.link = True, "participle", "reduced"
                return sentence.joint(after, "slot") is not None or ("past" not in tags and not determined)
            opens = determined or modified or sentence.joint(before, "slot") is not None
            if opens and after < len(self.tokens) and (self._plain(after) or not self.tokens[after].text[:1].isalpha()):
                return False  # "an estimated $140 million"
            return not (determined and noun)
        verb.form = "base" if "base" in tags else "present"
        if sentence.key(before) == "to" and sentence.joint(before - 1, "auxiliary") == "be" and not self.verb_first:
            verb.left, verb.modal = before - 1, True  # "France is to withdraw": it is planned
            return True
        if sentence.key(before) == "to" or roles & {"modal", "do"}:
            verb.link = "infinitive" if sentence.key(before) == "to" else verb.link
            return True
        if determined or modified or sentence.joint(before, "slot") is not None or sentence.key(after) == "of":
            return False
        if earlier and earlier[-1].form in _FINITE | {"participle"} and not self._boundary(earlier[-1].end, verb.left):
            return False
        if verb.words and verb.form == "present" and not self._subject_near(before) and (noun or not self._thing_near(before)):
            return False
        if verb.form == "base" and self._single(verb.left):
            return False  # "the current ASEAN chair seat"
        if noun or (not self._subject_near(before) and verb.form == "base"):
            return self._subject_near(before) and not (
                before >= 0 and not self.tokens[before].word and self.tokens[before].text not in ",)\"”’'"
            )
        return index == 0 or not self.tokens[index].capital or verb.report

    def _qualifies(self, verb: Verb, tags: set[str], earlier: list[Verb]) -> bool:
        """Whether a participle says what kind of thing an earlier verb acts on: "supports efforts aimed at"."""
        opens = self.sentence.joint(self._past_adverbs(verb.end), "slot") is not None
        last = earlier[-1] if earlier else None
        return (
            "participle" in tags
            and opens
            and last is not None
            and last.form in _FINITE
            and not last.report
            and not self._boundary(last.end, verb.left)
        )

    def _trails(self, verb: Verb, earlier: list[Verb]) -> bool:
        """Whether a participle behind a comma only tells more of what stands before it: "a pact, signed in 1979"."""
        comma = verb.left - 1
        if self.sentence.key(comma) != "," or self.sentence.joint(self._past_adverbs(verb.end), "slot") not in ("in", "on", "by", "at"):
            return False
        last = next((v for v in reversed(earlier) if v.form in _FINITE), None)
        since = last.end if last is not None else 0
        if last is not None and not any(not self.tokens[i].word and self.tokens[i].text in ",;:" for i in range(since, comma)):
            return last.link != "relative"
        again = next((i for i in range(verb.end, min(verb.end + 10, len(self.tokens))) if self.tokens[i].text == ","), None)
        return again is not None and self.sentence.is_joint(again + 1, "verb", "auxiliary") and last is None

    def _boundary(self, start: int, end: int) -> bool:
        """Whether anything between two verbs lets a new clause begin."""
        return any(
            self.tokens[i].text in ',;:"”)' or self.sentence.is_joint(i, "relative", "conjunction", "subordinator")
            for i in range(start, end)
        )

    def _past_adverbs(self, index: int) -> int:
        while self.sentence.is_joint(index, "adverb"):
            index = self.sentence.joints[index].end
        return index

    def _plain(self, index: int) -> bool:
        return self.tokens[index].word and index not in self.sentence.joints and not self._covered[index]

    def _thing_near(self, index: int) -> bool:
        """Whether a noun phrase that opens the sentence ends there: "A railway connects"."""
        opens = next((i for i in range(index - 1, max(-1, index - 4), -1) if self.sentence.is_joint(i, "determiner")), -1)
        starts = opens in (0, 1) or self.sentence.is_joint(opens - 1, "subordinator", "conjunction") or self.sentence.key(opens - 1) == ","
        return opens >= 0 and starts and all(self._plain(i) for i in range(opens + 1, index + 1))

    def _single(self, index: int) -> bool:
        """Whether a body of states behind an article ends there: one, so that a verb's bare form does not go with it."""
        return any(
            m.last == index
            and m.sector == "IGO"
            and not any(self.sentence.is_joint(i, "conjunction") or self.sentence.key(i) == "," for i in (m.first - 1, m.first - 2))
            for m in self.sentence.mentions
        )

    def _subject_near(self, index: int) -> bool:
        """Whether what stands just before can be a subject: a mention, a pronoun, a relative, a conjunction, a comma behind one."""
        sentence = self.sentence
        if index < 0:
            return False
        if sentence.is_joint(index, "relative", "conjunction"):
            return True
        if self.tokens[index].text in ',)"”':
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
        if sentence.is_joint(index - 1, "determiner") or (
            sentence.joint(index - 1, "slot") not in (None, "time") and index - 1 not in sentence.names
        ):
            return False
        verb.modal = "future" in table.before
        roles = self._auxiliaries(verb)
        stem = table.readings[0].stem
        verb.ours = tags == {"present"} and stem.startswith(self.marks.get("ours", ()))
        if tags == {"past"} and stem.endswith(self.marks.get("ours_past", ())):
            verb.ours = sentence.is_joint(index - 1, "auxiliary") or sentence.key(index - 1) in ('"', "“", "«")  # else "told us"
        verb.modal |= verb.form == "present" and "have" in roles  # "قد تفرض": it may
        if noun:
            told = bool(roles & {"have", "not", "modal"}) or sentence.is_joint(index - 1, "relative", "subordinator")
            quoted = verb.report and sentence.key(verb.end) in (":", '"', "“", "«")
            opens = sentence.is_joint(index - 1, "conjunction") and any(m.first == index + 1 for m in sentence.mentions)
            return told or quoted or opens or self._said_of(index)  # "كما رفض العمال"
        return not any(m.first == index for m in sentence.mentions)

    def _said_of(self, index: int) -> bool:
        """Whether a word that may be a noun follows a name with which a clause opens: "أن السادات حشد"."""
        subject = next((m for m in self.sentence.mentions if m.last == index and m.role in ("actor", "place") and not m.slot), None)
        return subject is not None and self.sentence.is_joint(subject.first - 1, "subordinator")

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
            elif self._resumes(verb):
                verb.link = "relative"
            elif before and self._tells_which(verb):
                verb.link = "reduced"
            return
        if verb.link == "participle" and not sentence.is_joint(at, "conjunction"):
            return
        if sentence.is_joint(at, "relative") or (sentence.key(at) == "," and sentence.is_joint(at - 1, "relative")):
            verb.link = "relative"
        elif sentence.is_joint(at, "conjunction") and before:
            verb.link = "conjunction"

    def _resumes(self, verb: Verb) -> bool:
        """Whether a verb with a pronoun stands right behind an indefinite noun, to which that points back: "هجوم شنه مسلحون"."""
        at = verb.left - 1
        act = next((t for t in self.sentence.triggers.values() if t.end == verb.left and "article" not in t.before), None)
        if act is not None and not verb.words and any(m.form == "noun" for m in act.meanings) and at not in self.sentence.names:
            return "conjunction" not in self.sentence.taken_off(verb.left)  # "صراع مسلح اندلع بين المغرب والجزائر"
        match = self.sentence.triggers.get(verb.index) or self.sentence.joints.get(verb.index)
        if match is None or not match.readings[0].after or "conjunction" in match.before or at < 0 or not self.tokens[at].word:
            return False
        mention = next((m for m in self.sentence.mentions if m.last == verb.left), None)
        if mention is not None and (mention.person or not (mention.sector or mention.role in ("modifier", "noun"))):
            return False
        closed = self.sentence.joints.get(at)
        return "article" not in self.tokens[at].readings[0].before and (closed is None or "qualifier" in closed.roles)

    def _tells_which(self, verb: Verb) -> bool:
        """Whether a verb right behind an indefinite noun says which: "أمر ألف مصري يعملون في ليبيا بمغادرتها"."""
        mention = next((m for m in self.sentence.mentions if m.last == verb.left), None)
        if mention is None or mention.person or not (mention.sector or mention.role in ("modifier", "noun")):
            return False
        return all("article" not in self.tokens[i].readings[0].before for i in range(mention.first, mention.last))


def find_verbs(sentence: Sentence, grammar: Grammar) -> list[Verb]:
    """The verbs of a sentence, in order."""
    return _Finder(sentence, grammar).find()
