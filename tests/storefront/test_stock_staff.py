"""The stock room on the staff desk: finding, taking in, counting, carrying, and hearing what runs low."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from foundation.accounts.permissions import Role
from storefront.places.models import WEB_WAREHOUSE
from storefront.stock.proof import verify
from storefront.stock.queries import levels_at
from tests.storefront.goods import on_hand, piece, place, shelf
from tests.storefront.shelf import put_on_shelf
from tests.storefront.test_movements import bring, moved
from tests.storefront.test_places import opened

Work = Callable[[], Any]


@pytest.fixture
def clerk(desk_of: Callable[[Role], FlaskClient]) -> FlaskClient:
    return desk_of(Role.STORE)


@pytest.fixture
def jackets(work: Work) -> dict[str, int]:
    """One denim jacket in every state: none, one, five."""
    with work():
        product = put_on_shelf(stock={"S": 0, "M": 1, "L": 5})
        return {variant.label: variant.id for variant in product.variants}


def batch_of(page: str) -> str:
    return re.findall(r'name="batch"[^>]*value="([^"]+)"', page)[0]


def delivery(clerk: FlaskClient, *lines: tuple[str, str], **more: Any) -> Any:
    page = clerk.get("/staff/stock/receive").text
    data = {
        "place": str(WEB_WAREHOUSE),
        "reason": "Delivery 7",
        "batch": batch_of(page),
        "code": [code for code, _ in lines],
        "quantity": [many for _, many in lines],
    }
    return clerk.post("/staff/stock/receive", data=data | more)


def names(page: str) -> list[str]:
    return re.findall(r'scope="row"[^>]*><a[^>]*>([^<]+)</a>', page)


def test_the_list_finds_what_runs_low_what_ran_out_and_what_was_oversold(
    clerk: FlaskClient, jackets: dict[str, int], work: Work
) -> None:
    with work():
        over = shelf("shirt", 3000, on_hand=-2, oversell=True)
    assert len(names(clerk.get("/staff/stock").text)) == 4
    assert names(clerk.get("/staff/stock?show=low").text) == ["Corso denim jacket, M"]
    assert names(clerk.get("/staff/stock?show=out").text) == ["Corso denim jacket, S"]
    assert names(clerk.get("/staff/stock?show=negative").text) == ["Shirt, M"]
    assert names(clerk.get("/staff/stock?q=denim-jacket-L").text) == ["Corso denim jacket, L"]
    assert "Nothing here has that" in clerk.get("/staff/stock?q=%25").text
    assert clerk.get("/staff/stock?show=all&page=9").status_code == 404
    assert clerk.get(f"/staff/stock/{over}").status_code == 200


def test_a_store_lists_what_was_ever_there(clerk: FlaskClient, jackets: dict[str, int], work: Work) -> None:
    with work():
        torino = opened()
    assert "Nothing lies here yet" in clerk.get(f"/staff/stock?place={torino}").text
    with work():
        bring(jackets["S"], 3, torino)
    assert names(clerk.get(f"/staff/stock?place={torino}").text) == ["Corso denim jacket, S"]
    assert "All" in clerk.get("/staff/stock?place=999999").text, "an unknown place shows the warehouse"


def test_a_mark_decides_what_runs_low_and_the_size_comes_before_its_product(
    clerk: FlaskClient, jackets: dict[str, int]
) -> None:
    page = f"/staff/stock/{jackets['L']}/mark"
    assert clerk.post(page, data={"low_at": "9", "whole": "y"}).status_code == 303
    assert names(clerk.get("/staff/stock?show=low").text) == [
        "Corso denim jacket, M",
        "Corso denim jacket, L",
    ]
    assert clerk.post(page, data={"low_at": "0"}).status_code == 303
    assert names(clerk.get("/staff/stock?show=low").text) == ["Corso denim jacket, M"]
    assert clerk.post(page, data={"low_at": ""}).status_code == 303
    assert len(names(clerk.get("/staff/stock?show=low").text)) == 2
    assert clerk.post(page, data={"low_at": "many"}).status_code == 422


def test_the_desk_hears_what_runs_low(
    clerk: FlaskClient, jackets: dict[str, int], desk_of: Callable[[Role], FlaskClient]
) -> None:
    assert "1 size is running low" in clerk.get("/staff").text
    assert "running low" not in desk_of(Role.FINANCE).get("/staff").text


def test_a_delivery_is_counted_in_by_article_number_or_barcode(
    clerk: FlaskClient, jackets: dict[str, int], work: Work
) -> None:
    answer = delivery(
        clerk,
        ("corso-denim-jacket-S", "3"),
        ("", ""),
        ("corso-denim-jacket-M", "2"),
        ("corso-denim-jacket-S", "1"),
    )
    assert answer.status_code == 303
    assert "6 pieces are on the shelf" in clerk.get(answer.location).text
    with work():
        assert [on_hand(jackets[size]) for size in "SML"] == [4, 3, 5]
        assert moved(jackets["S"]) == [("received", 1, 4)] and verify().ok


def test_the_same_page_of_a_delivery_counts_once(
    clerk: FlaskClient, jackets: dict[str, int], work: Work
) -> None:
    lines = (("corso-denim-jacket-S", "3"),)
    first = delivery(clerk, *lines, batch="page-1")
    again = delivery(clerk, *lines, batch="page-1")
    assert (first.status_code, again.status_code) == (303, 303)
    assert "counted once" in clerk.get(again.location).text
    with work():
        assert on_hand(jackets["S"]) == 3


@pytest.mark.parametrize("many", ["three", "-1", "0", "1.5", "1000000000", "١", ""])
def test_a_quantity_that_makes_no_sense_changes_nothing(
    clerk: FlaskClient, jackets: dict[str, int], work: Work, many: str
) -> None:
    answer = delivery(clerk, ("corso-denim-jacket-M", "2"), ("corso-denim-jacket-S", many))
    assert answer.status_code == 422
    assert "Line 2" in answer.text and "Write a whole number from 1 to 100,000" in answer.text
    assert 'value="corso-denim-jacket-M"' in answer.text, "what was typed is still there"
    with work():
        assert on_hand(jackets["M"]) == 1


def test_what_is_not_known_or_not_clear_is_named_by_its_line(clerk: FlaskClient, work: Work) -> None:
    with work():
        for handle in ("one", "two"):
            shelf(handle, 3000, sku="SAME")
    answer = delivery(clerk, ("SAME", "1"), ("<script>", "1"), ("", "4"))
    assert "Two pieces have the number SAME" in answer.text
    assert "No piece on sale has the number &lt;script&gt;" in answer.text
    assert "The article number is missing" in answer.text
    assert "Write at least one line" in delivery(clerk).text


def test_more_lines_keep_what_was_typed(clerk: FlaskClient) -> None:
    page = delivery(clerk, *[("", "")] * 7, ("late", "2"), more="1")
    assert page.status_code == 200 and page.text.count('name="code"') == 16 and 'value="late"' in page.text


@pytest.mark.parametrize(
    "content",
    [
        "sku,quantity\ncorso-denim-jacket-S,3\n",
        "\ufeffQuantity;Barcode;SKU\r\n3;x;corso-denim-jacket-S\r\n;;\r\n",
        "Variant SKU\tQty\ncorso-denim-jacket-S\t3",
    ],
)
def test_a_file_is_read_whatever_separates_its_columns(
    clerk: FlaskClient, jackets: dict[str, int], work: Work, content: str
) -> None:
    answer = delivery(clerk, file=(io.BytesIO(content.encode()), "delivery.csv"))
    assert answer.status_code == 303
    with work():
        assert on_hand(jackets["S"]) == 3


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"name,number\na,1\n", "must name two columns"),
        (b"", "must name two columns"),
        (b"\x89PNG\r\n\x00\x00", "no CSV file"),
        (b"sku,quantity\n" + b"x" * 10_000 + b",1\n", "No piece on sale has the number"),
        (b"sku,quantity\n=cmd|' /C calc'!A0,1\n", "No piece on sale has the number"),
        (b"sku,quantity\n" + b"a,1\n" * 2001, "More than 2000 lines"),
        (b"sku,quantity\n" + b"a,1\n" * 300_000, "larger than one megabyte"),
        ("sku,quantity\nperché,1\n".encode("cp1252"), "No piece on sale has the number perché"),
        (b"sku,quantity\ncorso-denim-jacket-S\n", "Write a whole number"),
    ],
)
def test_a_file_that_makes_no_sense_says_why(
    clerk: FlaskClient, jackets: dict[str, int], work: Work, content: bytes, told: str
) -> None:
    answer = delivery(clerk, file=(io.BytesIO(content), "delivery.csv"))
    assert answer.status_code == 422 and told in answer.text
    with work():
        assert on_hand(jackets["S"]) == 0


def test_a_count_is_put_right_with_a_reason(clerk: FlaskClient, jackets: dict[str, int], work: Work) -> None:
    page = f"/staff/stock/{jackets['M']}"
    sent = {"place": str(WEB_WAREHOUSE), "counted": "4"}
    assert clerk.post(f"{page}/correct", data=sent).status_code == 422, "it needs a reason"
    for wrong in ("-1", "many", "1000000000", ""):
        answer = clerk.post(f"{page}/correct", data=sent | {"counted": wrong, "reason": "x"})
        assert answer.status_code == 422 and "Write a whole number" in answer.text
    assert clerk.post(f"{page}/correct", data=sent | {"reason": "Stocktaking"}).status_code == 303
    told = clerk.get(page).text
    assert "Stocktaking" in told and "+3" in told and "Carla" in told
    with work():
        assert on_hand(jackets["M"]) == 4


def test_pieces_are_carried_to_a_store_unless_they_are_promised(
    clerk: FlaskClient, jackets: dict[str, int], work: Work
) -> None:
    with work():
        torino = opened()
        place([piece(jackets["L"], 8000, 3)])
    page = f"/staff/stock/{jackets['L']}"
    sent = {
        "from_place": str(WEB_WAREHOUSE),
        "to_place": str(torino),
        "carry_reason": "For the window",
        "batch": batch_of(clerk.get(page).text),
    }
    refused = clerk.post(f"{page}/carry", data=sent | {"quantity": "3"})
    assert refused.status_code == 422 and "promised to orders" in refused.text
    same = clerk.post(f"{page}/carry", data=sent | {"quantity": "1", "to_place": str(WEB_WAREHOUSE)})
    assert same.status_code == 422 and "two different places" in same.text
    for _ in range(2):
        assert clerk.post(f"{page}/carry", data=sent | {"quantity": "2"}).status_code == 303
    with work():
        assert (on_hand(jackets["L"]), levels_at(torino, [jackets["L"]])) == (3, {jackets["L"]: 2})


def test_stock_is_for_those_who_keep_it(
    desk_of: Callable[[Role], FlaskClient], jackets: dict[str, int]
) -> None:
    finance = desk_of(Role.FINANCE)
    assert finance.get("/staff/stock").status_code == 403
    assert finance.post(f"/staff/stock/{jackets['S']}/correct").status_code == 403
    assert desk_of(Role.CATALOGUE).get("/staff/stock").status_code == 200


def test_the_list_asks_the_same_of_the_database_whatever_its_size(
    clerk: FlaskClient, work: Work, statements: Callable[[], Any]
) -> None:
    seen = []
    for number in (1, 30):
        with work():
            for one in range(number):
                shelf(f"shirt-{number}-{one}", 3000)
        with statements() as asked:
            assert clerk.get("/staff/stock").status_code == 200
        seen.append(asked.count)
    assert seen[0] == seen[1]
