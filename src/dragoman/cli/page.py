"""A comparison as one HTML page that needs nothing else: no script, no font, no picture from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

from jinja2 import Environment, StrictUndefined

from dragoman.answers.compare import Comparison
from dragoman.cli.comparison import GRAVE, TURNED
from dragoman.cli.layout import is_right_to_left
from dragoman.languages.states import names
from dragoman.statement import Actor


def render(found: Comparison) -> str:
    """The page. Everything from documents is escaped, isolated, and marked with its language and direction."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["direction"] = _direction
    environment.filters["actors"] = _actors
    template = environment.from_string((resources.files("dragoman.cli") / "comparison.html.jinja").read_text("utf-8"))
    documents = {version.id: version for version in found.versions}
    return template.render(found=found, versions=found.versions, documents=documents, grave=GRAVE, turned=TURNED)


def _direction(text: str) -> str:
    return "rtl" if is_right_to_left(text) else "ltr"


def _actors(actors: Sequence[Actor]) -> list[str]:
    return list(dict.fromkeys((names(actor.code, "en") if actor.code else actor.name) or "?" for actor in actors))
