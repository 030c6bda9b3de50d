"""Words about danger that are no danger: it is over, is help on the way, whom does one call."""

from bot.dialogue.words import plain, spelt
from cities.city import City

OVER = frozenset(
    "padam dipadamkan pareum dipareuman beres selesai rengse aman salamet ditangani ditangkap ketangkep diamankan dievakuasi surut "
    "saat over out safe".split()
)
CALLED_OFF = ("tidak jadi", "teu janten", "teu jadi", "salah lapor", "salah pencet", "salah kirim", "false alarm")
NOT_YET = frozenset(
    "belum tidak bukan jangan teu can acan tacan henteu not isn never gagal susah sulit hese mulai hampir coba dicoba".split()
)
BUT = frozenset("tapi tetapi namun masih lagi keneh but still".split())
"""Behind these it goes on."""
GROWS = frozenset(
    "makin semakin tambah beuki membesar meluas merambat ngarambat merembet ngarembet menjalar menyebar nyebar ngagedean berkobar hurung "
    "kabur lolos spreading growing".split()
)
CALLS = frozenset("kirim kirimkan kirimkeun cepat cepet cepetan buruan enggal gancang geura help hurry send".split())
GOES_ON = BUT | GROWS | CALLS
NO_DANGER = frozenset(
    "lampu lampunya listrik listriknya pln aliran kompor tabung gas barang motor mobil dokumen".split()
)
"""What is out or taken away too, and was no fire and no culprit."""
WHEN = frozenset("kapan iraha when status gimana bagaimana kumaha dimana mana berapa sabaraha sampai where how".split())
COMING = frozenset(
    "datang dateng dating sampai berangkat otw jalan sumping dugi meluncur tiba kesini coming arrive".split()
)
PAST = frozenset("sudah belum tos parantos acan jadi already yet".split())
CALLING = frozenset(
    "nomor nomer nomornya nomerna telepon telpon telp tlp telfon ditelepon nelpon nelepon hubungi menghubungi dihubungi kontak "
    "hotline call phone number lapor melapor ngelapor panggil manggil".split()
)
ASKING = frozenset(
    "berapa sabaraha siapa saha mana kemana kamana apa naon gimana bagaimana kumaha what who how where which".split()
)
ALREADY = frozenset("sudah telah tos parantos enggeus geus already is now it's".split())
SAFE = frozenset("aman salamet selamat wilujeng safe".split())
SAVED = SAFE | {"diamankan", "dievakuasi"}
BY_NOW = frozenset("sekarang ayeuna semua semuanya sadayana kabeh now all".split())
SOMEBODY = frozenset(
    "anak anakku anaknya anak2 budak warga tetangga tatangga ibu bapak bapa istri suami pamajikan salaki adik kakak nenek kakek "
    "korban orang penghuni keluarga kulawarga teman saya aku kami abdi kuring urang he she they my kids children family people".split()
)
"""They may be safe, and the danger be there still."""
ALONE, MOST_WORDS = 2, 12
BACK, DENIED_BACK = 2, 3


def is_over(text: str) -> bool:
    """Whether somebody says that the danger is past, or that there was none."""
    said = spelt(text).split()
    if any(f" {words} " in f" {' '.join(said)} " for words in CALLED_OFF):
        return True
    return GOES_ON.isdisjoint(said) and any(_has_ended(said, at) for at in range(len(said)))


def _has_ended(said: list[str], at: int) -> bool:
    """Whether the word there says so: with "already" before it, safe "now" or "all", or as good as alone ("apinya padam").
    That one person is safe does not."""
    before = said[max(at - BACK, 0) : at]
    if not NOT_YET.isdisjoint(said[max(at - DENIED_BACK, 0) : at]):
        return False
    if said[at] in SAFE and not BY_NOW.isdisjoint({*before, *said[at + 1 : at + 2]}):
        return True
    short = len(said) <= ALONE or not ALREADY.isdisjoint(before)
    others = NO_DANGER | SOMEBODY if said[at] in SAVED else NO_DANGER
    return said[at] in OVER and short and others.isdisjoint(said[:at])


def asks_for_help_sent(text: str, city: City) -> bool:
    """Whether somebody asks when an ambulance or another service will come, as if this chat had sent one."""
    said = set(map(_bare, spelt(text).split()))
    named = names_a_service(text, city)
    asks = bool(said & WHEN) or "?" in text
    return (named and (asks or bool(said & COMING and said & PAST))) or bool(asks and said & COMING)


def asks_whom_to_call(text: str, city: City) -> bool:
    """Whether somebody asks for the number of the emergency services, or whom to call should something happen."""
    said = spelt(text).split()
    if len(said) > MOST_WORDS or CALLING.isdisjoint(said) or (ASKING.isdisjoint(said) and "?" not in text):
        return False
    return names_a_service(text, city) or _names(text, city.emergency.dangers)


def names_a_service(text: str, city: City) -> bool:
    """Whether the words name somebody who comes in an emergency."""
    return _names(text, city.emergency.services)


def _names(text: str, phrases: tuple[str, ...]) -> bool:
    said = f" {' '.join(map(_bare, plain(text).split()))} "
    return any(f" {plain(phrase)} " in said for phrase in phrases)


def _bare(word: str) -> str:
    return word.removesuffix("nya") if len(word) > len("nya") + 3 else word
