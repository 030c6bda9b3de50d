"""Making a report. The table of steps is the whole talk: each says when it is needed, how it asks, what it accepts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.dialogue import words
from bot.dialogue.effects import AddToReport, FindSimilar, JoinReport, OpenReport
from bot.dialogue.events import MediaShared
from bot.dialogue.knowledge import Heard, Knowledge, PlaceFound
from bot.dialogue.replies import Choice
from bot.dialogue.session import Draft
from bot.dialogue.steps import small_talk
from bot.dialogue.steps.read_back import clipped, offer_to_resume, read_back, summary
from bot.dialogue.turn import Scene, Turn

MOST_TRIES = 3  # DESIGN, "The engine": low after three tries -> accepted anyway
VAGUE = frozenset({"kecamatan", "kota"})  # such a place says too little to send somebody there
QUESTION = "permintaan_informasi"
NO_REPORT = "bukan_laporan"
PRIVACY = {"show_name": "tampil", "anonymous": "anonim", "confidential": "rahasia"}
CHANGES = ("description", "category", "location", "privacy")


@dataclass(frozen=True, slots=True)
class Step:
    """One question of the talk."""

    name: str
    needed: Callable[[Draft, Knowledge], bool]
    ask: Callable[[Scene, str], Turn]  # the text goes before the question


# ---------------------------------------------------------------- when is it needed


def no_description(draft: Draft, know: Knowledge) -> bool:
    return not draft.description


def category_unsure(draft: Draft, know: Knowledge) -> bool:
    return not draft.category


def place_unsure(draft: Draft, know: Knowledge) -> bool:
    rule = know.city.categories[draft.category].location
    if draft.place_settled or rule == "optional" or draft.kind == QUESTION:
        return False
    return draft.place is None or draft.place.kind in VAGUE


def similar_unknown(draft: Draft, know: Knowledge) -> bool:
    return not draft.similar_settled and may_be_similar(draft, know)


def may_be_similar(draft: Draft, know: Knowledge) -> bool:
    """Whether others may already have told the same; confidential and supervisory matters are never compared."""
    category = know.city.categories[draft.category]
    secret = draft.privacy == "rahasia" or category.confidential_default or category.is_supervisory(draft.sub_category)
    return bool(
        category.dedup and draft.place and draft.place.lat is not None and draft.kind != QUESTION and not secret
    )


def always(draft: Draft, know: Knowledge) -> bool:
    return True


# ---------------------------------------------------------------- how it asks


def ask_description(scene: Scene, before: str) -> Turn:
    draft = scene.draft
    key = (
        "phrase.photo_without_words"
        if draft.evidence
        else "phrase.location_without_words"
        if draft.place
        else "phrase.ask_what"
    )
    return scene.reply(_joined(before, scene.say(key)), hope="words", step="describe")


def ask_category(scene: Scene, before: str) -> Turn:
    offered = tuple(
        Choice(f"category:{id_}", scene.speech.category_button(id_)) for id_ in scene.draft.category_options[:3]
    )
    return scene.reply(_joined(before, scene.say("phrase.offer_categories")), offered, hope="words", step="category")


def ask_location(scene: Scene, before: str) -> Turn:
    draft = scene.draft
    if draft.place_options:
        offered = tuple(Choice(f"place:{n}", place_label(place)) for n, place in enumerate(draft.place_options[:3]))
        text = scene.say("phrase.ask_location_choice")
        listed = "\n".join(f"• {summary(place)}" for place in draft.place_options[:3])
        return scene.reply(_joined(before, f"{text}\n{listed}"), offered, hope="location", step="location")
    key = (
        "ask_location_closer"
        if draft.place
        else "phrase.ask_location"
        if scene.session.tries == 0
        else "ask_location_again"
    )
    offered = scene.choices("skip") if may_skip(scene) else ()
    named = draft.place.kecamatan or draft.place.name if draft.place else ""
    return scene.reply(_joined(before, scene.say(key, tempat=named)), offered, hope="location", step="location")


def ask_similar(scene: Scene, before: str) -> Turn:
    return scene.quietly(FindSimilar(scene.draft), step="similar")


def ask_confirmation(scene: Scene, before: str) -> Turn:
    return scene.reply(
        _joined(before, read_back(scene)), scene.choices("send", "change", "cancel"), step="confirm", tries=0
    )


STEPS = (
    Step("describe", no_description, ask_description),
    Step("category", category_unsure, ask_category),
    Step("location", place_unsure, ask_location),
    Step("similar", similar_unknown, ask_similar),
    Step("confirm", always, ask_confirmation),
)


def next_question(scene: Scene, before: str = "") -> Turn:
    """Ask the first thing that is still needed."""
    step = next(step for step in STEPS if step.needed(scene.draft, scene.know))
    tries = scene.session.tries if step.name == scene.session.step else 0
    return step.ask(scene.with_session(tries=tries), before)


def repeat(scene: Scene, before: str = "") -> Turn:
    """Say again where we are; whatever was begun stays."""
    if scene.session.step == "change":
        return ask_what_to_change(scene, before)
    if scene.session.draft and scene.session.step != "idle":
        return next_question(scene, before)
    return scene.reply(before or scene.say("phrase.ask_what"), scene.session.offered)


# ---------------------------------------------------------------- what it accepts


def read(scene: Scene, text: str, heard: Heard) -> Scene:
    """The draft after these words: they are kept whole, and what they say about category, kind and place is taken in."""
    draft = scene.draft
    description = f"{draft.description}\n{text}".strip()
    category, confidence = heard.categories[0]
    found = (
        {}
        if draft.category
        else {"category": category, "category_confidence": confidence}
        if heard.category_sure
        else {}
    )
    if heard.category_sure and not draft.category and scene.know.city.categories[category].confidential_default:
        found["privacy"] = draft.privacy if draft.privacy_chosen else "rahasia"
    return _with_place(scene, heard).with_draft(
        **found,
        description=description,
        kind=draft.kind if draft.description else heard.kind if heard.kind != NO_REPORT else "pengaduan",
        category_options=draft.category_options or tuple(id_ for id_, _ in heard.categories[:6]),
        priority=draft.priority or heard.urgency,
    )


def take_words(scene: Scene, text: str) -> Turn:
    """Words that are no command and no choice."""
    heard = scene.know.heard
    assert heard is not None
    step = scene.session.step if scene.session.draft else "idle"
    if step != "idle" and small_talk.is_greeting(text):
        return offer_to_resume(scene)
    if scene.session.step == "language":
        scene = scene.with_session(step="idle")
    match step:
        case "category":
            return _take_category_words(scene, text, heard)
        case "location":
            return _take_location_words(scene, text, heard)
        case "change" | "similar":
            return _not_understood(scene)
        case "confirm":
            return _take_afterthought(scene, text, heard)
    return _take_description(scene, text, heard)


def _take_description(scene: Scene, text: str, heard: Heard) -> Turn:
    begun = scene.session.step == "describe"
    if answer := small_talk.answer(scene, text, heard, begun=begun):
        return answer
    if too_short(text) and scene.session.tries < MOST_TRIES - 1:
        return _not_understood(scene.with_session(step="describe", draft=scene.draft))
    fresh_scene = scene if scene.session.draft else scene.cleared()
    return next_question(read(fresh_scene.with_draft(), text, heard))


def _take_category_words(scene: Scene, text: str, heard: Heard) -> Turn:
    if named := category_named(text, scene):
        return next_question(scene.with_draft(category=named, category_confidence=1.0))
    richer = read(scene.with_draft(category_options=()), text, heard)
    if richer.draft.category:
        return next_question(richer)
    tries = scene.session.tries + 1
    if tries >= MOST_TRIES - 1:
        best, confidence = heard.categories[0]
        return next_question(richer.with_draft(category=best, category_confidence=confidence, needs_check=True))
    return ask_category(richer.with_session(tries=tries), scene.say("phrase.not_understood_1"))


def _take_location_words(scene: Scene, text: str, heard: Heard) -> Turn:
    draft = scene.draft
    if may_skip(scene) and _is_refusal(text, scene):
        return next_question(scene.with_draft(place_settled=True, needs_check=True, place_options=()))
    found = _with_place(scene.with_draft(place=None, place_options=(), place_words=""), heard)
    said = found.with_draft(place_words=text)
    if said.draft.place and said.draft.place.kind not in VAGUE:
        return next_question(said.with_draft(place_settled=True))
    kept = said.draft.place or draft.place
    tries = scene.session.tries + 1
    if tries >= MOST_TRIES - 1 and not said.draft.place_options:
        return next_question(said.with_draft(place=kept, place_settled=True, needs_check=True))
    return ask_location(said.with_draft(place=kept).with_session(tries=tries), "")


def _take_afterthought(scene: Scene, text: str, heard: Heard) -> Turn:
    """Something more, written when we had asked whether all is right: it is added, and read back again."""
    if heard.kind == NO_REPORT and small_talk.is_thanks(text):
        return repeat(scene)
    known = scene.draft.place
    added = read(scene, text, heard)
    if known:
        added = added.with_draft(place=known, place_options=())
    return next_question(added, scene.say("added"))


def take_choice(scene: Scene, value: str) -> Turn:
    """A tapped or typed choice of the present question."""
    kind, _, what = value.partition(":")
    answer = ANSWERS.get(kind)
    return answer(scene, what) if answer else repeat(scene)


def _pick_category(scene: Scene, id_: str) -> Turn:
    return next_question(scene.with_draft(category=id_, category_confidence=1.0))


def _pick_place(scene: Scene, index: str) -> Turn:
    place = scene.draft.place_options[int(index)]
    return next_question(scene.with_draft(place=place, place_options=(), place_settled=True))


def _skip(scene: Scene, _: str) -> Turn:
    if scene.session.step == "location":
        return next_question(scene.with_draft(place_settled=True, needs_check=True))
    return scene.reply(scene.say("no_photo_is_fine"), wants_photo=False)


def _go_on(scene: Scene, _: str) -> Turn:
    return next_question(scene)


def _start_over(scene: Scene, _: str) -> Turn:
    return small_talk.report(scene.cleared(), "")


def _tell_apart(scene: Scene, _: str) -> Turn:
    return next_question(scene.with_draft(similar_settled=True))


def _name_shown_as(privacy: str) -> Callable[[Scene, str], Turn]:
    def choose(scene: Scene, _: str) -> Turn:
        return next_question(scene.with_draft(privacy=privacy, privacy_chosen=True), scene.say("phrase.changed"))

    return choose


def take_pin(scene: Scene) -> Turn:
    """A point on the map: the place of the problem, or of the emergency just filed."""
    place = scene.know.located
    assert place is not None
    if not scene.session.draft and scene.session.about and scene.session.wants_photo:
        effect = AddToReport(
            scene.session.about,
            words=f"{place.name or 'pin'} ({place.lat:.5f}, {place.lon:.5f}) {place.kelurahan}".strip(),
        )
        return scene.reply(scene.say("added_to", nomor=scene.session.about), effects=(effect,))
    found = scene.with_draft(place=place, place_options=(), place_settled=True, similar_settled=False)
    return next_question(found)


def take_media(scene: Scene, event: MediaShared) -> Turn:
    """A file: for the report just filed when a photo was hoped for, else for the draft; its caption is read as words."""
    if not scene.session.draft and scene.session.about and scene.session.wants_photo:
        effect = AddToReport(scene.session.about, words=event.caption, evidence=(event.evidence,))
        return scene.reply(scene.say("photo_added", nomor=scene.session.about), effects=(effect,))
    kept = scene.with_draft(evidence=(*scene.draft.evidence, event.evidence))
    if event.caption and scene.know.heard:
        return take_words(kept, event.caption)
    if event.kind == "voice" and not kept.draft.description:
        return kept.reply(scene.say("phrase.voice_note"), hope="words", step="describe")
    return next_question(kept)


def take_similar(scene: Scene) -> Turn:
    """Open reports like this one were looked for."""
    if not scene.know.similar:
        return next_question(scene.with_draft(similar_settled=True))
    nearest = scene.know.similar[0]
    text = scene.say(
        "similar_nearby",
        ringkasan=nearest.place or scene.speech.category(nearest.category),
        kategori=scene.speech.category(nearest.category),
        nomor_induk=nearest.number,
        status=scene.speech.status(nearest.status),
    )
    offered = (Choice(f"support:{nearest.number}", scene.say("choice.support")), scene.speech.choice("different"))
    return scene.reply(text, offered, step="similar")


# ---------------------------------------------------------------- ends


def file(scene: Scene, told: str = "") -> Turn:
    """File it: the number is said in the same transaction that keeps the report."""
    draft, number = scene.draft, scene.know.fresh_number
    priority = draft.priority or scene.know.city.categories[draft.category].priority
    due = scene.know.answer_by[priority]
    text = scene.say(
        "phrase.not_understood_3" if draft.needs_check and not told else told or "status.diterima",
        nomor=number,
        tenggat=scene.speech.moment(due),
        sapaan=scene.speech.address(),
    )
    wants_photo = not draft.evidence and scene.know.city.categories[draft.category].photo in ("required", "recommended")
    if wants_photo and not told:
        text = f"{text}\n\n{scene.say('phrase.ask_photo')}"
    return scene.cleared().reply(
        text,
        scene.choices("skip") if wants_photo and not told else (),
        hope="photo" if wants_photo else "nothing",
        effects=(OpenReport(replace(draft, priority=priority), number),),
        about=number,
        wants_photo=True,
    )


def _join(scene: Scene, parent: str) -> Turn:
    number = scene.know.fresh_number
    priority = scene.draft.priority or scene.know.city.categories[scene.draft.category].priority
    return scene.cleared().reply(
        scene.say("status.digabung", nomor=number, nomor_induk=parent),
        effects=(JoinReport(replace(scene.draft, priority=priority), number, parent),),
        about=number,
        wants_photo=True,
    )


def cancel(scene: Scene, argument: str) -> Turn:
    """Nothing is filed; the draft goes."""
    if scene.session.draft is None:
        return scene.cleared().reply(scene.say("nothing_to_cancel"))
    return scene.cleared().reply(scene.say("phrase.cancelled"))


def ask_what_to_change(scene: Scene, before: str = "") -> Turn:
    offered = tuple(scene.speech.choice(f"edit:{part}", f"edit_{part}") for part in CHANGES)
    return scene.reply(_joined(before, scene.say("ask_what_to_change")), offered, step="change")


def _change(scene: Scene, part: str) -> Turn:
    """Ask one thing again; every other answer stays."""
    match part:
        case "description":
            return ask_description(scene.with_draft(description="").with_session(tries=0), "")
        case "category":
            return ask_category(scene.with_draft(category="").with_session(tries=0), "")
        case "location":
            return ask_location(
                scene.with_draft(place=None, place_options=(), place_settled=False, similar_settled=False).with_session(
                    tries=0
                ),
                "",
            )
    offered = scene.choices("show_name", "anonymous", "confidential")
    return scene.reply(scene.say("ask_privacy"), offered, step="change")


ANSWERS: Mapping[str, Callable[[Scene, str], Turn]] = {
    "category": _pick_category,
    "place": _pick_place,
    "skip": _skip,
    "send": lambda scene, _: file(scene),
    "change": lambda scene, _: ask_what_to_change(scene),
    "cancel": cancel,
    "edit": _change,
    "support": _join,
    "different": _tell_apart,
    "continue": _go_on,
    "start_over": _start_over,
    **{value: _name_shown_as(privacy) for value, privacy in PRIVACY.items()},
}
"""What a choice means, by the part of its value before the colon."""

# ---------------------------------------------------------------- small parts


def may_skip(scene: Scene) -> bool:
    """Whether the place may be left open: where it is only recommended, or once it was asked in vain."""
    category = scene.know.city.categories.get(scene.draft.category)
    return bool(category and category.location != "required") or scene.session.tries > 0


def too_short(text: str) -> bool:
    """Fewer than two words of three letters: nothing to act on."""
    return sum(len(word) >= 3 for word in words.plain(text).split()) < 2


def category_named(text: str, scene: Scene) -> str:
    """The category whose label somebody typed; "" when none."""
    said = words.plain(text)
    for id_, category in scene.know.city.categories.items():
        if not category.retired and said in {
            words.plain(label) for label in (*category.label.values(), *category.button.values())
        }:
            return id_
    return ""


def place_label(place: PlaceFound) -> str:
    """A place on a button: where it is tells the options of one name apart."""
    return clipped(place.kelurahan or place.kecamatan or place.kota_kab or place.name, 20)


def _with_place(scene: Scene, heard: Heard) -> Scene:
    draft = scene.draft
    if draft.place and draft.place.kind not in VAGUE:
        return scene
    return scene.with_draft(
        place=heard.place or draft.place,
        place_options=heard.place_options if not heard.place else (),
        place_words=draft.place_words or heard.place_words,
    )


def _is_refusal(text: str, scene: Scene) -> bool:
    return words.picked(text, scene.choices("skip"), scene.know.city) is not None


def _not_understood(scene: Scene) -> Turn:
    tries = scene.session.tries + 1
    before = scene.say(f"phrase.not_understood_{min(tries, 2)}")
    if scene.session.step == "describe":
        return scene.reply(before, hope="words", tries=tries)
    return repeat(scene.with_session(tries=tries), before)


def _joined(before: str, text: str) -> str:
    return f"{before}\n\n{text}" if before else text
