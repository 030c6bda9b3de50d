"""A step is taken back within five minutes by who made it: all stands as before, news is not sent or corrected once, history keeps both."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.dialogue.events import CommandGiven
from bot.services import asking, desk_moves, referrals, rights, scheduling, undoing
from bot.services.refusals import Refusal
from bot.services.rights import NotAllowed
from storage import Tx, deadlines, linking, outbox, people
from storage import referrals as kept_referrals
from storage.moves import StatusMoved
from storage.tables import Deadline
from tests.services.test_agency_groups import bound
from tests.services.test_scheduling import DAY, WIDE
from tests.services.town import Talk, Town


def undo(town: Town, who: Talk, number: str, seen: str = "") -> None:
    def act(tx: Tx) -> None:
        officer = rights.officer(tx, who.contact_id, town.now)
        undoing.undo(tx, town.office, officer, number, seen=seen or town.report(number).status, now=town.now)

    town.run(act)


def by(town: Town, move: Callable[..., None], who: Talk, number: str, **what: object) -> None:
    def act(tx: Tx) -> None:
        officer = rights.officer(tx, who.contact_id, town.now)
        move(tx, town.office, officer, number, seen=town.report(number).status, now=town.now, **what)

    town.run(act)


def standing(town: Town, number: str) -> tuple[object, ...]:
    """What a report looks like to those who work on it."""
    report = town.report(number)
    running = town.db.read_sync(deadlines.open_deadlines, report.id)
    due = sorted((each.kind, each.due_at, each.since) for each in running)
    return report.status, report.agency, report.parent_id, report.times_returned, report.closed_at, due


Step = Callable[[Town, dict[str, Talk], str], Talk]
"""Brings a report that far, and returns who made the last step."""
STEPS: dict[str, Step] = {}


def step(name: str, who: str, act: Callable[[Town, Talk, str], None], *, after: Step | None = None) -> Step:
    """A step that one of the staff makes ten minutes after the one before it."""

    def make(town: Town, staff: dict[str, Talk], number: str) -> Talk:
        if after is not None:
            after(town, staff, number)
            town.pass_time(minutes=10)
        act(town, staff[who], number)
        return staff[who]

    STEPS[name] = make
    return make


def to(status: str, **more: str) -> Callable[[Town, Talk, str], None]:
    return lambda town, who, number: town.move(who, number, status, **more)


def does(move: Callable[..., None], **what: object) -> Callable[[Town, Talk, str], None]:
    return lambda town, who, number: by(town, move, who, number, **what)


def join_to_another(town: Town, who: Talk, number: str) -> None:
    parent = town.citizen("ucup").files(WIDE)
    town.pass_time(minutes=10)
    by(town, desk_moves.join, who, number, parent=parent)


def set_aside_later(town: Town, who: Talk, number: str) -> None:
    town.pass_time(minutes=10)
    by(town, desk_moves.archive, who, number, reason="spam")


VERIFIED = step("verified", "admin", to("terverifikasi"))
HANDED_ON = step("handed_on", "admin", to("didisposisikan", agency="dsdabm"), after=VERIFIED)
TAKEN_ON = step("taken_on", "owner", to("diproses", note="berangkat"), after=HANDED_ON)
step("scheduled", "owner", does(scheduling.schedule, day=DAY, why="menunggu aspal"), after=TAKEN_ON)
step("said_done", "owner", to("menunggu_konfirmasi", note="ditambal"), after=TAKEN_ON)
step("returned", "owner", does(desk_moves.give_back, agency="dpkp", why="jalan lingkungan"), after=HANDED_ON)
step("asked", "owner", does(asking.ask_reporter, part="photo", words=""), after=TAKEN_ON)
step("set_aside", "admin", set_aside_later)
step("joined", "admin", join_to_another)


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("seconds", [30, 200])
def test_all_stands_as_before_the_step_and_the_news_is_right(town: Town, name: str, seconds: int) -> None:
    asep, who = town.citizen("asep"), {"admin": town.administrator(), "owner": town.narahubung("dsdabm")}
    number = asep.files(WIDE)
    town.pass_time(minutes=10)
    before: list[tuple[object, ...]] = []
    original = town.pass_time

    def remember(**span: float) -> object:
        before.append(standing(town, number))
        return original(**span)

    before.append(standing(town, number))
    town.pass_time = remember  # type: ignore[method-assign]
    maker = STEPS[name](town, who, number)
    town.pass_time = original  # type: ignore[method-assign]
    last = town.history(number)[-1]
    waits = list(asep.said(f"news:{last.id}:"))
    original(seconds=seconds)
    deliver(town)
    undo(town, maker, number)
    assert standing(town, number) == before[-1]
    assert [each.to_status for each in town.history(number)][-2:] == [last.to_status, last.from_status]
    told = [news for news in waits if news.due_at <= town.now]
    assert len(asep.said(f"news:{last.id}:")) == (2 if told else 0), (
        "what was told is corrected once, what waits is not told"
    )


def deliver(town: Town) -> None:
    """Let everything that is due be sent."""

    def send(tx: Tx) -> None:
        for conversation in outbox.conversations_due(tx, town.now):
            while message := outbox.next_due(tx, conversation, town.now):
                outbox.claim(tx, message.id, town.now)
                outbox.settle_sent(tx, message.id, "", town.now)

    town.run(send)


def test_news_of_a_step_that_can_be_taken_back_waits_a_minute_and_other_news_does_not(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    owner = town.assigned(number)
    town.move(owner, number, "diproses", note="berangkat")
    assert (asep.news()[-1].due_at - town.now).total_seconds() == 60
    assert owner.said("assigned:")[-1].due_at == town.now
    by(town, desk_moves.to_emergency, town.administrator(), (other := town.citizen("ucup")).files(), why="menyala")
    assert other.news()[-1].due_at == town.now


def test_only_who_made_the_last_step_takes_it_back_in_time_and_once(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    owner, admin = town.assigned(number), town.officer("administrator", name="euis")
    town.pass_time(minutes=1)
    town.move(owner, number, "diproses", note="berangkat")
    with pytest.raises(Refusal) as refused:
        undo(town, admin, number)
    assert refused.value.code == "staff_nothing_to_undo"
    with pytest.raises(NotAllowed):
        undo(town, town.narahubung("dlh"), number)
    with pytest.raises(StatusMoved):
        undo(town, owner, number, seen="didisposisikan")
    town.pass_time(minutes=5)
    undo(town, owner, number)
    with pytest.raises(Refusal) as refused:
        undo(town, owner, number)
    assert refused.value.code == "staff_nothing_to_undo"
    town.move(owner, number, "diproses", note="berangkat")
    town.pass_time(minutes=5, seconds=1)
    with pytest.raises(Refusal) as refused:
        undo(town, owner, number)
    assert refused.value.code == "staff_undo_too_late"


def test_who_gave_a_report_away_takes_that_back_by_the_button(town: Town) -> None:
    number = town.citizen().files(WIDE)
    owner = town.assigned(number, "dsdabm")
    owner.hears_about(CommandGiven("kembalikan", f"{number} dpkp jalan lingkungan"))
    assert town.report(number).agency == ""
    assert "diurungkan" in owner.taps(f"urungkan:{number}").text
    assert (town.report(number).status, town.report(number).agency) == ("didisposisikan", "dsdabm")
    assert "tidak ditemukan" in owner.hears_about(CommandGiven("urungkan", town.citizen("ucup").files()))[0].text


def test_what_has_no_way_back_is_refused(town: Town) -> None:
    asep, admin = town.citizen(), town.administrator()
    number, parent = asep.files(), town.citizen("ucup").files()
    by(town, desk_moves.join, admin, number, parent=parent)
    by(town, desk_moves.split_off, admin, number)
    with pytest.raises(Refusal) as refused:
        undo(town, admin, number)
    assert refused.value.code == "staff_no_way_back"
    by(town, desk_moves.to_emergency, admin, parent, why="menyala")
    with pytest.raises(Refusal):
        undo(town, admin, parent)


def test_the_agency_hears_that_there_is_nothing_to_do_for_now(town: Town) -> None:
    number = town.citizen().files()
    admin, owner = town.administrator(), town.narahubung()
    town.move(admin, number, "terverifikasi")
    town.pass_time(minutes=1)
    town.move(admin, number, "didisposisikan", agency="dishub")
    undo(town, admin, number)
    assert "diurungkan" in owner.said("undone:")[-1].reply.text


def test_a_due_time_that_was_replaced_twice_comes_back_once(town: Town) -> None:
    number = town.citizen().files()
    report = town.report(number)
    first = town.now
    town.pass_time(minutes=1)

    def replace_it(tx: Tx) -> list[Deadline]:
        deadlines.set_deadline(tx, report.id, "verification", town.now, town.now)
        deadlines.take_back(tx, report.id, town.now, town.now)
        return deadlines.open_deadlines(tx, report.id)

    (back,) = town.run(replace_it)
    assert back.since == first


def test_who_read_that_a_report_was_joined_reads_that_it_stands_by_itself_again(town: Town) -> None:
    asep, ucup, admin = town.citizen(), town.citizen("ucup"), town.administrator()
    parent = town.citizen("euis").files(WIDE)
    told, untold = asep.files(WIDE), ucup.files(WIDE)
    for number in (told, untold):
        by(town, desk_moves.join, admin, number, parent=parent)
        if number == told:
            town.pass_time(minutes=2)
            deliver(town)
    for number in (told, untold):
        by(town, desk_moves.split_off, admin, number)
        town.pass_time(seconds=5)
        by(
            town, referrals.refer, admin, number, agency="pln", receiver="", reason="tiang", way="phone", reference="",
            token="",
        )  # fmt: skip
    texts = [each.reply.text for each in asep.said("news:")]
    assert [("kami gabung" in text, "tersendiri" in text) for text in texts[:2]] == [(True, False), (False, True)]
    assert not [each for each in ucup.said("news:") if "gabung" in each.reply.text or "tersendiri" in each.reply.text]


# ---------------------------------------------------------------- referrals


def refer_to(town: Town, who: Talk, number: str, receiver: str) -> None:
    by(
        town, referrals.refer, who, number, agency="", receiver=receiver, reason="milik mereka", way="phone",
        reference="", token=f"link of {receiver}",
    )  # fmt: skip


def link_leads_to(town: Town, receiver: str) -> str | None:
    """Whom the page behind this receiver's link asks, if anybody."""
    hop = town.db.read_sync(kept_referrals.by_link, f"link of {receiver}", town.now)
    return hop.receiver if hop else None


