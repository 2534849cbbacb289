"""The share kit of the studio: one link, what to say with it, and where it goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from babel import Locale
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from editors.links import actions, errors, queries
from editors.links.models import Link, LinkPlace, LinkTarget, columns_of
from editors.looks.page.buying import read_choices
from editors.looks.page.parts import rows_of_look
from editors.looks.queries import look_page
from editors.membership.features import Feature
from editors.membership.guards import current_editor, style_editor
from editors.membership.ports import refuse_without
from editors.share.asking import Said, address_of, own_link, said, want_cards, wanted_target
from editors.share.captioning import worded_for
from editors.share.captions import TONE_WORDS, caption
from editors.share.cards import SHEETS, SIZE_WORDS
from editors.share.disclosing import disclosure_for, disclosures
from editors.share.drawing import offer_of
from editors.share.health import lead_elsewhere
from editors.share.health_page import ailment
from editors.share.places import OFFERED, name_of, new_name
from editors.share.subjects import Subject, subject_of
from foundation.accounts.guards import current_person
from foundation.db import all_or_nothing
from foundation.errors import Invalid, Problem
from foundation.i18n import LANGUAGES, reader_language
from foundation.settings import current
from foundation.web.fields import REFUSED
from foundation.web.numbers import sent_number

bp = Blueprint("share", __name__, url_prefix="/studio/share")


@bp.post("")
@style_editor
def begin() -> Any:
    """The plain link to something, made now or made before, and its page: the first of three taps."""
    target, number = wanted_target(request.form.get("to", ""))
    link = actions.make_link(
        actor=current_person(),
        editor_id=current_editor().id,
        target=target,
        **columns_of(target, number),
    )
    want_cards(link)
    return redirect(url_for("share.kit", code=link.code), code=303)


@bp.get("/<code>")
@style_editor
def kit(code: str) -> str:
    """Everything to send with a link, on one screen of a phone."""
    return _page(own_link(code))


@bp.post("/<code>/place")
@style_editor
def place(code: str) -> Any:
    """A link of its own for this post, this story, that message."""
    sent = request.form.get("place", "")
    if sent not in set(OFFERED):
        raise Invalid()
    chosen = LinkPlace(sent)
    try:
        made = actions.make_place(
            actor=current_person(),
            link_id=own_link(code).id,
            editor_id=current_editor().id,
            place=chosen,
            name=new_name(chosen),
            after=sent_number("after"),
        )
    except (errors.TooManyPlaces, errors.NothingToShare) as refused:  # before it writes: the page stays
        flash(str(refused), "warn")
        return _on(code)
    want_cards(made)
    return _on(made.code)


@bp.post("/<code>/word")
@style_editor
def word(code: str) -> Any:
    """A link with a word of the editor's own; what is taken comes back with some that are free."""
    typed = request.form.get("word", "").strip()[:80]
    try:
        with all_or_nothing():
            made = actions.make_word(
                actor=current_person(),
                link_id=own_link(code).id,
                editor_id=current_editor().id,
                typed=typed,
            )
    except Problem as refused:
        instead = refused.instead if isinstance(refused, errors.WordTaken) else ()
        return _page(own_link(code), wrong=str(refused), typed=typed, instead=instead), refused.status
    want_cards(made)
    flash(gettext("The word is yours: it leads there from now on."), "good")
    return _on(made.code)


@bp.route("/<code>/bag", methods=["GET", "POST"])
@style_editor
def pack(code: str) -> Any:
    """Pack a bag: pieces of the look in the sizes of whoever gets the link, who still presses the button."""
    refuse_without(Feature.PACKED_BAGS, current_editor().id)
    link = own_link(code)
    look = look_page(link.look.slug) if link.look else None
    if look is None:
        flash(str(errors.NothingToShare()), "warn")
        return _on(code)
    rows, title = rows_of_look(look), link.title
    wrong = None
    if request.method == "POST":
        chosen = read_choices(rows, request.form)
        name = " ".join(request.form.get("name", "").split())[:50] or gettext("A packed bag")
        try:
            if not any(row.wrong for row in rows):
                made = actions.make_packed(  # refuses before it writes, so the rows read stay as they are
                    actor=current_person(),
                    link_id=link.id,
                    editor_id=current_editor().id,
                    pieces=[(one.variant_id, one.quantity) for one in chosen],
                    name=name,
                )
                want_cards(made)
                flash(gettext("The bag is packed. Whoever follows the link decides."), "good")
                return _on(made.code)
        except Problem as refused:
            wrong = str(refused)
    page = render_template(
        "editors/share/pack.html",
        code=code,
        title=title,
        rows=rows,
        wrong=wrong,
        typed=request.form.get("name", ""),
    )
    return (page, REFUSED) if request.method == "POST" else page


