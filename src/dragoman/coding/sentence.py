"""A sentence as the coder sees it: its tokens, what each may mean, and the mentions of actors in it."""

from __future__ import annotations

import msgspec

from dragoman.coding.lexicon import Match
from dragoman.coding.tokens import Token


class Mention(msgspec.Struct, gc=False, eq=False):
    """A stretch of tokens [first, last) that names one actor, or several of one kind ("Syrian and Turkish troops").

    codes: ISO codes, empty until the text tells. sector; name: token range of what is shown as the actor's name.
    role: actor; owner ("Syria's", before a thing); modifier (a demonym before a thing); place; person; generic (state to
    be found); reference and pronoun (to be resolved), with `value` telling which kind.
    slot: what governs it: "" (nothing), or a slot of the grammar. group: mentions joined by "and" share a number.
    """

    first: int
    last: int
    role: str
    codes: tuple[str, ...] = ()
    sector: str = ""
    name: tuple[int, int] = (0, 0)
    value: str = ""
    slot: str = ""
    group: int = -1
    person: bool = False
    plural: bool = False


class Sentence(msgspec.Struct):
    """One sentence, parsed.

    joints, triggers, names: what begins at a token, by its index. ignored: tokens of phrases that only look like triggers.
    dated: tokens that are months, weekdays or years. cues: words of voice that begin at a token.
    """

    tokens: list[Token]
    joints: dict[int, Match]
    triggers: dict[int, Match]
    names: dict[int, Match]
    mentions: list[Mention]
    ignored: frozenset[int] = frozenset()
    dated: frozenset[int] = frozenset()
    cues: dict[int, Match] = {}

    def is_joint(self, index: int, *roles: str) -> bool:
        """Whether a word of one of these roles begins at the token."""
        match = self.joints.get(index)
        return match is not None and not match.roles.keys().isdisjoint(roles)

    def joint(self, index: int, role: str) -> str | None:
        """The value of the joint of that role that begins at the token, if one does."""
        match = self.joints.get(index)
        return None if match is None else match.roles.get(role)

    def key(self, index: int) -> str:
        """The folded word at the index, "" outside the sentence."""
        return self.tokens[index].key if 0 <= index < len(self.tokens) else ""

    def taken_off(self, index: int) -> tuple[str, ...]:
        """What the best reading of the token takes off before it: clitics, by role."""
        for table in (self.names, self.triggers, self.joints):
            match = table.get(index)
            if match is not None:
                return match.before
        return ()
