"""`/styleguide`: every component in every state. For development; production does not know the address."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Flask, render_template
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from foundation.accounts.guards import public
from foundation.money import Money
from foundation.web.assets import asset
from foundation.web.charts import Point, bar_chart
from foundation.web.fields import Select
from foundation.web.formats import money

bp = Blueprint("styleguide", __name__)

WEEKS = (
    ("7 Sep", 940, 0), ("14 Sep", 1312, 0), ("21 Sep", 1866, 0), ("28 Sep", 2410, 0), ("5 Oct", 4044, 0),
    ("12 Oct", 1572, 0), ("19 Oct", 0, 0), ("26 Oct", 1820, 4725), ("2 Nov", 1535, 0), ("9 Nov", 2247, 0),
    ("16 Nov", 3038, 0),
)  # fmt: skip
BEST = 7
SIZES = (
    {"value": "XS", "label": "XS", "minor": 8000},
    {"value": "S", "label": "S", "minor": 8000, "says": "S in stock", "tone": "good"},
    {"value": "M", "label": "M", "minor": 8000, "says": "M: the last one", "tone": "warn"},
    {"value": "L", "label": "L", "minor": 8000},
    {"value": "XL", "label": "XL", "sold_out": True},
)


class Sample(FlaskForm):
    """A form with one of each field; two of them are wrong."""

    class Meta:
        csrf = False

    name = StringField("Name on the account")
    email = EmailField("E-mail")
    store = Select(
        "Your store",
        choices=[SelectChoice("to", "Torino, Via Lagrange"), SelectChoice("mi", "Milano, Via Torino")],
    )
    why = TextAreaField("Who is it for, and why these pieces?")
    skills = SelectMultipleField(
        "What you can do",
        choices=[
            SelectChoice("fit", "Fit and alterations"),
            SelectChoice("colour", "Colour"),
            SelectChoice("work", "Dressing for work"),
        ],
    )
    honest = BooleanField("I say that I earn a commission wherever I share a look.")


@bp.get("/styleguide")
@public
def show() -> str:
    """All components, with the words and figures of a real shop."""
    form = Sample(data={"name": "Giulia Ferri", "email": "giulia.example.test", "store": "to"})
    form.email.errors = ("Write it with an @, such as giulia@example.test",)
    form.honest.errors = ("Without this we cannot open your links.",)
    points = [Point(label, value, second) for label, value, second in WEEKS]
    points[BEST] = Point("26 Oct", 1820, 4725, "Your evening in the store")
    euro = "EUR"
    return render_template(
        "foundation/styleguide.html",
        form=form,
        euro=lambda minor: Money(minor, euro),
        sizes=SIZES,
        picture={"src": asset("img/placeholder.svg"), "width": 480, "height": 600, "alt": ""},
        chart=bar_chart(points, label=lambda minor: money(Money(minor, euro), whole=True)),
        weeks=WEEKS,
        moment_=datetime(2026, 11, 22, 20, 14, tzinfo=UTC),
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
