"""Labelled messages to measure with. A case may leave out what nobody labelled, and may accept several categories."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.training.rows import CorpusError, objects_in


@dataclass(frozen=True, slots=True)
class Case:
    """One message and what is right: None where not labelled. `emergency` is "" where the message is none,
    `sub_category` "" where no sub-category fits."""

    text: str
    categories: frozenset[str]
    kind: str | None
    urgency: str | None
    language: str | None
    emergency: str | None
    kelurahan: str | None
    kecamatan: str | None
    source: str
    sub_category: str | None = None
    kota_kab: str | None = None


def read_cases(file: Path) -> list[Case]:
    """The cases of a JSONL file. `category` is an id or a list of acceptable ids; `emergency` a kind, or null for none; `kelurahan`,
    `kecamatan` and `kota_kab` name the place, the last "" where none is told; `source` groups rows. Raises CorpusError naming
    the line."""
    return [_case(found, file.stem, where) for where, found in objects_in(file)]


def _case(found: dict[str, Any], stem: str, where: str) -> Case:
    if not isinstance(found.get("text"), str):
        raise CorpusError(
            f'{where}: "text" is missing or no words. A case needs at least {{"text": "lampu jalan mati"}}.'
        )
    category = found.get("category") or []
    return Case(
        text=found["text"],
        categories=frozenset([category] if isinstance(category, str) else category),
        kind=found.get("kind"),
        urgency=found.get("urgency"),
        language=found.get("language"),
        emergency=(found["emergency"] or "") if "emergency" in found else None,
        kelurahan=found.get("kelurahan"),
        kecamatan=found.get("kecamatan"),
        source=found.get("source", stem),
        sub_category=found.get("sub_category"),
        kota_kab=found.get("kota_kab"),
    )
