"""In a group we are a guest: ``/lapor`` in answer to a message files it, an answer to its card adds to it, and the rest is not ours.

Nothing is asked there, and nothing but the card is said about a report.
"""

from bot.dialogue.effects import AddToReport, AnswerClosing, BindGroupChat, FileFromGroup, PlaceFromGroup
from bot.dialogue.events import ChoicePicked, CommandGiven, InGroup, LocationShared, MediaShared, TextSent
from bot.dialogue.identity_numbers import without_numbers
from bot.dialogue.steps import filing, reading
from bot.dialogue.texts import number_removed
from bot.dialogue.turn import Scene, Turn

NO_REPORT_AT = 0.8
"""From this confidence a message is taken for no report; in a group somebody has chosen it, so it must be clear."""
GREETED = frozenset({"start", "bantuan", "help"})


def advance(scene: Scene, event: InGroup) -> Turn:
    """Play something that was said in a group."""
    match event.said:
        case CommandGiven("lapor"):
            return _file(scene, event)
        case CommandGiven(name) if name in GREETED:
            return _said(scene, "group_hello")
        case CommandGiven("kim"):
            return _bind(scene)
        case ChoicePicked(value):
            return _answer_closing(scene, value)
        case LocationShared() if scene.know.group_card and scene.know.group_card.mine and scene.know.located:
            return scene.quietly(PlaceFromGroup(scene.know.group_card.number, scene.know.located))
        case TextSent(text) if scene.know.group_card and scene.know.group_card.mine:
            words = without_numbers(text, number_removed(scene.know.city))
            return scene.quietly(AddToReport(scene.know.group_card.number, words))
    return scene.quietly()


def _file(scene: Scene, event: InGroup) -> Turn:
    know, quoted = scene.know, event.quoted
    if know.group_card is not None:
        return _said(scene, "group_filed_before", nomor=know.group_card.number)
    words = without_numbers(event.words, number_removed(know.city)).strip()
    heard = know.heard
    if not words or heard is None:
        picture = quoted is not None and quoted.files
        return _said(scene, "group_needs_words" if picture else "group_nothing_quoted")
    if heard.kind == reading.NO_REPORT and heard.kind_confidence >= NO_REPORT_AT and not heard.danger:
        return _said(scene, "group_no_report")
    read = reading.read(scene.cleared(), words, heard)
    draft = read.draft
    if not draft.category:
        read = reading.classified(read, (reading.options(read, heard) or (know.city.fallback_category,))[0])
    if know.located is not None:
        read = read.with_draft(place=know.located, place_settled=True)
    unsure = not draft.category or read.draft.place is None
    danger = heard.danger is not None
    read = read.with_draft(needs_check=unsure, danger=heard.danger.kind if heard.danger else "")
    read = read.with_draft(priority="darurat" if danger else filing.priority(read))
    if danger:
        read = reading.classified(read, draft.category or know.city.emergency.category)
    effect = FileFromGroup(
        draft=read.draft,
        number=know.fresh_number,
        language=scene.session.language or know.city.languages[0],
        message=quoted.message if quoted else know.own_message,
        author=quoted.author if quoted else "",
        files=(*(quoted.files if quoted else ()), *_brought(event)),
        token=know.fresh_token,
        emergency=danger,
    )
    return scene.quietly(effect)


def _brought(event: InGroup) -> tuple[MediaShared, ...]:
    """The picture under which the command stood."""
    return (event.said.file,) if isinstance(event.said, CommandGiven) and event.said.file else ()


def _bind(scene: Scene) -> Turn:
    """A coordinator makes this chat the one of their group: its news is posted here."""
    kim = scene.know.kim
    if kim.group is None or kim.me is None or not kim.active or not kim.me.coordinator:
        return scene.quietly()
    return scene.reply(scene.say("group_bound", kim=kim.group.name), effects=(BindGroupChat(kim.group.id),))


def _answer_closing(scene: Scene, value: str) -> Turn:
    """Only the person whose report it is says whether it is solved; others may tap in vain."""
    kind, _, number = value.partition(":")
    report = scene.know.named
    if kind not in ("done", "not_done") or report is None or not report.mine:
        return scene.quietly()
    return scene.quietly(AnswerClosing(number, solved=kind == "done"))


def _said(scene: Scene, key: str, **values: object) -> Turn:
    return scene.reply(scene.say(key, kanal=scene.know.citizen_channel, **values))
