"""What an editor does best next, from what is true in their studio; three things at most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from typing import Any

from flask import url_for
from flask_babel import gettext

from editors.links.models import Link, LinkTarget
from editors.looks.cards import LookCard
from editors.looks.models import LookStatus
from editors.membership.models import Editor
from editors.studio.queries import GonePiece
from foundation import clock
from foundation.i18n import pick

MOST = 3
LONG = timedelta(days=30)  # without a new look on show


class Weight(IntEnum):
    """What comes first: money, what keeps people from buying, what is half done, what nobody knows of."""

    MONEY = 10
    GONE = 20
    DRAFT = 30
    UNSHARED = 40
    UNSOLD = 50
    WORDS = 60
    NEW = 70


@dataclass(frozen=True)
class Step:
    """A line of "Do next": what, why, the button that leads there, and how much it matters."""

    title: str
    text: str
    href: str
    act: str
    weight: Weight


def next_steps(
    editor: Editor,
    looks: Sequence[LookCard],
    links: Sequence[Link],
    gone: Sequence[GonePiece],
    others: Iterable[Step] = (),
    ails: Mapping[int, str] | None = None,
) -> list[Step]:
    """The three that matter most; `others` are those of packages above (slot `studio.steps`), `ails` says of
    links by id what is wrong with them."""
    shown = [look for look in looks if look.status == LookStatus.PUBLISHED]
    linked = {link.look_id for link in links if link.target == LinkTarget.LOOK}
    steps = [_swap(piece) for piece in gone]
    steps += [_lead(link, ails[link.id]) for link in links if ails and link.id in ails]
    steps += [_finish(look) for look in looks if look.status == LookStatus.DRAFT and look.pieces]
    steps += [_share(look) for look in shown if look.id not in linked]
    steps += [*others, *_say_more(editor)]
    if not shown:
        steps.append(_begin())
    elif all(look.published_at and clock.now() - look.published_at > LONG for look in shown):
        steps.append(_again())
    return sorted(steps, key=lambda step: step.weight)[:MOST]


def _swap(piece: GonePiece) -> Step:
    name: Any = pick(piece.title, piece.title_it)
    if piece.sold:
        why = gettext("%(piece)s is sold out in every size. The rest can still be bought.", piece=name)
    else:
        why = gettext("%(piece)s is no longer sold. The rest can still be bought.", piece=name)
    return Step(
        gettext("Swap a piece in %(look)s", look=pick(piece.look_title, piece.look_title_it)),
        why,
        url_for("studio_canvas.canvas", look_id=piece.look_id),
        gettext("Open"),
        Weight.GONE,
    )


def _lead(link: Link, wrong: str) -> Step:
    return Step(
        gettext("Let your link to %(thing)s lead elsewhere", thing=link.title),
        wrong,
        url_for("share.kit", code=link.code),
        gettext("Choose"),
        Weight.GONE,
    )


def _finish(look: LookCard) -> Step:
    return Step(
        gettext("Finish %(look)s", look=look.title or gettext("your draft")),
        gettext("It is a draft: only you see it."),
        url_for("studio_looks.edit", look_id=look.id),
        gettext("Go on"),
        Weight.DRAFT,
    )


def _share(look: LookCard) -> Step:
    return Step(
        gettext("Share %(look)s", look=look.name),
        gettext("It is on show, but it has no link of yours yet. Only what comes by a link counts."),
        url_for("studio_links.links", look=look.id),
        gettext("Make a link"),
        Weight.UNSHARED,
    )


def _begin() -> Step:
    return Step(
        gettext("Put a look together"),
        gettext("Two to five pieces are plenty. Say where you would wear it; that is what sells."),
        url_for("studio_looks.new"),
        gettext("Begin"),
        Weight.NEW,
    )


def _again() -> Step:
    return Step(
        gettext("Put a new look together"),
        gettext("The last one went on show more than thirty days ago. Who follows you has seen it."),
        url_for("studio_looks.new"),
        gettext("Begin"),
        Weight.NEW,
    )


def _say_more(editor: Editor) -> list[Step]:
    if editor.words.strip():
        return []
    return [
        Step(
            gettext("Say who you are"),
            gettext("Your window has no words yet. People buy from somebody they know a little."),
            url_for("profiles.profile"),
            gettext("Write"),
            Weight.WORDS,
        )
    ]
