"""The share kit: links for places, words of one's own, captions, codes, and what is left of a target."""

import io
import threading
from dataclasses import replace

import pytest
from PIL import Image
from sqlalchemy import func, select, text

from editors.links import actions as link_actions
from editors.links import queries
from editors.links.actions import make_link, make_place, make_word
from editors.links.errors import NameTaken, NoSuchLink, TooManyPlaces, WordTaken, WordUnfit
from editors.links.models import Link, LinkPlace, LinkTarget
from editors.links.policy import words_instead
from editors.links.queries import link_by_code
from editors.looks.actions import keep_picture, unpublish_look
from editors.looks.models import Look, LookPiece
from editors.membership.policy import handle_shape
from editors.share.captions import Tone, caption
from editors.share.cards import Card, Size, made_of, svg_of
from editors.share.disclosing import disclosure_for
from editors.share.models import ShareCard
from editors.share.queries import codes_given, owner_of_code, personal_code
from editors.share.subjects import Subject
from editors.tiers.models import EditorTier, Tier
from foundation import clock
from foundation.accounts.permissions import Role
from foundation.db import db
from foundation.files.storage import store
from storefront.cart.models import CartLine
from storefront.catalog.models import Variant
from storefront.promotions.models import Voucher
from tests.editors.conftest import STAFF, make_editor
from tests.races import at_once


def compose(app, work, look, colour):
    """The picture of a look, as its job leaves it: all in one colour."""
    picture = io.BytesIO()
    Image.new("RGB", (1080, 1440), colour).save(picture, "WEBP")
    with app.app_context():
        key = store(picture.getvalue(), ".webp")
    with work():
        version = db.session.get(Look, look).version
        assert keep_picture(look_id=look, version=version, keys=[key] * 3)


def word_for(link_id, editor, typed):
    return make_word(actor=STAFF, link_id=link_id, editor_id=editor, typed=typed)


def test_each_place_gets_a_code_of_its_own_in_one_tap(work, giulia):
    editor, browser, look, code, _ = giulia
    for _ in range(2):
        assert browser.post(f"/studio/share/{code}/place", data={"place": "story"}).status_code == 303
    assert browser.post(f"/studio/share/{code}/place", data={"place": "moon"}).status_code == 400
    with work():
        plain, first, second = db.session.scalars(select(Link).order_by(Link.id)).all()
        assert {one.place for one in (first, second)} == {LinkPlace.STORY}
        assert first.name.startswith("Story, ") and second.name == f"{first.name} (2)"
        assert len({plain.code, first.code, second.code}) == 3
        assert link_by_code(second.code).path == "/looks/carry-on-only"
        assert (second.look_id, second.editor_id) == (look, editor)
        code_of_second, newest = second.code, second.id
    page = browser.get(f"/studio/share/{code_of_second}").text
    assert "Story, " in page and f"/go/{code_of_second}" in page
    seen = {"place": "post", "after": str(newest)}
    once, again = (browser.post(f"/studio/share/{code}/place", data=seen) for _ in range(2))
    assert f'name="after" value="{newest}"' in page and once.location == again.location  # a tap, and its echo
    renamed = browser.post(f"/studio/share/{code_of_second}/name", data={"name": "To my sister"})
    assert renamed.status_code == 303
    taken = browser.post(f"/studio/share/{first.code}/name", data={"name": "To my sister"})
    assert taken.status_code == 409 and "by that name already" in taken.text


def test_a_word_of_ones_own_is_a_code_and_what_looks_like_it_is_refused_with_free_ones(work, giulia):
    editor, browser, _, code, _ = giulia
    answer = browser.post(f"/studio/share/{code}/word", data={"word": " Bordò per Natale "})
    assert answer.location == "/studio/share/bordo-per-natale"
    with work():
        link = db.session.scalar(select(Link).where(Link.code == code))
        assert link_by_code("BORDO-PER-NATALE").path == "/looks/carry-on-only"
        assert word_for(link.id, editor, "bordo-per-natale").code == "bordo-per-natale", "asked twice"
        other = make_editor("Amina Sesay", "amina")
        theirs = make_link(actor=STAFF, editor_id=other, target=LinkTarget.WINDOW)
        for typed in ("b0rdo-per-nata1e", "bordopernatale", "giu1ia", "checkout", "check-out"):
            with pytest.raises(WordTaken) as refused:
                word_for(theirs.id, other, typed)
            assert refused.value.instead, typed
        for typed in ("", "ab", "a" * 25, "two--hyphens", "<b>bold</b>", "日本語"):
            with pytest.raises(WordUnfit):
                word_for(theirs.id, other, typed)
        assert word_for(theirs.id, other, "Amina").code == "amina", "their own handle is theirs"
        with pytest.raises(NoSuchLink):
            word_for(theirs.id, editor, "mine-now")
    taken = browser.post(f"/studio/share/{code}/word", data={"word": "amina"})
    assert taken.status_code == 409
    assert "looks just like it, is taken" in taken.text and 'value="giulia-amina"' in taken.text
    assert 'value="amina"' in taken.text, "what was typed is kept"


