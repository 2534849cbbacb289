"""Reviews: who may write, what everybody reads, what staff may do."""

import io
import json
import re

import pytest
from PIL import Image
from sqlalchemy import select

from foundation import clock as shop_clock
from foundation.accounts.models import Account, RoleGrant
from foundation.accounts.permissions import Role
from foundation.db import db
from foundation.files.storage import read
from foundation.mail.queries import latest_messages
from foundation.states import IllegalMove
from storefront.orders import actions as orders
from storefront.orders.models import Handover
from storefront.orders.queries import sale
from storefront.reviews import actions, jobs
from storefront.reviews.actions import ReviewDraft
from storefront.reviews.errors import AlreadyReviewed, NothingToReview, NotWithYouYet
from storefront.reviews.models import Review, ReviewPicture, Rule
from storefront.reviews.policy import Fit
from storefront.reviews.queries import evidence_of
from tests.races import at_once, without_unique
from tests.storefront.bad_pictures import REFUSED, TAKEN, nearly
from tests.storefront.goods import CONTACT, HOUSE, order_now, pay, piece, place, shelf
from tests.storefront.shelf import picture_bytes

SIZES = ("S", "M", "L")
WORDS = "Warm, and the sleeves are long enough."


@pytest.fixture
def coat(work) -> int:
    with work():
        return shelf("coat", 9000, 50, sizes=SIZES)


def bought(variant_id: int, *, email: str = "anna@example.test", deliver: bool = True, **more):
    """An order of one piece, with the shopper unless said otherwise; call it inside `work()`."""
    contact = CONTACT._replace(email=email, name=more.pop("name", "Anna Moro"))
    placed = place([piece(variant_id, 9000)], session_id=f"cs_{email}_{more}", contact=contact, **more)
    pay(placed.order_id)
    if deliver:
        orders.hand_over(actor=HOUSE, order_id=placed.order_id, how=Handover.DELIVERED, reason="courier")
    return placed


def line_of(placed) -> int:
    return sale(placed.order_id).lines[0].line_id


def say(placed, stars: int = 5, words: str = WORDS, **more) -> Review:
    return actions.publish_review(
        actor=HOUSE,
        order_id=placed.order_id,
        line_id=line_of(placed),
        draft=ReviewDraft(stars=stars, words=words, **more),
    )


def test_who_bought_it_is_read_by_everybody_at_once(client, work, coat):
    assert "Nobody has written about it yet" in client.get("/shop/coat").text
    with work():
        placed = bought(coat)
        token = order_now(placed.order_id).token
        line = line_of(placed)
    assert f"/orders/{token}/review/{line}" in client.get(f"/orders/{token}").text
    assert client.get(f"/orders/{token}/review/{line}").status_code == 200
    answer = client.post(
        f"/orders/{token}/review/{line}",
        data={"stars": "4", "words": WORDS, "fit": "small", "usual_size": "L", "height_cm": "168"},
    )
    assert answer.status_code == 303
    page = client.get("/shop/coat").text
    assert WORDS in page and "Anna M." in page and "Moro" not in page
    assert "168 cm, bought M, usually wears L, found it small" in page
    assert "1 person says how it is" in page
    everything = client.get("/shop/coat/reviews")
    assert everything.status_code == 200 and WORDS in everything.text
    # What people say stands above what the shop says.
    assert page.index('id="evidence"') < page.index('id="related"' if 'id="related"' in page else "</main>")
    # Written once: the order's page shows the stars instead of the way to the form.
    assert "1 person says" in page and f"/review/{line}" not in client.get(f"/orders/{token}").text
    assert client.get(f"/orders/{token}/review/{line}").status_code == 409


