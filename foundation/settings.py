"""The environment, read once, into one frozen object.

Every setting is explained in `.env.example`. Nothing else in the project reads the environment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from flask import current_app

DEVELOPMENT_SECRET = "development-only-not-a-secret"
PRODUCTION, DEVELOPMENT, TEST = "production", "development", "test"
MOST_DAYS = 365
MOST_MONTHS = 120
WHOLE_BPS = 10_000
LAST_DAY_OF_ALL = 28  # that every month has
DAYS_OF_A_WEEK = 7


class SettingsRefused(RuntimeError):
    """The environment is incomplete or contradicts itself; the message names the variable."""


@dataclass(frozen=True, kw_only=True)
class Bucket:
    """A bucket of an S3-compatible service. Without keys the machine's own role is asked for them.

    `endpoint` is None for Amazon's own; `prefix` is empty or ends with a slash.
    """

    name: str
    endpoint: str | None
    region: str
    access_key: str | None
    secret_key: str | None = field(repr=False)
    prefix: str


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All the knobs of one installation. Times in seconds, sizes in bytes, rates in basis points."""

    environment: str
    secret_key: str
    secret_key_fallbacks: tuple[str, ...]
    base_url: str
    database_url: str | None
    data_dir: Path
    media_dir: Path
    media_url: str
    bucket: Bucket | None
    currency: str
    country: str
    return_days: int
    attribution_days: int
    credit_cookie_days: int
    credit_click: str
    country_header: str | None
    click_months: int
    signals: tuple[str, ...]
    payout_minimum_minor: int
    payout_alone_minor: int
    payout_schedule: str
    payout_day: int
    store_credit_bonus_bps: int
    locale: str
    timezone: str
    shop_name: str
    smtp_url: str | None
    mail_sender: str
    mail_reply_to: str
    stripe_secret_key: str | None
    stripe_webhook_secrets: tuple[str, ...]
    metrics_token: str | None
    trusted_proxies: int
    log_level: str
    demo: bool

    @property
    def production(self) -> bool:
        return self.environment == PRODUCTION

    @property
    def sandbox(self) -> bool:
        """True when no Stripe key is set: payments go to the stand-in, and no money moves."""
        return self.stripe_secret_key is None

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Settings:
        """Read and check the environment; raises `SettingsRefused` naming the variable at fault."""
        # A name without a value, as in a copied .env.example, is a name that was not set.
        environ = {name: value for name, value in environ.items() if value.strip()}
        data_dir = Path(environ.get("DATA_DIR", ".run")).resolve()
        settings = cls(
            environment=environ.get("VETRINA_ENV", DEVELOPMENT),
            secret_key=environ.get("SECRET_KEY", DEVELOPMENT_SECRET),
            secret_key_fallbacks=_words(environ.get("SECRET_KEY_FALLBACKS", "")),
            base_url=environ.get("BASE_URL", "http://127.0.0.1:8000").rstrip("/"),
            database_url=environ.get("DATABASE_URL"),
            data_dir=data_dir,
            media_dir=Path(environ.get("MEDIA_DIR", str(data_dir / "media"))).resolve(),
            media_url=environ.get("MEDIA_URL", "").rstrip("/"),
            bucket=_bucket(environ),
            currency=environ.get("SHOP_CURRENCY", "EUR"),
            country=environ.get("SHOP_COUNTRY", "IT"),
            return_days=_whole_number(environ, "RETURN_DAYS", 30),
            attribution_days=_whole_number(environ, "ATTRIBUTION_DAYS", 30),
            credit_cookie_days=_whole_number(environ, "CREDIT_COOKIE_DAYS", 30),
            credit_click=environ.get("CREDIT_CLICK", "last"),
            country_header=environ.get("COUNTRY_HEADER"),
            click_months=_whole_number(environ, "CLICK_MONTHS", 13),
            signals=_words(environ.get("SIGNALS", "")),
            payout_minimum_minor=_whole_number(environ, "PAYOUT_MINIMUM_MINOR", 1000),
            payout_alone_minor=_whole_number(environ, "PAYOUT_ALONE_MINOR", 0),
            payout_schedule=environ.get("PAYOUT_SCHEDULE", "off"),
            payout_day=_whole_number(environ, "PAYOUT_DAY", 1),
            store_credit_bonus_bps=_whole_number(environ, "STORE_CREDIT_BONUS_BPS", 0),
            locale=environ.get("SHOP_LOCALE", "en"),
            timezone=environ.get("SHOP_TIMEZONE", "Europe/Rome"),
            shop_name=environ.get("SHOP_NAME", "Vetrina"),
            smtp_url=environ.get("SMTP_URL"),
            mail_sender=environ.get("MAIL_SENDER", "Vetrina <hello@vetrina.example>"),
            mail_reply_to=environ.get("MAIL_REPLY_TO", ""),
            stripe_secret_key=environ.get("STRIPE_SECRET_KEY"),
            stripe_webhook_secrets=_words(environ.get("STRIPE_WEBHOOK_SECRETS", "")),
            metrics_token=environ.get("METRICS_TOKEN"),
            trusted_proxies=_whole_number(environ, "TRUSTED_PROXIES", 0),
            log_level=environ.get("LOG_LEVEL", "INFO").upper(),
            demo=environ.get("VETRINA_DEMO", "") == "1",
        )
        settings._check()
        return settings

    def _check(self) -> None:
        if self.environment not in {PRODUCTION, DEVELOPMENT, TEST}:
            raise SettingsRefused("VETRINA_ENV must be production, development or test.")
        if self.demo and (self.stripe_secret_key or self.database_url):
            raise SettingsRefused(
                "VETRINA_DEMO makes log-ins with a known password: "
                "unset STRIPE_SECRET_KEY and DATABASE_URL, or unset VETRINA_DEMO."
            )
        if not re.fullmatch("[A-Z]{2}", self.country):
            raise SettingsRefused(
                f"SHOP_COUNTRY must be two capital letters, such as IT, not {self.country!r}."
            )
        for name, days in (("RETURN_DAYS", self.return_days), ("ATTRIBUTION_DAYS", self.attribution_days)):
            if not 2 <= days <= MOST_DAYS:
                raise SettingsRefused(f"{name} must be from 2 to {MOST_DAYS} days.")
        if self.credit_cookie_days > MOST_DAYS:
            raise SettingsRefused(f"CREDIT_COOKIE_DAYS must be from 0 (no cookie) to {MOST_DAYS} days.")
        counting = max(self.attribution_days, self.credit_cookie_days)
        if self.click_months > MOST_MONTHS or (self.click_months - 1) * MOST_DAYS < counting * 12:
            raise SettingsRefused(
                f"CLICK_MONTHS must be at most {MOST_MONTHS}, and a month more than the {counting} days "
                "for which a click counts."
            )
        if self.credit_click not in {"first", "last"}:
            raise SettingsRefused(f"CREDIT_CLICK must be first or last, not {self.credit_click!r}.")
        if self.payout_minimum_minor < 1:
            raise SettingsRefused("PAYOUT_MINIMUM_MINOR must be 1 or more: nothing cannot be transferred.")
        self._check_schedule()
        if self.store_credit_bonus_bps > WHOLE_BPS:
            raise SettingsRefused(
                "STORE_CREDIT_BONUS_BPS must be from 0 (no bonus) to 10000 (as much again)."
            )
        self._check_media()
        live = (self.stripe_secret_key or "").startswith(("sk_live_", "rk_live_"))
        if live and not self.production:
            raise SettingsRefused("VETRINA_ENV must be production when STRIPE_SECRET_KEY is a live key.")
        if live and not self.base_url.startswith("https://"):
            raise SettingsRefused("BASE_URL must begin with https:// when STRIPE_SECRET_KEY is a live key.")
        if self.production:
            self._check_production()

    def _check_schedule(self) -> None:
        if self.payout_schedule not in {"off", "weekly", "monthly"}:
            raise SettingsRefused(
                f"PAYOUT_SCHEDULE must be off, weekly or monthly, not {self.payout_schedule!r}."
            )
        if not 1 <= self.payout_day <= LAST_DAY_OF_ALL:
            raise SettingsRefused("PAYOUT_DAY must be from 1 to 28: every month has that day.")
        if self.payout_schedule == "weekly" and self.payout_day > DAYS_OF_A_WEEK:
            raise SettingsRefused("PAYOUT_DAY must be from 1 (Monday) to 7 when PAYOUT_SCHEDULE is weekly.")

    def _check_media(self) -> None:
        if self.media_url and not (
            self.media_url.startswith(("https://", "http://")) and urlsplit(self.media_url).netloc
        ):
            raise SettingsRefused("MEDIA_URL must be a whole address, such as https://media.shop.example.")
        if self.base_url.startswith("https://") and self.media_url.startswith("http://"):
            raise SettingsRefused("MEDIA_URL must begin with https:// as BASE_URL does.")
        if self.bucket and (self.bucket.access_key is None) != (self.bucket.secret_key is None):
            raise SettingsRefused("S3_ACCESS_KEY and S3_SECRET_KEY go together: set both or neither.")

    def _check_production(self) -> None:
        if self.secret_key == DEVELOPMENT_SECRET or len(self.secret_key) < 32:
            raise SettingsRefused("SECRET_KEY is missing, a default, or shorter than 32 characters.")
        if self.database_url is None:
            raise SettingsRefused("DATABASE_URL is missing: production does not run on the private server.")
        if self.stripe_secret_key is None:
            raise SettingsRefused("STRIPE_SECRET_KEY is missing: production does not run on the stand-in.")
        if self.smtp_url is None:
            raise SettingsRefused("SMTP_URL is missing: without it nobody gets their mail.")


def _bucket(environ: Mapping[str, str]) -> Bucket | None:
    name = environ.get("S3_BUCKET")
    if name is None:
        return None
    prefix = environ.get("S3_PREFIX", "").strip("/")
    return Bucket(
        name=name,
        endpoint=environ.get("S3_ENDPOINT"),
        region=environ.get("S3_REGION", "us-east-1"),
        access_key=environ.get("S3_ACCESS_KEY"),
        secret_key=environ.get("S3_SECRET_KEY"),
        prefix=f"{prefix}/" if prefix else "",
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.replace(",", " ").split() if word)


def _whole_number(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, str(default))
    if not text.isdecimal():
        raise SettingsRefused(f"{name} must be a whole number, not {text!r}.")
    return int(text)


def current() -> Settings:
    """The settings of the application that is running."""
    settings: Settings = current_app.extensions["vetrina.settings"]
    return settings
