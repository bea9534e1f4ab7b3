"""Who is named in a sentence: names, demonyms, titles and bodies joined into mentions of actors.

What tells a noun's state stands before it ("Syrian troops", "Syria's army") or after it ("قوات سورية"), as the grammar says;
either way also behind a word for "of". Nothing is resolved here that needs the rest of the document.
"""

from __future__ import annotations

from collections.abc import Container

from dragoman.coding.lexicon import ActorWord, Lexicon
from dragoman.coding.sentence import Mention, Sentence
from dragoman.coding.tokens import Reading

_NAME_LINKS = {"al", "el", "bin", "ibn", "abu", "abd", "ul", "ur", "von", "van", "der", "de", "da", "del", "di", "la", "le", "-", "'", "."}
_TELLS = ("state", "demonym", "capital", "place", "body", "group", "person")


class _Reader:
    """Reads one sentence from left to right; `at` is the next token."""

    def __init__(self, sentence: Sentence, lexicon: Lexicon) -> None:
        self.sentence, self.tokens, self.names = sentence, sentence.tokens, sentence.names
        self.after = lexicon.language.grammar.modifiers == "after"
        self.cased = not self.after
        self.mentions: list[Mention] = []

    def word(self, index: int, *roles: str) -> ActorWord | None:
        """The first meaning of one of these roles, in the order of the roles, of what begins at the token."""
        match = self.names.get(index)
        if match is None:
            return None
        for role in roles:
            for meaning in match.meanings:
                if meaning.role == role:
                    return meaning  # type: ignore[no-any-return]
        return None

    def end(self, index: int) -> int:
        return self.names[index].end

    def read(self) -> list[Mention]:
        index = 0
        while index < len(self.tokens):
            index = self._read_at(index)
        return self.mentions

    def _add(self, mention: Mention) -> int:
        self.mentions.append(mention)
        return mention.last

    def _read_at(self, index: int) -> int:
        if index not in self.names:
            value = self.sentence.joint(index, "pronoun")
            if value in ("person", "thing", "many", "owner", "first"):
                end = self.sentence.joints[index].end
                return self._add(Mention(index, end, "pronoun", value=value, name=(index, end), person=value == "person"))
            suffixed = self._read_suffix(index)
            return suffixed if suffixed else self._read_unknown_name(index)
        if self.word(index, "none-reference") is not None:
            return self.end(index)  # looks like a state, is none: "Turkish bath"
        if self.after:
            opener = self.sentence.joints.get(index - 1)
            if opener is not None and opener.end > index and self.sentence.joint(index - 1, "slot") is not None:
                return self.end(index)  # part of a preposition: "إلى جانب"
            return self._read_head_first(index)
        return self._read_head_last(index)

    def _read_suffix(self, index: int) -> int:
        """A pronoun written on to a preposition ("عليه"); 0 when there is none."""
        match = self.sentence.joints.get(index)
        slot = self.sentence.joint(index, "slot")
        if match is None or slot is None or not match.readings[-1].after:
            return 0
        suffix = match.readings[-1].after
        role, value = ("reference", "both") if suffix == "هما" else ("pronoun", "many" if suffix in ("هم", "هن") else "thing")
        mention = Mention(index, match.end, role, value=value, name=(index, match.end))
        mention.slot = slot
        return self._add(mention)

    # -- "Syrian President Hafez al-Assad", "Syria's army", "Turkish and Syrian troops" ------------------------------

    def _read_head_last(self, index: int) -> int:
        word = self.word(index, "person", "body", "group")
        if word is not None:
            return self._read_named(index, word)
        reference = self.names[index].meanings[0]
        if reference.role.endswith("-reference"):
            end = self.end(index)
            if end - index == 1 and self.cased and not self._definite(index):
                return end
            if self.sentence.joint(end, "slot") == "of":
                codes, at = self._read_of(end)  # "the Kingdom of Thailand"
                return self._add(Mention(index, at, "actor", codes, "", (index, at))) if codes else index + 1
            return self._add(Mention(index, end, "reference", value=reference.role.removesuffix("-reference"), name=(index, end)))
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
        if office and adjective and not self._verb_at(head) and (owner or self._adjoins(index, at, head)):
            return self._read_office(index, head, (self._code(index),))
        mention = self._plain(index)
        if owner:
            mention.role, mention.last = "owner", at + 1
        return self._add(mention)

    def _definite(self, index: int) -> bool:
        """Whether a bare word for a state ("country") points to one: an article or "this" stands before it, adjectives between."""
        return any(self.sentence.key(i) in ("the", "this", "that", "these", "those", "both") for i in range(max(0, index - 4), index))

    def _adjectival(self, index: int) -> bool:
        """Whether the word can stand before a head as an adjective: a demonym, or a short name in capitals ("US")."""
        short = self.tokens[index].text.isupper() if index < len(self.tokens) else False
        return self.word(index, "demonym") is not None or short and self.word(index, "state") is not None

    def _adjective(self, index: int) -> bool:
        """Whether a word that is both a state and its adjective ("US") stands as an adjective: a head or a join follows."""
        at = self.end(index)
        return self.word(self._over_modifiers(at), "noun", "title") is not None or self.sentence.key(at) in (",", "and")

    def _adjoins(self, index: int, at: int, head: int) -> bool:
        if self.word(index, "demonym") is not None and self.word(index, "state") is None:
            return True
        return head - at <= 1

    def _verb_at(self, index: int) -> bool:
        """Whether the word at the index, though a noun for an actor, stands as a verb ("Syria forces ...")."""
        match = self.sentence.joints.get(index)
        return (
            match is not None
            and any(j.role == "verb" for j in match.meanings)
            and self.sentence.is_joint(self.end(index), "determiner")
        )

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
        return self.sentence.is_joint(end, "slot", "auxiliary", "relative", "conjunction") or end in self.names and self.word(end, "state") is not None

    def _code(self, index: int) -> str:
        word = self.word(index, "demonym", "state", "capital", "place")
        return word.code if word else ""

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

    def _closed(self, index: int) -> bool:
        match = self.sentence.joints.get(index)
        return match is not None and not all(j.role in ("adverb", "qualifier", "verb", "planned", "claimed") and j.value != "past" for j in match.meanings)

    def _read_office(self, first: int, head: int, codes: tuple[str, ...]) -> int:
        """A head (title, body or people) with what names it: further heads, "of" a state, and a person."""
        word = self.word(head, "noun", "title", "generic")
        assert word is not None
        sector, title, generic = word.sector, self.word(head, "title") is not None, self.word(head, "generic") is not None
        at = self.end(head)
        while True:
            following = self._over_modifiers(at) if at not in self.names else at
            further = self.word(following, "noun", "title") if following - at <= 1 else None
            if further is None or self._verb_at(following):
                break
            sector, title = further.sector, title or self.word(following, "title") is not None
            at = self.end(following)
        if not codes:
            codes, at = self._read_of(at, seat=sector == "GOV" and head not in self.sentence.triggers)
        person = self._read_person(at, title)
        name = (first, at)
        if person is not None:
            name, at = person, person[1]
            known = self.word(person[0], "person")
            codes = codes or ((known.code,) if known is not None else ())
            if not codes:
                codes, at = self._read_of(at)
        kind = "actor" if codes else "generic" if title and person or generic else "noun"
        mention = Mention(first, at, kind, codes, sector, name, person=person is not None, plural=len(codes) > 1)
        if self.sentence.is_joint(at, "possessive"):
            mention.last = at + 1
            mention.role = "owner" if codes else mention.role
            mention.value = "owner"
        return self._add(mention)

    def _read_of(self, at: int, seat: bool = False) -> tuple[tuple[str, ...], int]:
        """The states behind "of" or "from": "of Pakistan", "from Cambodia and Thailand", and where they end.

        seat: a city behind "in" tells as well ("the government in Beijing").
        """
        slot = self.sentence.joint(at, "slot")
        if slot == "in" and seat:
            place = self.sentence.joints[at].end
            city = self.word(place, "capital", "place")
            return ((city.code,), self.end(place)) if city is not None and self.sentence.key(at) == "in" else ((), at)
        if slot not in ("of", "from"):
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
            if joined == end or self.sentence.joint(at, "slot") == "of" and self.sentence.key(end) == ",":
                break
            index = joined
        return tuple(codes), end

    def _read_person(self, at: int, title: bool) -> tuple[int, int] | None:
        """A person's name at the token, or after a comma there, behind a title."""
        if self.word(at, "person"):
            return at, self.end(at)
        if not title:
            return None
        start = at + 1 if self.sentence.key(at) in (",", ".") else at
        if self.sentence.key(at) == "." and len(self.tokens[at - 1].text) > 5:
            return None
        if start != at and self.word(start, "person"):
            return start, self.end(start)
        end = self._over_name(start)
        if end - start >= (2 if start != at else 1):
            return start, end
        return None

    def _over_name(self, index: int) -> int:
        """The end of a run of capitalised words that no list knows, initials and name particles within it."""
        at = end = index
        while at < len(self.tokens):
            token = self.tokens[at]
            known = at in self.names and self.word(at, "person", "noun", "place") is None
            if token.word and token.capital and not known and not (at == index and self._closed(at)):
                at = end = at + 1
            elif at > index and token.key in _NAME_LINKS and (token.text != "." or len(self.tokens[at - 1].text) == 1):
                at += 1
            elif at == index and token.key in ("al", "el"):
                at += 1
            else:
                break
        return end

    def _read_named(self, index: int, word: ActorWord) -> int:
        end = self.end(index)
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

    def _read_unknown_name(self, index: int) -> int:
        """A run of capitalised words no list knows: perhaps somebody named before, perhaps named by what follows."""
        token = self.tokens[index]
        if not self.cased or not token.word or not (token.capital or token.key == "al") or self._closed(index):
            return index + 1
        end = self._over_name(index)
        if end <= index or end - index == 1 and index == 0 and self._begins_plainly():
            return index + 1
        mention = Mention(index, end, "name", name=(index, end), person=True)
        follows = end + 1 if self.sentence.key(end) == "," else end
        while follows > end and self.sentence.is_joint(follows, "determiner"):
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
        return self.sentence.is_joint(1, "conjunction", "slot") or 1 not in self.sentence.joints and 1 not in self.sentence.triggers

    # -- "الرئيس السوري حافظ الأسد", "قوات الجيش التركي", "حكومة باكستان" --------------------------------------------

    def _read_head_first(self, index: int) -> int:
        word = self.word(index, "person", "group", "body")
        end = self.end(index)
        if word is not None:
            return self._add(Mention(index, end, "actor", (word.code,), word.sector, (index, end), person=word.role == "person"))
        reference = self.names[index].meanings[0]
        if reference.role.endswith("-reference") and not self.word(index, "noun", "title", "generic"):
            return self._add(Mention(index, end, "reference", value=reference.role.removesuffix("-reference"), name=(index, end)))
        head = self.word(index, "noun", "title", "generic")
        if head is None:
            return self._add(self._plain_after(index))
        return self._read_office_after(index, head)

    def _plain_after(self, index: int) -> Mention:
        word = self.word(index, "state", "capital", "place", "demonym")
        assert word is not None
        match = self.names[index]
        if word.role == "state" and "article" in match.before and match.before[0] == "article" and self._behind_noun(index):
            word = self.word(index, "demonym") or word
        end = match.end
        role = {"demonym": "modifier", "place": "place", "capital": "place"}.get(word.role, "actor")
        people = word.role == "demonym" and index > 0 and index - 1 not in self.names and not self._behind_noun(index) and self.sentence.is_joint(index - 1, "determiner", "verb", "slot")
        return Mention(index, end, "actor" if people else role, (word.code,), "CVL" if people else "", (index, end))

    def _behind_noun(self, index: int) -> bool:
        """Whether a word stands just before that a demonym can qualify: no verb, no closed word, no name."""
        at = index - 1
        return at >= 0 and self.tokens[at].word and at not in self.names and at not in self.sentence.joints

    def _read_office_after(self, index: int, head: ActorWord) -> int:
        sector, title = head.sector, self.word(index, "title") is not None
        generic = self.word(index, "generic") is not None
        at = end = self.end(index)
        codes: list[str] = []
        if self._whole(index):
            return self._add(Mention(index, end, "noun", (), sector, (index, end)))
        skipped = 0
        while at < len(self.tokens) and skipped <= 2 and not self._prefixed(at):
            person = self.word(at, "person")
            if person is not None:
                return self._add(Mention(index, self.end(at), "actor", tuple(codes) or (person.code,), person.sector if title else sector, (at, self.end(at)), person=True))
            teller = self.word(at, "demonym", "state", "capital", "group", "body")
            if teller is not None and (teller.code or teller.role == "group"):
                if not teller.code:
                    break
                if teller.code not in codes:
                    codes.append(teller.code)
                at = end = self.end(at)
                skipped = 0
                while self._joined_teller(at) and not title:
                    code = self._code(at)
                    codes += [code] if code not in codes else []
                    at = end = self.end(at)
                break
            further = self.word(at, "noun", "title", "generic")
            if further is not None:
                title = title or further.role == "title"
                at = end = self.end(at)
                continue
            if not self.tokens[at].word or at in self.sentence.triggers or self._closed(at) or at in self.names:
                break
            at, skipped = at + 1, skipped + 1
        name = (index, end)
        person_mention = self._read_person_after(end) if title else None
        if person_mention is not None:
            name, end = person_mention, person_mention[1]
        if codes:
            return self._add(Mention(index, end, "actor", tuple(codes), sector, name, person=person_mention is not None, plural=len(codes) > 1))
        kind = "generic" if generic or person_mention else "noun"
        return self._add(Mention(index, end, kind, (), sector, name, person=person_mention is not None))

    def _whole(self, index: int) -> bool:
        """Whether a noun cannot own what follows: a full plural ("متظاهرون") without the article before a word that has it."""
        last = self.end(index) - 1
        if last + 1 >= len(self.tokens) or not self.tokens[last].key.endswith(("ون", "ين")) or "article" in self.tokens[last].readings[0].before:
            return False
        return "article" in self.tokens[last + 1].readings[0].before

    def _prefixed(self, index: int) -> bool:
        """Whether the word has a conjunction or preposition written on to it, so that it begins something else."""
        if index in self.names or index in self.sentence.triggers or index in self.sentence.joints:
            return any(b != "article" for b in self.sentence.taken_off(index))
        return False

    def _joined_teller(self, index: int) -> bool:
        return index in self.names and self.word(index, "demonym") is not None and "conjunction" in self.names[index].before

    def _read_person_after(self, index: int) -> tuple[int, int] | None:
        """A name behind a title where no capitals tell: words that no list knows, adverbs skipped, three at most."""
        at = index
        while at < len(self.tokens) and self.sentence.is_joint(at, "adverb", "determiner"):
            at += 1
        if self.word(at, "person"):
            return at, self.end(at)
        start = at
        while at < len(self.tokens) and at - start < 4 and self.tokens[at].word and self._unknown(at):
            if at == start and "article" in self.tokens[at].readings[0].before:
                break
            at += 1
        return (start, at) if at - start >= 2 else None

    def _unknown(self, index: int) -> bool:
        return not (index in self.names or index in self.sentence.triggers or index in self.sentence.joints) and not self.tokens[index].text[:1].isdigit()


