"""Which messages are one report, what belongs to which, and that none of them is lost."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.batches.drafts import is_complete
from bot.dialogue.batches.grouping import Grouped, grouped
from bot.dialogue.batches.neighbourly import is_settled
from bot.dialogue.knowledge import Clause, Item
from tests.dialogue.batches.makers import CHATTER, FAR, PIN, photo, pin, said, scene, unclear, voice
from tests.makers import PASAR, STREET, danger, heard

SAMPAH = heard("sampah", place=PASAR)
WHERE = unclear(place=PASAR, place_words="pasar cihapit")


def found(*items: Item) -> Grouped:
    return grouped(scene(*items), items)


def made_of(*items: Item) -> list[tuple[int, ...]]:
    """By report: the messages that it is made of."""
    return [tuple(sorted(line.items)) for line in found(*items).lines]


# ---------------------------------------------------------------- one problem, two problems, none


def test_two_problems_are_two_reports_and_talk_is_left_out() -> None:
    group = found(
        said(1, "lampu jalan mati di cikutra"), said(2, "siap pak", CHATTER), said(3, "sampah numpuk", SAMPAH)
    )
    assert [line.items for line in group.lines] == [(1,), (3,)]
    assert group.left == (2,)


def test_the_same_problem_told_twice_is_one_report_with_the_words_of_both() -> None:
    group = found(said(1, "lampu jalan mati di cikutra"), said(2, "pju cikutra padam terus"))
    (line,) = group.lines
    assert line.items == (1, 2)
    assert line.draft.description == "lampu jalan mati di cikutra\npju cikutra padam terus"


def test_the_same_words_twice_are_kept_once() -> None:
    (line,) = found(said(1, "lampu jalan mati di cikutra"), said(2, "Lampu jalan mati di Cikutra!")).lines
    assert line.draft.description.count("mati") == 2  # as they were written
    (same,) = found(said(1, "lampu mati"), said(2, "lampu mati")).lines
    assert same.draft.description == "lampu mati"


def test_one_kind_of_problem_at_two_places_is_two_reports() -> None:
    there, here = heard("pju", place=FAR), heard("pju", place=PASAR)
    assert made_of(said(1, "lampu mati dekat terminal", there), said(2, "lampu mati dekat pasar", here)) == [(1,), (2,)]


def test_a_message_that_surely_tells_two_problems_makes_two_reports() -> None:
    two = (Clause("lampu mati di cikutra", heard("pju", place=STREET)), Clause("sampah di pasar", SAMPAH))
    group = found(said(1, "lampu mati di cikutra dan sampah di pasar", heard("pju", several=two)))
    assert [(line.items, line.draft.category) for line in group.lines] == [((1,), "pju"), ((1,), "sampah")]


def test_what_may_be_danger_is_a_report_of_its_own_whatever_stands_near() -> None:
    group = found(said(1, "lampu mati"), said(2, "kebakaran di cikutra", danger(place=STREET)))
    assert [line.draft.danger for line in group.lines] == ["", "kebakaran"]
    assert group.lines[1].draft.priority == "darurat"


def test_a_condolence_is_no_emergency() -> None:
    words = "innalillahi telah berpulang bapak ahmad"
    heard_so = replace(danger("medis"), kind="bukan_laporan", kind_confidence=0.99)
    assert found(said(1, words, heard_so)).left == (1,)


@pytest.mark.parametrize(
    "words",
    ["Undangan rapat RW 05", "dijual motor", "besok kerja bakti bersihkan selokan", "ada yang punya nomor bengkel?"],
)
def test_what_neighbours_announce_sell_or_ask_each_other_is_left_out(words: str) -> None:
    assert found(said(1, words, heard("sampah", kind_confidence=0.5))).left == (1,)


def test_an_unsure_category_is_filed_as_the_likeliest_for_a_person_to_check() -> None:
    (line,) = found(
        said(1, "ada yang aneh di pasar cihapit sejak tadi pagi", heard("sampah", sure=False, place=PASAR))
    ).lines
    assert (line.draft.category, line.draft.needs_check) == ("sampah", True)


# ---------------------------------------------------------------- pictures, points and places


def test_a_picture_goes_with_the_words_before_it() -> None:
    group = found(said(1, "lampu mati"), photo(2), said(3, "sampah numpuk", SAMPAH), photo(4))
    assert [line.draft.evidence for line in group.lines] == [(102,), (104,)]


def test_pictures_that_come_first_go_with_the_words_behind_them() -> None:
    group = found(photo(1), said(2, "lampu mati"), photo(3), said(4, "sampah numpuk", SAMPAH))
    assert [line.draft.evidence for line in group.lines] == [(101,), (103,)]


def test_a_picture_goes_with_its_own_writers_words_where_the_platform_tells() -> None:
    group = found(
        said(1, "lampu mati", author="a", at=100),
        said(2, "sampah numpuk", SAMPAH, author="b", at=110),
        photo(3, author="a", at=130),
    )
    assert [line.draft.evidence for line in group.lines] == [(103,), ()]


def test_the_files_of_an_album_stay_together_with_its_words() -> None:
    group = found(
        photo(1, album="x"),
        said(2, "sampah numpuk", SAMPAH),
        photo(3, "lampu mati", heard("pju", place=STREET), album="x"),
    )
    assert [(line.items, line.draft.evidence) for line in group.lines] == [((1, 3), (101, 103)), ((2,), ())]


def test_the_same_picture_twice_is_kept_once_and_its_message_is_not_lost() -> None:
    group = found(said(1, "lampu mati"), photo(2, content="bytes"), photo(3, content="bytes"))
    (line,) = group.lines
    assert line.items == (1, 2, 3)
    assert line.draft.evidence == (102,)


def test_pictures_without_any_words_ask_what_they_show() -> None:
    group = found(photo(1), photo(2))
    (line,) = group.lines
    assert (line.items, line.draft.evidence) == ((1, 2), (101, 102))
    assert not is_complete(scene(), line.draft)


def test_a_voice_note_goes_only_with_its_own_writers_words() -> None:
    assert made_of(said(1, "lampu mati", author="a"), voice(2, author="a")) == [(1, 2)]
    assert made_of(said(1, "lampu mati", author="a"), voice(2, author="b")) == [(1,), (2,)]
    assert made_of(said(1, "lampu mati"), voice(2)) == [(1,), (2,)]


def test_a_point_says_where_the_problem_beside_it_is() -> None:
    (line,) = found(said(1, "lampu mati", heard("pju")), pin(2)).lines
    assert line.draft.place == PIN
    assert is_complete(scene(), line.draft)


def test_a_point_far_from_every_place_is_left_out() -> None:
    group = found(said(1, "lampu mati di pasar", heard("pju", place=PASAR)), pin(2, replace(FAR, kind="pin")))
    assert group.lines[0].draft.place == PASAR
    assert group.left == (2,)


def test_words_that_only_say_where_complete_the_problem_before_them() -> None:
    (line,) = found(said(1, "lampu mati", heard("pju")), said(2, "di pasar cihapit", WHERE)).lines
    assert line.draft.place == PASAR
    assert line.items == (1, 2)


def test_a_place_alone_is_no_report() -> None:
    assert found(said(1, "di pasar cihapit", WHERE)).left == (1,)


# ---------------------------------------------------------------- what came before


def test_late_messages_join_the_reports_that_were_found_before() -> None:
    first = (said(1, "lampu jalan mati di cikutra"), said(2, "sampah numpuk", SAMPAH))
    before = grouped(scene(*first), first).lines
    late = (said(3, "lampu jalan mati di cikutra euy"), said(4, "jalan rusak", heard("jalan_rusak", place=FAR)))
    after = grouped(scene(*first, *late), late, before)
    assert [line.items for line in after.lines] == [(1, 3), (2,), (4,)]


def again(*items: Item, after: int) -> Grouped:
    """The last of these messages come when the first ``after`` are listed."""
    first = items[:after]
    before = grouped(scene(*first), first)
    return grouped(scene(*items), items[after:], before.lines)


def test_a_late_picture_of_an_album_joins_the_report_of_its_album_whatever_came_between() -> None:
    told = said(2, "sampah numpuk", SAMPAH)
    late = again(photo(1, "lampu mati", heard("pju", place=STREET), album="x"), told, photo(3, album="x"), after=2)
    assert [(line.items, line.draft.evidence) for line in late.lines] == [((1, 3), (101, 103)), ((2,), ())]


def test_a_late_picture_finds_the_words_that_it_was_sent_behind() -> None:
    items = (
        said(1, "lampu mati", author="a", at=10),
        said(2, "sampah", SAMPAH, author="b", at=20),
        photo(3, author="a", at=30),
    )
    assert [line.items for line in again(*items, after=2).lines] == [(1, 3), (2,)]


def test_a_picture_that_is_filed_again_late_is_no_new_evidence() -> None:
    late = again(photo(1, "lampu mati", heard("pju"), content="bytes"), photo(2, content="bytes"), after=1)
    assert [(line.items, line.draft.evidence) for line in late.lines] == [((1, 2), (101, 102))]


# ---------------------------------------------------------------- in pieces


def test_what_one_writer_sends_in_pieces_is_one_report() -> None:
    items = (
        said(1, "udah 3 hari belum diangkut", heard("sampah"), author="a", at=10),
        said(2, "yang di pasar cihapit itu bau sekali", SAMPAH, author="a", at=20),
    )
    assert made_of(*items) == [(1, 2)]
    assert found(*items).lines[0].draft.place == PASAR


def test_short_pieces_beside_each_other_are_one_report_where_nobody_tells_who_wrote_them() -> None:
    assert made_of(said(1, "jalan", heard("jalan_rusak")), said(2, "bolong", heard("jalan_rusak"))) == [(1, 2)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            said(1, "udah lama sampahnya", heard("sampah")),
            said(2, "bau di sana sini dan tidak ada yang mengangkut", SAMPAH),
        ),
        (said(1, "sampah di sini", heard("sampah"), author="a"), said(2, "bau tumpukan", heard("sampah"), author="b")),
        (
            said(1, "sampah di sini", heard("sampah"), author="a", at=1),
            said(2, "bau", heard("sampah"), author="a", at=9999),
        ),
        (said(1, "sampah numpuk", SAMPAH), said(2, "bau tps", heard("sampah", place=FAR))),
        (said(1, "sampah numpuk", heard("sampah")), said(2, "lampu padam", heard("pju"))),
    ],
    ids=["long", "two writers", "another time", "two places", "two kinds"],
)
def test_pieces_are_not_joined_where_they_may_be_two_problems(one: Item, other: Item) -> None:
    assert made_of(one, other) == [(1,), (2,)]


# ---------------------------------------------------------------- points, pictures that know their place, voice notes


def test_a_point_that_a_neighbour_drops_says_where_the_problem_just_told_is_unless_it_is_far() -> None:
    told = said(1, "lampu mati", heard("pju", place=PASAR), author="a", at=1)
    assert made_of(told, pin(2, author="b", at=2)) == [(1, 2)]
    assert found(told, pin(2, replace(FAR, kind="pin"), author="b", at=2)).left == (2,)


def test_a_picture_that_knows_where_it_was_taken_says_so_where_nobody_has() -> None:
    shot = replace(photo(2), place=PIN)
    (nowhere,) = found(said(1, "lampu mati", heard("pju")), shot).lines
    assert (nowhere.draft.place, nowhere.draft.evidence) == (PIN, (102,))
    (told,) = found(said(1, "lampu mati", heard("pju", place=PASAR)), shot).lines
    assert told.draft.place == PASAR
    (captioned,) = found(replace(photo(1, "lampu mati", heard("pju")), place=PIN)).lines
    assert captioned.draft.place == PIN


def test_a_point_is_none_of_a_question_that_needs_no_place() -> None:
    question = said(3, "syarat bikin kk baru gimana", heard("adminduk", kind="permintaan_informasi"))
    assert made_of(
        said(1, "lampu mati", heard("pju", place=replace(STREET, lat=None, lon=None))), pin(2), question
    ) == [(1, 2), (3,)]


def test_pictures_behind_one_with_words_are_of_its_album_where_nobody_tells_of_albums() -> None:
    items = (
        photo(1, "sampah numpuk di tps", SAMPAH),
        photo(2),
        said(3, "jalan bolong di gang haji", heard("jalan_rusak", place=FAR)),
    )
    assert made_of(*items) == [(1, 2), (3,)]


def test_words_about_a_voice_note_go_with_it() -> None:
    about = said(2, "vn tadi soal angkot ngetem di pasar", heard("angkutan_umum", place=PASAR))
    assert made_of(voice(1), about) == [(1, 2)]


# ---------------------------------------------------------------- whatever comes


UNDERSTOOD = (
    heard("pju", place=STREET), heard("pju"), SAMPAH, heard("jalan_rusak", place=FAR), WHERE, CHATTER, unclear(),
    danger(place=PASAR), heard("sampah", sure=False), heard("adminduk", kind="permintaan_informasi"),
    heard("pju", several=(Clause("lampu mati", heard("pju")), Clause("sampah", SAMPAH))),
)  # fmt: skip


@st.composite
def batches(draw: st.DrawFn) -> tuple[Item, ...]:
    """Any messages in any order, with or without their writers."""
    told = draw(st.booleans())
    items = []
    for id_ in range(1, draw(st.integers(1, 30)) + 1):
        kind = draw(st.sampled_from(("words", "words", "words", "photo", "voice", "pin", "other", "caption")))
        more = {"author": draw(st.sampled_from(("", "a", "b"))), "at": draw(st.integers(0, 5000))} if told else {}
        words = draw(
            st.sampled_from(("lampu mati", "sampah bau", "siap", "di pasar cihapit", "jalan bolong parah sekali", "ya"))
        )
        content = draw(st.sampled_from(("", "same", f"own{id_}")))
        album = draw(st.sampled_from(("", "", "x", "y")))
        match kind:
            case "words":
                items.append(said(id_, words, draw(st.sampled_from(UNDERSTOOD)), **more))
            case "caption":
                items.append(photo(id_, words, draw(st.sampled_from(UNDERSTOOD)), album=album, content=content, **more))
            case "photo":
                items.append(photo(id_, album=album, content=content, **more))
            case "voice":
                items.append(voice(id_, **more))
            case "pin":
                items.append(pin(id_, draw(st.sampled_from((PIN, replace(FAR, kind="pin")))), **more))
            case _:
                items.append(Item(id_, "other", **more))
    return tuple(items)


@given(batches())
@settings(max_examples=120, deadline=None)
def test_every_message_ends_in_a_report_or_among_those_left_out_and_never_in_both(items: tuple[Item, ...]) -> None:
    group = found(*items)
    in_reports = {id_ for line in group.lines for id_ in line.items}
    assert in_reports | set(group.left) == {item.id for item in items}
    assert not in_reports & set(group.left)
    assert len(group.left) == len(set(group.left))
    assert all(line.items for line in group.lines)


@given(batches())
@settings(max_examples=60, deadline=None)
def test_every_file_is_kept_with_its_message_but_no_bytes_twice(items: tuple[Item, ...]) -> None:
    group = found(*items)
    kept = {file for line in group.lines for file in line.draft.evidence}
    contents: set[str] = set()
    for item in items:
        again = bool(item.content) and item.content in contents
        contents |= {item.content} - {""}
        reported = any(item.id in line.items for line in group.lines)
        if item.evidence and reported and not again and not item.album:
            assert item.evidence in kept


@given(batches(), st.integers(0, 30))
@settings(max_examples=60, deadline=None)
def test_nothing_is_lost_when_some_come_after_the_list_was_made(items: tuple[Item, ...], cut: int) -> None:
    first, late = items[:cut], items[cut:]
    before = grouped(scene(*items), first)
    after = grouped(scene(*items), late, before.lines)
    ids = {id_ for line in after.lines for id_ in line.items} | set(before.left) | set(after.left)
    assert ids == {item.id for item in items}


@given(batches())
@settings(max_examples=50, deadline=None)
def test_the_same_batch_is_always_sorted_in_the_same_way(items: tuple[Item, ...]) -> None:
    assert found(*items) == found(*items)


def test_of_the_same_bytes_the_first_that_was_sent_is_kept_whatever_album_the_other_is_in() -> None:
    first = Item(1, "photo", evidence=101, album="y")
    alone = Item(2, "photo", evidence=102, content="same")
    again = Item(4, "photo", evidence=104, album="y", content="same")
    (line,) = found(first, alone, said(3, "lampu jalan mati di cikutra"), again).lines
    assert set(line.draft.evidence) == {101, 102}
    assert set(line.items) == {1, 2, 3, 4}


# ---------------------------------------------------------------- what neighbours answer each other


@pytest.mark.parametrize("words", ["heueuh bau pisan", "iya bau banget", "memang parah itu"])
def test_who_agrees_and_names_no_place_joins_the_problem_told_last(words: str) -> None:
    smell = heard("pencemaran", place=None)
    assert made_of(said(1, "lampu mati di cikutra"), said(2, "sampah numpuk", SAMPAH), said(3, words, smell)) == [
        (1,),
        (2, 3),
    ]


def test_who_agrees_and_adds_another_problem_tells_a_report() -> None:
    lamp = said(2, "iya lampunya juga mati", heard("pju", place=None))
    assert made_of(said(1, "sampah numpuk", SAMPAH), lamp) == [(1,), (2,)]


def test_somebody_else_who_agrees_in_vague_words_goes_with_the_problem_told_last() -> None:
    vague = said(2, "iya kasihan anak sekolah", unclear(), author="b")
    assert made_of(said(1, "sampah numpuk", SAMPAH, author="a"), vague) == [(1, 2)]


@pytest.mark.parametrize(
    ("words", "settled"),
    [
        ("alhamdulillah sudah ditangani pohonnya", True),
        ("lampunya udah dibenerin tadi", True),
        ("tos dilereskeun ku petugas", True),
        ("sudah diperbaiki tapi rusak lagi", False),
        ("belum juga diangkut", False),
        ("sudah dilaporkan", False),
        ("sudah 2 minggu menumpuk", False),
    ],
)
def test_what_has_been_put_right_is_no_report(words: str, settled: bool) -> None:
    assert is_settled(words) is settled
    tree = said(2, words, heard("pohon_taman", place=None))
    assert (2 in found(said(1, "sampah numpuk", SAMPAH), tree).left) is settled


def test_different_problems_are_not_one_because_of_their_place() -> None:
    here = {"place": PASAR, "place_words": "pasar cihapit"}
    lamp = said(1, "lampu merah pasar cihapit error", heard("rambu_apill", **here))
    begging = said(2, "anak jalanan di pasar cihapit", heard("trantibum", **here))
    assert made_of(lamp, begging) == [(1,), (2,)]
    again = said(2, "lampu merah error di pasar cihapit", heard("trantibum", **here))
    assert made_of(lamp, again) == [(1, 2)]


def test_what_belongs_to_the_place_told_just_before_lies_there() -> None:
    items = (
        said(1, "selokan mampet", heard("drainase_sungai", place=STREET)),
        said(2, "airnya masuk rumah", heard("genangan_banjir", place=None)),
        said(3, "sampah numpuk", heard("sampah", place=None)),
    )
    drain, flood, rubbish = grouped(scene(*items), items).lines
    assert flood.draft.place == drain.draft.place == STREET
    assert rubbish.draft.place is None


def test_two_words_for_one_thing_of_which_one_alarms_are_one_line_in_danger() -> None:
    items = (
        said(1, "pohon tumbang nutup jalan", heard("pohon_taman", place=STREET)),
        said(2, "pohon tumbang nutup jalan raya", replace(danger("bencana"), place=STREET)),
        said(3, "lampu mati", heard("pju", place=STREET)),
    )
    tree, lamp = grouped(scene(*items), items).lines
    assert tree.draft.danger == "bencana"
    assert tree.draft.place == STREET
    assert tree.items == (1, 2)
    assert not lamp.draft.danger


def test_a_second_place_of_the_same_borrows_what_is_wrong_there() -> None:
    items = (
        said(1, "lampu mati", heard("pju", place=STREET)),
        said(2, "sama di pasar cihapit juga", unclear(place=PASAR, place_words="pasar cihapit")),
    )
    first, second = grouped(scene(*items), items).lines
    assert second.draft.category == first.draft.category == "pju"
    assert second.draft.place == PASAR


def test_a_picture_waits_for_no_chatter_to_end() -> None:
    items = (
        said(1, "lampu mati", heard("pju", place=STREET), author="a"),
        said(2, "hahaha", CHATTER, author="b"),
        said(3, "siap", CHATTER, author="c"),
        photo(4, author="d"),
    )
    (lamp,) = grouped(scene(*items), items).lines
    assert lamp.items == (1, 4)


def test_a_joke_is_a_report_once_its_writer_says_where() -> None:
    joke = said(
        1,
        "lampu jalan mati mungkin lagi pacaran wkwk",
        heard("pju", place=None, kind="bukan_laporan", kind_confidence=0.8),
        author="a",
    )
    where = said(2, "di pasar cihapit", unclear(place=PASAR, place_words="pasar cihapit"), author="a")
    assert not grouped(scene(joke), (joke,)).lines
    (line,) = grouped(scene(joke, where), (joke, where)).lines
    assert (line.draft.category, line.draft.place) == ("pju", PASAR)
