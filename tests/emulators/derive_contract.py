"""Write bot_api_contract.json: of the whole Bot API contract, the methods and types that we use.

    python -m tests.emulators.derive_contract telegram-contract-10.3.min.json

The contract is a machine-readable form of core.telegram.org/bots/api, derived from aiogram's schema (MIT).
"""

import json
import sys
from pathlib import Path
from typing import Any

METHODS = (
    "getMe getUpdates setWebhook deleteWebhook getWebhookInfo setMyCommands sendMessage sendPhoto sendMediaGroup"
    " sendDocument sendVideo editMessageText editMessageReplyMarkup answerCallbackQuery sendChatAction getFile"
).split()
UNUSED_FIELDS = {"rich_message"}  # a whole language of its own
COMPACT = Path(__file__).with_name("bot_api_contract.json")


def derive(whole: dict[str, Any]) -> dict[str, Any]:
    """The part of the contract that the methods we use need."""
    methods = {name: whole["methods"][name] for name in METHODS}
    types: dict[str, Any] = {}
    waiting = [name for method in methods.values() for name in mentioned(method)]
    while waiting:
        name = waiting.pop()
        if name in whole["types"] and name not in types:
            types[name] = whole["types"][name]
            waiting += [*mentioned(types[name]), *types[name].get("subtypes", ())]
    return {"version": whole["version"], "methods": methods, "types": dict(sorted(types.items()))}


def mentioned(described: dict[str, Any]) -> list[str]:
    """The types that a method's or a type's fields have, without "Array of"."""
    fields = described["fields"].items()
    return [one.split()[-1] for name, field in fields if name not in UNUSED_FIELDS for one in field["types"]]


if __name__ == "__main__":
    contract = derive(json.loads(Path(sys.argv[1]).read_text()))
    COMPACT.write_text(json.dumps(contract, separators=(",", ":")).replace('},"', '},\n"') + "\n")
    print(f"{COMPACT}: {len(contract['methods'])} methods, {len(contract['types'])} types")
