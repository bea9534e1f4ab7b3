"""One contract for every engine: the same record, whatever happens to those who do the work."""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from test_local import write_texts

import dragoman
from dragoman.coding import RULES, code
from dragoman.coding.coders import RulesCoder
from dragoman.engines import build
from dragoman.engines.engine import Engine, Here, Lost, in_order, open_engine, spread
from dragoman.engines.looking import _look as honest
from dragoman.errors import QueryError
from dragoman.record import Record, parts
from dragoman.record.check import check
from dragoman.statement import Document, Statement
from making import environment, run_python, start_python

RAY = pytest.param("ray", marks=pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed: pip install 'dragoman[ray]'"))
ENGINES = ("here", "local", RAY)


@pytest.fixture(scope="module", params=ENGINES)
def how(request: pytest.FixtureRequest) -> Iterator[dict[str, Any]]:
    """How to ask for each engine. One Ray cluster serves all tests."""
    if request.param == "here":
        yield {"workers": 1}
    elif request.param == "local":
        yield {"workers": 2}
    else:
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
        os.environ["PYTHONPATH"] = os.pathsep.join((str(Path(__file__).parent), str(Path(__file__).parents[1])))
        ray = importlib.import_module("ray")
        ray.init(num_cpus=2, include_dashboard=False, logging_level="ERROR", log_to_driver=False)
        yield {"engine": "ray"}
        ray.shutdown()


@pytest.fixture
def engine(how: dict[str, Any]) -> Iterator[Engine]:
    with open_engine(how.get("engine", "local"), how.get("workers")) as opened:
        yield opened


def square(numbers: Sequence[int]) -> list[int]:
    return [number * number for number in numbers]


def die_of_seven(numbers: Sequence[int]) -> list[int]:
    if 7 in numbers:
        os.kill(os.getpid(), signal.SIGKILL)
    return square(numbers)


class Once:
    """Dies of seven the first time only: a file remembers."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __call__(self, numbers: Sequence[int]) -> list[int]:
        if 7 in numbers and not self.mark.exists():
            self.mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return square(numbers)


def fail(numbers: Sequence[int]) -> list[int]:
    raise QueryError("No.", str(numbers[0]))


def batches(count: int = 12, size: int = 3) -> list[tuple[int, list[int]]]:
    return [(n, list(range(n * size, n * size + size))) for n in range(count)]


def test_each_batch_has_its_result(engine: Engine) -> None:
    assert dict(spread(engine, square, batches())) == {n: [square(batch)] for n, batch in batches()}
    assert list(spread(engine, square, [])) == []
    assert dict(spread(engine, square, batches(2))) == {0: [[0, 1, 4]], 1: [[9, 16, 25]]}


def test_what_work_raises_is_raised(engine: Engine) -> None:
    with pytest.raises(QueryError, match=r"^\d+: No\.$"):
        list(spread(engine, fail, batches()))


def test_of_a_batch_that_kills_the_others_are_done(engine: Engine) -> None:
    if isinstance(engine, Here):
        pytest.skip("whoever dies here takes the test along")
    found = dict(spread(engine, die_of_seven, batches()))
    assert {n: pieces for n, pieces in found.items() if n != 2} == {n: [square(batch)] for n, batch in batches() if n != 2}
    six, seven, eight = found[2]
    assert (six, eight) == ([36], [64])
    assert isinstance(seven, Lost) and not seven.blameless


def test_whoever_dies_once_is_replaced(engine: Engine, tmp_path: Path) -> None:
    if isinstance(engine, Here):
        pytest.skip("whoever dies here takes the test along")
    found = dict(spread(engine, Once(tmp_path / "mark"), batches()))
    assert found[2] == [[36], [49], [64]]
    assert len(found) == 12


def test_what_comes_early_waits() -> None:
    assert list(in_order([(2, "c"), (0, "a"), (1, "b"), (3, "d")])) == ["a", "b", "c", "d"]


class Killing(RulesCoder, frozen=True):
    """The rules, whose process is ended over a document of that id."""

    on: str = ""

    def code(self, document: Document) -> list[Statement]:
        if document.id == self.on:
            os.kill(os.getpid(), signal.SIGKILL)
        return code(document)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return write_texts(tmp_path / "texts", 32, 2)


PARTS = ("statements", "facts", "links", "conflicts", "issues")


def export(path: Path, out: Path) -> dict[str, bytes]:
    found = {}
    with dragoman.open(path) as record:
        for what in PARTS:
            record.export(out, what=what)
            found[what] = out.read_bytes()
    return found


def rows(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All that a record holds, in its order."""
    with Record.open(path, read_only=True) as record:
        tables = ("documents", "sentences", "statements", "additions", "participants")
        return {table: sorted(record.query(f"SELECT rowid, * FROM {table}"), key=str) for table in tables}


def test_every_engine_makes_the_same_record(how: dict[str, Any], texts: Path, tmp_path: Path) -> None:
    build([texts], tmp_path / "plain.duckdb")
    build([texts], tmp_path / "r.duckdb", **how)
    assert export(tmp_path / "r.duckdb", tmp_path / "o") == export(tmp_path / "plain.duckdb", tmp_path / "o")
    ours, plain = rows(tmp_path / "r.duckdb"), rows(tmp_path / "plain.duckdb")
    for table in ("documents", "sentences", "statements", "additions"):
        assert ours[table] == plain[table]
    assert {row[1:] for row in ours["participants"]} == {row[1:] for row in plain["participants"]}
    with Record.open(tmp_path / "r.duckdb", read_only=True) as record:
        assert check(record).findings == ()
    assert not (tmp_path / "r.duckdb.parts").exists()


class Noting(RulesCoder, frozen=True):
    """The rules, which note on which machine of the cluster they code."""

    folder: str = ""

    def code(self, document: Document) -> list[Statement]:
        ray = importlib.import_module("ray")
        Path(self.folder, document.id).write_text(ray.get_runtime_context().get_node_id())
        return code(document)


TWO_NODES = """
import sys
from pathlib import Path
from ray.cluster_utils import Cluster
from test_engines import Noting
from dragoman.engines import build
if __name__ == "__main__":
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    other = cluster.add_node(num_cpus=1)
    cluster.wait_for_nodes()
    noted = Path(sys.argv[3])
    def show(stage, done, total):
        global other
        if stage == "coding" and other and len({one.read_text() for one in noted.iterdir()} - {""}) == 2:
            cluster.remove_node(other, allow_graceful=False)
            other = None
            print("killed after", done, flush=True)
    summary = build([sys.argv[1]], sys.argv[2], engine="ray", address=cluster.address, coder=Noting(str(noted)), progress=show)
    print("added", summary.added, summary.failed)
    cluster.shutdown()
"""


@pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed: pip install 'dragoman[ray]'")
def test_of_two_machines_one_dies_in_the_middle(tmp_path: Path) -> None:
    """Two real raylets; one is killed once both have coded; the record is what it always is."""
    texts, noted = write_texts(tmp_path / "texts", 96, 2), tmp_path / "noted"
    noted.mkdir()
    folders = os.pathsep.join((str(Path(__file__).parent), environment()["PYTHONPATH"]))
    more = {"PYTHONPATH": folders, "RAY_USAGE_STATS_ENABLED": "0"}
    command = [sys.executable, "-c", TWO_NODES, str(texts), str(tmp_path / "r.duckdb"), str(noted)]
    done = subprocess.run(command, env=environment(**more), capture_output=True, text=True, timeout=280, check=False)
    assert "killed after" in done.stdout, done.stderr
    assert "added 96 ()" in done.stdout, done.stderr
    build([texts], tmp_path / "plain.duckdb")
    assert export(tmp_path / "r.duckdb", tmp_path / "o") == export(tmp_path / "plain.duckdb", tmp_path / "o")
    assert len({one.read_text() for one in noted.iterdir()}) == 2


def test_parts_make_what_adding_one_by_one_makes(texts: Path, tmp_path: Path) -> None:
    build([texts], tmp_path / "parts.duckdb", link=False)
    with Record.open(tmp_path / "parts.duckdb", read_only=True) as record:
        documents, version = list(record.documents()), RULES.version
        coded = [(document, list(record.statements("doc = ?", [document.id]))) for document in documents]
    with Record.open(tmp_path / "one.duckdb", create=True) as record:
        for document, statements in coded:
            record.add(document, statements, version)
    ours, plain = rows(tmp_path / "parts.duckdb"), rows(tmp_path / "one.duckdb")
    for table in ("documents", "sentences", "statements", "additions"):
        assert ours[table] == plain[table]
    assert {row[1:] for row in ours["participants"]} == {row[1:] for row in plain["participants"]}


def test_a_document_that_workers_die_of_is_set_aside(how: dict[str, Any], texts: Path, tmp_path: Path) -> None:
    if how.get("workers") == 1:
        pytest.skip("whoever dies here takes the test along")
    summary = build([texts], tmp_path / "r.duckdb", coder=Killing("text007.en"), link=False, **how)
    assert (summary.added, len(summary.failed)) == (31, 1)
    assert "text007.en.txt" in summary.failed[0] and "--retry-failed" in summary.failed[0]
    with Record.open(tmp_path / "r.duckdb", read_only=True) as record:
        ((id, what),) = record.query("SELECT id, what FROM failures")
        assert id == "text007.en" and "ended by the system" in what
    again = build([texts], tmp_path / "r.duckdb", link=False, **how)
    assert (again.added, len(again.failed)) == (0, 1)
    healed = build([texts], tmp_path / "r.duckdb", retry_failed=True, link=False, **how)
    assert (healed.added, healed.failed) == (1, ())
    with Record.open(tmp_path / "r.duckdb", read_only=True) as record:
        assert check(record).findings == ()


def test_a_text_that_readers_die_of_is_set_aside(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.engines.looking._look", die_of_a_text)
    summary = build([texts], tmp_path / "r.duckdb", workers=2, link=False)
    assert (summary.added, len(summary.failed)) == (31, 1)
    again = build([texts], tmp_path / "r.duckdb", workers=2, link=False)
    assert (again.unchanged, len(again.failed)) == (31, 1)
    assert "set aside" in again.failed[0]
    monkeypatch.undo()
    healed = build([texts], tmp_path / "r.duckdb", retry_failed=True, link=False)
    assert (healed.added, healed.failed) == (1, ())
    assert build([texts], tmp_path / "r.duckdb", link=False).failed == ()


def die_of_a_text(item: Any) -> Any:
    if item.path.name == "text007.en.txt":
        os.kill(os.getpid(), signal.SIGKILL)
    return honest(item)


class Counting(RulesCoder, frozen=True):
    """The rules, which note in a folder what they code, and stop at one."""

    folder: str = ""
    stop: str = ""

    def code(self, document: Document) -> list[Statement]:
        if document.id == self.stop and not Path(self.folder, "stopped").exists():
            Path(self.folder, "stopped").touch()
            time.sleep(60)
        with Path(self.folder, document.id).open("a") as file:
            file.write("x")
        return code(document)


STOPPED = """
import sys, pathlib
from test_engines import Counting
from dragoman.engines import build
if __name__ == "__main__":
    build([sys.argv[1]], sys.argv[2], workers=2, link=False, coder=Counting(sys.argv[3], "text004.en"))
"""


def test_a_part_that_is_done_is_not_done_again(texts: Path, tmp_path: Path) -> None:
    """While one worker hangs over an early part the other goes on; all is killed; what was coded is taken, not coded again."""
    counted = tmp_path / "counted"
    counted.mkdir()
    program = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n" + STOPPED
    running = start_python(program, str(texts), str(tmp_path / "r.duckdb"), str(counted))
    waited = time.monotonic()
    folder = tmp_path / "r.duckdb.parts"
    while len(list(folder.glob("[0-9a-f]*.parquet")) if folder.exists() else []) < 2 and time.monotonic() - waited < 60:
        time.sleep(0.1)
    running.kill()
    running.wait()  # not until the output ends: the worker that hangs holds it
    kept = {one.name: one.read_text() for one in counted.iterdir() if one.name != "stopped"}
    whole = len(list(folder.glob("[0-9a-f]*.parquet")))
    assert whole >= 2
    summary = build([texts], tmp_path / "r.duckdb", workers=2, coder=Counting(str(counted)))
    assert summary.documents == 32
    again = [name for name in kept if (counted / name).read_text() != "x"]
    assert len(again) <= len(kept) - 2 * whole, "parts of two documents that were done were done again"
    assert not folder.exists()


def test_a_part_of_which_only_a_piece_is_there_is_done_again(texts: Path, tmp_path: Path) -> None:
    part = tmp_path / "x.parquet"
    data = parts.pack([])
    parts.save(part, data)
    assert parts.is_whole(part)
    part.write_bytes(data[: len(data) // 2])
    assert not parts.is_whole(part)
    assert not parts.is_whole(tmp_path / "none.parquet")


def test_workers_end_with_the_build(texts: Path, tmp_path: Path) -> None:
    """No process is left behind, when the build is killed either."""
    program = f"""import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})
import multiprocessing, threading, time
from test_engines import Counting
from dragoman.engines import build
def tell():
    time.sleep(3)
    print(*[p.pid for p in multiprocessing.active_children()], flush=True)
if __name__ == "__main__":
    threading.Thread(target=tell, daemon=True).start()
    build([sys.argv[1]], sys.argv[2], workers=2, link=False, coder=Counting(sys.argv[3], "text004.en"))
"""
    (tmp_path / "counted").mkdir()
    running = start_python(program, str(texts), str(tmp_path / "r.duckdb"), str(tmp_path / "counted"))
    assert running.stdout is not None
    pids = [int(pid) for pid in running.stdout.readline().split()]
    assert len(pids) == 2
    running.kill()
    running.wait()
    waited = time.monotonic()
    while any(map(_runs, pids)) and time.monotonic() - waited < 90:
        time.sleep(0.2)
    assert not any(map(_runs, pids))


def _runs(pid: int) -> bool:
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def test_a_script_without_its_guard_is_told(texts: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(f"from dragoman.engines import build\nbuild([{str(texts)!r}], {str(tmp_path / 'r.duckdb')!r}, workers=2)\n")
    told = subprocess.run([sys.executable, str(script)], env=environment(), capture_output=True, text=True, timeout=120, check=False)
    assert told.returncode != 0 and "needs the guard" in told.stderr


def test_engines_that_are_not_there(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(QueryError, match="no engine 'cloud'"):
        build([texts], tmp_path / "r.duckdb", engine="cloud")
    with pytest.raises(QueryError, match="has no address"):
        build([texts], tmp_path / "r.duckdb", address="somewhere:1")
    monkeypatch.setattr("dragoman.engines.cluster.find_spec", lambda name: None)
    with pytest.raises(QueryError, match=r"Ray is not installed\.") as caught:
        build([texts], tmp_path / "r.duckdb", engine="ray")
    assert "dragoman[ray]" in caught.value.advice
    assert not (tmp_path / "r.duckdb").exists()


def test_the_core_never_imports_ray(texts: Path, tmp_path: Path) -> None:
    code = "import sys; from dragoman.engines import build; build([sys.argv[1]], sys.argv[2]); print('ray' in sys.modules)"
    assert run_python(code, str(texts), str(tmp_path / "r.duckdb")).stdout.strip() == "False"
