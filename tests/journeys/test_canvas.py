"""Three looks of five pieces on the canvas: by mouse, by touch, by keys alone; kept, shown, bought."""

import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from editors.looks.arranging import stored_scene
from editors.looks.card_queries import looks_of
from editors.looks.queries import look_by_id
from foundation import clock
from foundation.files.storage import store
from foundation.money import Money
from storefront.catalog.actions import attach_picture, save_product
from storefront.catalog.drafts import PictureDraft, ProductDraft, VariantDraft
from storefront.catalog.models import ProductStatus
from storefront.catalog.standing import archive_product
from tests.journeys.shop import HOUSE, make_editor

PIECES = (
    ("Lina blouse", "top", "#d8cdbb", 660),
    ("Porta trousers", "bottom", "#2f4a7a", 1010),
    ("Corso jacket", "outer", "#5d6b3c", 700),
    ("Ponte loafers", "shoes", "#6f4a30", 120),
    ("Giro tote", "bag", "#8e1f26", 320),
)


def picture(colour: str) -> str:
    """A drawn garment with a hem that tells up from down; its key."""
    image = Image.new("RGBA", (240, 300), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.polygon([(60, 40), (180, 40), (200, 260), (40, 260)], colour)
    pen.rectangle((40, 240, 200, 260), "#1b1a17")
    data = io.BytesIO()
    image.save(data, "WEBP", lossless=True)
    return store(data.getvalue(), ".webp")


@pytest.fixture
def giulia(app: Any, work: Callable[..., Any], account: Callable[..., int]) -> int:
    """Giulia, an editor, in a shop of five pieces with pictures; her account."""
    person = account("giulia@example.test", name="Giulia Ferri")
    with work():
        make_editor(person)
        for title, slot, colour, height in PIECES:
            key = picture(colour)
            handle = title.lower().replace(" ", "-")
            variant = VariantDraft(price=Money(5000, "EUR"), option_values=["M"], on_hand=9, tracked=True)
            draft = ProductDraft(
                handle=handle,
                title=title,
                category="tops",
                slot=slot,
                option_names=["Size"],
                variants=[variant],
                status=ProductStatus.ACTIVE,
                published_at=clock.now(),
            )
            product = save_product(actor=HOUSE, draft=draft)
            body = {"body_x": 40, "body_y": 40, "body_width": 160, "body_height": 220}
            size = {"width": 240, "height": 300, "real_height_mm": height}
            keys = dict.fromkeys(("small_key", "medium_key", "large_key"), key)
            attach_picture(actor=HOUSE, product_id=product.id, rendition=PictureDraft(**keys, **size, **body))
    return person


def begin(page: Page) -> int:
    """An empty canvas; the number of its look."""
    page.goto("/studio/looks")
    page.get_by_role("button", name="Put a look together").click()
    page.wait_for_selector("[data-canvas][data-ready]")
    return int(re.search(r"/looks/(\d+)/canvas", page.url)[1])  # type: ignore[index]


def add_all(page: Page) -> None:
    for title, *_ in PIECES:
        page.get_by_role("button", name=f"Add {title}").click()
    expect(page.locator(".thing")).to_have_count(len(PIECES))


def thing(page: Page, title: str) -> Any:
    return page.locator(".thing").filter(has=page.locator("image")).and_(page.get_by_label(title)).first


def middle(page: Page, title: str) -> tuple[float, float]:
    box = thing(page, title).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def kept(page: Page) -> None:
    expect(page.locator("[data-canvas]")).to_have_attribute("data-saved", "saved")


def picture_of(page: Page) -> bytes:
    """The canvas as it is seen, nothing chosen on it."""
    page.evaluate("document.activeElement.blur()")
    return page.locator("svg.canvas").screenshot(animations="disabled")


def comes_back_the_same(page: Page, work: Callable[..., Any], look: int) -> None:
    """What was saved is drawn again to the pixel, by the server and by the script, and told by the rows."""
    kept(page)
    page.locator("svg.canvas").focus()
    page.keyboard.press("Escape")
    left = picture_of(page)
    drawn = page.locator("[data-things]").evaluate(
        "layer => [...layer.querySelectorAll('.thing')].map((one) => one.getAttribute('transform'))"
    )
    with work():
        stored = stored_scene(look_by_id(look)).as_dict()
    assert len(stored["things"]) == len(PIECES)
    page.reload()
    page.wait_for_selector("[data-canvas][data-ready]")
    assert Image.open(io.BytesIO(picture_of(page))).tobytes() == Image.open(io.BytesIO(left)).tobytes()
    markup = page.request.get(page.url).text()
    served = re.findall(r'<image [^>]*transform="([^"]+)"', markup)
    assert served == drawn
    data = json.loads(re.search(r'id="canvas-data">(.*?)</script>', markup, re.S)[1])  # type: ignore[index]
    assert data["scene"] == json.loads(json.dumps(stored))


def publish_and_buy(page: Page, shopper: Page, title: str, run_jobs: Callable[..., Any]) -> None:
    """On show with its words, composed, and all of it in somebody's bag."""
    page.get_by_role("link", name="Publish").click()
    page.locator("main [name=title]").fill(title)
    page.locator("main [name=story]").fill("Pulled into place.")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page).to_have_url(re.compile("/studio/share/"))
    run_jobs("editors.compose_look_picture")
    shopper.goto("/looks/" + title.lower().replace(" ", "-"))
    expect(shopper.locator(".look__plate img")).to_be_visible()
    shopper.get_by_role("button", name="Add the look to bag").click()
    expect(shopper).to_have_url(re.compile("/cart"))
    for piece, *_ in PIECES:
        expect(shopper.locator("main")).to_contain_text(piece)


