"""Charts of what the record holds, drawn by Vega-Lite on the server: every bar is a link to the statements that it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Any

import msgspec
from markupsafe import Markup

from dragoman.answers import numbers
from dragoman.statement import TYPES
from dragoman.web.lists import select
from dragoman.web.view import Asked, View

_WIDTH = 1040
_BASE = "https://vega.github.io/vega-datasets/"
"""What the drawing puts before an address of ours; it asks nothing there."""
_CONFIG: dict[str, Any] = {
    "background": None,
    "font": "system-ui, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": "var(--ink)",
        "tickColor": "var(--edge)",
        "domainColor": "var(--edge)",
        "gridColor": "var(--faint)",
        "labelFontSize": 12,
    },
    "legend": {"labelColor": "var(--ink)", "labelFontSize": 12, "orient": "top", "title": None},
}

Bars = list[dict[str, Any]]
"""label, kind, number and href of each bar; those of one label are put on one another."""


class Chart(msgspec.Struct, frozen=True):
    """A chart. name: what is counted, a field of a statement. drawing: "" where there is nothing to draw. note: how many it leaves out."""

    name: str
    title: str
    drawing: Markup
    bars: Bars
    note: str = ""


def statistics(asked: Asked) -> View:
    """Statements by year, type, topic, certainty and language, and how sure they are."""
    record, words = asked.record, asked.words
    where, values = select(asked)
    dated, undated = numbers.years(record, where, values)
    charts = [_chart(asked, "year", _bars(asked, "year", _filled(dated)), words["not_by_year"].format(undated) if undated else "")]
    order = [type for types in TYPES.values() for type in types]
    for name, called, ranked in (
        ("type", words["types"], order),
        ("topic", {}, []),
        ("modality", words["modality"], []),
        ("language", {}, []),
    ):
        counted = numbers.fields(record, name, where, values)
        counted.sort(key=lambda row: (ranked.index(row[0]) if row[0] in ranked else 99, row[0]))
        charts.append(_chart(asked, name, _bars(asked, name, counted, called)))
    sure = numbers.fields(record, "(least(floor(confidence * 10), 9) * 10)::INTEGER", where, values)
    charts.append(_chart(asked, "confidence", _bars(asked, "confidence", sure)))
    data = {chart.name: [{key: bar[key] for key in ("value", "kind", "number")} for bar in chart.bars] for chart in charts}
    return View(
        "statistics.html",
        words["statistics"],
        {"charts": charts},
        data,
        lambda: [{"field": name} | bar for name, bars in data.items() for bar in bars],
    )


def _filled(dated: list[tuple[int, str, int]]) -> list[tuple[int, str, int]]:
    """The years with those in between, of which nothing is told, where these are not too many to be drawn."""
    years = [year for year, _, _ in dated]
    if not years or years[-1] - years[0] > 400:
        return dated
    return sorted([*dated, *((year, "event", 0) for year in set(range(years[0], years[-1])) - set(years))])


def _bars(asked: Asked, name: str, counted: Iterable[tuple[Any, str, int]], called: dict[str, str] | None = None) -> Bars:
    bars: Bars = []
    for value, kind, number in counted:
        chosen: dict[str, Any] = {"from": f"{value:04}", "to": f"{value:04}", "exact": "1"} if name == "year" else {name: value}
        if name == "confidence":
            chosen = {"above": value or None, "below": value + 10 if value < 90 else None}
        label = f"{value}–{value + 10} %" if name == "confidence" else str(value)
        said = (called or {}).get(str(value)) or label
        href = asked.leads("statements", kind=kind, **chosen)
        bars.append({"value": value, "label": said, "kind": kind, "number": number, "href": href})
    return bars


def _chart(asked: Asked, name: str, bars: Bars, note: str = "") -> Chart:
    kinds = asked.words["kinds"]
    drawn = [{"label": bar["label"], "kind": kinds[bar["kind"]], "number": bar["number"], "href": bar["href"]} for bar in bars]
    title = asked.words["by_field"][name]
    if not any(bar["number"] for bar in bars):
        return Chart(name, title, Markup(""), [], note)
    upright = name in ("year", "confidence")
    reverse = asked.words["direction"] == "rtl"
    label = {"field": "label", "type": "ordinal", "sort": None, "title": None}
    side = "right" if reverse else "left"
    count = {"field": "number", "type": "quantitative", "title": None, "axis": {"tickMinStep": 1, "format": ",d"}}
    if upright:
        x, y = (
            {**label, "axis": {"labelAngle": 0, "labelOverlap": True}, "scale": {"reverse": reverse}},
            count | {"axis": {"tickMinStep": 1, "format": ",d", "orient": side}},
        )
        size: dict[str, Any] = {"width": _WIDTH, "height": 200}
    else:
        x, y = {**count, "scale": {"reverse": reverse}}, {**label, "axis": {"orient": side, "labelLimit": 200}}
        size = {"width": _WIDTH - 160, "height": {"step": 20}}
    colours = {"domain": [kinds[kind] for kind in TYPES], "range": [f"var(--{kind})" for kind in TYPES]}
    spec = size | {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "config": _CONFIG,
        "data": {"values": drawn},
        "mark": "bar",
        "encoding": {"x": x, "y": y, "href": {"field": "href"}, "color": {"field": "kind", "type": "nominal", "scale": colours}},
    }
    return Chart(name, title, Markup(_draw(msgspec.json.encode(spec).decode(), title)), [bar for bar in bars if bar["number"]], note)


@lru_cache(maxsize=64)
def _draw(spec: str, title: str) -> str:
    """The chart as SVG that is as wide as its place."""
    import vl_convert

    drawn: str = vl_convert.vegalite_to_svg(spec, vl_version="5.20")
    drawn = drawn.replace(f'xlink:href="{_BASE}/', 'href="/')
    head = f'<svg xmlns="http://www.w3.org/2000/svg" class="statistics" role="group" direction="ltr" aria-label="{escape(title)}"'
    return re.sub(r'^<svg [^>]*? width="(\d+)" height="\d+"', head + r' width="\1"', drawn, count=1)
