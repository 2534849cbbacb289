from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from sqlalchemy.exc import IntegrityError

from editors.gatherings.queries import gathering_by_id
from editors.links import errors, queries
from editors.links.models import (
    LINK_MOVES,
    LONGEST_NAME,
    Link,
    LinkPlace,
    LinkStatus,
    LinkTarget,
    columns_of,
)
from editors.links.policy import MOST_PLACES, may_be_chosen, plain_word, word_fits, words_instead
from editors.looks.authors.queries import credit_split
from editors.looks.queries import look_by_id
from editors.membership.features import Feature
from editors.membership.models import Editor
from editors.membership.policy import handle_shape
from editors.membership.ports import refuse_without
from editors.membership.queries import editor_by_id
from foundation import clock, ids
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows, unless_taken
from storefront.catalog.models import ProductStatus
from storefront.catalog.queries import products_by_ids
from storefront.collections.queries import collections_by_ids

CODE_LENGTH = 7
TRIES = 8
OFFERED = 3
ONE_NAME = "uq_links_editor_id_target"
ONE_WORD = ("uq_links_code", "uq_links_shape")


def make_link(
    *,
    actor: Actor,
    editor_id: int,
    target: LinkTarget,
    look_id: int | None = None,
    product_id: int | None = None,
    collection_id: int | None = None,
    gathering_id: int | None = None,
    name: str = "",
    place: LinkPlace = LinkPlace.ANYWHERE,
    code: str | None = None,
) -> Link:
    """The editor's link of that name to a target: the one that is out already, or a new one.

    A paused link of that name is resumed. `code` is for the demo, which wants the same every time.
    Raises `NothingToShare` for what the public does not see,
    and for a look or a gathering that is not theirs; and `TooManyPlaces`.
    """
    target_id = look_id or product_id or collection_id or gathering_id
    check_on_show(editor_id, target, target_id)
    existing = queries.link_to(editor_id, target, target_id, name)
    if existing is not None:
        if existing.status == LinkStatus.PAUSED:
            return resume_link(actor=actor, link_id=existing.id, editor_id=editor_id)
        return existing
    _check_room(editor_id, target, target_id)
    for _ in range(TRIES):
        link = _link(editor_id, target, target_id, name, place, code or ids.code(CODE_LENGTH))
        try:
            with db.session.begin_nested():
                db.session.add(link)
                db.session.flush()
        except IntegrityError:
            # Either the code was drawn before, or another tab made the same link a moment ago.
            made = queries.link_to(editor_id, target, target_id, name)
            if made is not None:
                return made
            continue
        audit.record(actor=actor, action="links.make", subject=("link", link.id), after={"code": link.code})
        return link
    raise RuntimeError(f"{TRIES} codes in a row were taken: make CODE_LENGTH longer.")


def make_place(
    *, actor: Actor, link_id: int, editor_id: int, place: LinkPlace, name: str, after: int | None = None
) -> Link:
    """A link of its own for one post, story or message, to where another link of the editor leads.

    A `name` that is taken gets a number. `after` is the newest link that was seen when this was asked for: a
    link for that place made since is what was asked for, by a second tap on the button; no other is made.
    Raises as `make_link`, and `NoSuchLink` for somebody else's.
    """
    link = _own(link_id, editor_id)
    target = LinkTarget(link.target)
    beside = queries.links_beside(link)
    for one in beside:
        if after is not None and one.id > after and one.place == place:
            return one
    taken = {one.name for one in beside}
    stem = name[: LONGEST_NAME - 5]
    names = (stem if number == 1 else f"{stem} ({number})" for number in count(1))
    return make_link(
        actor=actor,
        editor_id=editor_id,
        target=target,
        **columns_of(target, link.target_id),
        name=next(one for one in names if one not in taken),
        place=place,
    )


def make_word(*, actor: Actor, link_id: int, editor_id: int, typed: str) -> Link:
    """A link to where another link of the editor leads, with a word of their own for its code.

    Raises `WordUnfit`; `WordTaken`, with some that are free, for words of the shop, of another editor or of
    a link, and for what looks like one; `TooManyPlaces`, `NothingToShare`, `NoSuchLink`.
    """
    link = _own(link_id, editor_id)
    target, target_id = LinkTarget(link.target), link.target_id
    editor = editor_by_id(editor_id)
    word = plain_word(typed)
    if editor is None or not word_fits(word):
        raise errors.WordUnfit()
    check_on_show(editor_id, target, target_id)
    existing = queries.link_of(editor_id, word)
    if existing is not None and (existing.target, existing.target_id) == (target, target_id):
        return existing
    shape = handle_shape(word)
    own = shape == editor.handle_shape
    if not may_be_chosen(word, editor.handle) or (not own and shape in queries.words_like([shape])):
        raise _taken(word, editor)
    _check_room(editor_id, target, target_id)
    made = _link(editor_id, target, target_id, word, LinkPlace.OTHER, word)
    made.shape = shape
    with unless_taken(errors.NameTaken, ONE_NAME), unless_taken(lambda: _taken(word, editor), *ONE_WORD):
        db.session.add(made)
        db.session.flush()
    audit.record(actor=actor, action="links.make", subject=("link", made.id), after={"code": made.code})
    return made


