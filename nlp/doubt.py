"""What makes a word of danger none now: it is denied, past, feared, a mistake, told of a film, asked about or said to be over."""

from collections.abc import Collection, Sequence

from nlp.danger_over import is_said_over

NEGATIONS = frozenset("not no never nobody tidak bukan belum jangan tanpa teu henteu sanes tong can moal tara".split())
_PAST = frozenset(
    "yesterday years kemarin kamari dulu lalu pernah sempat bekas pasca setelah sejak baheula kapungkur tos urut almarhum korban".split()
)
_FEARED = frozenset(
    "sampe nepi serasa kayak asa ibarat sering "
    "rawan takut khawatir kalau jika bisa supaya agar berpotensi hampir nyaris sok bisi sieun risi hariwang lamun mun upami "
    "dikhawatirkan kuatir dikuatirkan could might afraid worried risk if almost nearly may "
    "cegah antisipasi latihan simulasi film berita kabar seperti menunggu tunggu sampai rek bade pelatihan sosialisasi penyuluhan".split()
)
_MISTAKEN = frozenset(
    "kirain ngira mengira dikira dikirain sangka nyangka disangka sugan sihoreng singhoreng kasampak taunya rupanya".split()
)
_STORY = frozenset("film filem pilem drama drakor sinetron episode novel komik lagu game gim wayang anime".split())
_TOLD = _STORY | frozenset("konser lalajo nonton ngakak wkwk wkwkwk haha hahaha hehe lol mantan drill".split())
_NOT_NOW = _MISTAKEN | _TOLD
_ASKED = frozenset(
    "nomor syarat cara bagaimana kumaha jadwal biaya prosedur alamat informasi kapan iraha berapa sabaraha".split()
)
_BEFORE_A_WORD = _FEARED | _MISTAKEN
_IN_A_MESSAGE = _PAST | _ASKED | _NOT_NOW | {"?"}
_ENDINGS = ("nya", "na", "ku")
_BEFORE, _CLOSE = 5, 2


def is_doubted(texts: Sequence[str], first: int, dangers: Collection[int] = ()) -> bool:
    """Whether the word at `first` of normalised `texts` is denied, feared or quoted, or the whole message puts it in doubt.
    `dangers` are where words of danger stand in `texts`."""
    quoted = texts[:first].count('"') % 2 == 1
    feared = not _BEFORE_A_WORD.isdisjoint(texts[max(first - _BEFORE, 0) : first])
    denied = not NEGATIONS.isdisjoint(texts[max(first - _CLOSE, 0) : first])
    return quoted or feared or denied or is_past_or_asked(texts, dangers)


def is_past_or_asked(texts: Sequence[str], dangers: Collection[int] = ()) -> bool:
    """Whether the message as a whole tells of the past, of what is over, of a film or a joke, or asks."""
    return not _IN_A_MESSAGE.isdisjoint({*texts, *map(without_ending, texts)}) or is_said_over(texts, dangers)


def is_no_news(texts: Sequence[str], dangers: Collection[int] = ()) -> bool:
    """Whether it is said to be over, a mistake, a film or a joke."""
    return not _NOT_NOW.isdisjoint(texts) or is_said_over(texts, dangers)


def is_a_story(texts: Sequence[str]) -> bool:
    """Whether a film, a book or a game is named."""
    return any(text in _STORY or without_ending(text) in _STORY for text in texts)


def without_ending(word: str) -> str:
    """The word without "-nya", "-na" or "-ku"."""
    return next((word.removesuffix(end) for end in _ENDINGS if word.endswith(end)), word)
