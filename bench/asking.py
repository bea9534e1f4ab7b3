"""How long a question takes over a large record: `ask`, beside plain SQL with LIKE over the same statements in the same run.

The record is synthetic: sentences of a few patterns in English and Arabic over all states, forty years and some hundred things, put in by
SQL. `--words` adds words that no sentence holds to its vocabulary, with random vectors, since a real record has many more.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from dragoman.answers.ask import Asker
from dragoman.answers.index import CREATE, FILL, READER
from dragoman.answers.passages import read_passages, stem
from dragoman.encoding import hash_text, load
from dragoman.languages.folding import fold
from dragoman.languages.states import registry
from dragoman.reading import parse
from dragoman.record import Record

PATTERNS = (
    ("en", "CONSULT", "The president of {a} visited {b} and discussed {t} in {y}."),
    ("en", "AGREE", "{a} and {b} signed an agreement on {t} in {y}."),
    ("en", "SANCTION", "{a} closed its embassy in {b} after a quarrel over {t} in {y}."),
    ("en", "OPPOSES", "{a} opposed the intervention of {b} in the matter of {t} in {y}."),
    ("en", "AID", "{a} sent {t} to {b} in {y}."),
    ("ar", "CONSULT", "زار رئيس {a} دولة {b} وبحث {t} عام {y}."),
    ("ar", "AGREE", "وقعت {a} اتفاقية مع {b} بشأن {t} عام {y}."),
    ("ar", "SANCTION", "أغلقت {a} سفارتها في {b} بسبب {t} عام {y}."),
)
THINGS = {
    "en": [
        "wheat", "cotton", "oil", "gas", "fishing", "water", "railways", "tourism", "weapons", "pilots", "schools", "hospitals", "steel",
        "textiles", "rice", "phosphate", "banking", "visas", "scholarships", "earthquakes", "borders", "refugees", "prisoners",
        "satellites", "vaccines", "films", "football", "archives", "customs", "taxation", "shipping",
    ],
    "ar": [
        "القمح", "القطن", "النفط", "الغاز", "المياه", "السياحة", "الأسلحة", "الطيارين", "المدارس", "المستشفيات", "الأرز", "الحدود",
        "اللاجئين", "الأسرى", "الجمارك", "الضرائب",
    ],
}  # fmt: skip
QUESTIONS = (
    ("Did Pakistan close its embassy in Syria?", ("PAK", "SYR"), ("embassy", "clos")),
    ("Who discussed refugees with Germany in 1999?", ("DEU",), ("refugee", "1999")),
    ("When did Peru and Chile sign an agreement on fishing?", ("PER", "CHL"), ("sign", "fishing")),
    ("Where did Egypt stand on the intervention of Italy in 2003?", ("EGY", "ITA"), ("intervention", "2003")),
    ("هل أغلقت باكستان سفارتها في سوريا؟", ("PAK", "SYR"), ("سفارت", "غلق")),
    ("متى وقعت مصر واليابان اتفاقية بشأن القمح؟", ("EGY", "JPN"), ("اتفاقية", "القمح")),
    ("Which countries talked about prisoners?", (), ("prisoner",)),
    ("Did anybody send vaccines?", (), ("vaccine",)),
)  # fmt: skip
LETTERS = ("أإآىئؤة", "اااييوه")
EACH = 20
"""Sentences of a document."""


def write_texts(documents: int) -> list[str]:
    """SQL that writes the texts, their sentences and statements."""
    return [
        """CREATE TEMP TABLE by_language AS SELECT p.l,
               (SELECT list(p2 ORDER BY p2.t, p2.p) FROM patterns p2 WHERE p2.l = p.l) AS ps,
               (SELECT list(s ORDER BY s.c) FROM states s WHERE s.l = p.l) AS ss,
               (SELECT list(t.w ORDER BY t.w) FROM things t WHERE t.l = p.l) AS ts
           FROM (SELECT DISTINCT l FROM patterns) p""",
        f"""CREATE TEMP TABLE told AS SELECT i, i // {EACH} AS doc, i % {EACH} AS ordinal, l, a, b, y,
               pattern.t AS type, pattern.m AS marks,
               replace(replace(replace(replace(pattern.p, '{{a}}', a.n), '{{b}}', b.n), '{{t}}', thing), '{{y}}', y::VARCHAR) AS text
           FROM (SELECT i, l, ps[1 + (hash(i) % len(ps))::INT] AS pattern, ss[1 + (hash(i + 1) % len(ss))::INT] AS a,
                     ss[1 + (hash(i + 2) % len(ss))::INT] AS b, ts[1 + (hash(i + 3) % len(ts))::INT] AS thing,
                     (1980 + hash(i + 4) % 40)::INT AS y
                 FROM range({documents * EACH}) r(i)
                 JOIN by_language ON l = CASE WHEN (i // {EACH}) % 4 = 0 THEN 'ar' ELSE 'en' END)""",
        """CREATE TEMP TABLE placed AS SELECT *, coalesce(sum(length(text) + 1)
               OVER (PARTITION BY doc ORDER BY ordinal ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)::INT AS "start"
           FROM told""",
        "DROP TABLE told",
        """INSERT INTO documents BY NAME SELECT 'k' || doc AS key, 'd' || doc AS id, any_value(l) AS language,
               string_agg(text, ' ' ORDER BY ordinal) AS text, '' AS subject, '' AS edition, '' AS title, '' AS source, '' AS licence,
               'utf-8' AS encoding, [] AS sections, [] AS notes
           FROM placed GROUP BY doc""",
        """INSERT INTO sentences BY NAME SELECT 'k' || doc AS document, ordinal + 1 AS ordinal, "start", "start" + length(text) AS "end",
               -1 AS section, 'body' AS role, 0 AS paragraph
           FROM placed""",
        """INSERT INTO statements BY NAME SELECT 'k' || doc AS document, 'synthetic' AS coder, ordinal, 's' || i AS id, 'd' || doc AS doc,
               l AS language, "start", "start" + length(text) AS "end", text AS quote,
               CASE WHEN type = 'OPPOSES' THEN 'position' ELSE 'event' END AS kind, type, 'diplomacy' AS topic,
               [{'code': a.c, 'sector': '', 'name': a.n, 'start': "start", 'end': "start" + 3}] AS source,
               [{'code': b.c, 'sector': '', 'name': b.n, 'start': "start", 'end': "start" + 3}] AS target, '' AS issue,
               y::VARCHAR AS date, 'sentence' AS date_from, 'asserted' AS modality, '' AS by, [] AS evidence, 0.9 AS confidence
           FROM placed""",
        "INSERT INTO additions SELECT doc + 1, 'd' || doc, 'k' || doc, 'synthetic' FROM (SELECT DISTINCT doc FROM placed)",
    ]


CUT = r"""CREATE TEMP TABLE found AS
    SELECT i, l, unnest(list_distinct(string_split_regex(translate(lower(rtrim(text, '.')), ?, ?), '\s+'))) AS w FROM placed"""
"""The words of each sentence, folded: all that these patterns need of it."""
GATHER = """CREATE TEMP TABLE batch AS
    SELECT p.i + 1 AS passage, p.doc + 1 AS edition, p."start", p."start" + length(p.text) AS "end",
        list_concat(f.ws, m.ms) AS words, list_concat(f.ws, m.ms) AS forms, list_concat(f.ss, m.ms) AS stems
    FROM placed p
    JOIN (SELECT i, list(f.w) AS ws, list(coalesce(s.s, f.w)) AS ss FROM found f LEFT JOIN stems s ON s.l = f.l AND s.w = f.w GROUP BY i) f
    ON f.i = p.i
    JOIN (SELECT i, list_concat(['@' || a.c, '@' || b.c, '#' || y, '&' || type], marks) AS ms FROM placed) m ON m.i = p.i"""


def make_table(name: str, shape: dict[str, Any], rows: Sequence[Sequence[object]]) -> tuple[str, list[object]]:
    """SQL that makes a table of these rows, and its parameter."""
    value = msgspec.json.encode([dict(zip(shape, row, strict=True)) for row in rows]).decode()
    sql = f"CREATE TEMP TABLE {name} AS SELECT unnest(from_json(?, '{msgspec.json.encode([shape]).decode()}'), recursive := true)"
    return sql, [value]


def fill(record: Record, statements: int) -> None:
    """Put the synthetic texts, statements and index in."""
    rows = []
    for language, type, pattern in PATTERNS:
        sample = pattern.format(a="Peru" if language == "en" else "بيرو", b="Mali" if language == "en" else "مالي", t="", y=1999)
        marks = {m for p in read_passages(parse(sample, "x", language), []) for m in p.marks if m[0] in "!%"}
        rows.append((language, type, pattern, sorted(marks)))
    states = [(language, code, name) for language in THINGS for code, name in registry(language).items()]
    things = [(language, thing) for language, words in THINGS.items() for thing in words]
    spoken = {word for language, _, pattern in PATTERNS for word in pattern.split()}
    words = {(lang, fold(w.strip(".؟?"))) for lang in THINGS for _, _, name in states for w in [*name.split(), *spoken]}
    words |= {(language, fold(thing)) for language, thing in things} | {(lang, str(y)) for lang in THINGS for y in range(1980, 2020)}
    stems = [(language, word, stem(word, language)) for language, word in sorted(words) if word]
    documents = -(-statements // EACH)
    record.write(
        [
            make_table("patterns", {"l": "VARCHAR", "t": "VARCHAR", "p": "VARCHAR", "m": ["VARCHAR"]}, rows),
            make_table("states", {"l": "VARCHAR", "c": "VARCHAR", "n": "VARCHAR"}, states),
            make_table("things", {"l": "VARCHAR", "w": "VARCHAR"}, things),
            make_table("stems", {"l": "VARCHAR", "w": "VARCHAR", "s": "VARCHAR"}, stems),
            *((sql, ()) for sql in write_texts(documents)),
            *((sql.replace("{at}", "main"), ()) for sql in CREATE),
            ("INSERT INTO indexed SELECT doc + 1, 'k' || doc, 'synthetic', ?, any_value(l) FROM placed GROUP BY doc", [READER]),
            (CUT, LETTERS),
            (GATHER, ()),
            *((sql.replace("{at}", "main"), ()) for sql in FILL),
        ]
    )


def widen(record: Record, words: int) -> None:
    """Add words to the vocabulary that no passage holds, with vectors of no meaning."""
    numbers = np.random.default_rng(1)
    name = load().name
    made = ["x" + "".join(chr(97 + int(digit)) for digit in str(number)) for number in range(words)]
    for at in range(0, words, 4096):
        some = made[at : at + 4096]
        rows = numbers.normal(size=(len(some), 512)).astype("<f2")
        record.keep_vectors(name, {hash_text(word): row.tobytes() for word, row in zip(some, rows, strict=True)})
        top = "(SELECT max(word) FROM words)"
        sql = f"INSERT INTO words SELECT {top} + row_number() OVER (), w, w, w, 0 FROM (SELECT unnest(from_json(?, '[\"VARCHAR\"]')) AS w)"
        record.write([(sql, [msgspec.json.encode(some).decode()])])


def ask_plainly(record: Record, states: tuple[str, ...], words: tuple[str, ...]) -> int:
    """The peer: the statements of these states whose quote is like all of these words, in SQL; how many."""
    takes_part = "list_contains(list_transform(list_concat(source, target), lambda actor: actor.code), ?)"
    holds = " AND ".join([takes_part] * len(states) + ["quote ILIKE ?"] * len(words))
    sql = f"SELECT id, quote FROM current_statements WHERE {holds} ORDER BY id LIMIT 10"
    return len(list(record.query(sql, [*states, *(f"%{word}%" for word in words)])))


def best_of(times: list[float]) -> str:
    """The least and the greatest, in milliseconds."""
    return f"{1000 * min(times):6.0f} {1000 * max(times):6.0f}"


def main() -> None:
    """Print a line for each question."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--words", type=int, default=100_000)
    parser.add_argument("--record", type=Path, help="keep the record here, or use the one that is")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.record or Path(folder) / "asking.duckdb"
        if not path.exists():
            began = time.perf_counter()
            with Record.open(path, create=True) as record:
                fill(record, given.statements)
                widen(record, given.words)
                Asker(record).learn()
            print(f"made in {time.perf_counter() - began:.0f} s, {path.stat().st_size / 1e6:.0f} MB")
        with Record.open(path, read_only=True) as record:
            began = time.perf_counter()
            asker = Asker(record)
            asker.ask("Did Peru visit Mali? هل زارت مالي بيرو؟")
            print(f"first question, languages and encoder loaded: {time.perf_counter() - began:.1f} s")
            print(f"{'ms: least, most':38} {'ask':>13} {'LIKE':>13}  answers")
            for question, states, words in QUESTIONS:
                asked, plain = [], []
                for _ in range(3):
                    began = time.perf_counter()
                    reply = asker.ask(question)
                    asked.append(time.perf_counter() - began)
                    began = time.perf_counter()
                    found = ask_plainly(record, states, words)
                    plain.append(time.perf_counter() - began)
                print(f"{question[:38]:38} {best_of(asked)} {best_of(plain)}  {len(reply.answers)} {found} {reply.reason}")


if __name__ == "__main__":
    main()
