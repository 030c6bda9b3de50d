"""``kentongan sp4n export | import``: exchange with the national complaint system, by file."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.command_line import CannotGoOn, log_at, read_settings
from bot.settings import Settings

sp4n = typer.Typer(no_args_is_help=True, help="Exchange with SP4N-LAPOR!, the national complaint system, by file.")


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

    settings = read_settings()
    log_at("ERROR")
    try:
        typer.echo(do(settings, file, Clock().now()))
    except CannotExchange as error:
        raise CannotGoOn(str(error)) from error
