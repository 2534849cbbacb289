"""One of each thing of the programme, so that every page of it can be read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from editors.agreements.actions import write_draft
from editors.briefs.actions import BriefDraft, write_brief
from editors.cohorts.actions import CohortDraft, save_cohort
from editors.gatherings.actions import GatheringDraft, add_item, make_gathering, publish_gathering
from editors.invitations.actions import invite
from editors.looks.card_queries import looks_of
from editors.membership.actions import apply
from editors.membership.agreeing import accept_agreement, publish_agreement
from editors.membership.queries import answers_to, editor_by_handle
from editors.membership.standing import appoint_lead
from editors.questions.answers import Answered
from editors.questions.models import Kind
from editors.questions.queries import questions_asked
from editors.review.actions import save_reason
from editors.tiers.actions import TierDraft, save_tier
from foundation import clock
from foundation.actors import Actor
from foundation.db import db
from foundation.files.private import keep_private
from foundation.mail.models import Message
from tests.editors.conftest import STAFF, make_account

A_WEEK = timedelta(days=7)
PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n%%EOF\n"


def programme_values() -> dict[str, dict[str, Any]]:
    """What each route with arguments is read with; to be called in a unit of work."""
    question = questions_asked()[0]
    account = make_account("Ines Moreau")
    application = apply(
        actor=Actor.person(account, "Ines Moreau"),
        account_id=account,
        name="Ines Moreau",
        city="Milano",
        words="I alter dresses for friends.",
        handle_wish="ines",
        said=[
            Answered(question.id, Kind.FILE, "A paper", None, "paper.pdf", None, keep_private(PDF, "paper"))
        ],
    )
    answer = answers_to(application.id)[0]
    reason = save_reason(actor=STAFF, name="Early", sentence="Too early.", sentence_it=None)
    invite(actor=STAFF, email="marta@example.test", name="Marta", language="en", words="Come.")
    letter = db.session.scalars(select(Message.text).where(Message.recipient == "marta@example.test")).one()
    token = letter.partition("/editors/invitation/")[2].split()[0]
    words = {"words": "Honest.", "words_it": "Onesti.", "news": "", "news_it": ""}
    write_draft(actor=STAFF, **words)
    version = publish_agreement(actor=STAFF, old_holds_until=clock.now() + A_WEEK, reason="First.")
    editor = editor_by_handle("giulia")
    assert editor is not None
    accept_agreement(actor=STAFF, editor_id=editor.id, version_id=version.id, language="en")
    steps = {"perks": "", "perks_it": None, "looks_needed": 1, "orders_needed": 1}
    tier = save_tier(actor=STAFF, draft=TierDraft(name="First", name_it=None, **steps))
    appoint_lead(actor=STAFF, editor_id=editor.id, reason="Her turn.")
    day = clock.now().date()
    draft = BriefDraft(
        title="Rain", title_it=None, words="Layers.", words_it=None, first_day=day, last_day=day
    )
    brief = write_brief(actor=STAFF, editor_id=editor.id, draft=draft)
    group = CohortDraft(
        name="First", name_it=None, words="Try.", words_it=None, cap=3, first_day=day, last_day=day
    )
    cohort = save_cohort(actor=STAFF, draft=group)
    giulia = editor_by_handle("giulia")
    assert giulia is not None
    gathered = make_gathering(actor=STAFF, editor_id=giulia.id, draft=GatheringDraft(title="Ten days"))
    add_item(
        actor=STAFF,
        editor_id=giulia.id,
        gathering_id=gathered.id,
        look_id=looks_of(giulia.id, on_show_only=True)[0].id,
    )
    publish_gathering(actor=STAFF, editor_id=giulia.id, gathering_id=gathered.id)
    return {
        "programme_cohorts.cohort": {"cohort_id": cohort.id},
        "programme_tiers.tier": {"tier_id": tier.id},
        "briefs.edit": {"brief_id": brief.id},
        "window.gathering": {"handle": "giulia", "slug": "ten-days"},
        "studio_gatherings.gathering": {"gathering_id": gathered.id},
        "agreement.version": {"number": version.number},
        "programme_agreement.version": {"number": version.number},
        "programme_review.reason": {"reason_id": reason.id},
        "invitations.show": {"token": token},
        "questions_staff.question": {"question_id": question.id},
        "membership_staff.file": {"application_id": application.id, "answer_id": answer.id},
    }
