"""From a trigger to a draft of a statement: which meaning of the word holds, who does it and to whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

import msgspec

from dragoman.coding.clauses import Clauses
from dragoman.coding.lexicon import Lexicon, Match, TriggerWord
from dragoman.coding.places import Places
from dragoman.coding.sentence import Mention
from dragoman.coding.verbs import Verb
from dragoman.languages.schema import Trigger

_SOURCE = ("subject", "owner", "by", "between")
_TARGET = ("object", "to", "with", "against", "on", "toward")
SLOTS = {"to", "with", "against", "by", "from", "of", "in", "on", "for", "over", "toward", "about"}
"""Places that a preposition opens."""

_TRAIL = 8
"""Tokens behind a noun within which a participle behind a comma tells more of it."""

_FACTIONS = {"REB", "OPP", "PTY", "MED"}


class Draft(msgspec.Struct):
    """A statement in the making, in tokens: trigger at [first, last), the groups in each role, the issue's tokens.

    dyad: the states that the text is about may stand in. speaker: who is quoted acts. unsaid: a passive names
    nobody who acts: who acted before does. carrier: the verb that makes a clause
    of a noun trigger ("impose" sanctions). opens: where the thing begins that a passive acts on, -1 for none.
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
    unsaid: bool = False
    opens: int = -1
    carrier: Verb | None = None