def test_nobody_writes_about_what_they_did_not_buy_or_do_not_have_yet(client, work, coat):
    with work():
        waiting, other = bought(coat, deliver=False), bought(coat, email="ugo@example.test")
        with pytest.raises(NotWithYouYet):
            say(waiting)
        with pytest.raises(NothingToReview):
            actions.publish_review(
                actor=HOUSE,
                order_id=other.order_id,
                line_id=line_of(waiting),
                draft=ReviewDraft(stars=1, words=WORDS),
            )
        token, line = order_now(waiting.order_id).token, line_of(waiting)
    assert (
        client.post(f"/orders/{token}/review/{line}", data={"stars": "1", "words": WORDS}).status_code == 409
    )
    assert client.post(f"/orders/nonsense/review/{line}", data={"stars": "1"}).status_code == 404
    with work():
        assert db.session.scalars(select(Review)).all() == []


def test_one_person_has_one_word_on_a_product_however_often_they_buy_it(work, coat, account):
    with work():
        first = bought(coat)
        again = bought(coat, email="ANNA@example.test")
        signed_in = bought(coat, email="other@example.test", account_id=account)
        once_more = bought(coat, email="third@example.test", account_id=account)
        say(first)
        say(signed_in)
        for placed in (first, again, once_more):
            with pytest.raises(AlreadyReviewed):
                say(placed)
        assert len(db.session.scalars(select(Review)).all()) == 2


def both_at_once(app, work, coat):
    with work():
        placed = bought(coat)
        order_id, line = placed.order_id, line_of(placed)

    def write():
        actions.publish_review(
            actor=HOUSE, order_id=order_id, line_id=line, draft=ReviewDraft(stars=1, words=WORDS)
        )

    met = at_once(app, write, write)
    with work():
        return met, len(db.session.scalars(select(Review)).all())


def test_pressing_publish_twice_at_once_is_one_review(app, work, coat):
    met, written = both_at_once(app, work, coat)
    assert ([type(error) for error in met], written) == ([AlreadyReviewed], 1)


def test_without_the_constraints_two_at_once_would_be_two_reviews(app, work, coat):
    with without_unique(
        work, "uq_reviews_order_line_id", "uq_reviews_product_id_email", "uq_reviews_product_id_account_id"
    ):
        assert both_at_once(app, work, coat) == ([], 2)


def test_what_is_missing_is_said_and_what_was_typed_is_kept(client, work, coat):
    with work():
        placed = bought(coat)
        token, line = order_now(placed.order_id).token, line_of(placed)
    answer = client.post(
        f"/orders/{token}/review/{line}", data={"words": "Good.", "height_cm": "999", "fit": "true"}
    )
    assert answer.status_code == 422
    for told in (
        "Choose from one to five stars.",
        "Between 10 and 3,000",
        "Between 100 and 230",
        "Good.</textarea>",
    ):
        assert told in answer.text
    answer = client.post(
        f"/orders/{token}/review/{line}", data={"stars": "9", "words": WORDS, "usual_size": "gigantic"}
    )
    assert answer.status_code == 422
    with work():
        assert db.session.scalars(select(Review)).all() == []


def upload(client, work, coat, *files: tuple[bytes, str]):
    with work():
        placed = bought(coat)
        token, line = order_now(placed.order_id).token, line_of(placed)
    data = {
        "stars": "5",
        "words": WORDS,
        "pictures": [(io.BytesIO(content), name) for content, name in files],
    }
    return client.post(f"/orders/{token}/review/{line}", data=data, content_type="multipart/form-data")


def test_a_picture_is_written_again_without_what_came_with_it(client, work, coat):
    exif = Image.Exif()
    exif[0x010E] = "taken at home, Via Po 1"
    photo = picture_bytes(1600, 1200, "JPEG", exif=exif.tobytes())
    assert b"Via Po 1" in photo
    assert upload(client, work, coat, (photo, "me.jpg")).status_code == 303
    with work():
        kept = db.session.scalars(select(ReviewPicture)).one()
        assert (kept.width, kept.height) == (1280, 960)
        for key in (kept.small_key, kept.medium_key, kept.large_key):
            stored = read(key)
            assert b"Via Po" not in stored
            assert not Image.open(io.BytesIO(stored)).getexif()
    page = client.get("/shop/coat").text
    assert "Picture by Anna M." in page
    assert WORDS in client.get("/shop/coat/reviews?pictures=1").text


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize(("content", "name", "sentences"), REFUSED)
def test_what_is_no_picture_is_refused_by_name_and_nothing_is_written(
    client, work, coat, content, name, sentences, language
):
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
    answer = upload(client, work, coat, (content, name))
    assert answer.status_code == 422
    assert sentences[language == "it"].format(name) in answer.text and WORDS in answer.text
    with work():
        assert db.session.scalars(select(Review)).all() == []