def test_one_link_too_many_is_refused_on_the_page_of_the_others(work, giulia, monkeypatch):
    _, browser, _, code, _ = giulia
    monkeypatch.setattr(link_actions, "MOST_PLACES", 1)
    answer = browser.post(f"/studio/share/{code}/place", data={"place": "story"}, follow_redirects=True)
    assert answer.status_code == 200 and "So many links to one thing are enough." in answer.text
    with work():
        assert db.session.scalar(select(func.count()).select_from(Link)) == 1


def test_free_words_fit(work):
    assert all(len(one) <= 24 for one in words_instead("x" * 24, "g" * 30, 2026))


def taking(editor, link_id):
    return lambda: word_for(link_id, editor, "natale")


def test_two_editors_who_want_one_word_at_once_do_not_both_get_it(app, work):
    with work():
        wishes = []
        for name, handle in (("Giulia Ferri", "giulia"), ("Amina Sesay", "amina")):
            editor = make_editor(name, handle)
            link = make_link(actor=STAFF, editor_id=editor, target=LinkTarget.WINDOW)
            wishes.append(taking(editor, link.id))
    assert [type(one) for one in at_once(app, *wishes)] == [WordTaken]
    with work():
        assert db.session.scalar(select(func.count()).where(Link.shape == handle_shape("natale"))) == 1


def test_without_the_constraint_on_shapes_both_get_words_that_look_alike(app, work, monkeypatch):
    """The twin: both look for the word before either has taken it, and no constraint knows shapes."""
    both_have_looked, look = threading.Barrier(2), queries.words_like

    def look_and_wait(shapes):
        found = look(shapes)
        both_have_looked.wait(timeout=10)
        return found

    monkeypatch.setattr(queries, "words_like", look_and_wait)
    with work():
        wishes = []
        for name, handle, typed in (("Giulia Ferri", "giulia", "natale"), ("Amina Sesay", "amina", "nata1e")):
            editor = make_editor(name, handle)
            link = make_link(actor=STAFF, editor_id=editor, target=LinkTarget.WINDOW)
            wishes.append(lambda e=editor, k=link.id, t=typed: word_for(k, e, t))
        db.session.execute(text("ALTER TABLE links DROP CONSTRAINT uq_links_shape"))
    try:
        assert at_once(app, *wishes) == []
        with work():
            assert db.session.scalar(select(func.count()).where(Link.shape == handle_shape("natale"))) == 2
    finally:
        with work():
            db.session.execute(text("DELETE FROM links"))
            db.session.execute(text("ALTER TABLE links ADD CONSTRAINT uq_links_shape UNIQUE (shape)"))


def test_links_to_one_target_have_an_end_and_names_are_kept_apart(work, giulia, monkeypatch):
    editor, _, _, code, _ = giulia
    with work():
        link = queries.link_of(editor, code)
        place = make_place(
            actor=STAFF, link_id=link.id, editor_id=editor, place=LinkPlace.OTHER, name="natale"
        )
        assert place.name == "natale"
        with pytest.raises(NameTaken):
            word_for(link.id, editor, "natale")
        monkeypatch.setattr(link_actions, "MOST_PLACES", 2)
        with pytest.raises(TooManyPlaces):
            make_place(actor=STAFF, link_id=link.id, editor_id=editor, place=LinkPlace.POST, name="Post")


def test_every_caption_begins_with_the_disclosure_and_ends_with_the_link():
    subjects = [
        Subject(LinkTarget.LOOK, "Carry-on only", "Bagaglio a mano", "Two days.", "Poi.", [("A", "B")]),
        *(Subject(target, "Corso", "Corso") for target in LinkTarget if target is not LinkTarget.LOOK),
    ]
    for subject in subjects:
        for language, told in (("en", "Ad: I earn."), ("it", "Pubblicità: guadagno.")):
            said = {
                caption(subject, tone=tone, language=language, address="https://v.test/go/x", disclosure=told)
                for tone in Tone
            }
            assert len(said) == len(Tone), "three tones, three texts"
            assert all(one.startswith(f"{told}\n") and one.endswith(" https://v.test/go/x") for one in said)


