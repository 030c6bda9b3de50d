"""What is wrong with a city's folder, collected so that all of it can be said at once."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to repair: where it stands, what is wrong, and what to do about it."""

    file: str
    key: str
    wrong: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}: {self.key}" if self.key else self.file
        return f"{place}: {self.wrong}. {self.remedy}."


class CityError(Exception):
    """The folder of a city cannot be used. The message lists every fault, one a line; `faults` holds them."""

    def __init__(self, city: str, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        count = "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        super().__init__(
            "\n".join(
                [
                    f"City {city!r} has {count}:",
                    *(f"- {fault}" for fault in self.faults),
                ]
            )
        )


class Faults:
    """The list that every reader and checker of one folder writes to."""

    def __init__(self) -> None:
        self._found: list[Fault] = []

    def add(self, file: str, key: str, wrong: str, remedy: str) -> None:
        fault = Fault(file, key, wrong, remedy)
        if fault not in self._found:
            self._found.append(fault)

    def raise_if_any(self, city: str) -> None:
        """Raise CityError when anything was found."""
        if self._found:
            raise CityError(city, self._found)
