"""Records of every earlier format are brought to this one, records are written anew, and what is wrong in one is found."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

import dragoman
from dragoman.errors import RecordError
from dragoman.record import Record, upkeep
from dragoman.record.check import check
from dragoman.record.schema import FORMAT
from dragoman.record.upkeep import CACHES, compact, upgrade
from making import make_pair, run_dragoman, run_python

FORMATS = sorted((Path(__file__).parent / "formats").glob("*.sql"))
"""What earlier Dragomans executed to make a record and to add two editions of a document. FORMAT-STATE.sql: format 1 had several."""


def make_old(file: Path, path: Path) -> Path:
    with duckdb.connect(path) as connection:
        connection.execute(file.read_text("utf-8"))
    return path


def layout(path: Path) -> set[tuple[str, str, str]]:
    with duckdb.connect(path, read_only=True) as connection:
        sql = "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal"
        return set(connection.execute(sql).fetchall())


@pytest.fixture(params=FORMATS, ids=lambda file: file.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return make_old(request.param, tmp_path / "old.duckdb")


def test_every_format_that_was_is_kept_here() -> None:
    assert {int(file.stem.partition("-")[0]) for file in FORMATS} >= set(range(1, FORMAT))


def test_an_old_record_is_read_as_it_is(old: Path) -> None:
    before = old.read_bytes()
    with Record.open(old, read_only=True) as record:
        (document,) = record.documents()
        assert (document.text, len(list(record.documents(history=True)))) == ("زارت باكستان سوريا عام 1949.", 2)
        assert [one.id for one in record.about([["PAK"], ["SYR"]])] == [one.id for one in record.statements()]
        assert check(record).findings == ()
    assert old.read_bytes() == before


def test_an_old_record_is_upgraded_to_what_a_new_one_is(old: Path, tmp_path: Path) -> None:
    with Record.open(old, read_only=True) as record:
        said = list(record.statements(history=True)), list(record.documents(history=True))
    done = upgrade(old)
    assert done.after == FORMAT
    Record.open(tmp_path / "new.duckdb", create=True).close()
    assert layout(old) == layout(tmp_path / "new.duckdb")
    with Record.open(old) as record:
        assert (list(record.statements(history=True)), list(record.documents(history=True))) == said
        assert check(record).findings == ()
        assert len(list(record.query("SELECT row FROM participants WHERE actor = 'elan bloc'"))) == 1
        document, statements = make_pair("new.en")
        record.add(document, statements, "coder")
        assert check(record).findings == ()
        assert list(record.query("SELECT value FROM meta WHERE name = 'format'")) == [(str(FORMAT),)]
    assert upgrade(old) == upkeep.Upgraded(FORMAT, FORMAT, ())


def test_an_upgrade_that_is_stopped_leaves_the_record_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = make_old(FORMATS[0], tmp_path / "old.duckdb")
    before = layout(old)
    monkeypatch.setitem(
        __import__("dragoman.record.file", fromlist=["ADDED"]).ADDED, "documents.more", "ALTER TABLE nowhere ADD COLUMN x INT"
    )
    with pytest.raises(RecordError):
        upgrade(old)
    assert layout(old) == before


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two texts that say the same, and the record of them, linked."""
    folder = tmp_path_factory.mktemp("made")
    texts = folder / "texts"
    texts.mkdir()
    (texts / "ties.en.txt").write_text("Pakistan and Syria established diplomatic relations in 1948. Iran sent aid to Pakistan in 2005.\n")
    (texts / "ties.ar.txt").write_text("أقامت باكستان وسوريا علاقات دبلوماسية عام 1948. أرسلت إيران مساعدات إلى باكستان عام 2005.\n")
    dragoman.build([texts], folder / "r.duckdb")
    return folder


@pytest.fixture
def built(made: Path, tmp_path: Path) -> Path:
    """A copy of that record."""
    return Path(shutil.copy(made / "r.duckdb", tmp_path / "r.duckdb"))


def export(path: Path, out: Path) -> bytes:
    with dragoman.open(path) as record:
        parts = []
        for what in ("statements", "facts", "links", "issues", "conflicts"):
            record.export(out, what=what)
            parts.append(out.read_bytes())
    return b"\n".join(parts)


def test_compact_keeps_everything(made: Path, built: Path, tmp_path: Path) -> None:
    before, size, columns = export(built, tmp_path / "o"), built.stat().st_size, layout(built)
    done = compact(built)
    assert (done.before, done.after) == (size, built.stat().st_size)
    assert done.rows["statements"] > 0 and done.rows["vectors"] > 0
    assert export(built, tmp_path / "o") == before
    assert layout(built) == columns
    with Record.open(built, read_only=True) as record:
        assert check(record).findings == ()
        assert [one.date for one in record.about([["PAK"], ["SYR"]])] == ["1948", "1948"]
    without = compact(built, caches=False)
    assert not set(without.rows) & set(CACHES) and without.after <= done.after
    assert export(built, tmp_path / "o") == before
    assert dragoman.build([made / "texts"], built).unchanged == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["o", "r.duckdb"]