def test_the_kit_speaks_the_language_and_the_tone_that_were_chosen(work, giulia, statements):
    _, browser, _, code, _ = giulia
    browser.get("/studio")
    page = browser.get(f"/studio/share/{code}?words=it&tone=plain&country=DE").text
    assert "Werbung (pubblicità): se compri" in page and "Share Carry-on only" in page
    assert "Corso denim jacket, Sera silk blouse" in page
    odd = browser.get(f"/studio/share/{code}?words=xx&tone=loud&country=ZZ")
    assert odd.status_code == 200 and "Advertising: I earn a commission" in odd.text
    with work():
        stranger = make_link(
            actor=STAFF, editor_id=make_editor("Amina Sesay", "amina"), target=LinkTarget.WINDOW
        ).code
    for address in ("", "/qr.svg", "/qr.png"):
        assert browser.get(f"/studio/share/{stranger}{address}").status_code == 404


def test_the_code_is_there_as_drawing_and_as_pixels(giulia):
    _, browser, _, code, _ = giulia
    drawn, pixels = (browser.get(f"/studio/share/{code}/qr.{kind}") for kind in ("svg", "png"))
    assert drawn.mimetype == "image/svg+xml" and b"<svg" in drawn.data
    assert pixels.mimetype == "image/png" and pixels.data.startswith(b"\x89PNG")
    assert f"qr-{code}.png" in pixels.headers["Content-Disposition"]


def test_cards_are_drawn_by_a_job_kept_by_what_they_are_made_of_and_drawn_anew(app, work, giulia, run_jobs):
    _, browser, look, code, _ = giulia
    browser.post(f"/studio/share/{code}/place", data={"place": "story"})
    run_jobs("editors.make_share_cards")
    with work():
        assert db.session.scalar(select(func.count()).select_from(ShareCard)) == 0, "no picture yet"
    compose(app, work, look, "#c8371f")
    run_jobs()
    with work():
        before = {(row.link_id, row.size): row.key for row in db.session.scalars(select(ShareCard))}
        assert len(before) == 2 * len(Size), "three sizes for each of two links"
    shown = browser.get(f"/studio/share/{code}/story.jpg?words=en")
    with Image.open(io.BytesIO(shown.data)) as card:
        assert card.size == (1080, 1920) and card.getpixel((540, 700))[0] > 180, "the look lies on it"
    compose(app, work, look, "#1b1a17")
    stale = browser.get(f"/studio/share/{code}/story.jpg?words=en")
    with Image.open(io.BytesIO(stale.data)) as card:
        assert card.getpixel((540, 700))[0] < 60, "what is stale is not sent, though no job has run"
    run_jobs()
    with work():
        after = {(row.link_id, row.size): row.key for row in db.session.scalars(select(ShareCard))}
    assert after.keys() == before.keys() and not set(after.values()) & set(before.values())
    for query in ("", "?four=1&words=it"):
        assert browser.get(f"/studio/share/{code}/card.pdf{query}").data.startswith(b"%PDF")


def test_a_look_that_left_the_show_meanwhile_has_no_card_and_the_page_says_so(work, giulia, run_jobs):
    editor, browser, look, code, _ = giulia
    browser.post(f"/studio/share/{code}/place", data={"place": "post"})
    with work():
        unpublish_look(actor=STAFF, look_id=look, editor_id=editor)
    run_jobs()
    for address in ("story.jpg", "wide.jpg", "card.pdf"):
        answer = browser.get(f"/studio/share/{code}/{address}")
        assert answer.status_code == 404 and "no longer on show, so there is no card" in answer.text
    assert browser.get(f"/studio/share/{code}/huge.jpg").status_code == 404
    assert "no longer on show" in browser.get(f"/studio/share/{code}").text


def test_words_on_a_card_are_words_and_the_address_stands_there_whole():
    card = Card("<b>&" + "W" * 300, "x " * 400, "shop.example/go/" + "w" * 24, "Ad: I earn.", None)
    for size in Size:
        drawn = svg_of(card, size)
        assert "&lt;b&gt;&amp;" in drawn and "<b>" not in drawn
        assert card.address in drawn and card.disclosure in drawn
        assert made_of(card, size) != made_of(replace(card, disclosure="Ad."), size)


