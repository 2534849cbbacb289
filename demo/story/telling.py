"""Tell the story once: shelves, people, sixty days, and what waits today. The same every time but for the dates."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask
from flask_migrate import downgrade, upgrade

from demo.story import (
    agreement,
    at_home,
    bonuses,
    cinema,
    circle,
    coaching,
    collections,
    days,
    doorway,
    evenings,
    guidance,
    held,
    hosting,
    last_evening,
    missing,
    places,
    programme,
    rates,
    remembered,
    shelves,
    signals,
    vouchers,
    ways,
)
from demo.story.regular import Regular
from editors.profiles.portraits import Portrait
from foundation import clock
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.audit.queries import acted
from foundation.db import db, unit_of_work
from foundation.payments.setup import ensure_destinations
from foundation.settings import current
from storefront.catalog.queries import products_by_ids
from storefront.pairings.actions import pair_up

LEAD = next(person.handle for person in circle.EDITORS if person.lead)
SEED = 1906
BEGUN, TOLD = "demo.begin", "demo.told"
SUBJECT = ("demo", 1)
OPENING = time(9, 0)
Say = Callable[[str], None]


def tell_once(app: Flask, *, folder: Path, say: Say) -> None:
    """Tell the story unless this database knows it. A telling that was cut short begins anew."""
    with app.app_context():
        if acted(TOLD):
            return
        if acted(BEGUN):
            say("The last start was cut short: beginning anew")
            db.session.rollback()
            downgrade(revision="base")
            upgrade()
            ensure_destinations(base_url=current().base_url)
        db.session.rollback()
    drawings = _drawings(app, folder, say)
    tell(app, drawings=drawings, say=say)


def tell(app: Flask, *, drawings: shelves.Drawings, say: Say, length: int = days.LENGTH) -> None:
    """The whole story, ending now; `length` is how many days of selling it has."""
    today = _this_morning(app)
    film, faces, photograph = _taken_before(app, drawings, say)
    chance = random.Random(SEED)
    with app.app_context():
        with unit_of_work():
            record(actor=circle.HOUSE, action=BEGUN, subject=SUBJECT)
        say("Filling the shelves")
        with unit_of_work():
            stores = places.open_doors(actor=circle.HOUSE, today=today)
            ways.write_down(actor=circle.HOUSE, today=today, stores=stores)
            products = shelves.fill(actor=circle.HOUSE, today=today, drawings=drawings)
            places.fill_rails(actor=circle.HOUSE, today=today, stores=stores, products=products)
            found = products_by_ids(products.values())
            pieces = [variant.id for product in found for variant in product.variants]
        say("Inviting people")
        with unit_of_work():
            staff = circle.invite(today)
            desk = staff["store@demo.test"].as_staff()
            collections.hang(actor=staff["owner@demo.test"].as_staff(), products=products)
            owner = staff["owner@demo.test"].as_staff()
            programme.ask_questions(owner)
            programme.write_reasons(owner)
            programme.invite_two(owner, today)
            guidance.set_steps(owner)
            _say_what_pays(owner, today)
            programme.be_seen(today)
            cinema.show(owner, film)
            editors = circle.open_windows(today, desk, agreement.publish_first(owner, today), stores)
            agreement.publish_second(owner, today, waiting=editors["giulia"])
            codes = circle.hang_looks(today, editors, products)
            if photograph:
                doorway.hang_photograph(photograph, today, editors, products)
            circle.furnish(editors)
            circle.show_faces(editors, faces)
            circle.follow_some(editors, staff["shopper@demo.test"])
            circle.hand_out_kits(today, desk, editors)
            coaching.pay_coaching(owner, today, coach=editors[LEAD], learner=editors["noemi"])
    days.live(app, today=today, chance=chance, codes=codes, products=products, say=say, length=length)
    torino = stores["torino-lagrange"]
    ways.let_one_collect(app, today=today, desk=desk, place_id=torino, variants=pieces)
    _come_again(app, today, desk, codes, products)
    with app.app_context(), unit_of_work():
        circle.let_wait(today, desk, products)
        _together(today, editors, products)
        _evenings(desk, today, stores, editors)
        _of_these_days(staff["owner@demo.test"].as_staff(), today)
        pair_up()
        record(actor=circle.HOUSE, action=TOLD, subject=SUBJECT)
    days.finish_jobs(app)


def _evenings(desk: Actor, today: datetime, stores: dict[str, int], editors: dict[str, int]) -> None:
    """Those to come, and the one that was."""
    room = evenings.plan(desk, today, stores, editors)
    at_home.meet(desk, today, stores["london-marylebone"], editors["amina"])
    last_evening.happen(desk, today, stores["torino-lagrange"], room, editors["giulia"])


def _say_what_pays(owner: Actor, today: datetime) -> None:
    """Rates and bonuses."""
    rates.set_rates(owner, today)
    bonuses.promise_first_sales(owner, today)
    bonuses.set_goal(owner, today)
    hosting.reward_hosts(owner, today)


def _come_again(
    app: Flask, today: datetime, desk: Actor, codes: dict[str, str], products: dict[str, int]
) -> None:
    """Who bought before, and who let their browser remember whose link it was."""
    Regular(app, today, desk, products).live()
    remembered.come_back(app, today=today, codes=codes, products=products)


def _together(today: datetime, editors: Mapping[str, int], products: dict[str, int]) -> None:
    """What the lead does for the others."""
    others = [one for handle, one in editors.items() if handle not in (LEAD, "giulia")]
    guidance.guide(today, editors[LEAD], editors["giulia"], others, products)


def _of_these_days(owner: Actor, today: datetime) -> None:
    """What the owner does at the end of the story, and whoever opens the shop finds open."""
    missing.miss_two(today, owner)
    signals.notice_two(today)
    held.hold_one(today, owner)
    rates.announce_cut(owner, today)
    vouchers.print_codes(actor=owner, today=today)


def _drawings(app: Flask, folder: Path, say: Say) -> shelves.Drawings:
    def progress(done: int, total: int) -> None:
        say(f"Drawing the pieces: {done} of {total}")

    with app.app_context():
        return shelves.draw_pictures(folder, progress)


def _taken_before(
    app: Flask, drawings: shelves.Drawings, say: Say
) -> tuple[dict[str, str | None], dict[str, Portrait], doorway.Taken | None]:
    """What is kept as files before the story begins."""
    if drawings:
        say("Shooting the film")
    with app.app_context():
        return cinema.shoot(drawings), circle.sit_for_portraits(), doorway.take_photograph(drawings)


def _this_morning(app: Flask) -> datetime:
    """Nine o'clock of today in the shop's zone, or of yesterday when that has not come yet."""
    zone = ZoneInfo(app.config["BABEL_DEFAULT_TIMEZONE"])
    local = clock.now().astimezone(zone)
    morning = datetime.combine(local.date(), OPENING, zone)
    return morning if morning <= local else morning - timedelta(days=1)
