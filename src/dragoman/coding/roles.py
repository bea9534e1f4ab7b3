"""From a trigger to who does it and to whom: the places that the trigger names, looked up in the clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from dragoman.coding.clauses import Clauses, Verb
from dragoman.coding.lexicon import Lexicon, TriggerWord
from dragoman.coding.sentence import Mention, Sentence
from dragoman.languages.schema import Trigger

_SOURCE = ("subject", "owner", "by", "between")
_TARGET = ("object", "to", "with", "against", "on", "toward")
_FACTIONS = {"REB", "OPP", "PTY", "MED"}


class Draft(msgspec.Struct):
    """A statement in the making, in tokens: trigger at [first, last), the groups in each role, the issue's tokens.

    dyad: the states that the text is about may stand in. speaker: who is quoted acts.
    """

    trigger: Trigger
    first: int
    last: int
    verb: Verb | None
    source: list[Mention]
    target: list[Mention]
    issue: tuple[int, int] = (0, 0)
    end: int = 0
    dyad: bool = False
    speaker: bool = False
    object_end: int = 0


class Roles:
    """Finds the drafts of one sentence."""

    def __init__(self, clauses: Clauses, lexicon: Lexicon) -> None:
        self.clauses, self.sentence = clauses, clauses.sentence
        self.lexicon = lexicon
        self.after = lexicon.language.grammar.modifiers == "after"
        self._consumed: set[int] = set()
        self._issues: list[tuple[int, int]] = []
        self._wished: set[int] = set()

    def drafts(self) -> Iterator[Draft]:
        """Drafts in order: verbs first, since what a verb takes in ("severed relations") makes no statement of its own."""
        verbs = {v.index: v for v in self.clauses.verbs}
        found: list[Draft] = []
        for index, verb in sorted(verbs.items()):
            if verb.words and not self._inside_issue(index, verb):
                draft = self._first(verb.words, index, verb.end, verb)
                if draft is not None:
                    found.append(draft)
                    if draft.trigger.type in ("THREATEN", "REQUEST"):
                        self._wished.update(range(*draft.issue))
                    if draft.issue[1] > draft.issue[0] and draft.trigger.type not in ("ACCUSE", "REJECT"):
                        self._issues.append(draft.issue)
        for index, match in sorted(self.sentence.triggers.items()):
            words = tuple(w for w in match.meanings if (index not in verbs or not verbs[index].words) and w.form in ("noun", "adjective", "phrase"))
            if not words or index in self._consumed or self._phrase_is_verb(index, verbs):
                continue
            draft = self._first(words, index, match.end, None)
            if draft is not None:
                found.append(draft)
        found.sort(key=lambda d: d.first)
        self._share_victims(found)
        for before, draft in zip(found, found[1:], strict=False):
            if draft.verb is not None and draft.trigger is before.trigger and not draft.target and not draft.trigger.both:
                draft.target = before.target  # "pledged ... to Syria, while Britain pledged a further ..."
            joined = draft.verb is None and draft.trigger is before.trigger and self.sentence.is_joint(draft.first - 1, "conjunction", "qualifier")
            if joined and not draft.source:
                draft.source = before.source  # "its embassy in Damascus and consulate in Homs"
        yield from found

    def _share_victims(self, found: list[Draft]) -> None:
        """ "The deaths of X due to strikes by Y": who struck and who died stand in two drafts of one assault."""
        assaults = [d for d in found if d.trigger.type == "ASSAULT"]
        for first, second in zip(assaults, assaults[1:], strict=False):
            if first.target and not first.source and second.source and not second.target and second.first - first.first < 20:
                first.source, first.end = second.source, second.end
                found.remove(second)

    def _phrase_is_verb(self, index: int, verbs: dict[int, Verb]) -> bool:
        return any(v.words and v.index < index < v.end for v in verbs.values())

    def _inside_issue(self, index: int, verb: Verb) -> bool:
        """Whether the verb belongs to what another statement is about: "urged X to respect", "refusal to endorse"."""
        if verb.link == "infinitive" and any(m.end == index and any(w.form == "noun" for w in m.meanings) for m in self.sentence.triggers.values()):
            return True
        inside = any(a <= index < b for a, b in self._issues)
        return inside and (verb.link in ("infinitive", "participle", "reduced") or verb.form == "base" or verb.index in self._wished)

    def _first(self, words: Sequence[TriggerWord], first: int, last: int, verb: Verb | None) -> Draft | None:
        for word in words:
            draft = self._draft(word, first, last, verb)
            if draft is not None:
                return draft
        return None

    # -- one trigger ------------------------------------------------------------------------------------------------

    def _draft(self, word: TriggerWord, first: int, last: int, verb: Verb | None) -> Draft | None:
        trigger = word.trigger
        region = self._region(first, last, verb, trigger)
        thing = (0, 0)
        if trigger.things:
            thing = self._thing(trigger, first, last, verb, region)
            if thing == (0, 0):
                return None
        if trigger.object and verb is not None and not self._object_fits(trigger, verb, region):
            return None
        governor = self._governor(first) if verb is None else None
        if verb is None and (relative := self._relative(last)) is not None:
            governor = relative
        lit = governor is not None and (trigger.id in governor.lights or governor.form == "be" or governor.link == "relative" and governor.index >= last)
        infinitive = verb is None and governor is not None and governor.index < first and self.after and self._prefixed(first)
        lit = lit or infinitive
        explicit = bool(self._owner(first, last)) or any(last <= m.first <= last + 2 and m.slot in ("of", "by", "from") for m in self.sentence.mentions)
        if "light" in trigger.needs and verb is None and not lit and not explicit:
            return None
        if "be" in trigger.needs and (governor is None or governor.form != "be"):
            return None
        if "present" in trigger.needs and (verb is None or verb.form not in ("present", "base")):
            return None
        if "past" in trigger.needs and (verb is None or verb.form in ("present", "base")):
            return None
        if "return" in trigger.needs and (verb is None or verb.form != "ing"):
            return None
        if verb is None and word.form != "phrase" and self._inside(first) and not self._owner(first) and "two" not in trigger.needs:
            return None
        source = self._fill(trigger.source or _SOURCE, trigger, first, last, verb, region, governor if lit else None, [])
        target = [] if trigger.target == ["none"] else self._fill(trigger.target or _TARGET, trigger, first, last, verb, region, governor, source)
        if trigger.both and trigger.kind == "tie" and not source and governor is not None and governor.index < first:
            source = [m for m in self.clauses.subject(governor) if m not in target]  # "seeks good relations with"
        if infinitive and governor is not None and not trigger.both and (acting := self.clauses.subject(governor)):
            # "قام بزيارة", "لقمع": who acts is the verb's subject, and what follows the noun is acted upon.
            behind = [m for m in self._owner(first, last) if m not in acting]
            source, target = acting, behind or [m for m in target if m not in acting]
        if self._lacks(trigger, source, target):
            return None
        draft = Draft(trigger, first, last, verb, source, target, end=max(last, thing[1]), object_end=max(last, thing[1]))
        draft.dyad = "dyad" in (*trigger.source, *trigger.target)
        draft.speaker = "speaker" in trigger.source
        if verb is not None and verb.passive and not trigger.theme and trigger.source and trigger.source[0] == "subject" and "subject" not in trigger.target:
            self._turn_passive(draft, verb, thing)
        if trigger.issue:
            draft.issue = self._issue(draft, region)
        if thing != (0, 0):
            self._consumed.update(range(min(thing[0], last), thing[1]))
        return draft

    def _lacks(self, trigger: Trigger, source: list[Mention], target: list[Mention]) -> bool:
        """Whether what the trigger needs is not even mentioned, so that another meaning of the word is tried."""
        needs, places = trigger.needs, (*trigger.source, *trigger.target)
        if "military" in needs and not any(m.sector in ("MIL", "REB") for m in source):
            return True
        if "official" in needs and not any(m.person or m.sector in ("GOV", "MIL") for m in source):
            return True
        return "source" in needs and not source and not {"dyad", "speaker"} & set(places)

    def _prefixed(self, first: int) -> bool:
        """Whether a verbal noun stands for a verb: "لقمع", "بقمع", but not "بالقمع"."""
        taken = self.sentence.taken_off(first)
        return "article" not in taken and bool({"to", "in"} & set(taken))

    def _turn_passive(self, draft: Draft, verb: Verb, thing: tuple[int, int]) -> None:
        """In the passive the subject is acted upon, and who acts stands behind "by"."""
        subject = self.clauses.subject(verb)
        by = self._slot("by", self._region(draft.first, draft.last, verb), draft.last)
        if thing[1] and any(m.first <= thing[0] < m.last for m in subject):
            # "The Embassy was closed": what is acted on is the thing; its owner acts, or nobody is told.
            draft.source = by or [m for m in subject if any(m.codes)]
            draft.target = [m for m in draft.target if m not in subject]
            return
        draft.source = by
        draft.target = [m for m in subject if m not in by] or draft.target
        if draft.trigger.both:
            draft.source, draft.target = by + [m for m in subject if m not in by], [m for m in draft.target if m not in subject]

    def _region(self, first: int, last: int, verb: Verb | None, trigger: Trigger | None = None) -> tuple[int, int]:
        """The tokens behind the trigger that belong to its clause."""
        if verb is not None:
            return last, self.clauses.clause_end(verb)
        end = len(self.sentence.tokens)
        relative = self._relative(last)
        for other in self.clauses.verbs:
            if other.index < last or other is relative:
                continue
            if other.form == "ing" and other.link == "participle" and self.sentence.key(other.left - 1) != ",":
                continue
            if other.link in ("reduced", "infinitive") and self.sentence.tokens[other.left - 1].text != ",":
                continue
            end = other.left
            break
        for index in range(last, end):
            if self.sentence.tokens[index].text in ";:؛" or self._adjective(index) or self._joined_act(index):
                return last, index
        return last, end

    def _joined_act(self, index: int) -> bool:
        """Whether "and" is written on to a verbal noun there, so that another act begins ("وإبعاد")."""
        match = self.sentence.triggers.get(index)
        return self.after and match is not None and "conjunction" in match.before and any(m.form == "noun" for m in match.meanings)

    def _adjective(self, index: int) -> bool:
        """Whether an adjective that ties one actor to another begins there ("الداعمة ل")."""
        match = self.sentence.triggers.get(index)
        return self.after and match is not None and all(m.form == "adjective" for m in match.meanings)

    def _inside(self, index: int) -> bool:
        return any(a <= index < b for a, b in self._issues)

    def _relative(self, last: int) -> Verb | None:
        """The verb of a relative clause that hangs on the noun before `last`: "relations that Pakistan keeps"."""
        for verb in self.clauses.verbs:
            if verb.index >= last:
                near = verb.link == "relative" and verb.left - last <= 6
                return verb if near and any(self.sentence.is_joint(i, "relative") for i in (last, last + 1)) else None
        return None

    def _suffix_owner(self, first: int) -> list[Mention]:
        """Who "its" is when a pronoun is written on to the noun: who acts in the clause."""
        match = self.sentence.triggers.get(first)
        if match is None or match.readings[-1].after in ("ي", "ك", "نا"):
            return []
        if not match.readings[-1].after and not any(len(r.after) > 1 for r in self.sentence.tokens[match.end - 1].readings):
            return []
        before = [v for v in self.clauses.verbs if v.index < first]
        return self.clauses.subject(before[-1]) + self._beside(before[-1]) if before else []

    def _beside(self, verb: Verb) -> list[Mention]:
        """Who acts together with the subject, behind the verb: "declared alongside A, B and C"; the list after "several states" too."""
        end = self.clauses.clause_end(verb)
        out: list[Mention] = []
        for mention in self.sentence.mentions:
            if not verb.end <= mention.first < end:
                continue
            if mention.slot == "beside" and mention.role in ("actor", "place", "modifier"):
                out.append(mention)
            elif out and not any(out[-1].codes) and mention.role in ("actor", "place") and mention.first - out[-1].last <= 4:
                out += self.clauses.group(mention)
        return list({id(m): m for m in out}.values())

    def _governor(self, first: int) -> Verb | None:
        """The verb whose object, or prepositional object, the noun at `first` stands in."""
        best = None
        for verb in self.clauses.verbs:
            if verb.end <= first and first < self.clauses.clause_end(verb) + 1:
                best = verb
            elif verb.passive and verb.index > first and best is None and verb.lights and not any(first < v.index < verb.index for v in self.clauses.verbs):
                best = verb
        return best

    def _thing(self, trigger: Trigger, first: int, last: int, verb: Verb | None, region: tuple[int, int]) -> tuple[int, int]:
        """Tokens of the first of the trigger's things in what it acts on: behind it, or before it in the passive."""
        ranges = [range(first + 1, min(region[1], last + 14))]
        if verb is not None and (verb.passive or verb.link == "relative" or self.after):
            previous = self.clauses.previous(verb)
            floor = previous.end if previous is not None and not verb.link == "relative" else 0
            ranges.insert(0 if verb.passive else 1, range(verb.left - 1, max(floor, verb.left - 12) - 1, -1))
        things = self.lexicon.things[trigger.id]
        for stretch in ranges:
            for index in stretch:
                match = things.match(self.sentence.tokens, index)
                if match is not None:
                    return index, match.end
        return 0, 0

    def _object_fits(self, trigger: Trigger, verb: Verb, region: tuple[int, int]) -> bool:
        """Whether what the verb acts on is of a kind that the trigger names."""
        wanted = set(trigger.object)
        if verb.passive:
            group = self.clauses.subject(verb)
        else:
            group = self._object(verb, region)
        if not group:
            return "issue" in wanted and not verb.passive or "none" in wanted
        kinds: set[str] = set()
        for mention in group:
            kinds |= self._kinds(mention)
        return bool(kinds & wanted)

    def _kinds(self, mention: Mention) -> set[str]:
        if mention.role == "pronoun":
            return {"person"} if mention.value == "person" else {"state", "person", "group"}
        if mention.role in ("reference",):
            return {"state"}
        if mention.sector in _FACTIONS:
            return {"faction"}
        kinds = {"group"} if not any(mention.codes) and mention.role != "noun" else set()
        if mention.person:
            kinds |= {"person", "official"}
        if mention.sector == "GOV":
            kinds |= {"official", "regime"}
        elif mention.sector == "MIL":
            kinds.add("official")
        elif mention.sector:
            kinds.add("citizen")
        elif any(mention.codes):
            kinds.add("state")
        return kinds

    # -- places -----------------------------------------------------------------------------------------------------

    def _object(self, verb: Verb, region: tuple[int, int]) -> list[Mention]:
        """The ungoverned mention right behind the verb, its subject apart; [] when a thing is acted on."""
        subject = self.clauses.subject(verb)
        floor = region[0]
        if self.clauses.verb_first:
            floor = max([floor, *(m.last for m in subject if m.first >= verb.end)])
        for mention in self.sentence.mentions:
            if mention.first < floor or mention in subject:
                continue
            if mention.first >= region[1] or mention.first - floor > 5:
                return []
            gap = range(floor, mention.first)
            if any(not self._skippable(i) for i in gap):
                return []
            written = any(b not in ("article", "conjunction", "future") for b in self.sentence.taken_off(mention.first))
            if written or mention.role in ("owner", "modifier") or mention.value == "owner":
                return []
            return self.clauses.group(mention)
        return []

    def _skippable(self, index: int) -> bool:
        token = self.sentence.tokens[index]
        if not token.word:
            return token.text in "\"“‘'«"
        if index in self.sentence.triggers:
            return False
        if self.clauses.verb_first:
            return self.sentence.is_joint(index, "adverb", "determiner")
        match = self.sentence.joints.get(index)
        return match is None or all(j.role in ("determiner", "adverb", "qualifier", "possessive") for j in match.meanings)

    def _owner(self, first: int, last: int | None = None) -> list[Mention]:
        """Whose act the noun at `first` names: the owner or demonym before it, or behind it where modifiers follow."""
        covering = next((m for m in self.sentence.mentions if m.first < first < m.last and any(m.codes)), None)
        if covering is not None and not self.after:
            return self.clauses.group(covering)  # "Pakistani fighters in": the trigger is the head of the mention
        if self.after:
            covering = next((m for m in self.sentence.mentions if m.first <= first < m.last and any(m.codes)), None)
            if covering is not None:
                return self.clauses.group(covering)  # "السفارة التركية في": the trigger is the head of the mention
            return self._suffix_owner(first) or self._owner_behind(first + 1 if last is None else last)
        for mention in reversed(self.sentence.mentions):
            if mention.last > first:
                continue
            gap = range(mention.last, first)
            if len(gap) > 5 or any(not self._skippable(i) and self.sentence.tokens[i].text not in "-–" and not self.sentence.is_joint(i, "conjunction") for i in gap):
                return []
            if mention.role in ("owner", "modifier") or mention.value == "owner" or mention.role in ("actor", "place") and len(gap) <= 1 and self.sentence.tokens[mention.last - 1].end + 2 > self.sentence.tokens[first].start:
                return self.clauses.group(mention)
            return []
        return []

    def _owner_behind(self, last: int) -> list[Mention]:
        for mention in self.sentence.mentions:
            if mention.first < last:
                continue
            gap = range(last, mention.first)
            if len(gap) > 3 or mention.slot or any(not self.sentence.tokens[i].word or self.sentence.joint(i, "slot") or i in self.sentence.triggers for i in gap):
                return []
            return self.clauses.group(mention)
        return []

    def _fill(
        self,
        places: Sequence[str],
        trigger: Trigger,
        first: int,
        last: int,
        verb: Verb | None,
        region: tuple[int, int],
        governor: Verb | None,
        taken: list[Mention],
    ) -> list[Mention]:
        """The mentions of the first place that has any; all places where both sides stand together."""
        out: list[Mention] = []
        spare: list[Mention] = []
        for place in places:
            found = [m for m in self._at(place, trigger, first, last, verb, region, governor, [*taken, *out]) if m not in taken and m not in out]
            if found and all(m.role in ("name", "noun") and not m.codes for m in found) and place != places[-1]:
                spare = spare or found  # nobody known: look further, fall back on it
                continue
            out += found
            if found and not (trigger.both and place in ("subject", "owner", "between", "with", "by", "object", "of", "to", "clause")):
                break
        return out or spare

    def _at(
        self, place: str, trigger: Trigger, first: int, last: int, verb: Verb | None, region: tuple[int, int], governor: Verb | None, taken: Sequence[Mention] = ()
    ) -> list[Mention]:
        clauses = self.clauses
        if place == "subject":
            if verb is not None:
                return clauses.subject(verb) + ([] if "beside" in trigger.target else self._beside(verb))
            if governor is None and (apposed := self._apposed(first)):
                return apposed
            if governor is None or governor.index > first and governor.link != "relative":
                return []
            acting = clauses.subject(governor)
            return [m for m in acting if m.first >= last] if governor.index > first else acting + self._beside(governor)
        if place == "by" and verb is not None and not verb.passive and not clauses.verb_first:
            return []
        if place == "clause":
            before = [v for v in clauses.verbs if v.index < first]
            told = len({c for m in taken for c in m.codes}) >= 2
            temporal = any(self.sentence.joint(i, "slot") == "time" for i in range(max(0, first - 3), first))
            return clauses.subject(before[-1]) if before and temporal and not told else []
        if place == "that":
            opens = self.sentence.is_joint(last, "relative", "subordinator")
            return next((clauses.group(m) for m in self.sentence.mentions if last < m.first <= last + 3), []) if opens else []
        if "+" in place:
            return [m for part in place.split("+") for m in self._at(part, trigger, first, last, verb, region, governor)]
        if place == "object":
            if verb is not None:
                return self._object(verb, region)
            behind = max([last, *(m.last for m in taken if last <= m.first <= last + 3)])
            return self._next(behind, region)  # "قصف الفرنسيون دمشق": whom it hits stands behind who does it
        if place == "owner":
            if verb is None:
                found = self._owner(first, last)
                return found
            return self._owned_before(verb) if verb.passive else self._owned(region)
        if place == "modifier":
            if verb is None:
                return [m for m in self._owner(first, last) if m.role in ("modifier", "actor", "place")]
            return [m for m in self.sentence.mentions if region[0] <= m.first < region[1] and m.role == "modifier"][:1]
        if place == "head":
            return self._next(last, region)
        if place == "antecedent":
            return self._before(first)
        if place == "under":
            return [m for m in self.sentence.mentions if region[0] <= m.first < region[1] and m.role in ("modifier", "owner")][:1]
        if place == "any":
            codes = {c for m in taken for c in m.codes}
            return next((self.clauses.group(m) for m in self.sentence.mentions if last <= m.first < region[1] and any(m.codes) and not set(m.codes) & codes), [])
        if place in ("dyad", "speaker", "subject2"):
            return []
        if place == "next":
            return self._next(last, (last, len(self.sentence.tokens)))
        found = self._slot(place, region, last)
        if not found and verb is not None and verb.passive and place in ("in", "of", "to"):
            found = self._slot(place, (max(0, verb.left - 12), verb.left), max(0, verb.left - 12))
        return found

    def _apposed(self, first: int) -> list[Mention]:
        """What a noun stands beside as an apposition: "Saudi Arabia, a close ally of Pakistan"."""
        at = first - 1
        while at > 0 and first - at < 5 and self.sentence.tokens[at].word and self._skippable(at):
            at -= 1
        if self.sentence.tokens[at].text not in ",،" or at + 1 < len(self.sentence.tokens) and not self.sentence.is_joint(at + 1, "determiner", "qualifier"):
            return []
        return next((self.clauses.group(m) for m in self.sentence.mentions if m.last == at and any(m.codes)), [])

    def _owned(self, region: tuple[int, int]) -> list[Mention]:
        """Who owns what the verb acts on: "Syria's sovereignty", "its embassy"."""
        for mention in self.sentence.mentions:
            if region[0] <= mention.first < region[1] and (mention.role in ("owner", "modifier") or mention.value == "owner"):
                return self.clauses.group(mention)
        return []

    def _owned_before(self, verb: Verb) -> list[Mention]:
        """Who owns the thing that a passive acts on: "the U.S. Embassy in Cairo was closed"."""
        for mention in self.sentence.mentions:
            if not verb.left - 12 <= mention.first < verb.left or mention.slot:
                continue
            if any(mention.codes) and mention.role in ("owner", "modifier", "actor") or mention.value == "owner":
                return self.clauses.group(mention)
        return []

    def _next(self, last: int, region: tuple[int, int]) -> list[Mention]:
        for mention in self.sentence.mentions:
            if mention.first >= last:
                if mention.first - last > 4 or mention.first >= region[1]:
                    return []
                return self.clauses.group(mention)
        return []

    def _before(self, first: int) -> list[Mention]:
        for mention in reversed(self.sentence.mentions):
            if mention.last <= first:
                words = [i for i in range(mention.last, first) if self.sentence.tokens[i].word]
                return self.clauses.group(mention) if len(words) <= 2 else []
        return []

    def _slot(self, slot: str, region: tuple[int, int], last: int) -> list[Mention]:
        """The first group in the region that a preposition of the slot governs, or that opens the region when the trigger ends in it."""
        if slot == "in":
            inside = [m for m in self.sentence.mentions if max(last, region[0] - 1) <= m.first < region[1] and m.slot == slot]
            place = next((m for m in inside if m.role in ("place", "reference") or m.role == "actor" and not m.sector), None)
            if place is not None:
                return self.clauses.group(place)
        spare: list[Mention] = []
        for mention in self.sentence.mentions:
            if mention.first < region[0] - 1 or mention.first < last:
                continue
            if mention.first >= region[1]:
                break
            governed = mention.slot == slot or not mention.slot and mention.first - last <= 3 and self._ends_in(last, slot)
            if governed and mention.role == "noun":
                spare = spare or self.clauses.group(mention)  # a body whose state is not told: look further
            elif governed:
                return self.clauses.group(mention)
        return spare

    def _ends_in(self, last: int, slot: str) -> bool:
        return any(self.sentence.joint(i, "slot") == slot for i in (last - 1, last - 2) if i >= 0)

    def _issue(self, draft: Draft, region: tuple[int, int]) -> tuple[int, int]:
        """The tokens of what the statement is about: behind the trigger and its addressee, to the end of the clause."""
        start = draft.last
        if draft.verb is not None and not draft.verb.passive:
            addressee = [m for m in draft.target if m.first >= draft.last and m.first - draft.last <= 6 and m.role not in ("owner", "modifier") and m.value != "owner"]
            if addressee and draft.trigger.type in ("REQUEST", "ACCUSE", "THREATEN"):
                start = max(m.last for m in addressee)
            subject = [m for m in self.clauses.subject(draft.verb) if m.first >= draft.verb.end]
            start = max([start, *(m.last for m in subject)])
        end = region[1]
        while start < end and (not self.sentence.tokens[start].word or self.sentence.is_joint(start, "slot", "relative", "subordinator") or self.sentence.key(start) == "to"):
            start += 1
        while end > start and (not self.sentence.tokens[end - 1].word or self.sentence.is_joint(end - 1, "conjunction", "relative", "subordinator")):
            end -= 1
        return (start, end) if end > start else (0, 0)


__all__ = ["Draft", "Roles", "Sentence"]
