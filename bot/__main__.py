"""The commands: ``kentongan run | chat | migrate | staff add | city check | sp4n`` (= ``python -m bot ...``)."""

import asyncio
import os
import signal
import sys
from collections.abc import Coroutine
from typing import Annotated, Any, NoReturn

import typer

from bot.command_line import CannotGoOn, log_at, read_settings
from bot.exchange_commands import sp4n
from bot.poster_command import qr
from bot.settings import SettingsError
from bot.whatsapp_commands import whatsapp

signal.signal(signal.SIGINT, lambda *_: os._exit(0))
"""Until a command takes over: Ctrl-C while seconds of imports go by is a clean end too."""

cli = typer.Typer(
    name="kentongan",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="What a city types to run its bot (also: python -m bot ...).",
)
staff = typer.Typer(no_args_is_help=True, help="People of the back office.")
city = typer.Typer(no_args_is_help=True, help="The city's own data.")
cli.add_typer(staff, name="staff")
cli.add_typer(city, name="city")
cli.add_typer(sp4n, name="sp4n")
cli.add_typer(whatsapp, name="whatsapp")


@cli.command()
def run(
    *, demo_if_no_token: Annotated[bool, typer.Option(help="Without any token, turn the demonstration on.")] = False
) -> None:
    """Start the bot, its web pages and its clock."""
    settings = read_settings(demo_if_no_token=demo_if_no_token)
    log_at(settings.log_level)
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
    settings = read_settings()
    log_at("ERROR")
    _end_with(talk(settings, as_, person or as_))


@cli.command()
def migrate() -> None:
    """Bring the database to this release."""
    from bot.opening import open_database
    from bot.services.clock import Clock

    settings = read_settings()
    open_database(settings, Clock().now()).close()
    typer.echo(f"{settings.database_label} is up to date.")


@cli.command()
def corrections() -> None:
    """Print what administrators corrected and confirmed, as rows for `python -m nlp train --extra FILE`."""
    from bot.opening import open_database
    from bot.services.clock import Clock
    from bot.services.training_rows import training_rows
    from cities.loading import load_city

    settings = read_settings()
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

    settings = read_settings()
    log_at("ERROR")
    try:
        typer.echo(asyncio.run(invitation(settings, role, agency, Clock().now())))
    except WrongInvitation as error:
        raise CannotGoOn(f"Nobody was invited: {error}.") from error


cli.command()(qr)


@city.command()
def check(name: Annotated[str, typer.Argument(help="A folder under cities/, or a path")] = "") -> None:
    """Check a city's data: every fault with its file, its key and the remedy; then what its rules by place do."""
    from cities.loading import load_city
    from cities.routes import check_areas, explained

    found = load_city(name or read_settings().city)
    check_areas(found)
    typer.echo(
        f"{found.name}: {len(found.categories)} categories, {len(found.agencies)} agencies, {len(found.statuses)} statuses, "
        f"{len(found.transitions)} moves. No fault found (version {found.version})."
    )
    for line in explained(found) or ["none"]:
        typer.echo(f"Rule by place: {line}")


def _end_with(work: Coroutine[Any, Any, int]) -> NoReturn:
    """Run to the end, or until Ctrl-C, which is a clean end too, also while the program still starts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        sys.exit(asyncio.run(work))
    except KeyboardInterrupt:
        sys.exit(0)


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
