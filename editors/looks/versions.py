"""What a look was: kept when it went on show or changed there, and brought back as a new version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy.dialects.postgresql import insert

from editors.looks import errors, piece_queries, queries
from editors.looks.canvas.scene import CaptionThing, Face, Ink, PieceThing, Scene, scene_of, spot_of
from editors.looks.laying import follow
from editors.looks.models import Look, LookVersion
from editors.looks.writing import ask_for_picture, check_ready, count_in_looks, locked_look, worn_by
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db

WORDS = ("title", "title_it", "story", "story_it", "occasion", "season")


@dataclass(frozen=True, slots=True)
class Restored:
    """The look, and how many pieces stayed out because they left the shop."""

    look: Look
    left_out: int


def keep_version(look: Look) -> None:
    """Remember a look as it is now, once for each of its versions."""
    db.session.flush()
    content = {
        **{name: getattr(look, name) for name in WORDS},
        "styles": list(look.styles),
        "quantities": {str(piece.product_id): piece.quantity for piece in look.pieces},
        **scene_of(look.ground, look.pieces, look.captions).as_dict(),
    }
    values = {
        "look_id": look.id,
        "number": look.version,
        "made_at": clock.now(),
        "content": content,
        "photo_key": look.photo_key,
    }
    db.session.execute(insert(LookVersion).values(values).on_conflict_do_nothing())


@contextmanager
def another_version(look: Look) -> Iterator[None]:
    """What is done to a locked look inside makes its next version; one on show remembers this and the next.

    One on show must be fit to be shown afterwards, too: raises `LookUnready`.
    """
    worn = worn_by(look)
    if look.on_show:
        keep_version(look)
    yield
    db.session.flush()
    look.version += 1
    look.changed_at = clock.now()
    if look.on_show:
        check_ready(look)
        ask_for_picture(look)
        count_in_looks(worn | worn_by(look))
        keep_version(look)


def restore_version(*, actor: Actor, look_id: int, editor_id: int, version: int, number: int) -> Restored:
    """Make a look what it was, as a new version. What left the shop since stays out, unless it is in it now.

    Raises `NoSuchLook`, `LookChanged` when `version` is not the stored one, `LookUnready` for one on show.
    """
    look = locked_look(look_id, editor_id)
    if look.version != version:
        raise errors.LookChanged()
    kept = queries.look_version(look_id, number)
    if kept is None:
        raise errors.NoSuchLook()
    keep_version(look)
    content = kept.content
    scene = scene_in(content)
    there = worn_by(look) | piece_queries.products_on_sale(scene.lying)
    things = tuple(one for one in scene.things if not isinstance(one, PieceThing) or one.product_id in there)
    bought = {int(product_id): quantity for product_id, quantity in content["quantities"].items()}
    beyond = {one: max(0, bought.get(one, 1) - len(places)) for one, places in scene.lying.items()}
    with another_version(look):
        for name in WORDS:
            setattr(look, name, content[name])
        look.styles = list(content["styles"])
        look.photo_key = kept.photo_key
        follow(look, Scene(scene.ground, things), beyond)
    keep_version(look)
    audit.record(
        actor=actor,
        action="looks.restore",
        subject=("look", look.id),
        after={"version": look.version, "restored": number},
    )
    return Restored(look, len(set(scene.lying) - there))


def scene_in(content: Mapping[str, Any]) -> Scene:
    """The scene that a kept version holds."""
    return Scene(
        content["ground"],
        tuple(
            PieceThing(one["product"], spot_of(one))
            if one["kind"] == "piece"
            else CaptionThing(one["text"], Face(one["face"]), Ink(one["ink"]), spot_of(one))
            for one in content["things"]
        ),
    )
