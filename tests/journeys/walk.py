"""The walk through the pages: what is looked for on each, and what must have happened before some exist."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from playwright.sync_api import BrowserContext, Page
from sqlalchemy import select

from commissions.missing.models import MissingSale
from commissions.payouts.actions import prepare_run
from commissions.payouts.approving import approve_run
from commissions.signals.actions import note
from commissions.signals.policy import Kind, Signal, Thresholds
from foundation import clock
from foundation.db import db
from foundation.money import Money
from storefront.exchanges.queries import others_of
from storefront.messages.actions import answer as reply
from storefront.messages.actions import write_to_shop
from storefront.orders.actions import hand_over
from storefront.orders.models import Handover, Order, OrderLine
from storefront.orders.queries import order_by_number, order_by_token, sale
from storefront.returns.actions import request_refund
from storefront.reviews.actions import ReviewDraft, answer, publish_review
from storefront.reviews.policy import Fit
from storefront.sendbacks.actions import ask
from storefront.sendbacks.models import Way, Why
from tests.journeys import steps
from tests.journeys.shop import HOUSE, Town

NARROW = {"width": 360, "height": 740}

# What a reader is told: texts, and what is read out or shown instead of them, but within `unread`.
TOLD = """(unread) => {
  const told = [document.title];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode())
    if (!texts.currentNode.parentElement.closest(unread)) told.push(texts.currentNode.data);
  for (const name of ["aria-label", "placeholder", "alt", "title", "data-label", "data-says", "data-copied"])
    for (const one of document.querySelectorAll(`[${name}]`)) told.push(one.getAttribute(name));
  return told;
}"""
# Names of countries among them.
OF_ONE_LANGUAGE = "script, style, [lang]:not(html), code, option, .checks-scroll"
# Signs are shown as code where they are explained, and typed where something is worded with them.
WITH_SIGNS = "script, style, code, form textarea"
# What stands for something else in captions and in sentences of the house, and was not filled in.
UNFILLED = re.compile(r"\{[a-z_]+\}|%\([a-z_]+\)[sd]")

# Written by people, bought under that name, or the same in both languages: not compared.
PEOPLE = re.compile(
    r"[\w.+-]+@[\w.-]+|@\w+|https?://\S+|[VR]-\d+|\b(?:acct|tr|cs|pi|ch|re)_\w+|\b\w+\.[a-z_.]+\b"
    r"|Giulia Ferri|Anna Moro|Ada Prova|Sara Neri|Luca Riva|Olga Sala|\b(?:Giulia|Anna|Ada|Sara|Luca|Olga)\b"
    r"|\b(?:giulia|ada|journeys|guest|commissions)\b|Vetrina|Via Po|Torino|CES?T|Ciao\.|Stripe"
    r"|Falls softly, and creases\.|Steam helps\."
    r"|Carry-on only|Solo bagaglio a mano"
    r"|\bItaly\b|\bNeighbours\b|Web warehouse|Paola (?:pins|appunta) .*"
    r"|My neighbour, who cycles to work.*|Two days away.*|Too small|The courier says so|Benvenuta\."
    r"|Lina blouse|Corso denim jacket|Porta shirt|Camicetta Lina|Giacca di jeans Corso|Camicia Porta"
    r"|\b(?i:Ivory|Indigo|Blue stripe|Avorio|Indaco|Righe blu)\b|nothing-has-this-name"
    r"|\bAustria\b|Filo belt|SPRING10|\b(?:a )?test\b"
)
BORROWED = {
    "account",
    "checkout",
    "link",
    "shop",
    "staff",
    "studio",
    "look",
    "home",
    "csv",
    "pdf",
    "eur",
    "https",
}
BORROWED |= {
    "file",
    "denim",
    "menu",
    "community",
    "style",
    "editor",
    "base",
    "min",
    "totale",
    "password",
    "e-mail",
    "sneakers",
    "post",
    "carryon",
    "english",
    "online",
    "italiano",
    "coach",
    "coaching",
    "workshop",
    "co-design",
    "trunk",
    "show",
}


@dataclass
class Findings:
    """What was found wrong, page by page."""

    axe: Callable[[Page], list[str]]
    address: str
    found: list[str] = field(default_factory=list)
    phones: dict[BrowserContext, Page] = field(default_factory=dict)

    def look_over(self, page: Page, path: str, status: int = 200, words_of_programs: bool = False) -> None:
        """Open a page in both languages: in English, light, on a desk, and in Italian, whose words are the
        longer ones, dark, on the narrowest phone.

        A page that shows the words of programs or letters, each in a language of its own, is not compared.
        """
        english = self._read(page, path, "en", status)
        self._note(path, "light", self.axe(page))
        phone = self._phone_of(page.context)
        italian = self._read(phone, path, "it", status)
        self._note(path, "dark, narrow", self.axe(phone))
        wide = phone.evaluate("document.documentElement.scrollWidth")
        if wide > NARROW["width"]:
            self.found.append(f"{path} scrolls sideways: {wide} px wide at {NARROW['width']}")
        if not words_of_programs:
            self.found += [f"{path} says in both languages: {words}" for words in sorted(english & italian)]

    def look_at(self, page: Page, name: str) -> None:
        """A page that answers a form, as it stands: nothing opens it a second time."""
        self._note(name, "as it stands", self.axe(page))

    def _phone_of(self, context: BrowserContext) -> Page:
        """A second window of the same visitor: to make one window narrow and wide again, page by page, takes
        the browser longer than to open the page in two."""
        if context not in self.phones:
            phone = self.phones[context] = context.new_page()
            phone.emulate_media(color_scheme="dark")
            phone.set_viewport_size(NARROW)
        return self.phones[context]

    def _read(self, page: Page, path: str, language: str, status: int) -> set[str]:
        page.context.add_cookies([{"name": "language", "value": language, "url": self.address}])
        answer = page.goto(path)
        if answer is None or answer.status != status:
            self.found.append(f"{path} answers {answer and answer.status} instead of {status}")
        if page.locator("html").get_attribute("lang") != language:
            self.found.append(f"{path} does not speak {language}")
        signs = {sign for text in page.evaluate(TOLD, WITH_SIGNS) for sign in UNFILLED.findall(text)}
        self.found += [f"{path} leaves {sign} unfilled in {language}" for sign in sorted(signs)]
        return {words for text in page.evaluate(TOLD, OF_ONE_LANGUAGE) if (words := _words(text))}

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


def miss(visit: Visit, page: Page, number: str) -> str:
    """An editor asks for an order of somebody else's, and says why it is theirs; where staff read it."""
    page.goto("/studio/orders/missing")
    page.locator("#number").fill(number)
    page.locator("main form button").click()
    page.locator("#tell-us").wait_for()
    visit.findings.look_at(page, "/studio/orders/missing, with what is asked")
    page.locator("input[name=came_by]").first.check()
    page.locator("#words").fill("My neighbour, who cycles to work.")
    page.locator("form[enctype] button").click()
    page.locator("#reported").wait_for()
    with visit.work():
        return f"/staff/missing-sales/{db.session.scalars(select(MissingSale.id)).one()}"


