"""Who acts where the places of a trigger do not tell it: in a passive, and in a verbal noun that is in construct or told of a verb."""

from __future__ import annotations

from dragoman.coding.draft import Draft, Site
from dragoman.coding.places import Places
from dragoman.coding.sentence import Mention
from dragoman.coding.verbs import Verb


class Agents:
    """Turns the sides of one sentence's drafts to who acts."""

    def __init__(self, places: Places) -> None:
        self.places, self.clauses, self.sentence = places, places.clauses, places.sentence
        self.after = places.after

    def of(self, governor: Verb) -> list[Mention]:
        """Whose act a verbal noun is that hangs on a verb: who acts, but whoever is accused, where it is told of them."""
        if governor.words and all(w.trigger.type == "ACCUSE" for w in governor.words):
            accused = self.places.object(governor, (governor.end, self.clauses.clause_end(governor)))
            if accused:
                return accused  # "اتهمت كييف موسكو بقصف"
        return self.clauses.subject(governor)

    def turn_masdar(self, site: Site, lit: bool, source: list[Mention], target: list[Mention]) -> tuple[list[Mention], list[Mention]]:
        """Who acts and who is acted upon, where a verbal noun is in construct with what it acts on: "نفت مصر قصف درنة".

        Where both are told, the one in construct acts, and a preposition opens the other: "قصف مصر لدرنة".
        """
        trigger, first, last, governor = site.trigger, site.first, site.last, site.governor
        owner = self.places.owner(first, last) if self.after and "object" in trigger.target and not trigger.both else []
        construct = owner and source == owner and owner[0].first >= last and "article" not in self.sentence.taken_off(first)
        if not construct or owner[0].role == "modifier" or (trigger.type == "CONSULT" and owner[0].person):
            return source, target
        if any(m.slot in ("to", "on", "against", "toward") for m in target):
            return source, target
        acting = self.places.at("by", site)
        if not acting and governor is not None and governor.index < first:
            denied = any(w.trigger.id == "deny" for w in governor.words)
            if lit or denied or not (governor.words or governor.report):
                acting = self.clauses.subject(governor)
        acting = [m for m in acting if m not in owner]
        return (acting, owner) if acting else (source, target)

    def turn_passive(self, draft: Draft, verb: Verb, thing: tuple[int, int]) -> None:
        """In the passive the subject is acted upon, and who acts stands behind "by"."""
        subject = self.clauses.subject(verb)
        region = self.places.region(draft.first, draft.last, verb)
        by = self.places.slot("by", region, draft.last)
        if not by and "from" in draft.trigger.source:
            by = self.places.slot("from", region, draft.last)  # "was expelled from Malaysia"
        if not by and draft.trigger.type == "ASSAULT":
            by = [m for m in self._attackers(region) if m not in subject]
        freed = draft.trigger.type == "CONCEDE" and not self.after  # prisoners who were handed over did not do it
        if thing[1] and "from" not in draft.trigger.source and not freed and any(m.first <= thing[0] < m.last for m in subject):
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
