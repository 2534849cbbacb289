"""Giving editors a code of their own: a voucher for those who type it, a claim for the editor."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from editors.membership.features import Feature
from editors.membership.models import Editor, EditorStatus
from editors.membership.ports import withheld_from
from editors.share import errors
from editors.share.models import PersonalCode
from editors.share.queries import codes_given, personal_code
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows
from storefront.promotions.actions import VoucherDraft, make_voucher, pause_voucher
from storefront.promotions.errors import CodeTaken
from storefront.promotions.models import Voucher, VoucherStatus
from storefront.promotions.policy import Kind, spelled
from storefront.promotions.queries import voucher_by_id

#: Twins of a name: GIULIA10, GIULIA10B, GIULIA10C, ...
ENDINGS = ("", *"BCDEFGH")


def give_code(*, actor: Actor, editor_id: int, percent_bps: int, reason: str, code: str = "") -> PersonalCode:
    """An active editor's code takes so much off for whoever types it; the one before ends.

    Without a `code` it is made of handle and percentage. Orders that hold the code before keep it.

    Raises `NobodyToGive`, `OnlyForGroups` for an editor who may not try codes yet, and `CodeTaken` for a code
    that is a voucher's already.
    """
    if Feature.PERSONAL_CODES in withheld_from(editor_id):
        raise errors.OnlyForGroups()
    locked = lock_rows(Editor, [editor_id])
    if not locked or locked[0].status != EditorStatus.ACTIVE:
        raise errors.NobodyToGive()
    before = personal_code(editor_id)
    if before is not None:
        _end(actor, before, reason)
    voucher = _voucher(
        actor, [spelled(code)] if code else _made_of(locked[0], percent_bps), percent_bps, reason
    )
    given = PersonalCode(
        editor_id=editor_id,
        voucher_id=voucher.id,
        code=voucher.code,
        percent_bps=percent_bps,
        given_at=clock.now(),
    )
    db.session.add(given)
    db.session.flush()
    audit.record(
        actor=actor,
        action="share.give_code",
        subject=("editor", editor_id),
        reason=reason,
        after={"code": given.code, "percent_bps": percent_bps},
    )
    return given


def give_all(*, actor: Actor, percent_bps: int, reason: str) -> int:
    """Every active editor who has no code gets one, but for who may not try codes yet; how many that were."""
    without = [editor.id for editor, code, _ in codes_given() if code is None]
    return _give_each(actor, without, percent_bps, reason)


def give_group(*, actor: Actor, editor_ids: Set[int], percent_bps: int, reason: str) -> int:
    """These editors, as far as they are active, have a code that takes so much off; how many got another one.

    Whose code takes off as much already keeps it; who may not try codes yet gets none.
    """
    wanted = [
        editor.id
        for editor, code, _ in codes_given()
        if editor.id in editor_ids and (code is None or code.percent_bps != percent_bps)
    ]
    return _give_each(actor, wanted, percent_bps, reason)


def _give_each(actor: Actor, editor_ids: Sequence[int], percent_bps: int, reason: str) -> int:
    given = [one for one in sorted(editor_ids) if Feature.PERSONAL_CODES not in withheld_from(one)]
    for editor_id in given:
        give_code(actor=actor, editor_id=editor_id, percent_bps=percent_bps, reason=reason)
    return len(given)


def end_code(*, actor: Actor, editor_id: int, reason: str) -> None:
    """Nobody can use an editor's code from now on. Raises `NobodyToGive` when there is none."""
    lock_rows(Editor, [editor_id])
    code = personal_code(editor_id)
    if code is None:
        raise errors.NobodyToGive()
    _end(actor, code, reason)
    audit.record(
        actor=actor,
        action="share.end_code",
        subject=("editor", editor_id),
        reason=reason,
        before={"code": code.code},
    )


def _end(actor: Actor, code: PersonalCode, reason: str) -> None:
    code.ended_at = clock.now()
    if voucher_by_id(code.voucher_id).status == VoucherStatus.ACTIVE:
        pause_voucher(actor=actor, voucher_id=code.voucher_id, reason=reason)
    db.session.flush()


def _voucher(actor: Actor, codes: list[str], percent_bps: int, reason: str) -> Voucher:
    for code in codes:
        draft = VoucherDraft(code=code, kind=Kind.PERCENT, percent_bps=percent_bps)
        try:
            return make_voucher(actor=actor, draft=draft, reason=reason)
        except CodeTaken:
            continue
    raise CodeTaken()


def _made_of(editor: Editor, percent_bps: int) -> list[str]:
    name = re.sub(r"[^A-Z0-9]", "", editor.handle.upper())
    return [f"{name}{percent_bps // 100}{ending}" for ending in ENDINGS]