def lies_with(town: Town, number: str) -> str | None:
    hop = town.db.read_sync(kept_referrals.open_of, town.report(number))
    return hop.receiver if hop else None


def test_a_referral_that_is_taken_back_leaves_the_report_with_whom_it_was(town: Town) -> None:
    number, admin = town.citizen().files(WIDE), town.administrator()
    town.move(admin, number, "terverifikasi")
    town.pass_time(minutes=10)
    before = standing(town, number)
    refer_to(town, admin, number, "Balai")
    undo(town, admin, number)
    assert (standing(town, number), lies_with(town, number)) == (before, None)


def test_a_hop_that_is_taken_back_leaves_the_report_with_the_receiver_before_and_its_clock(town: Town) -> None:
    number, admin = town.citizen().files(WIDE), town.administrator()
    town.move(admin, number, "terverifikasi")
    refer_to(town, admin, number, "Balai")
    town.pass_time(days=1)
    before = standing(town, number)
    refer_to(town, admin, number, "Pengelola kawasan")
    assert lies_with(town, number) == "Pengelola kawasan"
    assert (link_leads_to(town, "Balai"), link_leads_to(town, "Pengelola kawasan")) == (None, "Pengelola kawasan")
    undo(town, admin, number)
    assert (standing(town, number), lies_with(town, number)) == (before, "Balai")
    assert (link_leads_to(town, "Balai"), link_leads_to(town, "Pengelola kawasan")) == ("Balai", None)


