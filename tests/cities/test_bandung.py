"""What the rest of the product relies on in Bandung's tables."""

import re
from collections import Counter

import pytest

from cities.city import City
from cities.loading import load_city
from cities.wording import BUTTON, PLACEHOLDER

COMMANDS = re.compile(
    r"(?:[Kk]etik|[Bb]alas|[Tt]ype|[Rr]eply|[Ww]aler):? ([A-Z]{2,}(?: [A-Z]{2,})*(?:,? (?:(?:atau|atanapi|or) )?[A-Z]{2,})*)"
)
PHONE = re.compile(r"(?<![\w-])0\d{2,3}[- ]?\d{3,}")


@pytest.fixture(scope="module")
def bandung() -> City:
    return load_city("bandung")


def test_bandung_can_be_loaded(bandung: City) -> None:
    assert (bandung.id, bandung.name, str(bandung.timezone)) == ("bandung", "Kota Bandung", "Asia/Jakarta")
    assert bandung.number_prefix == "BDG"
    assert bandung.languages == ("id", "su", "en")


def test_there_are_twenty_five_categories_and_one_to_fall_back_to(bandung: City) -> None:
    assert len(bandung.categories) == 25
    assert bandung.fallback_category == "lainnya"
    assert not any(category.retired for category in bandung.categories.values())


def test_every_category_says_what_proves_that_it_is_done(bandung: City) -> None:
    proofs = Counter(category.proof for category in bandung.categories.values())
    assert set(proofs) == {"photo", "document", "text"}
    assert bandung.categories["pju"].proof == "photo"
    assert bandung.categories["adminduk"].proof == "text"


def test_labels_are_in_three_languages_and_fit_on_buttons(bandung: City) -> None:
    for category in bandung.categories.values():
        assert set(category.label) == set(category.button) == {"id", "su", "en"}
        assert all(0 < len(words) <= BUTTON for words in category.button.values())


def test_a_photo_is_never_required(bandung: City) -> None:
    assert all(category.photo != "required" for category in bandung.categories.values())


def test_complaints_about_officials_are_supervisory_and_hidden(bandung: City) -> None:
    supervisory = [category for category in bandung.categories.values() if category.supervisory]
    assert [category.id for category in supervisory] == ["perilaku_aparatur"]
    assert supervisory[0].confidential_default
    assert "inspektorat" in supervisory[0].restrict_view
    assert not supervisory[0].is_supervisory("sikap_petugas")


def test_kinds_of_emergency_are_the_six_that_the_reader_tells(bandung: City) -> None:
    kinds = {"kebakaran", "medis", "kriminal", "kekerasan_ppa", "bencana", "jiwa"}
    assert set(bandung.emergency.triggers) == set(bandung.categories["kedaruratan"].subs) == kinds
    assert all(bandung.emergency.triggers.values())


def test_no_trigger_is_a_word_that_means_nothing_alone(bandung: City) -> None:
    triggers = {trigger for words in bandung.emergency.triggers.values() for trigger in words}
    assert not triggers & set(bandung.emergency.never_alone)


def test_one_trigger_is_of_one_kind(bandung: City) -> None:
    counted = Counter(trigger for words in bandung.emergency.triggers.values() for trigger in words)
    assert [trigger for trigger, times in counted.items() if times > 1] == []


def test_no_number_is_confirmed_until_somebody_confirms_it(bandung: City) -> None:
    assert bandung.emergency.confirmed_numbers == ()


def test_no_telephone_number_is_written_in_a_text(bandung: City) -> None:
    for key, text in bandung.texts.items():
        for words in text.values():
            assert not PHONE.search(words), (key, words)


def test_messages_fit_in_a_bubble_with_buttons(bandung: City) -> None:
    for key, text in bandung.texts.items():
        for words in text.values():
            assert len(PLACEHOLDER.sub("x" * 30, words)) <= 1024, key


def test_danger_is_also_listed_in_english_and_by_single_words(bandung: City) -> None:
    assert set(bandung.emergency.triggers_en) == set(bandung.emergency.triggers)
    assert all(phrases for kind, phrases in bandung.emergency.triggers_en.items() if kind != "jiwa")
    assert bandung.emergency.words_of_danger
    assert not any(" " in word for word in bandung.emergency.words_of_danger)
    assert not bandung.emergency.words_of_danger & set(bandung.emergency.never_alone)


