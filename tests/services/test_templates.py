"""The template for a piece of news is the closest one that the platform sends, and never one of another sort."""

import pytest

from bot.dialogue.replies import Reply
from bot.services.templates import choose
from cities.templates import BODY, Filled
from storage import Tx, templates
from tests.services.town import Town

BLANKS = (
    ("nomor", "BDG-261124-0042-4"),
    ("opd", "Dishub"),
    ("catatan", "tim\nberangkat   pagi"),
    ("perkiraan", "Kamis"),
    ("tenggat", "Kamis"),
    ("status", "Sedang ditangani"),
)
IN_PROGRESS = Reply("...", news="status.diproses", blanks=BLANKS)


@pytest.fixture(autouse=True)
def approved(town: Town) -> None:
    for each in town.office.city.templates:
        for locale in each.text:
            note(town, each.name, locale, status="APPROVED", category=each.category)


def note(town: Town, name: str, locale: str = "id", **known: str) -> None:
    def noted(tx: Tx) -> None:
        templates.note(tx, "whatsapp", name, locale, town.now, **known)

    town.run(noted)


def chosen(town: Town, reply: Reply, language: str = "id", *, nudged: bool = False) -> Filled | None:
    def look(tx: Tx) -> Filled | None:
        return choose(tx, town.office.city, "whatsapp", reply, language, nudged=nudged)

    return town.db.read_sync(look)


def name_of(filled: Filled | None) -> str:
    return filled.name if filled else ""


def test_the_closest_kind_of_news_is_preferred_and_its_blanks_stand_on_one_line(town: Town) -> None:
    filled = chosen(town, IN_PROGRESS)
    assert filled
    assert (filled.name, filled.locale, filled.tells_all) == ("laporan_ditangani", "id", True)
    assert dict(filled.values)["catatan"] == "tim berangkat pagi"


@pytest.mark.parametrize(("language", "locale"), [("id", "id"), ("su", "id"), ("en", "en"), ("", "id"), ("jv", "id")])
def test_a_language_that_the_platform_lacks_gets_the_one_that_the_city_names(
    town: Town, language: str, locale: str
) -> None:
    filled = chosen(town, IN_PROGRESS, language)
    assert filled
    assert filled.locale == locale


@pytest.mark.parametrize("status", ["PAUSED", "REJECTED", "PENDING", "DISABLED", "MISSING", "UNFIT"])
def test_one_that_cannot_be_sent_gives_way_to_the_next(town: Town, status: str) -> None:
    note(town, "laporan_ditangani", status=status)
    assert name_of(chosen(town, IN_PROGRESS)) == "kabar_laporan"
    note(town, "kabar_laporan", status=status)
    assert name_of(chosen(town, IN_PROGRESS)) == "ada_pesan"
    note(town, "ada_pesan", status=status)
    assert chosen(town, IN_PROGRESS) is None


def test_a_warning_of_low_quality_does_not_stop_it(town: Town) -> None:
    note(town, "laporan_ditangani", status="FLAGGED")
    assert name_of(chosen(town, IN_PROGRESS)) == "laporan_ditangani"


def test_a_utility_template_that_meta_files_as_marketing_is_passed_over(town: Town) -> None:
    note(town, "laporan_ditangani", category="marketing")
    assert name_of(chosen(town, IN_PROGRESS)) == "kabar_laporan"


def test_campaigns_and_news_of_a_report_never_share_a_template(town: Town) -> None:
    assert name_of(chosen(town, Reply("film", news="campaign"))) == "info_warga"
    note(town, "info_warga", status="PAUSED")
    assert chosen(town, Reply("film", news="campaign")) is None
    for news in ("status.diproses", "phrase.remind_done", "", "anything"):
        assert name_of(chosen(town, Reply("x", news=news, blanks=BLANKS))) != "info_warga"


def test_who_was_asked_to_write_is_only_told_what_a_template_says_itself(town: Town) -> None:
    assert name_of(chosen(town, IN_PROGRESS, nudged=True)) == "laporan_ditangani"
    assert chosen(town, Reply("x", news="status.dijadwalkan", blanks=BLANKS), nudged=True) is None


def test_a_blank_that_is_not_known_or_too_long_makes_another_template_take_its_place(town: Town) -> None:
    for value in ("", "x" * BODY):
        blanks = tuple((name, value if name == "catatan" else told) for name, told in BLANKS)
        assert name_of(chosen(town, Reply("x", news="status.diproses", blanks=blanks))) == "kabar_laporan"
    assert name_of(chosen(town, Reply("x", news="status.diproses"))) == "ada_pesan"


def test_news_with_pictures_is_never_told_by_a_template_alone(town: Town) -> None:
    filled = chosen(town, Reply("x", news="status.diproses", blanks=BLANKS, photos=(1,)))
    assert filled
    assert not filled.tells_all


def test_an_answer_of_the_talk_itself_is_announced_by_the_plainest_template(town: Town) -> None:
    assert name_of(chosen(town, Reply("Di mana?", turn=3))) == "ada_pesan"


def test_every_status_that_is_told_can_be_announced(town: Town) -> None:
    for code in town.office.city.statuses:
        assert name_of(chosen(town, Reply("x", news=f"status.{code}", blanks=BLANKS))) not in {"", "ada_pesan"}


def test_news_of_a_status_carries_what_its_template_needs(town: Town) -> None:
    citizen = town.citizen()
    number = citizen.files()
    town.resolved(number)
    by_news = {each.reply.news: each.reply for each in citizen.said("news:")}
    assert {"status.didisposisikan", "status.diproses", "status.menunggu_konfirmasi"} <= set(by_news)
    for news, reply in by_news.items():
        assert name_of(chosen(town, reply)) not in {"", "ada_pesan"}, news
