"""``kentongan qr``: codes with which people report from a poster."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.command_line import CannotGoOn, log_at, read_settings


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
    from cities.loading import load_city

    settings = read_settings()
    log_at("ERROR")
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
