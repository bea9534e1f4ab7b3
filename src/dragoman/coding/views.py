"""What a model sees of a sentence when it is asked what one actor does to another: the text before, between and after them.

Who the two are is hidden, so that what is learned is about acts, not about states.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from dragoman.coding.lexicon import Lexicon
from dragoman.coding.parse import parse
from dragoman.coding.sentence import Sentence
from dragoman.statement import Span

SOURCE, TARGET, ACTOR = "<s>", "<t>", "<a>"

_REACH = 10
"""How many words before the first and behind the second actor are looked at."""

_NEAR = 4
"""How many words before and behind the trigger are its neighbourhood."""


class View(msgspec.Struct, frozen=True):
    """One pair of actors in one sentence. Words are folded stems, actors are marks.

    first: who stands first ("s" or "t"; "" when there is only one). before, between, after: the words around the two (with one
    actor, `between` is empty). trigger: the words that a rule took for the trigger; near: those around them. hints: what the
    language's triggers make of words, by part ("between:ASSAULT"). spoken, inner: the stretch from actor to actor and beyond,
    and the one between them, as written, for an encoder.
    """

    first: str
    before: tuple[str, ...]
    between: tuple[str, ...]
    after: tuple[str, ...]
    trigger: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    spoken: str = ""
    inner: str = ""


def look(
    sentence: Sentence,
    text: str,
    source: tuple[int, int] | None,
    target: tuple[int, int] | None,
    trigger: tuple[int, int] | None = None,
) -> View:
    """The view of a parsed sentence. source, target, trigger: ranges of tokens; `text` is what the tokens' offsets are into."""
    tokens = sentence.tokens
    pairs = [(SOURCE, source), (TARGET, target)]
    marked = sorted((span[0], span[1], mark) for mark, span in pairs if span is not None and span[1] > span[0])
    if len(marked) == 2 and marked[1][0] < marked[0][1]:  # one inside the other: the inner one is what is named
        marked = [marked[0], (marked[0][1], max(marked[0][1], marked[1][1]), marked[1][2])]
    hidden = {i: mark for start, end, mark in marked for i in range(start, end)}
    for mention in sentence.mentions:
        if mention.role != "noun":
            for index in range(mention.first, mention.last):
                hidden.setdefault(index, ACTOR)
    if not marked:
        cuts = (0, 0, 0, len(tokens))
    elif len(marked) == 1:
        cuts = (marked[0][0], marked[0][1], marked[0][1], len(tokens))
    else:
        cuts = (marked[0][0], marked[0][1], marked[1][0], marked[1][1])
    one = len(marked) < 2
    first, last = (cuts[0], cuts[1]) if one else (cuts[0], cuts[3])
    before = list(_words(sentence, hidden, range(max(0, first - _REACH), first)))
    between = [] if one else list(_words(sentence, hidden, range(cuts[1], cuts[2])))
    after = list(_words(sentence, hidden, range(last, min(len(tokens), last + (2 if one else 1) * _REACH))))
    act: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    if trigger is not None:
        act = tuple(_words(sentence, {}, range(*trigger)))
        around = [*range(max(0, trigger[0] - _NEAR), trigger[0]), *range(trigger[1], min(len(tokens), trigger[1] + _NEAR))]
        near = tuple(_words(sentence, hidden, around))
    parts = {"before": (max(0, first - _REACH), first), "between": (cuts[1], cuts[2]), "after": (last, last + 2 * _REACH)}
    return View(
        marked[0][2][1] if len(marked) == 2 else "",
        tuple(before),
        tuple(between),
        tuple(after),
        act,
        near,
        tuple(sorted(set(_hints(sentence, hidden, parts)))),
        *_spoken(sentence, text, hidden, first, last, cuts),
    )


def look_at(lexicon: Lexicon, text: str, source: Span | None, target: Span | None, trigger: Span | None = None) -> View:
    """The view of a sentence that is not parsed yet; spans are offsets into `text`."""
    sentence = parse(lexicon, text, 0, len(text))

    def tokens(span: Span | None) -> tuple[int, int] | None:
        if span is None:
            return None
        inside = [i for i, t in enumerate(sentence.tokens) if t.start < span.end and span.start < t.end]
        return (inside[0], inside[-1] + 1) if inside else None

    return look(sentence, text, tokens(source), tokens(target), tokens(trigger))


def _words(sentence: Sentence, hidden: dict[int, str], indexes: Iterable[int]) -> Iterator[str]:
    """Folded words; numbers are one word, an actor is one mark."""
    last = ""
    for index in indexes:
        token = sentence.tokens[index]
        word = hidden.get(index) or ("0" if token.key.isdigit() else token.key)
        if word != last or word not in (SOURCE, TARGET, ACTOR):
            yield word
        last = word


def _hints(sentence: Sentence, hidden: dict[int, str], parts: dict[str, tuple[int, int]]) -> Iterator[str]:
    for part, (start, end) in parts.items():
        for index in range(start, min(end, len(sentence.tokens))):
            match = sentence.triggers.get(index)
            if match is not None and index not in hidden:
                for word in match.meanings:
                    yield f"{part}:{word.trigger.type}"
                    yield f"{part}:{word.trigger.id}"


def _spoken(sentence: Sentence, text: str, hidden: dict[int, str], first: int, last: int, cuts: tuple[int, ...]) -> tuple[str, str]:
    """The two stretches for an encoder: of the original words, with the actors' names replaced by a plain word."""
    tokens = sentence.tokens

    def write(start: int, end: int) -> str:
        out: list[str] = []
        for index in range(max(start, 0), min(end, len(tokens))):
            mark = hidden.get(index)
            if mark is None:
                gap = index > 0 and tokens[index - 1].end < tokens[index].start
                out.append((" " if gap else "") + tokens[index].text)
            elif hidden.get(index - 1) != mark or index == start:
                out.append({SOURCE: " A", TARGET: " B", ACTOR: " C"}[mark])
        return "".join(out).strip()

    return write(first - 6, last + 14), write(cuts[1], cuts[2] if cuts[2] > cuts[1] else cuts[1] + 14)