def test_a_look_is_laid_out_by_mouse_shown_and_bought(new_page, work, giulia, run_jobs, axe):
    page = new_page(account=giulia)
    look = begin(page)
    add_all(page)
    for at, (title, *_) in enumerate(PIECES):
        page.locator(".layer__go", has_text=title).click()
        x, y = middle(page, title)
        sheet = page.locator("svg.canvas").bounding_box()
        page.mouse.move(x, y)
        page.mouse.down()
        to = (
            sheet["x"] + sheet["width"] * (0.25 + 0.5 * (at % 2)),
            sheet["y"] + sheet["height"] * (0.2 + 0.15 * at),
        )
        page.mouse.move(*to, steps=4)
        page.mouse.up()
        near = middle(page, title)
        assert abs(near[0] - to[0]) < 12
        assert abs(near[1] - to[1]) < 12
    grip = page.locator("[data-grip=se] rect").bounding_box()
    before = thing(page, "Giro tote").bounding_box()["width"]
    page.mouse.move(grip["x"] + 6, grip["y"] + 6)
    page.mouse.down()
    page.mouse.move(grip["x"] + 46, grip["y"] + 46, steps=3)
    page.mouse.up()
    assert thing(page, "Giro tote").bounding_box()["width"] > before + 20
    page.get_by_role("button", name="Undo").click()
    assert abs(thing(page, "Giro tote").bounding_box()["width"] - before) < 1
    page.get_by_role("button", name="Redo").click()
    page.get_by_role("button", name="Turn right").click()
    page.get_by_role("button", name="Mirror").click()
    expect(page.locator("[data-say]")).to_have_text("Giro tote: mirrored.")
    axe(page)
    comes_back_the_same(page, work, look)

    publish_and_buy(page, new_page(), "By mouse", run_jobs)
    with work():
        jacket = next(one for one in look_by_id(look).pieces if one.product.title == "Corso jacket")
        assert jacket.x != 3600


def touches(page: Page, kind: str, *fingers: tuple[float, float]) -> None:
    points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(fingers)]
    page.touched.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})  # type: ignore[attr-defined]


