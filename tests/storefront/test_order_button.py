"""What is ordered and what it comes to stands right before the button that orders it, as EU law asks."""

from tests.storefront.goods import shelf
from tests.storefront.test_checkout import Shopper


def test_pieces_sum_and_voucher_come_before_the_button_and_nothing_to_choose_after_it(app, work):
    with work():
        shirt = shelf("shirt", 3000, 2)
    shopper = Shopper(app)
    shopper.add(shirt)
    html = shopper.client.get("/checkout").text
    page = html[html.index('id="checkout"') : html.index("</main>")]
    order = [page.index(one) for one in ('name="street"', "To pay", 'name="voucher"', "Order and pay")]
    assert order == sorted(order)
    button = page[page.rindex("<button", 0, order[-1]) : order[-1]]
    assert 'form="pay"' in button
    assert "<input" not in page[order[-1] :]
