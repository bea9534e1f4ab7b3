"""Our levels are those of the gold folder's own script, on any statements; and right on cases worked out by hand."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dragoman.answers.evaluation import LEVELS, Report, compare, evaluate, read_gold
from dragoman.errors import QueryError
from dragoman.record import Record
from making import CODER, make_document, make_statement

Line = dict[str, Any]


def line(**fields: Any) -> Line:
    plain = {
        "doc": "a.en", "start": 0, "end": 10, "kind": "event", "type": "CONSULT", "source": [{"code": "PAK"}], "target": [{"code": "SYR"}],
        "date": "1948", "modality": "asserted", "quote": "x",
    }  # fmt: skip
    return plain | fields


def write(path: Path, lines: list[Line]) -> Path:
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines), "utf-8")
    return path


def score(tmp_path: Path, gold: list[Line], system: list[Line], languages: dict[str, str] | None = None) -> Report:
    return compare(read_gold(write(tmp_path / "gold", gold)), read_gold(write(tmp_path / "system", system)), languages or {})


@pytest.mark.parametrize(
    ("change", "passed"),
    [
        ({}, 5),
        ({"modality": "denied"}, 4),
        ({"date": "1949"}, 3), ({"date": ""}, 3), ({"date": "1948/1949"}, 3), ({"date": "1948-05-14"}, 5), ({"date": "1948~"}, 5),
        ({"source": [{"code": "SYR"}], "target": [{"code": "PAK"}]}, 2), ({"target": []}, 2),
        ({"source": [{"code": "PAK"}, {"code": "SYR"}], "target": []}, 5),
        ({"type": "AGREE"}, 1),
        ({"kind": "tie"}, 0), ({"start": 6, "end": 20}, 0), ({"start": 5, "end": 20}, 5),
        ({"source": [{"code": "IRN"}], "target": []}, 0), ({"doc": "b.en"}, 0),
    ],
)  # fmt: skip
def test_each_level_asks_for_all_above_it(tmp_path: Path, change: Line, passed: int) -> None:
    levels = score(tmp_path, [line()], [line(**change)]).all.levels
    assert [levels[level].recall for level in LEVELS] == [1.0] * passed + [0.0] * (5 - passed)


def test_an_optional_statement_counts_neither_way(tmp_path: Path) -> None:
    gold = [line(), line(start=20, end=30, optional=True)]
    for system in ([line()], [line(), line(start=20, end=30)]):
        row = score(tmp_path, gold, system).all
        assert (row.gold, row.system, row.levels["voiced"].f1) == (1, 1, 1.0)
    assert score(tmp_path, gold, [line(), line(start=40, end=50)]).all.system == 2


def test_each_is_paired_once_and_the_best_first(tmp_path: Path) -> None:
    report = score(tmp_path, [line(type="AGREE"), line()], [line(), line(start=1), line(start=2)])
    assert report.all.levels["found"].recall == 1.0
    assert report.all.levels["typed"].recall == 0.5
    assert [(miss.verdict, miss.level) for miss in report.misses] == [("wrong", "typed"), ("made up", "")]


def test_by_language_and_document(tmp_path: Path) -> None:
    gold = [line(), line(doc="a.ar"), line(doc="b.ar"), line(doc="c.ar")]
    report = score(tmp_path, gold, [line(), line(doc="b.ar"), line(doc="z.en")], {"a.en": "en", "a.ar": "ar", "b.ar": "ar"})
    assert {name: row.gold for name, row in report.languages.items()} == {"ar": 2, "en": 1, "und": 1}
    assert report.languages["ar"].levels["found"].recall == 0.5
    assert report.documents["b.ar"].levels["found"].f1 == 1.0
    assert report.absent == ("c.ar",)


def test_a_record_is_measured(tmp_path: Path) -> None:
    document = make_document("a.en", "Pakistan met Syria.")
    with Record.open(tmp_path / "r.duckdb", create=True) as record:
        record.add(document, [make_statement(document, date="1948")], CODER)
        report = evaluate(record, read_gold(write(tmp_path / "gold", [line(), line(doc="b.ar")])))
    assert report.documents["a.en"].levels["voiced"].f1 == 1.0
    assert report.absent == ("b.ar",)


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"", "gold"),
        (b"\n \n", "gold"),
        (b"{}", "gold:1"),
        (b"\n{\n", "gold:2"),
        (b"[1]", "gold:1"),
        (b"\xff\xfe", "gold:1"),
        (b'{"start":"x"}', "gold:1"),
    ],
)
def test_what_is_no_gold(tmp_path: Path, content: bytes, where: str) -> None:
    (tmp_path / "gold").write_bytes(content)
    with pytest.raises(QueryError) as caught:
        read_gold(tmp_path / "gold")
    assert caught.value.where == str(tmp_path / where)


def test_gold_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(QueryError, match="cannot be read"):
            read_gold(path)


def scramble(gold: list[Line], chance: random.Random) -> list[Line]:
    """What a poor coder might make of gold: some lost, doubled, moved, of another type, with other actors, dates and voices."""
    pool = [actor for one in gold for side in ("source", "target") for actor in one[side]]
    types = sorted({(one["kind"], one["type"]) for one in gold})
    made = []
    for one in gold:
        for _ in range(chance.choice((0, 1, 1, 1, 1, 2))):
            other = dict(one)
            other.pop("optional", None)
            if chance.random() < 0.4:
                other["start"] = max(0, one["start"] + chance.randint(-15, 15))
                other["end"] = max(other["start"], one["end"] + chance.randint(-15, 15))
            if chance.random() < 0.2:
                other["kind"], other["type"] = chance.choice(types)
            if chance.random() < 0.3:
                other["source"], other["target"] = chance.choice(
                    [(one["target"], one["source"]), ([*one["source"], *one["target"]], []), (chance.sample(pool, 2), [])]
                )
            if chance.random() < 0.3:
                other["date"] = chance.choice(
                    ["", "1948", "197X", "19XX", "1973/1977", "../2022", "0711/..", "-0043", "1948~", "2014-02-17", "junk", "711"]
                )
            if chance.random() < 0.2:
                other["modality"] = chance.choice(["asserted", "denied", "claimed"])
            made.append(other)
    chance.shuffle(made)
    return made


def script(shared: Path, gold: Path, system: Path) -> Any:
    command = [sys.executable, str(shared / "gold" / "score.py"), str(gold), str(system), "--json"]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def flat(report: Report) -> Any:
    rows = {**report.documents, "all": report.all}
    return {name: {"gold": row.gold, "system": row.system, **msgspec.to_builtins(row.levels)} for name, row in rows.items()}


@pytest.mark.parametrize("name", ["seeds.jsonl", "dev/statements.jsonl"])
def test_equal_to_the_script_on_scrambled_gold(tmp_path: Path, shared: Path, name: str) -> None:
    path = shared / "gold" / name
    gold = [json.loads(one) for one in path.read_text("utf-8").splitlines() if one.strip()]
    for seed in range(6):
        system = write(tmp_path / "system", scramble(gold, random.Random(seed)))
        assert flat(compare(read_gold(path), read_gold(system), {})) == script(shared, path, system)


def test_equal_to_the_script_on_crowded_statements(tmp_path: Path, shared: Path) -> None:
    """Many statements on the same few words, so that ties between pairs are the rule."""
    for seed in range(10):
        chance = random.Random(seed)

        def crowd(size: int, chance: random.Random = chance) -> list[Line]:
            many = []
            for _ in range(size):
                start = chance.randint(0, 12)
                sides = {
                    side: [{"code": chance.choice(["PAK", "SYR", ""]), "name": chance.choice("xy")} for _ in range(chance.randint(0, 2))]
                    for side in ("source", "target")
                }
                many.append(
                    line(
                        doc=chance.choice(["a.en", "b.ar"]), **sides, start=start, end=start + chance.randint(0, 8),
                        kind=chance.choice(["event", "tie"]),
                        type=chance.choice(["AID", "TRADE"]), date=chance.choice(["", "1948", "194X"]), optional=chance.random() < 0.2,
                    )
                )  # fmt: skip
            return many

        gold, system = write(tmp_path / "gold", crowd(40)), write(tmp_path / "system", crowd(50))
        assert flat(compare(read_gold(gold), read_gold(system), {})) == script(shared, gold, system)
