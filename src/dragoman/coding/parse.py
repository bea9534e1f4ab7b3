"""Parse a sentence: cut it into tokens, look its words up, find who is mentioned."""

from __future__ import annotations

from dragoman.coding.lexicon import Joint, Lexicon, Match, Trie
from dragoman.coding.mentions import find_mentions
from dragoman.coding.sentence import Sentence
from dragoman.coding.tokens import Token


def find_matches(trie: Trie, tokens: list[Token]) -> dict[int, Match]:
    """Longest matches, left to right, none inside another; names in capitals must be written so."""
    found: dict[int, Match] = {}
    passed = 0
    for index, token in enumerate(tokens):
        if index < passed or trie.first.isdisjoint(token.stems):
            continue
        match = trie.match(tokens, index)
        if match is None:
            continue
        if match.cased and not any(_has_capital(t) for t in tokens[match.start : match.end]):
            match.meanings = tuple(m for m in match.meanings if not m.cased)
        if match.meanings:
            found[index] = match
            passed = match.end
    return found


def _has_capital(token: Token) -> bool:
    return token.text != token.text.lower() or (token.text == token.text.upper() and token.word)


_ADVERB = Joint("adverb")


def find_joints(trie: Trie, tokens: list[Token], endings: tuple[str, ...] = ()) -> dict[int, Match]:
    """Closed-class words at every token: the longest that begins there. endings: what tells an adverb that no list has."""
    found = {}
    for index, token in enumerate(tokens):
        match = None if trie.first.isdisjoint(token.stems) else trie.match(tokens, index)
        if match is not None:
            found[index] = match
        elif endings and token.text.endswith(endings) and len(token.text) > 4 and token.text.islower():
            found[index] = Match(index, index + 1, token.readings[:1], (_ADVERB,), {"adverb": ""})
    return found


_BEFORE_VERB = frozenset(("conjunction", "future"))
_CLOSED = frozenset(("subordinator", "relative", "pronoun", "adverb"))
_PLAIN_FORMS = frozenset(("noun", "adjective", "phrase"))


def _is_closed(joint: Match | None, trigger: Match) -> bool:
    """Whether the word is rather one of a closed class than an act that is folded to the same: "أنها" is not "إنهاء"."""
    return joint is not None and trigger.end == trigger.start + 1 == joint.end and not joint.roles.keys().isdisjoint(_CLOSED)


def _is_name(name: Match | None, trigger: Match) -> bool:
    """Whether the words are rather a state's name than an act that they may be read as: "كندا" is not "ك" and "نداء"."""
    return name is not None and name.end >= trigger.end and any(m.role in ("state", "capital") for m in name.meanings)


def _without_bound_verbs(match: Match) -> Match | None:
    """The match without the verbs that cannot be meant, since an article or a preposition is written on to the word: "الجيش", "بعد"."""
    if match.before and not _BEFORE_VERB.issuperset(match.before):
        match.meanings = tuple(m for m in match.meanings if m is None or m.form in _PLAIN_FORMS)
    return match if match.meanings else None


def parse(lexicon: Lexicon, text: str, start: int, end: int) -> Sentence:
    """Parse text[start:end]; offsets of tokens are into `text`."""
    tokens = lexicon.tokenizer.cut(text, start, end)
    names = find_matches(lexicon.actors, tokens)
    triggers = {i: m for i, found in find_matches(lexicon.triggers, tokens).items() if (m := _without_bound_verbs(found)) is not None}
    joints = find_joints(lexicon.joints, tokens, tuple(lexicon.language.grammar.adverb_endings))
    if lexicon.language.grammar.clitics:
        joints = {i: m for i, m in joints.items() if "slot" not in m.roles or "article" not in m.before}  # "الخلاف" is no "unlike"
        triggers = {i: m for i, m in triggers.items() if not _is_closed(joints.get(i), m)}
    looks = [m for m in triggers.values() if None in m.meanings]
    ignored = frozenset(i for m in looks for i in range(m.start, m.end))
    triggers = {i: m for i, m in triggers.items() if i not in ignored and not _is_name(names.get(i), m)}
    dated = frozenset(i for i, t in enumerate(tokens) if t.key in lexicon.calendar or (len(t.text) == 4 and t.text.isdigit()))
    sentence = Sentence(tokens, joints, triggers, names, [], ignored, dated, find_joints(lexicon.cues, tokens))
    sentence.mentions = find_mentions(sentence, lexicon)
    return sentence
