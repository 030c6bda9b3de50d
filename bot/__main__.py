"""The commands: ``kentongan run | chat | migrate | staff add | city check | sp4n`` (= ``python -m bot ...``)."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import structlog
import typer

from bot.settings import Settings, SettingsError, load_settings

signal.signal(signal.SIGINT, lambda *_: os._exit(0))
"""Until a command takes over: Ctrl-C while seconds of imports go by is a clean end too."""

cli = typer.Typer(
    name="kentongan", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__
)
staff = typer.Typer(no_args_is_help=True, help="People of the back office.")
city = typer.Typer(no_args_is_help=True, help="The city's own data.")
cli.add_typer(staff, name="staff")
cli.add_typer(city, name="city")
sp4n = typer.Typer(no_args_is_help=True, help="Exchange with SP4N-LAPOR!, the national complaint system, by file.")
cli.add_typer(sp4n, name="sp4n")
whatsapp = typer.Typer(no_args_is_help=True, help="The city's number on WhatsApp.")
templates = typer.Typer(no_args_is_help=True, help="Messages for people who have not written for a day.")
whatsapp.add_typer(templates, name="templates")
cli.add_typer(whatsapp, name="whatsapp")


LOG_PROCESSORS: list[Any] = [
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper("iso"),
    structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
]
"""A plain traceback: the usual one prints what variables hold, which are people's words and our tokens."""


class CannotGoOn(Exception):
    """What a person must mend first; said without a traceback."""


@cli.command()
def run(
    *, demo_if_no_token: Annotated[bool, typer.Option(help="Without any token, turn the demonstration on.")] = False
) -> None:
    """Start the bot, its web pages and its clock."""
    settings = _settings(demo_if_no_token=demo_if_no_token)
    _log(settings.log_level)
    from bot.running import serve  # seconds of imports, which a wrong setting need not wait for

    _end_with(serve(settings))


@cli.command()
def chat(
    *,
    as_: Annotated[str, typer.Option("--as", help="citizen, administrator or narahubung")] = "citizen",
    person: Annotated[str, typer.Option(help="Talk as somebody else; everybody has a talk of their own.")] = "",
) -> None:
    """Talk to the bot in this terminal; every line you type is a message."""
    from bot.talking import PARTS, talk

    if as_ not in PARTS:
        raise CannotGoOn(f"--as {as_}: choose one of {', '.join(PARTS)}.")
    settings = _settings()
    _log("ERROR")
    _end_with(talk(settings, as_, person or as_))


@cli.command()
def migrate() -> None:
    """Bring the database to this release."""
    from bot.opening import open_database
    from bot.services.clock import Clock

    settings = _settings()
    open_database(settings, Clock().now()).close()
    typer.echo(f"{settings.database_label} is up to date.")


@cli.command()
def corrections() -> None:
    """Print what administrators corrected and confirmed, as rows for `python -m nlp train --extra FILE`."""
    from bot.opening import open_database
    from bot.services.clock import Clock
    from bot.services.training_rows import training_rows
    from cities.city import load_city

    settings = _settings()
    db = open_database(settings, Clock().now())
    try:
        for row in db.read_sync(lambda tx: list(training_rows(tx, load_city(settings.city)))):
            typer.echo(row)
    finally:
        db.close()


@staff.command()
def add(
    *,
    role: Annotated[str, typer.Option(help="administrator, narahubung, pimpinan or auditor")],
    agency: Annotated[str, typer.Option(help="Id of the agency, as in cities/<city>/agencies.yaml")] = "",
) -> None:
    """Print a one-time code, and a link, with which somebody joins the staff bot."""
    from bot.inviting import invitation
    from bot.services.clock import Clock
    from bot.services.staffing import WrongInvitation

    settings = _settings()
    _log("ERROR")
    try:
        typer.echo(asyncio.run(invitation(settings, role, agency, Clock().now())))
    except WrongInvitation as error:
        raise CannotGoOn(f"Nobody was invited: {error}.") from error


@cli.command()
def qr(
    *,
    place: Annotated[str, typer.Option(help="A kelurahan, landmark, stop or street: name, code or id.")] = "",
    rw: Annotated[str, typer.Option(help="RW within that kelurahan.")] = "",
    rt: Annotated[str, typer.Option(help="RT within that RW.")] = "",
    category: Annotated[str, typer.Option(help="Id of a category that the code proposes.")] = "",
    campaign: Annotated[str, typer.Option(help="Your own word for the campaign: A-Z a-z 0-9 -, at most 20.")] = "",
    number: Annotated[str, typer.Option(help="A report to follow, instead of a new one.")] = "",
    title: Annotated[str, typer.Option(help="What the sheet says on top.")] = "",
    csv: Annotated[
        Path | None, typer.Option(help="A CSV of codes: place, rw, rt, category, campaign, number, title.")
    ] = None,
    every: Annotated[str, typer.Option(help="One code for every place of a kind, such as kelurahan.")] = "",
    way: Annotated[str, typer.Option(help="telegram, whatsapp or web; usually the first that is on.")] = "",
    address: Annotated[
        str, typer.Option(help="Name of the bot, number with country code, or address of our pages.")
    ] = "",
    paper: Annotated[str, typer.Option(help="Also sheets to print, and one PDF of all: a5 or a4.")] = "",
    language: Annotated[str, typer.Option(help="Of the sheets: id, su or en.")] = "",
    out: Annotated[Path, typer.Option(help="Folder for the pictures; made when missing.")] = Path("qr"),
) -> None:
    """Make QR codes with which people report from a poster: a PNG each, and sheets to print."""
    from bot.inviting import citizen_address
    from bot.poster_sheet import PAPER
    from bot.posters import WAYS, Wanted, WrongPosters, links_for, rows_of, write
    from bot.posters import every as every_place
    from cities.city import load_city

    settings = _settings()
    _log("ERROR")
    if (way and way not in WAYS) or (paper and paper not in PAPER):
        raise CannotGoOn(f"--way is one of {', '.join(WAYS)}; --paper one of {', '.join(PAPER)}.")
    found = load_city(settings.city)
    if language and language not in found.languages:
        raise CannotGoOn(f"--language is one of {', '.join(found.languages)}.")
    try:
        one = Wanted(place, rw, rt, category, campaign, number, title)
        wanted = rows_of(csv) if csv else every_place(found, every) if every else [one]
        made = links_for(found, wanted)
        target = asyncio.run(citizen_address(settings, way, address))
        for link, file in write(found, made, target, out, paper, language):
            typer.echo(f"{file}  {link}")
    except WrongPosters as error:
        raise CannotGoOn(f"No code was made.\n{error}") from error
    except OSError as error:
        raise CannotGoOn(f"{error.filename or out}: {error.strerror}.") from error