def test_a_report_taken_home_by_mistake_lies_outside_again(town: Town) -> None:
    number, admin = town.citizen().files(WIDE), town.administrator()
    town.move(admin, number, "terverifikasi")
    refer_to(town, admin, number, "Balai")
    town.pass_time(days=1)
    by(town, desk_moves.give_back, admin, number, agency="", why="ternyata milik kota")
    assert lies_with(town, number) is None
    undo(town, admin, number)
    assert (town.report(number).status, lies_with(town, number)) == ("diteruskan", "Balai")
    assert link_leads_to(town, "Balai") == "Balai"


def test_what_follows_a_hand_over_is_told_after_it(town: Town) -> None:
    asep, admin = town.citizen(), town.administrator()
    number = asep.files(WIDE)
    refer_to(town, admin, number, "Balai")
    town.pass_time(seconds=5)
    admin.hears_about(CommandGiven("kabar", f"{number} sudah dikerjakan"))
    town.pass_time(seconds=5)
    admin.taps(f"result:{number}")
    deliver(town)
    told = [each for each in asep.news() if each.state == "sent" and ("news:" in each.key or "answer" in each.key)]
    assert ["kewenangan Balai" in told[0].reply.text, "Kabar laporan" in told[1].reply.text] == [True, True]
    assert "benar-benar sudah beres" in told[2].reply.text
    assert all(each.due_at <= town.now for each in told)