@pytest.mark.parametrize(("content", "name", "size", "pixel"), TAKEN)
def test_an_odd_picture_is_taken_as_it_looks(client, work, coat, content, name, size, pixel):
    assert upload(client, work, coat, (content, name)).status_code == 303
    with work():
        kept = db.session.scalars(select(ReviewPicture)).one()
        assert (kept.width, kept.height) == size
        stored = Image.open(io.BytesIO(read(kept.large_key)))
    assert nearly(stored.convert("RGBA").getpixel((5, 5)), pixel)


def test_pictures_have_to_be_chosen_again_when_something_else_was_wrong(client, work, coat):
    with work():
        placed = bought(coat)
        token, line = order_now(placed.order_id).token, line_of(placed)
    page = f"/orders/{token}/review/{line}"
    files = [(io.BytesIO(picture_bytes(20, 20)), "me.png")]
    sent = {"words": WORDS, "pictures": files}
    answer = client.post(page, data=sent, content_type="multipart/form-data")
    assert answer.status_code == 422 and "Choose your pictures again" in answer.text
    assert "Choose your pictures again" not in client.post(page, data={"words": WORDS}).text


def test_five_pictures_are_one_too_many_and_a_flood_is_refused_unread(client, work, coat):
    answer = upload(client, work, coat, *[(picture_bytes(20, 20), f"{n}.png") for n in range(5)])
    assert answer.status_code == 422 and "Four pictures at most" in answer.text
    with work():
        placed = bought(coat, email="big@example.test")
        token, line = order_now(placed.order_id).token, line_of(placed)
    flood = {"pictures": (io.BytesIO(b"x" * 25 * 1024 * 1024), "big.jpg")}
    answer = client.post(f"/orders/{token}/review/{line}", data=flood, content_type="multipart/form-data")
    assert answer.status_code == 413


def test_other_forms_take_no_more_than_before(client):
    flood = {"email": "a@example.test", "password": "x" * 3 * 1024 * 1024}
    assert client.post("/account/sign-in", data=flood).status_code == 413


def test_words_are_text_and_never_markup(client, work, coat):
    with work():
        say(bought(coat, name="<b>Eve</b> Malory"), words="</script><script>alert(1)</script> is my name.")
    page = client.get("/shop/coat").text
    assert "<script>alert(1)" not in page and "<b>Eve" not in page
    document = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)[0])
    assert document["aggregateRating"] == {
        "@type": "AggregateRating",
        "ratingValue": "5.0",
        "reviewCount": 1,
        "bestRating": "5",
        "worstRating": "1",
    }
    assert document["review"][0]["reviewBody"].startswith("</script>")


def test_a_product_without_reviews_claims_no_rating(client, work, coat):
    assert "aggregateRating" not in client.get("/shop/coat").text


def test_a_kept_page_is_written_anew_for_every_review_answer_and_removal(client, work, coat, statements):
    client.get("/shop/coat")
    with statements() as seen:
        client.get("/shop/coat")
    assert seen.count == 1
    with work():
        review_id = say(bought(coat)).id
    assert WORDS in client.get("/shop/coat").text
    with statements() as seen:
        client.get("/shop/coat")
    assert seen.count == 1
    with work():
        actions.answer(actor=HOUSE, review_id=review_id, reply="Thank you, Anna.")
    assert "Thank you, Anna." in client.get("/shop/coat").text
    with work():
        actions.remove(actor=HOUSE, review_id=review_id, rule=Rule.PERSONAL, reason="It gives a street.")
    page = client.get("/shop/coat").text
    assert WORDS not in page and "Nobody has written" in page
    with work():
        actions.restore(actor=HOUSE, review_id=review_id, reason="No street at all.")
    assert WORDS in client.get("/shop/coat").text


