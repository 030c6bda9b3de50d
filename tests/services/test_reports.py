"""What happens to a report, and that nothing else can happen to it."""

from dataclasses import replace

import pytest

from bot.dialogue.knowledge import PlaceFound
from bot.services import asking, closing, digests, facts, filing, reporter_waits, reports, slipping
from bot.services.rights import NotAllowed
from bot.services.routing import propose
from storage import audit, conversations, deadlines, numbers, people
from storage import reports as kept
from storage.lifecycle import IllegalMove
from storage.moves import StatusMoved
from tests.services.town import CISITU, LAMP, Town

# ---------------------------------------------------------------- filing


def test_a_filed_report_keeps_what_was_said_and_under_which_city_data(town: Town) -> None:
    number = town.citizen().files(replace(LAMP, needs_check=True, privacy="tampil", place_words="deket ITB"))
    report = town.report(number)
    assert (report.status, report.kind, report.category, report.priority) == ("diterima", "pengaduan", "pju", "sedang")
    assert (report.description, report.place_words, report.privacy) == ("lampu jalan mati", "deket ITB", "tampil")
    assert (report.place_name, report.kelurahan, report.kecamatan) == ("Jl. Cisitu Lama", "Dago", "Coblong")
    assert report.needs_check
    assert report.city_version == town.office.city.version
    assert town.statuses(number) == ["diterima"]


def test_a_report_is_numbered_by_the_day_of_the_city_not_of_the_server(town: Town) -> None:
    town.pass_time(hours=10)  # 18.00 in Bandung
    assert "-261124-" in town.citizen().files()
    town.pass_time(hours=6, minutes=30)  # half past midnight there, still the 24th in UTC
    assert town.now.day == 24
    assert "-261125-" in town.citizen().files()


def test_the_number_is_drawn_in_the_filing_transaction_so_that_a_rollback_gives_it_back(town: Town) -> None:
    asep = town.citizen()

    def file_and_fail(tx: object) -> None:
        conversation = conversations.load(tx, asep.conversation_id).conversation
        number = numbers.next_number(tx, "BDG", town.office.today(town.now))
        filing.file(tx, town.office, conversation, LAMP, number, "id", emergency=False, now=town.now)
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="disk"):
        town.run(file_and_fail)
    assert asep.numbers() == []
    assert asep.files().split("-")[2] == "0001"


def test_a_number_that_is_not_fresh_files_nothing(town: Town) -> None:
    asep = town.citizen()
    used = asep.files()

    def file_again(tx: object) -> None:
        conversation = conversations.load(tx, asep.conversation_id).conversation
        filing.file(tx, town.office, conversation, LAMP, used, "id", emergency=False, now=town.now)

    with pytest.raises(LookupError, match=used):
        town.run(file_again)
    assert asep.numbers() == [used]


def test_the_place_of_a_kelurahan_alone_is_no_street(town: Town) -> None:
    only_area = PlaceFound("Dago", "kelurahan", "Dago", "Coblong", "Kota Bandung")
    report = town.report(town.citizen().files(replace(LAMP, place=only_area)))
    assert (report.place_name, report.kelurahan) == ("", "Dago")


def test_an_emergency_is_filed_as_one_and_told_to_every_administrator_at_once(town: Town) -> None:
    admins = [town.officer("administrator", name=name) for name in ("euis", "dadang")]
    narahubung = town.narahubung("diskar_pb")
    number = town.citizen().files(replace(LAMP, category="kedaruratan", priority="darurat"), emergency=True)
    assert town.report(number).status == "dialihkan_darurat"
    for admin in admins:
        (news,) = admin.news()
        assert news.due_at == town.now
        assert number in news.reply.text
        assert "DARURAT" in news.reply.text
    assert narahubung.news() == []


def test_administrators_hear_of_a_new_report_with_a_button_that_opens_it(town: Town) -> None:
    admin = town.administrator()
    number = town.citizen().files()
    (news,) = admin.news()
    assert [choice.value for choice in news.reply.choices] == [f"see:{number}"]
    assert "lampu jalan mati" in news.reply.text