def test_compact_that_fails_leaves_the_record(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = built.read_bytes()
    monkeypatch.setattr(upkeep, "fill_participants", lambda connection: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        compact(built)
    assert built.read_bytes() == before
    assert not list(built.parent.glob(".*"))


def test_compact_on_a_full_disk_says_so(built: Path) -> None:
    before = built.read_bytes()
    code = """import resource, sys; from pathlib import Path; from dragoman.record.upkeep import compact
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000)); compact(Path(sys.argv[1]))"""
    done = run_python(code, str(built))
    assert "The disk is full." in done.stderr
    assert built.read_bytes() == before


DAMAGE: tuple[tuple[str, str], ...] = (
    ("UPDATE statements SET quote = quote || ' again' WHERE rowid = 0", "Its quote is not what"),
    ('UPDATE statements SET "end" = 100000 WHERE rowid = 0', "Its quote is not what"),
    ("UPDATE documents SET text = replace(text, '1948', '1949')", "is not what was read"),
    ("UPDATE documents SET licence = 'none'", "is not what was read"),
    ("UPDATE statements SET type = 'SUPPORTS' WHERE kind = 'event'", "has the type 'SUPPORTS'"),
    ("UPDATE statements SET modality = 'sworn'", "no modality 'sworn'"),
    ("UPDATE statements SET document = 'x'", "which is not in the record"),
    ("UPDATE statements SET source = [{'code': 'PAK', 'sector': '', 'name': 'Nobody', 'start': 0, 'end': 6}]", "The actor 'Nobody'"),
    ("DELETE FROM statements WHERE rowid = 0", "which is no current statement"),
    ("DELETE FROM documents", "is not in the record"),
    ("DELETE FROM additions WHERE seq = 1", "was never added"),
    ("UPDATE additions SET seq = 1", "which of them is current"),
    ("DELETE FROM participants WHERE actor = 'SYR'", "would not be found by its actor SYR"),
    ("INSERT INTO participants VALUES ('FRA', 0)", "would be found by FRA"),
    ("INSERT INTO participants VALUES ('FRA', 9999)", "which is none"),
    ("UPDATE links SET \"left\" = 'nobody'", "It names 'nobody'"),
    ("UPDATE facts SET statements = [statements[1]]", "is not that of its statements"),
    ("INSERT INTO facts SELECT * FROM facts", "It is in two facts"),
    ('UPDATE sentence_links SET "left" = [99]', "a sentence that 'ties.ar' does not have"),
    ("UPDATE vectors SET vector = 'x'::BLOB WHERE rowid = 0", "not of one length"),
)


@pytest.mark.parametrize(("sql", "said"), DAMAGE)
def test_what_is_wrong_is_found(built: Path, sql: str, said: str) -> None:
    with duckdb.connect(built) as connection:
        connection.execute(sql)
    with Record.open(built, read_only=True) as record:
        found = check(record).findings
    assert any(said in finding.what for finding in found), found


def test_a_block_that_the_disk_has_lost_is_found(built: Path) -> None:
    """Bytes in the middle of the file, where statements and texts lie, are turned."""
    data = bytearray(built.read_bytes())
    for start in range(16384, len(data) - 4096, 8192):
        data[start + 100] ^= 255
    built.write_bytes(data)
    done = run_dragoman("check", built)
    assert done.returncode in (1, 2), done
    assert "Traceback" not in done.stderr


def test_the_commands(built: Path, tmp_path: Path) -> None:
    sound = run_dragoman("check", built)
    assert sound.returncode == 0 and "4 statements" in sound.stderr and "all is sound" in sound.stderr
    assert "bytes before" in run_dragoman("compact", built, "--without-cache").stderr
    assert "nothing was changed" in run_dragoman("upgrade", built).stderr
    old = make_old(FORMATS[0], tmp_path / "old.duckdb")
    assert "from format 1 to" in run_dragoman("upgrade", old).stderr
    with duckdb.connect(built) as connection:
        connection.execute("UPDATE statements SET quote = 'x'")
    wrong = run_dragoman("check", built, "--json")
    assert wrong.returncode == 1 and '"findings"' in wrong.stdout
    for command in ("check", "compact", "upgrade"):
        none = run_dragoman(command, tmp_path / "none.duckdb")
        assert none.returncode == 2 and "no record here" in none.stderr
    (tmp_path / "junk").write_bytes(b"junk" * 100)
    assert run_dragoman("compact", tmp_path / "junk").returncode == 2
    assert (tmp_path / "junk").read_bytes() == b"junk" * 100


@pytest.mark.parametrize("work", [compact, upgrade])
def test_a_record_in_use_is_left(built: Path, work: Callable[[Path], object]) -> None:
    with Record.open(built, read_only=True), pytest.raises(RecordError, match=r"already open|in use"):
        work(built)
