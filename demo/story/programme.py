"""How the shop runs its circle of style editors: what it asks of whoever applies."""

from __future__ import annotations

from editors.questions.actions import QuestionDraft, ask
from editors.questions.models import Kind
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