def _govern(sentence: Sentence, mention: Mention) -> str:
    """The slot that governs a mention: a preposition written on to it, or before it with only plain words between."""
    before = sentence.taken_off(mention.first) if mention.first in sentence.names else ()
    slot = next((b for b in before if b not in ("article", "conjunction", "future")), "")
    if slot:
        return slot
    at = mention.first - 1
    steps = 0
    reach = 1 if mention.role == "pronoun" and mention.value != "owner" else 5
    while at >= 0 and steps < reach:
        if sentence.tokens[at].text[:1].isdigit() and len(sentence.tokens[at].text) == 4:
            return ""  # "in 2025 Pakistan demanded": the year closes its own phrase
        for start in (at - 2, at - 1, at):
            match = sentence.joints.get(start)
            if match is not None and match.end == at + 1:
                value = sentence.joint(start, "slot")
                if value is not None:
                    counts = value in ("toward", "over", "about", "in") and sentence.tokens[at + 1].text[:1].isdigit()
                    return "" if counts else value  # "over 2,000 troops", "نحو 225000 مصري"
        token = sentence.tokens[at]
        if not token.word and token.text not in "-'\"“‘" or at in sentence.names or at in sentence.triggers:
            return ""
        match = sentence.joints.get(at)
        if match is not None and match.roles.keys().isdisjoint(("determiner", "adverb", "qualifier")):
            return ""
        if token.key in ("the", "a", "an"):
            reach = steps + 2  # a phrase begins here: only a preposition right before it governs
        at, steps = at - 1, steps + 1
    return ""


