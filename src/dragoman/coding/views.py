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

_SPOKEN = 48
"""How many words an encoder is given at most."""

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
    source: tuple[int, int] | None,
    target: tuple[int, int] | None,
    trigger: tuple[int, int] | None = None,
) -> View:
    """The view of a parsed sentence. source, target, trigger: ranges of tokens."""
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
        cuts = (0, 0, 0, 0)
    elif len(marked) == 1:
        cuts = (marked[0][0], marked[0][1], marked[0][1], len(tokens))
    else:
        cuts = (marked[0][0], marked[0][1], marked[1][0], marked[1][1])
    one = len(marked) < 2
    first, last = (cuts[0], cuts[1]) if one else (cuts[0], cuts[3])
    before = list(_words(sentence, hidden, range(max(0, first - _REACH), first)))
    between = [] if one else list(_words(sentence, hidden, range(cuts[1], cuts[2])))
    reach = (_REACH, 2 * _REACH, len(tokens))[2 - len(marked)]
    after = list(_words(sentence, hidden, range(last, min(len(tokens), last + reach))))
    act: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    if trigger is not None:
        act = tuple(_words(sentence, {}, range(*trigger)))
        around = [*range(max(0, trigger[0] - _NEAR), trigger[0]), *range(trigger[1], min(len(tokens), trigger[1] + _NEAR))]
        near = tuple(_words(sentence, hidden, around))
    parts = {"before": (max(0, first - _REACH), first), "between": (cuts[1], cuts[2]), "after": (last, last + reach)}
    return View(
        marked[0][2][1] if len(marked) == 2 else "",
        tuple(before),
        tuple(between),
        tuple(after),
        act,
        near,
        tuple(sorted({*_hints(sentence, hidden, parts), *(_meant(sentence, trigger) if trigger else ())})),
        *_spoken(sentence, hidden, first, last + reach, cuts),
    )


def look_at(lexicon: Lexicon, text: str, source: Span | None, target: Span | None, trigger: Span | None = None) -> View:
    """The view of a sentence that is not parsed yet; spans are offsets into `text`."""
    sentence = parse(lexicon, text, 0, len(text))

    def tokens(span: Span | None) -> tuple[int, int] | None:
        if span is None:
            return None
        inside = [i for i, t in enumerate(sentence.tokens) if t.start < span.end and span.start < t.end]
        return (inside[0], inside[-1] + 1) if inside else None

    return look(sentence, tokens(source), tokens(target), tokens(trigger))


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
    """What the triggers that stand in each part may mean; of the first that stands in or behind the two, apart."""
    first = True
    for part, (start, end) in parts.items():
        for index in range(start, min(end, len(sentence.tokens))):
            match = sentence.triggers.get(index)
            if match is not None and index not in hidden:
                for word in match.meanings:
                    yield f"{part}:{word.trigger.type}"
                    yield f"{part}:{word.trigger.id}"
                    if first and part != "before":
                        yield f"first:{word.trigger.type}"
                first = first and part == "before"


def _meant(sentence: Sentence, trigger: tuple[int, int]) -> Iterator[str]:
    """What the words of the trigger may mean."""
    for index, match in sentence.triggers.items():
        if index < trigger[1] and trigger[0] < match.end:
            for word in match.meanings:
                yield f"at:{word.trigger.type}"
                yield f"at:{word.trigger.id}"


def _spoken(sentence: Sentence, hidden: dict[int, str], first: int, last: int, cuts: tuple[int, ...]) -> tuple[str, str]:
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

    if not any(mark in (SOURCE, TARGET) for mark in hidden.values()):
        hidden = {}  # nobody in particular is asked about: the whole sentence
        return write(0, len(tokens)), write(0, 14)
    start = max(first - 6, 0)
    return write(start, min(last, start + _SPOKEN)), write(cuts[1], min(cuts[2] if cuts[2] > cuts[1] else cuts[1] + 14, cuts[1] + _SPOKEN))
