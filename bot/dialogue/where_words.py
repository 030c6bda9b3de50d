"""The words of an answer to "where?": how places begin, what ties them to something that can be seen, and what is no place."""

from bot.dialogue.words import CORRECTING, FILLERS, PARTS, PUTTING_RIGHT, plain, spelt

CLOSER = frozenset(
    "depan dpn dekat deket dkt sebelah samping seberang sebrang belakang antara perempatan pertigaan prapatan simpang belokan"
    " tikungan rt rw blok gang gg no nomor km ujung pojok bawah caket payun payuneun"
    " hareup hareupeun gigir gigireun deukeut tukangeun pengker peuntaseun"
    " near opposite behind front beside corner".split()
)
"""Words that tie a place to something that can be seen there."""
OF_A_PLACE = CLOSER | frozenset(
    "di ke dari jalan jl jln kampung kp komplek kompleks perum perumahan pasar masjid mesjid kelurahan kel kecamatan kec"
    " daerah palih at on in street road".split()
)
"""Words that an answer to "where?" begins with."""
SEEN_THERE = frozenset(
    "warung toko kios mushola musola langgar gereja pos ronda lapang lapangan sekolah sakola kampus"
    " sd sdn smp smpn sma sman smk smkn tk slb kantor balai rumah"
    " imah bumi jembatan sasak taman terminal stasiun halte mall alfamart indomaret minimarket spbu pom puskesmas posyandu rs rsud"
    " klinik apotek bank kos kosan kontrakan gerbang gapura portal bunderan bundaran hotel pabrik makam kuburan kolam tps cluster"
    " residence apartemen rusun shop school church mosque bridge station office house gate".split()
)
"""What a place is known by among neighbours."""
GOING_ON = frozenset(
    "udah sudah dah belum blm masih msh tidak tdk ga gak nggak enggak tiap setiap kalau kalo klo padahal terus tos atos acan"
    " tacan keneh teu upami unggal komo already still not never every since always".split()
)
"""Words with which a story goes on: how long, how often, and what does not happen."""
STREETS = frozenset("jalan jl jln gang gg street road".split())
ESTATES = frozenset("komplek kompleks komp perum perumahan cluster apartemen".split())
MOVING = frozenset(
    "pindah pindahin pindahkan pindahkeun dipindah dipindahin dipindahkan dipindahkeun geser geserkan alihkan move moved".split()
)
TOWARDS = frozenset("ke ka to".split())
DENYING = frozenset("bukan bkn sanes not instead actually harusnya seharusnya kuduna kedahna".split())
ASSIGNING = frozenset("di ke ka is should salah bukan sanes harusnya kejadian yang nu".split())
"""Words behind the bare name of the place ("lokasi di ..."): with others it is part of a thing ("tempat sampah")."""
EMPTY = frozenset(
    "juga oge too situ disitu dinya sana disana there here eh oh oops of the it is its was s wait no not actually instead sorry"
    " maaf hapunten itu ini eta ieu sebenarnya sebetulnya saleresna tepatnya harusnya seharusnya kuduna kedahna salah".split()
)
"""Words around a place that tell nothing about it."""
MOST_BEFORE = 5  # words before the name of the place, or before a word of moving


def beside_the_point(word: str) -> bool:
    """Whether a word says nothing about which place is meant."""
    empty = FILLERS | CORRECTING | PUTTING_RIGHT | EMPTY
    return word in empty or word in OF_A_PLACE - CLOSER or _is_the_place(word, "di")


def only_corrects(word: str) -> bool:
    """Whether a word only says that something was wrong ("salah", "tapi"), and nothing of a place."""
    return plain(word) in (FILLERS | CORRECTING | PUTTING_RIGHT | EMPTY) - {"the", "it", "was"} or not plain(word)


def points_closer(text: str) -> bool:
    """Whether the words tie the place to something that can be seen there."""
    return not CLOSER.isdisjoint(plain(text).split())


def names_what_is_seen(said: str) -> bool:
    """Whether words of a place name something that a crew can look for there: a shop, a school, a bridge."""
    return not SEEN_THERE.isdisjoint(plain(said).split())


def names_a_way(said: str) -> bool:
    """Whether words of a place name a street, an alley or an estate."""
    return not (STREETS | ESTATES).isdisjoint(plain(said).split())


def tells_a_place(said: str) -> bool:
    """Whether words taken for those of a place have any sign of one: somebody there can look for it, though no map knows it."""
    return sounds_like_a_place(said) or names_a_way(said)


def begins_like_a_place(text: str) -> bool:
    """Whether an answer begins the way a place does."""
    return next(iter(plain(text).split()), "") in OF_A_PLACE


def adds_where(text: str) -> bool:
    """Whether words begin like a place, perhaps behind some that tell nothing ("eh itu yang deket gerbang barat")."""
    said = [word for word in plain(text).split() if word not in FILLERS | EMPTY | {"yang", "yg", "nu", "tuh"}]
    return begins_like_a_place(" ".join(said))


def sounds_like_a_place(text: str) -> bool:
    """Whether words that no map knows have any sign of a place: how they begin, what they stand by, or what can be seen there."""
    said = plain(text).split()
    signs = (CLOSER | SEEN_THERE) - {"no", "nomor", "km"}
    return bool(said) and (said[0] in OF_A_PLACE - {"dari", "no", "nomor", "km"} or not signs.isdisjoint(said))


def tells_on(text: str) -> bool:
    """Whether words begin the way a story goes on ("udah 2 minggu", "sampahnya belum diangkut"), and no name does."""
    first = spelt(text).split()[:2]
    return len(spelt(text).split()) > len(first) and not GOING_ON.isdisjoint(first)


def speaks_of_the_place(text: str) -> bool:
    """Whether the words begin by saying where it is ("tempatnya di ...", "the place is ..."); a "tempat sampah" is a thing."""
    said = plain(text).split()
    return any(
        _is_the_place(word, after)
        for word, after in zip(said[:MOST_BEFORE], [*said[1:], ""][:MOST_BEFORE], strict=False)
    )


def _is_the_place(word: str, after: str) -> bool:
    owned = any(word in (f"{name}nya", f"{name}na") for name in PARTS["location"])
    return owned or (word in PARTS["location"] and after in ASSIGNING)


def moves(text: str) -> bool:
    """Whether the words begin by asking to move it somewhere ("pindahin ke ..."); a pole may be moved too, but it is named."""
    said = [word for word in plain(text).split() if word not in FILLERS | {"it"} and not _is_the_place(word, "")]
    return any(
        word in MOVING and not TOWARDS.isdisjoint(said[at + 1 : at + 2]) for at, word in enumerate(said[:MOST_BEFORE])
    )


def denies(text: str) -> bool:
    """Whether one thing is put in the place of another ("... bukan ...", "actually ...")."""
    return not DENYING.isdisjoint(plain(text).split())


def names_a_street(said: str) -> bool:
    """Whether words of a place begin with a street or an alley."""
    return next(iter(plain(said).split()), "") in STREETS


def names_nothing_else(text: str, place: str) -> bool:
    """Whether a message holds nothing but the words of its place, numbers, and what ties them together."""
    known = set(plain(place).split())
    return bool(known) and all(word in known | OF_A_PLACE | FILLERS or word.isdecimal() for word in plain(text).split())


def says_only_where(text: str, place: str) -> bool:
    """Whether there is hardly anything in a message beside the words of its place and those that correct."""
    known = set(plain(place).split())
    left = [word for word in plain(text).split() if word not in known | DENYING | CLOSER and not beside_the_point(word)]
    return len(left) <= 1
