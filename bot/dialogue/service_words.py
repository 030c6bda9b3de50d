"""Questions about this service itself, by the words that they are asked with: a table, read by `topic_in`."""

from dataclasses import dataclass

from bot.dialogue.question_words import asks
from bot.dialogue.words import plain, spelt

LONGEST = 14  # words of such a question; a longer message tells a story
REPORTING = frozenset(
    "lapor melapor ngelapor ngalapor dilapor laporan laporanna laporannya laporkan dilaporkan dilaporkeun ngadu mengadu aduan"
    " pengaduan report reports reporting".split()
)
HERE = REPORTING | frozenset("sini disini dieu chat layanan nomor nomer ini ieu this service here".split())
YES_OR_NO = frozenset("tidak henteu kan nya ya".split())
"""Words that may stand in the middle of a question which has no other sign of one ("nama saya ketahuan ga kalau lapor")."""
WHO = frozenset("siapa saha who".split())
DIFFERING = frozenset("beda bedanya bedana bentenna perbedaan artinya maksudnya hartosna difference mean means".split())
SENDING = frozenset(
    "tambah tambahkan nambah nambahin menambah tambihan nyusul menyusul susul add attach send later".split()
)
MAY = frozenset("bisa tiasa boleh dapat kenging can may".split())


@dataclass(frozen=True, slots=True)
class Topic:
    """What may be asked: the answer's id, and groups of words of each of which one must be there."""

    answer: str
    groups: tuple[frozenset[str], ...]


def _topic(answer: str, *groups: str | frozenset[str]) -> Topic:
    return Topic(answer, tuple(frozenset(group.split()) if isinstance(group, str) else group for group in groups))


TOPICS = (
    _topic("service_free", "bayar mayar dibayar gratis biaya berbayar free cost costs pay paid", HERE),
    _topic(
        "service_name",
        "nama nami identitas anonim rahasia dirahasiakan dirusiahkeun ktp name identity anonymous anonymously",
        REPORTING
        | frozenset("saya abdi aku tanpa tampa ketahuan dirahasiakan dirusiahkeun my give without".split())
        | DIFFERING,
    ),
    _topic("service_data", "data", "saya abdi aku my", "aman disebar dijual bocor rahasia safe secure"),
    _topic(
        "service_readers",
        WHO | frozenset("wali walikota gubernur bupati camat lurah pemkot pejabat mayor governor".split()),
        REPORTING | WHO,
        "baca dibaca membaca ngabaca dibaca lihat liat melihat ningali jawab menjawab ngajawab read reads answers",
    ),
    _topic(
        "service_photo",
        "foto poto gambar video photo photos picture",
        REPORTING | SENDING | frozenset("wajib harus kudu pakai pake nganggo".split()),
    ),
    _topic(
        "service_languages",
        "bahasa basa language languages",
        MAY | REPORTING,
        "sunda sundanese indonesia indonesian inggris english daerah jawa campur lain apa naon what which",
    ),
    _topic(
        "service_hours",
        "malam peuting wengi sabtu minggu libur buka 24 night weekend holiday open",
        REPORTING | frozenset("chat layanan service".split()),
    ),
    _topic(
        "service_how_long",
        "lama lami long",
        REPORTING | frozenset("ditangani dijawab diproses direspon answered".split()),
    ),
    _topic(
        "service_what",
        "apa naon what",
        MAY,
        "lapor dilaporkan dilaporkeun laporkan diadukan report reported",
    ),
    _topic("phrase.first_time", "cara carana caranya gimana bagaimana kumaha how", REPORTING),
    _topic("service_robot", "robot bot mesin manusia human machine ai", "ini ieu kamu anda this you teh sama"),
    _topic(
        "service_official", "resmi official penipuan palsu asli hoax scam", HERE | frozenset("akun account".split())
    ),
)
"""The first that fits is meant."""


def topic_in(text: str) -> str:
    """The id of the answer to a question about the service; "" when it is none."""
    said = frozenset(plain(text).split()) | frozenset(spelt(text).split())
    if not (asks(text) or said & YES_OR_NO) or len(plain(text).split()) > LONGEST:
        return ""
    return next((topic.answer for topic in TOPICS if all(said & group for group in topic.groups)), "")