@pytest.mark.parametrize("key", ["phrase.emergency_first", "status.dialihkan_darurat"])
def test_an_emergency_says_112_and_that_nobody_is_sent(key: str, bandung: City) -> None:
    for language in bandung.languages:
        text = bandung.text(key, language)
        assert text is not None
        assert "112" in text
    english = bandung.text(key, "en")
    assert english is not None
    assert "NOT send" in english


def test_every_status_has_words_and_ends_are_closed(bandung: City) -> None:
    for code, status in bandung.statuses.items():
        assert bandung.text(f"status.{code}", "id"), code
        assert set(status.label) == {"id", "su", "en"}
    closed = {code for code, status in bandung.statuses.items() if not status.open}
    assert closed == {"ditutup", "diarsipkan", "dibatalkan"}


def test_a_joined_report_is_open_as_its_parent_is(bandung: City) -> None:
    assert [code for code, status in bandung.statuses.items() if status.follows_parent] == ["digabung"]


def test_only_the_reporter_and_time_close_what_an_office_calls_done(bandung: City) -> None:
    moves = {(move.from_, move.to): move.by for move in bandung.transitions}
    assert moves["menunggu_konfirmasi", "ditutup"] == {"pelapor", "sistem"}
    assert moves["menunggu_konfirmasi", "dibuka_kembali"] == {"pelapor", "kim"}


def test_silence_never_archives_something_urgent(bandung: City) -> None:
    timeout = bandung.statuses["perlu_dilengkapi"].timeout
    assert timeout is not None
    assert (timeout.after_wd, timeout.to, timeout.reason) == (5, "diarsipkan", "tidak_dilengkapi")
    assert set(timeout.never_for) == {"tinggi", "darurat"}


def test_silence_after_done_closes_after_ten_days(bandung: City) -> None:
    timeout = bandung.statuses["menunggu_konfirmasi"].timeout
    assert timeout is not None
    assert (timeout.after_days, timeout.to) == (bandung.legal_max.reporter_reply_days, "ditutup")


def test_every_open_status_can_be_withdrawn_from(bandung: City) -> None:
    withdrawable = {move.from_ for move in bandung.transitions if move.to == "dibatalkan"}
    assert withdrawable == {code for code, status in bandung.statuses.items() if status.open}


def test_done_needs_a_result_and_proof(bandung: City) -> None:
    assert bandung.statuses["menunggu_konfirmasi"].requires == ("hasil", "bukti")


def test_the_neighbours_are_agencies_with_their_area(bandung: City) -> None:
    areas = {agency.area for agency in bandung.agencies.values() if agency.area}
    assert areas == {"Kabupaten Bandung", "Kabupaten Bandung Barat", "Kota Cimahi"}


def test_what_is_passed_outside_can_be_followed(bandung: City) -> None:
    for category in bandung.categories.values():
        for external in category.external:
            for to in external.to:
                agency = bandung.agencies[to]
                assert agency.tracked is (external.action == "diteruskan"), (category.id, external.when, to)


def test_a_road_that_is_not_the_citys_has_a_receiver_in_the_street_categories(bandung: City) -> None:
    roads = {external.road for external in bandung.categories["jalan_rusak"].external} - {None}
    assert roads == {"nasional", "provinsi", "tol"}


def test_a_working_day_has_seven_and_a_half_hours(bandung: City) -> None:
    for weekday in range(5):
        spans = bandung.hours.office[weekday]
        minutes = sum((end.hour - start.hour) * 60 + end.minute - start.minute for start, end in spans)
        assert minutes == 450
    assert 5 not in bandung.hours.office


def test_collective_leave_counts_as_closed(bandung: City) -> None:
    assert bandung.hours.holiday_categories == ("public", "government")


def test_choices_are_told_by_different_labels_in_each_language(bandung: City) -> None:
    for language in bandung.languages:
        labels = [choice.label[language] for choice in bandung.choices.values() if choice.value not in ("yes", "no")]
        assert len(labels) == len(set(labels))


def test_commands_in_texts_are_words_that_are_accepted(bandung: City) -> None:
    accepted = {word.lower() for choice in bandung.choices.values() for word in (*choice.also, *choice.label.values())}
    read = 0
    for key, text in bandung.texts.items():
        for words in text.values():
            for commands in COMMANDS.findall(words):
                read += 1
                for command in re.split(r",? (?:atau|atanapi|or) |, ", commands):
                    assert command.strip().lower() in accepted, (key, command)
    assert read > 50


def test_the_tables_of_the_city_stay_small(bandung: City) -> None:
    assert sum(path.stat().st_size for path in bandung.folder.iterdir()) < 3_000_000
