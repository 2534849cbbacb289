"""What is typed for whoever advised: an editor's handle, the code of a link of theirs, their personal code.

All three at a till; in the shop online the personal code, which is a voucher that took something off, and the
code that the guests of their event have.
"""

from __future__ import annotations

from commissions.claims.policy import Candidate, ClaimKind, same_mailbox
from commissions.claims.ports import host_of_code
from editors.links.policy import LONGEST_CODE
from editors.links.queries import link_by_code
from editors.membership.models import Editor, EditorStatus
from editors.membership.queries import editor_by_handle, editor_by_id, editor_who_had
from editors.share.queries import owner_of_code
from foundation.accounts.queries import account_by_id
from storefront.orders.queries import Sale
from storefront.till.ports import Credited
from storefront.till.queries import who_rang_up


class Codes:
    """What a till asks of us (`storefront.till.ports`)."""

    def of_code(self, typed: str) -> Credited | None:
        """Whose code that is, as long as they are an active editor."""
        found = _editor_of(typed)
        if found is None or found[0].status != EditorStatus.ACTIVE:
            return None
        return Credited(typed.strip().lower()[:40], found[0].name)


def typed_code(sale: Sale) -> Candidate | None:
    """The claim of the code that was typed for an order; None when there was none, or it is nobody's.

    Whoever rings an order up cannot credit themselves: they would earn on every customer of their counter.
    """
    found = _editor_of(sale.credit_code) if sale.credit_code else _editor_saving(sale)
    if found is None:
        return None
    editor, link_id, look_id = found
    account = account_by_id(editor.account_id)
    own = editor.account_id == sale.account_id
    return Candidate(
        kind=ClaimKind.CODE,
        editor_id=editor.id,
        at=sale.checkout_began_at,
        last_at=sale.checkout_began_at,
        active=editor.status == EditorStatus.ACTIVE,
        buyer=own or (account is not None and same_mailbox(account.email, sale.email)),
        seller=sale.visit_id is not None and who_rang_up(sale.visit_id) == editor.account_id,
        link_id=link_id,
        look_id=look_id,
    )


def _editor_of(typed: str) -> tuple[Editor, int | None, int | None] | None:
    """The editor a code names, and the link and look it is the code of, if it is one."""
    code = typed.strip().lower().removeprefix("@")
    editor = editor_by_handle(code) if code else None
    if editor is not None:
        return editor, None, None
    personal = owner_of_code(typed) if code else None
    if personal is not None:
        return personal, None, None
    hit = link_by_code(code) if code and len(code) <= LONGEST_CODE else None
    if hit is None:  # perhaps a handle they had when the card was printed
        editor = editor_who_had(code) if code else None
        return (editor, None, None) if editor else None
    editor = editor_by_id(hit.editor_id)
    return (editor, hit.link_id, hit.look_id) if editor else None


def _editor_saving(sale: Sale) -> tuple[Editor, None, None] | None:
    """The editor whose personal code, or the code of whose event, took something off. Another voucher that is
    spelled like somebody's handle is nobody's."""
    owner = next((one for one in map(_owner_of, sale.voucher_codes) if one is not None), None)
    return (owner, None, None) if owner else None


def _owner_of(code: str) -> Editor | None:
    host = host_of_code(code)
    return editor_by_id(host) if host is not None else owner_of_code(code)
