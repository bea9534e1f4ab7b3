"""What a trigger acts on: the thing that it asks for, and the kinds of what stands as its object."""

from __future__ import annotations

from dragoman.coding.draft import Site
from dragoman.coding.lexicon import Lexicon
from dragoman.coding.places import Places
from dragoman.coding.sentence import Mention
from dragoman.coding.verbs import Verb
from dragoman.languages.schema import Trigger

_FACTIONS = {"REB", "OPP", "PTY", "MED"}
"""Sectors of a side within a state."""


class Objects:
    """Finds what the triggers of one sentence act on.

    told: the token where the last thing that a verb acts on begins, for "reopened it".
    """

    def __init__(self, places: Places, lexicon: Lexicon) -> None:
        self.places, self.clauses, self.sentence = places, places.clauses, places.sentence
        self.after = places.after
        self.things = lexicon.things
        self.told: int | None = None

    def thing(self, site: Site) -> tuple[int, int]:
        """Tokens of the first of the trigger's things in what it acts on: behind it, or before it in the passive."""
        first, last, verb, region = site.first, site.last, site.verb, site.region
        ranges = [range(first + 1, min(region[1], last + 14))]
        hangs = verb is not None and (verb.link == "relative" or self._hangs(verb))
        opened = self.after and verb is not None and self.clauses.opened(verb)
        if verb is not None and (verb.passive or hangs or (self.after and not opened) or site.trigger.type == "TRANSPORT"):
            before = [v for v in self.clauses.verbs if v.index < verb.index and v.link not in ("relative", "reduced")]
            floor = before[-1].end if before and not hangs else 0
            ranges.insert(0 if verb.passive else 1, range(verb.left - 1, max(floor, verb.left - 12) - 1, -1))
        things = self.things[site.trigger.id]
        again = verb is not None and not self.after and self.sentence.joint(last, "pronoun") in ("thing", "many")
        if again and self.told is not None and things.match(self.sentence.tokens, self.told) is not None:
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

    def fit(self, trigger: Trigger, verb: Verb, region: tuple[int, int]) -> bool:
        """Whether what the verb acts on is of a kind that the trigger names."""
        wanted = set(trigger.object)
        group = self.clauses.subject(verb) if verb.passive else self.places.object(verb, region)
        if not group:
            return ("issue" in wanted and not verb.passive) or "none" in wanted
        kinds: set[str] = set()
        for mention in group:
            kinds |= self._kinds(mention)
        return bool(kinds & wanted)

    def fit_noun(self, trigger: Trigger, last: int, region: tuple[int, int]) -> bool:
        """Whether what a verbal noun acts on, behind "to", is of a kind that the trigger names."""
        if not self.after or "to" not in trigger.target:
            return True
        kinds = {k for m in self.places.slot("to", region, last) for k in self._kinds(m)}
        return bool(kinds & set(trigger.object))

    def held(self, first: int, last: int) -> bool:
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
