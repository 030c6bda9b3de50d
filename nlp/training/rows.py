"""The corpus as rows: reading, checking and hashing nlp/corpus."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cities.city import City

CORPUS = Path(__file__).parent.parent / "corpus"
KINDS = ("pengaduan", "aspirasi", "permintaan_informasi", "bukan_laporan")
URGENCIES = ("darurat", "tinggi", "sedang", "rendah")
LANGUAGES = ("id", "su", "mix", "en")
_A_ROW = 'one row a line, such as {"text": "lampu jalan mati", "category": "pju"}'


class CorpusError(Exception):
    """A line of a corpus file cannot be used; the message names file, line and what is wrong."""


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled message. `emergency` is the kind of help needed now, "" for an ordinary message, None where a row is
    urgent ("darurat") and does not say which help. `sub_category` is one of the category's own, "" where it is none of them,
    None where nobody said."""

    text: str
    category: str
    kind: str
    urgency: str
    language: str
    places: tuple[str, ...]
    emergency: str | None
    source: str
    sub_category: str | None = None


def corpus_files(folder: Path = CORPUS) -> list[Path]:
    """The files that train the model, in a fixed order; held_back/ is not among them."""
    return sorted(folder.glob("*.jsonl"))


def read_rows(files: Iterable[Path], city: City | None = None) -> list[Row]:
    """Every row of `files`, in order. Raises CorpusError at the first line that is not a labelled message or, given a `city`, names
    what that city does not have."""
    rows = []
    for file in files:
        for where, found in objects_in(file):
            row = _row(found, file, where)
            if city:
                _check_names(row, city, where)
            rows.append(row)
    return rows


def objects_in(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every JSON object of a JSONL file, after the words that say where it stands. Raises CorpusError."""
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as reason:
        raise CorpusError(f"{file}: cannot be read ({reason}). Name a JSONL file in UTF-8.") from reason
    for number, line in enumerate(lines, start=1):
        if line.strip():
            where = f"{file.name}, line {number}"
            try:
                found = json.loads(line)
            except ValueError as reason:
                raise CorpusError(f"{where}: this is no JSON ({reason}). Write {_A_ROW}.") from reason
            if not isinstance(found, dict):
                raise CorpusError(f"{where}: this is no JSON object. Write {_A_ROW}.")
            yield where, found


def corpus_hash(files: Iterable[Path]) -> str:
    """SHA-256 over the bytes of the files, in order."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _row(found: dict[str, Any], file: Path, where: str) -> Row:
    for name in ("text", "category"):
        if not isinstance(found.get(name), str) or not found[name].strip():
            raise CorpusError(f'{where}: "{name}" is missing or no words. Write {_A_ROW}.')
    places = found.get("places", [])
    if not isinstance(places, list) or not all(isinstance(place, str) for place in places):
        raise CorpusError(
            f'{where}: "places" is {places!r}. Write a list of words of the message, such as ["Dago"], or [].'
        )
    row = Row(
        text=found["text"],
        category=found["category"],
        kind=found.get("kind", "pengaduan"),
        urgency=found.get("urgency", "sedang"),
        language=found.get("language", "id"),
        places=tuple(places),
        emergency=found.get("emergency") or (None if found.get("urgency") == "darurat" else ""),
        source=file.stem,
        sub_category=found.get("sub_category"),
    )
    _check(where, "kind", row.kind, KINDS)
    _check(where, "urgency", row.urgency, URGENCIES)
    _check(where, "language", row.language, LANGUAGES)
    return row


def _check_names(row: Row, city: City, where: str) -> None:
    """Whether the city has the categories and kinds of emergency that a row names."""
    _check(where, "category", row.category, city.categories)
    if row.sub_category:
        _check(where, "sub_category", row.sub_category, city.categories[row.category].subs)
    if row.emergency:
        _check(where, "emergency", row.emergency, city.categories[city.emergency.category].subs)


def _check(where: str, name: str, value: object, allowed: Collection[str]) -> None:
    if value not in allowed:
        raise CorpusError(f'{where}: "{name}" is {value!r}. Write one of {", ".join(allowed)}.')
