"""What the share kit knows of a person: the links they made, what they call them, and their codes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, forget_by, told

_TELL = text(
    """
    SELECT links.code, links.target, links.place, links.name, links.status, links.created_at,
           (SELECT coalesce(
                jsonb_agg(jsonb_build_object('code', code, 'given_at', given_at) ORDER BY id), '[]')
            FROM personal_codes WHERE editor_id = editors.id) AS personal_codes
    FROM links JOIN editors ON editors.id = links.editor_id
    WHERE editors.account_id = :account_id ORDER BY links.id
    """
)
_MINE = "editor_id IN (SELECT id FROM editors WHERE account_id = :account_id)"
_FORGET = (
    # Names may be of people: "to my sister". The code stays, because clicks and receipts refer to it.
    text(f"UPDATE links SET name = code WHERE name <> '' AND {_MINE}"),
    text(
        f"""
        UPDATE vouchers SET status = 'paused'
        WHERE id IN (SELECT voucher_id FROM personal_codes WHERE {_MINE})
        """
    ),
    # Cards carry their name; a file that no row names is taken away.
    text(f"DELETE FROM share_cards WHERE link_id IN (SELECT id FROM links WHERE {_MINE})"),
    text(f"DELETE FROM page_cards WHERE look_id IN (SELECT id FROM looks WHERE {_MINE})"),
    text(f"UPDATE personal_codes SET ended_at = now() WHERE ended_at IS NULL AND {_MINE}"),
)

CHAPTER = Chapter(
    name="links",
    title=_l("Links and codes of yours"),
    promise=_l(
        "So that what you share leads somewhere and is yours. What you call a link is forgotten, your code "
        "ends; the address of a link stays and leads to the shop, because the books refer to it."
    ),
    tables=("links", "personal_codes"),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_by(_FORGET, person),
)
