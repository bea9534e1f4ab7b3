"""The commands about languages, as a person uses them: list, make a folder, see what it lacks, read with it."""

from __future__ import annotations

import json
import os
from pathlib import Path

from dragoman.languages import SHAPES
from making import run_dragoman


def test_the_package_s_languages_are_listed() -> None:
    done = run_dragoman("languages")
    assert done.returncode == 0, done.stderr
    rows = {line.split()[0]: line for line in done.stdout.splitlines()[1:3]}
    assert set(rows) == {"ar", "en"}
    assert all("nothing" in row for row in rows.values())
    listed = json.loads(run_dragoman("languages", "--json").stdout)
    assert [(one["code"], one["types"], one["direction"]) for one in listed] == [("ar", 30, "rtl"), ("en", 30, "ltr")]


def test_a_new_language_is_made_checked_and_read(tmp_path: Path) -> None:
    done = run_dragoman("languages", "new", "fr", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"Made languages/fr: {len(SHAPES)} files.\n"
    assert f"export DRAGOMAN_LANGUAGES={tmp_path / 'languages'}" in done.stderr
    checked = run_dragoman("languages", "check", "languages/fr", cwd=tmp_path)
    assert checked.returncode == 1
    assert "sentences.yaml" in checked.stdout and "lacks" in checked.stdout
    assert run_dragoman("languages", "check", "fr", cwd=tmp_path).returncode == 2
    root = str(tmp_path / "languages")
    lacks = json.loads(run_dragoman("languages", "check", "fr", "--json", cwd=tmp_path, DRAGOMAN_LANGUAGES=root).stdout)
    assert {lack["weight"] for lack in lacks} == {"must", "may"}
    listed = run_dragoman("languages", cwd=tmp_path, DRAGOMAN_LANGUAGES=root).stdout
    assert "French, français" in listed and str(tmp_path / "languages" / "fr") in listed
    again = run_dragoman("languages", "new", "fr", cwd=tmp_path)
    assert again.returncode == 2 and "there already" in again.stderr


def test_versions_change_with_the_words_and_so_does_the_coder(tmp_path: Path) -> None:
    run_dragoman("languages", "new", "fr", "--to", tmp_path)
    plain, before = run_dragoman("--version").stdout, run_dragoman("--version", DRAGOMAN_LANGUAGES=str(tmp_path)).stdout
    assert "language fr" in before and "language fr" not in plain
    assert plain.splitlines()[1] != before.splitlines()[1]
    file = tmp_path / "fr" / "voices.yaml"
    file.write_text(file.read_text("utf-8").replace("report: []", "report: [dire]"), "utf-8")
    after = run_dragoman("--version", DRAGOMAN_LANGUAGES=str(tmp_path)).stdout
    differing = [line.split()[:2] for line, old in zip(after.splitlines(), before.splitlines(), strict=True) if line != old]
    assert [words[0] for words in differing] == ["coder", "language"]


def test_what_is_wrong_in_a_file_is_named_with_its_place(tmp_path: Path) -> None:
    run_dragoman("languages", "new", "fr", "--to", tmp_path)
    file = tmp_path / "fr" / "times.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace('[date, "{D} {M}"]', '[date, "{D} moon"]'), "utf-8")
    done = run_dragoman("languages", "check", str(tmp_path / "fr"))
    assert done.returncode == 1
    assert "wrong" in done.stdout and "'moon'" in done.stdout


def test_folders_that_are_none_are_refused(tmp_path: Path) -> None:
    done = run_dragoman("languages", DRAGOMAN_LANGUAGES=str(tmp_path / "nowhere"))
    assert done.returncode == 2
    assert "nowhere" in done.stderr and "DRAGOMAN_LANGUAGES" in done.stderr
    done = run_dragoman("languages", "check", str(tmp_path / "nowhere"))
    assert done.returncode == 2 and "nowhere" in done.stderr
    (tmp_path / "file").write_text("", "utf-8")
    done = run_dragoman("languages", "new", "fr", "--to", tmp_path / "file")
    assert done.returncode == 2 and "cannot be written" in done.stderr


def test_several_folders_may_be_named(tmp_path: Path) -> None:
    for code in ("fr", "de"):
        run_dragoman("languages", "new", code, "--to", tmp_path / code)
    named = os.pathsep.join(str(tmp_path / code) for code in ("fr", "de"))
    listed = json.loads(run_dragoman("languages", "--json", DRAGOMAN_LANGUAGES=named).stdout)
    assert [one["code"] for one in listed] == ["ar", "de", "en", "fr"]