def test_the_product_page_keeps_to_its_statements_however_many_reviews(client, work, coat, statements):
    with work():
        for number in range(12):
            say(bought(coat, email=f"p{number}@example.test"), stars=number % 5 + 1)
    with statements() as seen:
        client.get("/shop/coat")
    assert seen.count <= 5, seen.sql
    with statements() as seen:
        assert client.get("/shop/coat/reviews?usual=M&height=170").status_code == 200
    assert seen.count <= 5, seen.sql


def test_the_list_filters_and_sorts_by_plain_links(client, work, coat):
    with work():
        for number, (stars, fit) in enumerate([(5, Fit.TRUE), (2, Fit.SMALL), (4, None)]):
            say(bought(coat, email=f"p{number}@example.test"), stars, f"Number {number} says so.", fit=fit)

    def found(question: str) -> list[int]:
        page = client.get(f"/shop/coat/reviews{question}")
        assert page.status_code == 200
        return [int(number) for number in re.findall(r"Number (\d) says so", page.text)]

    assert found("") == [2, 1, 0]
    assert found("?sort=best") == [0, 2, 1]
    assert found("?sort=worst") == [1, 2, 0]
    assert found("?stars=2") == [1]
    assert found("?fit=true") == [0]
    assert found("?size=M") == [2, 1, 0]
    assert found("?size=M&stars=5&fit=small") == []
    assert found("?stars=9&fit=x&size=x&sort=x&pictures=x&usual=x&height=1") == [2, 1, 0]
    assert client.get("/shop/coat/reviews?page=2").status_code == 404
    assert client.get("/shop/nothing/reviews").status_code == 404


def test_the_helper_says_what_people_like_you_took(client, work, coat):
    with work():
        for number in range(3):
            placed = bought(coat, email=f"p{number}@example.test")
            say(placed, fit=Fit.SMALL, usual_size="M", height_cm=170 + number)
    page = client.get("/shop/coat/reviews?usual=M&height=168").text
    assert "They usually wear M and are within 4 cm of your height." in page
    assert '<span class="advice__size">L</span>' in page
    assert "3 took M:" in page and "3 found it small" in page
    assert "Fewer than three people" in client.get("/shop/coat/reviews?usual=XL").text


def test_good_and_bad_alike_a_critical_one_stands_on_the_product_page(client, work, coat):
    with work():
        say(bought(coat, email="old@example.test"), 1, "Lost its buttons in a week.")
        for number in range(5):
            say(bought(coat, email=f"p{number}@example.test"), 5, f"Lovely, for the time {number}.")
    assert "Lost its buttons in a week." in client.get("/shop/coat").text


@pytest.fixture
def somebody(work, client_of):
    """A browser of somebody with these roles."""

    def sign_in(*roles: Role):
        with work():
            email = f"{'-'.join(roles)}@store.test"
            made = Account(
                email=email, name="Paola", password_hash="!", language="en", created_at=shop_clock.now()
            )
            db.session.add(made)
            db.session.flush()
            for role in roles:
                granted = RoleGrant(
                    account_id=made.id, role=role, granted_by="a test", granted_at=shop_clock.now()
                )
                db.session.add(granted)
            db.session.flush()
            return client_of(made.id)

    return sign_in


@pytest.fixture
def staff(somebody):
    return somebody(Role.COMMUNITY)


