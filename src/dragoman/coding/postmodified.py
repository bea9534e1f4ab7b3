"""Names where what tells the state stands behind: "الرئيس السوري حافظ الأسد", "قوات الجيش التركي", "حكومة باكستان"."""

from __future__ import annotations

from dragoman.coding.lexicon import ActorWord
from dragoman.coding.reader import Reader
from dragoman.coding.sentence import Mention


class PostmodifiedReader(Reader):
    """Reads names whose modifiers stand behind their head."""

    def _read_name(self, index: int) -> int:
        opener = self.sentence.joints.get(index - 1)
        if opener is not None and opener.end > index and self.sentence.joint(index - 1, "slot") is not None:
            return self.end(index)  # part of a preposition: "إلى جانب"
        word = self.word(index, "person", "group", "body")
        end = self.end(index)
        if word is not None:
            return self._add(Mention(index, end, "actor", (word.code,), word.sector, (index, end), person=word.role == "person"))
        reference = self.names[index].meanings[0]
        if reference.role.endswith("-reference") and not self.word(index, "noun", "title", "generic"):
            return self._add(Mention(index, end, "reference", value=reference.role.removesuffix("-reference"), name=(index, end)))
        head = self.word(index, "noun", "title", "generic")
        if head is None:
            return self._add(self._plain(index))
        return self._read_office(index, head)

    def _plain(self, index: int) -> Mention:
        word = self.word(index, "state", "capital", "place", "demonym")
        assert word is not None
        match = self.names[index]
        if any(letter in self.tokens[index].text for letter in self.marks.get("doubled", ())):
            word = self.word(index, "capital") or word  # "عمّان" is not "عُمان"
        if word.role == "state" and "article" in match.before and match.before[0] == "article" and self._behind_noun(index):
            word = self.word(index, "demonym") or word
        end = match.end
        role = {"demonym": "modifier", "place": "place", "capital": "place"}.get(word.role, "actor")
        counted = index > 0 and self.tokens[index - 1].text.isdigit()
        people = (word.role == "demonym" and counted) or (
            word.role == "demonym"
            and index > 0
            and index - 1 not in self.names
            and not self._behind_noun(index)
            and self.sentence.is_joint(index - 1, "determiner", "verb", "slot", "subordinator")
            and "article" not in self.tokens[index - 1].readings[0].before
        )
        return Mention(index, end, "actor" if people else role, (word.code,), "CVL" if people else "", (index, end))

    def _behind_noun(self, index: int) -> bool:
        """Whether a word stands just before that a demonym can qualify: no verb, no closed word, no name."""
        at = index - 1
        return at >= 0 and self.tokens[at].word and at not in self.names and at not in self.sentence.joints

    def _read_office(self, index: int, head: ActorWord) -> int:
        sector, title = head.sector, self.word(index, "title") is not None
        generic = self.word(index, "generic") is not None
        at = end = self.end(index)
        codes: list[str] = []
        if self._whole(index):
            return self._add(Mention(index, end, "noun", (), sector, (index, end)))
        skipped = 0
        definite = "article" in self.tokens[index].readings[0].before and end == index + 1
        while at < len(self.tokens) and skipped <= 2 and not self._prefixed(at):
            person = self.word(at, "person")
            if person is not None:
                return self._add(
                    Mention(
                        index,
                        self.end(at),
                        "actor",
                        tuple(codes) or (person.code,),
                        person.sector if title else sector,
                        (at, self.end(at)),
                        person=True,
                    )
                )
            teller = self.word(at, "demonym", "state", "capital", "group", "body")
            if teller is not None and (teller.code or teller.role == "group"):
                bare = teller.role in ("state", "capital", "demonym") and "article" not in self.tokens[at].readings[0].before
                if not teller.code or (definite and bare):
                    break  # "زار الرئيس تشيلي": what has the article owns nothing
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
            if skipped == 0 and self.tokens[at].text in '"”»' and self._closes(index, at):
                at += 1
                continue  # '"قوات الاحتلال" الأمريكية'
            if not self.tokens[at].word or at in self.sentence.triggers or self._closed(at) or at in self.names:
                break
            at, skipped = at + 1, skipped + 1
        if not codes and sector == "GOV" and self._sent_by(index, end):
            codes = [self._code(end)]  # "القنصلية العامة لإيطاليا"
        if not codes and sector == "GOV" and index not in self.sentence.triggers and (code := self._seated(end)):
            return self._add(Mention(index, end, "actor", (code,), sector, (index, end)))
        name = (index, end)
        beside = end
        while title and codes and self.word(beside, "title") is not None and self.word(beside, "demonym", "state") is None:
            beside = self.end(beside)  # "وزير الخارجية السعودي الأمير فيصل"
        person_mention = self._read_person(beside) if title else None
        if person_mention is not None:
            name, end = person_mention, person_mention[1]
        if codes:
            return self._add(
                Mention(index, end, "actor", tuple(codes), sector, name, person=person_mention is not None, plural=len(codes) > 1)
            )
        if person_mention is None and self.word(index, "other-reference") is not None:
            return self._add(Mention(index, end, "reference", value="other", name=(index, end)))
        kind = "generic" if generic or person_mention else "noun"
        return self._add(Mention(index, end, kind, (), sector, name, person=person_mention is not None))

    def _sent_by(self, index: int, end: int) -> bool:
        """Whether a mission or an envoy is told to be a state's by "of" written on to its name."""
        match, name = self.sentence.triggers.get(index), self.names.get(end)
        if match is None or name is None or "article" not in match.before or "to" not in name.before or self.word(end, "state") is None:
            return False
        return any(m.trigger.type in ("MISSION", "ENVOY") for m in match.meanings)

    def _seated(self, index: int) -> str:
        """The state in which a body of a government sits: "وزارة الدفاع في اليونان"."""
        if self.sentence.joint(index, "slot") != "in" or self.sentence.joints[index].end != index + 1:
            return ""
        word = self.word(index + 1, "state")
        return word.code if word is not None else ""

    def _closes(self, index: int, at: int) -> bool:
        """Whether a quotation mark closes what opened right before the head, and a demonym follows."""
        return index > 0 and self.tokens[index - 1].text in '"“«' and self.word(at + 1, "demonym") is not None

    def _whole(self, index: int) -> bool:
        """Whether a noun cannot own what follows: a full plural ("متظاهرون") without the article before a word that has it."""
        last = self.end(index) - 1
        if (
            last + 1 >= len(self.tokens)
            or not self.tokens[last].key.endswith(tuple(self.marks.get("plural", ())))
            or "article" in self.tokens[last].readings[0].before
        ):
            return False
        return "article" in self.tokens[last + 1].readings[0].before

    def _prefixed(self, index: int) -> bool:
        """Whether the word has a conjunction or preposition written on to it, so that it begins something else."""
        if index in self.names or index in self.sentence.triggers or index in self.sentence.joints:
            return any(b != "article" for b in self.sentence.taken_off(index))
        return False

    def _joined_teller(self, index: int) -> bool:
        return index in self.names and self.word(index, "demonym") is not None and "conjunction" in self.names[index].before

    def _read_person(self, index: int) -> tuple[int, int] | None:
        """A name behind a title where no capitals tell: words that no list knows, adverbs skipped, three at most."""
        at = index
        while at < len(self.tokens) and self.sentence.is_joint(at, "adverb", "determiner"):
            at += 1
        if self.word(at, "person"):
            return at, self.end(at)
        start = at
        while at < len(self.tokens) and at - start < 4 and self.tokens[at].word and self._unknown(at):
            if at > start and self.tokens[at].readings[0].stem in self.thing_words:
                break  # "الشاه حق اللجوء"
            if at == start and "article" in self.tokens[at].readings[0].before:
                break
            at += 1
        if at - start == 1 and not self.tokens[start].text.endswith(tuple(self.marks.get("adverbial", ()))) and not self._prefixed(start):
            known = at in self.names or self.sentence.joint(at, "slot") is not None or at in self.sentence.dated
            return (start, at) if known else None  # "زارت الملكة جوليانا إندونيسيا"
        return (start, at) if at - start >= 2 else None

    def _unknown(self, index: int) -> bool:
        return (
            not (index in self.names or index in self.sentence.triggers or index in self.sentence.joints)
            and not self.tokens[index].text[:1].isdigit()
        )
