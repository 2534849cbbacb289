"""What an editor does best next, from what is true in their studio; three things at most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext

from editors.links.models import Link, LinkTarget
from editors.looks.cards import LookCard
from editors.looks.models import LookStatus
from editors.studio.queries import GonePiece
from foundation.i18n import pick

MOST = 3


@dataclass(frozen=True)
class Step:
    """A line of "Do next": what, why, and the button that leads there."""

    title: str
    text: str
    href: str
    act: str


def next_steps(looks: Sequence[LookCard], links: Sequence[Link], gone: Sequence[GonePiece]) -> list[Step]:
    """First what keeps people from buying, then what is half done, then what nobody knows of yet."""
    steps = [_swap(piece) for piece in gone]
    steps += [_finish(look) for look in looks if look.status == LookStatus.DRAFT and look.pieces]
    linked = {link.look_id for link in links if link.target == LinkTarget.LOOK}
    steps += [_share(look) for look in looks if look.status == LookStatus.PUBLISHED and look.id not in linked]
    if not any(look.status == LookStatus.PUBLISHED for look in looks):
        steps.append(_begin())
    return steps[:MOST]


def _swap(piece: GonePiece) -> Step:
    name: Any = pick(piece.title, piece.title_it)
    return Step(
        gettext("Swap a piece in %(look)s", look=piece.look_title),
        gettext("%(piece)s is sold out in every size. The rest can still be bought.", piece=name),
        url_for("studio_canvas.canvas", look_id=piece.look_id),
        gettext("Open"),
    )


def _finish(look: LookCard) -> Step:
    return Step(
        gettext("Finish %(look)s", look=look.title or gettext("your draft")),
        gettext("It is a draft: only you see it."),
        url_for("studio_looks.edit", look_id=look.id),
        gettext("Go on"),
    )


def _share(look: LookCard) -> Step:
    return Step(
        gettext("Share %(look)s", look=look.name),
        gettext("It is on show, but it has no link of yours yet. Only what comes by a link counts."),
        url_for("studio_links.links", look=look.id),
        gettext("Make a link"),
    )


def _begin() -> Step:
    return Step(
        gettext("Put a look together"),
        gettext("Two to five pieces are plenty. Say where you would wear it; that is what sells."),
        url_for("studio_looks.new"),
        gettext("Begin"),
    )
