"""The corpus as rows: reading, checking and hashing nlp/corpus."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent.parent / "corpus"
KINDS = ("pengaduan", "aspirasi", "permintaan_informasi", "bukan_laporan")
URGENCIES = ("darurat", "tinggi", "sedang", "rendah")
LANGUAGES = ("id", "su", "mix", "en")


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


def read_rows(files: Iterable[Path]) -> list[Row]:
    """Every row of `files`, in order. Raises CorpusError at the first line that is not a labelled message."""
    return [
        _row(line, file, number)
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1)
        if line.strip()
    ]


def corpus_hash(files: Iterable[Path]) -> str:
    """SHA-256 over the bytes of the files, in order."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _row(line: str, file: Path, number: int) -> Row:
    where = f"{file.name}, line {number}"
    try:
        found: dict[str, Any] = json.loads(line)
        row = Row(
            text=found["text"],
            category=found["category"],
            kind=found.get("kind", "pengaduan"),
            urgency=found.get("urgency", "sedang"),
            language=found.get("language", "id"),
            places=tuple(found.get("places", ())),
            emergency=found.get("emergency") or (None if found.get("urgency") == "darurat" else ""),
            source=file.stem,
            sub_category=found.get("sub_category"),
        )
    except (ValueError, KeyError, TypeError) as reason:
        raise CorpusError(f"{where}: {reason!r}. A row needs at least text and category.") from reason
    for value, allowed in ((row.kind, KINDS), (row.urgency, URGENCIES), (row.language, LANGUAGES)):
        if value not in allowed:
            raise CorpusError(f"{where}: {value!r} is none of {', '.join(allowed)}.")
    return row
