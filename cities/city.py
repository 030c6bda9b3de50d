"""A whole city as one value. It is read and checked by `loading`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from cities.agencies import Agency
from cities.categories import Category
from cities.deadlines import ArchiveReason, Classification, LegalMax, Priority
from cities.emergency import EmergencyRules
from cities.hours import WorkingHours
from cities.letters import LetterWords
from cities.reminding import Reminding
from cities.roads import RoadAuthority
from cities.statuses import Status, Transition
from cities.templates import Template
from cities.wording import ChoiceWords


@dataclass(frozen=True, slots=True)
class City:
    """Everything that is true of one city, checked."""

    id: str
    name: str
    timezone: ZoneInfo
    number_prefix: str
    version: str
    """A short hash of the tables that decide; a report stores the one it was made under."""
    folder: Path
    languages: tuple[str, ...]
    """The first is the one that texts fall back to."""
    fallback_category: str
    categories: Mapping[str, Category]
    agencies: Mapping[str, Agency]
    statuses: Mapping[str, Status]
    transitions: tuple[Transition, ...]
    priorities: tuple[Priority, ...]
    classifications: Mapping[str, Classification]
    legal_max: LegalMax
    archive_reasons: Mapping[str, ArchiveReason]
    choices: Mapping[str, ChoiceWords]
    hours: WorkingHours
    reminding: Reminding
    roads: tuple[RoadAuthority, ...]
    emergency: EmergencyRules
    texts: Mapping[str, Mapping[str, str]]
    facts: Mapping[str, str]
    """Placeholders that the city fills once, such as how long data are kept; only those already decided."""
    letter: LetterWords | None = None
    """To outside agencies; None where the city sends none."""
    templates: tuple[Template, ...] = ()
    locales: Mapping[str, str] = field(default_factory=dict)
    """For each language the one in which templates reach its speakers."""

    def text(self, key: str, language: str) -> str | None:
        """The city's own wording, such as "status.diterima"; in the first language where `language` is not spoken.

        None when the city has no text under that key.
        """
        text = self.texts.get(key)
        return None if text is None else text.get(language, text[self.languages[0]])
