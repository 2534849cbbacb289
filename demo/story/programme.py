"""How the shop runs its circle of style editors: what it asks of whoever applies."""

from __future__ import annotations

from datetime import datetime, timedelta

from editors.invitations.actions import invite
from editors.membership.counting import BEGUN, SEEN, count
from editors.questions.actions import QuestionDraft, ask
from editors.questions.models import Kind
from editors.review.actions import save_reason
from foundation import clock
from foundation.actors import Actor

QUESTIONS = (
    QuestionDraft(
        kind=Kind.TEXT,
        words="Whose wardrobe do you know best, and what would you change in it?",
        words_it="Quale armadio conosci meglio, e che cosa ci cambieresti?",
        hint="A friend, a colleague, your father. No names needed.",
        hint_it="Un’amica, un collega, tuo padre. I nomi non servono.",
    ),
    QuestionDraft(
        kind=Kind.CHOICE,
        words="Where would you dress people?",
        words_it="Dove vestiresti le persone?",
        options=("In the store", "At their home", "On a screen"),
        options_it=("In negozio", "A casa loro", "Su uno schermo"),
        required=True,
    ),
    QuestionDraft(
        kind=Kind.LINK,
        words="Is there a page that shows how you dress people?",
        words_it="C’è una pagina che mostra come vesti le persone?",
        hint="Your own, or a friend's picture. Most people leave this empty.",
        hint_it="Tua, o la foto di un’amica. Quasi tutti lasciano vuoto.",
    ),
    QuestionDraft(
        kind=Kind.FILE,
        words="A picture of an outfit you put together",
        words_it="Una foto di un abbinamento che hai fatto",
    ),
)


def ask_questions(actor: Actor) -> None:
    """What whoever applies is asked, after the first question that every shop begins with."""
    for draft in QUESTIONS:
        ask(actor=actor, draft=draft)


REASONS = (
    (
        "No outfit",
        "We ask for an outfit for one person you know, and there was none. Come back with one.",
        "Chiediamo un abbinamento per una persona che conosci, e non c’era. Torna con uno.",
    ),
    (
        "Too many in this city",
        "There are more style editors in your city than its store can coach just now.",
        "Nella tua città gli style editor sono più di quanti il negozio possa seguire adesso.",
    ),
    (
        "Words for us, not for a person",
        "You tell us about our shop. Tell us about one person, and why these pieces.",
        "Ci parli del nostro negozio. Parlaci di una persona, e del perché di questi capi.",
    ),
)


def write_reasons(actor: Actor) -> None:
    """What the shop says when it is a no."""
    for name, sentence, sentence_it in REASONS:
        save_reason(actor=actor, name=name, sentence=sentence, sentence_it=sentence_it)


def invite_two(actor: Actor, today: datetime) -> None:
    """Two letters are out: one that waits, one that nobody answered in time."""
    letters = (
        (
            3,
            "Marta Colli",
            "marta.colli@demo.test",
            "You dressed half of the wedding at Lingotto. Would you do it here?",
        ),
        (
            20,
            "Davide Rossi",
            "davide.rossi@demo.test",
            "The jackets you repair deserve trousers. Ours, perhaps?",
        ),
    )
    for days_ago, name, email, words in letters:
        with clock.held_at(today - timedelta(days=days_ago)):
            invite(actor=actor, email=email, name=name, language="it", words=words)


def be_seen(today: datetime) -> None:
    """How often the page of the programme was opened in the last weeks, and the form begun."""
    for week, (seen, begun) in enumerate(
        ((41, 4), (38, 3), (52, 5), (29, 2), (33, 1), (47, 6), (25, 2), (31, 3))
    ):
        with clock.held_at(today - timedelta(weeks=week, hours=2)):
            count(SEEN, seen)
            count(BEGUN, begun)
