"""A campaign reaches everybody who asked for it, once, and nobody who does not want it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.dialogue.events import ChoicePicked, CommandGiven, MediaShared, TextSent
from bot.services import campaigns, rights
from bot.services.refusals import Refusal
from bot.services.rights import NotAllowed
from storage import Tx, audit, groups, outbox, people
from storage import campaigns as kept
from storage.tables import Campaign, Evidence, OutboxMessage
from tests.services.town import NOW, Talk, Town

FAR = NOW + timedelta(days=99)


def subscribed(town: Town, *names: str) -> list[Talk]:
    talks = [town.citizen(name) for name in names]
    for talk in talks:
        town.run(campaigns.choose, talk.contact_id, wanted=True, now=town.now)
    return talks


def planned(town: Town, admin: Talk, *, audience: str = "citizens", starts_at: datetime | None = None) -> int:
    """A campaign of this administrator; its id."""

    def act(tx: Tx) -> int:
        officer = rights.officer(tx, admin.contact_id, town.now)
        campaign = campaigns.plan(
            tx, town.office, officer, words="Film: memilah sampah", evidence=(), audience=audience,
            starts_at=starts_at or town.now, conversation_id=admin.conversation_id, now=town.now,
        )  # fmt: skip
        assert campaign.id is not None
        return campaign.id

    return town.run(act)


def goes_by_itself(town: Town) -> None:
    while town.run(campaigns.any_due, town.now):
        town.run(campaigns.deal_with_due, town.office, town.now)


def sent_by_the_platform(town: Town, campaign_id: int) -> None:
    def act(tx: Tx) -> None:
        for each, _ in kept.late(tx, town.now + timedelta(days=9), 1000):
            assert each.campaign_id == campaign_id
            outbox.settle_sent(tx, each.id or 0, "x", town.now)

    town.run(act)


def campaign(town: Town, campaign_id: int) -> Campaign:
    found = town.run(kept.by_id, campaign_id)
    assert found is not None
    return found


# ---------------------------------------------------------------- whom it reaches


def test_everybody_who_asked_for_it_is_owed_it_once_and_nobody_else(either_town: Town) -> None:
    town = either_town
    asep, ucup = subscribed(town, "asep", "ucup")
    other = town.citizen("never asked")
    planned(town, town.administrator())
    goes_by_itself(town)
    goes_by_itself(town)
    assert [len(each.said("campaign:")) for each in (asep, ucup, other)] == [1, 1, 0]


def test_a_person_on_two_channels_gets_it_where_they_were_heard_last(town: Town) -> None:
    (telegram,) = subscribed(town, "asep")
    web = town.citizen("asep-web", channel="webchat")
    town.run(people.link, web.contact_id, telegram.contact_id)
    telegram.writes("halo")
    town.pass_time(minutes=1)
    web.writes("halo")
    planned(town, town.administrator())
    goes_by_itself(town)
    assert [len(each.said("campaign:")) for each in (telegram, web)] == [0, 1]


def test_who_blocked_us_is_not_counted_and_not_written_to(town: Town) -> None:
    asep, ucup = subscribed(town, "asep", "ucup")

    def block(tx: Tx) -> None:
        people.mark_unreachable(
            tx, people.find_or_create_address(tx, "telegram", "citizen", "ucup", now=NOW).id, "blocked", NOW
        )

    town.run(block)
    id_ = planned(town, town.administrator())
    goes_by_itself(town)
    assert [len(each.said("campaign:")) for each in (asep, ucup)] == [1, 0]
    assert town.run(campaigns.facts_of, campaign(town, id_), town.office.today(town.now)).expected == 1


def test_a_batch_that_was_cut_off_is_taken_up_where_it_ended(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    talks = subscribed(town, *(f"warga {n}" for n in range(7)))
    monkeypatch.setattr(campaigns, "BATCH", 3)
    planned(town, town.administrator())
    town.run(campaigns.deal_with_due, town.office, town.now)

    def crash(tx: Tx) -> None:
        campaigns.deal_with_due(tx, town.office, town.now)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        town.run(crash)
    goes_by_itself(town)
    assert [len(each.said("campaign:")) for each in talks] == [1] * 7


def test_those_of_a_kelurahan_are_those_who_reported_there(town: Town) -> None:
    asep, ucup = subscribed(town, "asep", "ucup")
    asep.files()
    planned(town, town.administrator(), audience="citizens:Dago")
    goes_by_itself(town)
    assert [len(each.said("campaign:")) for each in (asep, ucup)] == [1, 0]


def member_of(town: Town, name: str, group: str, *, last_day: int = 9) -> tuple[Talk, int]:
    """Somebody in a group of their own, whose term ends in so many days; and the group's id."""
    talk = town.citizen(name)

    def found(tx: Tx) -> int:
        today = town.office.today(town.now)
        made = groups.found(
            tx, group, kelurahan="Dago", kecamatan="Coblong",
            term_from=today - timedelta(days=30), term_until=today + timedelta(days=last_day), now=town.now,
        )  # fmt: skip
        groups.join(tx, made.id or 0, talk.contact_id, talk.conversation_id, groups.MEMBER, town.now, town.now)
        return made.id or 0

    return talk, town.run(found)


