"""News: owed once for each change and each person concerned, in their language, and never two where one will do."""

from dataclasses import replace

import pytest

from bot.services import notifications
from storage import Tx, media, outbox, people
from storage import reports as kept
from tests.services.town import LAMP, Talk, Town


def told_of(talk: Talk) -> list[str]:
    """The statuses that this person was told of, from the keys of what they were sent."""
    changes = {change.id: change.to_status for number in talk.numbers() for change in talk.town.history(number)}
    return [changes[int(news.key.split(":")[1])] for news in talk.said("news:")]


def test_a_citizen_is_told_each_step_but_the_ones_that_the_talk_itself_said(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    town.resolved(number)
    assert told_of(asep) == ["didisposisikan", "diproses", "menunggu_konfirmasi"]


def test_checked_waits_half_an_hour_and_is_dropped_when_disposition_follows(town: Town) -> None:
    asep, admin = town.citizen(), town.administrator()
    number = asep.files()
    town.move(admin, number, "terverifikasi")
    (waiting,) = asep.news()
    assert (waiting.due_at - town.now).total_seconds() == 30 * 60
    town.pass_time(minutes=10)
    town.move(admin, number, "didisposisikan", agency="dishub")
    soon = town.now + town.office.hold
    assert [(news.state, news.due_at == soon) for news in asep.news()] == [("withdrawn", False), ("due", True)]


def test_checked_is_told_when_nothing_follows_in_time(town: Town) -> None:
    asep, admin = town.citizen(), town.administrator()
    number = asep.files()
    town.move(admin, number, "terverifikasi")
    town.pass_time(minutes=31)
    town.run(send_due, asep)
    town.move(admin, number, "didisposisikan", agency="dishub")
    assert told_of(asep) == ["terverifikasi", "didisposisikan"]


def test_news_that_a_slow_network_still_holds_back_are_not_dropped(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    owner = town.assigned(number)
    town.move(owner, number, "diproses", note="berangkat")
    town.move(owner, number, "menunggu_konfirmasi", note="beres")
    assert [news.state for news in asep.said("news:")] == ["due", "due", "due"]


def test_the_same_change_is_owed_once_however_often_it_is_told(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    town.assigned(number)

    def tell_again(tx: Tx) -> None:
        report = kept.by_number(tx, number)
        assert report is not None
        assert report.id is not None
        for change in kept.history(tx, report.id):
            notifications.tell_reporters(tx, town.office, report, change)

    before = asep.news()
    town.run(tell_again)
    assert asep.news() == before


def test_who_brought_a_change_about_is_not_told_of_it_twice(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    town.resolved(number)
    before = len(asep.news())
    asep.answers(number, solved=True)
    assert len(asep.news()) == before


def test_everybody_who_supports_a_report_is_told_under_their_own_number(town: Town) -> None:
    asep = town.citizen("asep")
    parent = asep.files()
    others = [town.citizen(name) for name in ("ucup", "neng", "dadang")]
    numbers = [talk.joins(parent) for talk in others]
    town.assigned(parent)
    for talk, number in zip([asep, *others], [parent, *numbers], strict=True):
        (news,) = talk.said("news:")
        assert number in news.reply.text


def test_news_come_in_the_language_of_who_reads_them(town: Town) -> None:
    asep, ucup = town.citizen("asep"), town.citizen("ucup")
    town.run(people.set_language, asep.contact_id, "su")
    town.run(people.set_language, ucup.contact_id, "en")
    parent = asep.files()
    ucup.joins(parent)
    town.assigned(parent)
    assert "Laporan" in asep.said("news:")[0].reply.text
    assert "parantos" in asep.said("news:")[0].reply.text
    assert "We have passed" in ucup.said("news:")[0].reply.text


def test_the_result_is_told_with_its_pictures_and_a_question(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    owner = town.assigned(number)
    pictures = [town.run(photo_of, owner, f"file {n}") for n in range(4)]
    town.move(owner, number, "menunggu_konfirmasi", note="lampu diganti", evidence=pictures)
    news = asep.news()[-1].reply
    assert news.photos == tuple(pictures[-3:])
    assert "lampu diganti" in news.text
    assert [choice.value for choice in news.choices] == [f"done:{number}", f"not_done:{number}"]
    assert news.turn == 0  # a tap on it is good for ever


def test_before_and_after_are_seen_beside_each_other(town: Town) -> None:
    asep = town.citizen()
    picture = town.run(photo_of, asep, "problem", "problem")
    number = asep.files(replace(LAMP, evidence=(picture,)))
    owner = town.assigned(number)
    town.move(owner, number, "menunggu_konfirmasi", note="beres")
    news = asep.news()[-1].reply
    assert news.photos[0] == picture
    assert len(news.photos) == 2
    assert "sebelum" in news.text


def test_a_full_stop_typed_by_staff_does_not_make_two(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    owner = town.assigned(number)
    town.move(owner, number, "diproses", note="Tim berangkat pagi ini.")
    assert "Tim berangkat pagi ini." in asep.news()[-1].reply.text
    assert ".." not in asep.news()[-1].reply.text


@pytest.mark.parametrize("language", ["id", "su", "en"])
def test_every_news_of_the_way_can_be_worded_in_every_language(town: Town, language: str) -> None:
    asep, admin = town.citizen(), town.administrator()
    for talk in (asep, admin):
        town.run(people.set_language, talk.contact_id, language)
    number = asep.files()
    town.resolved(number)
    asep.answers(number, solved=False)
    texts = [news.reply.text for talk in (asep, admin) for news in talk.news()]
    assert len(texts) >= 5
    assert not [text for text in texts if "{" in text or "}" in text]


def photo_of(tx: Tx, talk: Talk, name: str, purpose: str = "result") -> int:
    row = media.await_file(
        tx, conversation_id=talk.conversation_id, purpose=purpose, kind="photo", source="telegram:staff",
        platform_ref=name, now=talk.town.now,
    )  # fmt: skip
    assert row.id is not None
    return row.id


def send_due(tx: Tx, talk: Talk) -> None:
    while message := outbox.next_due(tx, talk.conversation_id, talk.town.now):
        assert outbox.claim(tx, message.id, talk.town.now)
        outbox.settle_sent(tx, message.id, "1", talk.town.now)
