"""How money, dates and numbers read in both languages."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask_babel import Babel, force_locale

from foundation.money import Money
from foundation.web import formats

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def pages() -> Iterator[Flask]:
    app = Flask(__name__)
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/Rome"
    Babel(app)
    with app.test_request_context():
        yield app


@pytest.mark.usefixtures("pages")
class TestFormats:
    def test_money_is_written_for_the_reader(self) -> None:
        with force_locale("en"):
            assert formats.money(Money(120475, "EUR")) == "€1,204.75"
        with force_locale("it"):
            assert formats.money(Money(120475, "EUR")).replace("\xa0", " ") == "1.204,75 €"

    def test_a_debt_has_a_true_minus_and_a_gain_a_plus_when_asked(self) -> None:
        with force_locale("en"):
            assert formats.money(Money(-786, "EUR")) == "−€7.86"
            assert formats.amount(Money(-295, "EUR")) == "−2.95"
            assert formats.amount(Money(1867, "EUR"), plus=True) == "+18.67"
            assert formats.amount(Money(0, "EUR"), plus=True) == "0.00"

    def test_empty_cents_may_be_left_out_and_full_ones_may_not(self) -> None:
        with force_locale("en"):
            assert formats.money(Money(6000, "EUR"), whole=True) == "€60"
            assert formats.money(Money(6001, "EUR"), whole=True) == "€60.01"

    def test_a_currency_without_cents_has_none(self) -> None:
        with force_locale("en"):
            assert formats.amount(Money(1500, "JPY")) == "1,500"

    def test_no_amount_is_a_dash(self) -> None:
        assert formats.money(None) == "–"
        assert formats.amount(None) == "–"

    def test_basis_points_become_percent(self) -> None:
        with force_locale("it"):
            assert formats.percent(1200) == "12%"
            assert formats.percent(1250) == "12,5%"

    def test_dates_are_written_day_first_in_both_languages(self) -> None:
        with force_locale("en"):
            assert formats.day(date(2026, 11, 23), "full") == "Monday 23 November 2026"
        with force_locale("it"):
            assert formats.day(date(2026, 11, 23), "full") == "lunedì 23 novembre 2026"

    def test_times_are_shown_in_the_zone_of_the_shop_or_the_one_given(self) -> None:
        late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
        with force_locale("en"):
            assert formats.moment(late, "short") == "23 Nov, 00:30"
            assert formats.moment(late, "short", zone="America/New_York") == "22 Nov, 18:30"
            assert formats.day(late, "short") == "23 Nov"

    def test_ages_are_short_enough_for_a_queue(self) -> None:
        with force_locale("en"):
            for minutes, words in (
                (0, "just now"),
                (25, "25 min"),
                (200, "3 h"),
                (1500, "1 day"),
                (4500, "3 days"),
            ):
                assert formats.ago(NOW - timedelta(minutes=minutes), now=NOW) == words

    def test_a_moment_in_the_future_is_not_a_negative_age(self) -> None:
        with force_locale("en"):
            assert formats.ago(NOW + timedelta(hours=1), now=NOW) == "just now"

    def test_near_days_have_names(self) -> None:
        with force_locale("en"):
            assert formats.days_from_today(date(2026, 11, 23), now=NOW) == "today"
            assert formats.days_from_today(date(2026, 11, 24), now=NOW) == "tomorrow"
            assert formats.days_from_today(date(2026, 11, 28), now=NOW) == "in 5 days"
            assert formats.days_from_today(date(2026, 11, 20), now=NOW) == "3 days ago"

    def test_lists_end_with_the_word_of_the_language(self) -> None:
        with force_locale("en"):
            assert formats.listed(["jacket", "blouse", "shirt"]) == "jacket, blouse and shirt"
        with force_locale("it"):
            assert formats.listed(["giacca", "blusa"]) == "giacca e blusa"