def delivered(visit: Visit, token: str) -> list[int]:
    """The order is with its shopper; its lines."""
    with visit.work():
        order_id = order_by_token(token).id
        hand_over(actor=HOUSE, order_id=order_id, how=Handover.DELIVERED, reason="The courier says so")
        return [line.line_id for line in sale(order_id).lines]


def say(order_id: int, line_id: int) -> int:
    """A review of one piece; its id."""
    draft = ReviewDraft(
        stars=3, words="Falls softly, and creases.", fit=Fit.SMALL, usual_size="M", height_cm=168
    )
    review = publish_review(actor=HOUSE, order_id=order_id, line_id=line_id, draft=draft)
    answer(actor=HOUSE, review_id=review.id, reply="Steam helps.")
    return review.id


def talk(order: Order) -> None:
    """A shopper asks about an order, and is answered."""
    asked = "My neighbour, who cycles to work, has one with a belt. Has this?"
    write_to_shop(actor=HOUSE, order=order, words=asked, form_key="asked")
    reply(actor=HOUSE, order=order, words="Steam helps.", form_key="answered")


def send_back(order_id: int, line_id: int) -> str:
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


def prepare(visit: Visit) -> int:
    with visit.work():
        run = prepare_run(actor=HOUSE, account_id=visit.town.sara, currency="EUR", minimum=Money(1000, "EUR"))
        return run.id


def pay_out(visit: Visit) -> int:
    run = prepare(visit)
    with visit.work():
        approve_run(actor=HOUSE, account_id=visit.town.luca, run_id=run)
    visit.run_jobs()
    return run


def noticed(visit: Visit, number: str) -> int:
    """A sale of Giulia's with two signals, so that it is held; the case."""
    with visit.work():
        found = note(
            actor=HOUSE,
            editor_id=visit.town.editor,
            order_id=order_by_number(number).id,
            order_number=number,
            signals=[Signal(Kind.OWN_ADDRESS, {}), Signal(Kind.TOO_QUICK, {"ms": 900})],
            limits=Thresholds(),
            return_days=30,
        )
        assert found is not None and found.held_at is not None
        return found.id


def sell(visit: Visit) -> str:
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


def let_days_pass(visit: Visit, page: Page) -> None:
    steps.move_clock(page, 31)
    visit.pass_time()
