"""The agreement of the demo's circle: a first version everybody accepted, and a newer one."""

from __future__ import annotations

from datetime import datetime, timedelta

from editors.agreements.actions import write_draft
from editors.membership.agreeing import accept_agreement, publish_agreement
from editors.membership.queries import without_agreement
from foundation import clock
from foundation.actors import Actor

WORDS = """### What you do

- You put looks together from our rails, for people you know.
- You say that you earn a commission **wherever** you share a look.
- You never say that somebody else's work is yours.

### What we do

- We pay your commission once a month, and every cent has a receipt.
- We never ask how many people follow you, and we rank nobody by it.

### How it ends

You can leave on any day; so can we, with a reason. What you earned stays yours.
"""
WORDS_IT = """### Che cosa fai tu

- Componi look con i nostri capi, per persone che conosci.
- Dici che guadagni una commissione **ovunque** condividi un look.
- Non dici mai che è tuo il lavoro di un altro.

### Che cosa facciamo noi

- Ti paghiamo la commissione una volta al mese, e ogni centesimo ha una ricevuta.
- Non ti chiediamo mai quanti ti seguono, e non facciamo classifiche.

### Come finisce

Puoi lasciare in qualsiasi giorno; anche noi, con un motivo. Quello che hai guadagnato resta tuo.
"""
MORE = "\nIf we end it, you may ask for a second look, and somebody else decides.\n"
MORE_IT = "\nSe terminiamo noi, puoi chiedere un secondo sguardo, e decide un’altra persona.\n"


def publish_first(actor: Actor, today: datetime) -> int:
    """The version everybody begins with; its id."""
    with clock.held_at(today - timedelta(days=195)):
        write_draft(actor=actor, words=WORDS, words_it=WORDS_IT, news="", news_it="")
        return publish_agreement(actor=actor, old_holds_until=clock.now(), reason="The first one").id


def publish_second(actor: Actor, today: datetime, waiting: int) -> None:
    """A newer version, which all but one editor (`waiting`, by id) accepted since."""
    with clock.held_at(today - timedelta(days=6)):
        write_draft(
            actor=actor,
            words=WORDS + MORE,
            words_it=WORDS_IT + MORE_IT,
            news="Whoever is removed may ask for a second look.",
            news_it="Chi viene rimosso può chiedere un secondo sguardo.",
        )
        until = today + timedelta(days=24)
        version = publish_agreement(actor=actor, old_holds_until=until, reason="A second look for everybody")
    for number, (editor, account) in enumerate(without_agreement(version.id)):
        if editor.id == waiting:
            continue
        with clock.held_at(today - timedelta(days=5, hours=-7 * number)):
            accept_agreement(
                actor=account.as_person(),
                editor_id=editor.id,
                version_id=version.id,
                language=account.language,
            )
