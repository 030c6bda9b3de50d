"""What a KIM member may not do, and who a neighbour is that nobody else may know: tried with everything that can be typed or tapped."""

import re
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dialogue.events import ChoicePicked, CommandGiven, Forwarded, LocationShared, Origin, TextSent
from bot.dialogue.replies import Reply
from bot.services import area_news, enclosures, erasing
from bot.staff.commands import COMMANDS
from storage import Tx, consents, conversations, groups, people
from storage.tables import KimMember
from tests.services.test_area_news import MONDAY, on
from tests.services.test_batches import CHATTER, SAMPAH, forwards, listed, writes
from tests.services.test_groups import found, joined, with_member
from tests.services.town import Talk, Town, heard

SECRETS = ("Dadang", "81234567890", "dadang_rt5", "Euis", "Hidayat")
"""Of the neighbour and of the member who told; their words about the problem are no secret."""
FORGED = (
    "see", "to", "result", "category", "as", "way", "out", "pick", "kind", "why", "answer", "secrecy", "missing", "queue", "siaran",
    "halt", "photo_withdraw", "done", "not_done", "rate", "support", "add", "place", "urungkan", "claim", "batch", "kim_leave_surely",
)  # fmt: skip
"""With these the values of choices begin: of staff, of reporters, of lists."""


@pytest.fixture
def euis(town: Town) -> Talk:
    found(town)
    talk = joined(town)
    town.run(people.keep_name, talk.contact_id, "Euis Hidayat")
    return talk


def told_for_dadang(euis: Talk) -> tuple[str, str]:
    """Two reports of a batch, told for a neighbour whose contact is noted; what was forwarded names its writer."""
    from_him = Origin("hidden_user", "hidden_user:Dadang", 1_795_500_000)
    forwards(euis, "lampu jalan mati di cisitu", heard(), origin=from_him)
    forwards(euis, "sampah menumpuk di pasar cihapit", SAMPAH, origin=from_him)
    forwards(euis, "hatur nuhun, Dadang", CHATTER, origin=from_him)
    listed(euis)
    writes(euis, "kontak 1 Pak Dadang 081234567890")
    euis.taps("batch:neighbour")
    second, first = euis.numbers()
    writes(euis, "kontak 2 @dadang_rt5")
    return first, second


def texts(replies: list[Reply]) -> Iterator[str]:
    for reply in replies:
        yield reply.text
        yield from (choice.label for choice in reply.choices)


def heard_by(talk: Talk, numbers: tuple[str, ...]) -> list[str]:
    """Everything this person is shown by all the commands there are."""
    shown: list[str] = []
    for command in COMMANDS:
        if command.name in ("keluar", "libur", "undang"):
            continue
        for argument in ("", *numbers):
            shown += texts(talk.hears_about(CommandGiven(command.name, argument)))
    shown += texts(talk.hears_about(TextSent(f"status {numbers[0]}"), heard=heard()))
    return [*shown, *(text for news in talk.news() for text in texts([news.reply]))]


def names_nobody(shown: list[str]) -> None:
    for text in shown:
        assert not [secret for secret in SECRETS if secret in text], text


@pytest.mark.parametrize(
    "who",
    [
        lambda town: town.administrator(),
        lambda town: town.narahubung("dishub"),
        lambda town: town.officer("pimpinan"),
        lambda town: town.officer("auditor"),
        lambda town: town.citizen("tukang intip"),
    ],
    ids=["administrator", "narahubung", "pimpinan", "auditor", "anybody"],
)
def test_who_a_neighbour_is_and_who_told_for_them_is_shown_by_no_command(
    town: Town, euis: Talk, who: Callable[[Town], Talk]
) -> None:
    numbers = told_for_dadang(euis)
    for number in numbers:
        town.resolved(number)
    names_nobody(heard_by(who(town), numbers))


def test_peers_and_the_week_of_the_area_name_nobody(town: Town, euis: Talk) -> None:
    group = town.db.read_sync(groups.open_groups)[0]
    ujang = with_member(town, group.id or 0, euis)
    numbers = told_for_dadang(euis)
    town.run(lambda tx: people.keep_name(tx, ujang.contact_id, "Ujang"))
    shown = heard_by(ujang, numbers)
    names_nobody([text for text in shown if not text.startswith("KIM Mekar")])  # peers know each other's names
    assert not [text for text in shown if "Dadang" in text or "81234567890" in text]
    on(town, MONDAY)
    weeks = [each.reply for each in euis.said("area_week")]
    assert weeks
    names_nobody(list(texts(weeks)))
    for reply in weeks:
        assert town.run(enclosures.gather, town.office, reply.enclosed, "id", town.now)


def test_the_file_of_the_database_holds_no_neighbour_in_the_clear(town: Town, euis: Talk) -> None:
    told_for_dadang(euis)
    for text in town.run(_all_that_is_stored):
        assert not [secret for secret in SECRETS if secret in text], text


