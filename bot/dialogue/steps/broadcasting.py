"""``/siaran``: an administrator makes a campaign, sees it as it will look, lets it go, watches it, stops it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.dialogue.dates import date_in
from bot.dialogue.effects import PlanCampaign, StopCampaign
from bot.dialogue.events import ActRefused, MediaShared
from bot.dialogue.knowledge import CampaignFacts
from bot.dialogue.replies import Choice
from bot.dialogue.session import CampaignDraft, Task
from bot.dialogue.steps import audience
from bot.dialogue.turn import Scene, Turn

MOST_PHOTOS = 10  # one album on Telegram
MOST_WORDS = 800  # characters: with the line about opting out it still fits under a picture (1,024)
CLOCK = re.compile(
    r"\b(?P<said>jam|pukul|tabuh|at)?\s*(?P<hour>\d{1,2})(?(said)(?:[.:](?P<minute>\d{2}))?|[.:](?P<minutes>\d{2}))\b"
)
MORNING = time(8)
OPEN = frozenset({"planned", "sending"})
FILMS = frozenset({"video"})
NOW = frozenset({"sekarang", "ayeuna", "now"})


# ---------------------------------------------------------------- looking


def show(scene: Scene, argument: str) -> Turn:
    """The newest campaigns; a new one with "baru"; or the one that was named, with its figures."""
    if argument.strip().casefold() in ("baru", "new", "anyar"):
        return _ask_what(scene)
    if (campaign := scene.know.campaign) is not None:
        return _figures(scene, campaign)
    lines = [scene.say("campaigns"), *(_line(scene, each) for each in scene.know.campaigns)]
    if argument.strip():
        lines[0] = scene.say("campaign_unknown")
    elif not scene.know.campaigns:
        lines = [scene.say("campaigns_none")]
    each = tuple(Choice(f"siaran:{one.id}", scene.say("campaign_button", id=one.id)) for one in scene.know.campaigns)
    new = Choice("siaran:baru", scene.say("campaign_new_button"))
    return scene.reply("\n".join(lines), (new, *each), task=None, step="idle", campaign=None)


def _figures(scene: Scene, campaign: CampaignFacts) -> Turn:
    text = scene.say(
        "campaign_figures", id=campaign.id, awal=campaign.words[:80],
        tujuan=audience.in_words(scene, campaign.audience, campaign.groups),
        mulai=scene.speech.moment(campaign.starts_at), keadaan=scene.say(f"campaign_{campaign.state}"),
        semua=campaign.expected, terkirim=campaign.sent, sampai=campaign.delivered, dibaca=campaign.read,
        gagal=campaign.failed, ditarik=campaign.withdrawn, ditahan=campaign.held,
    )  # fmt: skip
    again = (Choice(f"siaran:{campaign.id}", scene.say("campaign_refresh_button")),)
    halt = (Choice(f"halt:{campaign.id}", scene.say("campaign_halt_button")),) if campaign.state in OPEN else ()
    return scene.reply(text, (*again, *halt), task=None, step="idle", campaign=None)


def _line(scene: Scene, campaign: CampaignFacts) -> str:
    return scene.say(
        "campaign_line", id=campaign.id, awal=campaign.words[:40], keadaan=scene.say(f"campaign_{campaign.state}"),
        terkirim=campaign.sent, semua=campaign.expected,
    )  # fmt: skip


def halt(scene: Scene, what: str) -> Turn:
    """Stop one: what is on its way arrives, the rest is not sent."""
    if scene.know.campaign is None:
        return show(scene, what or "?")
    text = scene.say("campaign_halted", id=scene.know.campaign.id, terkirim=scene.know.campaign.sent)
    again = Choice(f"siaran:{scene.know.campaign.id}", scene.say("campaign_figures_button"))
    return scene.reply(text, (again,), effects=(StopCampaign(scene.know.campaign.id),), task=None, step="idle")


# ---------------------------------------------------------------- making


def _ask_what(scene: Scene) -> Turn:
    text = scene.say("campaign_ask_what", foto=MOST_PHOTOS, huruf=MOST_WORDS)
    begun = scene.with_session(campaign=CampaignDraft(), task=Task("siaran", "", ""))
    return begun.reply(text, (_cancel(scene),), hope="words", step="siaran_what")


def take_file(scene: Scene, event: MediaShared) -> Turn:
    """A photo of the series, or the film; a caption is the words."""
    draft = _draft(scene)
    film = event.kind in FILMS
    if scene.session.step != "siaran_what" or event.kind not in ("photo", "video"):
        return scene.reply(scene.say("campaign_file_unused"), scene.session.offered)
    if len(draft.photos) >= MOST_PHOTOS or (film and draft.photos):
        return scene.reply(scene.say("campaign_files_enough", foto=MOST_PHOTOS), scene.session.offered)
    kept = scene.with_session(campaign=replace(draft, photos=(*draft.photos, event.evidence)))
    if event.caption:
        return take_words(kept, event.caption)
    if event.album and event.album == scene.session.album:
        return kept.quietly(campaign=_draft(kept))
    text = scene.say("campaign_file_taken", n=len(draft.photos) + 1)
    return kept.reply(text, (_cancel(scene),), hope="words", album=event.album)


def take_words(scene: Scene, text: str) -> Turn:
    """What is typed while a campaign is made."""
    match scene.session.step:
        case "siaran_what":
            return _take_text(scene, text)
        case "siaran_who":
            return _take_audience(scene, text)
        case "siaran_when":
            return _take_moment(scene, text)
    return _preview(scene)


def _take_text(scene: Scene, text: str) -> Turn:
    draft = _draft(scene)
    words = f"{draft.words}\n\n{text}".strip()
    if len(words) > MOST_WORDS:
        key = scene.say("campaign_too_long", lebih=len(words) - MOST_WORDS, huruf=MOST_WORDS)
        return scene.reply(key, (_cancel(scene),), hope="words")
    return _ask_who(scene.with_session(campaign=replace(draft, words=words)))


def _ask_who(scene: Scene, before: str = "") -> Turn:
    text = f"{before}\n\n{scene.say('campaign_ask_who')}".strip()
    return scene.reply(text, (*audience.offered(scene), _cancel(scene)), hope="words", step="siaran_who")


def _ask_which_groups(scene: Scene) -> Turn:
    text, groups = audience.to_choose_from(scene)
    offered = (*groups, _cancel(scene)) if groups else ()
    return scene.reply(text, offered, hope="words", step="siaran_who")


def _take_audience(scene: Scene, text: str) -> Turn:
    whom = audience.named(scene, text)
    return _ask_when(scene, whom) if whom else _ask_who(scene, scene.say("campaign_who_unknown"))


def _ask_when(scene: Scene, whom: str, before: str = "") -> Turn:
    known = scene.with_session(campaign=replace(_draft(scene), audience=whom))
    offered = (
        Choice("when:now", scene.say("campaign_now_button")),
        Choice("when:tomorrow", scene.say("campaign_tomorrow_button")),
        _cancel(scene),
    )
    return known.reply(
        f"{before}\n\n{scene.say('campaign_ask_when')}".strip(), offered, hope="words", step="siaran_when"
    )


def _take_moment(scene: Scene, text: str) -> Turn:
    said = text.strip().casefold()
    moment = _local_now(scene) if said in NOW else moment_in(text, _local_now(scene))
    if moment is None:
        return _ask_when(scene, _draft(scene).audience, scene.say("campaign_when_unknown"))
    if moment < _local_now(scene) - timedelta(minutes=1):
        return _ask_when(scene, _draft(scene).audience, scene.say("campaign_when_past"))
    return _preview(scene.with_session(campaign=replace(_draft(scene), starts_at=moment.isoformat())))


def _preview(scene: Scene) -> Turn:
    """The bubble as it will look, and below it who gets it when."""
    draft = _draft(scene)
    body = f"{draft.words}\n\n{scene.say('campaign_footer', kota=scene.know.city.name)}"
    below = scene.say(
        "campaign_preview", tujuan=audience.in_words(scene, draft.audience), n=scene.know.audience_size,
        mulai=scene.speech.moment(datetime.fromisoformat(draft.starts_at)),
    )  # fmt: skip
    offered = (
        Choice("go:now", scene.say("campaign_go_button")),
        Choice("go:words", scene.say("campaign_change_button")),
        _cancel(scene),
    )
    return scene.reply(f"{body}\n\n———\n{below}", offered, photos=draft.photos, step="siaran_check")


def take_choice(scene: Scene, kind: str, what: str) -> Turn | None:
    """A tap that answers a question of this talk; None for any other."""
    if scene.session.campaign is None:
        return None
    match kind, what:
        case "aud", "choose":
            return _ask_which_groups(scene)
        case "aud", _:
            return _ask_when(scene, what)
        case "when", _:
            moment = _moment(scene, what)
            return _preview(scene.with_session(campaign=replace(_draft(scene), starts_at=moment.isoformat())))
        case "go", "now":
            return _let_go(scene)
        case "go", _:
            return _ask_what(scene)
    return scene.reply(scene.say("staff_cancelled"), _list_choice(scene), task=None, step="idle", campaign=None)


def _let_go(scene: Scene) -> Turn:
    draft = _draft(scene)
    starts_at = datetime.fromisoformat(draft.starts_at)
    text = scene.say("campaign_planned_for", n=scene.know.audience_size, mulai=scene.speech.moment(starts_at))
    effect = PlanCampaign(draft, starts_at)
    return scene.reply(text, _list_choice(scene), effects=(effect,), task=None, step="idle", campaign=None)


def refused(scene: Scene, event: ActRefused) -> Turn:
    """It cannot go yet, or to nobody: what was made is kept, and can be sent again."""
    return scene.reply(scene.say(event.code), scene.session.offered)


# ---------------------------------------------------------------- times and names


def moment_in(text: str, now: datetime) -> datetime | None:
    """The moment that "senin depan 09.00", "besok" (at eight) or "jam 15.30" means, in the zone of ``now``; None when it is none."""
    found = date_in(text, now.date())
    clock = CLOCK.search(found.rest if found else text.lower())
    if (found is None and clock is None) or (found is not None and found.day is None):
        return None
    try:
        hour = time(int(clock["hour"]), int(clock["minute"] or clock["minutes"] or 0)) if clock else MORNING
    except ValueError:
        return None
    day = found.day if found and found.day else now.date()
    return datetime.combine(day, hour, tzinfo=now.tzinfo)


def _moment(scene: Scene, what: str) -> datetime:
    now = _local_now(scene)
    return now if what == "now" else datetime.combine(now.date() + timedelta(days=1), MORNING, tzinfo=now.tzinfo)


def _local_now(scene: Scene) -> datetime:
    return scene.know.now.astimezone(scene.know.city.timezone)


def _draft(scene: Scene) -> CampaignDraft:
    return scene.session.campaign or CampaignDraft()


def _cancel(scene: Scene) -> Choice:
    return Choice("stop", scene.say("choice.cancel"))


def _list_choice(scene: Scene) -> tuple[Choice, ...]:
    return (Choice("siaran:", scene.say("campaign_list_button")),)


WORDS: Mapping[str, Callable[[Scene, str], Turn]] = dict.fromkeys(
    ("siaran_what", "siaran_who", "siaran_when", "siaran_check"), take_words
)
"""By step: what takes the words that are typed then."""
