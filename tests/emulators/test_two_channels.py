"""One person on WhatsApp and on Telegram, through both real adapters: linked by a code, told once and where they are, parted again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cities.city import City
from nlp import Reader
from tests.conversation_runner import Talk, lines_of
from tests.emulators.cloud_api import CloudApi
from tests.emulators.real_town import OnTelegram, RealTown
from tests.emulators.serving import serving, telegram

LINKED = """
= warga
> lampu jalan mati di depan Masjid Al-Jihad Jalan Cisitu Lama, sudah seminggu
< Kategori: Penerangan jalan umum
> kirim
< BDG-
> hubungkan
< HUBUNGKAN
= warga di telegram
> laporan saya
! {nomor}
> hubungkan {sambung}
< Kode ini dibuat di WhatsApp
  1. Ya, itu saya  2. Bukan
> 1
< Terhubung dengan WhatsApp
= warga
< terhubung dengan Telegram Anda. Bukan Anda yang melakukannya? Balas PUTUSKAN
= warga di telegram
> laporan saya
< {nomor}
  Diterima
"""
HANDED_ON = """
= administrator
> /verifikasi {nomor}
[ketuk Sudah benar]
> /disposisi {nomor} Dishub
[lewat 2 menit]
"""
TOLD_ON_TELEGRAM = """
= warga di telegram
< sudah kami teruskan ke Dishub
"""
ASKED_ON_WHATSAPP = """
= warga
> laporan saya
< {nomor}
  Dishub
"""
WORKED_ON = """
= narahubung
> /proses {nomor} tim berangkat siang ini
[lewat 2 menit]
"""
TOLD_ON_WHATSAPP = """
= warga
< tim berangkat siang ini
"""
A_NOTE_FROM_THE_OTHER = """
= warga di telegram
> tambahan: tiangnya juga miring
< sudah kami tambahkan ke laporan {nomor}
= narahubung
> /lihat {nomor}
< tiangnya juga miring
"""
PARTED = """
= warga
> putuskan
< Sudah diputus
= warga di telegram
> status {nomor}
! Jalan Cisitu Lama
> laporan saya
! {nomor}
> hubungkan {sambung}
< sudah dipakai
= warga
> laporan saya
< {nomor}
  Jalan Cisitu Lama
"""


@pytest.fixture
def town(sqlite_template: Path, tmp_path: Path, city: City, reader: Reader) -> Iterator[RealTown]:
    meta = CloudApi()
    with telegram() as served, serving(meta.app()) as url:
        opened = RealTown(
            sqlite_template, tmp_path, city, reader, telegram=served, whatsapp=(meta, url), twice=True
        )  # fmt: skip
        yield opened
        opened.close()
        served[0].check()
        assert not meta.violations


@pytest.fixture
def talk(town: RealTown) -> Talk:
    return Talk(town)


def play(talk: Talk, *parts: str) -> None:
    for part in parts:
        talk.play(lines_of(part))


def unread(town: RealTown, who: str) -> str:
    """What stands on somebody's screen that they have not looked at."""
    return "\n".join(reply.text for reply in town.people[who].unread)


def test_news_come_once_and_where_the_person_wrote_last(town: RealTown, talk: Talk) -> None:
    play(talk, LINKED, HANDED_ON)
    assert "Dishub" not in unread(town, "warga")
    play(talk, TOLD_ON_TELEGRAM, ASKED_ON_WHATSAPP, WORKED_ON)
    assert "tim berangkat" not in unread(town, "warga di telegram")
    play(talk, TOLD_ON_WHATSAPP, A_NOTE_FROM_THE_OTHER)
    assert not town.failures


def test_who_parts_the_two_leaves_the_reports_where_they_were_told(town: RealTown, talk: Talk) -> None:
    play(talk, LINKED, PARTED, HANDED_ON)
    assert "Dishub" in unread(town, "warga")
    assert "Dishub" not in unread(town, "warga di telegram")
    assert not town.failures


def test_news_that_the_channel_used_last_refuses_come_on_the_other(town: RealTown, talk: Talk) -> None:
    play(talk, LINKED)
    device = town._devices["warga di telegram"]
    assert isinstance(device, OnTelegram)
    device.person.block()
    play(talk, HANDED_ON)
    assert "sudah kami teruskan ke Dishub" in unread(town, "warga")
    assert [failure.partition(":")[0] for failure in town.failures] == ["warga di telegram"]
    play(talk, "= warga\n< sudah kami teruskan ke Dishub", WORKED_ON, TOLD_ON_WHATSAPP)
    assert len(town.failures) == 1
