"""A statement or fact as a nanopublication: what is said, from which words it was read, and who published it so.

Four named graphs (nanopub.net): head, assertion, provenance, publication info. A quote is found again by its place in the text as read and
by its words (W3C Web Annotation: text position and text quote selectors). The assertion does not assert the event itself: it is a statement
with a modality, for a text may also deny or plan what it tells. Dates are EDTF. A record holds no times of day, so none are given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote as percent

import msgspec

from dragoman.exporting.parts.entries import Entry, Quote
from dragoman.statement import Actor

PREFIXES = {
    "np": "http://www.nanopub.org/nschema#",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "dcterms": "http://purl.org/dc/terms/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "country": "http://publications.europa.eu/resource/authority/country/",
    "dragoman": "urn:dragoman:term:",
}
"""The namespaces of all that is not made here. country: the European Union's list, by ISO 3166-1 alpha-3."""

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
VALUE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")


class Literal(msgspec.Struct, frozen=True):
    """A value that is no resource. datatype: prefixed; language: BCP 47; at most one of them."""

    value: str
    datatype: str = ""
    language: str = ""


Triple = tuple[str, str, str | Literal]
"""Subject, predicate, object; a resource is "prefix:name" with one of PREFIXES, or a whole IRI."""


def graphs(entry: Entry, what: str) -> Iterator[tuple[str, list[Triple]]]:
    """The four graphs of an entry by their IRIs, the head first. what: statements or facts."""
    this = f"urn:dragoman:{what[:-1]}:{entry.id}"
    names = {name: f"{this}#{name}" for name in ("assertion", "provenance", "pubinfo")}
    publication = f"{this}#nanopublication"
    yield (
        f"{this}#head",
        [
            (publication, TYPE, "np:Nanopublication"),
            (publication, "np:hasAssertion", names["assertion"]),
            (publication, "np:hasProvenance", names["provenance"]),
            (publication, "np:hasPublicationInfo", names["pubinfo"]),
        ],
    )
    yield names["assertion"], list(_assertion(entry, this, what))
    yield names["provenance"], list(_provenance(entry, this))
    yield names["pubinfo"], list(_pubinfo(entry, publication))


def _assertion(entry: Entry, this: str, what: str) -> Iterator[Triple]:
    yield this, TYPE, f"dragoman:{what[:-1].capitalize()}"
    for field in ("kind", "type", "topic", "modality"):
        if word := getattr(entry, field):
            yield this, f"dragoman:{field}", f"dragoman:{word}"
    language = entry.quotes[0].language
    for role, actors in (("source", entry.source), ("target", entry.target)):
        for number, actor in enumerate(actors, 1):
            yield from _actor(actor, this, role, f"{this}#{role}-{number}", language)
    if entry.date:
        yield this, "dragoman:date", Literal(entry.date, "edtf:EDTF")
    if entry.issue:
        yield this, "dragoman:issue", Literal(entry.issue, language=language)
    if entry.by:
        yield this, "dragoman:by", Literal(entry.by)


def _actor(actor: Actor, this: str, role: str, name: str, language: str) -> Iterator[Triple]:
    yield this, f"dragoman:{role}", name
    if actor.code:
        yield name, "dragoman:state", f"country:{actor.code}"
    if actor.sector:
        yield name, "dragoman:sector", f"dragoman:{actor.sector}"
    if actor.name:
        yield name, "rdfs:label", Literal(actor.name, language=language)


def _provenance(entry: Entry, this: str) -> Iterator[Triple]:
    documents = {quote.doc: quote for quote in entry.quotes}
    for number, quote in enumerate(entry.quotes, 1):
        where, position, words = (f"{this}#{name}-{number}" for name in ("quote", "position", "words"))
        yield f"{this}#assertion", "prov:wasDerivedFrom", where
        yield where, TYPE, "oa:SpecificResource"
        yield where, "oa:hasSource", _document(quote)
        yield where, "oa:hasSelector", position
        yield where, "oa:hasSelector", words
        yield where, "dragoman:modality", f"dragoman:{quote.modality}"
        yield where, "dragoman:confidence", Literal(repr(quote.confidence), "xsd:double")
        yield where, "prov:wasAttributedTo", _coder(quote)
        if quote.date:
            yield where, "dragoman:date", Literal(quote.date, "edtf:EDTF")
        if quote.by:
            yield where, "dragoman:by", Literal(quote.by, language=quote.language)
        yield position, TYPE, "oa:TextPositionSelector"
        yield position, "oa:start", Literal(str(quote.start), "xsd:nonNegativeInteger")
        yield position, "oa:end", Literal(str(quote.end), "xsd:nonNegativeInteger")
        yield words, TYPE, "oa:TextQuoteSelector"
        yield words, "oa:exact", Literal(quote.quote, language=quote.language)
        yield words, "oa:prefix", Literal(quote.prefix, language=quote.language)
        yield words, "oa:suffix", Literal(quote.suffix, language=quote.language)
        if quote.page:  # RFC 3778: how a page of a PDF is named
            page = f"{this}#page-{number}"
            yield where, "oa:hasSelector", page
            yield page, TYPE, "oa:FragmentSelector"
            yield page, "dcterms:conformsTo", "http://tools.ietf.org/rfc/rfc3778"
            yield page, VALUE, Literal(f"page={quote.page}")
    for quote in documents.values():
        yield from _about(quote)


def _about(quote: Quote) -> Iterator[Triple]:
    document = _document(quote)
    yield document, "dcterms:identifier", Literal(quote.doc)
    yield document, "dcterms:language", Literal(quote.language)
    if quote.doc_title:
        yield document, "dcterms:title", Literal(quote.doc_title, language=quote.language)
    if quote.doc_edition:
        yield document, "dcterms:hasVersion", Literal(quote.doc_edition)
    if quote.published:
        yield document, "dcterms:issued", Literal(quote.published)
    for predicate, text in (("dcterms:source", quote.doc_source), ("dcterms:license", quote.doc_licence)):
        if text:
            yield document, predicate, text if _ADDRESS.fullmatch(text) else Literal(text)


def _pubinfo(entry: Entry, publication: str) -> Iterator[Triple]:
    for coder, quote in {_coder(quote): quote for quote in entry.quotes}.items():
        yield publication, "dcterms:creator", coder
        yield coder, TYPE, "prov:SoftwareAgent"
        yield coder, "rdfs:label", Literal(f"Dragoman, coder {quote.coder}")


def _document(quote: Quote) -> str:
    return f"urn:dragoman:document:{percent(quote.doc, safe='')}"


def _coder(quote: Quote) -> str:
    return f"urn:dragoman:coder:{percent(quote.coder, safe='')}"
