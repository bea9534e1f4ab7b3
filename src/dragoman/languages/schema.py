"""The shape of each language file. Unknown or misspelt keys are errors: a language is data, checked when loaded."""

from __future__ import annotations

import msgspec


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What every language file is: a checked, frozen record."""


class Sentences(File):
    """sentences.yaml: how the language is recognised and cut into sentences."""

    name: str
    native: str
    direction: str
    script: str
    common: list[str]
    abbreviations: list[str]


class State(File):
    """What a state is called. Names beside those that CLDR gives; the code is the key.

    names: the state, former states that it continues included. demonyms: adjectives and peoples, base forms.
    capital: the capital (stands for the government). places: other cities, provinces, regions.
    bodies: bodies and forces known by their own name, by sector (GOV: [Kremlin]).
    """

    names: list[str] = []
    demonyms: list[str] = []
    capital: list[str] = []
    places: list[str] = []
    bodies: dict[str, list[str]] = {}


class Group(File):
    """A named actor that is no state: organisation, party, militia, empire, or "the international community"."""

    names: list[str]
    code: str = ""
    sector: str = ""


class Actors(File):
    """actors.yaml: who can act.

    nouns: by sector, nouns that beside a state's name or demonym name its bodies and people (army, embassy, officials).
    titles: by sector, words that stand before (or, in Arabic, begin) a person's name (President, General).
    generic: bodies that need no state beside them to be one, but take theirs from the text (Foreign Office).
    references: `state` one state already named ("the country"); `both` the two ("both sides"); `all` the last list.
    """

    states: dict[str, State]
    groups: list[Group]
    nouns: dict[str, list[str]]
    titles: dict[str, list[str]]
    generic: dict[str, list[str]]
    references: dict[str, list[str]]
    endings: dict[str, list[str]]


class Form(File):
    """One cell of a verb's paradigm. A verb is written as parts ("give/gave/given").

    part: which part it comes from. rules: (pattern, replacement), the first that matches is applied to that part,
    or to the first part when the verb does not spell it out. given: rules when it is spelt out (default: as it is).
    """

    tag: str
    part: int = 0
    rules: list[tuple[str, str]] = []
    given: list[tuple[str, str]] = []


class Grammar(File):
    """grammar.yaml: the closed classes, and how words are joined and bent.

    slots: by slot (to, with, against, by, from, of, in, on, for, between, over, about, ...) the prepositions that open it.
    conjunctions, subordinators, relatives: what joins and opens clauses. auxiliaries: by role (be, have, do, modal).
    pronouns: by role (subject, object, possessive, reflexive). clitics: letters written on to a word.
    forms: the paradigm of a verb. noun_endings: what a noun may end in. verbs: common verbs that trigger nothing,
    so that clauses are seen. adverbs: words that may stand between a subject and its verb.
    """

    slots: dict[str, list[str]]
    conjunctions: list[str]
    contrasts: list[str]
    subordinators: list[str]
    relatives: list[str]
    auxiliaries: dict[str, list[str]]
    pronouns: dict[str, list[str]]
    determiners: list[str]
    clitics: dict[str, list[str]]
    forms: list[Form]
    noun_endings: list[str]
    verbs: list[str]
    adverbs: list[str]
    possessive: list[str] = []


class Trigger(File):
    """Words that say that something of a type happened, holds or is held.

    verbs: as the grammar's forms have them. light: verbs that make a clause of one of the nouns ("pay a visit").
    nouns: names of the act. adjectives: participles and adjectives before or after an actor ("Russian-backed").
    source, target: where the actors stand, best first: subject, object, owner ("X's", X's demonym), or a slot of
    grammar.yaml. both: source and target stand on one side ("X and Y signed"). object: what the object must be for this
    trigger to be meant: state, faction, person, issue (a thing, not an actor). stand: the object is the issue.
    """

    id: str
    type: str
    topic: str
    kind: str = "event"
    verbs: list[str] = []
    light: list[str] = []
    nouns: list[str] = []
    adjectives: list[str] = []
    phrases: list[str] = []
    source: list[str] = []
    target: list[str] = []
    both: bool = False
    object: list[str] = []
    needs: list[str] = []
    issue: bool = False
    modality: str = ""


class Topic(File):
    """Words of the object or issue that tell the topic."""

    topic: str
    words: list[str]


class Triggers(File):
    """triggers.yaml"""

    triggers: list[Trigger]
    topics: list[Topic]
    ignored: list[str] = []


class Voices(File):
    """voices.yaml: who says so, and how surely.

    report: verbs that introduce what somebody says. according: what introduces a source ("according to").
    claimed, disputed, negated, planned, denied: cues of modality, single words and phrases.
    """

    report: list[str]
    according: list[str]
    claimed: list[str]
    disputed: list[str]
    negated: list[str]
    planned: list[str]
    denied: list[str]
    declare: list[str] = []


class Times(File):
    """times.yaml"""


People = dict[str, dict[str, list[str]]]
"""people.yaml: by state code and sector, persons by the names that the language's texts use."""
