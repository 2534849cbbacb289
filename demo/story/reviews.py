"""People say what they think of what they bought, staff answer, and one review breaks a rule."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from flask import Flask

from demo.story.voices import ANSWERS, UNFAIR, WEARERS, WHY_REMOVED, WORDS, WORDS_OF, fit_of
from foundation.actors import Actor
from foundation.db import unit_of_work
from foundation.files.pictures import Rendition, keep_picture
from foundation.files.storage import read
from storefront.catalog.categories import nearest
from storefront.catalog.models import Product
from storefront.catalog.policy import size_of
from storefront.catalog.queries import products_by_ids
from storefront.orders.models import Order, OrderLine
from storefront.orders.queries import order_by_id, order_by_token
from storefront.reviews.actions import ReviewDraft, answer, publish_review, remove
from storefront.reviews.models import Review, Rule
from storefront.reviews.policy import CRITICAL
from storefront.reviews.queries import products_reviewed

HOW_MANY = 0.62
WITH_PICTURE = 0.15
ANSWERED = 0.6


@dataclass
class Talk:
    """What has been said so far: no sentence is said twice."""

    chance: Random
    said: set[str] = field(default_factory=set)
    unfair: bool = False

    def about(self, app: Flask, order_id: int, desk: Actor) -> None:
        """The shopper of an order writes about some of its pieces, or about none."""
        with app.app_context(), unit_of_work():
            order = order_by_token(order_by_id(order_id).token)
            wearer = WEARERS.get(order.email)
            told = products_reviewed(
                email=order.email,
                account_id=order.account_id,
                product_ids=[line.product_id for line in order.lines],
            )
            for line in order.lines:
                if wearer is None or line.product_id in told or self.chance.random() > HOW_MANY:
                    continue
                self._say(order, line, desk)
                told.add(line.product_id)

    def _say(self, order: Order, line: OrderLine, desk: Actor) -> None:
        product = products_by_ids([line.product_id])[0]
        own = WORDS_OF.get((product.handle, order.language))
        spoken_of = nearest(line.category, {category for category, language in WORDS}) or ""
        words_for = own or WORDS.get((spoken_of, order.language), ())
        free = [one for one in words_for if one[1] not in self.said]
        unfair = (
            not self.unfair
            and line.category == "outerwear"
            and order.language == "en"
            and len(self.said) > 20
        )
        if not free and not unfair:
            return
        stars, words = (3, UNFAIR) if unfair else self.chance.choice(free)
        self.unfair = self.unfair or unfair
        self.said.add(words)
        sizes = [size_of(product.option_names, variant.option_values) for variant in product.variants]
        wearer = WEARERS[order.email]
        usual = wearer.usual(sizes)
        took = next((one for one in product.variants if one.id == line.variant_id), None)
        took_size = size_of(product.option_names, took.option_values) if took else ""
        review = publish_review(
            actor=Actor.guest(),
            order_id=order.id,
            line_id=line.id,
            draft=ReviewDraft(
                stars=stars,
                words=words,
                fit=fit_of(product.handle, took_size, usual, sizes),
                height_cm=wearer.height_cm if usual else None,
                usual_size=usual,
                language=order.language,
            ),
            pictures=self._pictures(product),
        )
        self._reply(review, unfair, desk)

    def _pictures(self, product: Product) -> list[Rendition]:
        cover = product.cover
        if cover is None or not cover.large_key or self.chance.random() > WITH_PICTURE:
            return []
        return [keep_picture(read(cover.large_key))]

    def _reply(self, review: Review, unfair: bool, desk: Actor) -> None:
        if unfair:
            remove(actor=desk, review_id=review.id, rule=Rule.PERSONAL, reason=WHY_REMOVED)
        elif review.stars < CRITICAL and self.chance.random() < ANSWERED:
            answer(actor=desk, review_id=review.id, reply=ANSWERS[review.language])
