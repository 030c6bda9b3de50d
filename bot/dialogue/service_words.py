"""Questions about this service itself, by the words that they are asked with: a table, read by `topic_in`."""

from dataclasses import dataclass

from bot.dialogue.command_words import CANCELLING
from bot.dialogue.news_words import DEEDS, NEXT
from bot.dialogue.question_words import ASKING, asks
from bot.dialogue.wishes import COURTESY, WISHING
from bot.dialogue.words import FILLERS, plain, spelt

LONGEST = 14  # words of such a question; a longer message tells a story
REPORTING = frozenset(
    "lapor melapor ngelapor ngalapor dilapor laporan laporanna laporannya laporkan dilaporkan dilaporkeun laporin ngelaporin dilaporin"
    " laporkeun ngalaporkeun ngadu mengadu aduan pengaduan report reports reporting".split()
)
HERE = REPORTING | frozenset("sini disini dieu chat layanan nomor nomer ini ieu this service here".split())
YES_OR_NO = frozenset("tidak henteu kan nya ya".split())
"""Words that may stand in the middle of a question which has no other sign of one ("nama saya ketahuan ga kalau lapor")."""
WHO = frozenset("siapa saha who".split())
DIFFERING = frozenset("beda bedanya bedana bentenna perbedaan artinya maksudnya hartosna difference mean means".split())
SENDING = frozenset(
    "tambah tambahkan nambah nambahin menambah tambihan nyusul menyusul susul kirim ngirim mengirim kintun ngintun unggah add attach"
    " send upload later".split()
)
MAY = frozenset("bisa tiasa boleh dapat kenging can may".split())
TO, WHICH = frozenset("ke ka kemana to".split()), frozenset("mana kemana which where".split())
AROUND = (FILLERS | COURTESY | WISHING | YES_OR_NO | ASKING | MAY | HERE) | frozenset(
    "ini itu ieu eta teh nanti engke ngke besok isuk ada aya perlu harus kudu kedah wajib emang emangnya memang memangnya beneran bener"
    " leres sih gitu kitu terus trus lalu berarti hartosna jadi kira akan bakal bade pasti tetep tetap di ke ka dina yang nu untuk buat"
    " kanggo jang dan sareng atau lewat it is do does have to the a for will be there any really much many my me saya abdi".split()
)
"""Words around a question that name nothing of its own."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What may be asked: the answer's id, and groups of words of each of which one must be there."""

    answer: str
    groups: tuple[frozenset[str], ...]
    only: bool = False  # beside them nothing may be said that names something of its own

    def asked_by(self, said: frozenset[str], written_out: frozenset[str]) -> bool:
        """Whether these words ask it; ``written_out`` are the same without chat spellings."""
        nothing_else = written_out <= AROUND.union(*self.groups)
        return all((said | written_out) & group for group in self.groups) and (nothing_else or not self.only)


def _topic(answer: str, *groups: str | frozenset[str], only: bool = False) -> Topic:
    return Topic(answer, tuple(frozenset(group.split()) if isinstance(group, str) else group for group in groups), only)


