"""What all pages share: words, files, refusals, limits."""

import gzip
import re
import string
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.testclient import TestClient

from bot.web import rendering, words
from bot.web.files import FOLDER, address_of_file
from bot.web.guard import SECURITY
from bot.web.limits import RateLimit, address_of
from bot.web.pictures import NotAPicture, picture_type
from tests.web.small_door import NOON, SmallDoor, browser

BLANKS = string.Formatter()


# ---------------------------------------------------------------- words


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_sentence_is_said_in_every_language(language: str) -> None:
    said, ours = words.words_in(language), words.words_in("id")
    assert said.keys() == ours.keys()
    assert all(said.values())
    for key, text in said.items():
        blanks = [{name for _, name, _, _ in BLANKS.parse(each) if name is not None} for each in (text, ours[key])]
        assert blanks[0] == blanks[1], key


def test_every_sentence_is_used_and_every_one_used_is_there() -> None:
    code = "".join(
        path.read_text() for path in Path(words.__file__).parent.rglob("*") if path.suffix in (".py", ".html", ".js")
    )
    known = words.words_in("id").keys()
    built = re.compile(r"chat\.(role|greeting)\.|dashboard\.|error\.(bad_message|too_long)$")
    for key in known:
        named = f"say.{key.removeprefix('js.')}" if key.startswith("js.") else f'"{key}"'
        assert (
            named in code.replace("'", '"') or built.match(key) or key in ("js.waiting", "js.stored", "js.refused")
        ), key
    for key in re.findall(r"\bsay\.(\w+)", (FOLDER / "chat.js").read_text()):
        assert f"js.{key}" in known
    for key in re.findall(r'say\("([\w.]+)"', code):
        assert key in known or key.endswith("."), key


def test_nothing_in_the_pages_is_about_one_city() -> None:
    folder = Path(words.__file__).parent
    for path in folder.rglob("*"):
        if path.suffix in (".py", ".html", ".js", ".css", ".po"):
            assert "andung" not in path.read_text(), path


# ---------------------------------------------------------------- files


@pytest.mark.parametrize("name", ["chat.js", "kentongan.css", "kentongan.svg"])
def test_a_file_is_kept_by_browsers_until_it_changes(page: TestClient, name: str) -> None:
    answer = page.get(address_of_file(name), headers={"Accept-Encoding": "identity"})
    assert answer.content == (FOLDER / name).read_bytes()
    assert "immutable" in answer.headers["cache-control"]
    assert "immutable" not in page.get(f"/static/{name}").headers["cache-control"]


def test_a_file_travels_compressed(page: TestClient) -> None:
    with page.stream("GET", address_of_file("chat.js"), headers={"Accept-Encoding": "gzip"}) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw) == (FOLDER / "chat.js").read_bytes()


@pytest.mark.parametrize("name", ["nothing.js", "..%2Fchat.py", "%2e%2e/guard.py"])
def test_only_our_files_are_served(page: TestClient, name: str) -> None:
    assert page.get(f"/static/{name}").status_code == 404


def test_the_chat_is_light_enough_for_a_slow_network(page: TestClient) -> None:
    bytes_sent = len(gzip.compress(page.get("/chat").content))
    for name in ("chat.js", "kentongan.css", "kentongan.svg"):
        bytes_sent += len(gzip.compress((FOLDER / name).read_bytes()))
    assert bytes_sent < 25_000


# ---------------------------------------------------------------- pages


@pytest.mark.parametrize("path", ["/chat", "/lacak", "/lacak/x", "/dasbor", "/chat?role=administrator"])
def test_every_page_is_guarded(page: TestClient, path: str) -> None:
    answer = page.get(path, headers={"Accept": "text/html"})
    assert {name: answer.headers.get(name) for name in SECURITY} == SECURITY


