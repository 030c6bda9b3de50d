"""Soon after danger was reported: what is written then belongs to that report, unless it is surely about something else."""

from datetime import timedelta

from bot.dialogue import emergency_words, where_words, words
from bot.dialogue.effects import AddToReport
from bot.dialogue.knowledge import Heard, ReportFacts
from bot.dialogue.steps import reading, small_talk
from bot.dialogue.turn import Scene, Turn

SOON = timedelta(hours=1)  # after filing; what is written later is a matter of its own
CLOSE = timedelta(minutes=10)  # after filing; few people turn to another matter within it
PLAINLY = 0.9  # how likely a category must be for a few words to be about it all the same
AFTERMATH, CARE, BYSTANDER = "aftermath", "care", "bystander"
"""The steps after danger, after the writer's own crisis, and after somebody else's."""
CARING = (CARE, BYSTANDER)
SELF_HARM, MORE = "jiwa", "aftermath_more"
SHORT = 6  # words up to which somebody says that it is over, or asks for help, whatever a model makes of them


def take_words(scene: Scene, text: str) -> Turn | None:
    """More words soon after such a report was filed: they are kept with it, and nobody is asked anything.

    None for a clear complaint about something else, for plain courtesies, and for words that come much later.
    """
    step, heard = scene.session.step, scene.know.heard
    if step not in (AFTERMATH, *CARING) or scene.session.draft or heard is None:
        return None
    filed = _filed_lately(scene)
    if filed is None:
        return None
    if step in CARING and scene.session.later and words.is_sending(text, scene.know.city):
        return small_talk.report(scene, "")
    if step == AFTERMATH and (answer := _about_the_help(scene, text, heard, filed)):
        return answer
    if _is_of_its_own(scene, text, heard, filed):
        return None
    return _cared_for(scene, text, heard, filed) if step in CARING else _added(scene, text, MORE, heard, filed)


def _about_the_help(scene: Scene, text: str, heard: Heard, filed: ReportFacts) -> Turn | None:
    """The answer to who asks whether help is coming, or says that it is over; None for any other words."""
    other = _names_another_problem(scene, heard)
    if other and (heard.place or heard.several or len(words.plain(text).split()) > SHORT):
        return None
    if emergency_words.asks_for_help_sent(text, scene.know.city):
        return scene.reply(scene.say("sends_no_help", nomor=filed.number))
    over = heard.danger is None and emergency_words.is_over(text)
    return _added(scene, text, "emergency_over", heard, filed) if over else None


def _filed_lately(scene: Scene) -> ReportFacts | None:
    filed = next((report for report in scene.know.own if report.number == scene.session.about), None)
    late = filed is None or filed.created_at is None or scene.know.now - filed.created_at > SOON
    return None if late else filed


def _is_of_its_own(scene: Scene, text: str, heard: Heard, filed: ReportFacts) -> bool:
    """Whether the words are no part of what was reported: a courtesy, a crisis, another problem."""
    danger = heard.danger is not None
    crisis = heard.danger is not None and heard.danger.kind == SELF_HARM
    if scene.session.step == AFTERMATH and (crisis or _is_courtesy(scene, text)):
        return True
    if danger or (says_where(text, heard) and not heard.several) or _goes_on(scene, text, heard, filed):
        return False
    return _names_another_problem(scene, heard)


def _goes_on(scene: Scene, text: str, heard: Heard, filed: ReportFacts) -> bool:
    """Whether a few words without a place follow so closely that they can hardly be about anything else."""
    close = filed.created_at is not None and scene.know.now - filed.created_at <= CLOSE
    few = len(words.plain(text).split()) <= SHORT and heard.categories[0][1] < PLAINLY
    return scene.session.step == AFTERMATH and close and few and not (heard.place or heard.several)


def _names_another_problem(scene: Scene, heard: Heard) -> bool:
    return bool(heard.several) or reading.names_a_problem(scene, heard)


def _is_courtesy(scene: Scene, text: str) -> bool:
    """Thanks or "ok", but no cry for help, however polite."""
    return small_talk.is_plain_answer(scene, text) and small_talk.CALLS.isdisjoint(words.plain(text).split())


def says_where(text: str, heard: Heard) -> bool:
    """Whether the words only tell a place: they begin like one, name the location, or hold nothing but names of places."""
    said = words.plain(text).split()
    if where_words.begins_like_a_place(text) or words.part_named(" ".join(said[:3])) == "location":
        return True
    return where_words.names_nothing_else(text, heard.place_words)


def _cared_for(scene: Scene, text: str, heard: Heard, filed: ReportFacts) -> Turn:
    """A few human words, for whom the talk is about by now."""
    step = scene.session.step
    if heard.danger and heard.danger.kind == SELF_HARM:
        step = CARE if heard.danger.about_self else BYSTANDER
    key = "care_more" if step == CARE else "bystander_more"
    return _added(scene.with_session(step=step), text, key, heard, filed)


def _added(scene: Scene, text: str, key: str, heard: Heard, filed: ReportFacts) -> Turn:
    place = None if filed.place else heard.place
    return scene.reply(scene.say(key, nomor=filed.number), effects=(AddToReport(filed.number, text, place=place),))
