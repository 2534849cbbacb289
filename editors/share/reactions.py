from __future__ import annotations

from editors.looks.facts import LookComposed
from editors.share.actions import ask_for_cards
from editors.share.queries import cards_wanted
from foundation.actors import Actor

BY = Actor.system("share.cards")


def on_look_composed(fact: LookComposed) -> None:
    """The cards of every link to the look show what it was: have them drawn anew."""
    for link_id, language, country in cards_wanted(fact.look_id):
        ask_for_cards(actor=BY, link_id=link_id, language=language, country=country)
