"""In a group: a neighbour's message becomes a report with one card, nameless until its author takes it over."""

import secrets
from typing import Any

import pytest

from bot.dialogue.events import ChoicePicked, CommandGiven, InGroup, LocationShared, MediaShared, Quoted, TextSent
from bot.dialogue.knowledge import Danger, Heard
from bot.dialogue.replies import Reply
from bot.services import turns
from bot.services.intake import Arrived, take_in
from bot.services.told import Told
from storage import areas, audit, groups, inbox, media, people
from tests.services.town import CISITU, Talk, Town, heard

AUTHOR = "author"
CHAT = "-100777"


def member(town: Town, name: str = "asker") -> Talk:
    """Somebody who writes in the group."""

    def meet(tx: Any) -> tuple[int, int]:
        address = people.find_or_create_address(tx, "telegram", "citizen", name, now=town.now)
        conversation = people.find_or_create_conversation(tx, address, CHAT, town.now, in_group=True)
        return conversation.id or 0, address.contact_id

    return Talk(town, "telegram", "citizen", name, *town.run(meet))


def quoted(text: str = "lampu jalan mati di cisitu lama", message: str = "55", **more: Any) -> Quoted:
    return Quoted(message, more.pop("author", AUTHOR), text=text, **more)


def says(talk: Talk, said: Any, of: Quoted | None = None, understood: Heard | None = None, **more: Any) -> list[Reply]:
    """Something said in the group; what the group reads in return."""
    town, before = talk.town, len(talk.news())
    arrived = Arrived(
        source="telegram:citizen", channel="telegram", bot="citizen", payload="{}", unique_key=f"{talk.name} {secrets.token_hex(8)}",
        external_id=talk.name, chat_id=CHAT, in_group=True,
    )  # fmt: skip
    assert town.run(take_in, town.office.city, arrived, town.now)

    def act(tx: Any) -> None:
        (row,) = inbox.pending(tx, talk.conversation_id)
        turns.play(tx, town.office, row, [Told(InGroup(said, of, "77"), understood, more.get("located"))], town.now)

    town.run(act)
    return [each.reply for each in talk.news()[before:]]


def files_one(town: Town, **more: Any) -> tuple[Talk, str, Reply]:
    asker = member(town)
    (card,) = says(asker, CommandGiven("lapor"), quoted(**more), heard())
    return asker, asker.numbers()[0], card


def token_in(card: Reply) -> str:
    return next(choice.link for choice in card.choices if choice.link).partition("ambil_")[2]


def author(town: Town) -> Talk:
    return town.citizen(AUTHOR)


# ---------------------------------------------------------------- filing


def test_a_picture_under_the_command_comes_along(either_town: Town) -> None:
    asker = member(either_town)
    command = CommandGiven("lapor", "lampu jalan mati di cisitu lama", MediaShared("photo", "F"))
    says(asker, command, None, heard())
    (photo,) = either_town.run(media.of_report, either_town.report(asker.numbers()[0]).id)
    assert photo.kind == "photo"


def test_a_message_that_is_answered_with_lapor_is_filed_and_shown_by_a_card(either_town: Town) -> None:
    asker, number, card = files_one(either_town)
    report = either_town.report(number)
    assert (report.category, report.description, report.privacy) == ("pju", "lampu jalan mati di cisitu lama", "anonim")
    assert number in card.text
    assert "Jl. Cisitu Lama" in card.text
    assert [choice.label for choice in card.choices] == ["Ini tulisan saya"]
    assert card.choices[0].link.startswith("https://t.me/")
    assert asker.news()[0].reply.turn == 0


def test_the_words_behind_the_command_are_added_and_a_photo_of_the_message_is_kept(town: Town) -> None:
    asker = member(town)
    of = quoted("lampu mati", files=(MediaShared("photo", "file"),))
    says(asker, CommandGiven("lapor", "di jalan cisitu lama"), of, heard())
    report = town.report(asker.numbers()[0])
    assert report.description == "lampu mati\ndi jalan cisitu lama"
    (photo,) = town.run(media.of_report, report.id)
    assert (photo.kind, photo.purpose, photo.source) == ("photo", "problem", "telegram:citizen")


