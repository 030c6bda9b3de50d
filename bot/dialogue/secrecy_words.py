"""The words of somebody who asks that nobody be told who they are: a plea, and no part of the problem or its place."""

from bot.dialogue.question_words import asks
from bot.dialogue.words import plain, spelt

LONGEST = 12  # words of a message that may be nothing but such a plea
FORBIDDING = frozenset("jangan jgn jangn jngn ulah tong entong dont don not never without tanpa tanpi".split())
TELLING = frozenset(
    "tau tahu kasihtau bilang bilangin sebut sebutin sebutkan disebut disebutin disebutkan tampil tampilkan tampilin ditampilkan"
    " sebar sebarin sebarkan disebar disebarkan bocorin bocorkan dibocorkan bongkar ketahuan ketauan kanyahoan kapanggih bejakeun"
    " dibejakeun bejaan disebatkeun sebatkeun disebutkeun dicaritakeun ditulis dimuat publikasikan dipublikasikan diumumkan"
    " umumkan kasih dikasih tell reveal publish share mention show disclose say".split()
)
WHOM = frozenset(
    "nama nami ngaran namanya identitas data nomor nomer hp alamat saya abdi aku gue gw urang aing kuring siapa siapa2 siapapun"
    " siapasiapa saha sasaha orang orangnya batur tetangga rt rw dia mereka anyone anybody them nobody my me name identity".split()
)
HIDING = frozenset(
    "rahasiakan dirahasiakan rahasiain dirahasiain rahasiakeun rusiahkeun dirusiahkeun sembunyikan disembunyikan".split()
)
FEARING = frozenset("takut sieun afraid scared".split())
FOUND_OUT = frozenset("ketahuan ketauan kanyahoan dikenali recognised recognized".split())


def pleads(text: str) -> bool:
    """Whether the words ask to keep it quiet who tells this ("jangan kasih tau siapa-siapa", "rahasiakan nama saya"); a question asks."""
    said = {word.removesuffix("2") for word in (*plain(text).split(), *spelt(text).split())}  # "bilang2"
    rest = " ".join(word for word in plain(text).split() if word not in WHOM)  # "siapa-siapa" asks nothing here
    if "?" in text or asks(rest):
        return False
    quiet = not FORBIDDING.isdisjoint(said) and not TELLING.isdisjoint(said) and not WHOM.isdisjoint(said)
    return quiet or not HIDING.isdisjoint(said) or not (FEARING.isdisjoint(said) or FOUND_OUT.isdisjoint(said))


def only_pleads(text: str) -> bool:
    """Whether that is all there is to the message, by its length."""
    return pleads(text) and len(plain(text).split()) <= LONGEST
