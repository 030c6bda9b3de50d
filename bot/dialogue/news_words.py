"""How people ask for news of a report that they made, and how they set one right that is filed: tables of words."""

from bot.dialogue.question_words import asks
from bot.dialogue.wishes import COURTESY
from bot.dialogue.words import FILLERS, PARTS, WRONG, corrects, spelt

STANDING = frozenset(
    "status statusnya statusna progres progress progresnya progresna progressnya perkembangan perkembangannya"
    " perkembanganana kabarnya kabarna wartosna wartosnya kelanjutan kelanjutannya kelanjutanana lanjutannya"
    " lanjutanana tindaklanjut tindaklanjutnya updatenya updatena".split()
)
"""Words for how something stands."""
NEXT = frozenset("terus trus tuluy teras lalu lajeng selanjutnya salajengna then next".split())
"""With a question they ask what becomes of it ("trus gimana?")."""
NEWS, ANY = frozenset("kabar wartos news update".split()), frozenset("ada aya any teu belum acan".split())
"""Words for news, and those that make them a wish for some ("apa kabar" is a greeting)."""
LOOKING = frozenset("cek mengecek lacak melacak check track lihat liat ningali tingali see".split())
DEEDS = frozenset(
    "diperbaiki diperbaikinya diperbaikin dibenerin dibenarkan dibenahi dibereskan diberesin beres selesai selesainya"
    " kelar tuntas ditangani ditanganinya ditanganin ditanggapi diproses dikerjakan dikerjain ditindak ditindaklanjuti"
    " dijawab dibalas dibersihkan dibersihin diangkutin digantiin ditambalin diangkut diganti ditambal didatangi"
    " disurvei direngsekeun direngsekeunana rengse dibenerkeun dibeberes dibereskeun dihadean dialusan didamel digarap"
    " dileresan dileresanana dilereskeun dibeneran"
    " diropea diwaler diomean dicandak datang datangnya dateng sumping dongkap dicek ngecek diperiksa diparios"
    " ditinjau dikirim terkirim kekirim dikintun katampi diterima masuk"
    " sent received checked fixed repaired solved handled done resolved finished cleaned answered fix repair".split()
)
"""What is hoped to be done about a report."""
HAPPENING = frozenset(
    "kapan kpn iraha when gimana gmn gmna gimna bagaimana bgmn kumaha how berapa brp sabaraha lama lami long mana"
    " sampai sampe nepi dugi tepi sudah parantos atos tos geus enggeus already yet belum acan teu can tacan kapungkur"
    " ada aya is has been going doing far will be it get gets being biasanya biasana usually estimasi kira perkiraan"
    " hari minggu days day weeks any news akan bakal bade mau nanti naha apakah lagi deui juga oge masih keneh jadi"
    " janten terus teras yang tadi kemarin kamari eta itu ini ieu nu dong the my of on to di ke ka dina"
    " do does we i have should kudu kedah harus mesti".split()
)
"""Words around such a question that name neither a place nor a problem."""
REPORT = frozenset("laporan laporannya laporanna laporanku laporanana aduan aduannya pengaduan report".split())
MINE = frozenset("saya aku abdi sim kuring gue gw mine my nomor nomer urang".split())
OFFICE = frozenset("petugas petugasnya patugas dinas pemkot admin orang ditanyakan tanya nanya naros".split())
DONE = frozenset("sudah parantos atos tos geus".split())
UNDONE = frozenset({"belum", "acan", "tacan", "can"})
"""Together they are a question without a sign of one ("udah dibenerin belum")."""
LONGEST = 10  # words
MOST_WAITING = 16  # words in which somebody says that no news came
FEW = 2  # words of a short question that may name the matter itself ("lampunya kapan dibenerin")
LEAST_SOUNDS = 4  # consonants by which a word written without its vowels is known
ENDINGS = ("nya", "na", "ana")
ASKING_SHORT = frozenset("kpn gmn gmna gimna bgmn brp".split())
VOWELS = str.maketrans("", "", "aeiou")
DEEDS_BY_SOUND = frozenset(sounds for word in DEEDS if len(sounds := word.translate(VOWELS)) >= LEAST_SOUNDS)
LASTING = frozenset("lama lamanya lami lamina long".split())
WAITING = frozenset("nunggu nungguin menunggu tunggu ditunggu nungguan ngantosan antosan diantos wait waiting".split())
WHERE_IT_IS = tuple(frozenset({until, "mana"}) for until in ("sampai", "sampe", "dugi", "nepi", "tepi"))
"""Pairs of words that ask how far it got."""
KNOWN = STANDING | NEXT | NEWS | LOOKING | DEEDS | HAPPENING | REPORT | MINE | OFFICE