def test_the_same_message_is_filed_once(town: Town) -> None:
    _, number, _ = files_one(town)
    (reply,) = says(member(town, "another"), CommandGiven("lapor"), quoted(), heard())
    assert number in reply.text
    assert "sudah menjadi laporan" in reply.text


@pytest.mark.parametrize(
    ("of", "understood", "part"),
    [
        (None, None, "Balas pesan yang memuat masalahnya"),
        (quoted("", files=(MediaShared("photo", "x"),)), None, "Gambar saja"),
        (quoted("wkwk mantap"), heard(kind="bukan_laporan", kind_confidence=0.97), "tidak tampak seperti laporan"),
    ],
)
def test_what_is_no_report_is_not_filed_and_says_what_to_do(
    town: Town, of: Quoted | None, understood: Heard | None, part: str
) -> None:
    asker = member(town)
    (reply,) = says(asker, CommandGiven("lapor"), of, understood)
    assert part in reply.text
    assert not asker.numbers()


def test_an_identity_number_in_the_message_is_not_kept(town: Town) -> None:
    _, number, _ = files_one(town, text="lampu mati, nik saya 3273011203900001")
    assert "3273011203900001" not in town.report(number).description


def test_danger_is_told_the_number_to_call_and_filed_as_an_emergency(town: Town) -> None:
    asker = member(town)
    (card,) = says(
        asker,
        CommandGiven("lapor"),
        quoted("kebakaran di cisitu"),
        heard(town.office.city.emergency.category, danger=Danger("kebakaran")),
    )
    assert "112" in card.text.splitlines()[0]
    assert town.report(asker.numbers()[0]).status == "dialihkan_darurat"


def test_a_confidential_report_shows_no_more_than_its_number(town: Town) -> None:
    hidden = next(c.id for c in town.office.city.categories.values() if c.confidential_default and c.id != "darurat")
    asker = member(town)
    (card,) = says(asker, CommandGiven("lapor"), quoted("pungli di kelurahan"), heard(hidden))
    assert town.office.city.categories[hidden].label["id"] not in card.text
    assert "rahasia" in card.text


@pytest.mark.parametrize("said", [TextSent("halo semua"), MediaShared("photo", "x"), ChoicePicked("done:X", 0)])
def test_whatever_else_is_said_in_the_group_is_answered_with_silence(town: Town, said: Any) -> None:
    assert says(member(town), said) == []


# ---------------------------------------------------------------- what the card asks for


def test_a_report_without_a_place_asks_for_it_and_takes_a_pin_in_answer_to_the_card(town: Town) -> None:
    asker = member(town)
    (card,) = says(asker, CommandGiven("lapor"), quoted("lampu jalan mati"), heard(place=None))
    number = asker.numbers()[0]
    assert town.report(number).needs_check
    assert "Di mana?" in card.text
    says(asker, LocationShared(CISITU.lat or 0, CISITU.lon or 0), Quoted("55", ours=True), located=CISITU)
    report = town.report(number)
    assert (report.kelurahan, report.needs_check) == ("Dago", False)
    assert "Di mana?" not in asker.news()[-1].reply.text


def test_the_card_follows_the_status_and_takes_the_place_of_the_first_one(town: Town) -> None:
    asker, number, card = files_one(town)
    town.resolved(number)
    shown = [each.reply for each in asker.news()]
    assert len({each.key for each in asker.news()}) == len(shown)
    assert all(reply.replaces == card.replaces for reply in shown)
    assert "konfirmasi" in shown[-1].text.lower() or "selesai" in shown[-1].text.lower()
    assert {"done", "not_done"} <= {choice.value.partition(":")[0] for choice in shown[-1].choices}


