"""The words of an answer to "where?": how places begin, what ties them to something that can be seen, and what is no place."""

from bot.dialogue.words import CORRECTING, FILLERS, PUTTING_RIGHT, plain

CLOSER = frozenset(
    "depan dpn dekat deket dkt sebelah samping seberang sebrang belakang antara perempatan pertigaan prapatan simpang belokan"
    " tikungan rt rw blok gang gg no nomor km ujung pojok bawah caket payuneun hareupeun gigireun tukangeun pengker peuntaseun"
    " near opposite behind front beside corner".split()
)
"""Words that tie a place to something that can be seen there."""
OF_A_PLACE = CLOSER | frozenset(
    "di ke dari jalan jl jln kampung kp komplek kompleks perum perumahan pasar masjid mesjid kelurahan kel kecamatan kec"
    " daerah palih at on in street road".split()
)
"""Words that an answer to "where?" begins with."""
GOING_ON = frozenset(
    "udah sudah dah belum blm masih msh tidak tdk ga gak nggak enggak tiap setiap kalau kalo klo padahal terus tos atos acan"
    " tacan keneh teu upami unggal komo already still not never every since always".split()
)
"""Words with which a story goes on: how long, how often, and what does not happen."""


def beside_the_point(word: str) -> bool:
    """Whether a word says nothing about which place is meant."""
    empty = FILLERS | CORRECTING | PUTTING_RIGHT | {"juga", "oge", "too", "situ", "dinya", "eh", "oh", "of", "the"}
    return word in empty or word in OF_A_PLACE - CLOSER


def points_closer(text: str) -> bool:
    """Whether the words tie the place to something that can be seen there."""
    return not CLOSER.isdisjoint(plain(text).split())


def begins_like_a_place(text: str) -> bool:
    """Whether an answer begins the way a place does."""
    return next(iter(plain(text).split()), "") in OF_A_PLACE


def tells_on(text: str) -> bool:
    """Whether words begin the way a story goes on ("udah 2 minggu", "sampahnya belum diangkut"), and no name does."""
    first = plain(text).split()[:2]
    return len(plain(text).split()) > len(first) and not GOING_ON.isdisjoint(first)
