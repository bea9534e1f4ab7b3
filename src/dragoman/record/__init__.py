"""The record: one DuckDB file of documents, sentences and statements. Rows are added and never changed."""

from dragoman.record.store import Change, Counts, Record, Values, edition_key

__all__ = ["Change", "Counts", "Record", "Values", "edition_key"]