def test_a_look_is_laid_out_by_touch_on_a_phone(new_page, work, giulia, run_jobs, axe):
    page = new_page(account=giulia, phone=True, viewport={"width": 360, "height": 740})
    page.touched = page.context.new_cdp_session(page)
    look = begin(page)
    expect(page.locator(".stage__empty")).to_be_visible()
    page.get_by_role("button", name="Add pieces").tap()
    for title, *_ in PIECES:
        page.get_by_role("button", name=f"Add {title}").tap()
    axe(page)
    page.get_by_role("button", name="Close: Add pieces").tap()
    expect(page.locator(".stage__empty")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    x, y = middle(page, "Giro tote")
    touches(page, "touchStart", (x, y))
    for step in range(1, 5):
        touches(page, "touchMove", (x - 10 * step, y + 25 * step))
    touches(page, "touchEnd")
    page.wait_for_timeout(50)
    moved = middle(page, "Giro tote")
    assert abs(moved[0] - (x - 40)) < 12
    assert abs(moved[1] - (y + 100)) < 12
    x, y = moved
    touches(page, "touchStart", (x - 30, y))
    touches(page, "touchStart", (x - 30, y), (x + 30, y))
    for step in range(1, 5):  # apart to twice as far, and a quarter turn
        touches(page, "touchMove", (x - 30, y - 15 * step), (x + 30, y + 15 * step))
        page.wait_for_timeout(30)
    touches(page, "touchEnd")
    kept(page)
    with work():
        tote = next(one for one in look_by_id(look).pieces if one.product.title == "Giro tote")
        assert 500 < tote.rotation < 750
        assert tote.scale > 1500
    comes_back_the_same(page, work, look)
    publish_and_buy(page, new_page(phone=True), "By touch", run_jobs)


def test_a_look_is_laid_out_by_keys_alone_and_every_act_is_said(new_page, work, giulia, run_jobs):
    page = new_page(account=giulia)
    look = begin(page)
    said = page.locator("[data-say]")
    for title, *_ in PIECES:
        page.get_by_role("button", name=f"Add {title}").focus()
        page.keyboard.press("Enter")
        expect(said).to_contain_text(f"{title} lies in the middle.")
    thing(page, "Lina blouse").focus()
    page.keyboard.press("Tab")
    expect(said).to_contain_text("Porta trousers chosen.")
    page.keyboard.press("Shift+Tab")
    expect(said).to_contain_text("Lina blouse chosen.")
    for key, sentence in (
        ("ArrowLeft", "Lina blouse: 44 % across, 45 % down."),
        ("Shift+ArrowDown", "Lina blouse: 44 % across, 45 % down."),
        ("+", "Lina blouse: size 84 %."),
        ("]", "Lina blouse: turned 5°."),
        ("f", "Lina blouse: mirrored."),
        ("PageUp", "Lina blouse: layer 2 of 5 from the bottom."),
        ("l", "Lina blouse: locked. It does not move until you unlock it."),
        ("ArrowLeft", "Lina blouse is locked. Unlock it first."),
        ("l", "Lina blouse: unlocked."),
        ("d", "Lina blouse, once more lies there once more, and is bought once more."),
        ("Delete", "Lina blouse, once more taken out. Undo brings it back."),
        ("Control+z", "Undone."),
        ("Control+y", "Done again."),
    ):
        page.keyboard.press(key)
        expect(said).to_contain_text(sentence)
    comes_back_the_same(page, work, look)
    publish_and_buy(page, new_page(), "By keys", run_jobs)


def test_two_windows_meet_and_nothing_is_overwritten(new_page, work, giulia):
    page = new_page(account=giulia)
    look = begin(page)
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector("[data-canvas][data-ready]")
    page.get_by_role("button", name="Add Lina blouse").click()
    kept(page)
    other.get_by_role("button", name="Add Giro tote").click()
    dialog = other.get_by_role("dialog")
    expect(dialog).to_contain_text("Nothing is overwritten.")
    dialog.get_by_role("button", name="Keep mine as a copy").dblclick()
    expect(other).not_to_have_url(page.url)
    expect(other.locator(".layer__go")).to_contain_text("Giro tote")
    kept(page)
    with work():
        mine = look_by_id(look)
        assert [one.product.title for one in mine.pieces] == ["Lina blouse"]
        assert len(looks_of(mine.editor_id)) == 2, "one copy, though it was pressed twice"
    other.goto(page.url)
    other.wait_for_selector("[data-canvas][data-ready]")
    page.get_by_role("button", name="Add Porta trousers").click()
    kept(page)
    other.get_by_role("button", name="Add Giro tote").click()
    with other.expect_navigation():
        dialog.get_by_role("button", name="Take what is stored").click()
    expect(other.locator(".layer__go")).to_have_count(2)
    page.get_by_role("button", name="Add Ponte loafers").click()
    kept(page)
    with work():
        titles = {one.product.title for one in look_by_id(look).pieces}
    assert titles == {"Lina blouse", "Porta trousers", "Ponte loafers"}, (
        "what was let go is laid over nothing"
    )


def test_a_server_that_fails_is_called_so_and_the_sum_is_the_servers(new_page, work, giulia):
    page = new_page(account=giulia)
    look = begin(page)
    page.route("**/canvas", lambda route: route.fulfill(status=500))
    page.get_by_role("button", name="Add Lina blouse").click()
    expect(page.locator("[data-state]")).to_contain_text("The shop could not save it.")
    expect(page.locator("[data-sum]")).to_have_text("…")
    page.unroute("**/canvas")
    page.get_by_role("button", name="Double").click()
    kept(page)
    page.route("**/arranged?*", lambda route: route.fulfill(status=422, json={"problems": ["Not so."]}))
    page.get_by_role("button", name="As worn").click()
    expect(page.locator("[data-say]")).to_have_text("Not so.")
    expect(page.locator("[data-sum]")).to_have_text("€100.00")
    # One after the other stands in for what is gone; the list is the server’s, here of what there is.
    with work():
        gone = look_by_id(look).pieces[0].product_id
        archive_product(actor=HOUSE, product_id=gone, reason="Sold through")
    page.reload()
    page.wait_for_selector("[data-canvas][data-ready]")
    picks = page.request.get(f"/studio/looks/{look}/drawer").text()
    picks = picks.replace("data-add=", 'data-instead="1" data-add=')
    page.route("**/drawer?instead=*", lambda route: route.fulfill(body=picks, content_type="text/html"))
    page.get_by_role("button", name="See what could stand in").first.click()
    for title in ("Giro tote", "Corso jacket"):
        page.get_by_role("button", name=f"Add {title}").click()
        expect(page.locator(".layer__go strong")).to_have_text([title] * 2)


def test_what_was_just_done_is_stored_before_the_words_are_asked_for(new_page, work, giulia):
    page = new_page(account=giulia)
    look = begin(page)
    page.get_by_role("button", name="Add Lina blouse").click()
    page.get_by_role("link", name="Publish").click()
    expect(page.locator("main [name=version]")).to_have_value("2")
    with work():
        assert len(look_by_id(look).pieces) == 1
    page.go_back()
    page.wait_for_selector("[data-canvas][data-ready]")
    expect(page.locator(".thing")).to_have_count(1)


def test_signing_out_takes_drafts_out_of_the_browser(new_page, giulia):
    page = new_page(account=giulia)
    begin(page)
    page.route("**/canvas", lambda route: route.abort())
    page.get_by_role("button", name="Add Lina blouse").click()
    assert page.evaluate("Object.keys(localStorage).length") == 1
    page.goto("/account/")
    page.get_by_role("button", name="Sign out", exact=True).last.click()
    expect(page.locator("body")).to_contain_text("You are signed out.")
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_without_a_network_the_work_is_kept_here_and_sent_later(new_page, work, giulia):
    page = new_page(account=giulia)
    look = begin(page)
    page.route(
        "**/canvas", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    page.get_by_role("button", name="Add Lina blouse").click()
    expect(page.locator("[data-state]")).to_contain_text("Kept on this device")
    with work():
        assert look_by_id(look).pieces == []
    page.reload()
    page.wait_for_selector("[data-canvas][data-ready]")
    expect(page.locator(".thing")).to_have_count(1)
    page.unroute("**/canvas")
    page.evaluate("dispatchEvent(new Event('online'))")
    kept(page)
    with work():
        assert len(look_by_id(look).pieces) == 1


def test_without_script_the_canvas_leads_to_the_form(new_page, giulia):
    page = new_page(account=giulia, java_script_enabled=False)
    page.goto("/studio/looks")
    page.get_by_role("button", name="Put a look together").click()
    expect(page.locator("main")).to_contain_text("The canvas needs its script.")
    page.get_by_role("link", name="To the form").click()
    expect(page.locator("main [name=title]")).to_be_visible()
