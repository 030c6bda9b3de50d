"""Both databases come from `tests.conftest`, so that the whole session shares one PostgreSQL server."""
