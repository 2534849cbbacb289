"""Following and letting go. Not audited: it is nobody's business, and nothing happens to money or stock."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from editors.following.errors import OwnWindow
from editors.following.models import Follow, FollowLetter
from editors.following.queries import LETTER_LOOKS, looks_untold
from editors.membership.errors import NoSuchEditor
from editors.membership.queries import editor_by_id
from foundation import clock
from foundation.accounts.queries import account_by_id
from foundation.actors import Actor
from foundation.db import db
from foundation.mail.actions import post

LETTER = "editors/following/mail/looks.txt"


def follow(*, actor: Actor, account_id: int, editor_id: int) -> None:
    """See what an editor puts together from now on. Twice is once.

    Raises `NoSuchEditor` for one who is not on show, `OwnWindow`.
    """
    editor = editor_by_id(editor_id)
    if editor is None or not editor.on_show:
        raise NoSuchEditor()
    if editor.account_id == account_id:
        raise OwnWindow()
    db.session.execute(
        insert(Follow)
        .values(account_id=account_id, editor_id=editor_id, since=clock.now())
        .on_conflict_do_nothing()
    )


def unfollow(*, actor: Actor, account_id: int, editor_id: int) -> None:
    """Let go; letting go of nobody is fine. Editors who left can be let go of too."""
    db.session.execute(delete(Follow).where(Follow.account_id == account_id, Follow.editor_id == editor_id))


def ask_for_letters(*, actor: Actor, account_id: int, wanted: bool) -> None:
    """Begin the weekly letter with what comes from now on, or stop it."""
    if wanted:
        db.session.execute(
            insert(FollowLetter)
            .values(account_id=account_id, told_until=clock.now())
            .on_conflict_do_nothing()
        )
    else:
        db.session.execute(delete(FollowLetter).where(FollowLetter.account_id == account_id))


def write_letter(*, account_id: int) -> bool:
    """Tell somebody of the looks since the last letter, and whether there were any.

    Under a lock of their wish: two workers write one letter, and nobody who took the wish back gets one.
    """
    wish = db.session.scalars(
        select(FollowLetter).where(FollowLetter.account_id == account_id).with_for_update()
    ).one_or_none()
    account = account_by_id(account_id)
    if wish is None or account is None:
        return False
    now = clock.now()
    looks = looks_untold(account_id, wish.told_until, now)
    if not looks:
        return False
    post(
        to=account.email,
        language=account.language,
        template=LETTER,
        looks=[(look.name_in(account.language), look.editor, look.slug) for look in looks[:LETTER_LOOKS]],
        more=max(0, len(looks) - LETTER_LOOKS),
    )
    wish.told_until = now
    db.session.flush()
    return True
