"""What we remember between two turns, to and from JSON with a version."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from bot.dialogue.knowledge import PlaceFound
from bot.dialogue.replies import Choice

VERSION = 1
"""Raise it with every change that an older JSON does not fit, and add a function to UPGRADES."""


class SessionUnreadable(Exception):
    """A stored session cannot be read; what could be saved of the draft's words is in ``description``."""

    def __init__(self, why: str, description: str = "") -> None:
        super().__init__(why)
        self.description = description


IN_DANGER = ("emergency", "care", "bystander")
"""The steps at which somebody may be in danger: they are asked for nothing that can wait."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A report that is not filed yet."""

    description: str = ""
    kind: str = "pengaduan"
    category: str = ""  # "" until it is known
    category_confidence: float = 0.0
    category_options: tuple[str, ...] = ()  # best first
    sub_category: str = ""
    priority: str = ""
    place: PlaceFound | None = None
    place_words: str = ""  # the citizen's own words
    place_options: tuple[PlaceFound, ...] = ()  # when several places share a name
    place_settled: bool = False  # asked often enough, or confirmed
    photo_place: PlaceFound | None = None  # where one of the photos says it was taken
    photo_beside: tuple[PlaceFound, ...] = ()  # the same point beyond a border that is metres away
    evidence: tuple[int, ...] = ()
    privacy: str = "anonim"
    privacy_chosen: bool = False
    similar_settled: bool = False
    needs_check: bool = False
    danger: str = ""  # kind of emergency that the words spoke of
    sub_options: tuple[tuple[str, str], ...] = ()  # by category: the sub-category, should it be that one
    neighbour: bool = False  # a KIM member tells it for somebody else, who agreed
    campaign: str = ""  # the poster or broadcast that brought it about
    doubtful: bool = False  # its words read as no report


@dataclass(frozen=True, slots=True)
class Task:
    """What a member of staff is in the middle of."""

    command: str
    number: str
    status: str  # as it was when the task began
    note: str = ""
    agency: str = ""  # that was chosen
    receiver: str = ""  # the same by a free name
    way: str = ""  # how a referral travels
    day: str = ""  # that was named, as YYYY-MM-DD
    agencies: tuple[str, ...] = ()  # picked so far, of several


@dataclass(frozen=True, slots=True)
class CampaignDraft:
    """A campaign that an administrator is making."""

    words: str = ""
    photos: tuple[int, ...] = ()  # evidence: photos or one film
    audience: str = ""  # as of `CampaignFacts`
    starts_at: str = ""  # ISO; "" until it is said


@dataclass(frozen=True, slots=True)
class Line:
    """One report of a batch that is not filed yet."""

    draft: Draft
    items: tuple[int, ...]  # the gathered messages that it is made of, in order
    whose: str = ""  # mine, neighbour; "": as the batch
    like: str = ""  # number of an open report that tells the same
    like_mine: bool = False  # that report is the person's own: this one is added to it
    apart: bool = False  # said to be another problem than `like`
    contact: str = ""  # of the neighbour


@dataclass(frozen=True, slots=True)
class Batch:
    """Forwarded messages that were read together, until their reports are filed; afterwards what they are called."""

    lines: tuple[Line, ...] = ()
    left: tuple[int, ...] = ()  # messages that are no report
    whose: str = ""  # mine, neighbour; "" until it was asked
    missing: bool = False  # the complete ones are filed: we wait for what the others lack
    filed: tuple[str, ...] = ()  # numbers, as listed
    albums: tuple[
        tuple[str, str], ...
    ] = ()  # of filed messages: the platform's name of an album, and the report's number
    lines_before: tuple[Line, ...] = ()  # as they stood before the last correction, which can be taken back
    left_before: tuple[int, ...] = ()
    shown: int = 0  # turn of the list as it stands, whose buttons stay good; 0: the last question


@dataclass(frozen=True, slots=True)
class Source:
    """A message whose words stand in a draft or a report, so that it can still be edited."""

    message: str  # the platform's own id of it; "" where it tells none
    words: str
    number: str = ""  # of the report; "" while it is a draft


@dataclass(frozen=True, slots=True)
class Poster:
    """What a deep link or QR code proposes for the report that follows."""

    place: PlaceFound | None
    category: str
    campaign: str
    until: str  # ISO time from which it proposes nothing any more


@dataclass(frozen=True, slots=True)
class Held:
    """What was sent, while we ask which report it belongs to."""

    words: str = ""
    evidence: tuple[int, ...] = ()
    place: PlaceFound | None = None
    turn: int = 0  # the question; after another one it is not looked at any more