def _group(sentence: Sentence, mentions: list[Mention]) -> None:
    """Number the groups: mentions that commas, conjunctions and determiners part, the last joined by a conjunction."""
    number = 0
    run: list[Mention] = []

    def close(members: list[Mention], joined: bool) -> None:
        nonlocal number
        number += 1
        for member in members:
            if not joined and member is not members[0]:
                number += 1
            member.group = number
            if joined and member.slot in ("", "beside"):
                member.slot = members[0].slot

    conjoined = False
    for mention in mentions:
        link = _link(sentence, run[-1], mention) if run else ""
        if link == "and" and len(run) == 1 and _begins_clause(sentence, run[-1], mention):
            link = ""
        if run and link:
            run.append(mention)
            conjoined |= link == "and"
        else:
            if run:
                close(run, conjoined)
            run, conjoined = [mention], False
    if run:
        close(run, conjoined)


def _link(sentence: Sentence, previous: Mention, mention: Mention) -> str:
    """How a mention is joined to the one before: "and", a comma (","), or not at all ("")."""
    if mention.role in ("pronoun", "noun", "reference") or previous.role in ("pronoun", "noun"):
        return ""
    between = range(previous.last, mention.first)
    if mention.role == "owner" and previous.role not in ("owner", "modifier") and any(sentence.tokens[i].text in ",،" for i in between):
        return ""  # "with Syrian officials, and Islamabad's refusal": whose refusal begins something else
    conjoined = "conjunction" in sentence.taken_off(mention.first)
    if not conjoined and not between:
        return ""
    others = [i for i in between if not (sentence.tokens[i].text in ",،-–/" or sentence.is_joint(i, "conjunction", "determiner") or _joins(sentence, i))]
    commas = sum(sentence.tokens[i].text in ",،" for i in between)
    if others and not (len(others) == 1 and commas >= 2 and sentence.tokens[others[0]].word and others[0] not in sentence.joints):
        return ""  # one word that no list knows may stand in an enumeration
    if conjoined or any(sentence.is_joint(i, "conjunction") or _joins(sentence, i) or sentence.tokens[i].text in "-–/" for i in between):
        return "and"
    return ","


