"""From a trigger to a draft of a statement: which meaning of the word holds, who does it and to whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from dragoman.coding.agents import Agents
from dragoman.coding.clauses import Clauses
from dragoman.coding.draft import Draft, Site
from dragoman.coding.lexicon import Lexicon, Match, TriggerWord
from dragoman.coding.objects import Objects
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


class Roles:
    """Finds the drafts of one sentence."""

    def __init__(self, clauses: Clauses, lexicon: Lexicon, titled: bool = False) -> None:
        """titled: the text's title names two states, so that one of them may stand where a side is not named."""
        self.clauses, self.sentence = clauses, clauses.sentence
        self.after = lexicon.language.grammar.modifiers == "after"
        self.titled = titled and self.after
        self.places = Places(clauses)
        self.objects, self.agents = Objects(self.places, lexicon), Agents(self.places)
        self._consumed: set[int] = set()
        self._issues: list[tuple[int, int]] = []
        self._wished: set[int] = set()

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
            whole = draft is not None and not self._lacks(draft.trigger, draft.source, draft.target)
            if draft is not None and whole and (self.after or draft.target or draft.dyad or "target" not in draft.trigger.needs):
                return draft
            spare = spare or draft
        return spare

    def _draft(self, word: TriggerWord, first: int, last: int, verb: Verb | None) -> Draft | None:
        trigger = word.trigger
        region = self.places.region(first, last, verb, trigger)
        thing = (0, 0)
        if trigger.things:
            thing = self.objects.thing(Site(trigger, first, last, verb, region))
            if thing == (0, 0):
                return None
        if trigger.object and verb is not None and not self.objects.fit(trigger, verb, region):
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
        if trigger.object and word.form == "noun" and verb is None and not self.objects.fit_noun(trigger, last, region):
            return None
        if explicit and self.after and trigger.kind == "position" and word.form == "noun" and not self.objects.held(first, last):
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
        site, alone = Site(trigger, first, last, verb, region, governor), Site(trigger, first, last, verb, region)
        if verb is None and word.form != "phrase" and self._inside(first) and not self._told(alone):
            return None
        source = self._fill(trigger.source or _SOURCE, site if lit else alone, [])
        target = [] if trigger.target == ["none"] else self._fill(trigger.target or _TARGET, site, source)
        acting = {c for m in source for c in m.codes} if verb is not None and trigger.issue else set()
        own = all((m.role == "pronoun" and m.value == "owner") or (acting and any(m.codes) and acting.issuperset(m.codes)) for m in target)
        if source and own and trigger.target != ["none"] and not {"target", "two"}.isdisjoint(trigger.needs):
            together = trigger.both and len({c for m in source for c in m.codes}) >= 2
            further = [] if together else self.places.at("any", site, source)
            if not further and verb is not None and verb.report and trigger.type == "THREATEN" and not together:
                content = next((v for v in self.clauses.verbs if v.left >= last), None)
                beyond = (last, self.clauses.clause_end(content)) if content is not None else region
                further = self.places.at("any", Site(trigger, first, last, verb, beyond, governor), source)
            target = further or target
        if trigger.both and trigger.kind == "tie" and not source and governor is not None and governor.index < first:
            source = [m for m in self.clauses.subject(governor) if m not in target]  # "seeks good relations with"
        if source and verb is None and word.form == "noun" and trigger.kind == "event" and not infinitive:
            source, target = self.agents.turn_masdar(site, lit, source, target)
        if infinitive and governor is not None and not trigger.both and (agents := self.agents.of(governor)):
            # "قام بزيارة", "لقمع": who acts is the verb's subject, and what follows the noun is acted upon.
            behind = [m for m in self.places.owner(first, last) if m not in agents]
            if behind and not any(m.codes or m.role in ("reference", "pronoun") for m in behind):
                behind = self.places.at("any", site, agents) or behind
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
        thing_behind = self.sentence.is_joint(last, "determiner") and not target
        draft.hits = trigger.type == "ASSAULT" and verb is not None and not verb.passive and thing_behind and not self.after
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
            self.agents.turn_passive(draft, verb, thing)
        if trigger.issue:
            draft.issue = self._issue(draft, region)
        if thing[0] > last and verb is not None:
            self.objects.told = thing[0]
        if thing != (0, 0) and thing[0] < first and verb is not None and verb.passive and verb.link == "main":
            draft.opens = thing[0]
        if thing != (0, 0):
            self._consumed.update(range(min(thing[0], last), thing[1]))
        return draft

    def _opens_infinitive(self, index: int) -> bool:
        return any(v.index == index and v.form == "base" for v in self.clauses.verbs)

    def _told(self, site: Site) -> bool:
        """Whether a noun inside another statement's issue says who it is about ("relations between X and Y"), and so stands by itself."""
        if "dyad" in site.trigger.source:
            return bool(self.places.at("between", site))
        return bool(self.places.owner(site.first) or self.places.at("by", site))

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

    def _inside(self, index: int) -> bool:
        return any(a <= index < b for a, b in self._issues)

    def _fill(self, places: Sequence[str], site: Site, taken: list[Mention]) -> list[Mention]:
        """The mentions of the first place that has any; all places where both sides stand together."""
        both = site.trigger.both
        out: list[Mention] = []
        spare: list[Mention] = []
        for place in places:
            if both and place in ("in", "to") and len({c for m in [*taken, *out] for c in m.codes}) > 1:
                continue  # who met whom is told: where they met is but a place
            found = [m for m in self.places.at(place, site, [*taken, *out]) if m not in taken and m not in out]
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
            if found and site.verb is None and taken and not both and not self.after and place in SLOTS:
                return self._nearest(places, site, [*taken, *out]) or found
            out += found
            if found and not (both and place in ("subject", "owner", "between", "with", "by", "object", "of", "to", "clause")):
                break
        return out or spare

    def _nearest(self, places: Sequence[str], site: Site, taken: list[Mention]) -> list[Mention]:
        """Of the groups that a noun's prepositions govern, the one that stands nearest behind it."""
        groups = [[m for m in self.places.slot(p, site.region, site.last) if m not in taken] for p in places if p in SLOTS]
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
