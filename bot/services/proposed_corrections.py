"""What a reporter put right after filing: a correction that staff see on the card and take over with one tap."""

from bot.dialogue import news_words, where_words
from bot.dialogue.knowledge import CorrectionFacts, Heard
from bot.dialogue.steps.read_back import summary
from bot.dialogue.words import plain
from bot.services.office import Office
from bot.services.places import place_of
from bot.services.places_put_right import denied, put_right
from storage import Tx, notes
from storage import reports as kept
from storage.tables import Report

REPORTER = "pelapor"


def proposed(tx: Tx, office: Office, report: Report) -> CorrectionFacts | None:
    """The reporter's newest correction that the report does not show yet; None where there is none.

    Where nobody can tell by the words what should be otherwise, the words alone.
    """
    assert report.id is not None
    for note in reversed(notes.notes_of(tx, report.id)):
        words = notes.text_of(tx, note)
        if note.actor == REPORTER and news_words.puts_filed_right(words):
            return _not_taken_over(tx, office, report, words)
    return None


def _not_taken_over(tx: Tx, office: Office, report: Report, words: str) -> CorrectionFacts | None:
    if office.hear is None:
        return CorrectionFacts(words)
    meant = put_right(words) or words
    heard, said = office.hear(meant), kept.place_words_of(tx, report)
    category = _category(office, heard, meant)
    closer = "" if category or heard.place else _closer(meant)
    there, here = heard.place, place_of(report)
    moved = there is not None and (here is None or summary(there) != summary(here))
    reworded = _reworded(said, denied(words), closer) if closer and plain(closer) not in plain(said) else ""
    found = CorrectionFacts(
        words,
        category="" if category == report.category else category,
        place=there if moved else None,
        place_words=heard.place_words if moved else reworded,
    )
    read = bool(category or there or closer)
    return found if found.can_be_taken or not read else None


def _category(office: Office, heard: Heard, meant: str) -> str:
    """The category that the words surely name; "" where they only say where, or speak of danger."""
    best, _ = heard.categories[0]
    none = (office.city.fallback_category, office.city.emergency.category)
    only_where = bool(heard.place_words) and where_words.says_only_where(meant, heard.place_words)
    return best if heard.category_sure and best not in none and not only_where else ""


def _closer(meant: str) -> str:
    """The words that say where, for a place that no map knows ("gang 5"); "" where they say nothing of one."""
    said = [word for word in meant.split() if not where_words.only_corrects(word)]
    place = " ".join(said).strip(" ,.;")
    return place if where_words.sounds_like_a_place(place) or where_words.names_a_street(place) else ""


def _reworded(said: str, instead_of: str, closer: str) -> str:
    """The words for the place with what is right in the place of what was wrong; before them where that is not among them."""
    at = said.casefold().find(instead_of.casefold()) if instead_of else -1
    if at >= 0:
        return f"{said[:at]}{closer}{said[at + len(instead_of) :]}"
    return ", ".join(part for part in (closer, said) if part)
