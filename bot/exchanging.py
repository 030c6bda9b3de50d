"""``kentongan sp4n export | import``: referred reports to a file, and the answers of outside agencies from one."""

from datetime import datetime
from pathlib import Path

from bot.dialogue.texts import speech_for
from bot.opening import open_database
from bot.services import sp4n, sp4n_answers
from bot.services.office import open_office
from bot.services.sheets import SheetUnreadable, read_sheet
from bot.settings import Settings
from cities.loading import load_city

SUFFIXES = (".csv", ".xlsx")


class CannotExchange(Exception):
    """What a person must mend first; the sentences name each bad line."""


def export_to(settings: Settings, file: Path, now: datetime) -> str:
    """Write every report that lies with an outside agency; what was done, in a sentence. Raises CannotExchange."""
    suffix = file.suffix.lower()
    if suffix not in SUFFIXES:
        raise CannotExchange(f"{file}: the name must end with {' or '.join(SUFFIXES)}.")
    office, db = open_office(load_city(settings.city), ""), open_database(settings, now)
    try:
        exported = db.read_sync(sp4n.export, office)
    finally:
        db.close()
    try:
        file.write_bytes(sp4n.as_file(exported, suffix))
    except OSError as error:
        raise CannotExchange(f"{file} cannot be written: {error.strerror}.") from error
    return f"{file}: {len(exported.rows)} reports; {exported.left_out} confidential ones left out."


def import_from(settings: Settings, file: Path, now: datetime) -> str:
    """Take the answers of a file, all or none; what was done, in a sentence. Raises CannotExchange."""
    city = load_city(settings.city)
    speech = speech_for(city, "en")
    try:
        told, faults = sp4n.answers_in(read_sheet(file.read_bytes()))
    except OSError as error:
        raise CannotExchange(f"{file} cannot be read: {error.strerror}.") from error
    except SheetUnreadable as error:
        raise CannotExchange(f"{file}: {speech.say(f'staff_sheet_{error.code}')}") from error
    db = open_database(settings, now)
    try:
        if faults:
            raise sp4n_answers.SheetRefused(faults)
        taken = db.run_sync(sp4n_answers.take_answers, open_office(city, ""), told, None, now)
    except sp4n_answers.SheetRefused as refused:
        lines = [f"line {each.line}: {speech.say(each.code, **dict(each.values))}" for each in refused.faults]
        raise CannotExchange("\n".join([f"{file}: nothing was taken.", *lines])) from refused
    finally:
        db.close()
    return f"{file}: {taken.answers} answers and {taken.references} tracking numbers taken; {taken.unchanged} lines known already."
