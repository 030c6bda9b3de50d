import os
import stat
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from bot import setting_rules
from bot.secret_key import kept_key
from bot.settings import Fault, Settings, SettingsError, is_loopback, load_settings, variable

LONG = "k" * 48
WHATSAPP = {
    "KENTONGAN_WHATSAPP_ACCESS_TOKEN": "EAAG-access",
    "KENTONGAN_WHATSAPP_PHONE_NUMBER_ID": "106540352242922",
    "KENTONGAN_WHATSAPP_BUSINESS_ACCOUNT_ID": "102290129340398",
    "KENTONGAN_WHATSAPP_APP_SECRET": "app-secret",
    "KENTONGAN_WHATSAPP_VERIFY_TOKEN": "a word of ours",
}


def loaded(**environ: str) -> Settings:
    return load_settings({f"KENTONGAN_{name.upper()}": text for name, text in environ.items()}, env_file=None)


def faults(**environ: str) -> dict[str, Fault]:
    with pytest.raises(SettingsError) as caught:
        loaded(**environ)
    return {fault.variable: fault for fault in caught.value.faults}


# ---- what holds when nothing is set


def test_nothing_has_to_be_set():
    settings = loaded()
    assert settings.city == "bandung"
    assert settings.data_dir == Path("data")
    assert settings.database_url == "sqlite:///data/kentongan.db"
    assert (settings.host, settings.port, settings.local_url) == ("127.0.0.1", 8080, "http://127.0.0.1:8080")
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.whatsapp_api_url == "https://graph.facebook.com"
    assert settings.is_sqlite
    assert settings.polling
    assert settings.web_chat
    assert not settings.whatsapp_on
    assert not settings.demo
    assert settings.log_level == "INFO"


def test_the_database_goes_into_the_data_folder_unless_it_is_named():
    assert loaded(data_dir="/srv/kentongan").database_url == "sqlite:////srv/kentongan/kentongan.db"
    assert loaded(data_dir="/srv/kentongan", database_url="sqlite:///x.db").database_url == "sqlite:///x.db"


def test_an_empty_variable_counts_as_not_set():
    assert loaded(port="", public_url="  ", telegram_citizen_token="").port == 8080


def test_spaces_around_a_value_do_not_matter():
    assert loaded(telegram_citizen_token=" 123:abc \n").telegram_citizen_token == SecretStr("123:abc")


def test_settings_built_in_code_do_not_depend_on_the_machine(monkeypatch):
    monkeypatch.setenv("KENTONGAN_PORT", "9999")
    assert Settings().port == 8080
    assert Settings(port=80).port == 80


def test_settings_do_not_change():
    with pytest.raises(ValidationError):
        loaded().port = 81


# ---- where they are read


def test_the_environment_wins_over_the_file(tmp_path):
    (tmp_path / ".env").write_text("# ours\nKENTONGAN_PORT=9000\nKENTONGAN_HOST='0.0.0.0'\nOTHER=1\n")
    settings = load_settings({"KENTONGAN_PORT": "9001"}, tmp_path / ".env")
    assert (settings.host, settings.port) == ("0.0.0.0", 9001)


def test_an_empty_variable_hides_the_one_in_the_file(tmp_path):
    (tmp_path / ".env").write_text("KENTONGAN_TELEGRAM_CITIZEN_TOKEN=1:abc\n")
    assert load_settings({}, tmp_path / ".env").telegram_citizen_token
    assert load_settings({"KENTONGAN_TELEGRAM_CITIZEN_TOKEN": ""}, tmp_path / ".env").telegram_citizen_token is None


def test_the_process_s_own_environment_is_read_when_none_is_given(monkeypatch):
    monkeypatch.setenv("KENTONGAN_PORT", "9002")
    assert load_settings(env_file=None).port == 9002


def test_a_file_that_is_not_there_is_no_fault(tmp_path):
    assert load_settings({}, tmp_path / "nowhere.env").port == 8080


def test_a_file_that_is_no_text_is_named(tmp_path):
    path = tmp_path / ".env"
    path.write_bytes(b"KENTONGAN_CITY=\xff\xfe\n")
    with pytest.raises(SettingsError, match=r"\.env cannot be read"):
        load_settings({}, path)


# ---- what is wrong is named, all of it, with the remedy


def test_every_fault_is_told_at_once():
    found = faults(port="eighty", city="atlantis", telegram_staff_token="oops", demo="maybe", log_level="loud")
    assert set(found) == {variable(name) for name in ("port", "city", "telegram_staff_token", "demo", "log_level")}
    assert all(fault.remedy for fault in found.values())


