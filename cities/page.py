"""Reading one mapping of a YAML table, entry by entry, without stopping at the first thing that is wrong."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from cities.faults import Faults

ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_MISSING: Any = object()


class Page:
    """One mapping in a file. A wrong entry is noted as a fault and read as an empty value of its kind."""

    def __init__(self, file: str, key: str, entries: Mapping[str, Any], faults: Faults) -> None:
        self.file, self.key, self.entries, self._faults = file, key, entries, faults

    def __contains__(self, name: str) -> bool:
        return self.entries.get(name) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def fault(self, name: str, wrong: str, remedy: str) -> None:
        """Note that the entry `name` ("" for the mapping itself) is wrong."""
        self._faults.add(self.file, self._at(name), wrong, remedy)

    def raw(self, name: str) -> Any:
        return self.entries.get(name)

    def text(self, name: str, default: str = _MISSING) -> str:
        value = self.entries.get(name)
        if isinstance(value, str) and value.strip():
            return value
        if value is None and default is not _MISSING:
            return default
        self.fault(
            name,
            "is missing" if value is None else f"is not a text: {value!r}",
            "Write a text, in quotes",
        )
        return ""

    def id(self, name: str = "id") -> str:
        value = self.text(name)
        if value and not ID.match(value):
            self.fault(
                name,
                f"{value!r} is no id",
                "Use a-z, 0-9 and _, beginning with a letter",
            )
        return value

    def number(self, name: str, default: float | None = _MISSING) -> float:
        value = self.entries.get(name)
        if isinstance(value, Mapping):
            value = value.get("value")
        if isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0:
            return float(value)
        if value is None and default is not None and default is not _MISSING:
            return default
        self.fault(
            name,
            "is missing" if value is None else f"is not a number from 0: {value!r}",
            "Write a number",
        )
        return 0.0

    def optional_number(self, name: str) -> float | None:
        return self.number(name) if name in self else None

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.entries.get(name, default)
        if isinstance(value, bool):
            return value
        self.fault(name, f"is neither true nor false: {value!r}", "Write true or false")
        return default

    def one_of(self, name: str, allowed: Collection[str], default: str = _MISSING) -> str:
        value = self.text(name, default)
        if value and value not in allowed:
            self.fault(
                name,
                f"{value!r} is not known",
                f"Choose from: {', '.join(sorted(allowed))}",
            )
        return value

    def words(self, name: str) -> tuple[str, ...]:
        """A list of texts, empty when absent; a single text counts as a list of one."""
        value = self.entries.get(name)
        if value is None:
            return ()
        listed = value if isinstance(value, list) else [value]
        for word in listed:
            if not isinstance(word, str):
                self.fault(name, f"holds {word!r}, which is not a text", "Put it in quotes")
        return tuple(word for word in listed if isinstance(word, str))

    def numbers(self, name: str) -> tuple[int, ...]:
        value = self.entries.get(name)
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(each, int) and not isinstance(each, bool) for each in value):
            return tuple(value)
        self.fault(
            name,
            f"is not a list of whole numbers: {value!r}",
            "Write for example [3, 8]",
        )
        return ()

    def page(self, name: str) -> "Page":
        """The mapping under `name`; an empty one, with a fault, when there is none."""
        value = self.entries.get(name)
        if isinstance(value, Mapping):
            return Page(self.file, self._at(name), value, self._faults)
        self.fault(
            name,
            "is missing" if value is None else "is not a mapping",
            "Write a mapping of names to values",
        )
        return Page(self.file, self._at(name), {}, self._faults)

    def optional_page(self, name: str) -> "Page | None":
        return self.page(name) if name in self else None

    def pages(self, name: str, called: str = "id") -> tuple["Page", ...]:
        """The mappings listed under `name`; in faults each goes by its entry `called`, else by its position."""
        value = self.entries.get(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.fault(
                name,
                "is not a list",
                "Write one entry a line, each beginning with '- '",
            )
            return ()
        found = []
        for position, entries in enumerate(value):
            if not isinstance(entries, Mapping):
                self.fault(
                    name,
                    f"entry {position + 1} is not a mapping: {entries!r}",
                    "Write names and values",
                )
                continue
            title = entries.get(called, position + 1)
            found.append(Page(self.file, f"{self._at(name)}[{title}]", entries, self._faults))
        return tuple(found)

    def in_languages(self, name: str, languages: Collection[str]) -> dict[str, str]:
        """The text under `name` in each language: `name: {id: ..., su: ...}`, else `name`, `name_su`, `name_en`."""
        if isinstance(self.entries.get(name), Mapping):
            page = self.page(name)
            return {language: page.text(language) for language in languages}
        first = next(iter(languages), "")
        return {each: self.text(name if each == first else f"{name}_{each}") for each in languages}

    def _at(self, name: str) -> str:
        return f"{self.key}.{name}" if self.key and name else self.key or name


def unique(pages: tuple[Page, ...], name: str) -> None:
    """Note every page whose `name` another page before it already has."""
    seen: set[Any] = set()
    for page in pages:
        value = page.raw(name)
        if value in seen:
            page.fault(
                name,
                f"{value!r} stands twice",
                "Give it another name or delete one of the two",
            )
        seen.add(value)
