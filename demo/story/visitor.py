"""Somebody with a browser: follows a link, fills a bag, checks out and pays, through the shop's own pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, urlsplit

from flask import Flask
from werkzeug.test import TestResponse

from commissions.clicks.band import CREDIT
from commissions.clicks.seeing import Onlooker, Opening, Sight, note_bagged, note_seen
from foundation import clock
from foundation.actors import Actor
from foundation.db import past_the_session, unit_of_work
from foundation.settings import current
from foundation.web.visits import KEY as VISIT
from storefront.cart.actions import Choice, Origin, add_pieces

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1"
DESK = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
# Where links are opened: most apps do not say.
REFERRERS = ("https://www.instagram.com/", "", "https://www.pinterest.it/", "", "https://l.facebook.com/", "")
MESSENGER = "WhatsApp/2.23.20.0 A"
NOTHING_MORE: Mapping[str, str] = {}
HIDDEN = re.compile(r'<input[^>]*name="(token|seen)"[^>]*value="([^"]*)"')
STREETS = ("Via Po", "Via Garibaldi", "Corso Francia", "Via Mazzini", "Via Roma", "Viale Monza")
TOWNS = (
    ("10123", "Torino", "TO"),
    ("20121", "Milano", "MI"),
    ("40121", "Bologna", "BO"),
    ("37121", "Verona", "VR"),
)


class NotSold(RuntimeError):
    """The shop did not lead to payment; the text is what it answered."""


class Visitor:
    """One visit of one person. `number` makes their address, so that it is the same every time."""

    def __init__(self, app: Flask, number: int, language: str = "it") -> None:
        self.app = app
        self.number = number
        agent = PHONE if number % 3 else DESK
        self.client = app.test_client()
        self.extra = {"User-Agent": agent, "Accept-Language": language}
        self.address = {"REMOTE_ADDR": f"198.51.{number // 250 % 250}.{number % 250 + 1}"}

    def follow(self, code: str) -> None:
        """Open a share link, and the look it leads to: counted as the page counts it, without rendering it."""
        came = REFERRERS[self.number % len(REFERRERS)]
        leads = self._get(f"/go/{code}", {"Referer": came} if came else {}).headers["Location"]
        _, found, slug = urlsplit(leads).path.partition("/looks/")
        if found:
            with self.app.app_context(), past_the_session() as connection:
                day = clock.today(current().timezone)
                seen = Opening(Sight.LOOK, slug, Onlooker.PERSON, None, day)
                note_seen(actor=Actor.guest(), openings=[(seen, 1)], connection=connection)

    def preview(self, code: str) -> None:
        """A messenger fetches the preview of a link that somebody wrote to a friend."""
        self.client.get(f"/go/{code}", headers={"User-Agent": MESSENGER}, environ_overrides=self.address)

    def sign_in(self, email: str, password: str) -> None:
        self._post("/account/sign-in", {"email": email, "password": password})

    def decline_credit(self) -> None:
        """Press "Remove" beside "Shopping with NAME"."""
        self._post("/credit/remove", {})

    def agree_to_remember(self) -> None:
        """Answer the question under the band with yes."""
        self._post("/credit/remember", {"answer": "yes"})

    def close_browser(self) -> None:
        """What belongs to the session is gone; what was agreed to stays."""
        self.client.delete_cookie("session")

    def look_in(self) -> None:
        """Open the shop again, on whatever page."""
        self._get("/cart")

    def take(
        self, choices: Sequence[tuple[int, int]], origin: Origin | None, account_id: int | None = None
    ) -> None:
        """Put variants into the bag, by id and how many."""
        with self.client.session_transaction(environ_overrides=self.address) as kept:
            visit = kept.setdefault(VISIT, f"00000000-0000-4000-8000-{self.number:012d}")
            credit = kept.get(CREDIT)
        with self.app.app_context(), unit_of_work():
            add_pieces(
                actor=Actor.guest(),
                visit=visit,
                account_id=account_id,
                choices=[Choice(variant_id, quantity) for variant_id, quantity in choices],
                origin=origin,
            )
            if credit:
                note_bagged(
                    actor=Actor.guest(),
                    visit=visit,
                    editor_id=credit["editor"],
                    variant_ids=[variant_id for variant_id, _quantity in choices],
                )

    def check_out(self, name: str, email: str, *, store: int | None = None) -> str:
        """Order and pay by card, to the door or to be picked up in a store; the token of the paid order.

        Raises `NotSold`.
        """
        page = self._get("/checkout")
        first, _, last = name.partition(" ")
        postcode, city, province = TOWNS[self.number % len(TOWNS)]
        form = dict(HIDDEN.findall(page.text)) | {
            "email": email,
            "delivery": "door",
            "first": first,
            "last": last or first,
            "street": f"{STREETS[self.number % len(STREETS)]} {self.number % 90 + 1}",
            "postcode": postcode,
            "city": city,
            "province": province,
            "country": "IT",
            "phone": "",
        }
        if store is not None:
            form |= {"delivery": f"store-{store}"}
            shown = self._post("/checkout", form | {"update": "1"})
            form |= dict(HIDDEN.findall(shown.text))
        leads = self._leads(self._post("/checkout", form))
        paid = self._leads(self._post(urlsplit(leads).path, {"how": "card", "email": email, "name": name}))
        session_id = parse_qs(urlsplit(paid).query)["session_id"][0]
        order = self._leads(self._get(f"/checkout/return?session_id={session_id}"))
        return urlsplit(order).path.rsplit("/", 1)[-1]

    def _get(self, path: str, more: Mapping[str, str] = NOTHING_MORE) -> TestResponse:
        return self.client.get(path, headers=self.extra | dict(more), environ_overrides=self.address)

    def _post(self, path: str, form: dict[str, str]) -> TestResponse:
        return self.client.post(path, data=form, headers=self.extra, environ_overrides=self.address)

    @staticmethod
    def _leads(answer: TestResponse) -> str:
        if answer.status_code != 303:
            raise NotSold(f"{answer.request.path} answered {answer.status_code}")
        return str(answer.headers["Location"])
