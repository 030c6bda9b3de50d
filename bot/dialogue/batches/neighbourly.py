"""Talk among neighbours that is no report, though it may name a problem: notices, condolences, questions to each other."""

import re

from bot.dialogue.knowledge import Heard
from bot.dialogue.steps.reading import NO_REPORT
from bot.dialogue.words import FILLERS, plain

NOTICES = frozenset(
    "undangan uleman dimohon kehadirannya kehadiran rapat musyawarah posyandu arisan pengajian tahlil iuran lowongan loker dijual"
    " jual dijualkeun ngical promo japri diskon po besok isukan enjing lusa siskamling senam vaksinasi bazar donasi infak"
    " mampir order ongkir cod obral cashback"
    " pengumuman wawaran waspada hoax hoaks"
    " invitation meeting tomorrow".split()
)
"""Words of what is announced, sold or planned; what is wrong is wrong now."""
ANNOUNCING = frozenset("pengumuman wawaran undangan uleman himbauan dihimbau info infokan announcement".split())
"""With one of them what is only planned begins, whatever it speaks of."""
PASSED_ON = re.compile(
    r"\b(?:(?:dari|ti) (?:grup|group|wag|wa|rw|rt|status) (?:sebelah|tetangga|lain|gigireun|sanes)|i[zj]in share|copas|copy ?paste"
    r"|(?:diteruskan|forward|fwd|terusan) (?:dari|ti)|forwarded from)\b"
)
"""Somebody tells where a message came from."""
PLANS = re.compile(r"\b(?:kerja bakti|gotong royong|ronda malam|malam ini|wengi ieu|open order|hari minggu nanti)\b")
CONDOLENCE = frozenset(
    "innalillahi inalillahi berpulang wafat wafatna wafatnya berduka belasungkawa takziah almarhum almarhumah".split()
)
TO_EACH_OTHER = re.compile(
    r"\b(?:ada yang (?:punya|tahu|tau|jual|bisa|mau)|siapa yang|saha nu|aya nu (?:gaduh|terang|tiasa|bade)"
    r"|(?:yang|yg|nu) mana|di ?mana (?:pak|bu|kang|teh|itu|sih|ya)|di ?mana$|palih mana|does anyone|anyone (?:have|know))\b"
)
PROMISE = re.compile(
    r"\b(?:saya|sy|kami|abdi|aku|kita)\s+(?:coba\s+)?(?:teruskan|terusin|sampaikan|sampein|kabari|kabarin|laporkan|laporin|cek"
    r"|infokan|infoin|tanyakan|tanyain|bantu|dugikeun|wartosan|teraskeun)\b"
)
"""Somebody will pass it on or look after it."""
SETTLED = re.compile(
    r"\b(?:sudah|udah|udh|sdh|dah|atos|tos|geus|enggeus|parantos|alhamdulillah|already|has been)\b(?:\s+\w+){0,2}?\s+"
    r"(?:di)?(?:tangani|tanganan|beresin|bereskan|beres|perbaiki|benerin|benerkeun|lereskeun|angkut|bersihkan|bersihin|bersih"
    r"|evakuasi|padamkan|padam|nyala|hurung|ngocor|lancar|normal|surut|selesai|rengse|ditambal|tambal|potong|fixed|solved|cleared)"
    r"(?:an|keun|kan|nya|na)?\b(?P<again>\s+(?:lagi|deui|again))?"
)
"""What was wrong is put right."""
FINE = re.compile(
    r"\b(?:bersih|lancar|normal|aman|nyala|hurung|ngocor|mulus|caang|terang)\s+(?:kok|ko|aja|saja|wae|mah|sih|alhamdulillah|semua)\b"
    r"|^alhamdulillah\b.*\b(?:bersih|lancar|normal|aman|nyala|hurung|ngocor)\b"
)
"""Where somebody lives nothing is wrong."""
ASKED_BACK = re.compile(
    r"^(?:\S+\s+){0,4}(?:berapa|siapa|kapan|mana|sabaraha|saha|iraha|who|when|where)(?:\s+(?:ya|pak|bu|kang|teh|sih|itu|tuh|eta|nya))*$"
)
"""A short question to whoever wrote before."""
STILL = frozenset("belum blm tapi tapina lagi deui masih keneh tidak gak ga teu can acan malah but again not".split())
"""Words beside which nothing is settled."""
HOWEVER = frozenset("tapi tapina but".split())
"""Before what was put right they only turn to it."""
PLEADING = frozenset(
    "tolong mohon punten segera cepat cepet gancang enggal harap please ditindak ditindaklanjuti tindak lanjut diperbaiki perbaiki"
    " dibenerin dibenerkeun dilereskeun ditangani ditanganan dicek dibantu diurus dibereskan diberesin diperhatikan perhatian perhatiannya"
    " perhatosanana dilaporkan dilaporkeun kepada ka dinas terkait pihak berwenang pemkot pemerintah pamarentah secepatnya dong atuh"
    " agar supaya untuk di kami warga nya ini ieu itu eta mangga fix urgent asap".split()
)
"""Who asks that something be done, and says no more."""
SURELY = 0.8  # confidence of a complaint that is one whatever else its words announce
NO_DOUBT = 0.9


def is_notice(said: str, heard: Heard) -> bool:
    """Whether it announces, sells, condoles or asks the neighbours, and does not surely complain."""
    words = plain(said)
    if is_condolence(said, heard):
        return True
    if ASKED_BACK.search(words):
        return True
    named = NOTICES & set(words.split())
    if len(named) > 1 and words.split()[0] in ANNOUNCING:
        return True
    complains = heard.kind == "pengaduan" and heard.kind_confidence >= SURELY
    told = named or PLANS.search(words) or TO_EACH_OTHER.search(words)
    return bool(told) and not complains


def only_pleads(said: str) -> bool:
    """Whether somebody asks that something be done, and does not say what."""
    words = set(plain(said).split())
    return bool(words) and words <= PLEADING | FILLERS


def says_whence(said: str) -> bool:
    """Whether somebody tells where a message came from."""
    return bool(PASSED_ON.search(plain(said)))


def is_condolence(said: str, heard: Heard) -> bool:
    """Whether somebody has died and the neighbours are told: no emergency any more."""
    return (
        not CONDOLENCE.isdisjoint(plain(said).split()) and heard.kind == NO_REPORT and heard.kind_confidence >= NO_DOUBT
    )


def is_promise(said: str, heard: Heard) -> bool:
    """Whether somebody only says that they will pass it on: never a problem, and no danger to themselves."""
    return bool(PROMISE.search(plain(said))) and heard.kind == NO_REPORT and heard.kind_confidence >= NO_DOUBT


def is_settled(said: str) -> bool:
    """Whether somebody tells the others that it has been put right, or that nothing is wrong where they are."""
    words = plain(said)
    told = SETTLED.search(words) or FINE.search(words)
    if told is None:
        return False
    again = told.groupdict().get("again") or ""
    before, behind = words[: told.start()].split(), words[told.end() :].split()
    within = told[0].removesuffix(again).split()
    return STILL.isdisjoint({*before, *within} - HOWEVER) and STILL.isdisjoint(behind)


def speaks_of_danger(said: str, heard: Heard | None) -> bool:
    """Whether a forwarded message may be an emergency: nearly always when the reader hears one."""
    harmless = heard is not None and (is_condolence(said, heard) or is_promise(said, heard))
    return heard is not None and heard.danger is not None and not harmless