def test_only_whose_report_it_is_may_say_that_it_is_solved(town: Town) -> None:
    asker, number, _ = files_one(town)
    town.resolved(number)
    says(member(town, "another"), ChoicePicked(f"done:{number}", 0))
    assert town.report(number).status == "menunggu_konfirmasi"
    says(asker, ChoicePicked(f"done:{number}", 0))
    assert town.report(number).status == "ditutup"


# ---------------------------------------------------------------- taking over


def test_the_author_takes_it_over_and_chooses_how_to_be_named(either_town: Town) -> None:
    town = either_town
    asker, number, card = files_one(town)
    writer = author(town)
    (offer,) = writer.hears_about(CommandGiven("start", f"ambil_{token_in(card)}"))
    assert "lampu jalan mati" in offer.text
    writer.taps(f"own:tampil:{token_in(card)}")
    report = town.report(number)
    assert (report.contact_id, report.conversation_id, report.privacy) == (
        writer.contact_id,
        writer.conversation_id,
        "tampil",
    )
    assert not any(choice.link for choice in asker.news()[-1].reply.choices)
    town.assigned(number)
    assert writer.said("news:")
    assert "take_over_report" in {each.act for each in town.run(audit.of_report, report.id)}


def test_taken_over_as_secret_its_words_are_sealed_and_the_card_hides_it(town: Town) -> None:
    asker, number, card = files_one(town)
    writer = author(town)
    writer.hears_about(CommandGiven("start", f"ambil_{token_in(card)}"))
    writer.taps(f"own:rahasia:{token_in(card)}")
    assert town.report(number).description == ""
    assert "Cisitu" not in asker.news()[-1].reply.text


def test_nobody_else_takes_it_over_and_nobody_twice(town: Town) -> None:
    _, number, card = files_one(town)
    thief = town.citizen("thief")
    (reply,) = thief.hears_about(CommandGiven("start", f"ambil_{token_in(card)}"))
    assert "Hanya penulis" in reply.text
    (reply,) = thief.hears_about(ChoicePicked(f"own:tampil:{token_in(card)}", thief.session().turn))
    assert town.report(number).privacy == "anonim"
    writer = author(town)
    writer.hears_about(CommandGiven("start", f"ambil_{token_in(card)}"))
    writer.taps(f"own:anonim:{token_in(card)}")
    (reply,) = writer.hears_about(CommandGiven("start", f"ambil_{token_in(card)}"))
    assert "sudah diambil alih" in reply.text
    (reply,) = writer.hears_about(CommandGiven("start", f"ambil_{'0' * 24}"))
    assert "tidak dikenal" in reply.text


# ---------------------------------------------------------------- the chat of a group


def coordinates(town: Town, talk: Talk, role: str = groups.COORDINATOR) -> int:
    """Make the person the coordinator of a group; its id."""

    def act(tx: Any) -> int:
        group = groups.found(
            tx, "KIM Dago", kelurahan="Dago", kecamatan="Coblong", term_from=town.now.date(),
            term_until=town.now.date(), now=town.now,
        )  # fmt: skip
        groups.join(tx, group.id or 0, talk.contact_id, talk.conversation_id, role, town.now, town.now)
        return group.id or 0

    return town.run(act)


@pytest.mark.parametrize("role", [groups.COORDINATOR, groups.MEMBER, ""])
def test_only_a_coordinator_makes_a_chat_the_groups_own(town: Town, role: str) -> None:
    talk = member(town)
    group_id = coordinates(town, talk, role) if role else 0
    replies = says(talk, CommandGiven("kim"))
    if role != groups.COORDINATOR:
        assert replies == []
        return
    assert "KIM Dago" in replies[0].text
    group = town.run(groups.group_by_id, group_id)
    assert group is not None
    assert town.run(areas.chat_of_group, group) == talk.conversation_id
