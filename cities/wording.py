"""What a city words itself: texts of statuses and notices, phrases, and the words of choices."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from cities.page import Page, unique

BUTTON = 20  # characters; Cloud API, "interactive reply buttons messages"
PLACEHOLDER = re.compile(r"\{(\w*)\}")
PLACEHOLDERS = frozenset(
    PLACEHOLDER.findall(
        "{nomor} {kategori} {lokasi} {opd} {tenggat} {catatan} {perkiraan} {jadwal} {alasan} {hasil} {kekurangan}"
        " {instansi} {tanggal} {ref_eksternal} {interval} {nomor_induk} {hari} {sapaan} {ringkasan} {wilayah} {buka}"
        " {kelurahan} {jumlah} {daftar} {daftar_nomor} {jumlah_foto} {privasi} {status} {kanal_warga}"
        " {masa_simpan} {pengendali} {layanan_krisis} {layanan_ppa} {kontak}"
    )
)
Texts = dict[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class ChoiceWords:
    """A choice by its value, its label in each language, and the words that mean it in any language."""

    value: str
    label: Mapping[str, str]
    also: tuple[str, ...]


def read_texts(statuses: Page, phrases: Page, languages: Sequence[str]) -> Texts:
    """Every text by its key, such as "status.diterima", "notice.tolak_nik" or "phrase.greeting"."""
    texts: Texts = {}
    for page in statuses.pages("statuses", "code"):
        key = f"status.{page.raw('code')}"
        texts[key] = _text(page.page("text"), languages)
        if variants := page.optional_page("variants"):
            texts |= {f"{key}.{reason}": _text(variants.page(reason), languages) for reason in variants}
        for flag in page.pages("flags"):
            texts[f"flag.{flag.raw('id')}"] = _text(flag.page("label"), languages)
    for page in statuses.pages("notices", "code"):
        texts[f"notice.{page.raw('code')}"] = _text(page.page("text"), languages)
    for listed, prefix in (
        ("phrases", "phrase"),
        ("missing_parts", "missing"),
        ("privacy_words", "privacy"),
    ):
        pages = phrases.pages(listed, "use")
        unique(pages, "use")
        texts |= {f"{prefix}.{page.raw('use')}": _text(page, languages) for page in pages}
    return texts


def read_choices(phrases: Page, languages: Sequence[str]) -> Mapping[str, ChoiceWords]:
    pages = phrases.pages("choices", "value")
    unique(pages, "value")
    found = [_choice(page, languages) for page in pages]
    return MappingProxyType({choice.value: choice for choice in found})


def check_button(page: Page, name: str, label: str) -> None:
    """Note a label that does not fit on a button of every channel."""
    if len(label) > BUTTON:
        page.fault(name, f"{label!r} has {len(label)} characters", f"Shorten it to {BUTTON}")


def _choice(page: Page, languages: Sequence[str]) -> ChoiceWords:
    label = {language: page.text(language) for language in languages}
    for language, words in label.items():
        check_button(page, language, words)
    return ChoiceWords(page.text("value"), MappingProxyType(label), page.words("also"))


def _text(page: Page, languages: Sequence[str]) -> Mapping[str, str]:
    text = {language: page.text(language) for language in languages}
    used = {language: frozenset(PLACEHOLDER.findall(words)) for language, words in text.items() if words}
    for language, names in used.items():
        for unknown in sorted(names - PLACEHOLDERS):
            page.fault(
                language,
                f"{{{unknown}}} is no known placeholder",
                "See PLACEHOLDERS in cities/wording.py",
            )
    if len(set(used.values())) > 1:
        page.fault(
            "",
            "the languages do not use the same placeholders",
            "Use the same ones in each",
        )
    return MappingProxyType(text)