@bp.post("/<code>/name")
@style_editor
def rename(code: str) -> Any:
    """Call a link for a place something else."""
    typed = request.form.get("name", "")
    try:
        with all_or_nothing():
            actions.name_link(
                actor=current_person(), link_id=own_link(code).id, editor_id=current_editor().id, name=typed
            )
    except errors.NameTaken as refused:
        return _page(own_link(code), name_wrong=str(refused), name_typed=typed[:60]), refused.status
    return _on(code)


@bp.post("/<code>/lead")
@style_editor
def lead(code: str) -> Any:
    """Let a link lead to something better; its address stays."""
    target, number = wanted_target(request.form.get("to", ""))
    link = own_link(code)
    lead_elsewhere(
        actor=current_person(),
        link_id=link.id,
        editor_id=current_editor().id,
        target=target,
        target_id=number,
    )
    want_cards(link)
    flash(gettext("It leads there now. The address is the same, so nothing has to be sent again."), "good")
    return _on(code)


def _on(code: str) -> Any:
    return redirect(url_for("share.kit", code=code), code=303)


def _page(link: Link, **more: Any) -> str:
    editor = current_editor()
    subject, chosen, offer = subject_of(link, editor), said(), offer_of(editor.id)
    text = caption(
        subject,
        tone=chosen.tone,
        language=chosen.language,
        address=address_of(link),
        disclosure=disclosure_for(chosen.country).said_in(chosen.language),
        offer=offer,
        worded=worded_for(subject.target, chosen.tone),
    )
    return render_template(
        "editors/share/kit.html",
        editor=editor,
        link=link,
        title=_title(link, subject),
        subject=subject,
        address=address_of(link),
        shown_address=address_of(link).partition("://")[2],
        caption=text,
        chosen=chosen,
        offer=offer,
        ailment=ailment(link),
        choices=_choices(link, chosen),
        beside=[(one, name_of(one)) for one in _open_one_first(link, queries.links_beside(link))],
        offered=OFFERED,
        cards=[(size, SHEETS[size], words) for size, words in SIZE_WORDS.items()],
        asked={"words": chosen.language, "country": chosen.country},
        countries=sorted(
            ((one, _country(one)) for one in {*disclosures(), current().country}), key=lambda pair: pair[1]
        ),
        **more,
    )


def _open_one_first(link: Link, beside: Sequence[Link]) -> list[Link]:
    """On a phone the row of links moves sideways, and begins with where its reader is."""
    return sorted(beside, key=lambda one: one.id != link.id)


def _choices(link: Link, chosen: Said) -> dict[str, list[dict[str, Any]]]:
    """The rows of small choices over the caption, each a link to this page."""

    def here(**other: str) -> str:
        values: dict[str, Any] = {"words": chosen.language, "tone": chosen.tone, "country": chosen.country}
        values |= other
        return url_for("share.kit", code=link.code, **values)

    return {
        "tone": [
            {"label": words, "href": here(tone=tone), "on": tone is chosen.tone}
            for tone, words in TONE_WORDS.items()
        ],
        "words": [
            {"label": name, "href": here(words=code), "on": code == chosen.language, "lang": code}
            for code, name in LANGUAGES.items()
        ],
    }


def _title(link: Link, subject: Subject) -> str:
    if link.target == LinkTarget.WINDOW:
        return gettext("My window")
    return subject.title_in(reader_language()) or link.title


def _country(code: str) -> str:
    return str(Locale(reader_language()).territories.get(code, code))