def test_a_fault_between_settings_is_told_beside_a_fault_within_one():
    found = faults(port="0", demo="yes", public_url="https://lapor.example.id")
    assert set(found) == {"KENTONGAN_PORT", "KENTONGAN_DEMO"}


def test_the_text_names_variable_fault_and_remedy():
    with pytest.raises(SettingsError) as caught:
        loaded(port="99999")
    assert str(caught.value).splitlines() == [
        "One setting needs attention:",
        "  KENTONGAN_PORT cannot be '99999'.",
        "    Give a whole number from 1 to 65535, for example 8080.",
    ]


def test_a_misspelt_variable_is_named_with_the_nearest_real_one():
    remedy = faults(telegram_citzen_token="1:abc")["KENTONGAN_TELEGRAM_CITZEN_TOKEN"].remedy
    assert remedy == "Did you mean KENTONGAN_TELEGRAM_CITIZEN_TOKEN?"


def test_a_variable_like_no_other_is_to_be_taken_out():
    assert faults(xyzzyx="1")["KENTONGAN_XYZZYX"].remedy == "Take it out."


def test_a_misspelt_variable_in_the_file_is_named_too(tmp_path):
    (tmp_path / ".env").write_text("KENTONGAN_PROT=80\n")
    with pytest.raises(SettingsError, match="Did you mean KENTONGAN_PORT"):
        load_settings({}, tmp_path / ".env")


@pytest.mark.parametrize(
    "name", ["secret_key", "telegram_citizen_token", "telegram_webhook_secret", "database_url", "telegram_api_url"]
)
def test_a_secret_is_never_told(name):
    with pytest.raises(SettingsError) as caught:
        loaded(**{name: "http://h/bot9:hush hush"})
    assert "hush" not in str(caught.value)
    assert "hush" not in repr(caught.value.faults)
    assert caught.value.__cause__ is None


def test_a_secret_is_not_in_what_is_printed_of_the_settings():
    shown = repr(
        loaded(secret_key=LONG, telegram_staff_token="1:hushhush", database_url="postgresql+psycopg://u:hushhush@h/d")
    )
    assert "hushhush" not in shown
    assert LONG not in shown


def test_a_city_without_a_folder_is_told_which_there_are():
    assert "bandung" in faults(city="bandnug")["KENTONGAN_CITY"].remedy


def test_a_city_may_be_a_folder_somewhere_else(tmp_path):
    assert loaded(city=str(tmp_path)).city == str(tmp_path)


def test_a_data_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "data").write_text("")
    assert "is a file" in faults(data_dir=str(tmp_path / "data"))["KENTONGAN_DATA_DIR"].wrong


# ---- the database


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:"])
def test_a_database_that_forgets_is_refused(url):
    assert "names no file" in faults(database_url=url)["KENTONGAN_DATABASE_URL"].wrong


@pytest.mark.parametrize("url", ["postgres://u:p@h/d", "postgresql://u:p@h/d", "mysql://h/d", "data/kentongan.db"])
def test_another_database_or_driver_is_refused_with_the_right_spelling(url):
    assert "postgresql+psycopg://" in faults(database_url=url)["KENTONGAN_DATABASE_URL"].remedy


def test_postgresql_without_its_driver_names_the_command_that_installs_it(monkeypatch):
    monkeypatch.setattr(setting_rules, "find_spec", lambda name: None)
    assert faults(database_url="postgresql+psycopg://h/d")["KENTONGAN_DATABASE_URL"].remedy == "Run: make postgres"


def test_the_label_of_a_database_has_no_password():
    settings = loaded(database_url="postgresql+psycopg://kentongan:hush@db.example:5433/reports")
    assert not settings.is_sqlite
    assert settings.database_label == "PostgreSQL db.example/reports"
    assert loaded().database_label == "SQLite data/kentongan.db"


# ---- the address


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "localhost", "kentongan.localhost"])
def test_the_web_chat_is_on_where_only_this_machine_listens(host):
    assert is_loopback(host)
    assert loaded(host=host).web_chat


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.5", "lapor.example.id", "localhost.example.id"])
def test_the_web_chat_is_off_on_a_network_unless_asked_for(host):
    assert not is_loopback(host)
    assert not loaded(host=host).web_chat
    assert loaded(host=host, web_chat="true").web_chat


def test_the_web_chat_can_be_turned_off():
    assert not loaded(web_chat="false").web_chat


