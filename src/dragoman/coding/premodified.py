"""Names where what tells the state stands before: "Syrian President Hafez al-Assad", "Syria's army", "Turkish and Syrian troops"."""

from __future__ import annotations

from dragoman.coding.lexicon import ActorWord
from dragoman.coding.reader import Reader
from dragoman.coding.sentence import Mention

_NAME_LINKS = {"al", "el", "bin", "ibn", "abu", "abd", "ul", "ur", "von", "van", "der", "de", "da", "del", "di", "la", "le", "-", "'", "."}


_MOVING = {"recall", "withdraw", "expel people"}
"""Triggers of verbs that take somebody away from where he is."""

_NEAR = 8
"""Tokens behind such a verb within which "from" tells where that is."""


class PremodifiedReader(Reader):
    """Reads names whose modifiers stand before their head."""

    particles = frozenset({"al"})

    def _read_name(self, index: int) -> int:
        if self.sentence.is_joint(index - 1, "undertaking") and self.tokens[index - 1].capital:
            return self.end(index)  # "Operation Gibraltar" names no state
        word = self.word(index, "person", "body", "group")
        if word is not None:
            return self._read_named(index, word)
        reference = self.names[index].meanings[0]
        if reference.role.endswith("-reference"):
            end = self.end(index)
            opens = self._definite(index) if end - index == 1 else index
            if opens < 0:
                return end
            if self.sentence.joint(end, "slot") == "of":
                codes, at = self._read_of(end)  # "the Kingdom of Thailand"
                return self._add(Mention(index, at, "actor", codes, "", (index, at))) if codes else index + 1
            return self._add(Mention(opens, end, "reference", value=reference.role.removesuffix("-reference"), name=(index, end)))
        if self.word(index, "title", "noun", "generic"):
            return self._read_office(index, index, ())
        return self._read_tellers(index)

    def _read_tellers(self, index: int) -> int:
        """One state, or several demonyms that share a head ("US, French and Turkish forces")."""
        tellers = [index]
        at = self.end(index)
        while self._adjectival(index):
            following = self._over_joins(at)
            if following == at or not self._adjectival(following):
                break
            if self.word(following, "state") and not self._adjective(following):
                break
            tellers.append(following)
            at = self.end(following)
        if len(tellers) > 1:
            head = self._over_modifiers(at)
            if self.word(head, "noun", "title", "generic") and not self._verb_at(head):
                return self._read_office(index, head, tuple(self._code(t) for t in tellers))
            if all(self.word(t, "state") is None for t in tellers):
                for teller in tellers:
                    self._add(self._plain(teller))
                return self.end(tellers[-1])
        at = self.end(index)
        owner = self.sentence.is_joint(at, "possessive")
        head = self._over_modifiers(at + owner)
        office = self.word(head, "noun", "title", "generic")
        adjective = self.word(index, "demonym", "state", "capital")
        stands = office and adjective and not self._verb_at(head) and not self._of_another(head, self._code(index))
        if stands and (owner or self._adjoins(index, at, head)):
            return self._read_office(index, head, (self._code(index),))
        mention = self._plain(index)
        if owner:
            mention.role, mention.last = "owner", at + 1
        return self._add(mention)

    def _of_another(self, head: int, code: str) -> bool:
        """Whether the head is of another state, so that it is an act and no body: "Britain's administration of Iraq"."""
        at = self.end(head)
        if self.sentence.joint(at, "slot") != "of":
            return False
        at = self.sentence.joints[at].end
        while self.sentence.is_joint(at, "determiner"):
            at += 1
        other = self.word(at, "state")
        return other is not None and other.code != code

    def _definite(self, index: int) -> int:
        """Where "the" or "this" stands that makes a bare word for a state ("country") point to one, adjectives between; -1 for nowhere."""
        for before in range(index - 1, max(-1, index - 5), -1):
            key = self.sentence.key(before)
            if key in ("the", "this", "that", "these", "those", "both"):
                return before
            if key.endswith("est") or self.sentence.is_joint(before, "slot", "conjunction", "qualifier", "determiner"):
                return -1  # "the first country to", "the largest country"
        return -1

    def _adjectival(self, index: int) -> bool:
        """Whether the word can stand before a head as an adjective: a demonym, or a short name in capitals ("US")."""
        short = self.tokens[index].text.isupper() if index < len(self.tokens) else False
        return self.word(index, "demonym") is not None or (short and self.word(index, "state") is not None)

    def _adjective(self, index: int) -> bool:
        """Whether a word that is both a state and its adjective ("US") stands as an adjective: a head or a join follows."""
        at = self.end(index)
        return self.word(self._over_modifiers(at), "noun", "title") is not None or self.sentence.key(at) in (",", "and")

    def _adjoins(self, index: int, at: int, head: int) -> bool:
        if self.word(index, "demonym") is not None and self.word(index, "state") is None:
            return True
        return head == at or (head - at == 1 and at not in self.sentence.triggers and not self.sentence.is_joint(at, "verb"))

    def _verb_at(self, index: int) -> bool:
        """Whether the word at the index, though a noun for an actor, stands as a verb ("Syria forces ...")."""
        match = self.sentence.joints.get(index)
        return match is not None and any(j.role == "verb" for j in match.meanings) and self.sentence.is_joint(self.end(index), "determiner")

    def _in_trigger(self, head: int) -> bool:
        """Whether the head belongs to words that tell a statement: "an honorary consulate in"."""
        matches = (self.sentence.triggers.get(i) for i in range(max(0, head - 3), self.end(head)))
        return any(m is not None and m.end > head for m in matches)

    def _taken_away(self, head: int) -> bool:
        """Whether a verb before the head moves it from where it is: "recalled its envoys from", "withdrew diplomats from"."""
        return any(
            m.end <= head <= m.end + _NEAR and any(w is not None and w.trigger.id in _MOVING and w.form != "noun" for w in m.meanings)
            for m in self.sentence.triggers.values()
        )

    def _acts(self, index: int) -> bool:
        """Whether the word between two heads is a verb's past form, so that they are two ("gendarmes arrested nationals of")."""
        match = self.sentence.triggers.get(index)
        return (match is not None and any(m.form == "past" for m in match.meanings)) or self.sentence.joint(index, "verb") == "past"

    def _plain(self, index: int) -> Mention:
        word = self.word(index, "state", "demonym", "capital", "place")
        assert word is not None
        end = self.end(index)
        role = {"demonym": "modifier", "place": "place", "capital": "place"}.get(word.role, "actor")
        people = role == "modifier" and self.tokens[end - 1].text.endswith("s") and not self.tokens[end - 1].text.endswith("ss")
        if role == "modifier" and (people or self._stands_alone(end)):
            role = "actor"
        return Mention(index, end, role, (word.code,), "CVL" if people else "", (index, end))

    def _stands_alone(self, end: int) -> bool:
        """Whether no noun can follow: a demonym is then a people ("the Syrians")."""
        if end >= len(self.tokens) or not self.tokens[end].word:
            return self.sentence.key(end) != "-"
        return self.sentence.is_joint(end, "slot", "auxiliary", "relative", "conjunction") or (
            end in self.names and self.word(end, "state") is not None
        )

    def _over_joins(self, index: int) -> int:
        at = index
        while at - index < 3 and at < len(self.tokens) and (self.tokens[at].text in ",-–/" or self.sentence.key(at) in ("and", "or", "&")):
            at += 1
        return at

    def _over_modifiers(self, index: int) -> int:
        """Skip up to three plain words that may stand before a head: no verb, no preposition, no mark but a hyphen."""
        at = index
        while at < len(self.tokens) and at - index < 4 and at not in self.names:
            token = self.tokens[at]
            if token.text in "-–'\"“”‘’" and at + 1 < len(self.tokens):
                at += 1
                continue
            acts = at in self.sentence.triggers and not token.capital and not token.key.endswith(("ing", "ed"))
            if not token.word or acts or self._closed(at):
                return index
            at += 1
        return at

    def _read_office(self, first: int, head: int, codes: tuple[str, ...]) -> int:
        """A head (title, body or people) with what names it: further heads, "of" a state, and a person."""
        word = self.word(head, "noun", "title", "generic")
        assert word is not None
        sector, title, generic = word.sector, self.word(head, "title") is not None, self.word(head, "generic") is not None
        at = self.end(head)
        while True:
            following = self._over_modifiers(at) if at not in self.names else at
            further = self.word(following, "noun", "title") if following - at <= 1 else None
            if further is None or self._verb_at(following) or (following > at and self._acts(at)):
                break
            sector, title = further.sector, title or self.word(following, "title") is not None
            at = self.end(following)
        if not codes:
            codes, at = self._read_of(
                at,
                seat=sector == "GOV" and not self._in_trigger(head),
                forces=sector in ("MIL", "REB") or self._taken_away(head),
            )
        person = self._read_person(at, title)
        name = (first, at)
        if person is not None:
            name, at = person, person[1]
            known = self.word(person[0], "person")
            codes = codes or ((known.code,) if known is not None else ())
            if not codes:
                codes, at = self._read_of(at)
        kind = "actor" if codes else "generic" if (title and person) or generic else "noun"
        mention = Mention(first, at, kind, codes, sector, name, person=person is not None, plural=len(codes) > 1)
        if self.sentence.is_joint(at, "possessive"):
            mention.last = at + 1
            mention.role = "owner" if codes else mention.role
            mention.value = "owner"
        return self._add(mention)

    def _read_of(self, at: int, seat: bool = False, forces: bool = False) -> tuple[tuple[str, ...], int]:
        """The states behind "of" or "from": "of Pakistan", "from Cambodia and Thailand", and where they end.

        seat: a city behind "in" tells as well ("the government in Beijing"). forces: what is "from" a state has left it
        rather than being its own ("withdrew its troops from Chile").
        """
        slot = self.sentence.joint(at, "slot")
        if slot == "in" and seat:
            place = self.sentence.joints[at].end
            city = self.word(place, "capital", "place")
            return ((city.code,), self.end(place)) if city is not None and self.sentence.key(at) == "in" else ((), at)
        if slot not in ("of", "from") or (slot == "from" and forces):
            return (), at
        index = self.sentence.joints[at].end
        while self.sentence.is_joint(index, "determiner"):
            index += 1
        named = self.word(index, "group", "body") if slot == "of" else None
        if named is not None and named.code:
            return (named.code,), self.end(index)  # "operatives of al-Zulfikar"
        codes: list[str] = []
        end = at
        while (word := self.word(index, "state", "capital")) is not None:
            if self.sentence.is_joint(self.end(index), "possessive"):
                break
            codes.append(word.code)
            end = self.end(index)
            joined = self._over_joins(end)
            if joined == end or (self.sentence.joint(at, "slot") == "of" and self.sentence.key(end) == ","):
                break
            index = joined
        return tuple(codes), end

    def _read_person(self, at: int, title: bool) -> tuple[int, int] | None:
        """A person's name at the token, or after a comma there, behind a title."""
        if self._known_person(at):
            return at, self.end(at)
        if not title:
            return None
        start = at + 1 if self.sentence.key(at) in (",", ".") else at
        if self.sentence.key(at) == "." and len(self.tokens[at - 1].text) > 5:
            return None
        if start != at and self._known_person(start):
            return start, self.end(start)
        end = self._over_name(start)
        if end - start >= (2 if start != at else 1):
            return start, end
        return None

    def _over_hyphens(self, end: int) -> int:
        """The end of a name that goes on behind a hyphen: "Zia-ul-Haq"."""
        while (
            end + 1 < len(self.tokens)
            and self.tokens[end].text == "-"
            and (self.tokens[end + 1].key in _NAME_LINKS or self.tokens[end + 1].capital)
        ):
            end += 2
        return end

    def _known_person(self, index: int) -> bool:
        """Whether a known name stands there, and not the first half of another's ("Juan Carlos" Varela)."""
        if self.word(index, "person") is None:
            return False
        after = self.end(index)
        longer = after < len(self.tokens) and self.tokens[after].word and self.tokens[after].capital and after not in self.names
        return not longer or self._closed(after)

    def _over_name(self, index: int) -> int:
        """The end of a run of capitalised words that no list knows, initials and name particles within it."""
        at = end = index
        while at < len(self.tokens):
            token = self.tokens[at]
            known = at in self.names and self.word(at, "person", "noun", "place") is None
            if token.word and token.capital and not known and at not in self.sentence.dated and not (at == index and self._closed(at)):
                at = end = at + 1
            elif (at > index and token.key in _NAME_LINKS and (token.text != "." or len(self.tokens[at - 1].text) == 1)) or (
                at == index and token.key in ("al", "el")
            ):
                at += 1
            else:
                break
        return end

    def _read_named(self, index: int, word: ActorWord) -> int:
        end = self._over_hyphens(self.end(index)) if word.role == "person" else self.end(index)
        mention = Mention(index, end, "actor", (word.code,), word.sector, (index, end), person=word.role == "person")
        if word.role == "body" and self.word(end, "noun", "title"):
            at = self.end(end)
            person = self._read_person(at, True)
            mention.last = person[1] if person else at
            mention.name = person or (index, at)
            mention.person = person is not None
        if self.sentence.is_joint(mention.last, "possessive"):
            head = self._over_modifiers(mention.last + 1)
            if word.role in ("body", "person") and (office := self.word(head, "noun", "title")) and not self._verb_at(head):
                # "Assad's forces": the head's sector, the person's state.
                return self._read_office(index, head, (word.code,)) if office else mention.last
            mention.role, mention.last, mention.value = "owner", mention.last + 1, "owner"
        return self._add(mention)

    def _read_unknown(self, index: int) -> int:
        """A run of capitalised words no list knows: perhaps somebody named before, perhaps named by what follows."""
        token = self.tokens[index]
        if not token.word or not (token.capital or token.key in self.particles) or self._closed(index) or index in self.sentence.dated:
            return index + 1
        end = self._over_name(index)
        opens = index == 0 and (self._begins_plainly() or index in self.sentence.triggers)
        if end <= index or (end - index == 1 and opens):
            return index + 1
        mention = Mention(index, end, "name", name=(index, end), person=True)
        follows = end + 1 if self.sentence.key(end) == "," else end
        while follows > end and follows not in self.names and self.sentence.is_joint(follows, "determiner"):
            follows += 1
        if follows > end and end - index >= 2 and follows in self.names:
            before = len(self.mentions)
            self._read_at(follows)
            office = self.mentions[before] if len(self.mentions) > before else None
            if office is not None and office.role == "actor" and office.sector and not office.person:
                mention.codes, mention.sector, mention.role, mention.last = office.codes, office.sector, "actor", office.last
                self.mentions[before:] = [mention]
                return mention.last
            del self.mentions[before:]
        if self.sentence.is_joint(end, "possessive"):
            mention.value, mention.last = "owner", end + 1
        return self._add(mention)

    def _begins_plainly(self) -> bool:
        """Whether the first word of the sentence has its capital from standing there: a plain word or "and" follows."""
        if len(self.tokens) < 2 or not self.tokens[1].word or self.tokens[1].capital:
            return False
        return self.sentence.is_joint(1, "conjunction", "slot") or (1 not in self.sentence.joints and 1 not in self.sentence.triggers)