# ---------------------------------------------------------------- moving on


def test_a_report_goes_its_whole_way_with_every_step_in_its_history(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    owner = town.resolved(number)
    asep.answers(number, solved=True)
    assert town.statuses(number) == [
        "diterima", "terverifikasi", "didisposisikan", "diproses", "menunggu_konfirmasi", "ditutup",
    ]  # fmt: skip
    assert [change.actor for change in town.history(number)] == [
        "pelapor", "administrator", "administrator", "narahubung", "narahubung", "pelapor",
    ]  # fmt: skip
    report = town.report(number)
    assert report.agency == "dishub"
    assert report.closed_at == town.now
    assert owner.said("closed:")


def test_an_illegal_move_names_the_moves_that_are_possible_and_changes_nothing(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    owner = town.assigned(number)
    before = asep.news()
    with pytest.raises(IllegalMove) as refused:
        town.move(owner, number, "terverifikasi_lagi")
    assert {"diproses", "menunggu_konfirmasi"} <= set(refused.value.legal)
    assert "ditutup" not in refused.value.legal
    assert town.report(number).status == "didisposisikan"
    assert asep.news() == before


def test_a_report_that_moved_meanwhile_stays_where_the_faster_one_put_it(town: Town) -> None:
    number = town.citizen().files()
    first, second = town.officer("administrator", name="euis"), town.officer("administrator", name="dadang")
    town.move(first, number, "terverifikasi")
    with pytest.raises(StatusMoved) as refused:
        town.move(second, number, "terverifikasi", seen="diterima")
    assert refused.value.now_status == "terverifikasi"
    assert town.statuses(number).count("terverifikasi") == 1


def test_who_may_see_a_report_may_still_not_move_it(town: Town) -> None:
    number = town.citizen().files()
    boss = town.officer("pimpinan")
    with pytest.raises(NotAllowed):
        town.move(boss, number, "terverifikasi")
    stranger = town.stranger_at_staff_bot()
    with pytest.raises(NotAllowed):
        town.move(stranger, number, "terverifikasi")


def test_a_contact_person_cannot_move_what_another_agency_owns(town: Town) -> None:
    number = town.citizen().files()
    town.assigned(number, "dishub")
    with pytest.raises(NotAllowed):
        town.move(town.narahubung("dlh"), number, "diproses", note="kami saja")
    assert town.report(number).status == "didisposisikan"


def test_an_unknown_number_is_an_unknown_report(town: Town) -> None:
    with pytest.raises(reports.UnknownReport):
        town.move(town.administrator(), "BDG-261124-0099-8", "terverifikasi", seen="diterima")


def test_a_person_with_both_parts_moves_a_report_as_the_office_that_owns_it(town: Town) -> None:
    both = town.officer("administrator", name="euis")
    town.officer("narahubung", "dishub", name="euis")
    number = town.citizen().files()
    town.move(both, number, "terverifikasi")
    town.move(both, number, "didisposisikan", agency="dishub")
    town.move(both, number, "diproses", note="berangkat")
    assert [change.actor for change in town.history(number)] == [
        "pelapor",
        "administrator",
        "administrator",
        "narahubung",
    ]


def test_every_move_of_staff_is_in_the_audit_log_with_who_made_it(town: Town) -> None:
    number = town.citizen().files()
    owner = town.resolved(number)
    entries = town.db.read_sync(audit.of_report, town.report(number).id)
    assert [entry.act for entry in entries] == [
        "pelapor:diterima", "move:terverifikasi", "move:didisposisikan", "move:diproses", "move:menunggu_konfirmasi",
    ]  # fmt: skip
    assert entries[-1].contact_id == owner.contact_id


def test_the_category_is_corrected_by_an_administrator_only(town: Town) -> None:
    number = town.citizen().files()
    admin = town.administrator()
    owner = town.assigned(number)

    def correct(tx: object, who: int) -> None:
        from bot.services.rights import officer

        reports.correct_category(tx, town.office, officer(tx, who, town.now), number, "sampah", town.now)

    with pytest.raises(NotAllowed):
        town.run(correct, owner.contact_id)
    assert town.report(number).category == "pju"
    town.run(correct, admin.contact_id)
    assert (town.report(number).category, town.report(number).category_confidence) == ("sampah", 1.0)


def test_the_proposal_is_the_owner_of_the_sub_category_where_there_is_one(town: Town) -> None:
    city = town.office.city
    for category in city.categories.values():
        report = town.report(town.citizen().files(replace(LAMP, category=category.id, place=None)))
        assert propose(city, report, "id").agency == category.owner
        for sub in category.subs.values():
            report.sub_category = sub.id
            assert propose(city, report, "id").agency == sub.owner
            assert propose(city, report, "id").because


# ---------------------------------------------------------------- due times


def open_kinds(town: Town, number: str) -> dict[str, object]:
    found = town.db.read_sync(deadlines.open_deadlines, town.report(number).id)
    return {each.kind: each.due_at for each in found}


def test_each_status_runs_the_clock_that_the_city_says(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    hours = town.office.working_time.add_hours
    assert open_kinds(town, number) == {"verification": hours(town.now, 4)}
    admin, owner = town.administrator(), town.narahubung()
    town.move(admin, number, "terverifikasi")
    assert set(open_kinds(town, number)) == {"verification"}
    town.move(admin, number, "didisposisikan", agency="dishub")
    assert open_kinds(town, number) == {"first_response": hours(town.now, 7.5), "resolution": hours(town.now, 22.5)}
    town.move(owner, number, "diproses", note="berangkat")
    assert set(open_kinds(town, number)) == {"resolution"}
    town.move(owner, number, "menunggu_konfirmasi", note="beres")
    assert set(open_kinds(town, number)) == {"reporter_reply", "reporter_reminder", "witness"}
    asep.answers(number, solved=True)
    assert open_kinds(town, number) == {}


def test_an_agency_that_never_closes_is_due_by_the_clock(town: Town) -> None:
    number = town.citizen().files()
    town.pass_time(hours=12)  # 20.00 in Bandung
    town.assigned(number, "diskar_pb")
    assert open_kinds(town, number)["first_response"] == town.pass_time(hours=7.5)


def test_an_emergency_is_due_at_once_day_and_night(town: Town) -> None:
    town.pass_time(hours=14)  # 22.00 in Bandung
    number = town.citizen().files(replace(LAMP, category="kedaruratan", priority="darurat"), emergency=True)
    assert open_kinds(town, number) == {"verification": town.now}


def test_an_answer_that_came_too_late_is_not_written_down_as_in_time(town: Town) -> None:
    number = town.citizen().files()
    owner = town.assigned(number)
    town.pass_time(days=4)
    town.move(owner, number, "diproses", note="maaf terlambat")
    late = [each.kind for each in town.db.read_sync(deadlines.missed, town.report(number).id)]
    assert late == ["first_response"]


def test_a_late_first_answer_is_told_to_the_agency_its_superiors_and_the_administrators_once(town: Town) -> None:
    number = town.citizen().files()
    owner, admin = town.assigned(number), town.administrator()
    boss, other = town.officer("pimpinan", "dishub"), town.officer("pimpinan", "dlh")
    assert town.run(slipping.look, town.office, town.now) == 0
    town.pass_time(days=1, minutes=1)
    assert [town.run(slipping.look, town.office, town.now) for _ in range(3)] == [1, 0, 0]
    assert [town.run(digests.tell_due, town.office, town.now) for _ in range(3)] == [3, 0, 0]
    told = {talk.name: len(talk.said("digest:")) for talk in (owner, admin, boss, other)}
    assert told == {"narahubung dishub": 1, "administrator": 1, "pimpinan dishub": 1, "pimpinan dlh": 0}
    assert "first_response" in open_kinds(town, number)  # with a new due time


def test_an_answer_in_time_is_never_chased(town: Town) -> None:
    number = town.citizen().files()
    owner = town.assigned(number)
    town.move(owner, number, "diproses", note="berangkat")
    town.pass_time(days=30)
    town.run(slipping.look, town.office, town.now)
    late = [each.kind for each in town.db.read_sync(deadlines.missed, town.report(number).id)]
    assert late == ["resolution"]


# ---------------------------------------------------------------- is it solved?


def test_not_solved_reopens_with_higher_priority_and_goes_back_to_the_same_agency(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    owner = town.resolved(number)
    asep.answers(number, solved=False)
    report = town.report(number)
    assert town.statuses(number)[-2:] == ["dibuka_kembali", "didisposisikan"]
    assert (report.agency, report.priority, report.times_reopened) == ("dishub", "tinggi", 1)
    assert owner.said("reopened:")
    assert {"first_response", "resolution"} <= set(open_kinds(town, number))


def test_reopening_never_makes_an_emergency_of_an_ordinary_report(town: Town) -> None:
    asep = town.citizen()
    number = asep.files(replace(LAMP, priority="rendah"))
    owner = town.resolved(number)
    seen = []
    for _ in range(4):
        asep.answers(number, solved=False)
        seen.append(town.report(number).priority)
        if town.report(number).status == "dibuka_kembali":
            town.move(town.administrator(), number, "didisposisikan", agency="dishub", note="sudah dilihat di lokasi")
        town.move(owner, number, "menunggu_konfirmasi", note="lagi")
    assert seen == ["sedang", "tinggi", "tinggi", "tinggi"]
    assert town.report(number).times_reopened == 4


def test_a_report_may_only_be_answered_by_who_reported_it(town: Town) -> None:
    number = town.citizen("asep").files()
    town.resolved(number)
    with pytest.raises(reports.UnknownReport):
        town.citizen("ucup").answers(number, solved=True)
    assert town.report(number).status == "menunggu_konfirmasi"


def test_ten_days_of_silence_close_a_report_and_it_is_shown_as_such(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    town.resolved(number)
    town.pass_time(days=10, seconds=-1)
    assert town.run(closing.close_silent, town.office, town.now) == 0
    town.pass_time(seconds=1)
    assert town.run(closing.close_silent, town.office, town.now) == 1
    report = town.report(number)
    assert (report.status, report.status_reason, report.closed_at) == ("ditutup", "tidak_ada_tanggapan", town.now)
    last = town.history(number)[-1]
    assert (last.actor, last.reason, last.contact_id) == ("sistem", "tidak_ada_tanggapan", None)
    silent = town.office.city.text("status.ditutup.tidak_ada_tanggapan", "id")
    assert silent is not None
    assert asep.news()[-1].reply.text == silent.format(nomor=number, hari=30)
    assert town.run(closing.close_silent, town.office, town.now) == 0


def test_an_answer_in_time_is_never_overtaken_by_the_silence(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    town.resolved(number)
    town.pass_time(days=9)
    asep.answers(number, solved=False)
    town.pass_time(days=9)
    assert town.run(closing.close_silent, town.office, town.now) == 0
    assert town.report(number).status == "didisposisikan"


def test_the_question_is_asked_again_after_three_and_eight_days_once_each(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    town.resolved(number)
    asked_on = []
    for day in range(1, 11):
        town.pass_time(days=1)
        for _ in range(2):
            town.run(reporter_waits.remind_due, town.office, town.now)
        if len(asep.said("remind:")) > len(asked_on):
            asked_on.append(day)
    assert asked_on == [3, 8]
    last = asep.said("remind:")[-1].reply
    assert [choice.value for choice in last.choices] == [f"done:{number}", f"not_done:{number}"]


def test_a_program_that_slept_for_nine_days_asks_once_and_not_twice(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    town.resolved(number)
    town.pass_time(days=9)
    for _ in range(3):
        town.run(reporter_waits.remind_due, town.office, town.now)
    assert len(asep.said("remind:")) == 1


def test_a_program_that_slept_past_the_end_does_not_ask_any_more(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    town.resolved(number)
    town.pass_time(days=11)
    town.run(reporter_waits.remind_due, town.office, town.now)
    town.run(closing.close_silent, town.office, town.now)
    assert asep.said("remind:") == []
    assert town.report(number).status == "ditutup"


def test_nobody_is_reminded_of_what_they_have_answered(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    town.resolved(number)
    asep.answers(number, solved=True)
    town.pass_time(days=9)
    assert town.run(reporter_waits.remind_due, town.office, town.now) == 0


def test_a_closed_report_can_be_reopened_for_thirty_days_as_its_news_promised(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    town.resolved(number)
    asep.answers(number, solved=True)
    town.pass_time(days=30)
    asep.answers(number, solved=False)
    assert town.report(number).status == "didisposisikan"
    assert town.report(number).closed_at is None


def test_after_that_it_stays_closed(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    town.resolved(number)
    asep.answers(number, solved=True)
    town.pass_time(days=30, seconds=1)
    with pytest.raises(IllegalMove):
        asep.answers(number, solved=False)
    assert town.report(number).status == "ditutup"


# ---------------------------------------------------------------- joining


def similar_to(town: Town, contact_id: int, draft: object = LAMP) -> list[str]:
    found = town.run(facts.similar, town.office, contact_id, draft, town.now)
    return [report.number for report in found]


def test_an_open_report_near_by_is_offered_to_others_and_not_to_its_own_reporter(town: Town) -> None:
    asep, ucup = town.citizen("asep"), town.citizen("ucup")
    number = asep.files()
    assert similar_to(town, ucup.contact_id) == [number]
    assert similar_to(town, asep.contact_id) == []


def test_what_is_offered_is_near_recent_open_and_of_the_same_kind(town: Town) -> None:
    ucup = town.citizen("ucup")
    near = town.citizen("asep").files()
    assert (
        similar_to(town, ucup.contact_id, replace(LAMP, place=replace(CISITU, lat=-6.8835))) == []
    )  # 56 m; pju says 50
    assert similar_to(town, ucup.contact_id, replace(LAMP, place=replace(CISITU, lat=-6.8832))) == [near]
    assert similar_to(town, ucup.contact_id, replace(LAMP, category="sampah")) == []
    assert similar_to(town, ucup.contact_id, replace(LAMP, place=replace(CISITU, lat=None, lon=None))) == []
    town.pass_time(days=7, seconds=1)
    assert similar_to(town, ucup.contact_id) == []


def test_a_closed_report_is_not_offered(town: Town) -> None:
    asep, ucup = town.citizen("asep"), town.citizen("ucup")
    number = asep.files()
    town.resolved(number)
    asep.answers(number, solved=True)
    assert similar_to(town, ucup.contact_id) == []


def test_a_secret_report_is_never_offered(town: Town) -> None:
    town.citizen("asep").files(replace(LAMP, privacy="rahasia"))
    assert similar_to(town, town.citizen("ucup").contact_id) == []


def test_a_report_of_a_confidential_category_is_never_offered_even_when_its_reporter_shows_their_name(
    town: Town,
) -> None:
    draft = replace(LAMP, category="sosial", privacy="tampil")
    assert town.office.city.categories["sosial"].confidential_default
    town.citizen("asep").files(draft)
    assert similar_to(town, town.citizen("ucup").contact_id, draft) == []


def test_who_joins_keeps_a_number_of_their_own_and_gets_all_the_news(town: Town) -> None:
    asep, ucup = town.citizen("asep"), town.citizen("ucup")
    parent = asep.files()
    child = ucup.joins(parent)
    town.resolved(parent)
    assert child != parent
    assert town.report(child).parent_id == town.report(parent).id
    assert town.db.read_sync(kept.supporters, town.report(parent).id) == 1
    asked = ucup.said("news:")[-1].reply
    assert [choice.value for choice in asked.choices] == [f"done:{child}", f"not_done:{child}"]
    assert child in asked.text


def test_a_supporters_no_reopens_the_report_and_its_reporter_hears_of_it(town: Town) -> None:
    asep, ucup = town.citizen("asep"), town.citizen("ucup")
    parent = asep.files()
    child = ucup.joins(parent)
    town.resolved(parent)
    before = len(asep.said())
    ucup.answers(child, solved=False)
    assert town.report(parent).status == "didisposisikan"
    (told,) = asep.said()[before:]
    assert parent in told.reply.text
    assert len(ucup.said("news:")) == 3  # they said it themselves


def test_a_supporters_yes_stands_beside_the_reporters_answer_and_never_instead_of_it(town: Town) -> None:
    asep, ucup = town.citizen("asep"), town.citizen("ucup")
    parent = asep.files()
    child = ucup.joins(parent)
    town.resolved(parent)
    ucup.answers(child, solved=True)
    assert town.report(parent).status == "menunggu_konfirmasi"


def test_a_supporter_hears_that_the_report_was_closed(town: Town) -> None:
    asep, ucup = town.citizen("asep"), town.citizen("ucup")
    parent = asep.files()
    child = ucup.joins(parent)
    town.resolved(parent)
    asep.answers(parent, solved=True)
    assert child in ucup.said("news:")[-1].reply.text
    assert town.history(parent)[-1].to_status == "ditutup"


def test_nobody_joins_a_report_that_was_closed_meanwhile(town: Town) -> None:
    asep, ucup = town.citizen("asep"), town.citizen("ucup")
    parent = asep.files()
    town.resolved(parent)
    asep.answers(parent, solved=True)
    with pytest.raises(reports.UnknownReport):
        ucup.joins(parent)
    assert ucup.numbers() == []


def test_who_joins_a_report_that_was_joined_itself_supports_the_first_one(town: Town) -> None:
    parent = town.citizen("asep").files()
    middle = town.citizen("ucup").joins(parent)
    last = town.citizen("neng").joins(middle)
    assert town.report(last).parent_id == town.report(parent).id


# ---------------------------------------------------------------- adding


def add(town: Town, talk: object, number: str, words: str = "", evidence: tuple[int, ...] = ()) -> None:
    def act(tx: object) -> None:
        conversation = conversations.load(tx, talk.conversation_id).conversation
        asking.complete(tx, town.office, conversation, number, words=words, evidence=evidence, now=town.now)

    town.run(act)


def test_words_added_later_reach_the_owner_or_the_administrators_while_nobody_owns_it(town: Town) -> None:
    asep, admin = town.citizen(), town.administrator()
    number = asep.files()
    add(town, asep, number, "sekarang dua lampu")
    assert "sekarang dua lampu" in admin.said("note:")[0].reply.text
    owner = town.assigned(number)
    add(town, asep, number, "tiga lampu")
    assert "tiga lampu" in owner.said("note:")[0].reply.text
    assert len(admin.said("note:")) == 1


def test_an_agency_that_lost_its_contact_person_leaves_its_news_with_the_administrators(town: Town) -> None:
    asep, admin = town.citizen(), town.administrator()
    number = asep.files()
    owner = town.assigned(number, "dlh")
    (role,) = town.db.read_sync(people.staff_roles, owner.contact_id, town.now)
    town.run(people.end_role, role.id, town.now)
    town.pass_time(seconds=1)
    add(town, asep, number, "masih mati")
    assert "masih mati" in admin.said("note:")[-1].reply.text


def test_nobody_adds_to_a_report_of_somebody_else(town: Town) -> None:
    number = town.citizen("asep").files()
    with pytest.raises(reports.UnknownReport):
        add(town, town.citizen("ucup"), number, "tutup saja")
