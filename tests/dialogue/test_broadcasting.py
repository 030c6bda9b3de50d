"""Making a campaign by chat: every question can be answered by a tap or in words, and nothing goes before it was seen."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.dialogue.effects import PlanCampaign, StopCampaign
from bot.dialogue.events import ActRefused, ChoicePicked, Event, MediaShared
from bot.dialogue.knowledge import CampaignFacts, GroupDesk, GroupFacts, Knowledge
from bot.dialogue.session import CampaignDraft, Session
from bot.dialogue.steps.broadcasting import MOST_PHOTOS, MOST_WORDS, moment_in
from bot.dialogue.turn import Turn
from tests.makers import CITY, NOW, PASAR, back_office, done, heard, session, shown, tap, values
from tests.makers import play as play_one

RUNNING = CampaignFacts(3, "Film: memilah sampah", (), "citizens", "sending", NOW, 100, sent=40, failed=2)
ADMIN = back_office("administrator")
LOCAL = NOW.astimezone(CITY.timezone)


def play(before: Session, happens: Event | str, know: Knowledge = ADMIN) -> Turn:
    return play_one(before, happens, know, desk="staff")


def begun() -> Session:
    return play(session(), "/siaran baru").session


def told(words: str = "Pilah sampahmu") -> Session:
    return play(begun(), words).session


def for_citizens() -> Session:
    return play(told(), tap(told(), "aud:citizens")).session


# ---------------------------------------------------------------- the whole way


def test_words_audience_and_time_are_asked_and_then_it_is_shown_as_it_will_look() -> None:
    asked_when = for_citizens()
    assert asked_when.step == "siaran_when"
    preview = play(asked_when, tap(asked_when, "when:now"), replace(ADMIN, audience_size=12))
    assert shown(preview).text.startswith(
        "Pilah sampahmu\n\nDari Kota Bandung. Tidak mau menerima lagi? Balas BERHENTI."
    )
    assert "12 orang" in shown(preview).text
    assert values(preview) == ("go:now", "go:words", "stop")
    (effect,) = done(play(preview.session, tap(preview.session, "go:now")))
    assert isinstance(effect, PlanCampaign)
    assert effect.campaign.words == "Pilah sampahmu"
    assert effect.starts_at == NOW


def test_nothing_is_planned_before_the_preview_was_answered() -> None:
    for happens in ("/siaran baru", "Pilah sampahmu"):
        assert done(play(begun(), happens)) == ()
    assert done(play(told(), tap(told(), "aud:citizens"))) == ()


def test_it_can_be_begun_anew_and_given_up() -> None:
    preview = play(for_citizens(), tap(for_citizens(), "when:now")).session
    anew = play(preview, tap(preview, "go:words"))
    assert anew.session.campaign == CampaignDraft()
    given_up = play(preview, tap(preview, "stop"))
    assert given_up.session.campaign is None
    assert done(given_up) == ()


# ---------------------------------------------------------------- files


def test_photos_are_collected_and_an_album_is_answered_once() -> None:
    one = play(begun(), MediaShared("photo", "a", evidence=1, album="x"))
    assert "Berkas 1" in shown(one).text
    two = play(one.session, MediaShared("photo", "b", evidence=2, album="x"))
    assert two.effects == ()
    assert two.session.campaign == CampaignDraft(photos=(1, 2))


def test_a_caption_is_the_words() -> None:
    turn = play(begun(), MediaShared("video", "a", "Film pendek", evidence=1))
    assert turn.session.step == "siaran_who"
    assert turn.session.campaign == CampaignDraft("Film pendek", (1,))


@pytest.mark.parametrize("kind", ["voice", "document"])
def test_other_files_are_not_used(kind: str) -> None:
    turn = play(begun(), MediaShared(kind, "a", evidence=1))  # type: ignore[arg-type]
    assert "tidak dipakai" in shown(turn).text
    assert turn.session.campaign == CampaignDraft()


def test_a_film_goes_alone_and_no_series_is_longer_than_an_album() -> None:
    with_photo = play(begun(), MediaShared("photo", "a", evidence=1)).session
    assert "Cukup" in shown(play(with_photo, MediaShared("video", "b", evidence=2))).text
    full = replace(begun(), campaign=CampaignDraft(photos=tuple(range(MOST_PHOTOS))))
    assert "Cukup" in shown(play(full, MediaShared("photo", "b", evidence=99))).text


def test_a_file_after_the_words_is_not_taken_in_silence() -> None:
    assert "tidak dipakai" in shown(play(told(), MediaShared("photo", "a", evidence=1))).text


# ---------------------------------------------------------------- words, audience, time


def test_words_that_do_not_fit_under_a_picture_are_refused_with_how_many_are_too_many() -> None:
    turn = play(begun(), "a" * (MOST_WORDS + 7))
    assert "kelebihan 7 huruf" in shown(turn).text
    assert turn.session.step == "siaran_what"


@pytest.mark.parametrize(
    ("said", "audience"), [("kelurahan cihapit", "citizens:Cihapit"), ("KIM cihapit", "groups:Cihapit")]
)
def test_a_kelurahan_can_be_named(said: str, audience: str) -> None:
    turn = play(told(), said, replace(ADMIN, heard=heard(place=PASAR)))
    assert turn.session.campaign == CampaignDraft("Pilah sampahmu", audience=audience)


MEKAR, JUARA, SAUYUNAN = (
    GroupFacts(id_, name, area, None) for id_, name, area in
    ((31, "KIM Mekar", "Kel. Dago"), (32, "KIM Juara", "Kel. Cihapit"), (40, "Sauyunan", "RW 3, Kel. Dago"))
)  # fmt: skip
WITH_GROUPS = replace(ADMIN, group_desk=GroupDesk(groups=(MEKAR, JUARA, SAUYUNAN)), heard=heard(place=None))


@pytest.mark.parametrize(
    ("said", "chosen"),
    [
        ("1, 3", "31,40"), ("kim 2", "32"), ("3 1", "40,31"), ("2 dan 3", "32,40"), ("1 jeung 2", "31,32"),
        ("kim mekar", "31"), ("Mekar, sauyunan", "31,40"), ("2 2", "32"),
    ],
)  # fmt: skip
def test_groups_are_chosen_one_by_one_by_number_or_by_name(said: str, chosen: str) -> None:
    assert play(replace(told(), offered=()), said, WITH_GROUPS).session.campaign == CampaignDraft(
        "Pilah sampahmu", audience=f"kim:{chosen}"
    )


def test_the_list_of_groups_is_offered_where_there_are_any() -> None:
    assert "aud:choose" not in values(play(begun(), "Pilah sampahmu"))
    turn = play(begun(), "Pilah sampahmu", WITH_GROUPS)
    assert "aud:choose" in values(turn)
    asked = play(turn.session, tap(turn.session, "aud:choose"), WITH_GROUPS)
    assert values(asked) == ("aud:kim:31", "aud:kim:32", "aud:kim:40", "stop")
    chosen = play(asked.session, "2", WITH_GROUPS)
    assert chosen.session.campaign == CampaignDraft("Pilah sampahmu", audience="kim:32")
    seen = play(chosen.session, "besok", replace(WITH_GROUPS, audience_size=4))
    assert "KIM Juara" in shown(seen).text
    assert "4 orang" in shown(seen).text


def test_many_groups_are_listed_with_their_areas_and_a_number_means_a_group() -> None:
    many = tuple(GroupFacts(n, f"KIM Ke{n}", f"Kel. {n}", None) for n in range(1, 13))
    know = replace(WITH_GROUPS, group_desk=GroupDesk(groups=many))
    turn = play(begun(), "Pilah sampahmu", know)
    asked = play(turn.session, tap(turn.session, "aud:choose"), know)
    assert "12. KIM Ke12: Kel. 12" in shown(asked).text
    assert play(asked.session, "1", know).session.campaign == CampaignDraft("Pilah sampahmu", audience="kim:1")


@pytest.mark.parametrize("said", ["4", "0", "kim 1 9", "KIM Antah", "kim"])
def test_a_group_that_is_none_is_asked_again(said: str) -> None:
    turn = play(replace(told(), offered=()), said, WITH_GROUPS)
    assert "tidak dikenal" in shown(turn).text
    assert turn.session.campaign == CampaignDraft("Pilah sampahmu")


def test_the_figures_of_a_campaign_name_the_groups_it_was_for() -> None:
    sent = replace(RUNNING, audience="kim:31,40", groups=("KIM Mekar", "Sauyunan"))
    assert "KIM Mekar, Sauyunan" in shown(play(session(), "/siaran 3", replace(ADMIN, campaign=sent))).text


def test_a_place_that_is_none_is_asked_again() -> None:
    turn = play(told(), "antah berantah", replace(ADMIN, heard=heard(place=None)))
    assert "tidak dikenal" in shown(turn).text
    assert turn.session.step == "siaran_who"


@pytest.mark.parametrize(
    ("said", "day", "hour"),
    [
        ("30/11 09.00", 30, 9),
        ("30-11-2026 jam 7:30", 30, 7),
        ("jam 15.30", 24, 15),
        ("besok", 25, 8),
        ("sekarang", 24, 9),
    ],
)
def test_a_time_can_be_said_as_people_say_it(said: str, day: int, hour: int) -> None:
    turn = play(for_citizens(), said)
    campaign = turn.session.campaign
    assert campaign is not None
    moment = datetime.fromisoformat(campaign.starts_at)
    assert (moment.day, moment.hour) == (day, hour)


@pytest.mark.parametrize(
    ("said", "part"),
    [("nanti saja", "tidak terbaca"), ("31/02 09.00", "tidak terbaca"), ("20/11 09.00", "sudah lewat")],
)
def test_a_time_that_cannot_be_is_asked_again(said: str, part: str) -> None:
    turn = play(for_citizens(), said)
    assert part in shown(turn).text
    assert turn.session.step == "siaran_when"


def test_a_clock_alone_is_today_and_a_day_alone_is_in_the_morning() -> None:
    assert moment_in("15.30", LOCAL) == LOCAL.replace(hour=15, minute=30)
    assert moment_in("3 desember", LOCAL) == LOCAL.replace(month=12, day=3, hour=8, minute=0)
    assert moment_in("3 desember jam 25", LOCAL) is None


# ---------------------------------------------------------------- looking and stopping


def test_the_list_offers_each_campaign_and_a_new_one() -> None:
    turn = play(session(), "/siaran", replace(ADMIN, campaigns=(RUNNING,)))
    assert "terkirim 40 dari 100" in shown(turn).text
    assert values(turn) == ("siaran:baru", "siaran:3")


def test_one_that_runs_can_be_stopped_and_one_that_is_over_cannot() -> None:
    running = play(session(), "/siaran 3", replace(ADMIN, campaign=RUNNING))
    assert "Gagal: 2" in shown(running).text
    assert values(running) == ("siaran:3", "halt:3")
    over = play(session(), "/siaran 3", replace(ADMIN, campaign=replace(RUNNING, state="sent")))
    assert values(over) == ("siaran:3",)
    assert done(play(session(), ChoicePicked("halt:3", 0), replace(ADMIN, campaign=RUNNING))) == (StopCampaign(3),)


def test_one_that_is_not_there_shows_those_that_are() -> None:
    turn = play(session(), "/siaran 99", replace(ADMIN, campaigns=(RUNNING,)))
    assert "tidak ada" in shown(turn).text
    assert "siaran:3" in values(turn)


def test_what_was_made_is_kept_when_it_cannot_go_yet() -> None:
    preview = play(for_citizens(), tap(for_citizens(), "when:now")).session
    turn = play(preview, ActRefused("campaign_file_awaited"))
    assert turn.session.campaign == preview.campaign
    assert "go:now" in values(turn)


@pytest.mark.parametrize("role", ["narahubung", "pimpinan", "auditor"])
def test_nobody_else_makes_one(role: str) -> None:
    turn = play(session(), "/siaran baru", back_office(role))
    assert turn.session.campaign is None


def test_the_draft_of_a_campaign_outlives_being_stored() -> None:
    made = replace(
        for_citizens(), campaign=CampaignDraft("a", (1, 2), "citizens", (NOW + timedelta(days=1)).isoformat())
    )
    assert Session.from_json(made.to_json()) == made
