from __future__ import annotations

from editors.looks.facts import LookComposed, LookTakenDown
from editors.share.actions import ask_for_cards, ask_for_page_cards
from editors.share.health import check_links
from editors.share.queries import cards_wanted, links_of_look, links_of_product
from foundation.actors import Actor
from storefront.catalog.facts import Change, ProductChanged

BY = Actor.system("share.cards")


def on_look_composed(fact: LookComposed) -> None:
    """The cards of its page and of its links show the look as it was: draw them anew. And it is on show."""
    check_links(links_of_look(fact.look_id))
    ask_for_page_cards(actor=BY, look_id=fact.look_id)
    for link_id, language, country in cards_wanted(fact.look_id):
        ask_for_cards(actor=BY, link_id=link_id, language=language, country=country)


def on_look_taken_down(fact: LookTakenDown) -> None:
    """Links to the look lead to the nearest thing now: their editor is told where they might lead."""
    check_links(links_of_look(fact.look_id))


def on_product_changed(fact: ProductChanged) -> None:
    """The last one went, or some came back: links to the piece and to looks that hold it."""
    check_links(links_of_product(fact.product_id))


def is_about_stock(fact: ProductChanged) -> bool:
    return fact.change != Change.PRICE
