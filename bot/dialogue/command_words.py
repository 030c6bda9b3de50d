"""The words that people type for a command without a slash, and the names of languages: a table, read by `words.command_in`."""

import re

SPELLINGS = {
    "start": ("mulai",),
    "lapor": ("lapor",),
    "status": ("status", "lacak", "laporan saya", "laporan abdi", "cek laporan", "my reports"),
    "batal": ("batal", "cancel", "bolay", "bolai"),
    "kembali": (
        "kembali",
        "balik",
        "balik lagi",
        "mundur",
        "sebelumnya",
        "pertanyaan sebelumnya",
        "ke pertanyaan sebelumnya",
        "kembali ke pertanyaan sebelumnya",
        "wangsul",
        "wangsul deui",
        "balik deui",
        "mulang",
        "mundur deui",
        "sateuacanna",
        "back",
        "go back",
        "previous",
        "previous question",
        "undo",
    ),
    "bantuan": ("bantuan", "help", "pitulung", "menu"),
    "bahasa": ("bahasa", "basa", "language"),
    "petugas": ("petugas", "admin", "orang", "manusia", "jalmi"),
    "privasi": ("privasi", "privacy"),
    "data": (
        "data saya",
        "data abdi",
        "my data",
        "salinan data",
        "salinan data saya",
        "unduh data saya",
        "data pribadi saya",
    ),
    "hapus": (
        "hapus",
        "delete",
        "hapus data",
        "hapus data saya",
        "hapus data abdi",
        "hapus data pribadi saya",
        "hapus semua data saya",
        "hapus akun saya",
        "delete my data",
        "erase my data",
        "lupakan saya",
    ),
    "buka": ("buka", "buka lagi", "buka deui", "reopen"),
    "ubah": ("ubah", "robih", "change"),
    "beda": ("beda", "benten", "different"),
    "ombudsman": ("ombudsman",),
    "wilayah": ("wilayah", "wilayah saya", "wilayah abdi", "laporan wilayah", "my area"),
    "langganan": ("langganan", "berlangganan", "subscribe"),
    "berhenti": (
        "berhenti",
        "berhenti langganan",
        "stop",
        "stop langganan",
        "eureun",
        "liren",
        "liren langganan",
        "unsubscribe",
    ),
    "jawab": ("jawab", "waler", "answer"),
}
COMMANDS = {spelling: command for command, spellings in SPELLINGS.items() for spelling in spellings}
"""What people type without a slash, and the command it is."""
CANCELLING = frozenset(
    "batal batalkan batalin dibatalkan dibatalin membatalkan batalkeun dibatalkeun ngabatalkeun cancel cancelled"
    " canceled bolay bolai urung lupain lupakan lupakeun forget".split()
)
NOT, BECOMING = frozenset("tidak teu moal henteu".split()), frozenset("jadi janten".split())
"""Together they say that something will not be."""
AROUND_CANCELLING = frozenset(
    "lapor ngalapor melapor laporan laporannya laporanna laporkan ini ieu itu eta teh ah lah we aku saya abdi mau bade hoyong deh na"
    " the my this report it i want to maaf hapunten kirim ngirim dikirim ngintun dikintun".split()
)
"""Words that change nothing about giving something up."""
AROUND_ANSWERING = frozenset(
    "it this that now then sekarang ayeuna ini ieu eta itu hayu hayuk ayo ayok yuk yu hayo sok coba langsung cepat cepet buruan sudah om"
    " tante mbah mang bos bro sis min gan teh teteh aa akang ceu pa mah euy".split()
)
"""Words around an answer ("hayu kirim", "yes send it") that change nothing about it."""
SWEARING = frozenset(
    "anjir anjay anjing anying anjrit bego goblok goblog tolol bodoh dongo belegug blegug gelo sinting edan kampret bangsat"
    " brengsek babi sia maneh lu fuck fucking shit damn idiot stupid".split()
)
"""Words of anger; an answer among them is one all the same."""
ONLY_ALONE = frozenset({"bantuan", "start", "lapor", "petugas"})
"""Commands whose words mean something else among others: "tolong bantuan pak" may be a call for help."""
LANGUAGES = {
    "id": frozenset({"indonesia", "indonesian"}),
    "su": frozenset({"sunda", "sundanese"}),
    "en": frozenset({"english", "inggris"}),
}
SPEAKING = frozenset("bahasa basa language pakai pake nganggo ganti english inggris".split())
"""Words that make the name of a language a wish, and not the name of a street."""
BY_NUMBER = frozenset({"status"})
"""Commands behind whose words nothing but a number can stand."""
LIKE_A_NUMBER = re.compile(r"(?:[a-z]{2,4} )?[olisbz]?\d[\dolisbzgq]*(?: [\dolisbzgq]*\d[\dolisbzgq]*| [olisbzgq])*")
"""What may be a number, mistyped or not all of it, where one is asked for; in plain words."""
NUMBER_ONLY = re.compile(r"[a-z]{2,4}[\s\d]{6,}|[\d\s]{6,}")
"""A report number that stands behind a command's word, in plain words."""
