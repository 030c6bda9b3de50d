"""A person's own data: what is kept and for how long, a copy of it, and being forgotten (UU 27/2022)."""

from bot.dialogue import words
from bot.dialogue.effects import EraseMe, MakeDataLink
from bot.dialogue.replies import Choice
from bot.dialogue.steps.aside import beside
from bot.dialogue.steps.questions import repeat
from bot.dialogue.turn import Scene, Turn

COPY, ASK, ERASE, FOLLOW, KEEP = "data:copy", "data:erase", "erase:all", "erase:follow", "keep_data"
NEWS_YES, NEWS_NO = "news_yes", "news_no"
"""The answers to what is left open when somebody says yes where there are two ways to erase."""
ENCLOSED = ("data_txt", "data_json")
"""Kinds of enclosure: the copy to read, and the one for machines."""
SHORT = 4  # words of an answer
CHANGED_MIND = frozenset("jangan ulah batal cancel teu".split())
NEWS = frozenset("kabari kabar kabaran dikabari wartos news follow ikuti".split())
"""Words for wanting to hear about one's open reports."""
MOST_NAMED = 5  # open reports that are named before erasing


def overview(scene: Scene, argument: str) -> Turn:
    """``/privasi``: what is kept and why; how long and by whom once the city has decided that; and what one may ask for."""
    facts = scene.know.city.facts
    if "masa_simpan" in facts and "pengendali" in facts:
        kept = scene.say("phrase.privacy_details", masa_simpan=facts["masa_simpan"], pengendali=facts["pengendali"])
    else:
        kept = scene.say("privacy_kept")
    things = scene.say("privacy_kept_things", jumlah=scene.know.kept_reports, berkas=scene.know.kept_files)
    lines = [kept, things, scene.say("privacy_rights")]
    offered = (Choice(COPY, scene.say("choice_data_copy")), Choice(ASK, scene.say("choice_data_erase")))
    return beside(scene, "\n\n".join(lines), offered)


def copy(scene: Scene, argument: str) -> Turn:
    """Everything that is kept about the person: as files in this chat, or by a link that works once."""
    know = scene.know
    if know.data_files:
        enclosed = tuple(f"{kind}:{know.data_files}" for kind in ENCLOSED)
        return beside(scene, scene.say("data_copy_here"), enclosed=enclosed)
    if not (know.links and know.fresh_token):
        return beside(scene, scene.say("data_copy_by_person"))
    link = f"{know.links}{know.fresh_token}"
    return beside(scene, scene.say("data_copy_link", tautan=link), effects=(MakeDataLink(know.fresh_token),))


def ask_to_erase(scene: Scene, argument: str) -> Turn:
    """Ask once, and say what happens to reports that are being worked on and what must stay."""
    running = open_numbers(scene)
    sure = scene.say("phrase.erase_confirm")
    lines = [sure if running else f"{sure} {scene.say('erase_yes_or_no')}"]
    offered = [Choice(ERASE, scene.say("choice_erase"))]
    if running:
        lines.append(scene.say("erase_open_reports", daftar=_named(running)))
        offered.append(Choice(FOLLOW, scene.say("choice_erase_follow")))
    if scene.session.draft or scene.session.later:
        lines.append(scene.say("erase_draft_too"))
    lines.append(scene.say("erase_what_stays"))
    offered.append(Choice(KEEP, scene.say("choice_keep_data")))
    return scene.reply("\n\n".join(lines), tuple(offered))


def _ask_about_news(scene: Scene) -> Turn:
    """They want to be erased: what is left to ask is whether news of the open reports shall still come."""
    offered = (
        Choice(NEWS_YES, scene.say("choice_news_yes")),
        Choice(NEWS_NO, scene.say("choice_news_no")),
        Choice(KEEP, scene.say("choice_keep_data")),
    )
    return scene.reply(scene.say("erase_news_left", daftar=_named(open_numbers(scene))), offered)


def _named(numbers: list[str]) -> str:
    return ", ".join(numbers[:MOST_NAMED]) + (", …" if len(numbers) > MOST_NAMED else "")


def open_numbers(scene: Scene) -> list[str]:
    """The person's reports that are not closed yet."""
    statuses = scene.know.city.statuses
    return [report.number for report in scene.know.own if statuses[report.status].open]


def is_asked(scene: Scene) -> bool:
    """Whether "erase?", or how, is the question that was asked last."""
    return any(choice.value in (ERASE, NEWS_NO) for choice in scene.session.offered)


def keep(scene: Scene) -> Turn:
    """Nothing is erased after all."""
    return repeat(scene.with_session(offered=()), scene.say("data_kept"))


def take_words(scene: Scene, text: str) -> Turn | None:
    """The answer to "erase?" in words. A yes where there are two ways to asks which one, and nothing else again.

    None for anything else.
    """
    offered, said = {choice.value for choice in scene.session.offered}, words.spelt(text).split()
    if not is_asked(scene) or len(said) > SHORT:
        return None
    answer = words.is_yes_or_no(text, scene.know.city)
    if not CHANGED_MIND.isdisjoint(said) or (answer == "no" and NEWS_NO not in offered):
        return keep(scene)
    if NEWS_NO in offered and answer:
        return _erased(scene, follow=answer == "yes")
    if FOLLOW not in offered:
        return None
    if not NEWS.isdisjoint(said):
        return _erased(scene, follow=True)
    return _ask_about_news(scene) if answer == "yes" else None


def take_choice(scene: Scene, value: str) -> Turn | None:
    """What was chosen about one's data; None for anything else."""
    match value:
        case "data:copy":
            return copy(scene, "")
        case "data:erase":
            return ask_to_erase(scene, "")
        case "keep_data":
            return keep(scene)
        case "erase:all" | "erase:follow" | "news_yes" | "news_no":
            return _erased(scene, follow=value in (FOLLOW, NEWS_YES))
    return None


def _erased(scene: Scene, *, follow: bool) -> Turn:
    key = "erased_and_followed" if follow else "erased_with_open" if open_numbers(scene) else "erased"
    nothing = scene.cleared().with_session(later=(), told=(), lately=(), album="")
    return nothing.reply(scene.say(key), effects=(EraseMe(follow),))