@pytest.mark.parametrize("typed", ["-", "belum ada", "Belum", "tidak ada"])
def test_a_dash_is_no_reference(town: Town, typed: str) -> None:
    admin, number = town.administrator(), town.citizen().files(WIDE)
    admin.hears_about(CommandGiven("teruskan", f"{number} Balai Jalan Entah"))
    admin.writes("milik mereka")
    admin.taps("way:phone")
    admin.writes(typed)
    hop = town.db.read_sync(kept_referrals.open_of, town.report(number))
    assert hop is not None
    assert hop.reference == ""


# ---------------------------------------------------------------- buttons


def test_only_what_can_be_taken_back_has_a_button_for_it(town: Town) -> None:
    admin = town.administrator()
    number, parent = town.citizen().files(WIDE), town.citizen("ucup").files(WIDE)

    def offers(command: str, argument: str) -> bool:
        reply = admin.hears_about(CommandGiven(command, argument))[0]
        return any(choice.value.startswith("urungkan:") for choice in reply.choices)

    assert offers("gabung", f"{number} {parent}")
    assert not offers("pisah", number)
    assert not offers("darurat", f"{parent} kabel menyala")
    admin.hears_about(CommandGiven("arsipkan", f"{parent} spam"))
    assert town.report(parent).status == "diarsipkan"
    assert offers("buka", f"{parent} bukan spam")


def test_a_referral_has_the_button_too(town: Town) -> None:
    admin, number = town.administrator(), town.citizen().files(WIDE)
    town.move(admin, number, "terverifikasi")
    admin.hears_about(CommandGiven("teruskan", f"{number} Balai Jalan Entah"))
    admin.writes("milik mereka")
    admin.taps("way:phone")
    admin.taps("no_reference")
    town.pass_time(minutes=4)
    admin.taps(f"urungkan:{number}")
    assert (town.report(number).status, lies_with(town, number)) == ("terverifikasi", None)


def test_an_emergency_that_was_closed_by_mistake_is_open_again_by_the_button(town: Town) -> None:
    admin, number = town.administrator(), town.citizen().files(emergency=True)
    reply = admin.hears_about(CommandGiven("tutup", f"{number} sudah ditangani 112"))[0]
    assert town.report(number).status == "ditutup"
    assert f"urungkan:{number}" in {choice.value for choice in reply.choices}
    admin.taps(f"urungkan:{number}")
    assert town.report(number).status == "dialihkan_darurat"


# ---------------------------------------------------------------- who hears of it, and who may


def test_everybody_who_was_told_of_the_order_hears_that_it_is_void(town: Town) -> None:
    number, admin = town.citizen().files(), town.administrator()
    here = bound(town, (owner := town.narahubung()))
    town.move(admin, number, "terverifikasi")
    town.pass_time(minutes=1)
    town.move(admin, number, "didisposisikan", agency="dishub")
    assert here.said("agency:assigned:")
    undo(town, admin, number)
    for told in (owner.said("staff:undone:"), here.said("agency:undone:")):
        assert ["diurungkan" in each.reply.text and number in each.reply.text for each in told] == [True]
    assert admin.said("staff:undone:") == []


def test_a_deputy_who_got_the_order_hears_that_it_is_void(town: Town) -> None:
    number, admin, deputy = town.citizen().files(), town.administrator(), town.officer("wakil", "dishub")
    town.move(admin, number, "terverifikasi")
    town.pass_time(minutes=1)
    town.move(admin, number, "didisposisikan", agency="dishub", manned=False)
    assert deputy.said("staff:assigned:")
    undo(town, admin, number)
    assert number in deputy.said("staff:undone:")[-1].reply.text


def test_who_is_linked_to_an_officer_by_a_code_takes_nothing_back_for_them(town: Town) -> None:
    number, admin, other = town.citizen().files(), town.administrator(), town.officer("administrator", name="euis")
    town.move(admin, number, "terverifikasi")

    def link(tx: Tx) -> None:
        linking.make(
            tx, "AAAA-0001", admin.contact_id, admin.conversation_id, town.now, town.now + timedelta(minutes=9)
        )
        linking.redeem(tx, "AAAA-0001", other.contact_id, town.now)

    town.run(link)
    with pytest.raises(Refusal) as refused:
        undo(town, other, number)
    assert refused.value.code == "staff_nothing_to_undo"
    assert town.report(number).status == "terverifikasi"
    again = town.stranger_at_staff_bot("the same by another id")
    town.run(people.link, admin.contact_id, again.contact_id)
    undo(town, again, number)
    assert town.report(number).status == "diterima"
