"""Every page as its reader meets it: axe finds nothing, nothing scrolls sideways, no English is left in
Italian."""

from __future__ import annotations

from collections.abc import Callable

from storefront.collections.policy import Field, Rule
from storefront.orders.queries import order_by_token
from tests.journeys import steps
from tests.journeys.shop import CODE
from tests.journeys.walk import Visit, delivered, let_days_pass, noticed, pay_out, say, sell, send_back, talk
from tests.storefront.hung import by_hand, by_rule


def test_rooms_in_which_nothing_happened_yet(visit: Visit, account: Callable[..., int]) -> None:
    giulia, olga = visit.new_page(account=visit.town.giulia), visit.new_page(account=visit.town.olga)
    visit.over(giulia, "/studio", "/studio/earnings", "/studio/orders", "/studio/statements")
    visit.over(giulia, "/studio/results", "/studio/payments", "/studio/instead", "/studio/rates")
    visit.over(giulia, "/studio/bonuses")
    visit.over(
        olga,
        "/staff",
        "/staff/applications",
        "/staff/payouts",
        "/staff/books",
        "/staff/causes",
        "/staff/years",
        "/staff/causes/new",
        "/staff/books/journal",
        "/staff/programme",
        "/staff/commissions",
        "/staff/signals",
        "/staff/orders",
        "/staff/reviews",
        "/_sandbox/",
    )
    reader = visit.new_page(account=account("ada@example.test", name="Ada Prova"))
    visit.over(reader, "/account/", "/account/details", "/editors/apply", "/account/second-factor/enrol")
    reader.goto("/account/second-factor/enrol")
    reader.locator("main form button").click()
    visit.over(reader)
    visit.over(reader, "/staff", status=403)
    visit.over(
        reader,
        "/cart",
        "/account/reviews",
        "/account/returns",
        "/account/privacy",
        "/account/messages",
        "/account/addresses",
        "/account/sizes",
        "/account/following",
        "/account/addresses/new",
    )


def test_pages_of_the_shop(visit: Visit) -> None:
    guest = visit.new_page()
    steps.follow_link(guest)
    steps.take_look(guest)
    visit.over(
        guest,
        "/",
        "/shop",
        "/shop?q=nothing-has-this-name",
        "/shop?size=M&size=XL&colour=red&sale=yes",
        "/shop?category=tops",
        "/shop/lina-blouse",
        "/shop/lina-blouse/notice",
        "/wishes",
        "/looks",
    )
    visit.over(guest, "/looks/carry-on-only", "/@giulia", "/cart", "/checkout", "/credit")
    guest.goto("/cart")
    steps.fill_checkout(guest)
    steps.go_to_pay(guest)
    visit.over(guest)


def test_pages_around_the_shop(visit: Visit) -> None:
    guest = visit.new_page()
    visit.over(guest, "/account/sign-in", "/account/sign-up", "/account/forgotten")
    visit.over(guest, "/stores", "/stores/torino", "/delivery")
    with visit.work():
        by_hand(list(visit.town.products.values()), title_it="La sera", home_place=1)
        by_rule(Rule(Field.ON_SALE), title="Reduced pieces", title_it="Capi in saldo")
    visit.over(guest, "/", "/collections", "/collections/evening", "/collections/evening?category=tops")
    visit.over(guest, "/collections/reduced-pieces")
    visit.over(guest, "/editors/apply", "/editors/how-commission-works", "/staff")
    visit.over(guest, "/a-page-that-nobody-made", status=404)


def test_pages_of_an_order(visit: Visit) -> None:
    guest = visit.new_page()
    order = steps.buy_look(guest).removeprefix(visit.address)
    visit.run_jobs()
    visit.over(guest, order)
    token = order.rpartition("/")[2]
    lines = delivered(visit, token)
    visit.over(guest, order, f"{order}/review/{lines[1]}")
    with visit.work():
        say(order_by_token(token).id, lines[0])
        back = send_back(order_by_token(token).id, lines[1])
        talk(order_by_token(token))
    visit.over(guest, f"{order}/return", f"{order}/return/{back}", f"{order}/messages", order)
    visit.over(guest, "/shop/lina-blouse", "/shop/lina-blouse/reviews?usual=M")
    guest.goto("/outbox/")
    letter = guest.locator("main a[href*='/outbox/']").first.get_attribute("href") or ""
    visit.over(guest, "/outbox/", letter, words_of_programs=True)


def test_pages_of_the_studio(visit: Visit) -> None:
    giulia, olga = visit.new_page(account=visit.town.giulia), visit.new_page(account=visit.town.olga)
    giulia.goto("/studio/payments")
    giulia.get_by_role("button", name="Set it up at Stripe").click()
    visit.over(giulia)
    giulia.locator("button[name=stage][value=done]").click()
    number = sell(visit)
    let_days_pass(visit, olga)
    pay_out(visit)
    pending = sell(visit)
    giulia.goto("/studio/statements")
    month = giulia.locator("main tbody a").first.get_attribute("href") or ""
    year = giulia.locator("main a[href*='/years/']").first.get_attribute("href") or ""
    visit.over(giulia, "/studio", "/studio/looks", "/studio/looks/new?q=shirt")
    visit.over(
        giulia,
        f"/studio/looks/{visit.town.look}",
        "/studio/links",
        "/studio/share/" + CODE,
        "/studio/profile",
    )
    visit.over(giulia, "/studio/membership", "/studio/mentor", "/studio/collections")
    canvas = f"/studio/looks/{visit.town.look}/canvas"
    visit.over(giulia, canvas, f"/studio/looks/{visit.town.look}/versions")
    visit.over(giulia, f"/studio/looks/{visit.town.look}/preview", "/studio/looks/photo")
    visit.over(giulia, f"/studio/looks/{visit.town.look}/together")
    visit.over(giulia, "/studio/earnings", "/studio/orders", f"/studio/orders/{number}")
    visit.over(giulia, "/studio/orders/missing")
    visit.over(giulia, "/studio/statements", month, year, "/studio/payments", "/account/again")
    case = noticed(visit, pending)
    visit.over(giulia, "/studio/held", f"/studio/held/{case}")
    visit.over(olga, "/staff/signals?pile=flagged", f"/staff/signals/{case}")
    visit.over(olga, "/staff/programme", "/staff/commissions", f"/staff/holds/order/{pending}")
    visit.over(olga, f"/staff/receipts/{pending}/correct", "/staff/books/journal")
    visit.over(olga, "/staff/books", words_of_programs=True)
    visit.over(giulia, "/studio/results")
    visit.over(giulia, "/studio/results?by=link&period=days&since=2026-01-01", status=422)
    giulia.goto("/studio/payments")
    giulia.locator("main form[action$=dashboard] button").click()
    visit.over(giulia)
