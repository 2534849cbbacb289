"""A shop with one of each thing, so that reading every page reads something."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from commissions.accruals.actions import mature
from commissions.accruals.holding import hold_sale
from commissions.bonuses.actions import BonusDraft, add_bonus
from commissions.bonuses.policy import BonusKind
from commissions.coaching.actions import PlanDraft, begin_plan
from commissions.early.models import EarlyPayout, EarlyStatus
from commissions.holds.models import HoldReason, HoldSource
from commissions.instead.causes import CauseDraft, name_cause
from commissions.missing.actions import report
from commissions.missing.models import CameBy
from commissions.payouts.actions import prepare_run
from commissions.payouts.queries import lines_of
from commissions.rates.actions import CampaignDraft, add_campaign
from commissions.rates.policy import Scope
from commissions.signals.actions import note
from commissions.signals.policy import Kind, Signal, Thresholds
from editors.links.actions import make_link, make_packed
from editors.links.models import LinkTarget
from editors.links.queries import link_of
from editors.looks.actions import LookDraft, PieceDraft, draft_look, publish_look, unpublish_look
from editors.looks.models import Occasion
from editors.looks.tagging import begin_with_photo
from foundation import clock as shop_clock
from foundation.accounts import links
from foundation.accounts.models import Account
from foundation.accounts.permissions import Role
from foundation.actors import Actor
from foundation.db import db
from foundation.files.storage import store
from foundation.mail.models import Message
from foundation.money import Money
from storefront.catalog.actions import attach_picture
from storefront.catalog.drafts import PictureDraft
from storefront.delivery.models import DeliveryMethod
from storefront.exchanges.queries import exchanges_of, others_of
from storefront.orders.models import Order
from storefront.reviews.actions import ReviewDraft, publish_review
from storefront.sendbacks.actions import ask
from storefront.sendbacks.models import Way, Why
from storefront.sizing.queries import guides
from tests.architecture.one_evening import event_of
from tests.commissions.sales import TESTS, click, deliver, line_of, sell, tell_delivered, tell_paid
from tests.editors.programme import programme_values
from tests.journeys.shop import CODE, found_town
from tests.storefront.goods import variant_of
from tests.storefront.hung import by_hand
from tests.storefront.sheets import brought_in
from tests.storefront.shelf import tagged
from tests.storefront.test_addresses import kept
from tests.storefront.test_movements import bring
from tests.storefront.tills import paying_by_card, sold_by
from tests.storefront.vouchers import voucher

VISIT = "visit-1"


@dataclass(frozen=True)
class OneOfEach:
    """What there is by the name of the argument of a route, and the three who read."""

    values: dict[str, dict[str, Any]]
    readers: dict[str, FlaskClient]


def another_size_instead(order_id: int) -> str:
    """The first line of an order comes back for another size; the number of the exchange."""
    line = line_of(order_id, 1)
    other = others_of([line], "EUR")[line.id][0].variant_id
    ask(
        actor=TESTS,
        order_id=order_id,
        chosen={line.id: (1, Why.TOO_SMALL)},
        instead={line.id: other},
        way=Way.SHIP,
        words="",
        until=shop_clock.now(),
    )
    return exchanges_of(order_id)[0].number


def open_shop(
    app: Flask,
    work: Callable[[], Any],
    account: Callable[..., int],
    client_of: Callable[[int], FlaskClient],
    clock: Any,
) -> OneOfEach:
    """From a product to a run: an order that came by a link was delivered, earned, and is in a run.

    The three readers: who bought without an account, the editor, and one with every role.
    """
    town = found_town(work, account)
    everything = account("everything@store.test", *Role)
    with work():
        click(CODE, VISIT)
    clock.advance(minutes=20)
    with work():
        order_id = sell(town.products["lina-blouse"], visit=VISIT)
        db.session.get_one(Order, order_id).number = "V-10001"
        tell_paid(order_id)
        deliver(order_id)
        tell_delivered(order_id)
    clock.advance(days=40)
    with work():
        mature(actor=TESTS)
        run = prepare_run(
            actor=Actor.person(town.sara, "Sara Neri"),
            account_id=town.sara,
            currency="EUR",
            minimum=Money(0, "EUR"),
        )
        order = db.session.get_one(Order, order_id)
        silent = sell(town.products["lina-blouse"], email="ugo@example.test")
        deliver(silent)
        order_with_nothing_said = db.session.get_one(Order, silent)
        back = ask(
            actor=TESTS,
            order_id=silent,
            chosen={line_of(silent, 2).id: (1, Why.TOO_SMALL)},
            way=Way.SHIP,
            words="",
            until=shop_clock.now(),
        )
        swapped = another_size_instead(silent)
        review = publish_review(
            actor=TESTS,
            order_id=order_id,
            line_id=line_of(order_id, 1).id,
            draft=ReviewDraft(stars=4, words="Soft, and long enough."),
        )
        spring = voucher()
        blouse = variant_of(town.products["lina-blouse"])
        bring(blouse, 9, town.store)
        sold = sold_by(town.sara, town.store, blouse)
        paying = paying_by_card(town.sara, town.store, blouse)
        import_id = brought_in()
        evening = by_hand(list(town.products.values())).id
        taken_down(town.editor, town.products["lina-blouse"])
        photographed = begin_with_photo(actor=TESTS, editor_id=town.editor, photo_key="mirror.webp").id
        packed = packed_bag(town.editor, blouse)
        picture = attach_picture(
            actor=TESTS,
            product_id=town.products["lina-blouse"],
            rendition=PictureDraft(
                alt="The blouse", small_key="a-s.webp", medium_key="a-m.webp", large_key="a-l.webp"
            ),
        )
        tell_paid(silent)
        missed = report(
            actor=TESTS,
            editor_id=town.editor,
            number=order_with_nothing_said.number,
            came_by=CameBy.STORE,
            words="She tried it on with me on Saturday.",
            file_key=store(b"a note", ".webp"),
            file_name="note.webp",
        )
        held = hold_sale(
            actor=TESTS,
            order_id=order.id,
            order_number=order.number,
            editor_id=town.editor,
            source=HoldSource.STAFF,
            reason=HoldReason.CLICKS,
            words="Forty clicks in a minute.",
            return_days=30,
        )
        noticed = note(
            actor=TESTS,
            editor_id=town.editor,
            order_id=order.id,
            order_number=order.number,
            signals=[Signal(Kind.OWN_CARD, {}), Signal(Kind.TOO_QUICK, {"ms": 900})],
            limits=Thresholds(),
            return_days=30,
        )
        assert noticed is not None
        campaign = add_campaign(
            actor=TESTS,
            draft=CampaignDraft(
                scope=Scope.PROGRAMME,
                subject="",
                bonus_bps=200,
                reason="Spring",
                label="Spring",
                label_it=None,
                begins=shop_clock.now(),
                ends=shop_clock.now() + timedelta(days=90),
            ),
        )
        bonus = add_bonus(
            actor=TESTS,
            draft=BonusDraft(
                kind=BonusKind.FIRST_SALE,
                name="Welcome",
                name_it=None,
                amount=Money(2000, "EUR"),
                begins=shop_clock.now(),
                ends=shop_clock.now() + timedelta(days=90),
                reason="Spring",
            ),
        )
        way = db.session.scalars(select(DeliveryMethod).limit(1)).one()
        cause = name_cause(actor=TESTS, draft=CauseDraft("A roof", "Un tetto", "Rooms.", "Stanze."))
        letter = db.session.scalars(select(Message.id).limit(1)).one()
        sara = db.session.get_one(Account, town.sara)
        values = {
            "accounts.reset": {"token": links.reset_token(sara)},
            "new_email.prove": {"token": links.email_token(sara, "sara.new@example.test")},
            "accounts.verify": {"token": links.verify_token(sara)},
            "catalog.product": {"handle": "lina-blouse"},
            "notices.ask": {"handle": "lina-blouse"},
            "sitemap.part": {"name": "pages", "part": 0},
            "assortment_editor.by_handle": {"handle": "lina-blouse"},
            "assortment_editor.product": {"product_id": town.products["lina-blouse"]},
            "catalog_pictures.pictures": {"product_id": town.products["lina-blouse"]},
            "assortment_bulk.edit": {"edit_id": tagged(town.products["lina-blouse"])},
            "sheets_staff.run": {"run_id": import_id},
            "sheets_staff.left_out": {"run_id": import_id},
            "collections.collection": {"handle": "evening"},
            "collections_staff.collection": {"collection_id": evening},
            "sizing_staff.guide": {"guide_id": guides(False)[0].id},
            "promotions_staff.voucher": {"voucher_id": spring},
            "places.store": {"slug": "torino"},
            "stock_staff.variant": {"variant_id": variant_of(town.products["lina-blouse"])},
            "places_staff.place": {"place_id": town.store},
            "delivery_staff.zone": {"zone_id": way.zone_id},
            "delivery_staff.new_method": {"zone_id": way.zone_id},
            "delivery_staff.method": {"method_id": way.id},
            "delivery_staff.pickup": {"place_id": town.store},
            "window.window": {"handle": "giulia"},
            "window.feed": {"handle": "giulia"},
            "window.calendar": {"handle": "giulia"},
            "looks.look": {"slug": "carry-on-only"},
            "share_downloads.card": {"code": CODE, "size": "story"},
            "share.kit": {"code": CODE},
            "share.pack": {"code": CODE},
            "share_downloads.paper_card": {"code": CODE},
            "share_downloads.qr_png": {"code": CODE},
            "share_downloads.qr_svg": {"code": CODE},
            "shared.gone": {"code": "gone"},
            "shared.packed": {"code": packed},
            "studio_photos.another": {"look_id": photographed},
            "studio_photos.tag": {"look_id": photographed},
            "studio_together.show": {"look_id": town.look},
            "studio_looks.edit": {"look_id": town.look},
            "studio_canvas.canvas": {"look_id": town.look},
            "studio_canvas.drawer": {"look_id": town.look},
            "studio_looks.preview": {"look_id": town.look},
            "studio_looks.versions": {"look_id": town.look},
            "clicks.go": {"code": CODE},
            "orders.show": {"token": order.token},
            "orders.receipt": {"token": order.token},
            "addresses.edit": {"address_id": kept(everything)},
            "messages.about": {"token": order.token},
            "messages_staff.conversation": {"number": order.number},
            "catalog_cuts.show": {"product_id": picture.product_id, "picture_id": picture.id},
            "orders_staff.order": {"number": order.number},
            "returns_staff.refund": {"number": order.number},
            "returns_staff.goodwill": {"number": order.number},
            "sendbacks.choose": {"token": order_with_nothing_said.token},
            "sendbacks.show": {"token": order_with_nothing_said.token, "number": back.number},
            "sendbacks.label": {"token": order_with_nothing_said.token, "number": back.number},
            "sendbacks_staff.sendback": {"number": back.number},
            "exchanges.paid": {"token": order_with_nothing_said.token, "number": swapped},
            "replacements.exchange": {"number": swapped},
            "replacements.slip": {"number": swapped},
            "reviews.reviews": {"handle": "lina-blouse"},
            "reviews.write": {"token": order_with_nothing_said.token, "line_id": line_of(silent, 1).id},
            "reviews_staff.review": {"review_id": review.id},
            "staff_receipts.receipt": {"number": order.number},
            "rates_staff.end_campaign": {"card_id": campaign.id},
            "staff_bonuses.bonus": {"bonus_id": bonus.id},
            "staff_bonuses.end": {"bonus_id": bonus.id},
            **coaching_of(town.editor),
            **event_of(town.editor),
            "staff_correct.ask": {"number": order.number},
            "staff_holds.hold": {"number": order.number},
            "staff_holds.release": {"hold_id": held.id},
            "receipts.receipt": {"number": order.number},
            "signals.show": {"case_id": noticed.id},
            "staff_signals.show": {"case_id": noticed.id},
            "causes.show": {"cause_id": cause.id},
            "causes.words": {"cause_id": cause.id},
            "staff_missing.show": {"missing_id": missed.id},
            "staff_missing.file": {"missing_id": missed.id},
            "statements.month": {"name": "2026-03"},
            "statements.sheet": {"name": "2026-03"},
            "statements.paper": {"name": "2026-03"},
            "statements.whole_year": {"year": 2026},
            "staff_years.year": {"year": 2026},
            "staff_years.sheet": {"year": 2026},
            "statements.year_sheet": {"year": 2026},
            "statements.year_paper": {"year": 2026},
            "till_paying.sale": {"number": sold.number},
            "till_paying.receipt": {"number": sold.number},
            "till_paying.paper": {"number": sold.number},
            "till_paying.paying": {"token": paying.token},
            "till_paying.state": {"token": paying.token},
            "payouts.run": {"run_id": run.id},
            "payouts.leave_out_of": {"run_id": run.id, "payout_id": lines_of(run.id)[0].payout.id},
            "staff_early.show": {"wish_id": _early(lines_of(run.id)[0].payout.editor_id)},
            "payouts.sheet": {"run_id": run.id},
            "outbox.letter": {"message_id": letter},
            "outbox.letter_html": {"message_id": letter},
            "files.media": {"key": store(b"a picture", ".webp")},
        } | programme_values()
    shopper = app.test_client()
    with shopper.session_transaction() as session:
        session["visit"] = VISIT
    readers = {
        "the shopper": shopper,
        "the editor": client_of(town.giulia),
        "the staff": client_of(everything),
    }
    return OneOfEach(values, readers)


def coaching_of(editor: int) -> dict[str, dict[str, Any]]:
    """The pages of a plan by which this editor is paid for coaching."""
    draft = PlanDraft(coach_id=editor, rate_bps=200, currency="EUR", begins=shop_clock.now(), reason="Denim")
    plan = {"plan_id": begin_plan(actor=TESTS, draft=draft).id}
    return {"staff_coaching.plan": plan, "staff_coaching.end": plan}


def taken_down(editor: int, product: int) -> None:
    """A link, `gone`, to a look that is not on show any more."""
    words = LookDraft(
        title="Over now", story="It was.", occasion=Occasion.AWAY, pieces=(PieceDraft(product),)
    )
    look = draft_look(actor=TESTS, editor_id=editor, draft=words).id
    publish_look(actor=TESTS, look_id=look, editor_id=editor)
    make_link(actor=TESTS, editor_id=editor, target=LinkTarget.LOOK, look_id=look, code="gone")
    unpublish_look(actor=TESTS, look_id=look, editor_id=editor)


def packed_bag(editor: int, variant: int) -> str:
    """The code of a link to a bag with a size of a look on show."""
    plain = link_of(editor, CODE)
    assert plain is not None
    return make_packed(
        actor=TESTS, link_id=plain.id, editor_id=editor, pieces=[(variant, 1)], name="Anna"
    ).code


def _early(editor_id: int) -> int:
    """Somebody asks to be paid before the next run."""
    wish = EarlyPayout(
        editor_id=editor_id,
        currency="EUR",
        asked_minor=1200,
        status=EarlyStatus.ASKED,
        asked_at=shop_clock.now(),
    )
    db.session.add(wish)
    db.session.flush()
    return wish.id
