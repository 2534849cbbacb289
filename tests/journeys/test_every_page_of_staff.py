"""Every page of the staff as they meet it, one walk for each part of the desk, and one through the till."""

from __future__ import annotations

from collections.abc import Callable

from editors.membership.actions import apply
from foundation.actors import Actor
from storefront.collections.policy import Field, Rule
from storefront.exchanges.queries import exchanges_of
from storefront.orders.queries import order_by_number, sale
from storefront.returns.actions import request_refund
from storefront.sendbacks.actions import receive
from storefront.sizing.actions import make_guide
from storefront.sizing.drafts import GuideDraft, Measure
from storefront.sizing.policy import Reach
from storefront.sizing.queries import guides
from tests.foundation.studio import PAPERS, garment, kinds, photographed
from tests.journeys.shop import HOUSE, make_editor
from tests.journeys.walk import Visit, let_days_pass, miss, pay_out, prepare, say, sell, send_back, talk
from tests.storefront.goods import variant_of
from tests.storefront.hung import by_hand, by_rule
from tests.storefront.sheets import brought_in
from tests.storefront.shelf import tagged
from tests.storefront.test_movements import bring
from tests.storefront.tills import paying_by_card, rung_up_by, sold_by
from tests.storefront.vouchers import voucher


def test_pages_of_orders(visit: Visit) -> None:
    olga = visit.new_page(account=visit.town.olga)
    number = sell(visit)
    visit.over(olga, "/staff", "/staff/orders?state=all", f"/staff/orders/{number}")
    with visit.work():
        sold = sale(order_by_number(number).id)
        review = say(sold.order_id, sold.lines[0].line_id)
        back = send_back(sold.order_id, sold.lines[0].line_id)
        talk(order_by_number(number))
        receive(actor=HOUSE, number=back)
        swapped = exchanges_of(sold.order_id)[0].number
    visit.over(olga, f"/staff/orders/{number}", f"/staff/orders/{number}/refund")
    visit.over(olga, "/staff/returns", f"/staff/returns/{back}", f"/staff/orders/{number}/goodwill")
    visit.over(olga, "/staff/exchanges", "/staff/exchanges?step=asked", f"/staff/exchanges/{swapped}")
    visit.over(olga, "/staff/messages", "/staff/messages?status=answered", f"/staff/messages/{number}")
    visit.over(olga, "/staff/packing?step=waiting", "/staff/packing?step=ready")
    visit.over(olga, "/staff/reviews?pile=all", f"/staff/reviews/{review}")


def test_pages_of_products(visit: Visit) -> None:
    town = visit.town
    olga = visit.new_page(account=town.olga)
    with visit.work():
        together = tagged(town.products["lina-blouse"])
        autumn = brought_in()
        for guide in guides(False):
            guide.name = "test"  # staff call it as they like, in one language
        table = GuideDraft(
            name="test", category="bags", measures=[Measure(name="test")], rows=[("M", ["88-92"])]
        )
        own = make_guide(actor=HOUSE, reach=Reach.RANGE, draft=table).id
    visit.over(olga, "/staff/products", "/staff/products?lacks=low", "/staff/products/new")
    visit.over(olga, "/staff/products/bulk", f"/staff/products/bulk/{together}")
    blouse = f"/staff/products/{town.products['lina-blouse']}"
    visit.over(olga, blouse, f"{blouse}/pictures")
    olga.goto(f"{blouse}/pictures")
    photograph, _ = photographed(garment(kinds()["tote"]), PAPERS["grey"])
    olga.locator("input[type=file]").set_input_files(
        {"name": "blouse.jpg", "mimeType": "image/jpeg", "buffer": photograph}
    )
    olga.locator("form:has(input[type=file]) button[type=submit]").first.click()
    visit.run_jobs("catalog.finish_picture")
    visit.over(olga, f"{blouse}/pictures")
    olga.goto(f"{blouse}/pictures")
    olga.locator("a[href$=cut-out]").click()
    visit.over(olga)
    visit.over(olga, "/staff/products/import", f"/staff/products/import/{autumn}")
    visit.over(olga, "/staff/synonyms", "/staff/searches")
    visit.over(olga, "/staff/sizes", "/staff/sizes/new", f"/staff/sizes/{own}")


