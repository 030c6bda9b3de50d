"""Messages that their writer changed: within a draft the words are replaced and read back, afterwards they are a note on the report."""

from collections.abc import Iterable
from dataclasses import replace

from rapidfuzz.fuzz import ratio

from bot.dialogue.effects import AddToReport, JoinReport, OpenReport
from bot.dialogue.events import Event, MediaShared, MessageEdited, TextSent
from bot.dialogue.session import Draft, Session, Source
from bot.dialogue.steps import emergency, place_words, two_reports
from bot.dialogue.steps.questions import next_question
from bot.dialogue.steps.reading import classified, sure_category
from bot.dialogue.turn import Scene, Turn
from bot.dialogue.words import plain

MOST_KEPT = 12  # messages that an edit may still be about
KEPT_WITHOUT_WORDS = ("evidence", "photo_place", "photo_beside", "privacy", "privacy_chosen", "neighbour", "campaign")
"""What a draft did not learn from words."""
ALIKE = 60  # of 100, for an edit that does not say which message it changes


def take_edit(scene: Scene, event: MessageEdited) -> Turn:
    """The draft with the new words, or a note on the report that the old ones are in; nothing for any other message."""
    source = _source_of(scene.session.told, event)
    if source is None or source.words == event.text or not plain(event.text):
        return scene.quietly()
    told = tuple(replace(each, words=event.text) if each is source else each for each in scene.session.told)
    changed = scene.with_session(told=told)
    if source.number:
        said = scene.say("added_to", nomor=source.number)
        effects = (AddToReport(source.number, words=event.text),)
        return changed.reply(said, scene.session.offered, effects=effects)
    if scene.session.whole and source.words in scene.session.whole.description:
        changed = replace(changed, session=two_reports.as_one(changed).session)
    if source.words in changed.draft.description or place_words.holds(changed.draft.place_words, source.words):
        return _in_draft(changed, source.words, event.text)
    return changed.quietly(later=tuple(_rewritten(each, source.words, event.text) for each in scene.session.later))


def take_deletion(scene: Scene, message: str) -> Turn:
    """The draft without the words that were taken back; what is filed stays, and the person hears how to erase it."""
    source = next((each for each in reversed(scene.session.told) if each.message and each.message == message), None)
    if source is None or scene.session.step == "emergency":
        return scene.quietly()
    forgotten = scene.with_session(told=tuple(each for each in scene.session.told if each is not source))
    if source.number:
        said = scene.say("message_deleted_filed", nomor=source.number)
        return forgotten.reply(said, scene.session.offered)
    if not _holds(scene.draft, source.words):
        return forgotten.quietly()
    return next_question(
        forgotten.with_session(draft=_without(scene.draft, source.words)), scene.say("message_deleted")
    )


def _without(draft: Draft, words: str) -> Draft:
    """What is left when these words were never said; with the last of them goes all that was read from them."""
    said_where = place_words.holds(draft.place_words, words)
    left = "\n".join(filter(None, map(str.strip, draft.description.replace(words, "", 1).splitlines())))
    if left or said_where:
        rest = replace(draft, description=left)
        kept_words = place_words.replaced(draft.place_words, words, "")
        return replace(rest, place_words=kept_words, place=None, place_settled=False) if said_where else rest
    kept = {name: getattr(draft, name) for name in KEPT_WITHOUT_WORDS}
    return replace(Draft(), **kept)


def remembered(before: Session, event: Event, turn: Turn) -> Session:
    """The session after a turn that knows which messages its draft and its reports were made from."""
    after, told = turn.session, turn.session.told
    filed = [effect for effect in turn.effects if isinstance(effect, OpenReport | JoinReport)]
    open_ = _drafts(after)
    if source := _told_by(event):
        new = any(_holds(each, source.words) for each in (*open_, *(effect.draft for effect in filed)))
        old = any(_holds(each, source.words) for each in _drafts(before))
        told = (*told, source) if new and not old else told
    kept = (_placed(source, open_, filed) for source in told)
    return replace(after, told=tuple(source for source in kept if source)[-MOST_KEPT:])


def _told_by(event: Event) -> Source | None:
    match event:
        case TextSent(words, message) if words:
            return Source(message, words)
        case MediaShared(caption=words, message=message) if words:
            return Source(message, words)
    return None


def _placed(source: Source, drafts: list[Draft], filed: Iterable[OpenReport | JoinReport]) -> Source | None:
    if source.number or any(_holds(each, source.words) for each in drafts):
        return source
    number = next((effect.number for effect in filed if _holds(effect.draft, source.words)), "")
    return replace(source, number=number) if number else None


def _drafts(session: Session) -> list[Draft]:
    return [each for each in (session.draft, session.whole, *session.later) if each]


def _holds(draft: Draft, words: str) -> bool:
    return words in draft.description or place_words.holds(draft.place_words, words)


def _source_of(told: tuple[Source, ...], event: MessageEdited) -> Source | None:
    """The message that was changed: by its id, else the one that reads most alike."""
    if event.message:
        return next((source for source in reversed(told) if source.message == event.message), None)
    best = max(told, key=lambda source: ratio(source.words, event.text), default=None)
    return best if best and ratio(best.words, event.text) >= ALIKE else None


def _in_draft(scene: Scene, old: str, new: str) -> Turn:
    """Read anew what only those words told; every answer that was given since stays."""
    session, heard = scene.session, scene.know.heard
    before = scene.draft
    fresh = scene.with_session(draft=_rewritten(before, old, new))
    if session.step == "emergency":
        return fresh.quietly()
    if heard and emergency.is_heard(scene, new):
        return emergency.begin(fresh, new)
    if heard and before.description == old and (category := sure_category(scene, heard)):
        fresh = classified(fresh, category, heard.categories[0][1])
    if heard and heard.place and (before.place is None or _all_in(old, before.place_words)):
        fresh = fresh.with_draft(
            place=heard.place,
            place_words=heard.place_words or fresh.draft.place_words,
            place_options=(),
            place_settled=False,
            similar_settled=False,
        )
    return next_question(fresh, scene.say("phrase.changed"))


def _all_in(words: str, said: str) -> bool:
    """Whether the words told all that is known of the place; what stood apart in them is joined by commas."""
    return all(plain(part) in plain(words) for part in said.split(","))


def _rewritten(draft: Draft, old: str, new: str) -> Draft:
    said_where = place_words.holds(draft.place_words, old)
    return replace(
        draft,
        description=draft.description.replace(old, new, 1),
        place_words=place_words.replaced(draft.place_words, old, new) if said_where else draft.place_words,
    )