@pytest.mark.parametrize("host", ["http://127.0.0.1", "127.0.0.1:8080", "[::1]", "a b", "-x.example", "a..b"])
def test_a_host_is_an_address_alone(host):
    assert "KENTONGAN_PORT" in faults(host=host)["KENTONGAN_HOST"].remedy


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("0.0.0.0", "http://127.0.0.1:8080"),
        ("::", "http://127.0.0.1:8080"),
        ("::1", "http://[::1]:8080"),
        ("localhost", "http://localhost:8080"),
    ],
)
def test_the_local_address_opens_in_a_browser(host, url):
    assert loaded(host=host).local_url == url


@pytest.mark.parametrize(
    "url",
    [
        "https://lapor.example.id",
        "https://example.id/lapor/",
        "http://127.0.0.1:8080",
        "http://localhost",
        "http://[::1]",
    ],
)
def test_a_public_address_is_https_or_stays_on_this_machine(url):
    settings = loaded(public_url=url)
    assert settings.public_url == url.rstrip("/")
    assert not settings.polling


@pytest.mark.parametrize(
    "url",
    [
        "http://lapor.example.id",
        "lapor.example.id",
        "https://",
        "https://u:p@example.id",
        "https://example.id?x=1",
        "https://example.id/#x",
        "https://example.id:port",
        "https://[::1",
        "ftp://127.0.0.1",
    ],
)
def test_another_public_address_is_refused(url):
    assert set(faults(public_url=url)) == {"KENTONGAN_PUBLIC_URL"}


@given(st.text(max_size=40))
def test_no_address_makes_the_check_itself_fail(text):
    for name in ("public_url", "telegram_api_url", "whatsapp_api_url", "database_url", "host"):
        try:
            loaded(**{name: text})
        except SettingsError as error:
            assert {fault.variable for fault in error.faults} == {variable(name)}  # noqa: PT017 - or it is accepted


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("telegram_api_url", "https://api.telegram.org/bot"),
        ("telegram_api_url", "http://127.0.0.1:8081/bot123:abc"),
        ("telegram_api_url", "http://127.0.0.1:8081/file/bot123:abc"),
        ("whatsapp_api_url", "https://graph.facebook.com/v24.0"),
        ("whatsapp_api_url", "https://graph.facebook.com/v24.0/"),
    ],
)
def test_an_api_address_is_a_root(name, url):
    assert "root" in faults(**{name: url})[variable(name)].remedy


@pytest.mark.parametrize("url", ["http://127.0.0.1:8081", "https://bots.example.id/telegram", "http://h/botanic/vault"])
def test_an_api_may_be_hosted_anywhere(url):
    assert loaded(telegram_api_url=url + "/").telegram_api_url == url


# ---- tokens and secrets


@pytest.mark.parametrize("token", ["123", "abc:def", "123:", ":abc", "123:a b", "123:abc:d", "bot123:abc", "١٢:abc"])
def test_what_is_no_token_is_refused(token):
    assert "BotFather" in faults(telegram_citizen_token=token)["KENTONGAN_TELEGRAM_CITIZEN_TOKEN"].remedy


def test_the_two_bots_are_never_one():
    found = faults(telegram_citizen_token="1:abc", telegram_staff_token="1:abc")
    assert "second bot" in found["KENTONGAN_TELEGRAM_STAFF_TOKEN"].remedy
    assert loaded(telegram_citizen_token="1:abc", telegram_staff_token="2:abc").telegram_staff_token


@pytest.mark.parametrize("secret", ["with space", "ä", "a" * 257])
def test_a_webhook_secret_holds_only_what_telegram_allows(secret):
    assert set(faults(telegram_webhook_secret=secret)) == {"KENTONGAN_TELEGRAM_WEBHOOK_SECRET"}


def test_a_webhook_secret_that_is_set_serves_both_bots():
    settings = loaded(telegram_webhook_secret="a" * 256)
    assert settings.webhook_secret("citizen") == settings.webhook_secret("staff") == "a" * 256


@given(st.text(min_size=32, alphabet=st.characters(codec="utf-8", exclude_categories=["Z", "C"])))
def test_a_derived_webhook_secret_is_allowed_lasting_and_each_bot_s_own(secret):
    settings = Settings(secret_key=SecretStr(secret))
    citizen = settings.webhook_secret("citizen")
    assert setting_rules.webhook_secret(SecretStr(citizen))
    assert citizen == Settings(secret_key=SecretStr(secret)).webhook_secret("citizen")
    assert citizen != settings.webhook_secret("staff")
    assert citizen != Settings(secret_key=SecretStr(secret + "x")).webhook_secret("citizen")
    assert secret not in citizen


def test_a_short_secret_is_refused():
    assert "31 characters" in faults(secret_key="k" * 31)["KENTONGAN_SECRET_KEY"].wrong
    assert loaded(secret_key="k" * 32).secret == "k" * 32


