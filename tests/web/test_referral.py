"""The page on which an outside agency answers: for who has its link, as long as the link lives."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from bot.services import referrals as service
from bot.services.office import open_office
from bot.services.rights import Officer
from bot.web.referral import BURST
from storage import Tx, media, people, referrals, reports
from storage.tables import Report
from tests.storage.makers import new_report
from tests.web.small_door import NOON, SmallDoor, browser

TOKEN = "a-token-that-nobody-guesses"
PAGE = f"/rujukan/{TOKEN}"


@pytest.fixture
def report(door: SmallDoor) -> Report:
    """A report that lies with the national road office."""

    def refer(tx: Tx) -> Report:
        made = new_report(tx, status="terverifikasi", description="lubang di jalan nasional")
        admin = people.find_or_create_address(tx, "telegram", "staff", "admin", now=NOON).contact_id
        officer = Officer(admin, frozenset({"administrator"}), frozenset())
        office = open_office(door.city, "")
        service.refer(
            tx, office, officer, made.number, seen="terverifikasi", agency="", receiver="Balai Jalan",
            reason="jalan nasional", way="letter", reference="", token=TOKEN, now=NOON,
        )  # fmt: skip
        return made

    return door.db.run_sync(refer)


def answers(door: SmallDoor, report: Report) -> list[str]:
    def look(tx: Tx) -> list[str]:
        (hop,) = referrals.of_report(tx, report)
        return [referrals.text_of(tx, said) for said in referrals.answers_of(tx, hop)]

    return door.db.read_sync(look)


def send(client: TestClient, text: str = "sudah kami tambal", **more: str) -> int:
    return client.post(PAGE, data={"jawaban": text, **more}, files={"foto": ("", b"")}).status_code


def test_who_has_the_link_reads_what_it_is_about(door: SmallDoor, report: Report) -> None:
    shown = browser(door).get(PAGE)
    assert shown.status_code == 200
    for words in (report.number, "Balai Jalan", "jalan nasional", "lubang di jalan nasional", "24 Desember 2026"):
        assert words in shown.text


def test_what_is_secret_is_not_shown(door: SmallDoor, report: Report) -> None:
    door.db.run_sync(lambda tx: tx.change(Report, privacy="rahasia"))
    assert "lubang di jalan" not in browser(door).get(PAGE).text


def test_an_answer_is_kept_and_told(door: SmallDoor, report: Report) -> None:
    assert send(browser(door)) == 200
    assert answers(door, report) == ["sudah kami tambal"]
    assert door.db.read_sync(reports.by_number, report.number).status == "diteruskan"


def test_who_says_that_it_is_solved_lets_the_reporter_be_asked(door: SmallDoor, report: Report) -> None:
    assert send(browser(door), selesai="ya") == 200
    assert door.db.read_sync(reports.by_number, report.number).status == "menunggu_konfirmasi"
    assert send(browser(door)) == 410  # the referral has ended, and its link with it


def test_a_photo_comes_with_the_answer(door: SmallDoor, report: Report) -> None:
    import io

    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "JPEG")
    files = {"foto": ("x.jpg", picture.getvalue())}
    assert browser(door).post(PAGE, data={"jawaban": "selesai"}, files=files).status_code == 200
    (row,) = door.db.read_sync(media.of_report, report.id)
    assert (row.state, row.purpose, row.media_type) == ("stored", "result", "image/jpeg")
    assert (door.media_folder / row.path).read_bytes() == picture.getvalue()


def test_what_is_no_picture_is_refused_and_nothing_kept(door: SmallDoor, report: Report) -> None:
    files = {"foto": ("x.jpg", b"MZ this is a program")}
    assert browser(door).post(PAGE, data={"jawaban": "selesai"}, files=files).status_code == 415
    assert answers(door, report) == []


def test_an_empty_answer_is_asked_for_again(door: SmallDoor, report: Report) -> None:
    assert send(browser(door), "  ") == 422
    assert answers(door, report) == []


def test_who_holds_a_link_that_is_over_or_too_old_reads_what_became_of_it(door: SmallDoor, report: Report) -> None:
    door.time = NOON + service.LINK_LIVES + timedelta(seconds=1)
    expired = browser(door).get(PAGE)
    assert (expired.status_code, "sudah habis" in expired.text) == (410, True)
    door.time = NOON
    door.db.run_sync(referrals.end_open, report, "ditutup", NOON)
    over = browser(door).get(PAGE)
    assert (over.status_code, "tidak menunggu jawaban instansi Anda lagi" in over.text) == (410, True)
    assert send(browser(door)) == 410
    assert answers(door, report) == []


def test_a_link_lives_again_when_the_step_that_ended_it_is_taken_back(door: SmallDoor, report: Report) -> None:
    door.db.run_sync(referrals.end_open, report, referrals.PASSED_ON, NOON)
    door.db.run_sync(referrals.take_up_again, report, NOON)
    assert browser(door).get(PAGE).status_code == 200
    assert send(browser(door)) == 200


def test_a_link_that_is_revoked_or_invented_leads_nowhere(door: SmallDoor, report: Report) -> None:
    assert browser(door).get(PAGE + "x").status_code == 404

    def revoke(tx: Tx) -> None:
        (hop,) = referrals.of_report(tx, report)
        referrals.revoke_link(tx, hop)

    door.db.run_sync(revoke)
    assert browser(door).get(PAGE).status_code == 404
    assert send(browser(door)) == 404


def test_guessing_links_becomes_slow(door: SmallDoor) -> None:
    client = browser(door)
    seen = [client.get(f"/rujukan/guess{n}").status_code for n in range(BURST)]
    assert seen[0] == 404
    assert seen[-1] == 429


def test_another_site_cannot_answer(door: SmallDoor, report: Report) -> None:
    refused = browser(door).post(PAGE, data={"jawaban": "x"}, headers={"Origin": "https://evil.example"})
    assert refused.status_code == 403


def test_even_a_good_link_is_not_answered_without_end(door: SmallDoor, report: Report) -> None:
    client = browser(door)
    seen = [send(client, f"jawaban {n}") for n in range(BURST + 2)]
    assert seen[0] == 200
    assert seen[-1] == 429
    assert len(answers(door, report)) == seen.count(200) <= BURST
    door.pass_time(120)
    assert send(client, "lagi") == 200
