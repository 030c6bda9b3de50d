"""Making a report: the words that a draft's questions accept. The questions are in `questions`, their choices in `draft_choices`."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.dialogue import where_words, words
from bot.dialogue.knowledge import Heard
from bot.dialogue.steps import (
    another_matter,
    asked_beside,
    place_corrected,
    placing,
    secrecy,
    small_talk,
    tracking,
    two_reports,
)
from bot.dialogue.steps.changing import change, moved_to, privacy_in, shown_as
from bot.dialogue.steps.draft_choices import start_over
from bot.dialogue.steps.filing import file
from bot.dialogue.steps.questions import (
    ask_category,
    ask_location,
    ask_other_categories,
    ask_what_to_change,
    may_skip,
    next_question,
    repeat,
    torn,
)
from bot.dialogue.steps.read_back import QUESTION, clipped, offer_to_resume
from bot.dialogue.steps.reading import (
    WIDE,
    another_problem,
    category_named,
    category_spoken_of,
    classified,
    completed_by,
    elsewhere,
    is_vague,
    kept_for_later,
    kind_of,
    names_a_problem,
    options,
    read,
    sure_category,
    tells_nothing,
    too_short,
)
from bot.dialogue.steps.refusing_numbers import with_notice
from bot.dialogue.turn import Scene, Turn

MOST_TRIES = 3  # DESIGN, "The engine": low after three tries -> accepted anyway
MOST_LISTS = 2  # of categories to choose from; then the likeliest is taken, for a person to check
LIKELY = 0.3  # confidence from which other words bring other categories to choose from
MINE = frozenset("saya aku abdi my the".split())
WISH = 3  # words that only name what is to be changed
LEAST_TELLING = 4  # words of an answer that tells a problem by itself
SHORT = 8  # words up to which a message may be about the read-back itself


def take_words(scene: Scene, text: str) -> Turn:
    """Words that are no command and no choice."""
    heard = scene.know.heard
    assert heard is not None
    if scene.session.draft is None:
        return _begin(scene, text, heard)
    if small_talk.is_greeting(text):
        return offer_to_resume(scene)
    if small_talk.is_thanks(text):
        return repeat(scene, scene.say("thanks_unsent"))
    if aside := secrecy.take(scene, text, heard) or small_talk.about_service(scene, text, heard):
        return aside
    if instead := another_matter.instead(scene, text, heard) or asked_beside.take(scene, text, heard):
        return instead
    scene = secrecy.kept_quiet(scene, text)
    if words.named(text, scene.choices("start_over"), scene.know.city):
        return start_over(scene, "")
    if (part := _change_wanted(scene, text)) and part != scene.session.step:
        return change(scene, part)
    if scene.session.undone and words.is_sending(text, scene.know.city):
        return _as_it_was(
            scene.with_session(draft=scene.session.undone, undone=None).with_draft(evidence=scene.draft.evidence)
        )
    take = BY_STEP.get(scene.session.step, _take_description)
    return take(scene, text, heard)


def _change_wanted(scene: Scene, text: str) -> str:
    """The part that somebody wants to change and says nothing more about ("ganti kategori"); at the read-back its bare name too."""
    left = [word for word in words.plain(text).split() if word not in words.FILLERS | MINE]
    bare = scene.session.step == "confirm" and len(left) == 1
    return words.part_named(text) if bare or (len(left) <= WISH and words.says_wrong(text)) else ""


def _begin(scene: Scene, text: str, heard: Heard) -> Turn:
    """The first words about a problem, or no problem at all."""
    tries = scene.session.tries
    asked = scene.session.step == "describe" or tries >= MOST_TRIES - 1
    if tracking.corrects_filed(scene, text, heard):
        return tracking.take_correction(scene, text)
    if answer := small_talk.answer(scene, text, heard, asked=asked):
        return answer
    if tells_nothing(scene, text, heard) and tries < MOST_TRIES - 1:
        sorry = scene.say(f"phrase.not_understood_{min(tries + 1, 2)}")
        return scene.cleared().reply(sorry, hope="words", step="describe", tries=tries + 1)
    begun = secrecy.kept_quiet(scene.cleared().with_session(tries=tries).with_draft(), text)
    return two_reports.begin(begun, text, heard) if heard.several else next_question(read(begun, text, heard))


def _take_description(scene: Scene, text: str, heard: Heard) -> Turn:
    """What is wrong, where a photo or a pin came first or where it is told anew."""
    if tells_nothing(scene, text, heard) and scene.session.tries < MOST_TRIES - 1:
        return not_understood(scene)
    anew = scene.with_draft(description="") if scene.session.step == "describe" else scene
    if heard.several and not scene.draft.description:
        return two_reports.begin(anew, text, heard)
    return next_question(read(anew, text, heard))


def _as_it_was(scene: Scene) -> Turn:
    """ "Kirim", where an answer could be given anew: the old one stays, and it is sent when nothing else is open."""
    turn = next_question(scene)
    return file(scene) if turn.session.step == "confirm" else turn


def _take_category_words(scene: Scene, text: str, heard: Heard) -> Turn:
    if named := category_named(scene, text) or category_spoken_of(scene, text):
        return next_question(classified(scene, named))
    if placing.refused(scene, text):
        return next_question(_guessed(scene).with_draft(needs_check=True))
    if words.is_sending(text, scene.know.city):
        return not_understood(scene, scene.say("send_needs_category"))
    if placing.only_agrees(scene, text) and words.is_yes_or_no(text, scene.know.city) != "no":
        return next_question(_guessed(scene).with_draft(needs_check=True))
    if words.is_yes_or_no(text, scene.know.city) == "no":
        return not_understood(scene, scene.say("none_of_these"))
    if words.says_wrong(text) or small_talk.is_plain_answer(scene, text):
        return not_understood(scene)
    sure = sure_category(scene, heard)
    if sure and sure not in (scene.draft.category, scene.know.city.fallback_category):
        return next_question(_made_clear(scene, text, heard, sure))
    fuller = read(scene, text, heard)
    if fuller.draft.place != scene.draft.place or where_words.begins_like_a_place(
        text
    ):  # the answer to the next question
        return ask_category(fuller, scene.say("added"))
    if heard.categories[0][1] >= LIKELY:
        others = tuple(dict.fromkeys((*options(scene, heard)[:3], *scene.draft.category_options)))
        fuller = fuller.with_draft(category_options=others)
    return not_understood(fuller)


def _made_clear(scene: Scene, text: str, heard: Heard, category: str) -> Scene:
    """The draft after words that tell at last what it is about, and perhaps where it is."""
    kind = kind_of(text, heard) if scene.draft.kind == QUESTION else scene.draft.kind
    told = scene.with_draft(kind=kind, sub_options=heard.sub_categories or scene.draft.sub_options)
    if heard.place and heard.place.kind not in WIDE:
        told = told.with_draft(place=None, place_options=(), place_settled=False)
    return read(classified(told, category, heard.categories[0][1]), text, heard)


def _take_location_words(scene: Scene, text: str, heard: Heard) -> Turn:
    if named := category_named(scene, text):  # the answer to the question before
        return repeat(classified(scene, named), scene.say("phrase.changed"))
    if privacy := privacy_in(scene, text):
        return repeat(
            scene.with_draft(privacy=privacy, privacy_chosen=True),
            scene.say("phrase.changed"),
        )
    if another_problem(scene, text, heard) or elsewhere(scene, text, heard):
        return (
            _later(scene, text, heard) if scene.draft.place or not heard.place else _complete_first(scene, text, heard)
        )
    if words.is_sending(text, scene.know.city):
        return _send_without_place(scene)
    if found := placing.place_in_answer(scene, text, heard):
        return next_question(found)
    if placing.refused(scene, text):
        return not_understood(scene, scene.say("place_matters"))
    if _tells_no_place(scene, text, heard) and not torn(scene.draft):
        told = f"{scene.draft.description}\n{text}" if scene.draft.description else text
        said = scene.draft.place_words or heard.place_words
        return not_understood(scene.with_draft(description=told, place_words=said))
    empty = too_short(text) or torn(scene.draft) or placing.only_agrees(scene, text)
    said = "" if empty else text
    return not_understood(scene.with_draft(place_words=said or scene.draft.place_words))


def _tells_no_place(scene: Scene, text: str, heard: Heard) -> bool:
    """Whether an answer to "where?" tells more of what is wrong, and no map knows a place in it."""
    begins = where_words.begins_like_a_place(text)
    if names_a_problem(scene, heard) and not begins and len(words.plain(text).split()) >= LEAST_TELLING:
        return True
    return where_words.tells_on(text) and not (begins or where_words.points_closer(text) or heard.place_words)


def _take_change_words(scene: Scene, text: str, heard: Heard) -> Turn:
    """What is to be changed, in words; the new place or privacy may stand in the same sentence."""
    part = words.part_named(text)
    if words.is_sending(text, scene.know.city):
        return _as_it_was(scene)
    if privacy := privacy_in(scene, text):
        return shown_as(scene, privacy)
    if not part and any(choice.value == "show_name" for choice in scene.session.offered):
        return with_notice(change(scene, "privacy"), scene.say("name_is_not_typed"))
    if heard.place and part in ("", "location"):
        return moved_to(scene, text, heard)
    return change(scene, part) if part else not_understood(scene)


def _take_similar_words(scene: Scene, text: str, heard: Heard) -> Turn:
    sends = words.is_sending(text, scene.know.city)  # their own, whatever others have told
    more = "" if sends else words.begins_with(text, "different", scene.know.city)
    if more is None:
        return not_understood(scene)
    apart = scene.with_draft(similar_settled=True)
    return next_question(read(apart, more, heard) if more else apart)


def _take_afterthought(scene: Scene, text: str, heard: Heard) -> Turn:
    """Something more, written when we had asked whether all is right: it is added, and read back again."""
    short = len(words.plain(text).split()) <= SHORT
    if privacy := privacy_in(scene, text):
        return shown_as(scene, privacy)
    if corrected := place_corrected.take(scene, text, heard):
        return corrected
    if short and words.says_wrong(text) and not heard.place and (named := _another_category(scene, text, heard)):
        return next_question(read(classified(scene, named), text, heard), scene.say("phrase.changed"))
    if short and words.says_wrong(text):
        known = heard.place or words.part_named(text)
        return _take_change_words(scene, text, heard) if known else ask_what_to_change(scene)
    if named := category_named(scene, text):
        return next_question(classified(scene, named), scene.say("phrase.changed"))
    if small_talk.is_plain_answer(scene, text):  # of another question, such as "lewati"
        return repeat(scene)
    if small_talk.is_chatter(scene, text, heard) or _says_too_little(scene, text, heard):
        return repeat(scene, scene.say("not_added", kata=clipped(text)))
    sure = sure_category(scene, heard)
    if scene.draft.category == scene.know.city.fallback_category and sure not in ("", scene.draft.category):
        return next_question(_made_clear(scene, text, heard, sure), scene.say("added"))
    if another_matter.comes_later(scene, text, heard):
        return _later(scene, text, heard)
    return next_question(read(scene, text, heard), scene.say("added"))


def _another_category(scene: Scene, text: str, heard: Heard) -> str:
    """The category that a correction surely names ("bukan sampah, drainase"); "" for the draft's own, and where a part is named."""
    sure = sure_category(scene, heard)
    known = ("", scene.draft.category, scene.know.city.fallback_category)
    return "" if sure in known or words.part_named(text) not in ("", "category") else sure


