"""What each setting may hold. Every rule takes a value, returns it tidied, or raises with the fault and the remedy."""

import ipaddress
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from pydantic import SecretStr
from pydantic_core import PydanticCustomError

PREFIX = "KENTONGAN_"
CITIES = Path(__file__).parents[1] / "cities"
SHORTEST_SECRET = 32  # characters: 192 bits when generated, still enough when somebody typed it
WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # Bot API, setWebhook, "secret_token"
BOT_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")  # a bot's id and its key; a self-hosted server may give short ones
HOST_NAME = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*")  # RFC 1123, 2.1
CALL_PATH = re.compile(r"/bot(\d|/|$)|/v\d+(\.\d+)*(/|$)")  # what the vendors' own examples carry behind the root
WHATSAPP = (
    "whatsapp_access_token",
    "whatsapp_phone_number_id",
    "whatsapp_business_account_id",
    "whatsapp_app_secret",
    "whatsapp_verify_token",
)
TOKENS = ("telegram_citizen_token", "telegram_staff_token", *WHATSAPP)

REMEDIES = {  # for what pydantic finds by itself
    "port": "Give a whole number from 1 to 65535, for example 8080.",
    "web_chat": "Write true or false, or leave it out: then it is on only where KENTONGAN_HOST is this machine itself.",
    "demo": "Write true or false.",
    "log_level": "Write DEBUG, INFO, WARNING or ERROR.",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with one variable. Holds no secret."""

    variable: str  # as a person writes it, with the prefix
    wrong: str  # continues the variable's name into a sentence
    remedy: str


class SettingsError(Exception):
    """The settings cannot be used; the text lists every fault with its remedy."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        count = "One setting needs" if len(self.faults) == 1 else f"{len(self.faults)} settings need"
        lines = (f"  {fault.variable} {fault.wrong}\n    {fault.remedy}" for fault in self.faults)
        super().__init__("\n".join((f"{count} attention:", *lines)))


def variable(field: str) -> str:
    """The name under which people write the setting `field`."""
    return PREFIX + field.upper()


def is_loopback(host: str) -> bool:
    """Whether only this machine itself can reach `host`, a name or an address without brackets."""
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost" or host.endswith(".localhost")  # RFC 6761, 6.3


def city(name: str) -> str:
    """Name a folder under cities/, or give the path of another."""
    if (CITIES / name).is_dir() or Path(name).is_dir():
        return name
    known = sorted(folder.name for folder in CITIES.iterdir() if folder.is_dir() and folder.name[0] not in "_.")
    remedy = f"Give one of: {', '.join(known)}; or the path of a folder made like them."
    raise _wrong(f"names no city: {name!r}.", remedy)


def data_dir(path: Path) -> Path:
    """Name a folder, there or to be made."""
    path = path.expanduser()
    if path.exists() and not path.is_dir():
        raise _wrong(f"is a file: {str(path)!r}.", "Give a folder; it is made when it does not exist.")
    return path


def database_url(url: str) -> str:
    """Name a SQLite file, or a PostgreSQL server by the driver that we use."""
    if url.startswith("sqlite:///") and url.removeprefix("sqlite:///") not in ("", ":memory:"):
        return url
    if url.startswith("sqlite:"):
        raise _wrong("names no file to keep reports in.", "Write sqlite:///data/kentongan.db, or leave it out.")
    if _split(url).scheme != "postgresql+psycopg":
        remedy = "Write sqlite:///data/kentongan.db or postgresql+psycopg://user:password@host/name."
        raise _wrong("is neither SQLite nor PostgreSQL with psycopg.", remedy)
    if find_spec("psycopg") is None:
        raise _wrong("needs the PostgreSQL driver.", "Run: make postgres")
    return url


def secret_key(key: SecretStr) -> SecretStr:
    """Be long enough to derive keys from."""
    if (length := len(key.get_secret_value())) < SHORTEST_SECRET:
        remedy = "Leave it out and one is made, or write the output of: openssl rand -base64 48"
        raise _wrong(f"has {length} characters; at least {SHORTEST_SECRET} are needed.", remedy)
    return key


def host(name: str) -> str:
    """Be an address or a name, without scheme, brackets or port."""
    with suppress(ValueError):
        return str(ipaddress.ip_address(name))
    if not HOST_NAME.fullmatch(name):
        remedy = "Give an address alone, such as 127.0.0.1 or 0.0.0.0; the port goes into KENTONGAN_PORT."
        raise _wrong(f"is not an address to listen on: {name!r}.", remedy)
    return name


def public_url(url: str) -> str:
    """Be https, or http where only this machine listens. Loses its trailing slash."""
    parts = _split(url)
    safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    if not safe or not parts.hostname or parts.query or parts.fragment or "@" in parts.netloc:
        remedy = "Give what a browser would open: https://lapor.example.go.id (http:// only on this machine)."
        raise _wrong("is not a public address with https.", remedy)
    return url.rstrip("/")


def bot_token(token: SecretStr) -> SecretStr:
    """Have the shape that @BotFather gives."""
    if not BOT_TOKEN.fullmatch(token.get_secret_value()):
        remedy = "Copy it again from @BotFather, whole: digits, a colon, then letters, digits, _ and -."
        raise _wrong("does not look like a bot's token.", remedy)
    return token


def webhook_secret(secret: SecretStr) -> SecretStr:
    """Hold only what Telegram allows in its header."""
    if not WEBHOOK_SECRET.fullmatch(secret.get_secret_value()):
        remedy = "Use 1 to 256 of the characters A-Z a-z 0-9 _ -, or leave it out and one is derived for each bot."
        raise _wrong("holds what Telegram does not allow.", remedy)
    return secret


def api_root(url: str) -> str:
    """Be the root of a vendor's API, without `/bot…` or a version. Loses its trailing slash."""
    parts = _split(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise _wrong("is not an address.", "Give the root, such as https://host or http://127.0.0.1:8081.")
    if CALL_PATH.search(parts.path):
        remedy = f"Give the root alone, such as {parts.scheme}://{parts.hostname}; each call adds the rest by itself."
        raise _wrong("must not hold /bot… or a version.", remedy)
    return url.rstrip("/")


def meta_id(value: str) -> str:
    """Be an id of Meta's: digits, without sign or spaces."""
    if not (value.isascii() and value.isdigit()):
        remedy = "Copy the id, digits only, from the WhatsApp page of the Meta app; it is not the phone number."
        raise _wrong("is not an id.", remedy)
    return value


def upper(value: object) -> object:
    """Take a word in any case."""
    return value.upper() if isinstance(value, str) else value


def faults_between(given: Mapping[str, object]) -> Iterator[Fault]:
    """What is wrong only together, in the settings that are there and not off."""
    citizen, staff = given.get("telegram_citizen_token"), given.get("telegram_staff_token")
    if citizen and citizen == staff:
        remedy = "Make a second bot with @BotFather: citizens and staff never share one."
        yield Fault(variable("telegram_staff_token"), f"is the token in {variable('telegram_citizen_token')}.", remedy)
    there = [variable(name) for name in WHATSAPP if name in given]
    missing = [variable(name) for name in WHATSAPP if name not in given]
    if there and missing:
        remedy = f"WhatsApp needs all of them; or take out {', '.join(there)} to leave it off."
        yield Fault(", ".join(missing), "is missing." if len(missing) == 1 else "are missing.", remedy)
    real = [variable(name) for name in ("public_url", *TOKENS) if name in given]
    if "demo" in given and real:
        wrong = "lets anybody act as staff, so it cannot be on where real people are served."
        remedy = f"Take out {variable('demo')} to serve people, or {', '.join(real)} to try things out."
        yield Fault(variable("demo"), wrong, remedy)


def _wrong(wrong: str, remedy: str) -> PydanticCustomError:
    return PydanticCustomError("setting", "{wrong} {remedy}", {"wrong": wrong, "remedy": remedy})


def _split(url: str) -> SplitResult:
    """The parts of an address; all empty when it is none."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # read only now, and wrong as often as the rest
    except ValueError:
        return SplitResult("", "", "", "", "")
    return parts
