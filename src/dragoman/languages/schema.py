"""The shape of each language file. Unknown or misspelt keys are errors: a language is data, checked when loaded."""

from __future__ import annotations

from typing import Literal

import msgspec

Asked = Literal["person", "time", "place", "number", "reason", "thing", "whether"]
"""What a question asks for."""


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What every language file is: a checked, frozen record."""


class Sentences(File, frozen=True):
    """sentences.yaml: how the language is recognised and cut into sentences. Words are written as in running text.

    direction: ltr or rtl. script: as Unicode names it (Latin, Arabic). common: the commonest words, by which the language
    is told from others of its script. encodings: what its files are in when not in Unicode, likeliest first.
    abbreviations: without their last stop; never end a sentence. numbered: abbreviations only before a number (No. 5).
    endings: may end a sentence and may not (Inc.; U.S. and a.m. are seen by their shape), as may eras, after a number.
    After these a new sentence begins with one of `starters`; in a language without starters, with any word but `continuers`.
    particles: what a sentence may begin with in small letters. verbs: finite forms that no title has. boxes: the line above an infobox.
    """

    name: str
    native: str
    direction: str
    script: str
    common: list[str]
    abbreviations: list[str]
    encodings: list[str] = []
    numbered: list[str] = []
    endings: list[str] = []
    eras: list[str] = []
    starters: list[str] = []
    continuers: list[str] = []
    particles: list[str] = []
    verbs: list[str] = []
    boxes: list[str] = []


class Wikitext(File, frozen=True):
    """wikitext.yaml: names that wikis in the language use, beside the English ones, which every wiki knows. All without regard to case.

    files, categories, namespaces: before the colon of a link. appendices: headings under which nothing is told.
    Names of templates: boxes: how those of fields begin. dates: year, month and day are their values. phrases: a date in words ({}).
    first, second, last: which of their values is their text; pairs: the first two, or four where the second is one of `ranges`; a name with
    * stands for all that begin so. named: keys whose value is the text, where it is given. signs: what stands for a character.
    lists: each value is an item. notes: a source. cites: by what is told of a source, the keys that tell it.
    """

    files: list[str]
    categories: list[str]
    appendices: list[str]
    boxes: list[str]
    namespaces: list[str] = []
    dates: list[str] = []
    phrases: dict[str, str] = {}
    first: list[str] = []
    second: list[str] = []
    last: list[str] = []
    pairs: list[str] = []
    ranges: list[str] = []
    named: dict[str, list[str]] = {}
    signs: dict[str, str] = {}
    lists: list[str] = []
    notes: list[str] = []
    cites: dict[Literal["author", "title", "publisher", "date", "url"], list[str]] = {}


class Told(File, frozen=True):
    """What a line of an infobox tells, by its key.

    keys: that begin such a line. value: what stands behind it: mission (a body of one state in another), person, date, or opponents (states
    against those of the lines with another number). named: counts only where the value itself names both states. sides: keys of the lines
    that name who takes part. dates: keys of the lines with its date; since: it held from then on, to the date of the lines in until.
    """

    id: str
    kind: str
    type: str
    topic: str
    keys: list[str]
    value: Literal["mission", "person", "date", "opponents"]
    named: bool = False
    sides: list[str] = []
    dates: list[str] = []
    until: list[str] = []
    since: bool = False


class Fields(File, frozen=True):
    """fields.yaml: what the lines of an infobox tell, beside the English keys, which the wikis of every language use.

    sides: keys of the lines that name the two states; their numbers say whose the other lines are. posts: of those that name
    an envoy's post, of which state and to which. none: values that say that there is
    nothing. apart: words behind which a value names those who do not take part themselves.
    """

    sides: list[str]
    posts: list[str]
    none: list[str]
    apart: list[str]
    told: list[Told]


class State(File, frozen=True):
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


class Group(File, frozen=True):
    """A named actor that is no state: organisation, party, militia, empire, or "the international community".

    id: the same in every language, so that a body can be asked for by its name in any.
    """

    names: list[str]
    id: str = ""
    code: str = ""
    sector: str = ""


class Actors(File, frozen=True):
    """actors.yaml: who can act.

    nouns: by sector, nouns that beside a state's name or demonym name its bodies and people (army, embassy, officials).
    titles: by sector, words that stand before (or, in Arabic, begin) a person's name (President, General).
    generic: bodies that need no state beside them to be one, but take theirs from the text (Foreign Office).
    references: `state` one state already named ("the country"); `both` the two ("both sides"); `all` the last list; `other` the one
    of two that does not act ("his counterpart").
    """

    states: dict[str, State]
    groups: list[Group]
    nouns: dict[str, list[str]]
    titles: dict[str, list[str]]
    generic: dict[str, list[str]]
    references: dict[str, list[str]]
    endings: dict[str, list[str]]


class Form(File, frozen=True):
    """One cell of a verb's paradigm. A verb is written as parts ("give/gave/given").

    part: which part it comes from. rules: (pattern, replacement), the first that matches is applied to that part,
    or to the first part when the verb does not spell it out. given: rules when it is spelt out (default: as it is).
    instead: the part that serves, as it is, when this one is not spelt out but that one is ("said" for both).
    """

    tag: str
    part: int = 0
    instead: int = 0
    rules: list[tuple[str, str]] = []
    given: list[tuple[str, str]] = []


class Grammar(File, frozen=True):
    """grammar.yaml: the closed classes, and how words are joined and bent.

    slots: by slot (to, with, against, by, from, of, in, on, for, between, over, about, ...) the prepositions that open it.
    conjunctions, subordinators, relatives: what joins and opens clauses. auxiliaries: by role (be, have, do, modal).
    pronouns: by role (subject, object, possessive, reflexive). clitics: letters written on to a word.
    forms: the paradigm of a verb. noun_endings: what a noun may end in. verbs: common verbs that trigger nothing,
    so that clauses are seen. adverbs: words that may stand between a subject and its verb. qualifiers: words that may
    stand before a title or body ("former", "new"). contents: those subordinators that open what is said or wanted ("that").
    suffixes: whom a pronoun written on to a word can mean (both, many, thing, any). marks: letters by which forms are told:
    feminine (begins a present, ends a past), ours (begins a present), ours_past, several (end verbs of several), oblique, plural,
    adverbial (end nouns), doubled (a letter written twice). order: svo, or vso where the verb may come first. modifiers: whether
    what tells a noun's state stands before it ("Syrian army") or after. adverb_endings: what an adverb ends in ("ly").
    controls: verbs whose object does what the infinitive behind it says ("prompted Lima to expel").
    undertakings: words that open the name of what is done, in which a state's name is none ("Operation Gibraltar").
    """

    order: Literal["svo", "vso"]
    modifiers: Literal["before", "after"]
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
    adverb_endings: list[str] = []
    qualifiers: list[str] = []
    contents: list[str] = []
    suffixes: dict[Literal["both", "many", "thing", "any"], list[str]] = {}
    marks: dict[str, list[str]] = {}
    controls: list[str] = []
    undertakings: list[str] = []


class Trigger(File, frozen=True):
    """Words that say that something of a type happened, holds or is held.

    verbs: as the grammar's forms have them. light: verbs that make a clause of one of the nouns ("pay a visit").
    nouns: names of the act. adjectives: participles and adjectives before or after an actor ("Russian-backed").
    source, target: where the actors stand, best first: subject, object, owner ("X's", X's demonym), a slot of
    grammar.yaml, or dyad (the two states that the text is about, when nothing else is said).
    things: the verb counts only when one of these words stands in what it acts on ("close" an embassy); the word is then
    part of this statement and makes none of its own.
    theme: in the passive the subject acts or is sent ("troops were sent"), it is not acted upon.
    both: source and target stand on one side ("X and Y signed"). object: what the object must be for this
    trigger to be meant: state, faction, person, issue (a thing, not an actor), none; empty: anything.
    needs: what must be found for a statement: source, target, two (different states), issue, light (a noun only with its light verb).
    issue: what follows is what the statement is about. modality: of the statement when the sentence says no other.
    ends: the tie is told to be over: a date alone is its end ("gained independence from").
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
    theme: bool = False
    things: list[str] = []
    object: list[str] = []
    needs: list[str] = []
    issue: bool = False
    modality: str = ""
    ends: bool = False


class Topic(File, frozen=True):
    """Words of the object or issue that tell the topic."""

    topic: str
    words: list[str]


class Triggers(File, frozen=True):
    """triggers.yaml"""

    triggers: list[Trigger]
    topics: list[Topic]
    ignored: list[str] = []


class Voices(File, frozen=True):
    """voices.yaml: who says so, and how surely.

    report: verbs that introduce what somebody says. according: what introduces a source ("according to").
    claimed, disputed, negated, planned, denied: cues of modality, single words and phrases. conditional: what opens a
    clause that is only supposed ("if"). prospective: planned only in what somebody says ("would"), else a later act that is
    told as done. emphatic: what holds a cue but is none ("not only"). content: what opens that which is said ("that"); when empty, any
    relative or subordinator does.
    """

    report: list[str]
    according: list[str]
    claimed: list[str]
    disputed: list[str]
    negated: list[str]
    planned: list[str]
    denied: list[str]
    declare: list[str] = []
    conditional: list[str] = []
    prospective: list[str] = []
    emphatic: list[str] = []
    content: list[str] = []


class Event(File, frozen=True):
    """A war, crisis or conference that texts date by: its names and when it was (EDTF)."""

    date: str
    names: list[str]


class Times(File, frozen=True):
    """times.yaml: the words of time, and how they are put together (docs/times.md).

    words: by class (month, unit, part, step ...) and value, the forms. exact: forms that count only as spelt here
    (May, AD). prefixes: letters written on to a word, and the class they stand for ("" for none). suffixes: by class
    (ord, decade), what makes a number one. plural: the forms of units that are more than one; participles: endings of
    verbs that show "a week before moving" to be a length. forms: what shapes expressions take, most telling first, each a kind and a
    pattern of classes; macros: named pieces of such patterns. cues: by role, words that tell what a date belongs to.
    """

    words: dict[str, dict[str | int, list[str]]]
    macros: dict[str, str]
    forms: list[tuple[str, str]]
    cues: dict[str, list[str]]
    events: list[Event]
    exact: list[str] = []
    prefixes: dict[str, str] = {}
    suffixes: dict[str, list[str]] = {}
    plural: list[str] = []
    participles: list[str] = []


class Turn(File, frozen=True):
    """Words by which a statement begins or ends a tie. Patterns of folded words, `*` for any letters.

    ties: of which types. types: the statement's own type must be one of these. words: one of them must stand in the quote, and one of
    `things` (none given: nothing more is asked). whole: it ends or begins every tie of these types, not only that of the thing named.
    holder: whose tie it is, who acts (closes its embassy) or who is acted upon (whose ambassador is expelled).
    """

    ties: list[str]
    types: list[str]
    words: list[str]
    things: list[str] = []
    whole: bool = False
    holder: Literal["source", "target"] = "source"


class Ties(File, frozen=True):
    """ties.yaml: the words from which the views on ties read. Patterns of folded words, `*` for any letters; several words are a phrase.

    things: by type of tie and by name of a thing (MISSION: embassy, consulate), its words, the most telling first.
    begins, ends: by what a tie begins or ends. posts: words of an envoy's post and around it, which are no part of a name.
    """

    things: dict[str, dict[str, list[str]]]
    begins: list[Turn]
    ends: list[Turn]
    posts: list[str]


class End(File, frozen=True):
    """What is reached once. done: how it is told when it is; aim: when it is still to be; broken: when it is lost again."""

    done: list[str]
    aim: list[str]
    broken: list[str] = []


class Linking(File, frozen=True):
    """linking.yaml: the words by which accounts are compared (docs/linking.md). "decorat*" is any word that begins so.

    awards: honours, given for an earlier act. after: what stands before the earlier act. deaths: how a death is told, {} for the name.
    during: a war named before, taken as the time of something; wars: what names one. ends: what is reached once. alone: beside a name,
    nobody else took part. counted: nouns of states that are counted before a list; listing: says that the list is whole; partial: that it
    is not. bodies: of which one act can only be placed in one, each with its names; votes: what is done in them.
    """

    awards: list[str]
    after: list[str]
    deaths: list[str]
    during: list[str]
    wars: list[str]
    ends: list[End]
    alone: list[str]
    counted: list[str]
    listing: list[str]
    partial: list[str]
    bodies: dict[str, list[str]]
    votes: list[str]


class Quantities(File, frozen=True):
    """quantities.yaml: numbers and units, beside the numbers, ordinals and duals of times.yaml.

    numbers, scales, many, fractions, ordinals: forms by value; scales multiply what stands before them, `many` are their
    plurals, no number alone. glued: scales only when written on to figures. suffixes: what makes figures an ordinal.
    loose: figures may be parted by dots as by commas (711.988).
    pronouns: numbers that alone count nothing ("one"). units: forms by the unit's symbol or currency code. twos: by unit
    ("any": of no unit) words that mean two of something. bounds: by side (around, over, under). ranges: between the ends of
    a range; between: what opens one. joins: what joins the parts of a number.
    """

    numbers: dict[float, list[str]]
    scales: dict[float, list[str]]
    many: dict[float, list[str]]
    fractions: dict[float, list[str]]
    ordinals: dict[float, list[str]]
    units: dict[str, list[str]]
    twos: dict[str, list[str]]
    bounds: dict[Literal["around", "over", "under"], list[str]]
    ranges: list[str]
    between: list[str]
    joins: list[str]
    loose: bool = False
    glued: list[str] = []
    suffixes: list[str] = []
    pronouns: list[str] = []


class Questions(File, frozen=True):
    """questions.yaml: how a question asks, and which words are one.

    asks: by what is asked for (person, time, place, number, reason, thing; whether: yes or no), the words that ask for it; the longest
    that a question holds counts. stand: words that ask for a position. ignored: what a question says that no answer need say.
    stems: (pattern, replacement), applied in turn to a folded word as long as three letters stay, so that forms of a word meet.
    """

    asks: dict[Asked, list[str]]
    stand: list[str]
    ignored: list[str]
    stems: list[tuple[str, str]]


People = dict[str, dict[str, list[str]]]
"""people.yaml: by state code and sector, persons by the names that the language's texts use."""
