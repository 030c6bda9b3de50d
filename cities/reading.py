"""From files to pages: YAML read fast, with duplicate keys and syntax errors noted as faults."""

import hashlib
import json
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from cities.faults import Faults
from cities.page import Page

DECIDING = (
    "city",
    "categories",
    "agencies",
    "statuses",
    "working_hours",
    "road_authority",
)
SPEAKING = ("phrases", "sources")
OPTIONAL = ("templates",)
"""What a city has only when it uses the platform that needs it."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_Loader):  # type: ignore[misc]
    """YAML that refuses the same key twice in one mapping, where plain YAML silently keeps the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        if len(mapping) != len(node.value):
            keys = [key.value for key, _ in node.value]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise yaml.constructor.ConstructorError(None, None, f"the key {twice!r} stands twice", node.start_mark)
        return mapping


def read_tables(folder: Path, faults: Faults) -> dict[str, Page]:
    """Every table of a city's folder by its name; one that cannot be read is noted and read as empty."""
    tables = {name: _read(folder / f"{name}.yaml", faults) for name in (*DECIDING, *SPEAKING)}
    for name in OPTIONAL:
        file = folder / f"{name}.yaml"
        tables[name] = _read(file, faults) if file.is_file() else Page(file.name, "", {}, faults)
    return tables


def version_of(tables: dict[str, Page]) -> str:
    """A short hash of what decides (not of comments, phrases or sources): twelve hexadecimal digits."""
    deciding = {name: dict(tables[name].entries) for name in DECIDING}
    written = json.dumps(deciding, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:12]


def _read(path: Path, faults: Faults) -> Page:
    entries: Any = {}
    try:
        entries = yaml.load(path.read_text(encoding="utf-8"), _StrictLoader)  # noqa: S506 - derived from a safe loader
    except FileNotFoundError:
        faults.add(path.name, "", "is missing", "Copy it from another city and adapt it")
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        faults.add(
            path.name,
            "",
            f"cannot be read: {' '.join(str(error).split())}",
            "Repair the line it names",
        )
    if not isinstance(entries, dict):
        faults.add(path.name, "", "is not a mapping", "Begin with names, such as 'meta:'")
        entries = {}
    return Page(path.name, "", entries, faults)
