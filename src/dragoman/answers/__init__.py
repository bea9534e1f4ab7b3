"""Views on a record: timelines, single statements, how well the coding agrees with a gold standard."""