def test_groups_chosen_one_by_one_get_it_and_no_other_group_does(town: Town) -> None:
    (asep, mekar), (ucup, _) = member_of(town, "asep", "KIM Mekar"), member_of(town, "ucup", "KIM Juara")
    id_ = planned(town, town.administrator(), audience=f"kim:{mekar}")
    goes_by_itself(town)
    assert [len(each.said("campaign:")) for each in (asep, ucup)] == [1, 0]
    assert town.run(campaigns.facts_of, campaign(town, id_), town.office.today(town.now)).groups == ("KIM Mekar",)


def test_a_group_past_its_term_gets_none_though_nobody_ended_it(town: Town) -> None:
    (asep, mekar), (ucup, juara) = member_of(town, "asep", "Mekar", last_day=-1), member_of(town, "ucup", "Juara")
    planned(town, town.administrator(), audience=f"kim:{mekar},{juara}")
    planned(town, town.administrator(), audience="groups")
    goes_by_itself(town)
    assert [len(each.said("campaign:")) for each in (asep, ucup)] == [0, 2]
    with pytest.raises(Refusal, match="campaign_nobody"):
        planned(town, town.administrator(), audience=f"kim:{mekar}")


def test_whatsapp_begins_no_more_talks_in_a_day_than_the_operator_says(town: Town) -> None:
    for n in range(7):
        who = town.citizen(f"warga {n}", channel="whatsapp")
        town.run(campaigns.choose, who.contact_id, wanted=True, now=town.now)
    town.office = replace(town.office, whatsapp_campaigns_a_day=3)
    planned(town, town.administrator())
    goes_by_itself(town)
    days = [each.due_at.astimezone(town.office.city.timezone).date() for each, _ in town.run(kept.late, FAR, 10)]
    assert sorted(days.count(day) for day in set(days)) == [1, 3, 3]


def test_one_for_later_waits_and_keeps_to_the_day(town: Town) -> None:
    (asep,) = subscribed(town, "asep")
    night = town.now.replace(hour=15)
    planned(town, town.administrator(), starts_at=night)
    goes_by_itself(town)
    assert not asep.said("campaign:")
    town.now = night
    goes_by_itself(town)
    (owed,) = asep.said("campaign:")
    assert owed.due_at == datetime(2026, 11, 25, 1, 0, tzinfo=NOW.tzinfo)


# ---------------------------------------------------------------- stopping, opting out, the end


def test_one_word_ends_it_also_for_what_is_on_its_way(town: Town) -> None:
    asep, ucup = subscribed(town, "asep", "ucup")
    planned(town, town.administrator())
    goes_by_itself(town)
    assert "siaran tidak dikirim lagi" in asep.writes("berhenti").text
    assert [len(each.said("campaign:")) for each in (asep, ucup)] == [0, 1]
    planned(town, town.administrator())
    goes_by_itself(town)
    assert [len(each.said("campaign:")) for each in (asep, ucup)] == [0, 2]


def test_the_button_under_a_campaign_does_the_same_and_its_opposite_too(town: Town) -> None:
    (asep,) = subscribed(town, "asep")
    planned(town, town.administrator())
    goes_by_itself(town)
    reply = asep.taps("campaigns:off")
    assert town.run(people.contact_by_id, asep.contact_id).campaigns == "off"
    assert "campaigns:on" in [choice.value for choice in reply.choices]
    asep.taps("campaigns:on")
    assert town.run(people.contact_by_id, asep.contact_id).campaigns == "on"


def test_a_stopped_one_sends_no_more_and_says_how_many_have_it(town: Town) -> None:
    talks = subscribed(town, "asep", "ucup")
    admin = town.administrator()
    id_ = planned(town, admin)
    goes_by_itself(town)
    (reply,) = admin.hears_about(ChoicePicked(f"halt:{id_}", 0))
    assert "dihentikan" in reply.text
    assert all(not each.said("campaign:") for each in talks)
    assert campaign(town, id_).state == "stopped"
    (again,) = admin.hears_about(ChoicePicked(f"halt:{id_}", 0))
    assert "sudah berakhir" in again.text


def test_when_the_last_message_went_out_its_maker_reads_the_figures(town: Town) -> None:
    subscribed(town, "asep", "ucup")
    admin = town.administrator()
    id_ = planned(town, admin)
    goes_by_itself(town)
    assert not admin.said("campaign_through")
    sent_by_the_platform(town, id_)
    goes_by_itself(town)
    (news,) = admin.said("campaign_through")
    assert "2 dari 2" in news.reply.text
    assert campaign(town, id_).state == "sent"


