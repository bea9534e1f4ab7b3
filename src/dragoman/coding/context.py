"""What a document has said so far: who is who, which states are meant by "the country", "both sides" and "he"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from dragoman.coding.lexicon import Lexicon
from dragoman.coding.mentions import add_known, name_key
from dragoman.coding.sentence import Mention, Sentence
from dragoman.statement import Actor


class Context:
    """Memory of one document, sentence by sentence.

    dyad: the two states that the document is about, most named first (one or none when it names fewer). titled: whether its title
    names them.
    """

    def __init__(self, lexicon: Lexicon, sentences: Sequence[Sentence], about: Iterable[str] = ()) -> None:
        self._surnames = lexicon.surnames
        self._meant = {letters: role for role, written in lexicon.language.grammar.suffixes.items() for letters in written}
        self._cased = lexicon.language.grammar.modifiers == "before"
        counts: Counter[str] = Counter()
        for place, sentence in enumerate(sentences):
            for mention in sentence.mentions:
                for code in mention.codes:
                    if code:
                        counts[code] += 3 if place < 2 else 1
        named = tuple(dict.fromkeys(about))
        for code in named:
            counts[code] += 1000
        self._titled = self.titled = len(named) == 2
        self.dyad = tuple(code for code, _ in counts.most_common(2))
        self._persons: dict[str, tuple[str, str]] = {}
        self._last_person: list[Actor] = []
        self._last_many: list[Actor] = []
        self._last_thing: list[Actor] = []
        self._recent: list[Actor] = []
        self._bodies: dict[str, tuple[str, ...]] = {}
        self.subject: list[Actor] = []
        self.speaker: list[Actor] = []

    def remember(self, sentence: Sentence) -> None:
        """Learn who is who from a sentence, before it is coded: names stand beside their titles."""
        for mention in sentence.mentions:
            if mention.person and mention.codes and mention.role in ("actor", "owner"):
                for key in _name_keys(sentence, mention):
                    self._persons.setdefault(key, (mention.codes[0], mention.sector))
        if not self._cased:
            add_known(sentence, self._persons)

    def resolve(self, sentence: Sentence, mention: Mention, text: str, own: Sequence[Actor] = ()) -> list[Actor]:
        """The actors that a mention names. own: who acts in this clause, for "its" and "the country". [] when nothing tells."""
        first, last = mention.name if mention.name[1] > mention.name[0] else (mention.first, mention.last)
        start, end = sentence.tokens[first].start, sentence.tokens[last - 1].end
        if "conjunction" in sentence.taken_off(first):
            start += 1  # "and" is no part of a name that it is written on to
        name = text[start:end]
        if mention.role == "pronoun":
            return self._pronoun(mention.value, own, sentence, mention, text)
        if mention.role == "reference":
            return self._reference(mention.value, own, name, start, end, self._pair(sentence, mention))
        if mention.codes:
            return [Actor(code, mention.sector, name, start, end) for code in mention.codes]
        if mention.person:
            known = next((self._persons[key] for key in _name_keys(sentence, mention) if key in self._persons), None)
            if known is not None:
                return [Actor(known[0], known[1] or mention.sector, name, start, end)]
            if mention.role == "name" and last - first < 2:
                return []
            known = self._surnames.get(sentence.tokens[last - 1].key)
            if known is not None and known[0]:
                return [Actor(known[0], mention.sector or "CVL", name, start, end)]
            if mention.role == "name":
                return []
        if mention.role in ("generic", "noun"):
            codes = self._body_codes(sentence, mention, own, text)
            return [Actor(code, mention.sector, name, start, end) for code in codes]
        return []

    def _body_codes(self, sentence: Sentence, mention: Mention, own: Sequence[Actor], text: str) -> tuple[str, ...]:
        """The states of a body named alone, several when its word named those of several before ("the foreign forces")."""
        known = next((self._bodies[k] for k in reversed(_head_keys(sentence, mention)) if k in self._bodies), ())
        code = self._body_code(sentence, mention, own, text, known)
        return known if len(known) > 1 and code == known[0] else (code,) if code else ()

    def _body_code(self, sentence: Sentence, mention: Mention, own: Sequence[Actor], text: str, known: tuple[str, ...]) -> str:
        """The state of a body named alone: "its" owner's, that of the same word before, or (for a generic one) the nearest."""
        before = next(
            (m for m in sentence.mentions if m.role == "pronoun" and m.value == "owner" and 0 <= mention.first - m.last <= 2), None
        )
        if before is not None:
            owner = self._pronoun("owner", own, sentence, before, text)
            return owner[0].code if owner else ""
        if (meant := self._meant.get(_suffix(sentence, mention))) in ("thing", "any"):
            return self._owner_code(sentence, mention, own, meant)
        definite = any(sentence.is_joint(mention.first - n, "determiner") for n in (1, 2)) or _has_article(sentence, mention.first)
        if known and (definite or mention.role == "generic"):
            return known[0]
        if mention.role == "generic" and self._cased and mention.sector in ("REB", "OPP"):
            return ""  # "the rebels" of nobody named before: of which state, no state beside them tells
        if mention.role == "generic":
            acting = [a.code for a in own if a.code]
            if self._cased and len(acting) == 1 and acting[0] in self.dyad and mention.slot in ("between", "against", "with"):
                others = [c for c in self.dyad if c != acting[0]]
                return others[0] if others else ""  # "Norway mediated between the government and": not its own
            return acting[0] if len(acting) == 1 else self._nearest_code(sentence, mention)
        if mention.sector == "GOV" and mention.slot in ("", "with"):
            mine = {a.code for a in own}
            for other in reversed(sentence.mentions):
                if (
                    other.last <= mention.first
                    and other.codes
                    and other.role in ("actor", "place")
                    and not other.sector
                    and other.codes[0] not in mine
                ):
                    return other.codes[0]
        return ""

    def _owner_code(self, sentence: Sentence, mention: Mention, own: Sequence[Actor], meant: str) -> str:
        """The state of a body with a pronoun written on to it ("سفنها"): that of who acts, else of the nearest before that it can mean."""
        mine = [a.code for a in own if a.code]
        if mine:
            return mine[0] if len(set(mine)) == 1 else ""
        for other in reversed(sentence.mentions):
            fits = other.role in ("actor", "place") and not other.slot and (meant == "any" or not other.person)
            if other.last <= mention.first and fits and other.codes and not other.plural:
                return other.codes[0]
        return next((a.code for a in self.subject if a.code), "")

    def _pronoun(self, value: str, own: Sequence[Actor], sentence: Sentence, mention: Mention, text: str) -> list[Actor]:
        if value == "owner":
            if sentence.key(mention.first) == "their":
                near = [m for m in sentence.mentions if m.last <= mention.first and m.role in ("actor", "place")]
                return self.resolve(sentence, near[-1], text) if near and text else list(own or self.subject)
            return list(own) or self._local("thing", sentence, mention, text, ()) or list(self.subject)
        if value == "dropped":
            return list(self.subject)
        if value == "first":
            return list(self.speaker or self.subject)
        if value == "many" and own:
            return self._others(sentence, mention, text, own)
        if value == "many":
            return self._many(sentence, mention, text)
        local = self._local(value, sentence, mention, text, own)
        if local:
            return local
        mine = {a.code for a in own}
        remembered = self._last_person if value in ("person", "any") else self._last_thing or self.subject
        return [a for a in remembered if a.code not in mine]

    def _many(self, sentence: Sentence, pronoun: Mention, text: str) -> list[Actor]:
        """Whom "they" and "both" mean: the last two different actors of the sentence, else the last list, else the dyad."""
        found: list[Actor] = []
        for mention in reversed(sentence.mentions):
            if (
                mention.last <= pronoun.first
                and (mention.codes or (mention.role == "pronoun" and mention.value == "person"))
                and mention.role != "modifier"
            ):
                for actor in self.resolve(sentence, mention, text):
                    if actor.code and actor.code not in {a.code for a in found}:
                        found.insert(0, actor)
            if len(found) == 2:
                return found
        return list(self._last_many) or found

    def _others(self, sentence: Sentence, pronoun: Mention, text: str, own: Sequence[Actor]) -> list[Actor]:
        """Whom "them" means beside those who act: the nearest of the sentence, a list as a whole, else the last list."""
        mine = {a.code for a in own}
        for mention in reversed(sentence.mentions):
            if mention.last <= pronoun.first and mention.role in ("actor", "place") and not mine & set(mention.codes):
                together = [m for m in sentence.mentions if m.group == mention.group and m.last <= pronoun.first]
                return [a for m in together for a in self.resolve(sentence, m, text)]
        return [a for a in self._last_many if a.code not in mine]

    def _local(self, value: str, sentence: Sentence, pronoun: Mention, text: str, own: Sequence[Actor]) -> list[Actor]:
        """What the pronoun points to earlier in the sentence: as a subject, the first ungoverned mention of its kind;
        as an object (`own` acts), the nearest that is somebody else.
        """
        mine = {a.code for a in own}
        before = [m for m in sentence.mentions if m.last <= pronoun.first and m.role in ("actor", "place", "owner")]
        if own and self._cased:  # what stands at a place or time is less likely meant
            before.sort(key=lambda m: m.slot not in ("in", "time", "on"))
        for mention in reversed(before) if own else before:
            if (mention.slot and not own) or mine & set(mention.codes):
                continue
            if value == "any" or (mention.person if value == "person" else not mention.person and not mention.plural):
                return self.resolve(sentence, mention, text)
        return []

    def _pair(self, sentence: Sentence, reference: Mention) -> tuple[str, ...]:
        """The two states that "both" means: those the text is about when its title says so, else the last two of the sentence."""
        if self._titled:
            return self.dyad
        codes = [c for m in sentence.mentions if m.last <= reference.first and m.role != "modifier" for c in m.codes if c]
        local = tuple(dict.fromkeys(reversed(codes)))[:2]
        return local[::-1] if len(local) == 2 else self.dyad

    def _reference(self, value: str, own: Sequence[Actor], name: str, start: int, end: int, pair: tuple[str, ...]) -> list[Actor]:
        mine = {a.code for a in own}
        if value == "state" and own and name.endswith(tuple(self._meant)) and self._meant:
            return [Actor(own[0].code, "", name, start, end)] if own[0].code else []  # "بلاده"
        if value == "state":
            for actor in reversed(self._recent):
                if actor.code and actor.code not in mine:
                    return [Actor(actor.code, "", name, start, end)]
            return []
        if value == "other":  # "his counterpart": of the two that the text is about, the one that does not act
            others = [c for c in pair if c not in mine]
            return [Actor(others[0], "", name, start, end)] if len(others) == 1 else []
        if value == "both":
            if len(pair) < 2 or mine - set(pair):
                return []
            return [Actor(code, "", name, start, end) for code in pair]
        return [Actor(a.code, "", name, start, end) for a in self._last_many if a.code not in mine]

    def _nearest_code(self, sentence: Sentence, mention: Mention) -> str:
        """The state of a body named alone: the nearest before it in the sentence, else who acted last, else the text's first."""
        before = [m for m in reversed(sentence.mentions) if m.last <= mention.first]
        if self._cased and not mention.slot and sentence.is_joint(mention.first - 1, "conjunction"):
            before.sort(key=lambda m: bool(m.slot))  # "Bolivia signed with Peru, and the president ...": whose clause went before
        for other in before:
            if other.codes and other.codes[0] and other.role != "place":
                return other.codes[0]
        for actor in self.subject:
            if actor.code:
                return actor.code
        return self.dyad[0] if self.dyad else ""

    def note(self, sentence: Sentence, text: str, subject: Sequence[Actor]) -> None:
        """Remember a sentence once it is coded. subject: who acted in its first clause."""
        if subject:
            self.subject = list(subject)
            states = [a for a in subject if a.code]
            if len(states) == 1 and not any(
                m.person and m.codes == (states[0].code,) and m.name != (0, 0) for m in sentence.mentions if not m.slot
            ):
                self._last_thing = states
        many: list[Actor] = []
        for mention in sentence.mentions:
            if mention.role in ("pronoun", "reference", "noun") or (not mention.codes and mention.role != "generic"):
                continue
            actors = self.resolve(sentence, mention, text)
            if not actors:
                continue
            self._recent = [*self._recent, *actors][-12:]
            if mention.person:
                self._last_person = actors
            elif not mention.slot and mention.role in ("actor", "place") and not mention.plural:
                self._last_thing = actors
            if mention.codes and mention.person and not self._cased and mention.name[0] > mention.first:
                self._bodies[sentence.tokens[mention.first].key] = mention.codes[:1]  # "الرئيس" alone is whoever bore the title last
            if mention.codes and mention.sector and not mention.person:
                self._bodies.update(dict.fromkeys(_head_keys(sentence, mention), mention.codes))
            if mention.role in ("actor", "place") and (not mention.sector or len(mention.codes) > 1):
                many += [a for a in actors if a.code not in {m.code for m in many}]
        if len(many) >= 2:
            self._last_many = many


def _has_article(sentence: Sentence, index: int) -> bool:
    """Whether the article is written on to the word."""
    return "article" in sentence.tokens[index].readings[0].before


def _suffix(sentence: Sentence, mention: Mention) -> str:
    """The pronoun written on to the first word of a mention that names a body."""
    match = sentence.names.get(mention.first)
    return match.readings[0].after if match is not None and mention.last == match.end else ""


def _head_keys(sentence: Sentence, mention: Mention) -> list[str]:
    """The words that name a body, by which it may be named again ("the delegation")."""
    first, last = mention.name
    return [t.key for t in sentence.tokens[first:last] if t.word and t.key != "'s" and not t.text[:1].isdigit()]


def _name_keys(sentence: Sentence, mention: Mention) -> list[str]:
    """How a person may be named again: the full name, and its last word."""
    first, last = mention.name
    words = [t for t in sentence.tokens[first:last] if t.word and t.key != "'s"]
    if not words:
        return []
    keys = [" ".join(t.key for t in words)]
    if len(words[-1].key) >= 3:
        keys.append(name_key(words[-1].readings[0]))
    return keys
