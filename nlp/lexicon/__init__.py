"""Word tables as files (see README.md here), and the one way to read them."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def word_table(name: str) -> Mapping[str, str]:
    """The table `name`.tsv: first column to second column. Lines are unique by their first column."""
    lines = files(__package__).joinpath(f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return MappingProxyType({left: right for left, _, right in pairs})


@cache
def glosses() -> Mapping[str, str]:
    """Words of other languages, Sundanese before English: the nearest Indonesian word."""
    return MappingProxyType({**word_table("english"), **word_table("sundanese")})


@cache
def clusters_of_words() -> Mapping[str, tuple[str, ...]]:
    """For each word of clusters.txt, the names of its clusters in alphabetical order."""
    found: dict[str, set[str]] = {}
    for line in files(__package__).joinpath("clusters.txt").read_text(encoding="utf-8").splitlines():
        name, colon, members = line.partition(":")
        if colon and not line.startswith("#"):
            for member in members.split():
                found.setdefault(member, set()).add(name)
    return MappingProxyType({word: tuple(sorted(names)) for word, names in found.items()})


@cache
def speech_words() -> frozenset[str]:
    """The words of speech.txt, which say what a message does rather than what it is about."""
    lines = files(__package__).joinpath("speech.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.partition(":")[2].split())
