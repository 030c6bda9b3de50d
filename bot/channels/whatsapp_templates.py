"""Handing the city's templates to Meta for approval, and asking how each of them stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.channels.whatsapp_errors import CloudApiError
from bot.channels.whatsapp_graph import Graph
from cities.templates import Template
from cities.wording import PLACEHOLDER

FIELDS: Final = "id,name,language,status,category,quality_score,rejected_reason,components"
MISSING: Final = "MISSING"
"""Our word for a template that Meta does not have."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one template stands in one language."""

    name: str
    locale: str
    status: str
    category: str = ""
    quality: str = ""
    reason: str = ""
    external_id: str = ""
    done: str = ""  # what was done about it now: created, changed, or why not


async def standings(graph: Graph, account: str, templates: Sequence[Template]) -> list[Standing]:
    """Every template of the city in every language, as Meta has it. Raises CloudApiError."""
    kept = await _kept(graph, account)
    return [_standing(template, locale, kept.get((template.name, locale))) for template, locale in _all(templates)]


async def push(graph: Graph, account: str, templates: Sequence[Template]) -> list[Standing]:
    """Hand over what Meta does not have, and what was worded anew; one that it refuses does not stop the others.

    Raises CloudApiError when Meta cannot be asked what it has.
    """
    kept = await _kept(graph, account)
    return [
        await _push(graph, account, template, locale, kept.get((template.name, locale)))
        for template, locale in _all(templates)
    ]


def components(template: Template, locale: str) -> list[dict[str, Any]]:
    """A template as Meta wants it: named blanks, each with an example."""
    body: dict[str, Any] = {"type": "BODY", "text": PLACEHOLDER.sub(r"{{\1}}", template.text[locale])}
    if names := template.placeholders(locale):
        named = [{"param_name": name, "example": template.examples[name]} for name in names]
        body["example"] = {"body_text_named_params": named}
    if not template.buttons:
        return [body]
    replies = [{"type": "QUICK_REPLY", "text": button.label[locale]} for button in template.buttons]
    return [body, {"type": "BUTTONS", "buttons": replies}]


def _all(templates: Sequence[Template]) -> list[tuple[Template, str]]:
    return [(template, locale) for template in templates for locale in sorted(template.text)]


async def _kept(graph: Graph, account: str) -> dict[tuple[str, str], Mapping[str, Any]]:
    entries = graph.every(f"{account}/message_templates", fields=FIELDS)
    return {(str(each.get("name")), str(each.get("language"))): each async for each in entries}


async def _push(
    graph: Graph, account: str, template: Template, locale: str, kept: Mapping[str, Any] | None
) -> Standing:
    wanted = components(template, locale)
    if kept is not None and _words(kept.get("components")) == _words(wanted):
        return _standing(template, locale, kept)
    try:
        if kept is not None:
            await graph.ask("POST", str(kept.get("id")), json={"components": wanted})
            changed = {**kept, "status": "PENDING", "rejected_reason": ""}
            return _standing(template, locale, changed, done="changed")
        body = {
            "name": template.name,
            "language": locale,
            "category": template.category.upper(),
            "parameter_format": "NAMED",
            "components": wanted,
        }
        made = await graph.ask("POST", f"{account}/message_templates", json=body)
    except CloudApiError as error:
        why = f"not taken: {error.description} ({error.code})"
        return _standing(template, locale, kept, done=why)
    return _standing(template, locale, made, done="created")


def _words(parts: Any) -> list[object]:
    """What people see of it: its text, and the labels of its buttons."""
    found: list[object] = []
    for part in parts if isinstance(parts, list) else []:
        if not isinstance(part, Mapping):
            continue
        buttons = part.get("buttons")
        labels = (
            [each.get("text") for each in buttons if isinstance(each, Mapping)] if isinstance(buttons, list) else []
        )
        found.append((part.get("type"), part.get("text"), *labels))
    return found


def _standing(template: Template, locale: str, kept: Mapping[str, Any] | None, done: str = "") -> Standing:
    if kept is None:
        return Standing(template.name, locale, MISSING, done=done)
    quality = kept.get("quality_score")
    reason = str(kept.get("rejected_reason") or "")
    return Standing(
        template.name,
        locale,
        status=str(kept.get("status") or "PENDING"),
        category=str(kept.get("category") or template.category).lower(),
        quality=str(quality.get("score") or "") if isinstance(quality, Mapping) else "",
        reason="" if reason == "NONE" else reason,
        external_id=str(kept.get("id") or ""),
        done=done,
    )
