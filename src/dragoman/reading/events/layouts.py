"""How the files of event data sets are laid out: the names of their columns, in order.

POLECAT: tab-separated with a header. ICEWS: tab-separated with a header. GDELT 2.0: tab-separated, no header, 61 columns.
ACLED: CSV with a header, of which only what is asked for here need be there. Column names are facts of the published codebooks.
"""

from __future__ import annotations

POLECAT = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City", "District", "Province", "Country",
    "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source", "Publication Date", "Story People",
    "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip

ICEWS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity",
    "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City", "District", "Province",
    "Country", "Latitude", "Longitude",
)  # fmt: skip


def _actor(number: int) -> tuple[str, ...]:
    named = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code")
    return tuple(f"Actor{number}{name}" for name in (*named, "Type1Code", "Type2Code", "Type3Code"))


def _place(whose: str) -> tuple[str, ...]:
    return tuple(f"{whose}Geo_{name}" for name in ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"))


GDELT = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", *_actor(1), *_actor(2), "IsRootEvent", "EventCode",
    "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *_place("Actor1"), *_place("Actor2"), *_place("Action"), "DATEADDED", "SOURCEURL",
)  # fmt: skip

ACLED = ("event_id_cnty", "event_date", "event_type", "actor1", "actor2")
"""What must be among the columns of an ACLED file."""

NEEDED: dict[str, tuple[str, ...]] = {
    "polecat": ("Event Date", "Event Type", "Actor Country", "Recipient Country"),
    "icews": ("Event Date", "CAMEO Code", "Source Country", "Target Country"),
    "gdelt": GDELT,
    "acled": ACLED,
}
"""By the name of a layout, the columns without which a file is not of it."""
