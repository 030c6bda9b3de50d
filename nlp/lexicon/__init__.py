"""Word tables as files (see README.md here), and the one way to read them."""

from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Mapping


@cache
def word_table(name: str) -> Mapping[str, str]:
    """The table `name`.tsv: first column to second column. Lines are unique by their first column."""
    lines = files(__package__).joinpath(f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return MappingProxyType({left: right for left, right in pairs})
