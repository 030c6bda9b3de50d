"""Photos and other files: for the draft, or for the report just filed."""

from datetime import timedelta

from bot.dialogue import words
from bot.dialogue.effects import AddToReport
from bot.dialogue.events import MediaShared
from bot.dialogue.steps import reporting
from bot.dialogue.steps.questions import next_question, repeat
from bot.dialogue.steps.reading import read, sure_category
from bot.dialogue.turn import Scene, Turn

LABEL = 2  # words of a caption that tell nothing of their own
UNSEEN = frozenset({"video", "document"})  # kinds of file that nobody calls a photo
SOON = timedelta(days=1)  # after filing; a picture sent later is more likely of something new


def take_media(scene: Scene, event: MediaShared) -> Turn:
    """A file: for the report just filed when it belongs there, else for the draft; its caption is read as words."""
    if scene.session.draft is None and belongs_to_filed(scene, event):
        return _add_to_filed(scene, event)
    draft = kept(scene, event)
    if event.album and event.album == scene.session.album and not event.caption:
        return draft.quietly()
    if same_album(scene, event) and scene.know.heard:
        return next_question(read(draft, event.caption, scene.know.heard))
    if event.caption and scene.know.heard and not words.command_in(event.caption)[0]:
        return reporting.take_words(draft, event.caption)
    if draft.draft.description:
        return repeat(draft, scene.say("file_kept"))
    if event.kind == "voice":
        return draft.reply(scene.say("phrase.voice_note"), hope="words", step="describe")
    if event.kind in UNSEEN and not draft.draft.place:
        return draft.reply(scene.say("file_without_words"), hope="words", step="describe")
    return next_question(draft, scene.say("file_kept") if draft.draft.place else "")


def same_album(scene: Scene, event: MediaShared) -> bool:
    """Whether this is another piece of the album that the draft came with: its words belong to the same report."""
    return bool(scene.session.draft and event.album) and event.album == scene.session.album


def kept(scene: Scene, event: MediaShared) -> Scene:
    """The draft with the file."""
    begun = scene if scene.session.draft else scene.cleared()
    return begun.with_draft(evidence=(*begun.draft.evidence, event.evidence)).with_session(album=event.album)


def belongs_to_filed(scene: Scene, event: MediaShared) -> bool:
    """Whether a file is for the report that the talk is about: hoped for, sent soon, and not about something else."""
    session, heard = scene.session, scene.know.heard
    if not (session.about and session.wants_photo):
        return False
    filed = next((report for report in scene.know.own if report.number == session.about), None)
    if filed is None:
        return True
    tells = len(event.caption.split()) > LABEL  # "ini tiangnya" only names what is seen
    other = sure_category(scene, heard) if tells and heard else ""
    late = filed.created_at is not None and scene.know.now - filed.created_at > SOON
    return not (other and other != filed.category) and not (late and session.step == "idle")


def _add_to_filed(scene: Scene, event: MediaShared) -> Turn:
    number = scene.session.about
    effect = AddToReport(number, words=event.caption, evidence=(event.evidence,))
    if event.album and event.album == scene.session.album:
        return scene.quietly(effect)
    key = "photo_added" if event.kind == "photo" else "added_to"
    return scene.reply(scene.say(key, nomor=number), effects=(effect,), album=event.album)