PAYING = frozenset(
    "bayar mayar bayaran dibayar gratis biaya berbayar dipungut ongkos free cost costs pay paid fee".split()
)
READING = frozenset(
    "baca dibaca bacanya membaca ngabaca dibaca lihat liat melihat ningali jawab menjawab ngajawab sampai sampe nepi dugi masuk diterima"
    " cek dicek ngecek mengecek periksa diperiksa memeriksa meriksa mariksa checks"
    " tangani menangani ditangani nangani nanganin nanganan ditanganan urus mengurus diurus ngurus ngurusin ngurusna ngerjain"
    " mengerjakan ngerjakeun proses memproses"
    " read reads answers reach reaches handle handles".split()
)
TELLING = frozenset(
    "kabar kabarnya kabarna dikabari dikabarin dikabarkan diwartosan wartos info informed hear news".split()
)
GOOD = frozenset("percuma guna gunanya gunana manfaat manfaatnya aya useful use useless".split())
LONG = frozenset("lama lamanya lami lamina cepat cepet enggal gancang long soon quick quickly".split())
WAITING = frozenset(
    "proses prosesnya prosesna nunggu menunggu nungguan penanganan penanganannya hari minggu days weeks".split()
)
TOPICS = (
    _topic("service_free", PAYING, HERE),
    _topic("service_free", PAYING, only=True),
    _topic(
        "service_anyone",
        "luar bukan sanes pendatang turis wisatawan mahasiswa perantau outside tourist foreigner visitor visiting",
        "ktp warga orang jalmi domisili kota kependudukan resident citizen",
        MAY,
        REPORTING,
    ),
    _topic(
        "service_name",
        "nama nami identitas anonim rahasia dirahasiakan dirusiahkeun ktp name identity anonymous anonymously",
        REPORTING
        | frozenset("saya abdi aku tanpa tampa ketahuan dirahasiakan dirusiahkeun my give without".split())
        | DIFFERING,
    ),
    _topic(
        "service_name",
        "nama nami identitas anonim name identity anonymous",
        "cara carana caranya ubah ngubah diubah mengubah ganti ngganti diganti mengganti robih gentos tampil ditampilkan ditampilin change"
        " show",
        only=True,
    ),
    _topic("service_data", "data", "saya abdi aku my", "aman disebar dijual bocor rahasia safe secure"),
    _topic(
        "service_readers",
        WHO | frozenset("wali walikota gubernur bupati camat lurah pemkot pejabat mayor governor".split()),
        REPORTING | WHO,
        READING,
    ),
    _topic("service_readers", "baca dibaca dibacanya dilihat diliat ditingali read seen", only=True),
    _topic("service_readers", "dinas kantor instansi opd bagian pihak office department", TO, WHICH, only=True),
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
    _topic("service_how_long", LONG, REPORTING | WAITING | DEEDS),
    _topic("service_how_long", NEXT, "gimana bagaimana kumaha apa naon how what", only=True),
    _topic("service_how_long", LONG | DEEDS | TELLING | GOOD, only=True),
    _topic(
        "service_change",
        CANCELLING
        | frozenset(
            "cabut dicabut mencabut tarik ditarik hapus dihapus ubah diubah ganti diganti edit diedit change".split()
        ),
        MAY,
        only=True,
    ),
    _topic(
        "service_for_others",
        "tetangga tatangga batur teman babaturan keluarga kulawarga orangtua mewakili wakil wawakil neighbour neighbor friend",
        MAY,
        REPORTING,
    ),
    _topic(
        "service_often",
        "kali sekali sakali lebih leuwih langkung banyak seueur loba dua sering more several many twice often times",
        MAY | frozenset({"berapa", "sabaraha"}),
        REPORTING,
        only=True,
    ),
    _topic(
        "service_what",
        "apa naon what",
        MAY,
        "lapor dilaporkan dilaporkeun laporkan diadukan report reported",
    ),
    _topic("phrase.first_time", "cara carana caranya gimana bagaimana kumaha how", REPORTING),
    _topic(
        "phrase.first_time",
        "layanan chat nomor nomer aplikasi grup bot fungsi fungsinya fungsina guna gunanya kegunaan tujuan untuk buat kanggo jang",
        "apa apaan naon what ini ieu this",
        "apa apaan naon siapa saha what who",
        only=True,
    ),
    _topic("service_robot", "robot bot mesin manusia human machine ai", "ini ieu kamu anda this you teh sama"),
    _topic(
        "service_robot",
        "orang orangnya jalmi jalmana manusia human person anybody anyone somebody",
        "ada aya anybody anyone",
        only=True,
    ),
    _topic("service_robot", WHO, "ini ieu kamu anda this you", only=True),
    _topic(
        "service_call",
        "telepon telpon telfon telp tlp nelpon nelepon menelepon ditelpon call phone hotline",
        MAY,
        only=True,
    ),
    _topic(
        "service_official",
        "bener benar beneran betul betulan leres asli really real",
        "pemkot pemerintah diskominfo dinas wali walikota city government",
        only=True,
    ),
    _topic(
        "service_official", "resmi official penipuan palsu asli hoax scam", HERE | frozenset("akun account".split())
    ),
)
"""The first that fits is meant."""


def topic_in(text: str) -> str:
    """The id of the answer to a question about the service; "" when it is none."""
    said, written_out = frozenset(plain(text).split()), frozenset(spelt(text).split())
    if not (asks(text) or (said | written_out) & YES_OR_NO) or len(plain(text).split()) > LONGEST:
        return ""
    return next((topic.answer for topic in TOPICS if topic.asked_by(said, written_out)), "")
