"""Floors on the gold of the shared folder, from gold statements as input; bench/linking_facts.py prints the figures."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest


def test_facts_differences_and_conflicts(shared: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    place = Path(__file__).resolve().parents[2] / "bench" / "linking_facts.py"
    spec = importlib.util.spec_from_file_location("linking_facts", place)
    assert spec is not None and spec.loader is not None
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    monkeypatch.setattr("sys.argv", ["linking_facts.py", "--shared", str(shared)])
    assert bench.main() == 0
    lines = capsys.readouterr().out.splitlines()
    figures = {line.split()[0]: [float(value) for value in re.findall(r"\d\.\d{3}", line)] for line in lines}
    assert figures["facts"][2] >= 0.95
    assert figures["differences"][0] >= 0.85
    assert figures["differences"][1] >= 0.9
    assert figures["conflicts"][0] >= 0.85
    assert figures["conflicts"][1] >= 0.85
    assert figures["dev"][2] >= 0.9
