"""The words with which people take back what they sent: the report, their name, their data, or a photo that was hoped for."""

from bot.dialogue.command_words import CANCELLING
from bot.dialogue.wishes import COURTESY, WISHING
from bot.dialogue.words import FILLERS, spelt

DELETING = frozenset(
    "hapus dihapus hapuskan hapuskeun ngahapus menghapus apus diapus hapusin pupus dipupus mupus pupuskeun delete deleted remove"
    " removed erase erased".split()
)
WITHDRAWING = (
    DELETING | CANCELLING | frozenset("cabut dicabut mencabut nyabut tarik ditarik withdraw withdrawn retract".split())
)
OF_REPORTS = frozenset("laporan laporannya laporanna laporanku aduan aduannya pengaduan report reports".split())
NOT_YET = frozenset("jangan ulah entong tidak teu don dont not never naha kenapa kunaon why".split())
"""Words that make such a wish its opposite, or a complaint about one."""
DATA = frozenset("data datanya datana akun akunnya account information".split())
AROUND_DATA = frozenset(
    "saya aku abdi sim kuring gue my me pribadi semua sadaya semuanya personal all tentang about ini ieu dari tina sistem sini di kalian"
    " the that you have and dan dihapuskan sampai habis nu yang".split()
)
NAME = frozenset("nama nami namanya namana namaku identitas identitasnya name identity".split())
SHOWING = frozenset(
    "tampil tampilkan ditampilkan tampilin ditampilin tampakkan sebut disebut disebutkan sebutkan sebutin"
    " tulis ditulis dicantumkan cantumkan"
    " dimuat diumumkan kelihatan keliatan terlihat ketahuan tembongkeun ditembongkeun ditembongkan katingali kaciri diserat disebatkeun"
    " nyebatkeun disebarkan sebarkan disebar show shown publish published reveal mention mentioned".split()
)
HIDING = frozenset(
    "sembunyikan disembunyikan sembunyiin umpetin rahasiakan rahasiain sumputkeun disumputkeun hide hidden".split()
)
NEVER = frozenset("jangan jgn jangn ulah entong tidak teu don dont not without".split())
LONGEST = 8  # words of a wish
NOTHING = (
    frozenset({"tidak", "ada"}), frozenset({"teu", "aya"}), frozenset({"tidak", "punya"}), frozenset({"teu", "gaduh"}),
    frozenset({"tidak", "sempat"}), frozenset({"teu", "kabujeng"}), frozenset({"belum", "ada"}), frozenset({"teu", "acan"}),
)  # fmt: skip
"""Pairs of words that say that there is none."""
NONE = frozenset("gada gaada gakada euweuh none nope nggada no tidak henteu".split())
LATER = frozenset("nyusul menyusul susul nanti ntar engke enjing besok later tomorrow soon".split())
FEW = 3  # words of such an answer
PHOTO = frozenset("foto fotonya fotona poto potona gambar gambarnya gambarna photo photos picture".split())


def _said(text: str) -> list[str]:
    return spelt(text).split()


def wants_withdrawn(text: str, *, number: bool) -> bool:
    """Whether somebody wants a sent report to be ended. ``number``: one was named, so that the word for a report may be missing."""
    words = set(_said(text))
    wished = not WITHDRAWING.isdisjoint(words) and NOT_YET.isdisjoint(words) and DATA.isdisjoint(words)
    return wished and (number or not OF_REPORTS.isdisjoint(words))


def wants_erased(text: str) -> bool:
    """Whether all that is said is that one's data shall be erased."""
    words = set(_said(text))
    known = DELETING | DATA | AROUND_DATA | FILLERS | COURTESY | WISHING
    return not DELETING.isdisjoint(words) and not DATA.isdisjoint(words) and words <= known


def hides_name(text: str) -> bool:
    """Whether all that is said is that the writer's name shall not be seen."""
    said = _said(text)
    words = set(said)
    if len(said) > LONGEST or NAME.isdisjoint(words):
        return False
    return not HIDING.isdisjoint(words) or not (NEVER.isdisjoint(words) or SHOWING.isdisjoint(words))


def shows_name(text: str) -> bool:
    """Whether all that is said is that the writer's name may be seen."""
    words = set(_said(text))
    known = NAME | SHOWING | FILLERS | COURTESY | WISHING
    return not NAME.isdisjoint(words) and not SHOWING.isdisjoint(words) and words <= known - NEVER


def hides_something(text: str) -> bool:
    """Whether something that was told, and not the name, shall not be seen ("nomor rumah saya jangan ditulis")."""
    said = _said(text)
    words = set(said)
    never = not (NEVER.isdisjoint(words) or SHOWING.isdisjoint(words)) or not HIDING.isdisjoint(words)
    return never and len(said) <= LONGEST and NAME.isdisjoint(words)


def has_no_photo(text: str) -> bool:
    """Whether somebody who was asked for a photo has none."""
    words = set(_said(text))
    left = words - FILLERS - COURTESY - PHOTO
    if len(left) > FEW:
        return False
    return any(pair <= words for pair in NOTHING) or (bool(left) and left <= NONE)


def brings_photo_later(text: str) -> bool:
    """Whether all that is said is that the photo comes later."""
    left = [word for word in _said(text) if word not in FILLERS | COURTESY | PHOTO]
    return 0 < len(left) <= FEW and not PHOTO.isdisjoint(_said(text)) and not LATER.isdisjoint(left)