@dataclass(frozen=True, slots=True)
class Session:
    """One person's talk in one chat. A value: the same JSON is the same talk."""

    step: str = "idle"
    turn: int = 0
    language: str = ""  # "" until the first words tell
    language_chosen: bool = False  # asked for by name: it stays, whatever is written
    draft: Draft | None = None
    offered: tuple[Choice, ...] = ()
    later: tuple[Draft, ...] = ()  # other problems that were told meanwhile; they come next
    tries: int = 0  # misunderstandings in this draft
    about: str = ""  # number of the report that the talk is about
    wants_photo: bool = False  # a photo sent now belongs to `about`
    album: str = ""  # the one that was answered last; its other files need no word
    task: Task | None = None
    whole: Draft | None = None  # of a message that was taken for two problems: the one report that it may be after all
    whole_offered: bool = False  # said already that it may be one
    told: tuple[Source, ...] = ()  # what the draft and the last reports were made from, oldest first
    nudged: bool = False  # the draft was left alone and recalled once
    past: tuple[str, ...] = ()  # steps whose questions were answered in this draft, oldest first
    searched: str = ""  # what staff looked for last
    awaits_sheet: int = 0  # evidence of a sheet that staff sent; 0 for none
    undone: Draft | None = None  # as it was before an answer was to be given anew; "kirim" takes it back
    held: Held | None = None  # an answer of which we asked where it belongs
    desk: str = ""  # JSON of the talk with the back office where both share a chat; "" for none
    at_desk: bool = False  # the back office spoke last there
    lately: tuple[str, ...] = ()  # the last lines of the talk, for a person who may take it over
    poster: Poster | None = None  # opened before this report was told
    campaign: CampaignDraft | None = None
    batch: Batch | None = None

    def to_json(self) -> str:
        """As stored."""
        return json.dumps({"version": VERSION, **asdict(self)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Session":
        """From what was stored by this or an older release. Raises SessionUnreadable."""
        try:
            raw = json.loads(text)
            for version in range(raw["version"], VERSION):
                raw = UPGRADES[version](raw)
            if raw.pop("version") != VERSION:
                raise ValueError("written by a newer release")
            return _session(raw)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise SessionUnreadable(f"stored session: {error}", _words_of_draft(text)) from error


STAYS = frozenset(
    {"turn", "desk", "at_desk", "language", "language_chosen", "later", "album", "told", "batch", "lately", "poster"}
)
"""What outlives a draft."""

UPGRADES: Mapping[int, Any] = {}
"""For each old version, what turns its JSON into the next one's."""


def _session(raw: dict[str, Any]) -> Session:
    return Session(
        **{
            **raw,
            "draft": _draft(raw["draft"]) if raw["draft"] else None,
            "later": tuple(_draft(each) for each in raw.get("later", ())),
            "offered": tuple(Choice(**choice) for choice in raw["offered"]),
            "task": _task(raw["task"]) if raw["task"] else None,
            "undone": _draft(raw["undone"]) if raw.get("undone") else None,
            "held": _held(raw["held"]) if raw.get("held") else None,
            "lately": tuple(raw.get("lately", ())),
            "whole": _draft(raw["whole"]) if raw.get("whole") else None,
            "told": tuple(Source(**each) for each in raw.get("told", ())),
            "past": tuple(raw.get("past", ())),
            "poster": _poster(raw["poster"]) if raw.get("poster") else None,
            "campaign": _campaign(raw["campaign"]) if raw.get("campaign") else None,
            "batch": _batch(raw["batch"]) if raw.get("batch") else None,
        }
    )


def _task(raw: dict[str, Any]) -> Task:
    return Task(**{**raw, "agencies": tuple(raw.get("agencies", ()))})


def _campaign(raw: dict[str, Any]) -> CampaignDraft:
    return CampaignDraft(**{**raw, "photos": tuple(raw["photos"])})


def _batch(raw: dict[str, Any]) -> Batch:
    albums = tuple((album, number) for album, number in raw.get("albums", ()))
    return Batch(
        **{
            **raw,
            "lines": tuple(map(_line, raw["lines"])),
            "left": tuple(raw["left"]),
            "filed": tuple(raw["filed"]),
            "albums": albums,
            "lines_before": tuple(map(_line, raw.get("lines_before", ()))),
            "left_before": tuple(raw.get("left_before", ())),
        }
    )


def _line(raw: dict[str, Any]) -> Line:
    return Line(**{**raw, "draft": _draft(raw["draft"]), "items": tuple(raw["items"])})


def _held(raw: dict[str, Any]) -> Held:
    place = PlaceFound(**raw["place"]) if raw["place"] else None
    return Held(**{**raw, "evidence": tuple(raw["evidence"]), "place": place})


def _draft(raw: dict[str, Any]) -> Draft:
    return Draft(
        **{
            **raw,
            "place": PlaceFound(**raw["place"]) if raw["place"] else None,
            "photo_place": PlaceFound(**raw["photo_place"]) if raw.get("photo_place") else None,
            "photo_beside": tuple(PlaceFound(**place) for place in raw.get("photo_beside", ())),
            "place_options": tuple(PlaceFound(**place) for place in raw["place_options"]),
            "category_options": tuple(raw["category_options"]),
            "evidence": tuple(raw["evidence"]),
            "sub_options": tuple((category, sub) for category, sub in raw.get("sub_options", ())),
        }
    )


def _poster(raw: dict[str, Any]) -> Poster:
    return Poster(**{**raw, "place": PlaceFound(**raw["place"]) if raw["place"] else None})


def _words_of_draft(text: str) -> str:
    try:
        return str(json.loads(text)["draft"]["description"])
    except (KeyError, TypeError, ValueError):
        return ""


def fresh(session: Session) -> Session:
    """The same person with nothing begun: language, turn and what waits for later stay."""
    blank = Session()
    return replace(session, **{f.name: getattr(blank, f.name) for f in fields(Session) if f.name not in STAYS})
