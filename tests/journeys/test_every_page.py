"""Every page as its reader meets it: axe finds nothing, nothing scrolls sideways, no English is left in
Italian."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from commissions.payouts.actions import approve_run, prepare_run
from editors.membership.actions import apply
from foundation import clock
from foundation.actors import Actor
from foundation.db import db
from foundation.money import Money
from storefront.collections.policy import Field, Rule
from storefront.exchanges.queries import exchanges_of, others_of
from storefront.orders.actions import hand_over
from storefront.orders.models import Handover, OrderLine
from storefront.orders.queries import order_by_number, order_by_token, sale
from storefront.returns.actions import request_refund
from storefront.reviews.actions import ReviewDraft, answer, publish_review
from storefront.reviews.policy import Fit
from storefront.sendbacks.actions import ask, receive
from storefront.sendbacks.models import Way, Why
from tests.journeys import steps
from tests.journeys.conftest import Shop
from tests.journeys.shop import HOUSE, Town, found_town
from tests.storefront.goods import variant_of
from tests.storefront.hung import by_hand, by_rule
from tests.storefront.sheets import brought_in
from tests.storefront.shelf import tagged
from tests.storefront.test_movements import bring
from tests.storefront.tills import paying_by_card, rung_up_by, sold_by
from tests.storefront.vouchers import voucher

DESK, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}

# What a reader is told: texts, and what is read out or shown instead of them.
SAID = """() => {
  const said = [document.title];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const parent = texts.currentNode.parentElement;
    if (!parent.closest("script, style, [lang]:not(html), code, option")) said.push(texts.currentNode.data);
  }
  for (const name of ["aria-label", "placeholder", "alt", "title", "data-label", "data-says", "data-copied"])
    for (const one of document.querySelectorAll(`[${name}]`)) said.push(one.getAttribute(name));
  return said;
}"""

# Written by people, bought under that name, or the same in both languages: not compared.
PEOPLE = re.compile(
    r"[\w.+-]+@[\w.-]+|@\w+|https?://\S+|[VR]-\d+|\b(?:acct|tr|cs|pi|ch|re)_\w+|\b\w+\.[a-z_.]+\b"
    r"|Giulia Ferri|Anna Moro|Ada Prova|Sara Neri|Luca Riva|Olga Sala|\b(?:Giulia|Anna|Ada|Sara|Luca|Olga)\b"
    r"|\b(?:giulia|ada|journeys|guest|commissions)\b|Vetrina|Via Po|Torino|Ciao\.|Stripe"
    r"|Falls softly, and creases\.|Steam helps\."
    r"|Carry-on only|Solo bagaglio a mano"
    r"|Web warehouse|Paola (?:pins|appunta) .*"
    r"|My neighbour, who cycles to work.*|Two days away.*|Too small|The courier says so|Benvenuta\."
    r"|Lina blouse|Corso denim jacket|Porta shirt|Camicetta Lina|Giacca di jeans Corso|Camicia Porta"
    r"|\b(?i:Ivory|Indigo|Blue stripe|Avorio|Indaco|Righe blu)\b|nothing-has-this-name"
    r"|\bItaly\b|\bNeighbours\b"
    r"|SPRING10|\b(?:a )?test\b"
)
BORROWED = {"account", "checkout", "link", "shop", "staff", "studio", "look", "home", "csv", "pdf", "eur"}
BORROWED |= {"menu", "community", "style", "editor", "base", "min", "totale", "password", "e-mail"}


@dataclass
class Findings:
    """What was found wrong, page by page."""

    axe: Callable[[Page], list[str]]
    address: str
    found: list[str] = field(default_factory=list)

    def look_over(self, page: Page, path: str, status: int = 200, words_of_programs: bool = False) -> None:
        """Open a page in both languages, light on a desk and dark on the narrowest phone.

        A page that shows the words of programs or letters, each in a language of its own, is not compared.
        """
        english = self._read(page, path, "en", status)
        self._note(path, "light", self.axe(page))
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(NARROW)
        self._note(path, "dark, narrow", self.axe(page))
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > NARROW["width"]:
            self.found.append(f"{path} scrolls sideways: {wide} px wide at {NARROW['width']}")
        italian = self._read(page, path, "it", status)
        if not words_of_programs:
            self.found += [f"{path} says in both languages: {words}" for words in sorted(english & italian)]
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(DESK)

    def _read(self, page: Page, path: str, language: str, status: int) -> set[str]:
        page.context.add_cookies([{"name": "language", "value": language, "url": self.address}])
        answer = page.goto(path)
        if answer is None or answer.status != status:
            self.found.append(f"{path} answers {answer and answer.status} instead of {status}")
        if page.locator("html").get_attribute("lang") != language:
            self.found.append(f"{path} does not speak {language}")
        return {words for text in page.evaluate(SAID) if (words := _words(text))}

    def _note(self, path: str, how: str, faults: list[str]) -> None:
        self.found += [f"{path} ({how}): {fault}" for fault in faults]


def _words(text: str) -> str:
    """A text without names and numbers; empty when no word is left that could be of one language alone."""
    plain = PEOPLE.sub(" ", text)
    words = [word for word in re.findall(r"[A-Za-zÀ-ù’'-]+", plain) if len(word) > 2]
    if all(word.lower().strip("’'-") in BORROWED for word in words):
        return ""
    return " ".join(words)


@dataclass
class Visit:
    """What a walk through the pages needs at hand."""

    town: Town
    findings: Findings
    address: str
    new_page: Callable[..., Page]
    work: Callable[[], Any]
    run_jobs: Callable[..., int]
    pass_time: Callable[[], None]

    def over(self, page: Page, *paths: str, **more: Any) -> None:
        """Look over these pages; without a path over the one that is open."""
        for path in paths or (page.url.removeprefix(self.address),):
            self.findings.look_over(page, path, **more)


@pytest.fixture
def visit(
    work: Callable[[], Any],
    account: Callable[..., int],
    new_page: Callable[..., Page],
    run_jobs: Callable[..., int],
    pass_time: Callable[[], None],
    axe: Callable[[Page], list[str]],
    shop: Shop,
) -> Iterator[Visit]:
    """A walk through the small town; at its end everything that was found is told at once."""
    town = found_town(work, account)
    run_jobs()
    findings = Findings(axe, shop.address)
    yield Visit(town, findings, shop.address, new_page, work, run_jobs, pass_time)
    assert not findings.found, "\n".join(dict.fromkeys(findings.found))


def test_rooms_in_which_nothing_happened_yet(visit: Visit, account: Callable[..., int]) -> None:
    giulia, olga = visit.new_page(account=visit.town.giulia), visit.new_page(account=visit.town.olga)
    visit.over(giulia, "/studio", "/studio/earnings", "/studio/orders", "/studio/statements")
    visit.over(giulia, "/studio/payments")
    visit.over(
        olga,
        "/staff",
        "/staff/applications",
        "/staff/payouts",
        "/staff/orders",
        "/staff/reviews",
        "/_sandbox/",
    )
    reader = visit.new_page(account=account("ada@example.test", name="Ada Prova"))
    visit.over(reader, "/account/", "/editors/apply", "/account/second-factor/enrol")
    reader.goto("/account/second-factor/enrol")
    reader.locator("main form button").click()
    visit.over(reader)
    visit.over(reader, "/staff", status=403)
    visit.over(
        reader, "/cart", "/account/reviews", "/account/returns", "/account/privacy", "/account/messages"
    )


def test_pages_of_the_shop(visit: Visit) -> None:
    guest = visit.new_page()
    order = steps.buy_look(guest).removeprefix(visit.address)
    visit.run_jobs()
    steps.follow_link(guest)
    steps.take_look(guest)
    visit.over(
        guest,
        "/",
        "/shop",
        "/shop?q=nothing-has-this-name",
        "/shop?size=M&size=XL&colour=red&sale=yes",
        "/shop/lina-blouse",
        "/shop/lina-blouse/notice",
        "/wishes",
        "/looks",
    )
    visit.over(guest, "/looks/carry-on-only", "/@giulia", "/cart", "/checkout", order, "/credit")
    token = order.rpartition("/")[2]
    lines = _delivered(visit, token)
    visit.over(guest, order, f"{order}/review/{lines[1]}")
    with visit.work():
        _say(order_by_token(token).id, lines[0])
        back = _send_back(order_by_token(token).id, lines[1])
    visit.over(guest, f"{order}/return", f"{order}/return/{back}", order)
    visit.over(guest, "/shop/lina-blouse", "/shop/lina-blouse/reviews?usual=M")
    visit.over(guest, "/account/sign-in", "/account/sign-up", "/account/forgotten")
    visit.over(guest, "/stores", "/stores/torino")
    with visit.work():
        by_hand(list(visit.town.products.values()), title_it="La sera", home_place=1)
        by_rule(Rule(Field.ON_SALE), title="Reduced pieces", title_it="Capi in saldo")
    visit.over(guest, "/", "/collections", "/collections/evening", "/collections/evening?category=tops")
    visit.over(guest, "/collections/reduced-pieces")
    visit.over(guest, "/editors/apply", "/editors/how-commission-works", "/staff")
    guest.goto("/outbox/")
    letter = guest.locator("main a[href*='/outbox/']").first.get_attribute("href") or ""
    visit.over(guest, "/outbox/", letter, words_of_programs=True)
    visit.over(guest, "/a-page-that-nobody-made", status=404)
    guest.goto("/cart")
    steps.fill_checkout(guest)
    steps.go_to_pay(guest)
    visit.over(guest)


def test_pages_of_the_studio(visit: Visit) -> None:
    giulia, olga = visit.new_page(account=visit.town.giulia), visit.new_page(account=visit.town.olga)
    giulia.goto("/studio/payments")
    giulia.locator("main form button").click()
    visit.over(giulia)
    giulia.locator("button[name=stage][value=done]").click()
    number = _sell(visit)
    _let_days_pass(visit, olga)
    _pay_out(visit)
    _sell(visit)
    giulia.goto("/studio/statements")
    month = giulia.locator("main tbody a").first.get_attribute("href") or ""
    visit.over(giulia, "/studio", "/studio/looks", "/studio/looks/new?q=shirt")
    visit.over(giulia, f"/studio/looks/{visit.town.look}", "/studio/links", "/studio/window")
    visit.over(giulia, "/studio/earnings", "/studio/orders", f"/studio/orders/{number}")
    visit.over(giulia, "/studio/statements", month, "/studio/payments")
    giulia.goto("/studio/payments")
    giulia.locator("main form[action$=dashboard] button").click()
    visit.over(giulia)


def test_pages_of_the_staff(visit: Visit, account: Callable[..., int]) -> None:
    town = visit.town
    giulia, olga = visit.new_page(account=town.giulia), visit.new_page(account=town.olga)
    giulia.goto("/studio/payments")
    giulia.locator("main form button").click()
    giulia.locator("button[name=stage][value=done]").click()
    first = _sell(visit)
    _let_days_pass(visit, olga)
    sent = _pay_out(visit)
    second = _sell(visit)
    _let_days_pass(visit, olga)
    waiting = _prepare(visit)
    ada = account("ada@example.test", name="Ada Prova")
    with visit.work():
        apply(
            actor=Actor.person(ada, "Ada Prova"),
            account_id=ada,
            name="Ada Prova",
            city="Torino",
            words="My neighbour, who cycles to work.",
            handle_wish="ada",
            answers={"pieces": list(town.products.values()), "skills": ["fit"]},
        )
    visit.over(visit.new_page(account=ada), "/editors/apply/sent")
    visit.over(olga, "/staff", "/staff/applications", "/staff/orders?state=all", f"/staff/orders/{second}")
    with visit.work():
        sold = sale(order_by_number(second).id)
        review = _say(sold.order_id, sold.lines[0].line_id)
        back = _send_back(sold.order_id, sold.lines[0].line_id)
        receive(actor=HOUSE, number=back)
        swapped = exchanges_of(sold.order_id)[0].number
    visit.over(olga, "/staff/returns", f"/staff/returns/{back}", f"/staff/orders/{second}/goodwill")
    visit.over(olga, "/staff/exchanges", "/staff/exchanges?step=asked", f"/staff/exchanges/{swapped}")
    visit.over(olga, "/staff/messages", "/staff/packing?step=waiting", "/staff/packing?step=ready")
    visit.over(olga, "/staff/reviews?pile=all", f"/staff/reviews/{review}")
    visit.over(olga, f"/staff/orders/{second}/refund", "/staff/products", "/staff/editors", "/staff/jobs/")
    with visit.work():
        together = tagged(town.products["lina-blouse"])
        autumn = brought_in()
    visit.over(olga, "/staff/products/new")
    visit.over(olga, "/staff/products?lacks=low", "/staff/products/bulk", f"/staff/products/bulk/{together}")
    visit.over(olga, f"/staff/products/{town.products['lina-blouse']}")
    visit.over(olga, f"/staff/products/{town.products['lina-blouse']}/pictures")
    visit.over(olga, "/staff/products/import", f"/staff/products/import/{autumn}")
    visit.over(olga, "/staff/synonyms", "/staff/searches")
    with visit.work():
        evening = by_hand(list(town.products.values()), title_it="La sera").id
        reduced = by_rule(Rule(Field.ON_SALE), title="Reduced pieces", title_it="Capi in saldo").id
    visit.over(olga, "/staff/collections", "/staff/collections/new", f"/staff/collections/{evening}?q=a")
    visit.over(olga, f"/staff/collections/{reduced}", "/staff/collections?state=archived")
    with visit.work():
        spring = voucher()
    visit.over(olga, "/staff/vouchers", "/staff/vouchers/new", f"/staff/vouchers/{spring}")
    visit.over(olga, "/staff/delivery", "/staff/delivery/zones/1", "/staff/delivery/zones/1/methods/new")
    visit.over(olga, "/staff/delivery/methods/1", f"/staff/delivery/stores/{town.store}", "/staff/taxes")
    with visit.work():
        blouse = variant_of(town.products["lina-blouse"])
    visit.over(olga, "/staff/stock", "/staff/stock?show=negative", "/staff/stock?q=nothing-has-this-name")
    visit.over(olga, "/staff/stock/receive", f"/staff/stock/{blouse}")
    visit.over(olga, "/staff/places", "/staff/places/new", f"/staff/places/{town.store}")
    visit.over(olga, "/staff/payouts", f"/staff/payouts/{sent}", f"/staff/payouts/{waiting}")
    visit.over(olga, "/staff/receipts", f"/staff/receipts/{first}")
    visit.over(olga, "/staff/audit/", "/_sandbox/", words_of_programs=True)


def test_pages_of_the_till(visit: Visit) -> None:
    town = visit.town
    with visit.work():
        blouse = variant_of(town.products["lina-blouse"])
        bring(blouse, 9, town.store)
        sold = sold_by(town.sara, town.store, blouse).number
        paying = paying_by_card(town.sara, town.store, blouse).token
        request_refund(
            actor=HOUSE,
            order_id=order_by_number(sold).id,
            chosen={sale(order_by_number(sold).id).lines[0].line_id: 1},
            with_delivery=False,
            restock=True,
            reason="a test",
        )
    sara = visit.new_page(account=town.sara)
    visit.over(sara, "/staff/till")
    sara.goto("/staff/till")
    sara.locator("button[name=place]").click()
    sara.wait_for_url("**/staff/till")
    visit.over(sara, "/staff/till")
    with visit.work():
        rung_up_by(town.sara, town.store, blouse)
    visit.over(sara, "/staff/till", "/staff/till?q=blouse", "/staff/till?who=giulia", "/staff/till?choose=1")
    visit.over(sara, f"/staff/till/paying/{paying}", f"/staff/till/sales/{sold}")
    visit.over(sara, f"/staff/till/sales/{sold}/receipt", f"/staff/orders/{sold}")
    visit.over(sara, "/staff/till/day", "/staff/till/day?q=nothing-has-this-name")
    sara.goto("/staff/till/day")
    sara.locator("#amount").fill("100")
    sara.locator("form[action*=float] button").click()
    visit.over(sara, "/staff/till/day")


def _delivered(visit: Visit, token: str) -> list[int]:
    """The order is with its shopper; its lines."""
    with visit.work():
        order_id = order_by_token(token).id
        hand_over(actor=HOUSE, order_id=order_id, how=Handover.DELIVERED, reason="The courier says so")
        return [line.line_id for line in sale(order_id).lines]


def _say(order_id: int, line_id: int) -> int:
    """A review of one piece; its id."""
    draft = ReviewDraft(
        stars=3, words="Falls softly, and creases.", fit=Fit.SMALL, usual_size="M", height_cm=168
    )
    review = publish_review(actor=HOUSE, order_id=order_id, line_id=line_id, draft=draft)
    answer(actor=HOUSE, review_id=review.id, reply="Steam helps.")
    return review.id


def _send_back(order_id: int, line_id: int) -> str:
    """A return of one piece for another size, announced; its number."""
    line = db.session.get_one(OrderLine, line_id)
    back = ask(
        actor=HOUSE,
        order_id=order_id,
        chosen={line_id: (1, Why.TOO_SMALL)},
        way=Way.SHIP,
        words="",
        until=clock.now() + timedelta(days=1),
        instead={line_id: others_of([line], "EUR")[line_id][0].variant_id},
    )
    return back.number


def _prepare(visit: Visit) -> int:
    with visit.work():
        run = prepare_run(actor=HOUSE, account_id=visit.town.sara, currency="EUR", minimum=Money(1000, "EUR"))
        return run.id


def _pay_out(visit: Visit) -> int:
    run = _prepare(visit)
    with visit.work():
        approve_run(actor=HOUSE, account_id=visit.town.luca, run_id=run)
    visit.run_jobs()
    return run


def _sell(visit: Visit) -> str:
    """A look bought by its link, delivered, one shirt sent back; the order's number."""
    page = visit.new_page()
    steps.buy_look(page)
    number = re.findall(r"V-\d+", page.title())[0]
    visit.run_jobs()
    with visit.work():
        order_id = order_by_number(number).id
        hand_over(actor=HOUSE, order_id=order_id, how=Handover.DELIVERED, reason="The courier says so")
        shirt = sale(order_id).lines[2].line_id
        request_refund(
            actor=HOUSE,
            order_id=order_id,
            chosen={shirt: 1},
            with_delivery=False,
            restock=True,
            reason="Too small",
        )
    visit.run_jobs()
    return number


def _let_days_pass(visit: Visit, page: Page) -> None:
    steps.move_clock(page, 31)
    visit.pass_time()
