"""Trouble that only a person can mend reaches every administrator, once an hour for each cause."""

from bot.services import operators
from storage import Tx
from tests.services.town import Town

EXPIRED = {"id": "tokennya kedaluwarsa", "en": "the token has expired"}


def page(town: Town, code: str = "190", source: str = "whatsapp:citizen") -> bool:
    def paged(tx: Tx) -> bool:
        return operators.page(tx, town.office, source, code, EXPIRED, town.now)

    return town.run(paged)


def test_every_administrator_reads_what_is_wrong_and_nobody_else_does(town: Town) -> None:
    officers = [town.officer("administrator", name=name) for name in ("one", "two")]
    other = town.narahubung()
    assert page(town)
    for officer in officers:
        (notice,) = officer.said("operator:")
        assert "WhatsApp" in notice.reply.text
        assert "190" in notice.reply.text
        assert EXPIRED["id"] in notice.reply.text
    assert other.news() == []


def test_the_same_trouble_is_told_once_an_hour_and_another_at_once(town: Town) -> None:
    admin = town.administrator()
    assert [page(town), page(town), page(town, "131042")] == [True, False, True]
    town.pass_time(hours=1)
    assert [page(town), page(town)] == [True, False]
    assert len(admin.said("operator:")) == 3


def test_each_time_is_counted(town: Town) -> None:
    counted = operators.PAGES.labels("whatsapp:citizen", "368")
    before = counted._value.get()
    page(town, "368")
    page(town, "368")
    assert counted._value.get() == before + 2
