"""One turn of a talk, and the scene in which it is played."""

from dataclasses import dataclass, replace
from typing import Any

from bot.dialogue.effects import Effect, Say
from bot.dialogue.events import MediaShared
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.replies import Choice, Hope, Reply
from bot.dialogue.session import Draft, Session, fresh
from bot.dialogue.texts import Speech, speech_for


@dataclass(frozen=True, slots=True)
class Turn:
    """What is remembered after an event, and what is to be done."""

    session: Session
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """What a step can see: the talk so far and the facts of this turn."""

    session: Session
    know: Knowledge
    file: MediaShared | None = None  # under which a command stood

    @property
    def speech(self) -> Speech:
        return speech_for(self.know.city, self.session.language)

    @property
    def draft(self) -> Draft:
        """The report being made; an empty one when none is."""
        return self.session.draft or Draft()

    def say(self, key: str, **values: object) -> str:
        return self.speech.say(key, **values)

    def choices(self, *values: str) -> tuple[Choice, ...]:
        """Choices under the city's own labels."""
        return tuple(self.speech.choice(value) for value in values)

    def with_draft(self, **changes: Any) -> "Scene":
        """The same scene after the draft has changed."""
        return replace(self, session=replace(self.session, draft=replace(self.draft, **changes)))

    def with_session(self, **changes: Any) -> "Scene":
        return replace(self, session=replace(self.session, **changes))

    def cleared(self) -> "Scene":
        """The same person with nothing begun."""
        return replace(self, session=fresh(self.session))

    def reply(
        self,
        text: str,
        choices: tuple[Choice, ...] = (),
        *,
        hope: Hope = "nothing",
        photos: tuple[int, ...] = (),
        enclosed: tuple[str, ...] = (),
        effects: tuple[Effect, ...] = (),
        **changes: Any,
    ) -> Turn:
        """Say one thing and offer choices; everything offered before is void."""
        turn = self.session.turn + 1
        session = replace(self.session, **{"turn": turn, "offered": choices, **changes})
        return Turn(session, (*effects, Say(Reply(text, choices, hope, photos, turn, enclosed))))

    def quietly(self, *effects: Effect, **changes: Any) -> Turn:
        """Do something without a word."""
        return Turn(replace(self.session, **changes), effects)
