"""Write the outlines of the map of the world, src/dragoman/web/world.tsv, from Natural Earth.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz && python tools/world.py package

The npm package world-atlas (ISC) holds Natural Earth's countries (public domain), version 2.0.2 those of Natural Earth 4.1, as TopoJSON;
only what is in the file with the hash below is taken. Each line of what is written is a code, "" for land that has none here; where its
name or dot belongs; and its outline, a path of SVG in tenths of a pixel, relative, empty for a state too small for one.
The projection is Equal Earth (Šavrič, Patterson and Jenny 2018, doi:10.1080/13658816.2018.1504949), in which areas keep their proportions.
"""

from __future__ import annotations

import hashlib
import sys
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

import msgspec
from babel.core import get_global

from dragoman.languages.states import FORMER, registry

WIDTH = 9600
HASHES = {
    "countries-110m.json": "2516c915867c7baf18ddec727aec46c315541a07cfb3d79a6559b05d5e94eee8",
    "countries-50m.json": "04342cdc1e3016bcd7db1630de95684d67b79fe3c8c460321e87aef469502394",
}
TARGET = Path(__file__).resolve().parents[1] / "src" / "dragoman" / "web" / "world.tsv"
_A = (1.340264, -0.081106, 0.000893, 0.003796)

Point = tuple[int, int]
Ring = list[Point]
Place = tuple[float, float]
"""Longitude and latitude, in degrees."""


def project(longitude: float, latitude: float) -> Point:
    """A place on the map, in tenths of a pixel from its upper left."""
    turn = asin(sqrt(3) / 2 * sin(radians(latitude)))
    a1, a2, a3, a4 = _A
    x = 2 * sqrt(3) * radians(longitude) * cos(turn) / (3 * (9 * a4 * turn**8 + 7 * a3 * turn**6 + 3 * a2 * turn**2 + a1))
    y = a4 * turn**9 + a3 * turn**7 + a2 * turn**3 + a1 * turn
    scale = WIDTH / (2 * 2.70663)  # the equator's half is 2.70663 long
    return round(WIDTH / 2 + x * scale), round(1.31738 * scale - y * scale)


def read(path: Path) -> dict[str, list[Ring]]:
    """Rings by what a country is called in the file: its numeric code, or its name when it has none."""
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != HASHES[path.name]:
        raise SystemExit(f"{path} is not the file that this was written for.")
    topology: dict[str, Any] = msgspec.json.decode(content)
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[list[Place]] = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        arcs.append(line)
    found: dict[str, list[Ring]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = found.setdefault(shape.get("id", shape["properties"]["name"]), [])
        for ring in (ring for polygon in polygons for ring in polygon):
            places = [place for arc in ring for place in (arcs[arc] if arc >= 0 else arcs[~arc][::-1])]
            rings += [[project(*place) for place in part] for part in cut(places)]
    return found


def cut(ring: list[Place]) -> list[list[Place]]:
    """A ring that crosses the edge of the map, at 180 degrees, as the parts of it on either side; another as it is."""
    turned, turn = [ring[0]], 0.0
    for (before, _), (longitude, latitude) in pairwise(ring):
        turn += 360 if before - longitude > 180 else -360 if longitude - before > 180 else 0
        turned.append((longitude + turn, latitude))
    parts = [_clip(_clip([(x + shift, y) for x, y in turned], -180, 1), 180, -1) for shift in (-360, 0, 360)]
    return [part for part in parts if len(part) > 3]


def _clip(ring: list[Place], edge: float, side: int) -> list[Place]:
    """What of a ring is east (1) or west (-1) of a meridian."""
    kept: list[Place] = []
    for (x1, y1), (x2, y2) in pairwise([*ring, *ring[:1]]):
        if (x1 - edge) * side >= 0:
            kept.append((x1, y1))
        if (x1 - edge) * (x2 - edge) < 0:
            kept.append((edge, y1 + (y2 - y1) * (edge - x1) / (x2 - x1)))
    return kept


def area(ring: Ring) -> float:
    """Twice the area within, signed."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True))


def middle(rings: list[Ring]) -> Point:
    """The centre of gravity of the largest ring."""
    ring = max(rings, key=lambda one: abs(area(one)))
    pairs = list(zip(ring, ring[1:] + ring[:1], strict=True))
    whole = area(ring)
    if not whole:
        return ring[0]
    x, y = (sum((a[i] + b[i]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (3 * whole) for i in (0, 1))
    return round(x), round(y)


def path(rings: list[Ring]) -> str:
    """The outline, without points that are where the one before is, and without specks."""
    parts = []
    for ring in rings:
        points = [point for i, point in enumerate(ring) if not i or point != ring[i - 1]]
        if len(points) > 3 and abs(area(points)) > 60:
            x, y = points[0]
            steps = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(points[:-1])]
            parts.append(f"M{x} {y}l{' '.join(steps)}z".replace(" -", "-"))
    return "".join(parts)


def main() -> None:
    """Write the file."""
    folder = Path(sys.argv[1])
    aliases = get_global("territory_aliases")
    alpha3 = {
        heirs[0]: code for code, heirs in aliases.items() if len(code) == 3 and code.isalpha() and len(heirs) == 1 and code not in FORMER
    }
    states = registry("en")

    def code(name: str) -> str:
        found = "XKX" if name == "Kosovo" else alpha3.get((aliases.get(name) or [""])[0], "")
        return found if found in states else ""

    lines = []
    large = read(folder / "countries-110m.json")
    for name, rings in large.items():
        if code(name) != "ATA":  # nobody's
            lines.append((code(name), *middle(rings), path(rings)))
    drawn = {line[0] for line in lines}
    for name, rings in read(folder / "countries-50m.json").items():
        if code(name) not in ("", "ATA", *drawn):
            lines.append((code(name), *middle(rings), ""))
    TARGET.write_text("".join(f"{code}\t{x}\t{y}\t{outline}\n" for code, x, y, outline in sorted(lines)), "utf-8")


if __name__ == "__main__":
    main()