def _all_that_is_stored(tx: Tx) -> list[str]:
    connection = tx.session.connection()
    tables = [name for (name,) in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return [repr(row) for name in tables for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')]


def test_who_is_forgotten_takes_what_was_noted_of_neighbours_along(town: Town, euis: Talk) -> None:
    numbers = told_for_dadang(euis)

    def noted() -> list[str]:
        of_both = (town.db.read_sync(consents.of_report, town.report(number).id or 0) for number in numbers)
        return [each.person_sealed for found in of_both for each in found if each.person_sealed]

    def forget(tx: Tx) -> None:
        conversation = conversations.load(tx, euis.conversation_id).conversation
        erasing.erase(tx, town.office, conversation, follow=False, now=town.now)

    assert noted()
    town.run(forget)
    assert not noted()


# ---------------------------------------------------------------- doing


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    begins=st.sampled_from(FORGED),
    behind=st.sampled_from(
        ["", ":{number}", ":{number}:dishub", ":{number}:terverifikasi", ":1", ":send", ":1:{number}"]
    ),
    now=st.booleans(),
)
def test_a_forged_tap_moves_nobody_elses_report_and_shows_no_more_of_it(
    forger: tuple[Talk, str], begins: str, behind: str, *, now: bool
) -> None:
    euis, number = forger
    before = (euis.town.statuses(number), euis.town.report(number).category, euis.numbers())
    value = f"{begins}{behind}".format(number=number)
    replies = euis.hears_about(ChoicePicked(value, euis.session().turn if now else 0))
    assert (euis.town.statuses(number), euis.town.report(number).category, euis.numbers()) == before
    assert not [text for text in texts(replies) if "Asep" in text or "lampu jalan mati" in text]


@pytest.fixture
def forger(town: Town, euis: Talk) -> tuple[Talk, str]:
    return euis, town.citizen("asep", shown_name="Asep Sunandar").files()


def over(town: Town, talk: Talk) -> None:
    town.pass_time(days=365 * 6)


def gone(town: Town, talk: Talk) -> None:
    town.run(lambda tx: tx.change(KimMember, KimMember.contact_id == talk.contact_id, until=town.now))


def never(town: Town, talk: Talk) -> None:
    pass


@pytest.mark.parametrize("ends", [over, gone, never])
@pytest.mark.parametrize(
    "payload",
    ["kim_COORDCODE", "kim_AAAA2222", "ikut_AAAABBBB2222", "ambil_AAAABBBB2222", "staf_AAAA", "undang_AAAA", "<b>", "%00",
     "kim_" + "A" * 60],
)  # fmt: skip
def test_a_link_that_was_used_or_guessed_opens_nothing(
    town: Town, euis: Talk, ends: Callable[[Town, Talk], None], payload: str
) -> None:
    other = town.citizen("asep", shown_name="Asep Sunandar").files()
    ends(town, euis)
    stranger = town.citizen("orang")
    for talk in (euis, stranger):
        (reply,) = talk.hears_about(CommandGiven("start", payload))
        assert other not in reply.text
        assert "Asep" not in reply.text
    memberships = town.run(lambda tx: groups.memberships(tx, stranger.contact_id, town.office.today(town.now)))
    assert not memberships


@pytest.mark.parametrize("ends", [over, gone])
def test_who_is_a_member_no_more_has_no_area_invites_nobody_and_is_asked_nothing(
    town: Town, euis: Talk, ends: Callable[[Town, Talk], None]
) -> None:
    ends(town, euis)
    event = CommandGiven("wilayah")
    assert town.db.read_sync(area_news.asked_for, town.office, euis.contact_id, event, town.now) is None
    (reply,) = euis.hears_about(CommandGiven("kim", "undang"))
    assert not re.search("GABUNG KIM [A-Z2-9]{8}", reply.text)
    number = town.citizen("asep").files()
    town.resolved(number)
    assert not euis.said("witness")


def test_a_line_of_a_batch_is_added_to_nobody_elses_report_by_naming_it(town: Town, euis: Talk) -> None:
    other = town.citizen("asep", shown_name="Asep Sunandar").files()
    forwards(euis, "sampah menumpuk di pasar cihapit", SAMPAH)
    listed(euis)
    for said in (f"gabung 1 {other}", f"1 sama dengan {other}", f"ubah 1 masalah {other}"):
        for reply in euis.hears_about(TextSent(said), heard=CHATTER):
            assert "Asep" not in reply.text
            assert "lampu jalan mati" not in reply.text
    euis.taps("batch:mine")
    assert town.statuses(other) == ["diterima"]
    assert other not in euis.numbers()


def test_a_forwarded_pin_or_sticker_of_a_stranger_is_no_way_into_a_group(town: Town, euis: Talk) -> None:
    stranger = town.citizen("orang")
    content = Forwarded(LocationShared(-6.9, 107.6), Origin("forwarded"))
    stranger.hears_about(content)
    stranger.hears_about(Forwarded(TextSent("gabung kim COORDCODE"), Origin("forwarded")), heard=CHATTER)
    assert not town.run(lambda tx: groups.memberships(tx, stranger.contact_id, town.office.today(town.now)))
