"""``kentongan whatsapp``: templates go to Meta and back into what we know, and what was charged is told."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.billing import billed_lines
from bot.opening import open_database
from bot.settings import Settings
from bot.templating import TemplatesUnavailable, push_templates, show_templates
from storage import Tx, parcels, templates
from tests.emulators.cloud_api import ACCESS_TOKEN, ACCOUNT_ID, NUMBER_ID, CloudApi
from tests.emulators.serving import serving

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def loopback() -> Iterator[tuple[CloudApi, str]]:
    api = CloudApi()
    with serving(api.app()) as url:
        yield api, url


@pytest.fixture
def api(loopback: tuple[CloudApi, str]) -> Iterator[CloudApi]:
    loopback[0].templates.clear()
    yield loopback[0]
    assert not loopback[0].violations


def settings_of(folder: Path, url: str, *, token: str = ACCESS_TOKEN) -> Settings:
    return Settings(
        data_dir=folder,
        database_url=f"sqlite:///{folder}/kentongan.db",
        secret_key=SecretStr("k" * 40),
        whatsapp_access_token=SecretStr(token),
        whatsapp_phone_number_id=NUMBER_ID,
        whatsapp_business_account_id=ACCOUNT_ID,
        whatsapp_app_secret=SecretStr("s"),
        whatsapp_verify_token=SecretStr("v"),
        whatsapp_api_url=url,
    )


@pytest.fixture
def settings(tmp_path: Path, loopback: tuple[CloudApi, str]) -> Settings:
    return settings_of(tmp_path, loopback[1])


def known(settings: Settings) -> dict[tuple[str, str], str]:
    db = open_database(settings, NOW)
    try:
        rows = db.read_sync(templates.of_channel, "whatsapp")
    finally:
        db.close()
    return {(row.name, row.locale): row.status for row in rows}


async def test_what_is_pushed_waits_for_approval_and_is_known_as_approved_once_it_is(
    api: CloudApi, settings: Settings
) -> None:
    said = await push_templates(settings, NOW)
    assert said.count("created") == len(api.templates)
    assert set(known(settings).values()) == {"PENDING"}
    api.approve()
    api.approve("ada_pesan", status="PAUSED")
    said = await show_templates(settings, NOW)
    assert "APPROVED" in said
    assert known(settings)["ada_pesan", "id"] == "PAUSED"
    assert known(settings)["kabar_laporan", "en"] == "APPROVED"


async def test_before_anything_is_pushed_each_is_told_as_not_handed_over(api: CloudApi, settings: Settings) -> None:
    said = await show_templates(settings, NOW)
    assert all("not handed over" in line for line in said.splitlines())
    assert not api.templates


async def test_a_token_that_is_not_accepted_is_told_by_the_name_of_its_setting(
    tmp_path: Path, loopback: tuple[CloudApi, str]
) -> None:
    with pytest.raises(TemplatesUnavailable, match="KENTONGAN_WHATSAPP_ACCESS_TOKEN"):
        await push_templates(settings_of(tmp_path, loopback[1], token="expired"), NOW)


async def test_without_whatsapp_it_says_which_settings_are_missing(tmp_path: Path) -> None:
    with pytest.raises(TemplatesUnavailable, match="KENTONGAN_WHATSAPP_"):
        await show_templates(Settings(data_dir=tmp_path, secret_key=SecretStr("k" * 40)), NOW)


def test_what_was_charged_is_told_by_day_and_category_with_sums(settings: Settings) -> None:
    def bill(tx: Tx) -> None:
        for number, (day, category) in enumerate(((24, "utility"), (24, "utility"), (23, "service"), (1, "utility"))):
            parcels.bill(tx, "whatsapp", f"wamid.{number}", category, date(2026, 11, day), NOW)

    db = open_database(settings, NOW)
    db.run_sync(bill)
    db.close()
    lines = billed_lines(settings, 2, NOW).splitlines()
    assert lines[1:] == [
        "2026-11-23\twhatsapp\tservice\t1",
        "2026-11-24\twhatsapp\tutility\t2",
        "sum\t\tservice\t1",
        "sum\t\tutility\t2",
    ]
    assert "utility\t3" in billed_lines(settings, 31, NOW + timedelta(hours=1))