def make_packed(
    *, actor: Actor, link_id: int, editor_id: int, pieces: Sequence[tuple[int, int]], name: str
) -> Link:
    """A link to a bag with these sizes of pieces of the look another link of the editor leads to, each with
    how many. A `name` that is taken gets a number.

    Raises `NothingPacked` without pieces or for what is no look, `PilotOnly` for who may not try it yet, and
    as `make_place`.
    """
    refuse_without(Feature.PACKED_BAGS, editor_id)
    link = _own(link_id, editor_id)
    if not pieces or link.target != LinkTarget.LOOK:
        raise errors.NothingPacked()
    made = make_place(actor=actor, link_id=link_id, editor_id=editor_id, place=LinkPlace.OTHER, name=name)
    made.pieces = [(variant_id, quantity) for variant_id, quantity in pieces]
    db.session.flush()
    return made


def name_link(*, actor: Actor, link_id: int, editor_id: int, name: str) -> Link:
    """Call a link for a place something else; raises `NameTaken`, and `NoSuchLink` for the plain one, too."""
    link = _own(link_id, editor_id)
    wanted = " ".join(name.split())[:LONGEST_NAME]
    if not link.name or not wanted:
        raise errors.NoSuchLink()
    with unless_taken(errors.NameTaken, ONE_NAME):
        link.name = wanted
        db.session.flush()
    audit.record(actor=actor, action="links.name", subject=("link", link.id), after={"name": wanted})
    return link


def pause_link(*, actor: Actor, link_id: int, editor_id: int) -> Link:
    """Let a link rest; raises `NoSuchLink` for somebody else's, `IllegalMove` when it rests already."""
    return _move(actor, link_id, editor_id, LinkStatus.PAUSED, "links.pause")


def resume_link(*, actor: Actor, link_id: int, editor_id: int) -> Link:
    return _move(actor, link_id, editor_id, LinkStatus.ACTIVE, "links.resume")


def _move(actor: Actor, link_id: int, editor_id: int, end: LinkStatus, action: str) -> Link:
    link = _own(link_id, editor_id)
    LINK_MOVES.move(link, end)
    audit.record(actor=actor, action=action, subject=("link", link.id))
    db.session.flush()
    return link


def _own(link_id: int, editor_id: int) -> Link:
    """The editor's own link, locked."""
    locked = lock_rows(Link, [link_id])
    if not locked or locked[0].editor_id != editor_id:
        raise errors.NoSuchLink()
    return locked[0]


def _link(
    editor_id: int, target: LinkTarget, target_id: int | None, name: str, place: LinkPlace, code: str
) -> Link:
    return Link(
        code=code,
        editor_id=editor_id,
        target=target,
        **columns_of(target, target_id),
        name=name,
        place=place,
        created_at=clock.now(),
    )


def _taken(word: str, editor: Editor) -> errors.WordTaken:
    """The refusal, with the first few words beside it that are free."""
    instead = list(words_instead(word, editor.handle, clock.now().year))
    used = queries.words_like([handle_shape(one) for one in instead])
    free = [one for one in instead if handle_shape(one) not in used]
    return errors.WordTaken(free[:OFFERED])


def _check_room(editor_id: int, target: LinkTarget, target_id: int | None) -> None:
    if len(queries.names_of_links(editor_id, target, target_id)) >= MOST_PLACES:
        raise errors.TooManyPlaces()


def check_on_show(editor_id: int, target: LinkTarget, target_id: int | None) -> None:
    """Raises `NothingToShare` for what the public does not see, or what is somebody else's."""
    if target is LinkTarget.LOOK:
        look = look_by_id(target_id or 0)
        if look is None or editor_id not in credit_split(look.id) or not look.on_show:
            raise errors.NothingToShare()
    if target is LinkTarget.PRODUCT:
        found = products_by_ids([target_id or 0])
        if not found or found[0].status != ProductStatus.ACTIVE:
            raise errors.NothingToShare()
    if target is LinkTarget.COLLECTION:
        collections = collections_by_ids([target_id or 0])
        if not collections or not collections[0].is_shown(clock.now()):
            raise errors.NothingToShare()
    if target is LinkTarget.GATHERING:
        gathering = gathering_by_id(target_id or 0)
        if gathering is None or gathering.editor_id != editor_id or not gathering.on_show:
            raise errors.NothingToShare()
