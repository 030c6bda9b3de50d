"""How people praise what the city did: nothing to report, and not to be asked where it is."""

from bot.dialogue.words import spelt

PRAISE = frozenset(
    "bagus keren mantap mantul salut bangga senang seneng suka hebat apresiasi jempol kagum puas nyaman adem asri rapi rapih"
    " bersih mulus terang indah cantik sae resik alus hade raresik caang endah geulis resep bungah reueus"
    " nyala hurung lancar beres rengse diperbaiki dibenerin ditambal dibersihkan diangkut dileresan diomean fixed repaired"
    " great nice good beautiful clean lovely amazing proud happy well".split()
)
"""What is said of something that is well, or well again."""
NOW = frozenset(
    "sekarang ayeuna skrg sudah tos parantos atos geus makin semakin beuki tambah already now finally akhirnya".split()
)
"""Words with which it has become so."""
STRONGLY = frozenset("banget pisan bgt sekali sangat so very really amat job done bener ih euy".split())
GRATEFUL = frozenset(
    "terima terimakasih kasih makasih makasi trims nuhun hatur haturnuhun thanks thank thx salut apresiasi".split()
)
SPOILING = frozenset(
    "tapi tp tetapi namun sayang sayangnya cuma cuman hanya belum belom blm acan tacan teu tidak ga gak nggak enggak kurang jangan ulah"
    " tong kalau kalo klo upami mun tolong mohon minta usul saran harap harusnya kapan iraha kenapa naha kunaon rusak mati bolong"
    " padam pareum gelap poek numpuk menumpuk bau macet banjir caah mampet bocor kotor jelek parah hilang ambruk roboh"
    " lagi deui masih keneh but not please broken why when should could if".split()
)
"""With one of them something is wrong, wished or asked after all."""
AGAIN = frozenset({"lagi", "deui"})
"""Behind thanks for what works again they spoil nothing."""


def praises(text: str) -> bool:
    """Whether the words say that something is well, and nothing that is wrong, wished or asked."""
    said = set(spelt(text).split())
    grateful = bool(said & GRATEFUL)
    if "?" in text or said & (SPOILING - (AGAIN if grateful else frozenset())):
        return False
    return bool(said & PRAISE and said & (NOW | STRONGLY | GRATEFUL))
