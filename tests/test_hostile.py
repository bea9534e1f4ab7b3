"""What nobody would write: readers, tagger and coder end with a result or an error of ours; no pattern of the package takes for ever."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.answers.passages import stem
from dragoman.reading.events import reader as events
from dragoman.reading.naming import slug
from making import ROOT, environment

sys.path.insert(0, str(ROOT / "bench"))

import fuzz
import patterns


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=600, check=False)


def test_a_thousand_inputs_by_their_numbers(tmp_path: Path) -> None:
    """Of the million of bench/fuzz.py; the limit is one of processor time, and wide, for this is no benchmark."""
    done = run("bench/fuzz.py", "--inputs", "1000", "--limit", "20")
    assert done.returncode == 0, done.stdout
    assert "0 failed" in done.stdout


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.one_of(st.sampled_from(fuzz.FRAGMENTS), st.text(max_size=12)), max_size=40).map("".join),
    st.sampled_from(fuzz.FORMATS),
)
def test_texts_of_any_letters(tmp_path: Path, text: str, ending: str) -> None:
    fuzz.feed(tmp_path, ending, text.encode("utf-8", "surrogatepass"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.sampled_from((*fuzz.FORMATS, ".pdf", ".xml.bz2")))
def test_any_bytes(tmp_path: Path, data: bytes, ending: str) -> None:
    fuzz.feed(tmp_path, ending, data)


@pytest.mark.parametrize("number", range(0, len(fuzz.FRAGMENTS), 3))
def test_one_thing_again_and_again(tmp_path: Path, number: int) -> None:
    """Ten kilobytes of it without an end; a minute of processor time would be a hang on any machine."""
    fragment, ending = fuzz.FRAGMENTS[number], (".en.txt", ".en.wiki", ".en.html", ".ar.txt", ".en.md")[number % 5]
    data = (fragment * (10_000 // len(fragment))).encode("utf-8", "surrogatepass")
    fuzz.within(60, lambda: fuzz.feed(tmp_path, ending, data))


@pytest.mark.parametrize("text", ["\u200f" * 200, "Pakistan met Syria.\n" + "\u2066" * 70 + "x\n", "\u202e" * 64 + "== a =="])
def test_marks_of_direction_and_nothing_else(tmp_path: Path, text: str) -> None:
    for ending in (".en.txt", ".en.md", ".ar.txt"):
        fuzz.feed(tmp_path, ending, text.encode())


def test_no_pattern_of_the_package_is_exponential() -> None:
    """Each is fed its worst: what it repeats, some hundred times, and then what it must fail on."""
    program = (
        "import sys; sys.path.insert(0, 'bench'); import patterns\n"
        "found = patterns.collect(); bad = [(where, pattern[:80]) for (pattern, flags), where in found.items()"
        " if patterns.is_endless(pattern, flags)]\nprint(len(found)); print(bad or 'none')"
    )
    done = run("-c", program)
    assert done.returncode == 0, done.stderr
    count, bad = done.stdout.splitlines()[-2:]
    assert int(count) > 200
    assert bad == "none"


@pytest.mark.parametrize("pattern", [r"(a+)+b", r"(?:x|xx)*y", r"(\w+\s*)+:"])
def test_an_exponential_pattern_would_be_seen(pattern: str) -> None:
    assert patterns.is_endless(pattern, 0)
    assert not patterns.is_endless(r"[a-z]+\s*=", 0)


def test_what_took_the_square_of_the_time() -> None:
    """Found by bench/patterns.py; each took minutes for this."""
    spaces, letters = " " * 1_000_000, "a" * 1_000_000

    def work() -> int:
        slug(letters[:1000] + spaces)
        stem(letters + "b", "en")
        events._OF.search("Forces of the " + spaces + "(")
        return 0

    fuzz.within(20, work)
