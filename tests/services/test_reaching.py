"""News that cannot be told in one chat goes to the person's next one; answers stay where they were asked for."""

from sqlmodel import select

from bot.services import reaching
from storage import Tx, outbox, people
from storage.tables import OutboxMessage
from tests.services.test_linking import linked
from tests.services.town import Talk, Town


def _row(tx: Tx, talk: Talk, part: str) -> OutboxMessage:
    return next(row for row in reversed(_rows(tx, talk)) if part in row.key)


def _rows(tx: Tx, talk: Talk) -> list[OutboxMessage]:
    return list(tx.session.exec(select(OutboxMessage).where(OutboxMessage.conversation_id == talk.conversation_id)))


def _elsewhere(town: Town, talk: Talk, part: str) -> str:
    return town.run(lambda tx: reaching.send_elsewhere(tx, _row(tx, talk, part), town.now))


def test_news_go_on_to_the_other_channel_once(town: Town) -> None:
    telegram, whatsapp = linked(town)
    number = telegram.tells()
    town.assigned(number)
    first, other = (telegram, whatsapp) if telegram.said("news:") else (whatsapp, telegram)
    assert _elsewhere(town, first, "news:") == other.channel
    assert number in other.said("news:")[-1].reply.text
    assert _elsewhere(town, first, "news:") == ""
    assert _elsewhere(town, other, "news:") == ""


def test_an_answer_stays_in_its_chat(town: Town) -> None:
    telegram, _ = linked(town)
    telegram.tells()
    assert _elsewhere(town, telegram, "turn:") == ""


def test_news_of_who_has_one_chat_go_nowhere_else(town: Town) -> None:
    asep = town.citizen()
    town.assigned(asep.tells())
    assert _elsewhere(town, asep, "news:") == ""


def test_a_chat_that_cannot_be_reached_is_passed_over(town: Town) -> None:
    telegram, whatsapp = linked(town)
    number = telegram.tells()
    town.pass_time(minutes=1)
    whatsapp.writes("laporan saya")

    def blocks(tx: Tx) -> None:
        address = people.address_of(tx, people.conversation_by_id(tx, whatsapp.conversation_id))
        people.mark_unreachable(tx, address.id or 0, "blocked", town.now)

    town.run(blocks)
    town.assigned(number)
    assert telegram.said("news:")
    assert not whatsapp.said("news:")


def test_a_message_passed_on_says_where_it_was_told(town: Town) -> None:
    telegram, _ = linked(town)
    telegram.tells()
    town.run(lambda tx: outbox.pass_on(tx, _row(tx, telegram, "turn:").id or 0, "sent on whatsapp instead", town.now))
    assert telegram.news()[-1].state == "withdrawn"
