"""The read-back: what we understood, in words, before anything is filed."""

from collections.abc import Sequence

from bot.dialogue.knowledge import PlaceFound, ReportFacts
from bot.dialogue.phone_numbers import phones_in, without_phones
from bot.dialogue.session import Draft
from bot.dialogue.steps.quoting import quoted
from bot.dialogue.turn import Scene, Turn
from bot.dialogue.where_words import CLOSER, beside_the_point
from bot.dialogue.words import plain

NUMBERED = frozenset("rt rw blok gang gg no nomor km".split())
"""Words of an address that a number or a name follows."""
QUESTION = "permintaan_informasi"
PRIVACY_WORDS = {"tampil": "privacy.shown", "anonim": "privacy.anonymous", "rahasia": "privacy.confidential"}


def read_back(scene: Scene, told: Sequence[str] = ()) -> str:
    """Problem, category, place, photos and how the name is shown; then what else must be known before sending.

    ``told`` are remarks that stand first.
    """
    draft = scene.draft
    lines = scene.say(
        "phrase.read_back",
        ringkasan=quoted(draft.description),
        kategori=_kind(scene) + scene.speech.category(draft.category),
        lokasi=place_line(scene, draft),
        jumlah_foto=len(draft.evidence) or "-",
        privasi=scene.say(PRIVACY_WORDS[draft.privacy]),
    )
    return "\n\n".join([lines, *told, *_remarks(scene, draft)])


def place_line(scene: Scene, draft: Draft) -> str:
    """The place in words; the citizen's own where we could not find it."""
    asks = draft.kind == QUESTION
    needless = (
        asks
        or not draft.category
        or scene.know.city.categories[draft.category].place_rule(draft.sub_category) == "optional"
    )
    return where(draft.place, draft.place_words) or ("-" if needless else scene.say("place_unknown"))


def where(place: PlaceFound | None, said: str) -> str:
    """A place for people: what the map knows, and before it the citizen's own words where they say more.

    "" when nothing is known. A telephone number is not shown: others read this too.
    """
    said = without_phones(said)
    if place is None:
        return said
    found = summary(place)
    known = set(plain(found).split()) | (CLOSER - NUMBERED if place.lat is not None else set())
    more = ", ".join(piece for piece in said.split(", ") if _says_more(piece, known))
    return f"{more} ({found})" if more else found


def _says_more(said: str, known: set[str]) -> bool:
    """Whether the words tell more than the map does: beside something that is a point on it, "in front of" is no more."""
    return any(word not in known and not beside_the_point(word) for word in plain(said).split())


def place_labels(places: tuple[PlaceFound, ...]) -> tuple[str, ...]:
    """Places on buttons, each by the finest thing that tells it from the others: its kelurahan, kecamatan or kota."""
    for part in ("kelurahan", "kecamatan", "kota_kab"):
        names = [getattr(place, part) for place in places]
        if all(names) and len(set(names)) == len(names):
            return tuple(clipped(name, 20) for name in names)
    return tuple(clipped(place.kelurahan or place.kecamatan or place.kota_kab or place.name, 20) for place in places)


def summary(place: PlaceFound) -> str:
    """Name, kelurahan and kecamatan, without saying anything twice."""
    parts = [
        place.name if place.name not in (place.kelurahan, place.kecamatan, place.kota_kab) else "",
        f"Kel. {place.kelurahan}" if place.kelurahan else "",
        f"Kec. {place.kecamatan}" if place.kecamatan else "",
        place.kota_kab,
    ]
    return ", ".join(part for part in parts if part)


def _kind(scene: Scene) -> str:
    return {QUESTION: scene.say("kind_question"), "aspirasi": scene.say("kind_wish")}.get(scene.draft.kind, "")


def _remarks(scene: Scene, draft: Draft) -> list[str]:
    """Whose matter it may be, told before filing; and the privacy notice with the other choices."""
    remarks = [scene.say("question_in_read_back")] if draft.kind == QUESTION else []
    if quoted(draft.description) != draft.description:
        remarks.append(scene.say("shortened_in_read_back"))
    if phones_in(f"{draft.description}\n{draft.place_words}"):
        remarks.append(scene.say("phone_in_read_back"))
    place, city = draft.place, scene.know.city
    if place and place.kota_kab and place.kota_kab != city.name:
        remarks.append(scene.say("outside_city", wilayah=place.kota_kab))
    elif owner := other_authority(scene, draft):
        remarks.append(scene.say("road_other_authority", instansi=city.agencies[owner].name))
    elif owner := other_body(scene, draft):
        remarks.append(scene.say("matter_other_authority", instansi=city.agencies[owner].name))
    if told := _already_told(scene, draft):
        remarks.append(scene.say("already_told", nomor=told.number, status=scene.speech.status(told.status)))
    chosen = draft.privacy_chosen or draft.privacy != "rahasia"
    remarks.append(scene.say("privacy_in_read_back" if chosen else "confidential_in_read_back"))
    return remarks


def _already_told(scene: Scene, draft: Draft) -> ReportFacts | None:
    """An open report of the same person about the same kind of problem at the same place."""
    if draft.place is None:
        return None
    here, statuses = where(draft.place, draft.place_words), scene.know.city.statuses
    same = (told for told in scene.know.own if (told.category, told.place) == (draft.category, here))
    return next((told for told in same if statuses[told.status].open), None)


def other_authority(scene: Scene, draft: Draft) -> str:
    """The outside agency that a sourced road belongs to, where the category follows the road; "" otherwise."""
    place = draft.place
    if place is None or place.authority_basis != "sourced":
        return ""
    for rule in scene.know.city.categories[draft.category].external:
        if rule.road == place.authority and rule.action == "diteruskan":
            return rule.to[0]
    return ""


def other_body(scene: Scene, draft: Draft) -> str:
    """The outside agency whose matter the words name, such as passports; "" otherwise."""
    rule = scene.know.city.categories[draft.category].other_body(draft.description) if draft.category else None
    return rule.to[0] if rule and rule.action == "diteruskan" else ""


def offer_to_resume(scene: Scene) -> Turn:
    """A greeting inside a draft never wipes it."""
    about = scene.draft.description or scene.say("draft_without_words")
    return scene.reply(
        scene.say("phrase.resume_draft", ringkasan=clipped(about)), scene.choices("continue", "start_over")
    )


def clipped(text: str, most: int = 80) -> str:
    """At most so many characters, cut at a word."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1].rsplit(" ", 1)[0] + "…"