FORMER, INSTEAD = (
    frozenset("bukan sanes lain not".split()),
    frozenset("tapi tp tetapi melainkan harusnya seharusnya kuduna kedahna nanging but".split()),
)
MORE_THAN = frozenset("cuma cuman hanya saja aja ngan mung only just".split())
"""Behind "bukan" they make it "not only"."""
EARLY = 4  # words among which such a sentence says "not"
NAMES_OF_PARTS = frozenset(
    f"{name}{ending}" for part in ("location", "category") for name in PARTS[part] for ending in ("nya", "na")
) | frozenset({"lokasi", "kategori", "alamat", "location", "category", "address"})
"""How the parts of a report are spoken of where it has been sent; a bare "tempat" is many things."""


def _said(text: str) -> list[str]:
    return [word for word in spelt(text).split() if word not in FILLERS | COURTESY]


def _is_deed(word: str) -> bool:
    """Whether a word is one of them, also where its vowels were left out ("dbnerin"), or waits for one."""
    told = (word, *(word.removesuffix(ending) for ending in ENDINGS))
    return any(each in DEEDS | WAITING or each.translate(VOWELS) in DEEDS_BY_SOUND for each in told)


def _asks(text: str, said: list[str]) -> bool:
    return asks(text) or not ASKING_SHORT.isdisjoint(said)


def asks_how_it_stands(text: str) -> bool:
    """Whether all that is said asks for news of something that was told before."""
    said = _said(text)
    if not 0 < len(said) <= LONGEST or any(word not in KNOWN and not _is_deed(word) for word in said):
        return False
    return _is_about_news(text, said)


def asks_about_the_matter(text: str) -> bool:
    """The same where a word or two may name the matter itself, which stands in the report ("lampunya kapan dibenerin")."""
    said = _said(text)
    left = [word for word in said if word not in KNOWN and not _is_deed(word)]
    asked = _asks(text, said) or not (DONE.isdisjoint(said) or UNDONE.isdisjoint(said))
    return asked and len(said) <= LONGEST and len(left) <= FEW and any(map(_is_deed, said))


def _is_about_news(text: str, said: list[str]) -> bool:
    words = set(said)
    hopes, speaks = any(map(_is_deed, said)), bool(words & REPORT)
    stands = bool(words & STANDING) or (bool(words & NEWS) and (speaks or bool(words & ANY)))
    far = any(pair <= words for pair in WHERE_IT_IS) and len(said) > FEW
    asked = _asks(text, said) or bool(words & UNDONE)
    long = bool(words & LASTING) and _asks(text, said)
    then = bool(words & NEXT) and asks(text)
    return (
        stands or far or long or then or (hopes and asked) or (speaks and (_asks(text, said) or bool(words & LOOKING)))
    )


def waits_for_news(text: str) -> bool:
    """Whether the words speak of news, or how something stands, whatever else they say."""
    return len(_said(text)) <= MOST_WAITING and not (STANDING | NEWS).isdisjoint(_said(text))


def speaks_of_standing(text: str) -> bool:
    """Whether the words name a report or how one stands, so that they ask for news even of who told us nothing yet."""
    return not (STANDING | REPORT).isdisjoint(_said(text))


def sets_right(text: str) -> bool:
    """Whether the words say that a part of what was sent is otherwise, or "not this but that"."""
    said = spelt(text).split()
    if not NAMES_OF_PARTS.isdisjoint(said) and not WRONG.isdisjoint(said):
        return True
    early = [place for place, word in enumerate(said[:EARLY]) if word in FORMER]
    return any(MORE_THAN.isdisjoint(said[place + 1 : place + 2]) and INSTEAD & set(said[place:]) for place in early)


def puts_filed_right(text: str) -> bool:
    """Whether words about a filed report say that something in it is otherwise."""
    return sets_right(text) or corrects(text)
