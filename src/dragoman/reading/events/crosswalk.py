"""PLOVER beside CAMEO and ACLED: which of their types may mean which of ours.

A type of one often answers to several of the other (to sign an agreement is 057 in CAMEO, to announce one 03; both are AGREE): what
is ambiguous gives all that it can mean. After the tables of the PLOVER manual and of the CAMEO codebook.
"""

from __future__ import annotations

QUAD = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}
"""Verbal and material cooperation, verbal and material conflict."""
QUAD_NAMES = {1: "V-COOP", 2: "M-COOP", 3: "V-CONF", 4: "M-CONF"}

CAMEO: dict[str, tuple[str, ...]] = {
    "AGREE": ("03", "057"),
    "CONSULT": ("04",),
    "SUPPORT": ("05",),
    "COOPERATE": ("06",),
    "AID": ("07",),
    "CONCEDE": ("08",),
    "RETREAT": ("087",),
    "REQUEST": ("02", "10"),
    "ACCUSE": ("11",),
    "REJECT": ("12",),
    "THREATEN": ("13",),
    "PROTEST": ("14",),
    "MOBILIZE": ("15",),
    "SANCTION": ("16",),
    "COERCE": ("17", "191", "192"),
    "ASSAULT": ("18", "19", "20"),
}
"""The CAMEO codes, without their last digits, that a type can have been coded as."""

_FROM_CAMEO: dict[str, tuple[str, ...]] = {
    "02": ("REQUEST",), "03": ("AGREE",), "04": ("CONSULT",), "05": ("SUPPORT",), "057": ("AGREE", "SUPPORT"), "06": ("COOPERATE",),
    "07": ("AID",), "075": ("CONCEDE", "AID"), "08": ("CONCEDE", "RETREAT"), "087": ("RETREAT",), "09": ("ACCUSE",), "10": ("REQUEST",),
    "11": ("ACCUSE",), "12": ("REJECT",), "13": ("THREATEN",), "14": ("PROTEST",), "15": ("MOBILIZE",), "16": ("SANCTION",),
    "17": ("COERCE",), "18": ("ASSAULT",), "181": ("ASSAULT", "COERCE"), "19": ("ASSAULT",), "191": ("COERCE",), "192": ("COERCE",),
    "20": ("ASSAULT",),
}  # fmt: skip

_FROM_ACLED: dict[str, tuple[str, ...]] = {
    "Battles": ("ASSAULT",),
    "Explosions/Remote violence": ("ASSAULT",),
    "Violence against civilians": ("ASSAULT", "COERCE"),
    "Protests": ("PROTEST",),
    "Riots": ("PROTEST",),
    "Strategic developments": (),
}

_CONTEXTS = {
    "diplomacy": "diplomatic", "military": "military", "trade": "economic", "legal": "legal", "human_rights": "human_rights",
    "terrorism": "terrorism", "territory": "territory", "migration": "migration",
}  # fmt: skip

SECTORS = {"MED": "JRN", "POLITY": ""}
"""Where PLOVER's word for a sector is another than ours (there MED is medical); "" where it has none."""

SECTOR_NAMES = {
    "GOV": "Government", "MIL": "Military", "REB": "Rebels", "OPP": "Opposition", "PTY": "Parties", "MED": "Media", "CVL": "Civilians",
    "BUS": "Business", "EDU": "Education", "IGO": "International Organization", "NGO": "Nongovernmental Organization",
}  # fmt: skip


def context(topic: str) -> str:
    """PLOVER's context for a topic; "" where the two lists do not meet."""
    return _CONTEXTS.get(topic, "")


def from_cameo(code: str) -> tuple[str, ...] | None:
    """The types that a CAMEO code can mean; () for one that has none here (01, public statements), None for what is no code."""
    if not (2 <= len(code) <= 4 and code.isascii() and code.isdecimal() and "01" <= code[:2] <= "20"):
        return None
    for length in (3, 2):
        if found := _FROM_CAMEO.get(code[:length]):
            return found
    return ()


def from_plover(word: str) -> tuple[str, ...] | None:
    """The types that a PLOVER category means, older names included; None for what is none."""
    older = {"DEMAND": "REQUEST", "COOPERATION": "COOPERATE", "INVESTIGATE": "ACCUSE"}
    name = older.get(word.upper(), word.upper())
    return (name,) if name in QUAD else None


def from_acled(word: str) -> tuple[str, ...] | None:
    """The types that an ACLED event type can mean; () for one that has none here, None for what is none."""
    return _FROM_ACLED.get(word)