def test_a_refused_page_is_a_page(page: TestClient) -> None:
    answer = page.get("/chat", params={"role": "administrator", "bahasa": "en"}, headers={"Accept": "text/html,*/*"})
    assert answer.status_code == 403
    assert answer.headers["content-type"].startswith("text/html")
    assert "only in the trial mode" in answer.text


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_dashboard_says_what_will_be_here_and_shows_no_figures(door: SmallDoor, language: str) -> None:
    answer = browser(door).get("/dasbor", params={"bahasa": language})
    assert answer.status_code == 200
    said = words.words_in(language)
    for part in ("queue", "deadlines", "map", "meeting"):
        assert said[f"dashboard.{part}_about"].split("’")[0] in answer.text
    assert not re.search(r">\s*\d+\s*<", answer.text)


def test_everything_put_into_a_page_is_escaped() -> None:
    shown = rendering.page("refusal.html", "id", 400, message="<img src=x onerror=alert(1)>")
    assert b"<img src=x" not in bytes(shown.body)


# ---------------------------------------------------------------- limits


def test_a_limit_allows_a_burst_and_then_a_pace() -> None:
    limit = RateLimit(burst=3, per_minute=60)
    assert [limit.wait("a", NOON) for _ in range(4)] == [0, 0, 0, 1]
    assert limit.wait("b", NOON) == 0
    assert limit.wait("a", NOON + timedelta(seconds=1)) == 0
    assert limit.wait("a", NOON + timedelta(seconds=1)) == 1


def test_a_limit_does_not_save_up_more_than_its_burst() -> None:
    limit = RateLimit(burst=2, per_minute=60)
    limit.wait("a", NOON)
    later = NOON + timedelta(days=1)
    assert [bool(limit.wait("a", later)) for _ in range(3)] == [False, False, True]


def test_a_clock_set_back_locks_nobody_out() -> None:
    limit = RateLimit(burst=1, per_minute=60)
    limit.wait("a", NOON)
    before = NOON - timedelta(days=7)
    assert limit.wait("a", before) == 1
    assert limit.wait("a", before + timedelta(seconds=1)) == 0


def test_what_costs_more_after_all_is_charged() -> None:
    limit = RateLimit(burst=4, per_minute=60)
    limit.charge("a", 3)
    limit.wait("a", NOON)
    limit.charge("a", 10)
    assert limit.wait("a", NOON) == 1


@given(st.lists(st.text(max_size=3)))
def test_a_limit_remembers_a_fixed_number_of_askers(askers: list[str]) -> None:
    limit = RateLimit(burst=1, per_minute=1, askers=3)
    for asker in askers:
        limit.wait(asker, NOON)
        assert len(limit) <= 3


def test_the_quietest_asker_is_forgotten_first() -> None:
    limit = RateLimit(burst=1, per_minute=1, askers=2)
    for asker in ("noisy", "quiet", "noisy", "new"):
        limit.wait(asker, NOON)
    assert [bool(limit.wait(asker, NOON)) for asker in ("noisy", "new", "quiet")] == [True, True, False]


@pytest.mark.parametrize(
    ("client", "asker"),
    [
        (("203.0.113.7", 1), "203.0.113.7"),
        (("2001:db8:1:2:3:4:5:6", 1), "2001:db8:1:2::/64"),
        (("::ffff:203.0.113.7", 1), "::ffff:203.0.113.7"),
        (("testclient", 1), "testclient"),
        (None, ""),
    ],
)
def test_an_asker_is_an_address_or_a_network_of_one_customer(client: tuple[str, int] | None, asker: str) -> None:
    assert address_of(Request({"type": "http", "client": client})) == asker


# ---------------------------------------------------------------- pictures


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"\xff\xd8\xff\xe0\x00\x10JFIF", b"\x89PNG\r\n\x1a\n", b"RIFF\x00\x00\x00\x00WEBPVP8 "]),
)
def test_whatever_is_uploaded_is_a_picture_or_refused(content: bytes, beginning: bytes) -> None:
    with suppress(NotAPicture):
        assert picture_type(beginning + content).startswith("image/")
