"""Checking a request against the published Bot API contract."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

COMPACT = Path(__file__).with_name("bot_api_contract.json")
COMMAND = re.compile(r"[a-z0-9_]{1,32}")  # BotCommand.command
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # setWebhook, secret_token
MOST_COMMANDS = 100
ALBUM = range(2, 11)  # sendMediaGroup
MOST_BUTTONS, BUTTONS_IN_ROW = 100, 8  # of an inline keyboard, as the server enforces
PLAIN = {"String", "Integer", "Float", "Boolean", "True"}


class Contract:
    """What methods exist, which parameters they take, of which types and lengths."""

    def __init__(self, described: Mapping[str, Any]) -> None:
        self.methods: Mapping[str, Any] = described["methods"]
        self.types: Mapping[str, Any] = described["types"]

    @classmethod
    def read(cls, path: Path = COMPACT) -> "Contract":
        return cls(json.loads(path.read_text()))

    def decoded(self, method: str, form: Mapping[str, Any]) -> dict[str, Any]:
        """Parameters as values: what a form carries as text is JSON unless the parameter is a plain string."""
        fields = self.methods[method]["fields"]
        return {name: _decoded(value, fields.get(name, {}).get("types", ())) for name, value in form.items()}

    def violations(self, method: str, parameters: Mapping[str, Any], files: Sequence[str] = ()) -> list[str]:
        """What is wrong with a call, as sentences; ``files`` names the uploaded parts."""
        if method not in self.methods:
            return [f"there is no method {method}"]
        found = self._object(method, self.methods[method]["fields"], parameters, set(files))
        return found + _unwritten_rules(method, parameters, set(files))

    def _object(self, where: str, fields: Mapping[str, Any], value: Mapping[str, Any], files: set[str]) -> list[str]:
        found = [f"{where}.{name} does not exist" for name in value if name not in fields]
        for name, field in fields.items():
            if name not in value:
                if field.get("required") and name not in files:
                    found.append(f"{where}.{name} is missing")
                continue
            found += self._field(f"{where}.{name}", field, value[name], files)
        return found

    def _field(self, where: str, field: Mapping[str, Any], value: Any, files: set[str]) -> list[str]:
        trials = [self._typed(where, name, value, files) for name in field["types"]]
        if all(trials):
            return min(trials, key=len)  # the type that fits best is the one that was meant
        if "limit" in field and isinstance(value, str):
            least, most, unit = field["limit"][:3]
            length = len(value.encode()) if unit == "bytes" else len(value.encode("utf-16-le", "surrogatepass")) // 2
            if not least <= length <= most:
                return [f"{where} has {length} {unit}, not {least} to {most}"]
        return []

    def _typed(self, where: str, type_name: str, value: Any, files: set[str]) -> list[str]:
        if type_name.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{where} is not an array"]
            inner = type_name.removeprefix("Array of ")
            return [one for n, item in enumerate(value) for one in self._typed(f"{where}[{n}]", inner, item, files)]
        if type_name in PLAIN:
            return [] if _is_plain(type_name, value) else [f"{where} is not of type {type_name}"]
        if type_name == "InputFile":
            attached = isinstance(value, str) and value.removeprefix("attach://") in files
            return [] if attached else [f"{where} is not an uploaded file"]
        if not isinstance(value, Mapping):
            return [f"{where} is not a {type_name}"]
        described = self.types.get(type_name)
        if described is None:
            return [f"{where} has a type outside the part of the contract that we keep: {type_name}"]
        if subtypes := described.get("subtypes"):
            return min((self._typed(where, subtype, value, files) for subtype in subtypes), key=len)
        wrong = [
            f"{where}.{name} is not {constant!r}"
            for name, constant in described.get("const", {}).items()
            if value.get(name) != constant
        ]
        return wrong + self._object(where, described["fields"], value, files)


def _decoded(value: Any, types: Sequence[str]) -> Any:
    if not isinstance(value, str) or "String" in types or "InputFile" in types or not types:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _is_plain(type_name: str, value: Any) -> bool:
    match type_name:
        case "String":
            return isinstance(value, str)
        case "Boolean" | "True":
            return isinstance(value, bool)
        case "Integer":
            whole = isinstance(value, int) and not isinstance(value, bool)
            return whole or (isinstance(value, str) and re.fullmatch(r"-?\d+", value) is not None)
        case _:
            return isinstance(value, int | float) and not isinstance(value, bool)


def _unwritten_rules(method: str, parameters: Mapping[str, Any], files: set[str]) -> list[str]:
    """Rules that the documentation states in prose."""
    found = []
    if method in {"sendMessage", "editMessageText"} and not str(parameters.get("text", "")).strip():
        found.append("message text is empty")
    commands = parameters.get("commands", []) if method == "setMyCommands" else []
    if isinstance(commands, list):
        found += ["there are too many commands"] if len(commands) > MOST_COMMANDS else []
        found += [f"BOT_COMMAND_INVALID: {one}" for one in commands if not COMMAND.fullmatch(str(one.get("command")))]
    if method == "setWebhook" and not SECRET.fullmatch(str(parameters.get("secret_token", "none"))):
        found.append("secret token contains unallowed characters")
    if method == "sendMediaGroup" and isinstance(media := parameters.get("media"), list):
        found += [] if len(media) in ALBUM else [f"an album has 2 to 10 items, not {len(media)}"]
        named = [one.get("media") for one in media if isinstance(one, Mapping)]
        found += [f"{name} is not uploaded" for name in named if _missing(name, files)]
    found += [f"{name} is not uploaded" for name in parameters.values() if _missing(name, files)]
    markup = parameters.get("reply_markup")
    if isinstance(markup, Mapping) and isinstance(rows := markup.get("inline_keyboard"), list):
        found += _keyboard_rules(rows)
    return found


def _missing(name: Any, files: set[str]) -> bool:
    return isinstance(name, str) and name.startswith("attach://") and name.removeprefix("attach://") not in files


def _keyboard_rules(rows: list[Any]) -> list[str]:
    buttons = [button for row in rows if isinstance(row, list) for button in row if isinstance(button, Mapping)]
    found = []
    if len(buttons) > MOST_BUTTONS or any(len(row) > BUTTONS_IN_ROW for row in rows):
        found.append("the keyboard has too many buttons")
    for button in buttons:
        if not str(button.get("text", "")).strip():
            found.append("a button has no text")
        if len(set(button) - {"text", "style", "icon_custom_emoji_id"}) != 1:
            found.append("a button needs exactly one purpose")
    return found
