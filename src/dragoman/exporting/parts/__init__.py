"""What the formats share: tables that DuckDB writes, entries that come one by one, and the graphs of a nanopublication."""