def test_whatsapp_is_all_or_nothing_and_what_is_missing_is_named():
    assert load_settings(WHATSAPP, None).whatsapp_on
    for missing in WHATSAPP:
        with pytest.raises(SettingsError) as caught:
            load_settings({name: text for name, text in WHATSAPP.items() if name != missing}, None)
        (fault,) = caught.value.faults
        assert (fault.variable, fault.wrong) == (missing, "is missing.")


def test_several_missing_whatsapp_settings_are_one_fault():
    with pytest.raises(SettingsError) as caught:
        load_settings({"KENTONGAN_WHATSAPP_APP_SECRET": "x"}, None)
    (fault,) = caught.value.faults
    assert fault.variable.count("KENTONGAN_WHATSAPP_") == 4
    assert "KENTONGAN_WHATSAPP_APP_SECRET" in fault.remedy


def test_a_whatsapp_phone_number_is_not_its_id():
    with pytest.raises(SettingsError, match="not the phone number"):
        load_settings({**WHATSAPP, "KENTONGAN_WHATSAPP_PHONE_NUMBER_ID": "+62811"}, None)


# ---- the demo


@pytest.mark.parametrize(
    "real",
    [
        {"KENTONGAN_PUBLIC_URL": "https://lapor.example.id"},
        {"KENTONGAN_TELEGRAM_CITIZEN_TOKEN": "1:abc"},
        {"KENTONGAN_TELEGRAM_STAFF_TOKEN": "1:abc"},
        WHATSAPP,
    ],
)
def test_a_demo_is_refused_where_real_people_are_served(real):
    with pytest.raises(SettingsError, match="KENTONGAN_DEMO lets anybody act as staff"):
        load_settings({**real, "KENTONGAN_DEMO": "true"}, None)
    assert not load_settings({**real, "KENTONGAN_DEMO": "false"}, None).demo
    assert not load_settings(real, None).demo_if_no_token().demo


def test_without_any_token_it_becomes_a_demo_when_asked_to():
    assert not loaded().demo
    assert loaded().demo_if_no_token().demo
    assert loaded(port="81").demo_if_no_token().port == 81


def test_who_has_decided_about_the_demo_is_not_overruled():
    assert not loaded(demo="false").demo_if_no_token().demo
    assert loaded(demo="true").demo_if_no_token().demo


def test_a_demo_never_opens_to_a_network_by_itself():
    assert not loaded(host="0.0.0.0").demo_if_no_token().demo
    assert loaded(host="0.0.0.0", demo="true").demo


# ---- the key that we make and keep


def test_a_generated_secret_is_kept_and_read_by_nobody_else(tmp_path):
    folder = tmp_path / "deep" / "data"
    first = loaded(data_dir=str(folder)).secret
    assert len(first) >= 32
    assert loaded(data_dir=str(folder)).secret == first
    assert stat.S_IMODE((folder / "secret.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [path.name for path in folder.iterdir()] == ["secret.key"]


def test_two_installations_have_two_secrets(tmp_path):
    assert kept_key(tmp_path / "a") != kept_key(tmp_path / "b")


def test_reading_the_settings_alone_writes_nothing(tmp_path):
    loaded(data_dir=str(tmp_path / "data"))
    assert not (tmp_path / "data").exists()


def test_a_secret_that_is_set_needs_no_file(tmp_path):
    assert loaded(data_dir=str(tmp_path / "data"), secret_key=LONG).secret == LONG
    assert not (tmp_path / "data").exists()


def test_processes_that_start_at_once_agree_on_one_secret(tmp_path):
    found: list[str] = []
    start = threading.Barrier(8)

    def take() -> None:
        start.wait()
        found.append(kept_key(tmp_path / "data" / "secret.key"))

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    assert os.listdir(tmp_path / "data") == ["secret.key"]  # noqa: PTH208


def test_a_secret_that_others_can_read_is_refused(tmp_path):
    kept_key(tmp_path / "secret.key")
    (tmp_path / "secret.key").chmod(0o640)
    with pytest.raises(SettingsError, match="chmod 600"):
        kept_key(tmp_path / "secret.key")


def test_a_damaged_secret_is_never_replaced(tmp_path):
    path = tmp_path / "secret.key"
    path.touch(mode=0o600)
    with pytest.raises(SettingsError, match="backup"):
        kept_key(path)
    assert path.read_text() == ""


def test_a_folder_that_cannot_be_made_is_named_with_the_remedy(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="KENTONGAN_SECRET_KEY"):
        kept_key(tmp_path / "file" / "secret.key")
