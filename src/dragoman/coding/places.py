"""Where the actors of an act may stand: subject, object, owner, a preposition, an apposition. Each is looked up in its clause."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from dragoman.coding.clauses import Clauses
from dragoman.coding.draft import Site
from dragoman.coding.sentence import Mention
from dragoman.coding.verbs import Verb
from dragoman.languages.schema import Trigger

_BEYOND = ("between", "with", "against", "by", "to", "from", "on", "over")
"""Slots of a noun that may stand behind the verb whose subject it is."""


_FAR = 6
"""Tokens behind a word within which "of" still belongs to it."""


_EARLIER = ("between", "with", "on", "against")
"""Slots that may open before the noun that they belong to: "فرضت عليها عقوبات"."""


class Places:
    """Looks up the mentions that stand in a place, for the triggers of one sentence."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses, self.sentence = clauses, clauses.sentence
        self.after = clauses.modifiers_after

    def region(self, first: int, last: int, verb: Verb | None, trigger: Trigger | None = None) -> tuple[int, int]:
        """The tokens behind the trigger that belong to its clause."""
        if verb is not None:
            end = self.clauses.clause_end(verb)
            if self.clauses.verb_first and trigger is not None and trigger.issue:
                end = self._content_end(verb, end)
            return last, end
        end = len(self.sentence.tokens)
        relative = self.relative(last)
        for other in self.clauses.verbs:
            if other.index < last or other is relative:
                continue
            if other.form == "ing" and other.link == "participle" and self.sentence.key(other.left - 1) != ",":
                continue
            if other.link in ("reduced", "infinitive") and self.sentence.tokens[other.left - 1].text != ",":
                continue
            end = other.left
            break
        place = bisect_left(self._stops, last)
        return last, min(end, self._stops[place]) if place < len(self._stops) else end

    @cached_property
    def _stops(self) -> list[int]:
        """The tokens that end what belongs to a noun before them: a mark, or what opens another act."""
        return [
            index
            for index, token in enumerate(self.sentence.tokens)
            if token.text in ";:؛"
            or self._adjective(index)
            or self._joined_act(index)
            or (token.text == "," and self.sentence.is_joint(index + 1, "subordinator", "contrast"))
        ]

    def _content_end(self, verb: Verb, end: int) -> int:
        """Where the clause ends that a verb of saying or wanting governs: "حذرت من أنه لن تكون", "طالبت بأن تنسحب"."""
        following = next((v for v in self.clauses.verbs if v.index > verb.index), None)
        if following is None or following.link != "subordinate" or following.left - end > 3:
            return end
        at = following.left - 1
        longer = self.sentence.joints.get(at - 1)  # "قبل أن", "من أجل أن"
        if not self.sentence.is_joint(at, "content") or (longer is not None and longer.end > at):
            return end
        return self.clauses.clause_end(following)

    def _joined_act(self, index: int) -> bool:
        """Whether "and" is written on to a verbal noun there, so that another act begins ("وإبعاد")."""
        match = self.sentence.triggers.get(index)
        return self.after and match is not None and "conjunction" in match.before and any(m.form == "noun" for m in match.meanings)

    def _adjective(self, index: int) -> bool:
        """Whether an adjective that ties one actor to another begins there ("الداعمة ل")."""
        match = self.sentence.triggers.get(index)
        return self.after and match is not None and all(m.form == "adjective" and m.trigger.type != "PRESENCE" for m in match.meanings)

    def relative(self, last: int) -> Verb | None:
        """The verb of a relative clause that hangs on the noun before `last`: "relations that Pakistan keeps"."""
        for verb in self.clauses.verbs:
            if verb.index >= last:
                near = verb.link == "relative" and verb.left - last <= 6
                told = any(self.sentence.is_joint(i, "relative") for i in (last, last + 1)) or (verb.left - last <= 2 and self.after)
                return verb if near and told else None
        return None

    def _suffix_owner(self, first: int) -> list[Mention]:
        """Who "its" is when a pronoun is written on to the noun: who acts in the clause."""
        match = self.sentence.triggers.get(first)
        if match is None or match.readings[-1].after in ("ي", "ك", "نا"):
            return []
        if not match.readings[-1].after and not any(len(r.after) > 1 for r in self.sentence.tokens[match.end - 1].readings):
            return []
        before = [v for v in self.clauses.verbs if v.index < first]
        acting = self.clauses.subject(before[-1]) + self._beside(before[-1]) if before else []
        if acting or not before:
            return acting
        named = [m for m in self.sentence.mentions if m.last <= first and m.role in ("actor", "place") and not m.person]
        return self.clauses.group(named[-1]) if named else []  # "انتهى بهزيمة إيطاليا وباعترافها"

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

    def governor(self, first: int) -> Verb | None:
        """The verb whose object, or prepositional object, the noun at `first` stands in."""
        best = None
        for verb in self.clauses.verbs:
            if (verb.end <= first and first < self.clauses.clause_end(verb) + 1) or (
                verb.passive
                and verb.index > first
                and best is None
                and verb.lights
                and not any(first < v.index < verb.index for v in self.clauses.verbs)
            ):
                best = verb
        return best

    def object(self, verb: Verb, region: tuple[int, int]) -> list[Mention]:
        """The ungoverned mention right behind the verb, its subject apart; [] when a thing is acted on."""
        subject = self.clauses.subject(verb)
        suffix = self.clauses.suffix(verb)
        if suffix is not None and not verb.passive:
            return self.clauses.resumed(verb) or [suffix]
        floor = region[0]
        if self.clauses.verb_first:
            floor = max([floor, *(m.last for m in subject if m.first >= verb.end)])
        passed: set[int] = set()
        for mention in self.sentence.mentions:
            if mention.first < floor or mention in subject or (mention.role == "pronoun" and mention.value == "owner"):
                continue
            if self.clauses.verb_first and mention.first < region[1] and self._set_between(mention, floor):
                passed.update(range(mention.first - (self.sentence.joint(mention.first - 1, "slot") is not None), mention.last))
                continue  # "استقبل في القاهرة رئيس الوزراء", "يلتقي خلالها نظيره"
            gap = [i for i in range(floor, mention.first) if i not in passed]
            if mention.first >= region[1] or len(gap) > 5:
                return []
            if any(not self._skippable(i) for i in gap):
                return []
            written = any(b not in ("article", "conjunction", "future") for b in self.sentence.taken_off(mention.first))
            if written or mention.role == "owner" or mention.value == "owner" or (mention.role == "modifier" and self.clauses.verb_first):
                return []
            return self.clauses.group(mention)
        return []

    def _set_between(self, mention: Mention, floor: int) -> bool:
        """Whether a mention tells where or when, between a verb with its subject and what it acts on."""
        if mention.slot not in ("in", "time") and not (mention.role in ("pronoun", "reference") and mention.slot):
            return False
        opens = mention.first - (self.sentence.joint(mention.first - 1, "slot") is not None)
        return opens <= floor

    def _skippable(self, index: int) -> bool:
        token = self.sentence.tokens[index]
        if not token.word:
            return token.text in "\"“‘'«"
        if index in self.sentence.triggers:
            return False
        if self.clauses.verb_first:
            return self.sentence.is_joint(index, "adverb", "determiner") or self.clauses.in_count(index)
        match = self.sentence.joints.get(index)
        return match is None or all(
            j.role in ("determiner", "adverb", "qualifier", "possessive") or j.value == "owner" for j in match.meanings
        )

    def owner(self, first: int, last: int | None = None) -> list[Mention]:
        """Whose act the noun at `first` names: the owner or demonym before it, or behind it where modifiers follow."""
        covering = next(
            (m for m in self.sentence.mentions if (m.first < first < m.last or m.first == first < m.last - 1) and any(m.codes)), None
        )
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
            if len(gap) > 5 or any(
                not self._skippable(i) and self.sentence.tokens[i].text not in "-–" and not self.sentence.is_joint(i, "conjunction")
                for i in gap
            ):
                return []
            if (
                mention.role in ("owner", "modifier")
                or mention.value == "owner"
                or (
                    mention.role in ("actor", "place")
                    and len(gap) <= 1
                    and self.sentence.tokens[mention.last - 1].end + 2 > self.sentence.tokens[first].start
                )
            ):
                return self.clauses.group(mention)
            return []
        return []

    def _owner_behind(self, last: int) -> list[Mention]:
        for mention in self.sentence.mentions:
            if mention.first < last:
                continue
            gap = range(last, mention.first)
            if (
                len(gap) > 3
                or mention.slot
                or mention.value == "person"
                or any(not self.sentence.tokens[i].word or self.sentence.joint(i, "slot") or i in self.sentence.triggers for i in gap)
            ):
                return []
            return self.clauses.group(mention)
        return []

    def at(self, place: str, site: Site, taken: Sequence[Mention] = ()) -> list[Mention]:
        """The mentions that stand in a place (see languages/schema.py, Trigger) of a trigger, apart from those `taken`."""
        clauses, first, last, verb, region, governor = self.clauses, site.first, site.last, site.verb, site.region, site.governor
        if place == "subject":
            if verb is not None:
                return clauses.subject(verb) + ([] if "beside" in site.trigger.target else self._beside(verb))
            if governor is None and (apposed := self._apposed(first)):
                return apposed
            if governor is None or (governor.index > first and governor.link != "relative"):
                return []
            acting = clauses.subject(governor)
            return [m for m in acting if m.first >= last] if governor.index > first else acting + self._beside(governor)
        if place == "by" and verb is not None and not verb.passive and not clauses.verb_first:
            made = next((v for v in clauses.verbs if v.link == "reduced" and last < v.left <= region[1] + 1), None)
            return self.slot("by", (made.end, clauses.clause_end(made)), made.end) if made is not None and site.trigger.things else []
        if place == "clause":
            before = [v for v in clauses.verbs if v.index < first]
            told = len({c for m in taken for c in m.codes}) >= 2
            temporal = any(self.sentence.joint(i, "slot") == "time" for i in range(max(0, first - 3), first))
            return clauses.subject(before[-1]) if before and temporal and not told else []
        if place == "that":
            opens = self.sentence.is_joint(last, "relative", "subordinator")
            return next((clauses.group(m) for m in self.sentence.mentions if last < m.first <= last + 3), []) if opens else []
        if "+" in place:
            return [m for part in place.split("+") for m in self.at(part, site)]
        if place == "object":
            if verb is not None:
                return self.object(verb, region)
            behind = max([last, *(m.last for m in taken if last <= m.first <= last + 3)])
            return self._next(behind, region)  # "قصف الفرنسيون دمشق": whom it hits stands behind who does it
        if place == "owner":
            if verb is None:
                return self.owner(first, last)
            return self._owned_before(verb) if verb.passive else self._owned(region)
        if place == "modifier":
            if verb is None:
                return [m for m in self.owner(first, last) if m.role in ("modifier", "actor", "place")]
            return [m for m in self.sentence.mentions if region[0] <= m.first < region[1] and m.role == "modifier"][:1]
        if place == "head":
            return self._next(last, region)
        if place == "antecedent":
            return self._before(first)
        if place == "under":
            return [m for m in self.sentence.mentions if region[0] <= m.first < region[1] and m.role in ("modifier", "owner")][:1]
        if place == "any":
            codes = {c for m in taken for c in m.codes}
            bound = next((i for i in range(last, region[1]) if self.sentence.tokens[i].text == "("), region[1])
            return next(
                (
                    self.clauses.group(m)
                    for m in self.sentence.mentions
                    if last <= m.first < bound
                    and any(m.codes)
                    and not set(m.codes) & codes
                    and not (m.role == "modifier" and self.sentence.key(m.last) == "-")
                ),
                [],
            )
        if place in ("dyad", "speaker", "subject2"):
            return []
        if place == "in" and (where := self._where(first, verb or governor)):
            return where
        if place == "next":
            return self._next(last, (last, len(self.sentence.tokens)))
        found = self.slot(place, region, last)
        if not found and verb is None and place in _BEYOND and (beyond := self._beyond(last, region)) is not None:
            found = self.slot(place, beyond, beyond[0])
        if not found and verb is None and governor is not None and governor.end < first and place in _EARLIER:
            found = self.slot(place, (governor.end, first), governor.end)  # "قامت بينهما تجارة"
        if not found and verb is None and place == "in" and site.trigger.type == "MISSION":
            found = self._standing(first, last)
        ahead = ("in", "of", "to") if self.after else ("in", "of", "to", "against", "on", "with", "between", "for")
        if not found and verb is not None and verb.passive and place in ahead:
            found = self.slot(place, (max(0, verb.left - 12), verb.left), max(0, verb.left - 12))
        return found

    def _beyond(self, last: int, region: tuple[int, int]) -> tuple[int, int] | None:
        """What stands behind the verb whose subject the noun is: "talks were held in Cairo between", "an accord was signed with"."""
        verb = next((v for v in self.clauses.verbs if v.left >= last), None)
        if verb is None or self.after or verb.link != "main" or verb.left > region[1] + 1 or (verb.words and not verb.passive):
            return None
        if any(not self.sentence.tokens[i].word or self.sentence.is_joint(i, "conjunction") for i in range(last, verb.left)):
            return None
        return verb.end, self.clauses.clause_end(verb)

    def _standing(self, first: int, last: int) -> list[Mention]:
        """Where a mission stands that a verb parts from its place: "Chile's embassy is in Lima", "in Karachi there is a consulate"."""
        verb = next((v for v in self.clauses.verbs if v.left >= last), None)
        stands = verb is not None and verb.left - last <= _FAR and (verb.form == "be" or not verb.words)
        behind = range(verb.end, verb.end + _FAR + 2) if verb is not None and stands else range(0)
        for mention in self.sentence.mentions:
            near = mention.first in behind or (mention.last <= first <= mention.last + _FAR)
            marked = range(min(mention.last, last), max(mention.first, first))
            inside = mention.slot == "in" or (mention.slot == "of" and any(self.sentence.joint(i, "slot") == "in" for i in marked))
            if near and inside and any(mention.codes) and all(self.sentence.tokens[i].text not in ";:؛" for i in marked):
                return self.clauses.group(mention)
        return []

    def _where(self, first: int, verb: Verb | None) -> list[Mention]:
        """The place that the clause hangs on: "Cairo, where the United States maintained its embassy"."""
        if verb is None or self.clauses.verb_first:
            return []
        for index in range(min(verb.left, first) - 1, max(-1, min(verb.left, first) - 12), -1):
            if self.sentence.is_joint(index, "relative") and self.sentence.is_joint(index, "subordinator"):
                return next((self.clauses.group(m) for m in self.sentence.mentions if index - 2 <= m.last <= index), [])
            if any(v.index == index for v in self.clauses.verbs):
                return []
        return []

    def _apposed(self, first: int) -> list[Mention]:
        """What a noun stands beside as an apposition: "Saudi Arabia, a close ally of Pakistan"."""
        at = first - 1
        while at > 0 and first - at < 5 and self.sentence.tokens[at].word and self._skippable(at):
            at -= 1
        if self.sentence.tokens[at].text not in ",،" or (
            at + 1 < len(self.sentence.tokens) and not self.sentence.is_joint(at + 1, "determiner", "qualifier")
        ):
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
            if (any(mention.codes) and mention.role in ("owner", "modifier", "actor")) or mention.value == "owner":
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

    def slot(self, slot: str, region: tuple[int, int], last: int) -> list[Mention]:
        """The first group in the region that a preposition of the slot governs, or that opens the region when the trigger ends in it."""
        if slot == "in":
            inside = [m for m in self.sentence.mentions if max(last, region[0] - 1) <= m.first < region[1] and m.slot == slot]
            place = next((m for m in inside if m.role in ("place", "reference") or (m.role == "actor" and not m.sector)), None)
            if place is not None:
                return self.clauses.group(place)
        spare: list[Mention] = []
        for mention in self.sentence.mentions:
            if mention.first < region[0] - 1 or mention.first < last:
                continue
            if mention.first >= region[1]:
                break
            if slot == "of" and mention.first - last > _FAR:
                break
            governed = mention.slot == slot or (not mention.slot and mention.first - last <= 3 and self._ends_in(last, slot))
            if governed and mention.role == "noun":
                spare = spare or self.clauses.group(mention)  # a body whose state is not told: look further
            elif governed:
                return self.clauses.group(mention)
        return spare

    def _ends_in(self, last: int, slot: str) -> bool:
        back = (last - 1, last - 2) if self.after else (last - 1,)
        return any(self.sentence.joint(i, "slot") == slot for i in back if i >= 0)
