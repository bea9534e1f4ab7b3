"""Which language a text is in: by the script of its letters, then by the commonest words of the languages of that script."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

import msgspec
from babel import Locale, UnknownLocaleError

from dragoman import languages
from dragoman.errors import LanguageError

# The commonest words of languages that have no folder, so that a text in one is refused by name instead of misread.
_OTHERS = {
    "fr": "le la les des et est dans que une du pour qui sur par au avec ce ne pas plus son aux ont été cette",
    "de": "der die und das den von zu mit ist des im nicht ein eine auf dem als auch es sich wurde bei nach wird werden",
    "es": "el la los las de que y en un una por con para del se su al lo como más fue entre sus ha",
    "pt": "o os as de que e em um uma por com para do da dos das no na se ao como mais foi entre são",
    "it": "il la di che e in un una per con del della dei nel alla gli le è non sono da al più anche stato",
    "nl": "de het een en van in is op te dat die voor met zijn niet aan er ook als bij door naar werd",
    "pl": "w i na z do się nie jest że to o jako przez po od za oraz przy który które był",
    "sv": "och att det som en på är av för med den till ett har om inte från var vid efter",
    "tr": "ve bir bu için ile da de olarak olan gibi daha çok ne kadar sonra en ise tarafından",
    "id": "yang dan di dengan untuk dari pada adalah ini dalam tidak oleh sebagai itu ke akan juga telah",
    "ru": "и в на не что с по как из за от для это его но был было при также году к о",
    "uk": "і в на не що з до та як за від для це його але був було при також року у й",
    "fa": "از به که در این را با است برای آن های می شد شده کرد یک خود بر تا نیز ایران",
    "ur": "کے میں کی ہے اور سے کا کو نے پر کہ یہ ہیں تھا بھی اس کر گیا ان",
    "ps": "د په چې کې او دی سره له ته شوی یې هغه کړي وي",
    "he": "של את על לא הוא עם זה היא גם כי אל בין היה אשר או",
}
# Scripts in which most texts are in one language.
_ALONE = {
    "Cjk": "zh", "Hiragana": "ja", "Katakana": "ja", "Hangul": "ko", "Greek": "el", "Armenian": "hy", "Georgian": "ka", "Thai": "th",
    "Devanagari": "hi", "Bengali": "bn", "Tamil": "ta", "Ethiopic": "am",
}  # fmt: skip
_SAMPLE, _SAMPLES = 10_000, 3
"""Characters of a sample, and how many are taken: from the beginning, the middle and the end."""
_SURE = 0.05
"""Share of common words from which a language is certain; running text has several times as many."""
_LONG = 200
"""A text with this many different words and hardly one common among them is in no language known here."""

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’](?=\w)|[\u0300-\u036f\u064b-\u0652\u0670])*")


class Guess(msgspec.Struct, frozen=True):
    """What a text seems to be in.

    code: the likeliest language, with a folder or not, "" for none. share: of its words, how many are common ones (0 to 1).
    script: of most letters, "" when there are none.
    """

    code: str
    share: float
    script: str


def name(code: str) -> str:
    """The English name of a language tag ("ar-EG": "Arabic"), "" when CLDR knows none."""
    return _names().get(languages.base(code), "")


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return dict(Locale("en").languages)


def has_folder(code: str) -> bool:
    """Whether the language of a tag can be read."""
    return languages.base(code) in languages.available()


def refuse(what: str, where: str) -> LanguageError:
    """The error for a text whose language cannot be read, saying which can."""
    known = ", ".join(f"{languages.sentences(code).name} ({code})" for code in languages.available())
    advice = f"There is {known}. If that is what it is in, name the file SUBJECT.LANG.txt or set language in dragoman.toml."
    return LanguageError(what, where, advice)


@lru_cache(maxsize=8192)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0].capitalize()


@lru_cache(maxsize=1)
def _lists() -> dict[str, tuple[str, frozenset[str]]]:
    """By language: its script and its common words."""
    lists = {code: (_script(words[0]), frozenset(words.split())) for code, words in _OTHERS.items()}
    readable = {code: languages.sentences(code) for code in languages.available()}
    return lists | {code: (data.script, frozenset(data.common)) for code, data in readable.items() if data.common or code not in lists}


def guess(text: str) -> Guess:
    """The likeliest language of a text, from samples of it."""
    step = max(0, (len(text) - _SAMPLE) // (_SAMPLES - 1))
    sample = text if step < _SAMPLE else " ".join(text[i * step : i * step + _SAMPLE] for i in range(_SAMPLES))
    words = [word.lower() for word in _WORD.findall(sample)]
    scripts = Counter[str]()
    for letter, times in Counter("".join(words)).items():
        scripts[_script(letter)] += times
    if not scripts:
        return Guess("", 0.0, "")
    script = scripts.most_common(1)[0][0]
    counts = Counter(word for word in words if _script(word[0]) == script)
    total = counts.total() or 1
    hits = {
        code: {word: times for word, times in counts.items() if word in common}
        for code, (letters, common) in _lists().items()
        if letters == script
    }
    shares = {code: sum(words.values()) / total for code, words in hits.items()}
    best = max(shares, key=lambda code: shares[code], default=_ALONE.get(script, ""))
    readable = max(filter(has_folder, shares), key=lambda code: shares[code], default="")
    if not readable:
        return Guess(best, shares.get(best, 0.0), script)
    # Another language must show itself by words that are none of this one's; a few words or names tell nothing.
    if shares[best] >= max(_SURE, 1.2 * shares[readable]) and len(hits[best].keys() - _lists()[readable][1]) > 1:
        return Guess(best, shares[best], script)
    unknown = len(counts) >= _LONG and shares[readable] < _SURE / 2
    return Guess("" if unknown else readable, shares[readable], script)


def detect(text: str, where: str) -> tuple[str, str]:
    """The language of a text that can be read, and a note for the user. Raises LanguageError for any other."""
    found = guess(text)
    if not found.script:
        raise refuse("The text has no words by which its language could be told.", where)
    if not found.code:
        raise refuse(f"The language of the text is not known; it is written in {found.script} letters.", where)
    if not has_folder(found.code):
        raise refuse(f"The text seems to be in {name(found.code)} ({found.code}), for which there is no folder under languages/.", where)
    sure = f"{found.share:.0%} of its words are among the commonest" if found.share >= _SURE else "by its letters only"
    return found.code, f"The language was taken to be {name(found.code)}: {sure}."


def normalise(tag: str, where: str) -> str:
    """A language tag that was given, in its usual form. Raises LanguageError when it has no folder."""
    parts = tag.strip().replace("_", "-").split("-")
    if has_folder(parts[0]):
        try:
            return str(Locale.parse("-".join(parts), sep="-")).replace("_", "-")
        except (UnknownLocaleError, ValueError):
            return parts[0].lower()
    called = f"{name(tag)} ({tag})" if name(tag) else repr(tag)
    raise refuse(f"The language {called} has no folder under languages/.", where)