@city.command()
def check(name: Annotated[str, typer.Argument(help="A folder under cities/, or a path")] = "") -> None:
    """Check a city's data: every fault with its file, its key and the remedy."""
    from cities.city import load_city

    found = load_city(name or _settings().city)
    typer.echo(
        f"{found.name}: {len(found.categories)} categories, {len(found.agencies)} agencies, {len(found.statuses)} statuses, "
        f"{len(found.transitions)} moves. No fault found (version {found.version})."
    )


@sp4n.command("export")
def export_reports(file: Annotated[Path, typer.Argument(help="To write: .csv or .xlsx")]) -> None:
    """Write every report that lies with an outside agency; answers can be filled in and imported again."""
    from bot.exchanging import export_to

    _exchange(export_to, file)


@sp4n.command("import")
def import_answers(file: Annotated[Path, typer.Argument(help="To read: .csv or .xlsx")]) -> None:
    """Take answers and tracking numbers, all or none: every bad line is named. The same file twice changes nothing."""
    from bot.exchanging import import_from

    _exchange(import_from, file)


def _exchange(do: Callable[[Settings, Path, datetime], str], file: Path) -> None:
    from bot.exchanging import CannotExchange
    from bot.services.clock import Clock

    settings = _settings()
    _log("ERROR")
    try:
        typer.echo(do(settings, file, Clock().now()))
    except CannotExchange as error:
        raise CannotGoOn(str(error)) from error


@whatsapp.command()
def billed(*, days: Annotated[int, typer.Option(min=1, help="So many days back, today included.")] = 31) -> None:
    """Print how many messages WhatsApp charged for, by day and price category."""
    from bot.billing import billed_lines
    from bot.services.clock import Clock

    typer.echo(billed_lines(_settings(), days, Clock().now()))


@templates.command()
def push() -> None:
    """Hand the templates of cities/<city>/templates.yaml to Meta for approval: new ones, and those worded anew."""
    from bot.templating import push_templates

    _about_templates(push_templates)


@templates.command()
def status() -> None:
    """Show how each template stands with Meta, and go by that from now on."""
    from bot.templating import show_templates

    _about_templates(show_templates)


def _about_templates(ask: Callable[[Settings, datetime], Awaitable[str]]) -> None:
    from bot.services.clock import Clock
    from bot.templating import TemplatesUnavailable

    settings = _settings()
    _log("ERROR")
    try:
        typer.echo(asyncio.run(_answer(ask, settings, Clock().now())))
    except TemplatesUnavailable as error:
        raise CannotGoOn(str(error)) from error


async def _answer(ask: Callable[[Settings, datetime], Awaitable[str]], settings: Settings, now: datetime) -> str:
    return await ask(settings, now)


def _end_with(work: Coroutine[Any, Any, int]) -> NoReturn:
    """Run to the end, or until Ctrl-C, which is a clean end too, also while the program still starts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        sys.exit(asyncio.run(work))
    except KeyboardInterrupt:
        sys.exit(0)


def _settings(*, demo_if_no_token: bool = False) -> Settings:
    settings = load_settings()
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotGoOn(
            f"KENTONGAN_DATA_DIR: the folder {settings.data_dir} cannot be made: {error.strerror}. Name one that can."
        ) from error
    return settings.demo_if_no_token() if demo_if_no_token else settings


def _log(level: str) -> None:
    """One line an event, on standard error; secrets are kept out by those who log."""
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    for name in ("httpx", "httpcore", "apscheduler", "aiogram", "alembic", "uvicorn"):
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))
    structlog.configure(
        processors=LOG_PROCESSORS,
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def main() -> Any:
    """Run a command; what a person can mend is one clear sentence and exit code 2."""
    from cities.faults import CityError
    from storage import DatabaseFromTheFuture, DatabaseInUse, DatabaseUnavailable, WrongKey

    try:
        return cli()
    except (DatabaseFromTheFuture, DatabaseInUse, DatabaseUnavailable, WrongKey) as error:
        typer.echo(f"KENTONGAN_DATABASE_URL: {error}", err=True)
        sys.exit(2)
    except (SettingsError, CityError, CannotGoOn) as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
