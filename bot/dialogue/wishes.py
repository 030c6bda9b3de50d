"""A wish that is a command, seen through the courtesies around it ("punten, hoyong nyarios sareng patugas")."""

COURTESY = frozenset(
    "punten hapunten maaf mohon permisi tolong tlg tulung please pls atuh dong euy deh weh wae saja aja ya yah kang teh pak bu bapak"
    " ibu mas mbak kak bang min mang sih mah kok nih teu ayeuna sekarang dulu heula nya kalau bisa boleh tiasa can could may".split()
)
"""Words that change nothing about a wish, before it or behind it."""
WISHING = frozenset(
    "mau ingin pengen pengin pingin pengennya hoyong bade butuh perlu minta nyuhunkeun saya aku abdi sim kuring kami i want need would"
    " like to".split()
)
SPEAKING = frozenset(
    "bicara berbicara ngomong ngobrol chat chatting obrol nyarios nyariosan sasauran ngawangkong tanya nanya bertanya naros hubungi"
    " hubungkan dihubungkan sambungkan disambungkan sambungin sambungkeun disambungkeun panggil panggilkan panggilan talk speak speaking"
    " connect contact call reach alihkan terhubung".split()
)
JOINING = frozenset(
    "sama dengan dgn ke kepada pada sareng jeung ka with an the a me for langsung real asli beneran sungguhan betulan live bukan sanes not"
    " bot robot mesin machine ada aya di sini disini dieu".split()
)
PERSONS = frozenset(
    "petugas petugasnya patugas patugasna operator officer cs human manusia jalmi jalma person agent adminnya customer service staf"
    " pegawai".split()
)
PERSONS_ONLY_IF_WISHED = frozenset("admin mimin orang orangnya someone somebody".split())
"""Persons whom a greeting also names."""


def asks_for_person(said: str) -> bool:
    """Whether plain words ask to talk with a person and say nothing else."""
    words = said.split()
    left = [word for word in words if word not in COURTESY | WISHING | SPEAKING | JOINING]
    wished = not (WISHING | SPEAKING).isdisjoint(words)
    named = PERSONS | PERSONS_ONLY_IF_WISHED if wished else PERSONS
    return bool(left) and all(word in named for word in left)


def bare(said: str) -> str:
    """The wish without the courtesies and the wishing before and behind it."""
    words = said.split()
    while words and words[0] in COURTESY | WISHING:
        words = words[1:]
    while words and words[-1] in COURTESY:
        words = words[:-1]
    return " ".join(words)
