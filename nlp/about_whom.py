"""Who may hurt themselves by their own hand: the writer, or somebody whom the writer tells of. Words of people and their order decide."""

from collections.abc import Iterator, Sequence

FIRST = frozenset("saya sy aku abdi kuring aing urang gue gua gw ane ak aq i im me".split())
_PRONOUNS = frozenset("dia ia doi mereka manehna anjeunna he she they".split())
KIN = frozenset(
    "teman kawan sahabat babaturan rencang tetangga tatangga adik adek adi kaka lanceuk anak budak putra putri cucu incu ponakan "
    "sepupu saudara dulur suami salaki istri pamajikan pacar kabogoh mantan pasangan mertua murid siswa siswi mahasiswa mahasiswi santri "
    "santriwati karyawan rekan penghuni orang jalma jelema cowok cewek pria wanita lelaki laki perempuan awewe lalaki pemuda pemudi remaja "
    "seseorang bocah nenek kakek aki nini om tante paman bibi mamang friend brother sister son daughter husband wife neighbor "
    "neighbour man woman boy girl someone somebody guy student".split()
)
_TITLES = frozenset("ibu bapak bapa ayah mama mamah papa kakak kaka teteh akang mas mbak abang".split())
"""How the one who reads is called too: only with an owner, or as "ada ibu ...", are they somebody else."""
_MAY_BE_OWNED = KIN | _TITLES
_OWNED = ("ku", "nya", "na")
_BETWEEN = frozenset(
    "satu ipar kandung tiri angkat kantor kos kost kosan kerja sekolah sekelas kelas kuliah kampus "
    "kampung desa komplek sd smp sma dekat "
    "baik lama sebelah pertama kedua bungsu sulung laki perempuan cowok cewek murid lelaki dari anak teman tetangga adik "
    "kakak ibu bapak".split()
)
"""Words that may stand between somebody and whose they are ("teman kantor saya")."""
_NO_SUBJECT_BEHIND = frozenset(
    "sama ke ka kepada buat untuk dari ti dengan jeung sareng bareng demi kanggo bilangin titip jaga jagain gara karena oleh ku "
    "for to with of because".split()
)
_TOWARDS = frozenset("ke ka kepada to".split())
"""Behind these the writer is who was told ("pamit ke saya"), and no subject."""
_POINTS = frozenset("ada aya seorang si pun itu this a the".split())
_NOBODY = frozenset("tidak moal teu tak euweuh belum".split())
_SEES = frozenset(
    "lihat liat melihat ngeliat dengar denger mendengar ningali nempo khawatir hawatir cemas wali guru dosen satpam see saw hear".split()
)
_SAID = frozenset("katanya cenah saurna bilang bilangnya ngomong ngancam mengancam says said".split())
_JUST = frozenset("saja aja wae we rasanya".split())
_NEAR, _BEHIND = 3, 2


def is_about_writer(texts: Sequence[str], first: int = -1, last: int = -1) -> bool:
    """Whether normalised `texts`, clause marks among them, tell of the writer. `first` and `last` are where the words stand that say
    what may be done; without them the first person named decides."""
    people = list(_people(texts))
    if first < 0:
        return people[0][1] if people else True
    before = [person for person in people if person[0] < first]
    if before:
        at, writer = before[-1]
        elsewhere = any(_is_mark(word) for word in texts[at:first])
        alone = elsewhere and not writer and _SAID.isdisjoint(texts[at:first])
        return writer or (alone and not _JUST.isdisjoint(texts[last + 1 : last + 1 + _BEHIND]))
    behind = next((person for person in people if last < person[0] <= last + _NEAR), None)
    return behind is None or behind[1]


def _people(texts: Sequence[str]) -> Iterator[tuple[int, bool]]:
    """Where somebody stands who does or feels something, and whether it is the writer."""
    others = any(word in _PRONOUNS or _kin(word) for word in texts)
    for at, word in enumerate(texts):
        if word in FIRST and not _owns(texts, at) and not (at and texts[at - 1] in _TOWARDS):
            sees = others and not _SEES.isdisjoint(texts[at + 1 : at + 1 + _NEAR])
            yield at, not sees
        elif _is_other(texts, at) and not (at and texts[at - 1] in _NO_SUBJECT_BEHIND):
            yield at, False


def _is_other(texts: Sequence[str], at: int) -> bool:
    word, before = texts[at], texts[at - 1] if at else ""
    if word in _TITLES:
        return before in _POINTS or _owned(texts, at)
    if word in ("yang", "nu"):
        return before in ("ada", "aya") and _NOBODY.isdisjoint(texts[max(at - 2, 0) : at])
    return word in _PRONOUNS or _kin(word)


def _kin(word: str) -> bool:
    """Whether a word is somebody near or far, with or without an ending that says whose."""
    return word in KIN or any(word.removesuffix(end) in _MAY_BE_OWNED for end in _OWNED if word.endswith(end))


def _owned(texts: Sequence[str], at: int) -> bool:
    """Whether the writer's word follows, with nothing but what describes somebody between."""
    for word in texts[at + 1 : at + 1 + _NEAR]:
        if word in FIRST:
            return True
        if not _describes(word):
            return False
    return False


def _owns(texts: Sequence[str], at: int) -> bool:
    """Whether a word for the writer only says whose somebody is ("teman saya", "my" aside)."""
    for word in reversed(texts[max(at - _NEAR, 0) : at]):
        if word in _TITLES or _kin(word):
            return True
        if not _describes(word):
            return False
    return False


def _describes(word: str) -> bool:
    """Whether a word may stand between somebody and whose they are; "sekosan" and "sekampung" do as "kos" and "kampung"."""
    return word in _BETWEEN or word.removesuffix("an").removeprefix("se") in _BETWEEN


def _is_mark(word: str) -> bool:
    return not any(letter.isalnum() for letter in word)