def test_staff_answer_and_the_writer_hears_of_it_once(staff, client, work, coat):
    with work():
        review_id = say(bought(coat), 2, "Too thin for winter.").id
    assert "Too thin for winter." in staff.get("/staff/reviews").text
    assert "Anna M. about" in staff.get("/staff").text
    assert staff.post(f"/staff/reviews/{review_id}/answer", data={"reply": " "}).status_code == 422
    for reply in ("We line it from spring on.", "We line it from March on."):
        assert staff.post(f"/staff/reviews/{review_id}/answer", data={"reply": reply}).status_code == 303
    assert "We line it from March on." in client.get("/shop/coat").text
    assert "Too thin" not in staff.get("/staff/reviews?pile=unanswered").text
    with work():
        letters = [one for one in latest_messages() if "answered your review" in one.subject]
        assert [(one.recipient, "spring" in one.text) for one in letters] == [("anna@example.test", True)]


def test_removal_needs_a_rule_and_a_public_reason_and_its_place_says_both(staff, client, work, coat):
    with work():
        review_id = say(bought(coat), 1, "The man at the till, Ugo from Via Po, was rude.").id
    path = f"/staff/reviews/{review_id}/remove"
    for incomplete in (
        {},
        {"rule": "personal"},
        {"reason": "I do not like it"},
        {"rule": "bad", "reason": "x"},
    ):
        assert staff.post(path, data=incomplete).status_code == 422
    assert "was rude" in client.get("/shop/coat/reviews").text
    told = {"rule": "personal", "reason": "It names a colleague and a street."}
    assert staff.post(path, data=told).status_code == 303
    page = client.get("/shop/coat/reviews").text
    assert "was rude" not in page and "Anna M." not in page
    assert "Removed:" in page and "It names somebody or says where they can be found." in page
    assert "It names a colleague and a street." in page and "1 review was removed by a rule" in page
    assert staff.post(path, data=told).status_code == 409
    with work():
        assert "It names a colleague and a street." in latest_messages()[0].text
        assert evidence_of(db.session.get_one(Review, review_id).product_id).sums.total == 0
        with pytest.raises(IllegalMove):
            actions.remove(actor=HOUSE, review_id=review_id, rule=Rule.INSULT, reason="again")
    assert staff.post(f"/staff/reviews/{review_id}/restore", data={"reason": "No name."}).status_code == 303
    assert "was rude" in client.get("/shop/coat/reviews").text


def test_the_desk_of_reviews_is_for_those_who_may(somebody, client):
    assert somebody(Role.FINANCE).get("/staff/reviews").status_code == 403
    assert client.get("/staff/reviews").status_code == 302


def test_ten_days_after_delivery_people_are_asked_once(work, coat, clock, app):
    with work():
        placed = bought(coat)
        told = bought(coat, email="said@example.test")
        say(told)
        bought(coat, email="waits@example.test", deliver=False)

    def asked() -> list[str]:
        with work():
            jobs.ask_what_they_think()
        with work():
            return [one.recipient for one in latest_messages() if one.subject == "How are your pieces?"]

    clock.advance(days=9)
    assert asked() == []
    clock.advance(days=1)
    assert asked() == ["anna@example.test"]
    clock.advance(days=1)
    assert asked() == ["anna@example.test"]
    with work():
        token = order_now(placed.order_id).token
        letter = next(one for one in latest_messages() if one.subject == "How are your pieces?")
        assert f"/orders/{token}/review/{line_of(placed)}" in letter.text


def test_nobody_is_asked_long_after_or_about_what_they_sent_back(work, coat, clock):
    with work():
        bought(coat)
    clock.advance(days=41)
    with work():
        jobs.ask_what_they_think()
        assert all(one.subject != "How are your pieces?" for one in latest_messages())


def test_the_account_lists_what_was_said_and_what_waits(client_of, work, coat, account):
    with work():
        other = shelf("scarf", 2000)
        say(bought(coat, account_id=account))
        bought(other, account_id=account, email="two@example.test")
    page = client_of(account).get("/account/reviews").text
    assert WORDS in page and "Write about it" in page


def test_an_italian_reads_it_in_italian(client, work, coat):
    with work():
        say(bought(coat), fit=Fit.TRUE, usual_size="M")
    page = client.get("/shop/coat/reviews", headers={"Accept-Language": "it"}).text
    assert "5,0" in page and 'lang="en"' in page
