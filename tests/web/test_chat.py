"""The web chat's routes: who may come in, what is taken, and what is read back."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image
from starlette.testclient import TestClient

from bot.web.chat_reading import LINES
from bot.web.visitor import COOKIE
from storage import inbox
from tests.web.small_door import NOON, SmallDoor, browser, token_of


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "brown").save(file, kind)
    return file.getvalue()


def send(page: TestClient, text: str = "halo", **how: Any) -> Any:
    return page.post("/chat/messages", json={"id": str(uuid4()), "text": text}, **how)


def send_photo(page: TestClient, content: bytes, caption: str = "", message_id: str = "") -> Any:
    form = {"id": message_id or str(uuid4()), "caption": caption}
    return page.post("/chat/photos", data=form, files={"photo": ("../../x.php", content, "text/html")})


def read(page: TestClient, after: str = "", **query: Any) -> dict[str, Any]:
    answer = page.get("/chat/messages", params={"after": after, **query})
    assert answer.status_code == 200
    return dict(answer.json())


def texts(answer: dict[str, Any]) -> list[str]:
    return [f"{line['from']}: {line['text']}" for line in answer["lines"]]


def stored(door: SmallDoor, page: TestClient, role: str = "citizen") -> list[dict[str, Any]]:
    """What stands in the inbox, opened."""
    conversation = door.conversation(token_of(page), role)
    return door.db.read_sync(
        lambda tx: [json.loads(inbox.payload_of(tx, event)) for event in inbox.kept(tx, conversation)]
    )


# ---------------------------------------------------------------- the page and its cookie


def test_the_page_gives_a_token_that_scripts_and_other_sites_cannot_use(door: SmallDoor) -> None:
    cookie = browser(door).get("/chat").headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "SameSite=lax", "Path=/chat", "Max-Age=31536000"} <= set(cookie.split("; "))
    assert "Secure" not in cookie


def test_two_browsers_get_two_tokens_of_128_bits(door: SmallDoor) -> None:
    tokens = set()
    for _ in range(2):
        client = browser(door)
        client.get("/chat")
        tokens.add(token_of(client))
    assert len(tokens) == 2
    assert {len(bytes.fromhex(token)) for token in tokens} == {16}


def test_a_browser_keeps_its_token(page: TestClient) -> None:
    before = token_of(page)
    page.get("/chat")
    assert token_of(page) == before


def test_a_token_of_another_shape_is_replaced(door: SmallDoor) -> None:
    client = browser(door, cookies={COOKIE: "admin"})
    assert f"{COOKIE}=admin" not in client.get("/chat").headers["set-cookie"]


def test_over_https_the_token_travels_over_https_only(door: SmallDoor) -> None:
    assert "Secure" in browser(door, base_url="https://testserver").get("/chat").headers["set-cookie"]


def test_behind_a_proxy_the_public_address_decides(tmp_path: Path) -> None:
    door = SmallDoor(tmp_path, public_url="https://lapor.example.go.id")
    assert "Secure" in browser(door).get("/chat").headers["set-cookie"]
    door.db.close()


def test_the_page_runs_only_our_own_scripts(page: TestClient) -> None:
    answer = page.get("/chat")
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "<script>" not in answer.text
    assert "style=" not in answer.text
    assert "http://" not in answer.text.replace("http://testserver", "")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_city_greets_in_its_own_words(page: TestClient, door: SmallDoor) -> None:
    answer = page.get("/chat")
    assert door.city.name in answer.text
    assert (door.city.text("phrase.first_time", "id") or "")[:30] in answer.text


@pytest.mark.parametrize(("language", "words"), [("id", "Kirim pesan"), ("su", "Kintun pesen"), ("en", "Send message")])
def test_the_page_speaks_three_languages(page: TestClient, language: str, words: str) -> None:
    answer = page.get("/chat", params={"bahasa": language})
    assert f'<html lang="{language}">' in answer.text
    assert f'aria-label="{words}"' in answer.text


def test_an_unknown_language_is_indonesian_even_on_an_english_phone(page: TestClient) -> None:
    answer = page.get("/chat", params={"bahasa": "xx"}, headers={"Accept-Language": "en-US,en"})
    assert '<html lang="id">' in answer.text


def test_without_scripts_the_page_says_so(page: TestClient) -> None:
    assert "memerlukan JavaScript" in page.get("/chat").text.split("<noscript>")[1].split("</noscript>")[0]


def test_the_front_door_leads_to_the_chat(page: TestClient) -> None:
    answer = page.get("/", params={"bahasa": "su"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, "/chat?bahasa=su")


# ---------------------------------------------------------------- where it is off


def test_where_the_chat_is_off_a_page_says_so(tmp_path: Path) -> None:
    door = SmallDoor(tmp_path, web_chat=False)
    client = browser(door)
    answer = client.get("/chat", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "tidak dibuka" in answer.text
    assert COOKIE not in client.cookies
    assert send(client).status_code == 404
    assert client.get("/", follow_redirects=False).headers["location"] == "/lacak"
    door.db.close()


# ---------------------------------------------------------------- sending


def test_a_message_is_stored_before_it_is_acknowledged(door: SmallDoor, page: TestClient) -> None:
    message_id = str(uuid4())
    answer = page.post("/chat/messages", json={"id": message_id, "text": "lampu mati\ndi cisitu"})
    assert answer.status_code == 200
    at = int(NOON.timestamp() * 1000)
    assert answer.json() == {"id": message_id, "at": at, "new": True}
    assert stored(door, page) == [
        {"token": token_of(page), "at": at, "id": message_id, "text": "lampu mati\ndi cisitu"}
    ]


def test_a_message_sent_twice_is_one(door: SmallDoor, page: TestClient) -> None:
    message = {"id": str(uuid4()), "text": "halo"}
    answers = [page.post("/chat/messages", json=message).json()["new"] for _ in range(3)]
    assert answers == [True, False, False]
    assert len(stored(door, page)) == 1


@pytest.mark.parametrize("case", [str.upper, lambda message_id: message_id.replace("-", "")])
def test_an_id_in_another_spelling_is_the_same(page: TestClient, case: Callable[[str], str]) -> None:
    message_id = str(uuid4())
    page.post("/chat/messages", json={"id": message_id, "text": "halo"})
    assert page.post("/chat/messages", json={"id": case(message_id), "text": "halo"}).json()["new"] is False


def test_taps_and_places_are_taken(door: SmallDoor, page: TestClient) -> None:
    tap = {"value": "send", "turn": 4, "label": "Kirim"}
    place = {"lat": -6.9, "lon": 107.6}
    for said in ({"choice": tap}, {"location": place}):
        assert page.post("/chat/messages", json={"id": str(uuid4()), **said}).status_code == 200
    assert [event.get("choice") or event["location"] for event in stored(door, page)] == [tap, place]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"text": " \n "},
        {"text": "\x00\x01"},
        {"text": 5},
        {"text": "a", "location": {"lat": 0, "lon": 0}},
        {"text": "a", "token": "x"},
        {"text": "a", "at": 1},
        {"location": {"lat": 91, "lon": 0}},
        {"location": {"lat": "1", "lon": 0}},
        {"choice": {"value": "", "turn": 1}},
        {"choice": {"value": "send", "turn": -1}},
        {"choice": {"value": "kirim é", "turn": 1}},
        {"choice": {"value": "send", "turn": 1, "label": "x" * 81}},
        {"photo": {"path": "uploads/x.jpg", "media_type": "image/jpeg", "caption": ""}},
    ],
)
def test_what_is_no_message_is_refused_in_words(page: TestClient, said: dict[str, Any]) -> None:
    answer = page.post("/chat/messages", json={"id": str(uuid4()), **said})
    assert answer.status_code == 422
    assert answer.json()["error"] == "bad_message"
    assert "tidak bisa kami baca" in answer.json()["message"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b'{"id": "no-id", "text": "a"}'])
def test_what_is_no_json_is_refused(page: TestClient, body: bytes) -> None:
    assert page.post("/chat/messages", content=body).status_code == 422


def test_a_text_may_be_4000_characters_long(door: SmallDoor, page: TestClient) -> None:
    assert send(page, "\U0001f6a7" * 4000).status_code == 200
    answer = send(page, "x" * 4001)
    assert answer.status_code == 422
    assert "4.000" in answer.json()["message"]
    assert len(stored(door, page)) == 1


def test_an_endless_body_is_refused_before_it_is_read(page: TestClient) -> None:
    assert page.post("/chat/messages", content=b"x" * 70_000).status_code == 413
    assert page.post("/chat/messages", content=iter([b"{}"])).status_code == 411


def test_a_refusal_comes_in_the_language_of_the_page(page: TestClient) -> None:
    assert "too long" in send(page, "x" * 4001, params={"bahasa": "en"}).json()["message"]


def test_control_characters_are_left_out_and_line_breaks_stay(door: SmallDoor, page: TestClient) -> None:
    send(page, "a\x00b\x1b[31m\n\tc\r")
    assert stored(door, page)[0]["text"] == "ab[31m\n\tc"


# ---------------------------------------------------------------- who may send


def test_a_browser_without_a_token_is_refused_and_nothing_is_created(door: SmallDoor) -> None:
    client = browser(door)
    answer = send(client)
    assert answer.status_code == 401
    assert answer.json()["error"] == "no_cookie"
    assert client.get("/chat/messages").status_code == 401
    assert client.get("/chat/messages").headers["cache-control"] == "private, no-store"


def test_a_token_that_we_did_not_make_is_refused(door: SmallDoor) -> None:
    for token in ("admin", "A" * 32, "a" * 31, "a" * 33):
        assert send(browser(door, cookies={COOKIE: token})).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null", "Host": ""},
        {"Origin": "null"},
        {"Origin": "http://testserver.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
    ],
)
def test_other_sites_cannot_make_a_browser_speak(door: SmallDoor, page: TestClient, headers: dict[str, str]) -> None:
    for answer in (
        send(page, headers=headers),
        page.post("/chat/photos", data={"id": str(uuid4())}, files={"photo": picture()}, headers=headers),
    ):
        assert answer.status_code == 403
        assert answer.json()["error"] == "other_site"
    assert read(page)["started"] is False


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://testserver"}, {"Sec-Fetch-Site": "same-origin"}])
def test_our_own_page_may_speak(page: TestClient, headers: dict[str, str]) -> None:
    assert send(page, headers=headers).status_code == 200


def test_the_public_address_is_ours_too(tmp_path: Path) -> None:
    door = SmallDoor(tmp_path, public_url="https://lapor.example.go.id")
    client = browser(door, base_url="https://testserver")
    client.get("/chat")
    assert send(client, headers={"Origin": "https://lapor.example.go.id"}).status_code == 200
    door.db.close()


def test_one_browser_cannot_flood_us(door: SmallDoor, page: TestClient) -> None:
    answers = [send(page) for _ in range(21)]
    assert [answer.status_code for answer in answers] == [200] * 20 + [429]
    assert int(answers[-1].headers["retry-after"]) == 2
    door.pass_time(2)
    assert send(page).status_code == 200


def test_one_address_cannot_flood_us_with_new_cookies(door: SmallDoor) -> None:
    client = browser(door)
    refused = 0
    for number in range(205):
        client.cookies.set(COOKIE, f"{number:032x}", path="/chat")
        refused += send(client).status_code == 429
    assert refused == 5


# ---------------------------------------------------------------- photos


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_kept_as_it_came_and_shown_again(door: SmallDoor, page: TestClient, kind: str) -> None:
    content = picture(kind)
    answer = send_photo(page, content, " ini lubangnya ")
    assert answer.status_code == 200
    photo = stored(door, page)[0]["photo"]
    assert photo["media_type"] == f"image/{kind.lower()}"
    assert photo["caption"] == "ini lubangnya"
    assert (door.media_folder / photo["path"]).read_bytes() == content
    line = read(page)["lines"][0]
    assert line["text"] == "ini lubangnya"
    shown = page.get(line["photos"][0])
    assert shown.content == content
    assert shown.headers["content-type"] == f"image/{kind.lower()}"
    assert "sandbox" in shown.headers["content-security-policy"]


def test_a_photo_sent_twice_is_one(door: SmallDoor, page: TestClient) -> None:
    message_id = str(uuid4())
    assert [send_photo(page, picture(), message_id=message_id).json()["new"] for _ in range(2)] == [True, False]
    assert len([path for path in door.media_folder.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'></svg>",
        b"\xff\xd8\xff\xe0 not really",
        picture()[:200],
        picture("PNG")[:-30],
        picture("GIF"),
        picture("BMP"),
    ],
)
def test_only_real_pictures_are_taken(door: SmallDoor, page: TestClient, content: bytes) -> None:
    answer = send_photo(page, content)
    assert answer.status_code == 415
    assert "JPEG, PNG" in answer.json()["message"]
    assert not door.media_folder.exists()


def test_a_picture_that_would_unpack_to_something_monstrous_is_refused(page: TestClient) -> None:
    assert send_photo(page, picture("PNG", (9000, 9000))).status_code == 415


def test_a_photo_may_be_10_mb(page: TestClient) -> None:
    large = picture() + b"\x00" * (10 * 1024 * 1024)  # what follows the end of a JPEG is ignored by viewers
    answer = send_photo(page, large)
    assert answer.status_code == 413
    assert "10 MB" in answer.json()["message"]
    assert send_photo(page, large[: 10 * 1024 * 1024]).status_code == 200


def test_a_body_beyond_that_is_refused_before_it_is_read(page: TestClient) -> None:
    assert page.post("/chat/photos", content=b"x", headers={"Content-Length": str(11 * 1024 * 1024)}).status_code == 413


@pytest.mark.parametrize(
    ("form", "files"),
    [
        ({"id": "x"}, {"photo": picture()}),
        ({}, {"photo": picture()}),
        ({"id": str(uuid4())}, {}),
        ({"id": str(uuid4()), "photo": "text"}, {"other": picture()}),
        ({"id": str(uuid4()), "a": "1", "b": "2", "c": "3", "d": "4", "e": "5"}, {"photo": picture()}),
        ({"id": str(uuid4()), "caption": "x" * 70_000}, {"photo": picture()}),
    ],
)
def test_a_form_of_another_shape_is_refused(page: TestClient, form: dict[str, str], files: dict[str, bytes]) -> None:
    answer = page.post("/chat/photos", data=form, files=files)
    assert answer.status_code == 422
    assert answer.json()["error"] == "bad_message"


def test_a_caption_may_be_as_long_as_a_text(page: TestClient) -> None:
    assert send_photo(page, picture(), "x" * 4001).json()["error"] == "too_long"


def test_photos_have_a_stricter_limit(door: SmallDoor, page: TestClient) -> None:
    assert [send_photo(page, picture()).status_code for _ in range(11)] == [200] * 10 + [429]
    assert send(page).status_code == 200


def test_nobody_else_sees_an_upload(door: SmallDoor, page: TestClient) -> None:
    send_photo(page, picture())
    address = read(page)["lines"][0]["photos"][0]
    stranger = browser(door)
    assert stranger.get(address).status_code == 401
    stranger.get("/chat")
    assert stranger.get(address).status_code == 404
    send(stranger)
    assert stranger.get(address).status_code == 404


def test_a_photo_of_the_office_is_seen_where_it_was_shown(door: SmallDoor, page: TestClient) -> None:
    send(page)
    mine = door.conversation(token_of(page))
    stranger = browser(door)
    stranger.get("/chat")
    send(stranger)
    theirs = door.conversation(token_of(stranger))
    content = picture()
    evidence = door.keep_photo(theirs, content)
    door.say(mine, "Sudah beres?", photos=(evidence,))
    address = read(page)["lines"][-1]["photos"][0]
    assert str(evidence) not in address.split("/")[-1].split("?")[0].split("-")
    assert page.get(address).content == content
    assert stranger.get(address).status_code == 404


def test_an_office_file_that_is_no_picture_is_not_shown(door: SmallDoor, page: TestClient) -> None:
    send(page)
    mine = door.conversation(token_of(page))
    door.say(mine, "surat", photos=(door.keep_photo(mine, b"<html>", "text/html"),))
    assert page.get(read(page)["lines"][-1]["photos"][0]).status_code == 404


def test_a_photo_whose_file_is_gone_is_not_found(door: SmallDoor, page: TestClient) -> None:
    send_photo(page, picture())
    (door.media_folder / stored(door, page)[0]["photo"]["path"]).unlink()
    assert page.get(read(page)["lines"][0]["photos"][0]).status_code == 404


# ---------------------------------------------------------------- reading


def test_before_the_first_message_there_is_no_talk(page: TestClient) -> None:
    assert read(page, wait=20) == {"lines": [], "cursor": "", "more": False, "started": False}


def test_a_talk_comes_back_on_reload_with_everything_the_page_needs(door: SmallDoor, page: TestClient) -> None:
    sent = [send(page, "lampu mati").json()["id"]]
    door.say(door.conversation(token_of(page)), "Kirim laporan ini?", "Kirim", "Batal", turn=2)
    tap = {"id": str(uuid4()), "choice": {"value": "kirim", "turn": 2, "label": "Kirim"}}
    door.pass_time(1)
    page.post("/chat/messages", json=tap)
    page.post("/chat/messages", json={"id": str(uuid4()), "location": {"lat": -6.9, "lon": 107.6}})
    lines = read(page)["lines"]
    assert texts({"lines": lines}) == ["me: lampu mati", "us: Kirim laporan ini?", "me: Kirim", "me: "]
    assert lines[0]["id"] == sent[0]
    assert lines[1]["choices"] == [{"value": "kirim", "label": "Kirim"}, {"value": "batal", "label": "Batal"}]
    assert (lines[1]["turn"], lines[1]["hope"], lines[1]["at"]) == (2, "nothing", int(NOON.timestamp() * 1000))
    assert (lines[2]["picked"], lines[2]["turn"]) == ("kirim", 2)
    assert lines[3]["location"] == {"lat": -6.9, "lon": 107.6}


def test_markup_stays_text(door: SmallDoor, page: TestClient) -> None:
    send(page, "<b>halo</b> & <script>")
    assert read(page)["lines"][0]["text"] == "<b>halo</b> & <script>"


def test_a_long_talk_comes_in_pages(page: TestClient, door: SmallDoor) -> None:
    send(page, "halo")
    conversation = door.conversation(token_of(page))
    for number in range(LINES + 10):
        door.say(conversation, f"kabar {number}")
    first = read(page)
    assert first["more"] is True
    second = read(page, first["cursor"])
    assert second["more"] is False
    assert texts(first) + texts(second) == ["me: halo", *(f"us: kabar {number}" for number in range(LINES + 10))]


def test_a_cursor_that_cannot_be_read_begins_again(page: TestClient) -> None:
    send(page, "halo")
    assert texts(read(page, "garbage")) == ["me: halo"]


def test_what_is_new_already_is_not_waited_for(door: SmallDoor, page: TestClient) -> None:
    send(page, "halo")
    door.endless = True
    assert texts(read(page, wait=20)) == ["me: halo"]
    assert door.hung_up == 1


def test_a_reader_waits_for_news(door: SmallDoor, page: TestClient) -> None:
    send(page, "halo")
    cursor = read(page)["cursor"]
    conversation = door.conversation(token_of(page))
    door.while_waiting = lambda: door.say(conversation, "kabar")
    assert texts(read(page, cursor, wait=20)) == ["us: kabar"]


def test_without_news_the_answer_is_empty_and_the_cursor_stays_good(door: SmallDoor, page: TestClient) -> None:
    send(page, "halo")
    cursor = read(page, read(page)["cursor"], wait=20)["cursor"]
    door.say(door.conversation(token_of(page)), "kabar")
    assert texts(read(page, cursor)) == ["us: kabar"]


@pytest.mark.parametrize(("asked", "waited"), [("20", 20), ("9000", 25), ("-1", 0), ("x", 0), ("1e9", 0), ("", 0)])
def test_nobody_waits_longer_than_proxies_do(door: SmallDoor, page: TestClient, asked: str, waited: float) -> None:
    send(page, "halo")
    cursor = read(page)["cursor"]
    door.waits.clear()
    read(page, cursor, wait=asked)
    assert door.waits == [waited]


def test_only_so_many_tabs_of_a_browser_wait(door: SmallDoor, page: TestClient) -> None:
    send(page, "halo")
    cursor = read(page)["cursor"]
    door.waits.clear()

    def one_more_tab() -> None:
        if len(door.waits) < 6:
            door.while_waiting = one_more_tab
            read(page, cursor, wait=20)

    door.while_waiting = one_more_tab
    read(page, cursor, wait=20)
    assert door.waits == [20, 20, 20, 20, 0]


def test_readers_have_a_limit_too(door: SmallDoor, page: TestClient) -> None:
    codes = [page.get("/chat/messages").status_code for _ in range(121)]
    assert codes == [200] * 120 + [429]


# ---------------------------------------------------------------- the demonstration


@pytest.mark.parametrize("role", ["administrator", "narahubung", "walikota"])
def test_without_the_demonstration_there_is_no_other_role(door: SmallDoor, page: TestClient, role: str) -> None:
    assert "Uji coba sebagai" not in page.get("/chat").text
    query = {"role": role}
    for answer in (
        page.get("/chat", params=query),
        page.get("/chat/messages", params=query),
        send(page, params=query),
        page.post("/chat/photos", params=query, data={"id": str(uuid4())}, files={"photo": picture()}),
        page.get("/chat/uploads/x", params=query),
        page.get("/chat/photos/x", params=query),
    ):
        assert answer.status_code == 403
        assert answer.json()["error"] == "role"


def test_in_the_demonstration_each_role_has_a_talk_of_its_own(demo_door: SmallDoor) -> None:
    page = browser(demo_door)
    shown = page.get("/chat", params={"role": "narahubung"}).text
    assert "Uji coba sebagai" in shown
    assert 'data-role="narahubung"' in shown
    for role in ("citizen", "administrator", "narahubung"):
        assert send(page, f"saya {role}", params={"role": role}).status_code == 200
    for role in ("citizen", "administrator", "narahubung"):
        assert texts(read(page, role=role)) == [f"me: saya {role}"]
        assert len(stored(demo_door, page, role)) == 1


def test_a_photo_belongs_to_the_role_that_sent_it(demo_door: SmallDoor) -> None:
    page = browser(demo_door)
    page.get("/chat")
    message_id = str(uuid4())
    form, photo = {"id": message_id, "caption": ""}, {"photo": picture()}
    page.post("/chat/photos", params={"role": "narahubung"}, data=form, files=photo)
    address = read(page, role="narahubung")["lines"][0]["photos"][0]
    assert page.get(address).status_code == 200
    assert page.get(f"/chat/uploads/{message_id}").status_code == 404


def test_a_role_that_nobody_knows_is_not_found(demo_door: SmallDoor) -> None:
    page = browser(demo_door)
    page.get("/chat")
    assert page.get("/chat", params={"role": "walikota"}).status_code == 404


def test_a_role_without_a_channel_is_not_found(demo_door: SmallDoor) -> None:
    del demo_door.channels["webchat:narahubung"]
    page = browser(demo_door)
    page.get("/chat")
    assert send(page, params={"role": "narahubung"}).status_code == 404
