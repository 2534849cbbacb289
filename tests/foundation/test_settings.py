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
    assert {name for name, _ in lines} - elsewhere == set(re.findall(r'"([A-Z][A-Z0-9_]{4,})"', read))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RETURN_DAYS", "1"),
        ("RETURN_DAYS", "366"),
        ("ATTRIBUTION_DAYS", "0"),
        ("ATTRIBUTION_DAYS", "month"),
        ("PAYOUT_MINIMUM_MINOR", "0"),
        ("PAYOUT_MINIMUM_MINOR", "10.00"),
    ],
)
def test_terms_that_make_no_sense_are_refused_by_name(name, value):
    with pytest.raises(SettingsRefused, match=name):
        Settings.read({name: value})


def test_the_terms_are_thirty_days_and_ten_euros_unless_the_shop_says_otherwise():
    usual = Settings.read({})
    assert (usual.return_days, usual.attribution_days, usual.payout_minimum_minor) == (30, 30, 1000)
    own = Settings.read({"RETURN_DAYS": "14", "ATTRIBUTION_DAYS": "7", "PAYOUT_MINIMUM_MINOR": "2500"})
    assert (own.return_days, own.attribution_days, own.payout_minimum_minor) == (14, 7, 2500)


def test_settings_cannot_be_changed():
    with pytest.raises(AttributeError):
        Settings.read({}).currency = "CHF"


@pytest.mark.parametrize("country", ["Italy", "it", "I"])
def test_a_country_that_is_no_code_is_refused(country):
    with pytest.raises(SettingsRefused, match="SHOP_COUNTRY"):
        Settings.read({"SHOP_COUNTRY": country})