def test_what_got_late_while_nobody_worked_goes_out_at_the_usual_pace(town: Town) -> None:
    talks = subscribed(town, *(f"warga {n}" for n in range(50)))
    planned(town, town.administrator())
    goes_by_itself(town)
    town.pass_time(hours=1)
    goes_by_itself(town)
    moments = sorted(each.said("campaign:")[0].due_at for each in talks)
    assert moments[0] >= town.now
    assert moments[20] - moments[0] >= timedelta(seconds=0.999)


def held(town: Town) -> None:
    """The platform lets us write to nobody before they write."""
    town.run(lambda tx: tx.change(OutboxMessage, OutboxMessage.campaign_id.is_not(None), state="held"))  # type: ignore[union-attr]


def test_what_waits_for_its_reader_does_not_keep_the_campaign_open_and_is_shown(town: Town) -> None:
    subscribed(town, "asep", "ucup")
    admin = town.administrator()
    id_ = planned(town, admin)
    goes_by_itself(town)
    held(town)
    goes_by_itself(town)
    assert campaign(town, id_).state == "sent"
    (reply,) = admin.hears_about(CommandGiven("siaran", str(id_)))
    assert "Menunggu orangnya menulis lagi: 2" in reply.text


def test_what_nobody_came_to_read_for_a_week_or_no_longer_wants_is_not_sent(town: Town) -> None:
    asep, ucup = subscribed(town, "asep", "ucup")
    planned(town, town.administrator())
    goes_by_itself(town)
    held(town)
    asep.writes("berhenti")
    assert [len(each.said("campaign:")) for each in (asep, ucup)] == [0, 1]
    town.pass_time(days=7, minutes=1)
    goes_by_itself(town)
    assert not ucup.said("campaign:")


def test_it_asks_for_a_template_of_marketing_and_never_for_one_of_news(town: Town) -> None:
    (asep,) = subscribed(town, "asep")
    planned(town, town.administrator())
    goes_by_itself(town)
    assert asep.said("campaign:")[0].reply.news == "campaign"


# ---------------------------------------------------------------- rights and refusals


@pytest.mark.parametrize("role", ["narahubung", "pimpinan", "auditor"])
def test_campaigns_are_the_administrators(town: Town, role: str) -> None:
    subscribed(town, "asep")
    someone = town.officer(role, "dishub" if role == "narahubung" else "")
    with pytest.raises(NotAllowed):
        planned(town, someone)
    with pytest.raises(NotAllowed):
        town.run(lambda tx: campaigns.stop(tx, rights.officer(tx, someone.contact_id, town.now), 1, town.now))


def test_one_for_nobody_is_refused(town: Town) -> None:
    with pytest.raises(Refusal) as refused:
        planned(town, town.administrator())
    assert refused.value.code == "campaign_nobody"


def test_one_whose_film_is_still_on_its_way_is_refused_and_nothing_is_planned(town: Town) -> None:
    subscribed(town, "asep")
    admin = town.administrator()
    admin.hears_about(CommandGiven("siaran", "baru"))
    admin.hears_about(MediaShared("video", "film"), TextSent("Film: memilah sampah"))
    admin.taps("aud:citizens")
    admin.taps("when:now")
    assert "masih diambil" in admin.taps("go:now").text
    assert not town.run(kept.newest, 5)


def test_plan_stop_and_opting_out_are_in_the_audit_log(town: Town) -> None:
    (asep,) = subscribed(town, "asep")
    admin = town.administrator()
    id_ = planned(town, admin)
    admin.hears_about(ChoicePicked(f"halt:{id_}", 0))
    asep.writes("berhenti")
    acts = town.run(audit.acts_of, admin.contact_id) + town.run(audit.acts_of, asep.contact_id)
    assert {"plan_campaign", "stop_campaign", "campaigns_on", "campaigns_off"} <= {each.act for each in acts}


# ---------------------------------------------------------------- making one by chat


def test_an_album_with_its_words_becomes_the_campaign(town: Town) -> None:
    (asep,) = subscribed(town, "asep")
    admin = town.administrator()
    admin.hears_about(CommandGiven("siaran", "baru"))
    admin.hears_about(MediaShared("photo", "a", album="7"))
    assert not admin.hears_about(MediaShared("photo", "b", album="7"))
    admin.hears_about(MediaShared("photo", "c", caption="Tiga cara memilah sampah", album="7"))
    admin.taps("aud:citizens")
    preview = admin.taps("when:now")
    assert len(preview.photos) == 3
    assert "Tiga cara memilah sampah" in preview.text
    assert "1 orang" in preview.text

    def all_fetched(tx: Tx) -> None:
        tx.change(Evidence, state="stored", path="x.jpg", media_type="image/jpeg")

    town.run(all_fetched)
    admin.taps("go:now")
    goes_by_itself(town)
    (owed,) = asep.said("campaign:")
    assert len(owed.reply.photos) == 3
    assert "BERHENTI" in owed.reply.text


def test_too_long_words_are_told_by_how_much(town: Town) -> None:
    admin = town.administrator()
    admin.hears_about(CommandGiven("siaran", "baru"))
    (reply,) = admin.hears_about(TextSent("a" * 803))
    assert "kelebihan 3 huruf" in reply.text
