"""Keeping links well: what leads nowhere good is written down, and leads elsewhere in one tap."""

from __future__ import annotations

from itertools import count

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.dialects.postgresql import insert

from editors.links.actions import ONE_NAME, check_on_show
from editors.links.errors import NameTaken, NoSuchLink
from editors.links.models import LONGEST_NAME, Link, LinkTarget, columns_of
from editors.links.queries import names_of_links
from editors.share.models import LinkFinding
from editors.share.queries import problems_of
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows, unless_taken


def check_links(*where: ColumnElement[bool]) -> int:
    """Write down which of these links (without a condition: of all) lead nowhere good, and forget those that
    are well again; how many do."""
    found = problems_of(*where)
    meant = select(Link.id).where(*where)
    db.session.execute(
        delete(LinkFinding).where(LinkFinding.link_id.in_(meant), LinkFinding.link_id.not_in(list(found)))
    )
    if found:
        now = clock.now()
        rows = [{"link_id": one, "problem": problem, "found_at": now} for one, problem in found.items()]
        wanted = insert(LinkFinding)
        db.session.execute(
            wanted.on_conflict_do_update(
                index_elements=["link_id"], set_={"problem": wanted.excluded.problem}
            ),
            rows,
        )
    return len(found)


def lead_elsewhere(
    *, actor: Actor, link_id: int, editor_id: int, target: LinkTarget, target_id: int | None
) -> Link:
    """Let a link that is out lead to something else: its address stays, what was counted stays as it was.

    A packed bag is packed no longer. Raises `NoSuchLink` for somebody else's and `NothingToShare`.
    """
    locked = lock_rows(Link, [link_id])
    if not locked or locked[0].editor_id != editor_id:
        raise NoSuchLink()
    link = locked[0]
    check_on_show(editor_id, target, target_id)
    taken = names_of_links(editor_id, target, target_id)
    stem = (link.name or link.code)[: LONGEST_NAME - 5]
    names = (stem if number == 1 else f"{stem} ({number})" for number in count(1))
    before = {"target": link.target, "id": link.target_id}
    with unless_taken(NameTaken, ONE_NAME):
        if link.name in taken:
            link.name = next(one for one in names if one not in taken)
        link.target = target
        for column, value in columns_of(target, target_id).items():
            setattr(link, column, value)
        link.pieces = None
        db.session.flush()
    db.session.execute(delete(LinkFinding).where(LinkFinding.link_id == link_id))
    audit.record(
        actor=actor,
        action="links.lead_elsewhere",
        subject=("link", link_id),
        before=before,
        after={"target": link.target, "id": target_id},
    )
    return link