def _begins_clause(sentence: Sentence, previous: Mention, mention: Mention) -> bool:
    """Whether ", and" opens a clause with its subject and verb, not the second of two ("..., and Rome proclaims")."""
    comma = any(sentence.tokens[i].text == "," for i in range(previous.last, mention.first))
    trigger = sentence.triggers.get(mention.last)
    verb = trigger is not None and any(m.form in ("past", "present", "base") for m in trigger.meanings)
    return comma and (verb or sentence.is_joint(mention.last, "verb", "auxiliary", "adverb"))


def _joins(sentence: Sentence, index: int) -> bool:
    """Whether the word is part of "along with", which joins as "and" does."""
    match = sentence.joints.get(index) or sentence.joints.get(index - 1)
    beside = sentence.joint(index, "slot") == "beside" or sentence.joint(index - 1, "slot") == "beside"
    return match is not None and beside and match.end > index


def add_known(sentence: Sentence, known: Container[str]) -> None:
    """Add mentions of persons named before, by the one word that names them again, where no capitals tell."""
    covered = {i for m in sentence.mentions for i in range(m.first, m.last)}
    added = False
    for index, token in enumerate(sentence.tokens):
        if index in covered or index in sentence.names or index in sentence.joints or not token.word:
            continue
        if any(name_key(r) in known for r in token.readings if not r.after):
            mention = Mention(index, index + 1, "name", name=(index, index + 1), person=True)
            mention.slot = next((b for r in token.readings if name_key(r) in known for b in r.before if b not in ("article", "conjunction")), "")
            mention.slot = mention.slot or _govern(sentence, mention)
            sentence.mentions.append(mention)
            added = True
    if added:
        sentence.mentions.sort(key=lambda m: m.first)
        _group(sentence, sentence.mentions)


def name_key(reading: Reading) -> str:
    """The key of a name: its stem, with the article when it is written with one (a name keeps it)."""
    return ("+" if "article" in reading.before else "") + reading.stem


def find_mentions(sentence: Sentence, lexicon: Lexicon) -> list[Mention]:
    """All mentions of a sentence, in order, with what governs each and how they are joined."""
    mentions = _Reader(sentence, lexicon).read()
    for mention in mentions:
        mention.slot = mention.slot or _govern(sentence, mention)
    _group(sentence, mentions)
    return mentions
