"""What is measured: what is asked of the shop, and what is asked of its control."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import uuid4

from benchmarks.browsing import AGENT, FORM, Browser, hidden
from benchmarks.seeds import Shelf
from benchmarks.serving import Request, Worker

Prepare = Callable[[Worker, Shelf, int], Sequence[Request]]
ADDRESS = {
    "email": "anna@example.test",
    "delivery": "door",
    "first": "Anna",
    "last": "Moro",
    "street": "Via Po 1",
    "postcode": "10123",
    "city": "Torino",
    "province": "TO",
    "country": "IT",
    "phone": "+39 011 123456",
}
_visitors = itertools.count(1)


def _nothing(worker: Worker, shelf: Shelf) -> dict[str, str]:
    return {}


@dataclass(frozen=True)
class Measure:
    """`ours` and `theirs` make the requests of one round; `goal` is the ratio to reach.

    `crowded`: it is asked of a shop with ten thousand products more. `at_most`: the ratio is the other way
    round, how many times the control's cost ours is, and has to stay below the goal.
    """

    name: str
    goal: float
    requests: int
    status: int
    control: str
    ours: Prepare
    theirs: Prepare
    control_environ: Callable[[Worker, Shelf], dict[str, str]] = field(default=_nothing)
    crowded: bool = False
    at_most: bool = False


def visitor() -> str:
    """The address of somebody who was not here before."""
    number = next(_visitors)
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def clicks(worker: Worker, shelf: Shelf, requests: int) -> Sequence[Request]:
    """People who open a share link: each new to the shop, none with a cookie."""
    return [
        Request(
            f"/go/{shelf.code}",
            headers={"User-Agent": AGENT, "X-Real-IP": visitor(), "Accept-Language": "en-GB,en;q=0.9"},
        )
        for _ in range(requests)
    ]


def pages(worker: Worker, shelf: Shelf, requests: int) -> Sequence[Request]:
    """Somebody who looks at a product, on the way through the shop: with the session of an earlier page."""
    browser = Browser(worker, visitor())
    browser.get(shelf.product_path)
    return [Request(shelf.product_path, headers=browser.headers())] * requests


def looks(worker: Worker, shelf: Shelf, requests: int) -> Sequence[Request]:
    """Somebody who looks at a whole look, as in `pages`."""
    browser = Browser(worker, visitor())
    browser.get(shelf.look_path)
    return [Request(shelf.look_path, headers=browser.headers())] * requests


def page_weight(worker: Worker, shelf: Shelf) -> dict[str, str]:
    """How heavy our page is, so that the control's is as heavy."""
    return {"PAGE_BYTES": str(len(Browser(worker).get(shelf.product_path).encode()))}


def listed(path: str) -> Prepare:
    """Somebody on the way through the shop, as in `pages`, who asks for a list."""

    def prepare(worker: Worker, shelf: Shelf, requests: int) -> Sequence[Request]:
        browser = Browser(worker, visitor())
        browser.get(path)
        return [Request(path, headers=browser.headers())] * requests

    return prepare


def list_weight(path: str) -> Callable[[Worker, Shelf], dict[str, str]]:
    """How heavy our list is, so that the control's is as heavy."""
    return lambda worker, shelf: {"PAGE_BYTES": str(len(Browser(worker).get(path).encode()))}


def orders(worker: Worker, shelf: Shelf, requests: int) -> Sequence[Request]:
    """Shoppers with three pieces in the bag and the form filled in; each gets there through the pages."""
    return [order_of(Browser(worker, visitor()), shelf, shelf.variant_ids) for _ in range(requests)]


def additions(worker: Worker, shelf: Shelf, requests: int) -> Sequence[Request]:
    """Shoppers on a product's page who put the piece into their bag, where another lies already."""
    return [_about_to_add(Browser(worker, visitor()), shelf) for _ in range(requests)]


def bare_additions(worker: Worker, shelf: Shelf, requests: int) -> Sequence[Request]:
    """The same form, which names the visit itself: the control has no session."""
    headers = {"User-Agent": AGENT, "Content-Type": FORM}
    piece = {"variant_id": str(shelf.variant_ids[0]), "quantity": "1"}
    bodies = (urlencode(piece | {"visit": f"visit-{next(_visitors)}"}).encode() for _ in range(requests))
    return [Request("/cart/add", "POST", headers, body) for body in bodies]


def bare_orders(worker: Worker, shelf: Shelf, requests: int) -> Sequence[Request]:
    """The same form, which names its pieces and the visit itself: the control has neither bag nor session."""
    pieces = {"pieces": ",".join(str(id_) for id_ in shelf.variant_ids)}
    headers = {"User-Agent": AGENT, "Content-Type": FORM}
    forms = (ADDRESS | pieces | {"visit": str(uuid4())} for _ in range(requests))
    return [Request("/checkout", "POST", headers, urlencode(form).encode()) for form in forms]


def order_of(browser: Browser, shelf: Shelf, variant_ids: Iterable[int]) -> Request:
    """The filled-in form of somebody who put these pieces into the bag one by one."""
    token = hidden(browser.get(shelf.product_path))["csrf_token"]
    for variant_id in variant_ids:
        browser.post("/cart/add", _piece(token, variant_id))
    return browser.form("/checkout", ADDRESS | hidden(browser.get("/checkout")))


def _about_to_add(browser: Browser, shelf: Shelf) -> Request:
    token = hidden(browser.get(shelf.product_path))["csrf_token"]
    first, second, *_ = shelf.variant_ids
    browser.post("/cart/add", _piece(token, first))
    return browser.form("/cart/add", _piece(token, second))


def _piece(token: str, variant_id: int) -> dict[str, str]:
    return {"csrf_token": token, "variant_id": str(variant_id), "quantity": "1"}


def _list(name: str, path: str) -> Measure:
    return Measure(
        name=name,
        goal=0.40,
        requests=20,
        status=200,
        control="benchmarks.controls.listing:create_app()",
        ours=listed(path),
        theirs=listed(path),
        control_environ=list_weight(path),
        crowded=True,
    )


MEASURES = (
    Measure(
        name="go",
        goal=0.65,
        requests=200,
        status=302,
        control="benchmarks.controls.go:create_app()",
        ours=clicks,
        theirs=clicks,
    ),
    Measure(
        name="product_page",
        goal=0.40,
        requests=150,
        status=200,
        control="benchmarks.controls.product_page:create_app()",
        ours=pages,
        theirs=pages,
        control_environ=page_weight,
    ),
    Measure(
        name="look_page",
        goal=1.2,
        requests=150,
        status=200,
        control="benchmarks.product:create_app()",  # our own page of a product
        ours=looks,
        theirs=pages,
        at_most=True,
    ),
    Measure(
        name="place_order",
        goal=0.35,
        requests=40,
        status=303,
        control="benchmarks.controls.place_order:create_app()",
        ours=orders,
        theirs=bare_orders,
    ),
    Measure(
        name="add_to_cart",
        goal=0.35,
        requests=60,
        status=303,
        control="benchmarks.controls.add_to_cart:create_app()",
        ours=additions,
        theirs=bare_additions,
    ),
    _list("list_page", "/shop"),
    _list("search", "/shop?q=linen"),
    _list("facets", "/shop?size=M&colour=blue&stock=yes"),
)
