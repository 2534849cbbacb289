"""Every page as its reader meets it: axe finds nothing, nothing scrolls sideways, no English is left in Italian."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

from commissions.payouts.actions import approve_run, prepare_run
from editors.membership.actions import apply
from foundation.actors import Actor
from foundation.money import Money
from storefront.orders.actions import hand_over
from storefront.orders.models import Handover
from storefront.orders.queries import order_by_number, sale
from storefront.returns.actions import request_refund
from tests.journeys import steps
from tests.journeys.conftest import Shop
from tests.journeys.shop import HOUSE, Town, found_town

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
    r"[\w.+-]+@[\w.-]+|@\w+|https?://\S+|V-\d+|\b(?:acct|tr|cs|pi|ch|re)_\w+|\b\w+\.[a-z_.]+\b"
    r"|Giulia Ferri|Anna Moro|Ada Prova|Sara Neri|Luca Riva|Olga Sala|\b(?:Giulia|Anna|Ada|Sara|Luca|Olga)\b"
    r"|\b(?:giulia|ada|journeys|guest|commissions)\b|Vetrina|Via Po|Torino|Ciao\.|Stripe|Carry-on only"
    r"|My neighbour, who cycles to work.*|Two days away.*|Too small|The courier says so|Benvenuta\."
    r"|Lina blouse|Corso denim jacket|Porta shirt|Camicetta Lina|Giacca di jeans Corso|Camicia Porta"
    r"|\bIvory\b|\bIndigo\b|\bBlue stripe\b|\bAvorio\b|\bIndaco\b|\bRighe blu\b|nothing-has-this-name"
)
BORROWED = set(
    "account checkout link shop staff studio look home csv pdf eur menu community style editor".split()
)
BORROWED |= {"base", "min", "totale"}


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


def test_every_page_is_sound_in_both_languages_lights_and_widths(
    work: Callable[[], Any],
    account: Callable[..., int],
    new_page: Callable[..., Page],
    run_jobs: Callable[..., int],
    pass_time: Callable[[], None],
    axe: Callable[[Page], list[str]],
    shop: Shop,
) -> None:
    town = found_town(work, account)
    ada = account("ada@example.test", name="Ada Prova")
    run_jobs()
    findings = Findings(axe, shop.address)
    giulia, guest, olga = new_page(account=town.giulia), new_page(), new_page(account=town.olga)
    reader = new_page(account=ada)

    # Before anything happened, the rooms are empty, and say so.
    for path in ("/studio", "/studio/earnings", "/studio/orders", "/studio/statements", "/studio/payments"):
        findings.look_over(giulia, path)
    for path in ("/staff", "/staff/applications", "/staff/payouts", "/staff/orders", "/_sandbox/"):
        findings.look_over(olga, path)
    for path in ("/account/", "/editors/apply", "/account/second-factor/enrol", "/account/second-factor/"):
        findings.look_over(reader, path)
    findings.look_over(guest, "/cart")

    # One sale delivered, partly sent back, matured and paid; one that waits in a run; one just paid for.
    giulia.goto("/studio/payments")
    giulia.locator("main form button").click()
    findings.look_over(giulia, giulia.url.removeprefix(shop.address))
    giulia.locator("button[name=stage][value=done]").click()
    first = _sell(town, new_page, work, run_jobs)
    olga.goto("/_sandbox/")
    _let_days_pass(olga, pass_time)
    with work():
        run = prepare_run(actor=HOUSE, account_id=town.sara, currency="EUR", minimum=Money(1000, "EUR"))
        approve_run(actor=HOUSE, account_id=town.luca, run_id=run.id)
        sent = run.id
    run_jobs()
    second = _sell(town, new_page, work, run_jobs)
    _let_days_pass(olga, pass_time)
    with work():
        run = prepare_run(actor=HOUSE, account_id=town.sara, currency="EUR", minimum=Money(1000, "EUR"))
        waiting = run.id
        apply(
            actor=Actor.person(ada, "Ada Prova"),
            account_id=ada,
            name="Ada Prova",
            city="Torino",
            words="My neighbour, who cycles to work.",
            handle_wish="ada",
            answers={"pieces": list(town.products.values()), "skills": ["fit"]},
        )
    run_jobs()

    order = steps.buy_look(guest).removeprefix(shop.address)
    run_jobs()
    steps.follow_link(guest)
    steps.take_look(guest)
    for path in (
        "/",
        "/shop",
        "/shop?category=tops",
        "/shop?q=nothing-has-this-name",
        "/shop/lina-blouse",
        "/looks",
        "/looks/carry-on-only",
        "/@giulia",
        "/cart",
        "/checkout",
        order,
        "/credit",
        "/account/sign-in",
        "/account/sign-up",
        "/account/forgotten",
        "/editors/apply",
        "/editors/how-commission-works",
    ):
        findings.look_over(guest, path)
    findings.look_over(guest, "/outbox/", words_of_programs=True)
    findings.look_over(guest, "/a-page-that-nobody-made", status=404)
    findings.look_over(guest, "/staff", status=200)
    guest.goto("/cart")
    steps.fill_checkout(guest)
    steps.go_to_pay(guest)
    findings.look_over(guest, guest.url.removeprefix(shop.address))

    findings.look_over(reader, "/editors/apply/sent")
    findings.look_over(reader, "/staff", status=403)
    giulia.goto("/studio/statements")
    month = giulia.locator("main tbody a").first.get_attribute("href") or ""
    for path in (
        "/studio",
        "/studio/looks",
        "/studio/looks/new?q=shirt",
        f"/studio/looks/{town.look}",
        "/studio/links",
        "/studio/window",
        "/studio/earnings",
        "/studio/orders",
        f"/studio/orders/{first}",
        "/studio/statements",
        month,
        "/studio/payments",
    ):
        findings.look_over(giulia, path)
    giulia.goto("/studio/payments")
    giulia.locator("main form[action$=dashboard] button").click()
    findings.look_over(giulia, giulia.url.removeprefix(shop.address))
    for path in (
        "/staff",
        "/staff/applications",
        "/staff/orders?state=all",
        f"/staff/orders/{second}",
        f"/staff/orders/{second}/refund",
        "/staff/products",
        f"/staff/products/{town.products['lina-blouse']}",
        "/staff/editors",
        "/staff/payouts",
        f"/staff/payouts/{sent}",
        f"/staff/payouts/{waiting}",
        "/staff/receipts",
        f"/staff/receipts/{first}",
        "/staff/jobs/",
    ):
        findings.look_over(olga, path)
    for path in ("/staff/audit/", "/_sandbox/"):
        findings.look_over(olga, path, words_of_programs=True)
    assert not findings.found, "\n".join(dict.fromkeys(findings.found))


def _sell(
    town: Town, new_page: Callable[..., Page], work: Callable[[], Any], run_jobs: Callable[..., int]
) -> str:
    """A look bought by its link, delivered, one shirt sent back; the order's number."""
    page = new_page()
    steps.buy_look(page)
    number = re.findall(r"V-\d+", page.title())[0]
    run_jobs()
    with work():
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
    run_jobs()
    return number


def _let_days_pass(page: Page, pass_time: Callable[[], None]) -> None:
    page.goto("/_sandbox/")
    page.locator("[name=count]").fill("31")
    page.locator("form[action$=clock] button").click()
    pass_time()