class Roles:
    """Finds the drafts of one sentence."""

    def __init__(self, clauses: Clauses, lexicon: Lexicon, titled: bool = False) -> None:
        """titled: the text's title names two states, so that one of them may stand where a side is not named."""
        self.clauses, self.sentence = clauses, clauses.sentence
        self.lexicon = lexicon
        self.after = lexicon.language.grammar.modifiers == "after"
        self.titled = titled and self.after
        self.places = Places(clauses)
        self._consumed: set[int] = set()
        self._issues: list[tuple[int, int]] = []
        self._wished: set[int] = set()
        self._told_thing: int | None = None

    def drafts(self) -> Iterator[Draft]:
        """Drafts in order: verbs first, since what a verb takes in ("severed relations") makes no statement of its own."""
        verbs = {v.index: v for v in self.clauses.verbs}
        found: list[Draft] = []
        posts: list[Draft] = []
        for index, verb in sorted(verbs.items()):
            if verb.words and not self._inside_issue(index, verb) and not self._trails(verb):
                draft = self._first(verb.words, index, verb.end, verb)
                if draft is not None:
                    found.append(draft)
                    if draft.trigger.type in ("THREATEN", "REQUEST"):
                        self._wished.update(range(*draft.issue))
                    refused = draft.trigger.type == "REJECT" and draft.trigger.id != "deny" and not self.after
                    if draft.issue[1] > draft.issue[0] and (refused or draft.trigger.type not in ("ACCUSE", "REJECT")):
                        self._issues.append(draft.issue)
        for index, match in sorted(self.sentence.triggers.items()):
            words = tuple(
                w for w in match.meanings if (index not in verbs or not verbs[index].words) and w.form in ("noun", "adjective", "phrase")
            )
            covered = any(m.first <= index and match.end < m.last for m in self.sentence.mentions)
            posted = covered and self._is_post(index, match)
            if covered and not posted and not self._heads(match):
                continue  # "trade ministers": part of a name, not its head
            if self._names_event(index):
                continue
            if not words or not self._consumed.isdisjoint(range(index, match.end)) or self._phrase_is_verb(index, verbs):
                continue
            draft = self._first(words, index, match.end, None)
            if draft is not None and posted and draft.carrier is None and self.places.governor(index) is not None:
                continue  # "summoned the French ambassador in Mali" does not say that he is
            if draft is not None:
                found.append(draft)
                posts += [draft] if posted else []
        for post in posts:  # nor does "a rally before the embassy of Japan in Beijing"
            acting = [m for d in found if d is not post for m in d.source + d.target]
            if any(m in acting for m in post.source):
                found.remove(post)
        found.sort(key=lambda d: d.first)
        self._share_victims(found)
        if any(d.trigger.id == "in force" for d in found):  # an agreement that stands, not the act of agreeing
            found = [d for d in found if d.trigger.type != "AGREE" or d.verb is not None]
        for before, draft in combinations(found, 2):
            if (
                draft.verb is not None
                and before.verb is not None
                and draft.trigger is before.trigger
                and not draft.target
                and not draft.trigger.both
            ):
                draft.target = before.target  # "pledged ... to Syria, while Britain pledged a further ..."
        for before, draft in pairwise(found):
            joined = (
                draft.verb is None
                and draft.trigger is before.trigger
                and (self.sentence.is_joint(draft.first - 1, "conjunction", "qualifier") or self._and_before(draft.first))
            )
            lent = draft.source and all(m in before.target for m in draft.source)
            if joined and (not draft.source or lent):
                draft.source = before.source  # "its embassy in Damascus and consulate in Homs"
        yield from found

    def _is_post(self, index: int, match: Match) -> bool:
        """Whether a name whose modifiers stand behind begins with a mission or an envoy: "سفير فرنسا في غينيا"."""
        return (
            self.after
            and any(m.first == index for m in self.sentence.mentions)
            and all(w.trigger.type in ("MISSION", "ENVOY") for w in match.meanings)
        )

    def _and_before(self, first: int) -> bool:
        """Whether "and" is written on to the noun, or on to the number before it: "وأربع قنصليات"."""
        numbered = self.sentence.is_joint(first - 1, "determiner")
        return self.after and "conjunction" in self.sentence.taken_off(first - 1 if numbered else first)

    def _names_event(self, index: int) -> bool:
        """Whether the word is part of a body's event, not an act told: "the ASEAN Summit"."""
        return (
            self.sentence.tokens[index].capital
            and not self.after
            and any(m.last == index and m.sector == "IGO" for m in self.sentence.mentions)
        )

    def _trails(self, verb: Verb) -> bool:
        """Whether the verb only tells since when a tie told before it stands: "has an embassy in Lima, opened in 1961"."""
        if verb.link != "reduced" or self.sentence.key(verb.left - 1) != "," or self.after:
            return False
        for index, match in self.sentence.triggers.items():
            if match.end <= verb.left <= match.end + _TRAIL:
                governor = self.places.governor(index)
                ties = [w.trigger.id for w in match.meanings if w.form == "noun" and w.trigger.kind == "tie"]
                if governor is not None and governor.index < index and not governor.lights.isdisjoint(ties):
                    return True
        return False

    def _heads(self, match: Match) -> bool:
        """Whether the words are the head of a name: "Embassy of France in Cairo"."""
        return not self.after and "of" in (self.sentence.joint(match.end, "slot"), self.sentence.joint(match.end - 1, "slot"))

    def _share_victims(self, found: list[Draft]) -> None:
        """ "The deaths of X due to strikes by Y": who struck and who died stand in two drafts of one assault."""
        assaults = [d for d in found if d.trigger.type == "ASSAULT"]
        for first, second in pairwise(assaults):
            placed = all(m.slot == "in" for m in second.target)
            if first.target and not first.source and second.source and placed and second.first - first.first < 20:
                first.source, first.end = second.source, second.end
                found.remove(second)

    def _phrase_is_verb(self, index: int, verbs: dict[int, Verb]) -> bool:
        return any(v.words and v.index < index < v.end for v in verbs.values())

    def _inside_issue(self, index: int, verb: Verb) -> bool:
        """Whether the verb belongs to what another statement is about: "urged X to respect", "refusal to endorse"."""
        if verb.link == "infinitive" and any(
            m.end == index and any(w.form == "noun" for w in m.meanings) for m in self.sentence.triggers.values()
        ):
            return True
        inside = any(a <= index < b for a, b in self._issues)
        return inside and (verb.link in ("infinitive", "participle", "reduced") or verb.form == "base" or verb.index in self._wished)

    def _first(self, words: Sequence[TriggerWord], first: int, last: int, verb: Verb | None) -> Draft | None:
        # A meaning that asks for certain things is surer than one that does not.
        spare = None
        # Of "تسلم", received or (she) delivers, the past is likelier.
        for word in sorted(words, key=lambda w: (not w.trigger.things, self.after and w.form == "present")):
            draft = self._draft(word, first, last, verb)
            if draft is not None and not self._lacks(draft.trigger, draft.source, draft.target):
                return draft
            spare = spare or draft
        return spare

    def _draft(self, word: TriggerWord, first: int, last: int, verb: Verb | None) -> Draft | None:
        trigger = word.trigger
        region = self.places.region(first, last, verb, trigger)
        thing = (0, 0)
        if trigger.things:
            thing = self._thing(trigger, first, last, verb, region)
            if thing == (0, 0):
                return None
        if trigger.object and verb is not None and not self._object_fits(trigger, verb, region):
            return None
        governor = self.places.governor(first) if verb is None else None
        carried = governor is not None and governor.index < first and (trigger.id in governor.lights or governor.form == "be")
        if verb is None and not carried and (relative := self.places.relative(last)) is not None:
            governor = relative
        lit = governor is not None and (
            trigger.id in governor.lights or governor.form == "be" or (governor.link == "relative" and governor.index >= last)
        )
        infinitive = verb is None and governor is not None and 0 < first - governor.index <= 6 and self.after and self._prefixed(first)
        lit = lit or infinitive
        explicit = bool(self.places.owner(first, last)) or any(
            last <= m.first <= last + 2 and m.slot in ("of", "by", "from") for m in self.sentence.mentions
        )
        if trigger.object and word.form == "noun" and verb is None and not self._noun_fits(trigger, last, region):
            return None
        if explicit and self.after and trigger.kind == "position" and word.form == "noun" and not self._held(first, last):
            explicit = False
        if (
            trigger.type == "RELATIONS"
            and governor is not None
            and governor.link == "infinitive"
            and governor.form == "base"
            and not self.after
        ):
            return None  # "to discuss relations with": an aim, not how they are
        if "light" in trigger.needs and verb is None and not lit and not explicit:
            return None
        if verb is None and trigger.kind == "position" and self.sentence.key(last - 1) == "to" and self._opens_infinitive(last):
            return None  # "the opposition to end the war"
        if "be" in trigger.needs and (governor is None or governor.form != "be"):
            return None
        if "present" in trigger.needs and (verb is None or verb.form not in ("present", "base")):
            return None
        if "past" in trigger.needs and (verb is None or verb.form in ("present", "base")):
            return None
        if "return" in trigger.needs and (verb is None or verb.form != "ing"):
            return None
        if verb is None and word.form != "phrase" and self._inside(first) and not self._told(trigger, first, region):
            return None
        source = self._fill(trigger.source or _SOURCE, trigger, first, last, verb, region, governor if lit else None, [])
        target = (
            []
            if trigger.target == ["none"]
            else self._fill(trigger.target or _TARGET, trigger, first, last, verb, region, governor, source)
        )
        acting = {c for m in source for c in m.codes} if verb is not None and trigger.issue else set()
        own = all((m.role == "pronoun" and m.value == "owner") or (acting and any(m.codes) and acting.issuperset(m.codes)) for m in target)
        if source and own and trigger.target != ["none"] and not {"target", "two"}.isdisjoint(trigger.needs):
            together = trigger.both and len({c for m in source for c in m.codes}) >= 2
            further = [] if together else self.places.at("any", trigger, first, last, verb, region, governor, source)
            if not further and verb is not None and verb.report and trigger.type == "THREATEN" and not together:
                content = next((v for v in self.clauses.verbs if v.left >= last), None)
                beyond = (last, self.clauses.clause_end(content)) if content is not None else region
                further = self.places.at("any", trigger, first, last, verb, beyond, governor, source)
            target = further or target
        if trigger.both and trigger.kind == "tie" and not source and governor is not None and governor.index < first:
            source = [m for m in self.clauses.subject(governor) if m not in target]  # "seeks good relations with"
        if source and verb is None and word.form == "noun" and trigger.kind == "event" and not infinitive:
            source, target = self._turn_masdar(trigger, first, last, region, governor, lit, source, target)
        if infinitive and governor is not None and not trigger.both and (agents := self.clauses.subject(governor)):
            # "قام بزيارة", "لقمع": who acts is the verb's subject, and what follows the noun is acted upon.
            behind = [m for m in self.places.owner(first, last) if m not in agents]
            if behind and not any(m.codes or m.role in ("reference", "pronoun") for m in behind):
                behind = self.places.at("any", trigger, first, last, verb, region, governor, agents) or behind
            source, target = agents, behind or [m for m in target if m not in agents]
        ours = verb is not None and verb.ours
        if trigger.type == "ALIGNMENT" and verb is None and word.form == "noun" and not self.after:
            aside = [m for m in target if m.role == "modifier" and m.slot]  # "a supporter of Peruvian membership"
            if aside:
                return None
        if not ours and self._lacks(trigger, source, target):
            return None
        draft = Draft(trigger, first, last, verb, source, target, end=max(last, thing[1]), carrier=governor if lit else None)
        draft.dyad = "dyad" in (*trigger.source, *trigger.target)
        draft.speaker = ours or "speaker" in trigger.source
        draft.unsaid = verb is None and governor is not None and governor.passive and lit and not source and bool(target) and not self.after
        if (
            verb is not None
            and verb.passive
            and not trigger.theme
            and trigger.source
            and trigger.source[0] == "subject"
            and "subject" not in trigger.target
        ):
            self._turn_passive(draft, verb, thing)
        if trigger.issue:
            draft.issue = self._issue(draft, region)
        if thing[0] > last and verb is not None:
            self._told_thing = thing[0]
        if thing != (0, 0) and thing[0] < first and verb is not None and verb.passive and verb.link == "main":
            draft.opens = thing[0]
        if thing != (0, 0):
            self._consumed.update(range(min(thing[0], last), thing[1]))
        return draft

    def _turn_masdar(
        self,
        trigger: Trigger,
        first: int,
        last: int,
        region: tuple[int, int],
        governor: Verb | None,
        lit: bool,
        source: list[Mention],
        target: list[Mention],
    ) -> tuple[list[Mention], list[Mention]]:
        """Who acts and who is acted upon, where a verbal noun is in construct with what it acts on: "نفت مصر قصف درنة".

        Where both are told, the one in construct acts, and a preposition opens the other: "قصف مصر لدرنة".
        """
        owner = self.places.owner(first, last) if self.after and "object" in trigger.target and not trigger.both else []
        construct = owner and source == owner and owner[0].first >= last and "article" not in self.sentence.taken_off(first)
        if not construct or owner[0].role == "modifier" or (trigger.type == "CONSULT" and owner[0].person):
            return source, target
        if any(m.slot in ("to", "on", "against", "toward") for m in target):
            return source, target
        acting = self.places.at("by", trigger, first, last, None, region, governor)
        if not acting and governor is not None and governor.index < first:
            denied = any(w.trigger.id == "deny" for w in governor.words)
            if lit or denied or not (governor.words or governor.report):
                acting = self.clauses.subject(governor)
        acting = [m for m in acting if m not in owner]
        return (acting, owner) if acting else (source, target)

    def _opens_infinitive(self, index: int) -> bool:
        return any(v.index == index and v.form == "base" for v in self.clauses.verbs)

    def _told(self, trigger: Trigger, first: int, region: tuple[int, int]) -> bool:
        """Whether a noun inside another statement's issue says who it is about ("relations between X and Y"), and so stands by itself."""
        if "dyad" in trigger.source:
            return bool(self.places.at("between", trigger, first, region[0], None, region, None))
        return bool(self.places.owner(first) or self.places.at("by", trigger, first, region[0], None, region, None))

    def _lacks(self, trigger: Trigger, source: list[Mention], target: list[Mention]) -> bool:
        """Whether what the trigger needs is not even mentioned, so that another meaning of the word is tried."""
        needs, places = trigger.needs, (*trigger.source, *trigger.target)
        if "military" in needs and not any(m.sector in ("MIL", "REB") for m in source):
            return True
        if "official" in needs and not any(m.person or m.sector in ("GOV", "MIL") for m in source):
            return True
        if self.titled and target:
            return False
        return "source" in needs and not source and not {"dyad", "speaker"} & set(places)

    def _prefixed(self, first: int) -> bool:
        """Whether a verbal noun stands for a verb: "لقمع", "بقمع", but not "بالقمع"."""
        taken = self.sentence.taken_off(first)
        hangs = any(m.last == first for m in self.sentence.mentions) or any(v.end == first for v in self.clauses.verbs)
        return hangs and "article" not in taken and bool({"to", "in"} & set(taken))

    def _turn_passive(self, draft: Draft, verb: Verb, thing: tuple[int, int]) -> None:
        """In the passive the subject is acted upon, and who acts stands behind "by"."""
        subject = self.clauses.subject(verb)
        region = self.places.region(draft.first, draft.last, verb)
        by = self.places.slot("by", region, draft.last)
        if not by and "from" in draft.trigger.source:
            by = self.places.slot("from", region, draft.last)  # "was expelled from Malaysia"
        if not by and draft.trigger.type == "ASSAULT":
            by = [m for m in self._attackers(region) if m not in subject]
        if thing[1] and "from" not in draft.trigger.source and any(m.first <= thing[0] < m.last for m in subject):
            # "The Embassy was closed": what is acted on is the thing; its owner acts, or nobody is told.
            draft.source = by or [m for m in subject if any(m.codes)]
            draft.target = [m for m in draft.target if m not in subject]
            return
        draft.source = by
        draft.target = [m for m in subject if m not in by] or draft.target
        if draft.trigger.both:
            draft.source, draft.target = by + [m for m in subject if m not in by], [m for m in draft.target if m not in subject]

    def _attackers(self, region: tuple[int, int]) -> list[Mention]:
        """Whose attack it was that somebody was hurt in: "were killed in a Russian air strike", "in clashes with Pakistani troops"."""
        for index, match in sorted(self.sentence.triggers.items()):
            if region[0] <= index < region[1] and any(m.form == "noun" and m.trigger.type == "ASSAULT" for m in match.meanings):
                behind = (match.end, region[1])
                return self.places.owner(index) or self.places.slot("by", behind, match.end) or self.places.slot("with", behind, match.end)
        return []

    def _inside(self, index: int) -> bool:
        return any(a <= index < b for a, b in self._issues)

    def _thing(self, trigger: Trigger, first: int, last: int, verb: Verb | None, region: tuple[int, int]) -> tuple[int, int]:
        """Tokens of the first of the trigger's things in what it acts on: behind it, or before it in the passive."""
        ranges = [range(first + 1, min(region[1], last + 14))]
        hangs = verb is not None and (verb.link == "relative" or self._hangs(verb))
        opened = self.after and verb is not None and self.clauses.opened(verb)
        if verb is not None and (verb.passive or hangs or (self.after and not opened) or trigger.type == "TRANSPORT"):
            before = [v for v in self.clauses.verbs if v.index < verb.index and v.link not in ("relative", "reduced")]
            floor = before[-1].end if before and not hangs else 0
            ranges.insert(0 if verb.passive else 1, range(verb.left - 1, max(floor, verb.left - 12) - 1, -1))
        things = self.lexicon.things[trigger.id]
        again = verb is not None and not self.after and self.sentence.joint(last, "pronoun") in ("thing", "many")
        if again and self._told_thing is not None and things.match(self.sentence.tokens, self._told_thing) is not None:
            return last, last + 1  # "closed its embassy but reopened it"
        for stretch in ranges:
            for index in stretch:
                match = things.match(self.sentence.tokens, index)
                if match is not None:
                    return index, match.end
        return 0, 0

    def _hangs(self, verb: Verb) -> bool:
        """Whether the verb's clause hangs on what it acts on: "the pact that Tripoli signed"."""
        subject = [m.first for m in self.clauses.subject(verb) if m.last <= verb.left]
        return bool(subject) and not self.after and self.sentence.is_joint(min(subject) - 1, "relative")

    def _object_fits(self, trigger: Trigger, verb: Verb, region: tuple[int, int]) -> bool:
        """Whether what the verb acts on is of a kind that the trigger names."""
        wanted = set(trigger.object)
        group = self.clauses.subject(verb) if verb.passive else self.places.object(verb, region)
        if not group:
            return ("issue" in wanted and not verb.passive) or "none" in wanted
        kinds: set[str] = set()
        for mention in group:
            kinds |= self._kinds(mention)
        return bool(kinds & wanted)

    def _held(self, first: int, last: int) -> bool:
        """Whether who stands behind a noun holds the stand, since what it is about follows: "دعم مصر لليبيا", not "دعم ليبيا"."""
        owner = self.places.owner(first, last)
        at = max((m.last for m in owner), default=last)
        return (
            not owner
            or owner[0].first < last
            or owner[0].role == "modifier"
            or bool(set(self.sentence.taken_off(at)) - {"article", "conjunction"})
            or self.sentence.joint(at, "slot") is not None
        )

    def _noun_fits(self, trigger: Trigger, last: int, region: tuple[int, int]) -> bool:
        """Whether what a verbal noun acts on, behind "to", is of a kind that the trigger names."""
        if not self.after or "to" not in trigger.target:
            return True
        kinds = {k for m in self.places.slot("to", region, last) for k in self._kinds(m)}
        return bool(kinds & set(trigger.object))

    def _kinds(self, mention: Mention) -> set[str]:
        if mention.role == "pronoun":
            return {"person"} if mention.value == "person" else {"state", "person", "group"}
        if mention.role in ("reference",):
            return {"state"}
        if mention.role == "modifier":
            return {"issue", "citizen"}  # "Iraqi cadets", "Turkish waters"
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
            if trigger.both and place in ("in", "to") and len({c for m in [*taken, *out] for c in m.codes}) > 1:
                continue  # who met whom is told: where they met is but a place
            found = [
                m
                for m in self.places.at(place, trigger, first, last, verb, region, governor, [*taken, *out])
                if m not in taken and m not in out
            ]
            if taken:
                found = [m for m in found if m.value != "dropped"]  # who is not named is not acted upon
            vague = all(
                m.value == "dropped" or (m.role in ("name", "noun") and not m.codes) or (taken and m.value == "owner" and not m.codes)
                for m in found
            )
            known = {c for m in taken for c in m.codes if c}
            here = {c for m in found for c in m.codes}
            at_home = place == "in" and bool(here) and here <= known  # "protested at home against"
            if found and (vague or at_home) and place != places[-1]:
                spare = spare or found  # nobody known: look further, fall back on it
                continue
            if found and verb is None and taken and not trigger.both and not self.after and place in SLOTS:
                return self._nearest(places, trigger, last, region, [*taken, *out]) or found
            out += found
            if found and not (trigger.both and place in ("subject", "owner", "between", "with", "by", "object", "of", "to", "clause")):
                break
        return out or spare

    def _nearest(self, places: Sequence[str], trigger: Trigger, last: int, region: tuple[int, int], taken: list[Mention]) -> list[Mention]:
        """Of the groups that a noun's prepositions govern, the one that stands nearest behind it."""
        groups = [[m for m in self.places.slot(p, region, last) if m not in taken] for p in places if p in SLOTS]
        known = [g for g in groups if g and not all(m.role in ("name", "noun") and not m.codes for m in g)]
        return min(known, key=lambda g: g[0].first, default=[])

    def _issue(self, draft: Draft, region: tuple[int, int]) -> tuple[int, int]:
        """The tokens of what the statement is about: behind the trigger and its addressee, to the end of the clause."""
        start = draft.last
        if draft.verb is not None and not draft.verb.passive:
            addressee = [
                m
                for m in draft.target
                if m.first >= draft.last and m.first - draft.last <= 6 and m.role not in ("owner", "modifier") and m.value != "owner"
            ]
            acts = any(addressee and draft.last <= v.index < addressee[0].first for v in self.clauses.verbs)  # "threatened to attack X"
            if addressee and not acts and draft.trigger.type in ("REQUEST", "ACCUSE", "THREATEN"):
                start = max(m.last for m in addressee)
            subject = [m for m in self.clauses.subject(draft.verb) if m.first >= draft.verb.end]
            start = max([start, *(m.last for m in subject)])
        if draft.verb is not None and draft.verb.passive:
            start = max([start, *(m.last for m in draft.source if m.slot == "by" and m.first >= start)])
        end = region[1]
        while start < end and (
            not self.sentence.tokens[start].word
            or self.sentence.is_joint(start, "slot", "relative", "subordinator")
            or self.sentence.key(start) == "to"
            or (start in self.sentence.dated and not self.after)
        ):
            start += 1
        while end > start and (
            not self.sentence.tokens[end - 1].word or self.sentence.is_joint(end - 1, "conjunction", "relative", "subordinator")
        ):
            end -= 1
        return (start, end) if end > start else (0, 0)
