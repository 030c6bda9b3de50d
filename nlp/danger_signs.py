"""How likely the classifier must find danger before anybody is alarmed: the more the words say of it, the less."""

from dataclasses import dataclass

SURELY_ABOUT = 0.8
"""How likely a category of the city must be for the message to be about it, and not about danger or somebody's despair."""
READ_AS_DANGER = 0.5
"""How likely the category of emergencies must be for the message to be read as one of danger."""

# set on held_back/, on ordinary real complaints and on sentences of the day (MODEL_CARD.md)
_ENGLISH_CUE = 0.02
_CUE = 0.15
_CUE_IN_A_MATTER = 0.20
_WORD = 0.31
_WORD_IN_A_MATTER = 0.50
_FAREWELL = 0.31
_CLEAR = 0.45
_NOTHING = 0.56
_NOTHING_IN_A_MATTER = 0.75
_DOUBTED = 0.49
_NO_REPORT = 0.85


@dataclass(frozen=True, slots=True)
class Signs:
    """What the words of a message say of danger, before the classifier is asked."""

    cue: bool = False
    """A phrase that the city lists for a kind of emergency."""
    english: bool = False
    """That phrase is English, which the model reads worst."""
    doubted: bool = False
    """It is denied, past, feared, asked about, a mistake, a film or a joke."""
    word: bool = False
    """A single word that occurs where there is danger, such as blood or smoke."""
    clear: bool = False
    """No such word, but the category is that of emergencies, or all that the classifier sees is of one kind."""
    farewell: bool = False
    """No such word, but all that the classifier sees is somebody who may hurt themselves: goodbyes have no words of their own."""
    matter: bool = False
    """The message is surely about something that the city looks after."""
    no_report: bool = False
    """The message is surely no report at all: thanks, talk, a joke."""

    @property
    def enough(self) -> float:
        """The probability of danger from which it is one."""
        if self.no_report:
            return _NO_REPORT
        if self.doubted:
            return _DOUBTED
        if self.english:
            return _ENGLISH_CUE
        if self.cue:
            return _CUE_IN_A_MATTER if self.matter else _CUE
        if self.word:
            return _WORD_IN_A_MATTER if self.matter else _WORD
        if self.matter:
            return _NOTHING_IN_A_MATTER
        if self.farewell:
            return _FAREWELL
        return _CLEAR if self.clear else _NOTHING
