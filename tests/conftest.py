"""What tests of several rooms share: one PostgreSQL server, one city and one loaded reader for the whole session."""

from typing import TYPE_CHECKING

import pytest
import structlog
from hypothesis import settings

from bot.command_line import LOG_PROCESSORS
from bot.services.office import Office, open_office
from cities.city import City
from cities.loading import load_city
from tests.databases import database, database_url, postgres_server, sqlite_template

if TYPE_CHECKING:
    from nlp import Reader

__all__ = ["database", "database_url", "postgres_server", "sqlite_template"]


structlog.configure(processors=LOG_PROCESSORS)
settings.register_profile("patient", deadline=None)  # a busy machine is slow, which proves nothing
settings.load_profile("patient")


@pytest.fixture(scope="session")
def city() -> City:
    """The city that we ship."""
    return load_city("bandung")


@pytest.fixture(scope="session")
def reader(city: City) -> "Reader":
    """The shipped reader, loaded once: it costs more than a thousand turns."""
    from nlp import load_reader

    return load_reader(city)


@pytest.fixture(scope="session")
def office(city: City) -> Office:
    """The city's rules, joined."""
    return open_office(city, "https://t.me/KentonganTestBot")
