"""Danger goes before everything: the number to call first, one question, never a form.

The report is filed on the answer, or after two minutes of silence. Nothing here promises help (categories.yaml, emergency_rule and
self_harm_rule).
"""

from dataclasses import replace

from bot.dialogue import emergency_words, where_words, words
from bot.dialogue.effects import OpenReport, WakeAfter
from bot.dialogue.events import MediaShared
from bot.dialogue.knowledge import Danger, Heard
from bot.dialogue.session import Draft
from bot.dialogue.steps import feedback, reading, small_talk
from bot.dialogue.steps.aftermath import AFTERMATH, BYSTANDER, CARE, SELF_HARM
from bot.dialogue.steps.aside import beside
from bot.dialogue.steps.filing import cancel, file
from bot.dialogue.steps.questions import next_question
from bot.dialogue.steps.read_back import summary
from bot.dialogue.turn import Scene, Turn

SILENCE = 120  # seconds; DESIGN, "The engine": "or after two minutes of silence"
VIOLENCE = "kekerasan_ppa"
HIGH = "tinggi"


def is_heard(scene: Scene, text: str) -> bool:
    """Whether these words speak of danger. An answer to a question of ours does only with a word that the city lists for it."""
    heard = scene.know.heard
    if heard is None or heard.danger is None or small_talk.is_plain_answer(scene, text):
        return False
    return not _answers(scene, text) or _names_danger(scene, text)


def _answers(scene: Scene, text: str) -> bool:
    """Whether the words begin as an answer to what was asked: where, whether it is the same, whether it is solved."""
    city = scene.know.city
    match scene.session.step:
        case "location":
            return where_words.begins_like_a_place(text)
        case "similar":
            return words.begins_with(text, "different", city) is not None
    solved = any(words.begins_with(text, value, city) is not None for value in ("done", "not_done"))
    return solved and scene.session.draft is None and bool(feedback.waiting(scene))


def _names_danger(scene: Scene, text: str) -> bool:
    rules = scene.know.city.emergency
    said = f" {words.plain(text)} "
    listed = (*rules.dangers, *rules.self_harm_rule.strong, *rules.never_alone)
    return any(f" {words.plain(phrase)} " in said for phrase in listed)


def take_first_words(scene: Scene, text: str) -> Turn | None:
    """Danger, or a question about whom to call should there be any; None for any other words."""
    return begin(scene, text) if is_heard(scene, text) else tell_number(scene, text)


def tell_number(scene: Scene, text: str) -> Turn | None:
    """The number to call, for whoever asks for it or for what to do should something happen; None for any other words."""
    heard, city = scene.know.heard, scene.know.city
    if heard is None or not emergency_words.asks_whom_to_call(text, city):
        return None
    about = reading.names_a_problem(scene, heard)
    if about and (heard.place or not emergency_words.names_a_service(text, city)):
        return None
    others = ", ".join(f"{each.agency} {each.value}" for each in city.emergency.confirmed_numbers)
    more = f"\n{scene.say('phrase.emergency_other_numbers', kontak=others)}" if others else ""
    return beside(scene, f"{scene.say('phrase.emergency_number')}{more}")


def take_what_is_over(scene: Scene, text: str) -> Turn | None:
    """Thanks for the news, where somebody tells of danger that is past and reports nothing; None for any other words."""
    heard, city = scene.know.heard, scene.know.city
    if heard is None or scene.session.draft or heard.kind != reading.NO_REPORT or not emergency_words.is_over(text):
        return None
    about_danger = heard.categories[0][0] == city.emergency.category
    return scene.reply(scene.say("danger_was_over")) if about_danger else None


def begin(scene: Scene, text: str) -> Turn:
    """Somebody wrote of danger: answer before anything is asked."""
    heard = scene.know.heard
    assert heard is not None
    assert heard.danger is not None
    if heard.danger.kind == SELF_HARM:
        return _crisis(scene, text, heard, heard.danger)
    draft = _draft(scene, text, heard)
    return _question(scene.with_session(draft=draft, step="emergency"), WakeAfter(SILENCE))


def take_words(scene: Scene, text: str) -> Turn:
    """The answer, or more about the danger: whatever is not a plain no is taken as a yes."""
    if words.command_in(text)[0] == "batal":
        return cancel(scene, "")
    if words.command_in(text)[0] == "kembali":
        return insist(scene)
    more = _with_more(scene, text)
    still = bool(scene.know.heard and scene.know.heard.danger)
    no = words.is_yes_or_no(text, scene.know.city) == "no" or emergency_words.is_over(text)
    return _no_danger(more) if no and not still else _file(more)


def take_choice(scene: Scene, value: str) -> Turn:
    """Yes or no, tapped."""
    return _file(scene) if value == "yes" else _no_danger(scene)


def take_media(scene: Scene, event: MediaShared) -> Turn:
    """A picture instead of an answer is kept, and the question stands."""
    return insist(scene.with_draft(evidence=(*scene.draft.evidence, event.evidence)))


