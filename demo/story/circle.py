"""The people move in: accounts, editors with their windows, looks, links, and those who wait for an answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from demo.portraits import FACES, portrait
from demo.story import worked_example
from demo.story.looks import CARRY_ON, LOOKS, TOGETHER, WORN, LookScript
from demo.story.people import APPLICANTS, EDITORS, PASSWORD, PEOPLE, Applicant, Person, StyleEditor
from editors.following.actions import ask_for_letters, follow
from editors.gatherings.actions import (
    GatheringDraft,
    add_item,
    choose_cover,
    make_gathering,
    pin_looks,
    publish_gathering,
)
from editors.links.actions import make_link, make_place, make_word
from editors.links.models import LinkPlace, LinkTarget
from editors.links.queries import link_of
from editors.looks.actions import LookDraft, PieceDraft, draft_look, publish_look
from editors.looks.card_queries import looks_of
from editors.looks.models import Season
from editors.looks.together import answer_invitation, invite_coauthor
from editors.membership.actions import apply, decide
from editors.membership.agreeing import accept_agreement
from editors.membership.standing import appoint_lead
from editors.profiles.actions import Said, change_profile, show_portrait
from editors.profiles.portraits import Portrait, keep_portrait
from editors.share.personal import give_code
from events.invites.actions import allow
from foundation import clock
from foundation.accounts import actions as accounts
from foundation.accounts.links import verify_token
from foundation.accounts.models import Account
from foundation.accounts.permissions import MOVES_MONEY, permissions_of
from foundation.actors import Actor
from foundation.files.sights import Sight

Products = dict[str, int]

GIULIAS_PLACES = (
    (LinkPlace.STORY, "Story, Sunday evening"),
    (LinkPlace.POST, "Post, packing for Genoa"),
    (LinkPlace.MESSAGE, "To Sofia"),
)
#: The code of her link to a collection of hers.
GIULIAS_WEEK = "weekbytrain"
#: Whose personal code takes off how many per cent.
CODES = {"giulia": 10, "amina": 10, "marta": 15}

#: Whose window has a cover, and whom the shopper follows.
COVERED = ("giulia", "amina", "davide", "noemi")
FOLLOWED = ("giulia", "amina", "davide")

HOUSE = Actor.system("the demo's story")


def invite(today: datetime) -> dict[str, Account]:
    """Make the log-ins; those who approve money get a second factor whose code the demo shows on its page."""
    made: dict[str, Account] = {}
    with clock.held_at(today - timedelta(days=200)):
        for person in PEOPLE:
            made[person.email] = _account(person.email, person.name, person.language)
            _employ(made[person.email], person)
    return made


def open_windows(today: datetime, desk: Actor, agreement: int, stores: dict[str, int]) -> dict[str, int]:
    """Each editor applies, is approved, agrees and furnishes a window; the ids by handle.

    `stores` are the ids by slug.
    """
    editors: dict[str, int] = {}
    for person in EDITORS:
        editors[person.handle] = _join(person, today, desk, agreement, stores)
    return editors


def hang_looks(today: datetime, editors: dict[str, int], products: Products) -> dict[str, str]:
    """Publish every look and make its link; the link codes by title. Each window gets a link of its own too."""
    codes: dict[str, str] = {}
    for number, script in enumerate(sorted(LOOKS, key=lambda one: -one.days_ago)):
        with clock.held_at(today - timedelta(days=script.days_ago, hours=3)):
            code = worked_example.CODE if script is CARRY_ON else f"look{number:02d}"
            codes[script.title] = _publish(script, editors, products, code)
    for person in EDITORS:
        with clock.held_at(today - timedelta(days=person.days_ago - 1)):
            make_link(
                actor=HOUSE,
                editor_id=editors[person.handle],
                target=LinkTarget.WINDOW,
                code=f"at{person.handle}",
            )
    return codes


def hand_out_kits(today: datetime, desk: Actor, editors: dict[str, int]) -> None:
    """Giulia's look went into a story, a post and a message to a friend, and has a word of its own; she and two
    more have a code that takes something off."""
    with clock.held_at(today - timedelta(days=20)):
        plain = link_of(editors["giulia"], worked_example.CODE)
        assert plain is not None
        mine = editors["giulia"]
        for place, name in GIULIAS_PLACES:
            make_place(actor=HOUSE, link_id=plain.id, editor_id=mine, place=place, name=name)
        make_word(actor=HOUSE, link_id=plain.id, editor_id=mine, typed="two-days-away")
        for handle, percent in CODES.items():
            give_code(
                actor=desk,
                editor_id=editors[handle],
                percent_bps=percent * 100,
                reason="A code for friends, for the season.",
            )


def furnish(editors: dict[str, int]) -> None:
    """The tour's editor gathers her looks under a name, with a link to them, and hangs one before the others."""
    giulia = editors["giulia"]
    looks = [look.id for look in looks_of(giulia, on_show_only=True)]
    draft = GatheringDraft(
        title="A week by train",
        title_it="Una settimana in treno",
        words="Everything that fits under the seat, and still looks like you on Friday.",
        words_it="Tutto ciò che entra sotto il sedile, e il venerdì ti somiglia ancora.",
    )
    gathering = make_gathering(actor=HOUSE, editor_id=giulia, draft=draft)
    for look_id in looks:
        add_item(actor=HOUSE, editor_id=giulia, gathering_id=gathering.id, look_id=look_id)
    publish_gathering(actor=HOUSE, editor_id=giulia, gathering_id=gathering.id)
    make_link(
        actor=HOUSE,
        editor_id=giulia,
        target=LinkTarget.GATHERING,
        gathering_id=gathering.id,
        code=GIULIAS_WEEK,
    )
    pin_looks(actor=HOUSE, editor_id=giulia, look_ids=looks[-1:])
    for handle in COVERED:
        mine = editors[handle]
        shown = [look for look in looks_of(mine, on_show_only=True) if look.editor_id == mine]
        choose_cover(actor=HOUSE, editor_id=mine, look_id=shown[len(shown) // 2].id)


def sit_for_portraits() -> dict[str, Portrait]:
    """A face for every editor, by handle. Call it outside of a transaction."""
    return {handle: keep_portrait(portrait(face), Sight.MIDDLE) for handle, face in FACES.items()}


def show_faces(editors: dict[str, int], faces: dict[str, Portrait]) -> None:
    """Each shows their face."""
    for handle, face in faces.items():
        show_portrait(actor=HOUSE, editor_id=editors[handle], portrait=face)


def follow_some(editors: dict[str, int], shopper: Account) -> None:
    """The shopper follows three of them, has a letter of it on Fridays, and may be invited to their evenings."""
    for handle in FOLLOWED:
        follow(actor=shopper.as_person(), account_id=shopper.id, editor_id=editors[handle])
    ask_for_letters(actor=shopper.as_person(), account_id=shopper.id, wanted=True)
    allow(actor=shopper.as_person(), account_id=shopper.id, wanted=True)


def let_wait(today: datetime, desk: Actor, products: Products) -> None:
    """Applications: some without an answer yet, one declined with its reason."""
    for applicant in APPLICANTS:
        with clock.held_at(today - timedelta(hours=applicant.hours_ago)):
            application_id = _apply(applicant, products)
        if applicant.declined_because:
            with clock.held_at(today - timedelta(hours=applicant.hours_ago - 30)):
                decide(
                    actor=desk,
                    application_id=application_id,
                    approve=False,
                    reply="Thank you for writing to us.",
                    reason=applicant.declined_because,
                )


def _join(person: StyleEditor, today: datetime, desk: Actor, agreement: int, stores: dict[str, int]) -> int:
    with clock.held_at(today - timedelta(days=person.days_ago + 3)):
        account = _account(person.email, person.name, person.language)
        application = apply(
            actor=account.as_person(),
            account_id=account.id,
            name=person.name,
            city=person.city,
            words=person.words,
            handle_wish=person.handle,
        )
    with clock.held_at(today - timedelta(days=person.days_ago)):
        editor = decide(
            actor=desk,
            application_id=application.id,
            approve=True,
            reply="Welcome. We look forward to your looks.",
        )
        assert editor is not None
        accept_agreement(
            actor=account.as_person(),
            editor_id=editor.id,
            version_id=agreement,
            language=person.language,
        )
        change_profile(
            actor=account.as_person(),
            editor_id=editor.id,
            said=Said(
                name=person.name,
                city=person.city,
                words=person.words,
                style=person.style,
                words_it=person.words_it,
                style_it=person.style_it,
                store_id=stores.get(person.store),
                specialities=person.good_at,
            ),
        )
        if person.lead:
            appoint_lead(actor=desk, editor_id=editor.id, reason="Leads the programme since its first day")
    return editor.id


def _publish(script: LookScript, editors: dict[str, int], products: Products, code: str) -> str:
    editor_id = editors[script.editor]
    season, styles = WORN.get(script.title, (Season.ALL, ()))
    draft = LookDraft(
        title=script.title,
        title_it=script.title_it,
        story=script.story,
        story_it=script.story_it,
        occasion=script.occasion,
        season=season,
        styles=styles,
        pieces=tuple(PieceDraft(products[handle], quantity) for handle, quantity in script.pieces),
    )
    look = draft_look(actor=HOUSE, editor_id=editor_id, draft=draft)
    if script.title in TOGETHER:
        other, share = TOGETHER[script.title]
        invite_coauthor(actor=HOUSE, look_id=look.id, editor_id=editor_id, handle=other, share_bps=share)
        answer_invitation(
            actor=HOUSE, look_id=look.id, editor_id=editors[other], accept=True, share_bps=share
        )
    publish_look(actor=HOUSE, look_id=look.id, editor_id=editor_id)
    return make_link(
        actor=HOUSE, editor_id=editor_id, target=LinkTarget.LOOK, look_id=look.id, code=code
    ).code


def _apply(applicant: Applicant, products: Products) -> int:
    account = _account(applicant.email, applicant.name, "en")
    application = apply(
        actor=account.as_person(),
        account_id=account.id,
        name=applicant.name,
        city=applicant.city,
        words=applicant.words,
        handle_wish=applicant.handle,
        answers={"pieces": [products[handle] for handle in applicant.outfit]},
    )
    return application.id


def _account(email: str, name: str, language: str) -> Account:
    account = accounts.sign_up(actor=HOUSE, email=email, password=PASSWORD, name=name, language=language)
    return accounts.verify_email(token=verify_token(account))


def _employ(account: Account, person: Person) -> None:
    for role in person.roles:
        accounts.grant_role(actor=HOUSE, account_id=account.id, role=role, reason="The demo's staff")
    if permissions_of(frozenset(person.roles)) & MOVES_MONEY:
        accounts.begin_second_factor(actor=HOUSE, account=account)
