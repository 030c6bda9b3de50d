"""Whatever we may come to say, each platform's published limits hold for every message that it takes: no text of anybody breaks them."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels import telegram_parcels, whatsapp_parcels
from bot.channels.base import Photo, Rendered
from bot.channels.rendering import measure, render
from bot.channels.telegram_parcels import Album, Picture, Words
from bot.channels.whatsapp_parcels import Upload
from bot.dialogue.replies import Choice, Reply
from bot.services.templates import _filled
from cities.city import City
from tests.channel_screens import SOMEBODY
from tests.emulators.cloud_contract import missing, violations
from tests.emulators.contract import Contract

BOT_API = Contract.read()
UPLOADED = {"m1": ("image/jpeg", b"x")}
ODD = [
    "👩‍👩‍👧" * 40,
    "\u202eterbalik\u202c", "مرحبا " * 30, "a\u200b\u200d\ufe0f", "<b>tebal</b> &amp; *_~`", "\0\x07", "\ud83d", "e\u0301" * 50,
    "{nomor} %s {{1}}", "https://example.org/?a=1&b=2", "BDG-261124-0042-4", "\n\n\n\t    x", "ꦱꦸꦤ꧀ꦢ",
]  # fmt: skip
words = st.lists(st.sampled_from(ODD) | st.text(max_size=40), max_size=12).map(" ".join)
texts = words | st.builds(lambda text, times: text * times, words, st.integers(1, 40)).map(lambda text: text[:10_000])
choices = st.lists(
    st.builds(Choice, st.from_regex(r"[a-z:_0-9]{1,48}", fullmatch=True), st.sampled_from(ODD) | st.text(max_size=90)),
    max_size=40, unique_by=lambda choice: choice.value,
).map(tuple)  # fmt: skip
replies = st.builds(
    Reply,
    texts,
    choices,
    st.sampled_from(["nothing", "words", "location", "photo"]),
    st.just(()),
    st.integers(0, 10**9),
)
photos = st.lists(
    st.sampled_from([Photo(b"x", "image/jpeg", "a.jpg"), Photo(b"%PDF", "application/pdf", "b.pdf"), Photo(b"m", "video/mp4", "c.mp4")]),
    max_size=12,
).map(tuple)  # fmt: skip


def shown(reply: Reply, files: tuple[Photo, ...], capabilities: Any) -> Rendered:
    rendered = render(reply, capabilities)
    return Rendered(**{**{name: getattr(rendered, name) for name in Rendered.__dataclass_fields__}, "photos": files})


@given(replies, photos)
@settings(max_examples=60)
def test_every_message_to_whatsapp_is_within_metas_limits(reply: Reply, files: tuple[Photo, ...]) -> None:
    for parcel in whatsapp_parcels.parcels(shown(reply, files, whatsapp_parcels.CAPABILITIES)):
        content = parcel.with_media("m1") if isinstance(parcel, Upload) else dict(parcel)
        body = {**whatsapp_parcels.recipient(SOMEBODY), **content}
        assert missing(body) == []
        assert violations(body, UPLOADED) == []


def calls(parcel: telegram_parcels.Parcel) -> tuple[str, dict[str, Any]]:
    """The method and the parameters with which it is sent."""
    match parcel:
        case Words(text, buttons):
            return "sendMessage", {"text": text, **_under(buttons)}
        case Picture(_, caption, buttons):
            return "sendPhoto", {"photo": "attach://f", **_worded(caption), **_under(buttons)}
        case Album(files, caption):
            media = [
                {"type": "photo", "media": "attach://f", **_worded(caption if n == 0 else "")}
                for n in range(len(files))
            ]
            return "sendMediaGroup", {"media": media}
    raise AssertionError(parcel)


def _worded(caption: str) -> dict[str, str]:
    return {"caption": caption} if caption else {}


def _under(buttons: tuple[tuple[tuple[str, str], ...], ...]) -> dict[str, Any]:
    rows = [[{"text": label, "callback_data": data} for label, data in row] for row in buttons]
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


@given(replies, photos)
@settings(max_examples=60)
def test_every_message_to_telegram_is_within_the_contract(reply: Reply, files: tuple[Photo, ...]) -> None:
    for parcel in telegram_parcels.parcels(shown(reply, files, telegram_parcels.CAPABILITIES)):
        method, parameters = calls(parcel)
        assert BOT_API.violations(method, {"chat_id": 1, **parameters}, ("f",)) == []
        words = str(parameters.get("text") or parameters.get("caption") or "")
        assert measure(words, utf16=True) <= (4096 if method == "sendMessage" else 1024)
        assert "parse_mode" not in parameters, "words of people are never read as markup"


@pytest.mark.parametrize("length", [1, 200, 1100])
@given(st.data())
@settings(max_examples=15)
def test_a_template_with_whatever_staff_wrote_is_within_metas_rules_or_not_sent(
    city: City, length: int, data: st.DataObject
) -> None:
    for template in city.templates:
        for locale in template.text:
            blanks = {name: (data.draw(words) * 40)[:length] for name in template.placeholders(locale)}
            filled = _filled(template, locale, blanks, whole=template.tells_all)
            if filled is None:
                continue
            (parcel,) = whatsapp_parcels.parcels(Rendered("", template=filled))
            assert violations({**whatsapp_parcels.recipient(SOMEBODY), **parcel}, {}) == []
