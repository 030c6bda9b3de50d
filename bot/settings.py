"""Every setting, checked before anything else is built.

`load_settings` reads the KENTONGAN_ variables of the environment over those of `.env` and returns a frozen `Settings`,
or says in one `SettingsError` all that is wrong: the variable, the fault, the remedy. It never shows a secret.
`.env.example` explains the same names to people; what each may hold is in `setting_rules`.
"""

import base64
import difflib
import hashlib
import hmac
import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, DotEnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from bot import setting_rules as rules
from bot.secret_key import kept_key
from bot.setting_rules import PREFIX, TOKENS, Fault, SettingsError, is_loopback, variable

__all__ = ["Fault", "Settings", "SettingsError", "is_loopback", "load_settings", "variable"]

Token = Annotated[SecretStr, AfterValidator(rules.bot_token)]
ApiRoot = Annotated[str, AfterValidator(rules.api_root)]
MetaId = Annotated[str, AfterValidator(rules.meta_id)]


class Settings(BaseSettings):
    """Every setting of one process. A value: `load_settings` is what reads the environment."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid", hide_input_in_errors=True)

    city: Annotated[str, AfterValidator(rules.city)] = "bandung"
    data_dir: Annotated[Path, AfterValidator(rules.data_dir)] = Path("data")
    database_url: Annotated[str, AfterValidator(rules.database_url)] = Field(
        default_factory=lambda given: f"sqlite:///{given.get('data_dir', 'data')}/kentongan.db", repr=False
    )
    secret_key: Annotated[SecretStr, AfterValidator(rules.secret_key)] | None = None
    host: Annotated[str, AfterValidator(rules.host)] = "127.0.0.1"
    port: int = Field(default=8080, ge=1, le=65535)
    public_url: Annotated[str, AfterValidator(rules.public_url)] | None = None
    telegram_citizen_token: Token | None = None
    telegram_staff_token: Token | None = None
    telegram_webhook_secret: Annotated[SecretStr, AfterValidator(rules.webhook_secret)] | None = None
    telegram_api_url: ApiRoot = "https://api.telegram.org"
    whatsapp_access_token: SecretStr | None = None
    whatsapp_phone_number_id: MetaId | None = None
    whatsapp_business_account_id: MetaId | None = None
    whatsapp_app_secret: SecretStr | None = None
    whatsapp_verify_token: SecretStr | None = None
    whatsapp_api_url: ApiRoot = "https://graph.facebook.com"
    whatsapp_campaigns_a_day: int = Field(default=900, ge=1, le=1_000_000)
    web_chat: bool = Field(default_factory=lambda given: is_loopback(given.get("host", "")))
    demo: bool = False
    undo_seconds: int = Field(default=60, ge=0, le=300)
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(rules.upper)] = "INFO"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take what is passed and nothing else, so that a value built in a test does not depend on the machine."""
        return (init_settings,)

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        given = {name: value for name in type(self).model_fields if (value := getattr(self, name))}
        if faults := tuple(rules.faults_between(given)):
            raise PydanticCustomError("settings", "do not fit together", {"faults": faults})
        return self

    @property
    def is_sqlite(self) -> bool:
        """Whether the reports are kept in one file, by one process, rather than on a PostgreSQL server."""
        return self.database_url.startswith("sqlite:")

    @property
    def database_label(self) -> str:
        """Where the reports are kept, fit to be printed: without a user name or a password."""
        if self.is_sqlite:
            return f"SQLite {self.database_url.removeprefix('sqlite:///')}"
        url = urlsplit(self.database_url)
        return f"PostgreSQL {url.hostname or 'local socket'}{url.path}"

    @property
    def polling(self) -> bool:
        """Whether Telegram is asked for updates, because there is no public address to which it could send them."""
        return self.public_url is None

    @property
    def local_url(self) -> str:
        """The address at which a browser on this machine finds the pages; no trailing slash."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104 - compared, not bound
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def whatsapp_on(self) -> bool:
        """Whether WhatsApp is set up; its five variables are all there or all absent."""
        return self.whatsapp_access_token is not None

    @cached_property
    def secret(self) -> str:
        """What every other secret is derived from: SECRET_KEY, else one made once and kept in DATA_DIR/secret.key.

        Raises SettingsError when that file cannot be made or read, can be read by others, or holds too little.
        """
        return self.secret_key.get_secret_value() if self.secret_key else kept_key(self.data_dir / "secret.key")

    def webhook_secret(self, bot_name: str) -> str:
        """What Telegram repeats in a header to show that a webhook call to this bot ("citizen", "staff") is its own."""
        if self.telegram_webhook_secret:
            return self.telegram_webhook_secret.get_secret_value()
        digest = hmac.digest(self.secret.encode(), f"telegram webhook of {bot_name}".encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    def demo_if_no_token(self) -> Self:
        """Turn the demo on unless a token, PUBLIC_URL, DEMO itself or a HOST on the network says otherwise."""
        decided = {"demo", "public_url", *TOKENS} & self.model_fields_set
        # a demo makes anybody who reaches it an administrator: on a network that is for a person to ask for
        return self if decided or not is_loopback(self.host) else self.model_copy(update={"demo": True})


def load_settings(environ: Mapping[str, str] | None = None, env_file: str | Path | None = ".env") -> Settings:
    """Read the settings: the environment's (the process's own unless given) before those of the file, if there is one.

    An empty variable counts as not set. Raises SettingsError with every fault there is.
    """
    read = {**_in_file(env_file), **_in_environment(os.environ if environ is None else environ)}
    given = {name: text.strip() for name, text in read.items() if text and text.strip()}
    known = {name: text for name, text in given.items() if name in Settings.model_fields}
    faults = [_unknown(name) for name in given if name not in known]
    try:
        settings = Settings.model_validate(known)
    except ValidationError as error:
        found = [fault for detail in error.errors() for fault in _faults_of(detail, known)]
        # pydantic compares settings only when each is right alone; a person wants to hear everything at once
        between = rules.faults_between({name: text for name, text in known.items() if name != "demo" or _is_on(text)})
        raise SettingsError([*faults, *dict.fromkeys((*found, *between))]) from None
    if faults:
        raise SettingsError(faults)
    return settings


def _in_file(env_file: str | Path | None) -> dict[str, str | None]:
    try:
        return DotEnvSettingsSource(
            Settings, env_file=env_file, env_file_encoding="utf-8", dotenv_filtering="match_prefix"
        )()
    except (OSError, UnicodeDecodeError) as error:
        remedy = "Make it a text file in UTF-8 that this account may read (.env.example is a start)."
        raise SettingsError([Fault(str(env_file), f"cannot be read: {error}.", remedy)]) from error


def _in_environment(environ: Mapping[str, str]) -> dict[str, str]:
    ours = {name.upper(): text for name, text in environ.items() if name.upper().startswith(PREFIX)}
    return {name.removeprefix(PREFIX).lower(): text for name, text in ours.items()}


def _unknown(name: str) -> Fault:
    near = difflib.get_close_matches(name, Settings.model_fields, n=1, cutoff=0.5)
    return Fault(variable(name), "is not a setting.", f"Did you mean {variable(near[0])}?" if near else "Take it out.")


def _faults_of(detail: Mapping[str, Any], given: Mapping[str, str]) -> Iterator[Fault]:
    """What a person has to hear of one error. Nothing of a default that pydantic could not make because of another."""
    context = detail.get("ctx", {})
    if "faults" in context:
        yield from context["faults"]
        return
    name = detail["loc"][0]
    if "remedy" in context:
        yield Fault(variable(name), context["wrong"], context["remedy"])
    elif name in given:  # found by pydantic itself: only in a number, a switch or a choice, none of which is secret
        yield Fault(variable(name), f"cannot be {given[name]!r}.", rules.REMEDIES[name])


def _is_on(switch: str) -> bool:
    try:
        return TypeAdapter(bool).validate_python(switch)
    except ValidationError:
        return False
