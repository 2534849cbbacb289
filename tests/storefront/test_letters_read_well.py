"""Letters as they are read: as plain text without signs of Markdown, and by the first name."""

from types import SimpleNamespace

from foundation.mail.letters import write_letter
from storefront.orders.models import Order

WEEK = [("monday", ["15:00-19:30"]), ("tuesday", ["10:00-19:30"]), ("wednesday", [])]
STORE = SimpleNamespace(name="Torino", street="Via Po 1", postcode="10123", city="Torino", phone="")


def letter(name: str = "Anna Moro"):
    order = Order(number="V-10001", token="abc", name=name)
    return write_letter(
        "storefront/fulfilment/mail/ready.txt", "en", {"order": order, "place": STORE, "week": WEEK}
    )


def test_the_text_of_a_letter_has_no_signs_of_markdown_and_no_gaps(app):
    with app.app_context():
        told = letter()
    assert "**" not in told.text
    assert "Say this at the counter: V-10001" in told.text
    assert "- Monday: 15:00-19:30\n- Tuesday: 10:00-19:30\n- Wednesday: closed\n" in told.text
    assert "\n\n\n" not in told.text
    assert "<strong>V-10001</strong>" in told.html
    assert "<li>Monday: 15:00-19:30</li>" in told.html


def test_a_letter_calls_its_reader_by_the_first_name_and_loses_no_stars_of_it(app):
    with app.app_context():
        assert "ready for you, Anna." in letter().text
        starred = letter("**Anna** Moro")
    assert "ready for you, **Anna**." in starred.text
    assert "<strong>Anna" not in starred.html


def test_a_template_that_was_kept_for_the_pages_lets_no_sign_into_a_letter(app):
    assert app.jinja_env.bytecode_cache is not None
    app.jinja_env.get_template("storefront/fulfilment/mail/ready.txt")
    app.extensions.pop("vetrina.letters", None)
    with app.app_context():
        assert "<strong>Anna" not in letter("**Anna** Moro").html
