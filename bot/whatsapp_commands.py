"""``kentongan whatsapp billed | templates push | templates status``: what an operator does about the city's number there."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated

import typer

from bot.command_line import CannotGoOn, log_at, read_settings
from bot.settings import Settings

whatsapp = typer.Typer(no_args_is_help=True, help="The city's number on WhatsApp.")
templates = typer.Typer(no_args_is_help=True, help="Messages for people who have not written for a day.")
whatsapp.add_typer(templates, name="templates")


@whatsapp.command()
def billed(*, days: Annotated[int, typer.Option(min=1, help="So many days back, today included.")] = 31) -> None:
    """Print how many messages WhatsApp charged for, by day and price category."""
    from bot.billing import billed_lines
    from bot.services.clock import Clock

    typer.echo(billed_lines(read_settings(), days, Clock().now()))


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

    settings = read_settings()
    log_at("ERROR")
    try:
        typer.echo(asyncio.run(_answer(ask, settings, Clock().now())))
    except TemplatesUnavailable as error:
        raise CannotGoOn(str(error)) from error


async def _answer(ask: Callable[[Settings, datetime], Awaitable[str]], settings: Settings, now: datetime) -> str:
    return await ask(settings, now)