def test_pages_of_collections_and_vouchers(visit: Visit) -> None:
    olga = visit.new_page(account=visit.town.olga)
    with visit.work():
        evening = by_hand(list(visit.town.products.values()), title_it="La sera").id
        reduced = by_rule(Rule(Field.ON_SALE), title="Reduced pieces", title_it="Capi in saldo").id
        spring = voucher()
    visit.over(olga, "/staff/collections", "/staff/collections/new", f"/staff/collections/{evening}?q=a")
    visit.over(olga, f"/staff/collections/{reduced}", "/staff/collections?state=archived")
    visit.over(olga, "/staff/vouchers", "/staff/vouchers/new", f"/staff/vouchers/{spring}")


def test_pages_of_stock_and_delivery(visit: Visit) -> None:
    town = visit.town
    olga = visit.new_page(account=town.olga)
    with visit.work():
        blouse = variant_of(town.products["lina-blouse"])
    visit.over(olga, "/staff/delivery", "/staff/delivery/zones/1", "/staff/delivery/zones/1/methods/new")
    visit.over(olga, "/staff/delivery/zones/new")
    visit.over(olga, "/staff/delivery/methods/1", f"/staff/delivery/stores/{town.store}", "/staff/taxes")
    visit.over(olga, "/staff/stock", "/staff/stock?show=negative", "/staff/stock?q=nothing-has-this-name")
    visit.over(olga, "/staff/stock/receive", f"/staff/stock/{blouse}")
    visit.over(olga, "/staff/places", "/staff/places/new", f"/staff/places/{town.store}")


def test_pages_of_editors_and_their_pay(visit: Visit, account: Callable[..., int]) -> None:
    town = visit.town
    giulia, olga = visit.new_page(account=town.giulia), visit.new_page(account=town.olga)
    giulia.goto("/studio/payments")
    giulia.get_by_role("button", name="Set it up at Stripe").click()
    giulia.locator("button[name=stage][value=done]").click()
    first = sell(visit)
    let_days_pass(visit, olga)
    sent = pay_out(visit)
    sell(visit)
    let_days_pass(visit, olga)
    waiting = prepare(visit)
    ada = account("ada@example.test", name="Ada Prova")
    with visit.work():
        apply(
            actor=Actor.person(ada, "Ada Prova"),
            account_id=ada,
            name="Ada Prova",
            city="Torino",
            words="My neighbour, who cycles to work.",
            handle_wish="ada",
            answers={"pieces": list(town.products.values())},
        )
    visit.over(visit.new_page(account=ada), "/editors/apply/sent")
    visit.over(olga, "/staff", "/staff/applications", "/staff/editors")
    visit.over(olga, "/staff/programme/questions", "/staff/programme/questions/new")
    visit.over(olga, "/staff/programme/answers", "/staff/programme/answers/reasons/new")
    visit.over(olga, "/staff/programme/invitations", "/staff/programme/agreement")
    visit.over(olga, "/staff/programme/steps", "/staff/programme/steps/new", "/staff/programme/groups")
    visit.over(olga, "/staff/programme/page", "/staff/programme/figures", "/editors/programme")
    visit.over(olga, "/staff/captions", "/staff/disclosures", "/staff/missing-sales")
    anna = account("moro@example.test", name="Anna Moro")
    with visit.work():
        make_editor(anna, "Anna Moro", "anna")
    missing = visit.new_page(account=anna)
    visit.over(olga, miss(visit, missing, first))
    visit.over(missing)
    visit.over(
        olga,
        "/staff/payouts",
        f"/staff/payouts/{sent}",
        f"/staff/payouts/{waiting}",
        "/staff/payees",
        "/staff/early-payouts",
    )
    visit.over(
        olga,
        "/staff/rates",
        "/staff/rates/preview",
        "/staff/rates/basket",
        "/staff/bonuses",
        "/staff/bonuses/new",
        "/staff/receipts",
        f"/staff/receipts/{first}",
        f"/staff/receipts/{first}/correct",
        "/staff/jobs/",
    )
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
