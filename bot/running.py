"""``kentongan run``: one process with the web server inside, and a clean end."""

import asyncio
import contextlib
import signal
import socket
import sys
from collections.abc import Iterator

import uvicorn

from bot.app import Kentongan
from bot.channels.base import ChannelUnavailable
from bot.jobs.process_lock import AlreadyRunning
from bot.opening import alone, channels_for
from bot.settings import Settings
from bot.web.server import web_app
from cities.loading import load_city

FINISH_REQUESTS = 2  # seconds that a request under way may take at shutdown


async def serve(settings: Settings) -> int:
    """Run until SIGINT or SIGTERM; the exit code. What a person must mend is printed with its remedy."""
    try:
        with contextlib.ExitStack() as stack:
            stack.enter_context(alone(settings))
            listening = stack.enter_context(_listen(settings))
            channels = channels_for(settings, load_city(settings.city), settings.data_dir / "media")
            await _serve(Kentongan(settings, channels), listening)
    except (AlreadyRunning, PortTaken, ChannelUnavailable) as fault:
        print(fault, file=sys.stderr)
        return 2
    return 0


async def _serve(kentongan: Kentongan, listening: socket.socket) -> None:
    config = uvicorn.Config(
        web_app(kentongan),
        log_config=None,
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=FINISH_REQUESTS,
        proxy_headers=True,
        server_header=False,
    )
    server = _Server(config, kentongan)
    async with kentongan.running():
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        await asyncio.sleep(0)
        print("\n".join(banner(kentongan)), flush=True)
        await serving


class _Server(uvicorn.Server):
    """uvicorn, with the signals in our own hands: it would raise them again at the end."""

    def __init__(self, config: uvicorn.Config, kentongan: Kentongan) -> None:
        super().__init__(config)
        self._kentongan = kentongan

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, self._end)
        try:
            yield
        finally:
            for name in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(name)

    def _end(self) -> None:
        self._kentongan.announce_stop()
        if self.should_exit:
            self.force_exit = True
        self.should_exit = True


# ---------------------------------------------------------------- what is said at start


def banner(kentongan: Kentongan) -> list[str]:
    """What is on, what is off and why, in at most twelve lines."""
    settings, address = kentongan.settings, kentongan.settings.public_url or kentongan.settings.local_url
    lines = [f"Kentongan for {kentongan.city.name}"]
    lines.append(_line("web chat", "on " if settings.web_chat else "off", f"{address}/chat" if settings.web_chat else
                       "HOST is not this machine only: set KENTONGAN_WEB_CHAT=true to open it to everybody"))  # fmt: skip
    lines.append(_line("report status", "on ", f"{address}/lacak"))
    for source, name, variable in (
        ("telegram:citizen", "Telegram, citizens", "KENTONGAN_TELEGRAM_CITIZEN_TOKEN is not set"),
        ("telegram:staff", "Telegram, staff", "KENTONGAN_TELEGRAM_STAFF_TOKEN is not set"),
        ("whatsapp:citizen", "WhatsApp", "the KENTONGAN_WHATSAPP_ variables are not set"),
    ):
        lines.append(_channel_line(kentongan, source, name, variable))
    lines.append(_line("demonstration", "on " if settings.demo else "off", _demo(settings)))
    lines.append(_line("data", "   ", f"{settings.database_label}; files and the secret key in {settings.data_dir}/"))
    lines.append("Ctrl-C stops it.")
    return lines


def _channel_line(kentongan: Kentongan, source: str, name: str, variable: str) -> str:
    state = kentongan.states.get(source)
    if state is None:
        return _line(name, "off", variable)
    if not state.on:
        return _line(name, "off", state.reason)
    username = getattr(kentongan.channels[source], "username", "")
    how = "polling" if kentongan.settings.polling and source.startswith("telegram") else "webhook"
    return _line(name, "on ", f"@{username}, {how}" if username else how)


def _demo(settings: Settings) -> str:
    if settings.demo:
        return "whoever opens the chat may play citizen, administrator and narahubung"
    return "roles are real; it can be tried only without a token and without PUBLIC_URL"


def _line(name: str, state: str, words: str) -> str:
    return f"  {name:<19} {state}  {words}"


# ---------------------------------------------------------------- the port


class PortTaken(Exception):
    """Something else listens there; the sentence names the setting."""


@contextlib.contextmanager
def _listen(settings: Settings) -> Iterator[socket.socket]:
    """The socket, taken before anything else is built. Raises PortTaken."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((settings.host, settings.port))
        except OSError as error:
            raise PortTaken(
                f"Port {settings.port} of {settings.host} cannot be used ({error.strerror}). "
                f"Stop what listens there, or set KENTONGAN_PORT to another port."
            ) from error
        yield listening