def insist(scene: Scene) -> Turn:
    """Whatever else was sent: the number to call and the question once more. The silence begins anew."""
    return _question(scene, WakeAfter(SILENCE))


def take_location(scene: Scene) -> Turn:
    """A pin instead of an answer says where it is happening: that is a yes."""
    return _file(scene.with_draft(place=scene.know.located, place_settled=True))


def take_silence(scene: Scene) -> Turn:
    """No answer: a person must see it, with high priority, and nobody is asked for more."""
    category = scene.draft.category or scene.know.city.emergency.category
    filed = _of_kind(scene, category).with_draft(priority=HIGH, needs_check=True)
    turn = file(filed, told="emergency_silence")
    waits = turn.session.draft is not None
    return turn if waits else replace(turn, session=replace(turn.session, step=AFTERMATH))


def _question(scene: Scene, *effects: WakeAfter) -> Turn:
    text = scene.say("phrase.emergency_first")
    if scene.draft.danger == VIOLENCE:
        text = f"{scene.say('phrase.emergency_violence')}\n\n{scene.say('emergency_ask')}"
    place = scene.draft.place
    if place and place.kota_kab and place.kota_kab != scene.know.city.name:
        text = f"{scene.say('phrase.emergency_outside_city')}\n\n{scene.say('emergency_ask')}"
    return scene.reply(text, scene.choices("yes", "no"), effects=effects)


def _draft(scene: Scene, text: str, heard: Heard) -> Draft:
    """What was said, read as far as it goes; a draft that was already begun is not lost."""
    read = reading.read(scene, text, heard).draft
    return Draft(
        description=read.description,
        category=read.category,
        category_confidence=read.category_confidence,
        category_options=read.category_options,
        sub_category=read.sub_category,
        sub_options=read.sub_options,
        place=read.place,
        place_words=read.place_words,
        evidence=read.evidence,
        privacy=read.privacy,
        danger=heard.danger.kind if heard.danger else "",
        priority="darurat",
    )


def _with_more(scene: Scene, text: str) -> Scene:
    heard = scene.know.heard
    place = scene.draft.place or (heard.place if heard else None)
    return scene.with_draft(description=f"{scene.draft.description}\n{text}".strip(), place=place)


def _file(scene: Scene) -> Turn:
    """It is happening: file it for follow-up under the emergency category and say again what helps."""
    number = scene.know.fresh_number
    draft = _of_kind(scene, scene.know.city.emergency.category).with_draft(priority="darurat").draft
    text = scene.say("status.dialihkan_darurat", nomor=number)
    if draft.place is None:
        text = f"{text}\n{scene.say('emergency_where')}"
    effect = OpenReport(draft, number, emergency=True)
    return scene.cleared().reply(
        text, hope="location", effects=(effect,), step=AFTERMATH, about=number, wants_photo=True
    )


def _no_danger(scene: Scene) -> Turn:
    """An ordinary report after all, with high priority; who was just afraid is not asked what kind it is."""
    draft, city = scene.draft, scene.know.city
    kind = draft.category or next(iter(draft.category_options), city.fallback_category)
    known = scene if draft.category else reading.classified(scene, kind, 0.0)
    calmer = known.with_draft(priority=HIGH, danger="").with_session(step="idle", tries=0)
    return next_question(calmer, scene.say("phrase.emergency_no"))


def _of_kind(scene: Scene, category: str) -> Scene:
    """The draft under a category; under the emergency one with the kind of danger, and confidential where that kind is."""
    if category != scene.know.city.emergency.category:
        return reading.classified(scene, category, scene.draft.category_confidence)
    kind = scene.know.city.categories[category].subs.get(scene.draft.danger)
    found = reading.classified(scene, category).with_draft(sub_category=kind.id if kind else "")
    return found.with_draft(privacy="rahasia") if kind and kind.confidential else found


def _crisis(scene: Scene, text: str, heard: Heard, danger: Danger) -> Turn:
    """A person who may hurt themselves, or somebody else who may: a human sentence, no form, kept confidential. A draft waits."""
    line = scene.know.city.facts.get("layanan_krisis", "")
    if not danger.about_self:
        where = "emergency_where" if heard.place is None else "place_noted"
        place = summary(heard.place) if heard.place else ""
        sentence = f"{scene.say('phrase.crisis_someone_else')}\n{scene.say(where, tempat=place)}"
    elif line:
        sentence = scene.say("phrase.crisis_care", layanan_krisis=line)
    else:
        sentence = scene.say("phrase.crisis_care_without_line")
    draft = Draft(
        description=text,
        category=scene.know.city.emergency.category,
        sub_category=SELF_HARM,
        priority="darurat",
        place=heard.place,
        place_words=heard.place_words,
        privacy="rahasia",
        danger=SELF_HARM,
    )
    number, begun = scene.know.fresh_number, scene.session.draft
    alone = scene.cleared().with_session(later=(begun, *scene.session.later) if begun else scene.session.later)
    return alone.reply(
        sentence,
        effects=(OpenReport(draft, number, emergency=True),),
        step=CARE if danger.about_self else BYSTANDER,
        about=number,
    )