def test_a_packed_bag_is_shown_first_and_filled_by_the_shoppers_own_button(work, giulia, client):
    editor, browser, look, code, (jacket, blouse) = giulia
    with work():
        pieces = {piece.product_id: piece.id for piece in db.session.scalars(select(LookPiece))}
        sizes = {
            (one.product_id, one.option_values[0]): one.id for one in db.session.scalars(select(Variant))
        }
    form = {f"size-{pieces[jacket]}": str(sizes[jacket, "M"]), f"quantity-{pieces[blouse]}": "0"}
    missing = browser.post(f"/studio/share/{code}/bag", data={f"quantity-{pieces[blouse]}": "0"})
    assert missing.status_code == 422 and "Choose a size" in missing.text
    nothing = {f"quantity-{one}": "0" for one in pieces.values()}
    assert "Nothing is packed." in browser.post(f"/studio/share/{code}/bag", data=nothing).text
    made = browser.post(f"/studio/share/{code}/bag", data=form | {"name": "Anna, size M"})
    packed = made.location.rpartition("/")[2]
    assert "Anna, size M" in browser.get(made.location).text
    with work():
        assert link_by_code(packed).path == f"/shared/{packed}/bag"
        assert link_by_code(code).path == "/looks/carry-on-only"
    page = client.get(f"/shared/{packed}/bag")
    assert "Packed for you by Giulia" in page.text and "Corso denim jacket" in page.text
    assert "earns a commission" in page.text and f'name="quantity-{pieces[blouse]}" value="0"' in page.text
    with work():
        assert db.session.scalar(select(func.count()).select_from(CartLine)) == 0, "reading puts nothing in"
    sent = client.post("/looks/carry-on-only/bag", data=form)
    assert sent.location == "/cart"
    with work():
        assert db.session.scalars(select(CartLine.variant_id)).all() == [sizes[jacket, "M"]]
        unpublish_look(actor=STAFF, look_id=look, editor_id=editor)
    assert client.get(f"/shared/{packed}/bag").location == f"/shared/{packed}"
    assert client.get(f"/shared/{code}/bag").status_code == 302
    assert client.get("/shared/nobody7/bag").status_code == 302


def test_staff_say_what_a_country_wants_and_everything_made_from_then_on_says_it(
    work, giulia, account, client_of
):
    _, browser, _, code, _ = giulia
    desk = client_of(account("owner@example.test", Role.OWNER))
    assert "Werbung (advertising)" in desk.get("/staff/disclosures?country=DE").text
    words = {"country": "PT", "sentence": "PUB: I earn.", "sentence_it": "PUB: guadagno."}
    for wrong in ({"sentence": ""}, {"sentence_it": "x" * 241}, {"country": "12"}):
        answer = desk.post("/staff/disclosures", data=words | wrong)
        assert answer.status_code == 422, wrong
    assert "PUB: I earn." in answer.text, "what was typed is kept"
    assert desk.post("/staff/disclosures", data=words).status_code == 303
    with work():
        assert disclosure_for("PT").sentence == "PUB: I earn."
    assert "PUB: guadagno." in browser.get(f"/studio/share/{code}?words=it&country=PT").text
    assert desk.post("/staff/disclosures", data=words | {"do": "known"}).status_code == 303
    with work():
        assert disclosure_for("PT").sentence.startswith("Advertising: ")
    assert browser.get("/staff/disclosures").status_code == 403


