"""What membership knows of a person: their applications, and their window while they are a style editor."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from editors.membership.models import EditorStatus
from editors.membership.queries import editor_by_account
from editors.membership.standing import leave
from foundation.accounts.models import Account
from foundation.actors import Actor
from foundation.db import db
from foundation.privacy.chapters import Chapter, Person, forget_by, told

_TELL = text(
    """
    SELECT 'application' AS what, name, city, words, handle_wish AS handle, status, applied_at AS at, reply
    FROM editor_applications WHERE account_id = :account_id
    UNION ALL SELECT 'window', name, city, words, handle, status, joined_at, style
    FROM editors WHERE account_id = :account_id
    UNION ALL SELECT 'profile', '', '', array_to_string(specialities, ', '), '', '', joined_at, NULL
    FROM editors WHERE account_id = :account_id AND specialities <> '{}'
    UNION ALL SELECT 'address', '', '', '', claim.handle, '', claim.taken_at, NULL
    FROM handle_claims claim JOIN editors ON editors.id = claim.editor_id
    WHERE editors.account_id = :account_id
    UNION ALL SELECT 'answer', answer.asked, '', answer.said, '', '', application.applied_at, NULL
    FROM application_answers answer
    JOIN editor_applications application ON application.id = answer.application_id
    WHERE application.account_id = :account_id
    UNION ALL SELECT 'note of staff', '', '', note.words, '', '', note.at, NULL
    FROM application_notes note JOIN editor_applications application ON application.id = note.application_id
    WHERE application.account_id = :account_id
    UNION ALL SELECT 'appeal', '', '', appeal.words, '', appeal.granted::text, appeal.sent_at, appeal.reply
    FROM editor_appeals appeal JOIN editors ON editors.id = appeal.editor_id
    WHERE editors.account_id = :account_id
    UNION ALL SELECT 'agreement', 'version ' || version.number, '', '', '', accepted.language,
        accepted.accepted_at, NULL
    FROM agreement_acceptances accepted JOIN agreement_versions version ON version.id = accepted.version_id
    JOIN editors ON editors.id = accepted.editor_id
    WHERE editors.account_id = :account_id
    ORDER BY at
    """
)
_FORGET = (
    text(
        """
        UPDATE editor_applications SET name = '', city = '', words = '', handle_wish = '', answers = '{}',
            reply = NULL, reason = NULL
        WHERE account_id = :account_id AND status <> 'applied'
        """
    ),
    text(
        """
        DELETE FROM application_answers USING editor_applications application
        WHERE application.id = application_id AND application.account_id = :account_id
        """
    ),
    text(
        """
        DELETE FROM application_notes USING editor_applications application
        WHERE application.id = application_id AND application.account_id = :account_id
        """
    ),
    text(
        """
        UPDATE editor_appeals SET words = '', reply = NULL FROM editors
        WHERE editors.id = editor_id AND editors.account_id = :account_id
        """
    ),
    text("DELETE FROM editor_applications WHERE account_id = :account_id AND status = 'applied'"),
    # The number stays, because the books refer to it; the address stays taken, so that nobody else is
    # reached by links that were shared.
    text(
        """
        UPDATE editors SET name = '', city = '', words = '', words_it = NULL, style = '', style_it = NULL,
            portrait_key = NULL, portrait_large_key = NULL, store_id = NULL, specialities = '{}',
            shows_sizes = false, lead_since = NULL,
            end_reason = NULL
        WHERE account_id = :account_id
        """
    ),
)


def in_the_way(person: Person) -> str | None:
    """The lead hands the circle over first."""
    editor = editor_by_account(person.account_id)
    if editor is not None and editor.lead_since is not None and editor.status == EditorStatus.ACTIVE:
        return _("You lead the style editors: somebody has to take over first.")
    return None


def forget(person: Person) -> None:
    editor = editor_by_account(person.account_id)
    if editor is not None and editor.on_show:
        label = db.session.get_one(Account, person.account_id).label
        leave(actor=Actor.person(person.account_id, label), editor_id=editor.id)
    forget_by(_FORGET, person)


CHAPTER = Chapter(
    name="style_editor",
    title=_l("You as a style editor"),
    promise=_l(
        "So that people know whose looks they see. You leave the circle, your window closes, and your looks "
        "are no longer shown; your links still lead to the shop, without credit to anybody."
    ),
    tables=(
        "editor_applications",
        "application_answers",
        "application_notes",
        "editor_appeals",
        "agreement_acceptances",
        "editors",
        "handle_claims",
    ),
    tell=lambda person: told(_TELL, person),
    forget=forget,
    obstacle=in_the_way,
)
