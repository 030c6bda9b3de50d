"""What may come of a problem, whom it frightens, and whom one warns of it: no problem of its own."""

import re

from bot.dialogue.words import plain

FEARING = frozenset(
    "takut takutnya khawatir kawatir kuatir hawatir khawatirnya dikhawatirkan kawatirna hariwang sieun sieunna bisi bisina risi risiko "
    "bahaya bahayanya membahayakan bahayakeun ngabahayakeun nanti nantinya ntar entar engke engkena akibatnya berpotensi rawan "
    "serem seram ngeri menakutkan mengerikan pikasieuneun picilakaeun sararieun "
    "afraid worried dangerous scared scary frightening unsafe terrifying risk".split()
)
"""How a clause begins that says what may come of the problem, or whom it frightens."""
LEADING = frozenset(
    "saya aku kami kita warga orang abdi kuring urang jadi jadinya karena soalnya soalna sangat sok pada kan itu eta ini ieu cuma juga "
    "i we im am are it is s m very so really quite because and".split()
)
"""Words that may stand before."""
HINDERED = re.compile(
    r"^(?:(?:jadi|jadina|jadinya|nepi(?: ka)?|dugi ka|sampai|sampe|so|and)\s+)*"
    r"(?:para\s+|semua\s+|sadaya\s+|the\s+|our\s+|my\s+)?"
    r"(?:anak(?: anak)?|budak|barudak|bayi|warga|orang|jalmi|jelema|ibu|bapak|lansia|kami|kita|saya|aku|abdi|kuring|urang|"
    r"motor|mobil|kendaraan|pejalan(?: kaki)?|penumpang|pedagang|kids|children|people|residents|cars|we|i|you)\b"
    r"(?:\s+\w+){0,2}?\s+"
    r"(?:(?:ga|gak|ngga|nggak|enggak|tidak|tdk|tak|teu|henteu)\s+(?:bisa|bs|dapat|tiasa|tiasaeun|bisaeun)|"
    r"susah|sulit|hese|sesah|kesulitan|kasesahan|kahalangan|terhalang|telat|cannot|can\s*(?:t|not)|unable)\b"
)
"""A clause that says whom the problem keeps from what: "anak-anak ga bisa sekolah"."""
DESCRIBING = frozenset(
    f"{part}{ending}"
    for part in "isi eusi warna ukuran merk merek plat nomor jumlah total panjang lebar bentuk ciri tinggi umur harga".split()
    for ending in ("nya", "na")
)
"""How a clause begins that describes the thing named before it."""
WARNING = re.compile(r"[\s,.;!]*\b(?:hati[ -]?hati|hati ?2|ati[ -]?ati|ati ?2|be careful|watch out)\b", re.IGNORECASE)
MOST_WARNED = 4  # words behind a warning: who should take care; more of them tell what of


def fears(words: str) -> bool:
    """Whether a clause begins by saying what may come of a problem: none of its own."""
    return next((word for word in plain(words).split() if word not in LEADING), "") in FEARING


def describes(words: str) -> bool:
    """Whether a clause goes on about what was told before ("isinya KTP", "platnya D 1234"): no problem of its own."""
    return next(iter(plain(words).split()), "") in DESCRIBING


def hinders(words: str) -> bool:
    """Whether a clause says whom a problem keeps from what: what it does, and no problem of its own."""
    return HINDERED.match(plain(words)) is not None


def apart_from_warning(text: str) -> str:
    """What a text tells beside a warning at one of its ends: "jalan ambles" of "jalan ambles, hati2 yang lewat"; "" without one."""
    found = WARNING.search(text)
    before, behind = (text[: found.start()].strip(), text[found.end() :].strip(" ,.!")) if found else ("", "")
    if not before:
        return behind
    return before if len(behind.split()) <= MOST_WARNED else ""