def test_staff_give_an_editor_a_code_that_is_in_every_caption_and_another_ends_it(
    work, giulia, account, client_of
):
    editor, browser, _, code, _ = giulia
    desk = client_of(account("owner@example.test", Role.OWNER))
    form = {"editor": str(editor), "percent": "10", "code": "", "reason": "A good start."}
    for wrong in ({"percent": "0"}, {"percent": "99"}, {"code": "<b>"}, {"reason": ""}, {"editor": "999"}):
        assert desk.post("/staff/personal-codes", data=form | wrong).status_code == 422, wrong
    half = desk.post("/staff/personal-codes", data=form | {"percent": "12,5"})
    assert (
        half.text.count("A whole number from 1 to 50.") == 2 and "integer" not in half.text
    )  # and above all
    assert desk.post("/staff/personal-codes", data=form).status_code == 303
    assert "GIULIA10" in desk.get("/staff/personal-codes").text
    page = browser.get(f"/studio/share/{code}").text
    assert "10% off with my code GIULIA10." in page
    assert (
        "-10%" not in page
        and "con il mio codice GIULIA10" in browser.get(f"/studio/share/{code}?words=it").text
    )
    desk.post("/staff/personal-codes", data=form | {"percent": "15", "code": "giulia-15"})
    with work():
        vouchers = {one.code: one for one in db.session.scalars(select(Voucher))}
        assert {one: vouchers[one].status for one in vouchers} == {
            "GIULIA10": "paused",
            "GIULIA-15": "active",
        }
        assert owner_of_code(" giulia10 ").id == editor, "what was ordered with it before is still hers"
        assert personal_code(editor).code == "GIULIA-15"
    taken = desk.post("/staff/personal-codes", data=form | {"code": "GIULIA10"})
    assert taken.status_code == 409
    with work():
        assert personal_code(editor).code == "GIULIA-15", "refused, so nothing has ended"
        make_editor("Amina Sesay", "amina")
    desk.post("/staff/personal-codes", data=form | {"editor": "0"})
    with work():
        assert sorted(one.code for _, one, _ in codes_given()) == ["AMINA10", "GIULIA-15"]
    with work():
        step = Tier(name="Known", looks_needed=1, orders_needed=1)
        db.session.add(step)
        db.session.flush()
        db.session.add(EditorTier(editor_id=editor, tier_id=step.id, since=clock.now()))
        on_step = str(-step.id)
    assert "Everybody on the step Known" in desk.get("/staff/personal-codes").text
    desk.post("/staff/personal-codes", data=form | {"editor": on_step, "percent": "20"})
    desk.post("/staff/personal-codes", data=form | {"editor": on_step, "percent": "20"})
    with work():
        assert sorted(one.code for _, one, _ in codes_given()) == ["AMINA10", "GIULIA20"]
    assert desk.post(f"/staff/personal-codes/{editor}/end", data={}).status_code == 422
    assert desk.post(f"/staff/personal-codes/{editor}/end", data={"reason": "Over."}).status_code == 303
    assert desk.post(f"/staff/personal-codes/{editor}/end", data={"reason": "Over."}).status_code == 409
    assert "off with my code" not in browser.get(f"/studio/share/{code}").text


def test_staff_word_the_captions_and_the_disclosure_stays_where_it_is(work, giulia, client_of, account):
    _, browser, _, code, _ = giulia
    desk = client_of(account("owner@example.test", Role.OWNER))
    kit = f"/studio/share/{code}?tone=playful&words="
    page = desk.get("/staff/captions?to=look&tone=playful").text
    assert "Nothing to wear? Not any more. “{title}”: {pieces}" in page and "Solo bagaglio a mano" in page
    form = {"to": "look", "tone": "playful", "words_it": "Eccolo: {title}.\n\n{link}"}
    for typed, told in (
        ("{title} {hook} {link}", "{hook} stands for nothing here."),
        ("{title}", "Put {link} in once"),
        ("{link} {link}", "Put {link} in once"),
        ("{title {link}", "A brace is open or closed alone."),
        ("{link} }", "A brace is open or closed alone."),
        ("x" * 600 + "{link}", "600 letters at most"),
        (" ", "Write it in both languages"),
    ):
        refused = desk.post("/staff/captions", data=form | {"words": typed})
        assert refused.status_code == 422 and told in refused.text, typed
    words = form | {"words": "  Look:   {title}. \n{story}\n\nGo: {link}"}
    looked = desk.post("/staff/captions", data=words | {"do": "preview"})
    assert looked.status_code == 200 and "Look: Carry-on only." in looked.text
    assert "Nothing to wear?" in browser.get(kit + "en").text, "looked at, and not said yet"
    assert desk.post("/staff/captions", data=words).status_code == 303
    english, italian = browser.get(kit + "en").text, browser.get(kit + "it").text
    with work():
        first = disclosure_for("IT")
    assert f">{first.sentence}\n\nLook: Carry-on only." in english
    assert "\n\nGo: http" in english and f"/go/{code}<" in english
    assert f">{first.sentence_it}\n\nEccolo: " in italian
    assert (
        "Nothing to wear" not in english
        and "I put this together" in browser.get(f"/studio/share/{code}").text
    )
    with work():
        acts = db.session.scalars(text("SELECT action FROM audit_rows WHERE action LIKE 'share.%'")).all()
        assert acts == ["share.write_caption"]
    assert desk.post("/staff/captions", data=form | {"do": "house"}).status_code == 303
    assert "Nothing to wear?" in browser.get(kit + "en").text
    assert browser.get("/staff/captions").status_code == 403


def test_braces_in_a_title_stand_for_themselves(app):
    with app.test_request_context():
        subject = Subject(LinkTarget.PRODUCT, "The {link} coat {title}")
        said = caption(
            subject, tone=Tone.PLAIN, language="en", address="https://x.test/go/a", disclosure="Ad."
        )
    assert said.count("https://x.test/go/a") == 1 and "The {link} coat {title}" in said
