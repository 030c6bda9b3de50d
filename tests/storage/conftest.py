"""Both databases (see `tests.databases`), and the few things that nearly every test of storage begins with."""

from tests.databases import database, database_url, postgres_server, sqlite_template

__all__ = ["database", "database_url", "postgres_server", "sqlite_template"]