def _says_too_little(scene: Scene, text: str, heard: Heard) -> bool:
    """Whether it is one word that tells neither a problem nor a place, such as a first name."""
    return heard.place is None and tells_nothing(scene, text, heard)


BY_STEP: Mapping[str, Callable[[Scene, str, Heard], Turn]] = {
    "category": _take_category_words,
    "location": _take_location_words,
    "change": _take_change_words,
    "similar": _take_similar_words,
    "confirm": _take_afterthought,
}


def _send_without_place(scene: Scene) -> Turn:
    """ "Kirim" where the place is still open: it is left open where it may be, and else we say what is missing."""
    if may_skip(scene):
        return next_question(placing.left_open(scene), scene.say("place_left_open"))
    return not_understood(scene, scene.say("send_needs_place"))


def _complete_first(scene: Scene, text: str, heard: Heard) -> Turn:
    """A clear and complete message while a place is asked for: it comes first, and the one that lacks a place waits behind it."""
    vague = is_vague(scene)
    told = "" if vague else scene.say("complete_first", ringkasan=clipped(scene.draft.description))
    return next_question(completed_by(scene, text, heard), told)


def not_understood(scene: Scene, why: str = "") -> Turn:
    """Ask in other words; after three times it is accepted as it is, for a person to read. Never a dead end.

    ``why`` is said instead of the usual regret.
    """
    tries = scene.session.tries + 1
    if tries >= MOST_TRIES and scene.draft.description and scene.session.step != "change":
        return _accepted_anyway(scene)
    if tries >= MOST_LISTS and scene.session.step == "category" and scene.draft.description:
        return next_question(_guessed(scene).with_draft(needs_check=True).with_session(tries=0))
    kept = scene.with_session(tries=tries)
    if scene.session.step == "category":
        return ask_other_categories(kept, why or scene.say(f"phrase.not_understood_{min(tries, 2)}"))
    if scene.session.step == "location":
        return ask_location(kept, "", sorry=why)
    return repeat(kept, why or scene.say(f"phrase.not_understood_{min(tries, 2)}"))


def _accepted_anyway(scene: Scene) -> Turn:
    settled = _guessed(scene).with_draft(place_settled=True, place_options=(), similar_settled=True, needs_check=True)
    return next_question(settled)


def _guessed(scene: Scene) -> Scene:
    """The draft under its category, or under the likeliest one."""
    best = next(iter(scene.draft.category_options), scene.know.city.fallback_category)
    return scene if scene.draft.category else classified(scene, best, 0.0)


def _later(scene: Scene, text: str, heard: Heard) -> Turn:
    """Another problem in the middle of this one: it waits, nothing is lost, and the question stands; it may be the same after all."""
    same = replace(scene.draft, description=f"{scene.draft.description}\n{text}")
    kept = kept_for_later(scene, text, heard).with_session(whole=same, whole_offered=False)
    return repeat(kept, scene.say("kept_for_later", ringkasan=clipped(text)))
