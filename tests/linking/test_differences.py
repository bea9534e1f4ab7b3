"""Differences: each slot, how grave, and what each text has."""

from __future__ import annotations

import pytest
from acts import act, told

from dragoman.linking.differences import differ
from dragoman.statement import Document, Severity, Slot, Statement
from making import make_document

EN = make_document("d.en", "Pakistan sent sixteen pilots to Syria.", "Russia alone vetoed it.", "The president travelled to Damascus.")
AR = make_document("d.ar", "أرسلت باكستان ثمانية طيارين إلى سوريا.", "نقضته روسيا والصين.", "زار الرئيس إسلام آباد.", language="ar")
SENT, SENT_AR = "Pakistan sent sixteen pilots to Syria", "أرسلت باكستان ثمانية طيارين إلى سوريا"


def run(one: Statement, other: Statement) -> dict[Slot, tuple[Severity, dict[str, str]]]:
    documents: dict[str, Document] = {"d.en": EN, "d.ar": AR}
    members = [told(documents[statement.doc], statement)[0] for statement in (one, other)]
    return {found.slot: (found.severity, found.values) for found in differ(members, documents)}


@pytest.mark.parametrize(
    ("one", "other", "severity"),
    [
        ("2014", "2014-02-17", "coarser"),
        ("1986", "1987", "conflict"),
        ("2014", "2014~", "coarser"),
        ("2014", "", "only-here"),
        ("2014", "2014", None),
    ],
)
def test_dates(one: str, other: str, severity: Severity | None) -> None:
    a = act(EN, SENT, "AID", ["PAK"], ["SYR"], date=one)
    b = act(AR, SENT_AR, "AID", ["PAK"], ["SYR"], date=other)
    found = run(a, b).get("date")
    assert (found and found[0]) == severity
    if found:
        assert found[1] == {s.id: s.date for s in (a, b) if s.date}


def test_about_a_year_is_no_conflict_with_the_next() -> None:
    found = run(act(EN, SENT, "AID", ["PAK"], ["SYR"], date="2021~"), act(AR, SENT_AR, "AID", ["PAK"], ["SYR"], date="2022"))
    assert found.get("date", ("", {}))[0] != "conflict"


def test_the_running_date_of_a_text_conflicts_with_nothing() -> None:
    a = act(EN, SENT, "AID", ["PAK"], ["SYR"], date="1981-03-15", date_from="context")
    b = act(AR, SENT_AR, "AID", ["PAK"], ["SYR"], date="1981-03-02", date_from="context")
    assert "date" not in run(a, b)


def test_another_number_of_the_same() -> None:
    found = run(act(EN, SENT, "AID", ["PAK"], ["SYR"]), act(AR, SENT_AR, "AID", ["PAK"], ["SYR"]))
    assert found["number"][0] == "conflict"
    assert sorted(found["number"][1].values()) == sorted(["sixteen", "ثمانية"])


@pytest.mark.parametrize(
    ("one", "other", "severity"),
    [
        (["PAK"], ["PAK", "IRN"], "coarser"),
        (["PAK"], ["PAK:GOV"], "coarser"),
        (["PAK:PTY"], ["PAK:PTY", "PAK:MED"], "only-here"),
        (["PAK"], [], "only-here"),
        (["PAK:GOV"], ["PAK:GOV"], None),
    ],
)
def test_actors(one: list[str], other: list[str], severity: Severity | None) -> None:
    found = run(act(EN, SENT, "AID", one, ["SYR"]), act(AR, SENT_AR, "AID", other, ["SYR"])).get("actor")
    assert (found and found[0]) == severity


def test_alone_means_nobody_else() -> None:
    alone = act(EN, "Russia alone vetoed it", "REJECT", ["RUS"])
    joined = act(AR, "نقضته روسيا والصين", "REJECT", ["RUS", "CHN"])
    assert run(alone, joined)["actor"][0] == "conflict"


def test_who_was_host() -> None:
    one = act(EN, "The president travelled to Damascus", "CONSULT", ["PAK:GOV", "SYR:GOV"])
    other = act(AR, "زار الرئيس إسلام آباد", "CONSULT", ["SYR:GOV", "PAK:GOV"])
    assert run(one, other)["role"] == ("conflict", {one.id: "Damascus", other.id: "إسلام آباد"})


@pytest.mark.parametrize(
    ("one", "other", "severity"),
    [
        ("asserted", "claimed", "conflict"),
        ("claimed", "disputed", "conflict"),
        ("planned", "asserted", "coarser"),
        ("denied", "denied", None),
    ],
)
def test_modality(one: str, other: str, severity: Severity | None) -> None:
    found = run(act(EN, SENT, "AID", ["PAK"], ["SYR"], modality=one), act(AR, SENT_AR, "AID", ["PAK"], ["SYR"], modality=other)).get(
        "modality"
    )
    assert (found and found[0]) == severity


def test_who_says_so_on_one_side_only() -> None:
    one = act(EN, SENT, "AID", ["PAK"], ["SYR"], by="Reuters")
    assert run(one, act(AR, SENT_AR, "AID", ["PAK"], ["SYR"]))["attribution"] == ("only-here", {one.id: "Reuters"})


def test_two_statements_of_one_stretch_do_not_differ() -> None:
    one = act(EN, SENT, "AID", ["PAK"], ["SYR"], date="1973")
    other = act(EN, "sixteen pilots to Syria", "AID", ["PAK"], ["IRN"], date="1999")
    assert run(one, other) == {}
