from __future__ import annotations

import re
from pathlib import Path

import pytest

from foundation import settings as settings_module
from foundation.settings import Settings, SettingsRefused

PRODUCTION = {
    "VETRINA_ENV": "production",
    "SECRET_KEY": "k" * 40,
    "DATABASE_URL": "postgresql+psycopg://shop@/shop",
    "STRIPE_SECRET_KEY": "rk_test_1",
    "SMTP_URL": "smtps://mail.example",
    "BASE_URL": "https://shop.example",
}


def test_a_complete_production_environment_is_accepted():
    assert Settings.read(PRODUCTION).production


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "STRIPE_SECRET_KEY", "SMTP_URL"])
def test_production_names_the_variable_that_is_missing(name):
    environ = {key: value for key, value in PRODUCTION.items() if key != name}
    with pytest.raises(SettingsRefused, match=name):
        Settings.read(environ)


def test_production_refuses_a_short_secret():
    with pytest.raises(SettingsRefused, match="SECRET_KEY"):
        Settings.read(PRODUCTION | {"SECRET_KEY": "short"})


def test_a_live_key_needs_https():
    with pytest.raises(SettingsRefused, match="BASE_URL"):
        Settings.read(PRODUCTION | {"STRIPE_SECRET_KEY": "sk_live_1", "BASE_URL": "http://shop.example"})


def test_a_live_key_runs_in_production_only():
    with pytest.raises(SettingsRefused, match="VETRINA_ENV"):
        Settings.read({"STRIPE_SECRET_KEY": "sk_live_1", "BASE_URL": "https://shop.example"})


@pytest.mark.parametrize("name", ["STRIPE_SECRET_KEY", "DATABASE_URL"])
def test_the_demo_with_its_known_password_refuses_anything_real(name):
    with pytest.raises(SettingsRefused, match="VETRINA_DEMO"):
        Settings.read({"VETRINA_DEMO": "1", name: PRODUCTION[name]})


def test_without_any_variable_it_is_a_development_shop_on_the_stand_in():
    settings = Settings.read({})
    assert settings.sandbox
    assert not settings.production
    assert settings.currency == "EUR"


def test_a_name_without_a_value_was_not_set(tmp_path):
    copied = {"SECRET_KEY": "", "MEDIA_DIR": "", "DATABASE_URL": " ", "TRUSTED_PROXIES": ""}
    settings = Settings.read(copied | {"DATA_DIR": str(tmp_path)})
    assert settings.secret_key
    assert settings.media_dir == tmp_path / "media"
    assert settings.database_url is None


def test_every_setting_of_the_example_is_one_that_is_read():
    example = (Path(__file__).parents[2] / ".env.example").read_text(encoding="utf-8")
    lines = [line.split("=", 1) for line in example.splitlines() if line[:1].isupper()]
    assert Settings.read(dict(lines)).environment == "development"
    read = Path(settings_module.__file__).read_text(encoding="utf-8")
    elsewhere = {"POSTGRES_BIN"}  # read by the private server's starter
    assert {name for name, _ in lines} - elsewhere == set(re.findall(r'"([A-Z][A-Z_]{4,})"', read))


def test_settings_cannot_be_changed():
    with pytest.raises(AttributeError):
        Settings.read({}).currency = "CHF"
