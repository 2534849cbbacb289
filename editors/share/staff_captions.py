"""What captions are made of, tone by tone, at the desk of the staff."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from editors.links.models import LinkTarget
from editors.share import actions
from editors.share.captioning import worded_for
from editors.share.captions import (
    LONGEST_WORDS,
    TONE_WORDS,
    Tone,
    Worded,
    caption,
    checked,
    house_words,
    may_stand,
)
from editors.share.disclosing import disclosure_for
from editors.share.errors import CaptionUnfit
from editors.share.forms import CaptionForm
from editors.share.queries import captions_written
from editors.share.subjects import Subject
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.files.storage import outside_url
from foundation.i18n import LANGUAGES
from foundation.settings import current
from foundation.web.fields import REFUSED

bp = Blueprint("share_captions", __name__, url_prefix="/staff/captions")

KINDS: dict[LinkTarget, Any] = {
    LinkTarget.LOOK: _l("Looks"),
    LinkTarget.GATHERING: _l("Collections of editors"),
    LinkTarget.PRODUCT: _l("Single pieces"),
    LinkTarget.COLLECTION: _l("Collections of the shop"),
    LinkTarget.WINDOW: _l("Windows"),
}
STANDS_FOR: dict[str, Any] = {
    "title": _l("the name of what is shared; of a window, its editor’s"),
    "pieces": _l("the first four pieces of the look; the rest are counted"),
    "story": _l("what its editor or the shop says of it; a line that stays empty is left out"),
    "link": _l("the address; needed, once"),
}
# Somebody's look, as it could be: the preview is of words, and the same whatever hangs in the shop.
SAMPLE = {
    "title": "Carry-on only",
    "title_it": "Solo bagaglio a mano",
    "story": "Two days, one bag, no iron.",
    "story_it": "Due giorni, una borsa, niente ferro da stiro.",
    "pieces": (
        ("Corso denim jacket", "Giacca di jeans Corso"),
        ("Sera silk blouse", "Blusa di seta Sera"),
        ("Lido linen trousers", "Pantaloni di lino Lido"),
        ("Vico loafers", "Mocassini Vico"),
        ("Porto tote", "Borsa Porto"),
    ),
}


@bp.get("")
@permitted(Permission.EDITORS_MANAGE)
def index() -> str:
    """The words for one kind of link in one tone, with what they make."""
    target, tone = _chosen(request.args)
    worded = worded_for(target, tone)
    return _page(target, tone, CaptionForm(formdata=None, data=_typed(worded)), worded)


@bp.post("")
@permitted(Permission.EDITORS_MANAGE)
def write() -> Any:
    """Say it so from now on, or as the house says it; or look first what it would make."""
    target, tone = _chosen(request.form)
    here = url_for("share_captions.index", to=target, tone=tone)
    if request.form.get("do") == "house":
        actions.drop_caption(actor=current_staff(), target=target, tone=tone)
        flash(gettext("The words of the house count again."), "good")
        return redirect(here, code=303)
    form = CaptionForm()
    worded = Worded(form.words.data or "", form.words_it.data or "")
    if not form.validate() or not _fits(form, target):
        return _page(target, tone, form, None), REFUSED
    if request.form.get("do") == "preview":
        return _page(target, tone, form, worded)
    actions.write_caption(actor=current_staff(), target=target, tone=tone, said=worded)
    flash(gettext("Captions made from now on say this."), "good")
    return redirect(here, code=303)


def _page(target: LinkTarget, tone: Tone, form: CaptionForm, worded: Worded | None) -> str:
    written = captions_written()
    return render_template(
        "editors/share/captions.html",
        form=form,
        target=target,
        tone=tone,
        kinds=[_tab(words, one is target, to=one, tone=tone) for one, words in KINDS.items()],
        tones=[_tab(words, one is tone, to=target, tone=one) for one, words in TONE_WORDS.items()],
        stands=[(f"{{{one}}}", STANDS_FOR[one]) for one in may_stand(target)],
        previews=[
            (language, name, _made(target, tone, worded, language)) for language, name in LANGUAGES.items()
        ]
        if worded
        else [],
        written=(target, tone) in written,
        own=[
            (f"{words}, {str(TONE_WORDS[each]).lower()}", url_for("share_captions.index", to=kind, tone=each))
            for kind, words in KINDS.items()
            for each in Tone
            if (kind, each) in written
        ],
        house=house_words(target, tone),
        longest=LONGEST_WORDS,
    )


def _made(target: LinkTarget, tone: Tone, worded: Worded, language: str) -> str:
    tidy = Worded(checked(worded.words, target), checked(worded.words_it, target))
    return caption(
        Subject(target, **SAMPLE),  # type: ignore[arg-type]
        tone=tone,
        language=language,
        address=outside_url("/go/weekend"),
        disclosure=disclosure_for(current().country).said_in(language),
        worded=tidy,
    )


def _fits(form: CaptionForm, target: LinkTarget) -> bool:
    for field in (form.words, form.words_it):
        try:
            checked(field.data or "", target)
        except CaptionUnfit as refused:
            field.errors = (*field.errors, str(refused))
    return not form.errors


def _chosen(asked: Any) -> tuple[LinkTarget, Tone]:
    target, tone = asked.get("to", ""), asked.get("tone", "")
    return (
        LinkTarget(target) if target in set(LinkTarget) else LinkTarget.LOOK,
        Tone(tone) if tone in set(Tone) else Tone.WARM,
    )


def _typed(worded: Worded) -> dict[str, str]:
    return {"words": worded.words, "words_it": worded.words_it}


def _tab(words: Any, here: bool, *, to: LinkTarget, tone: Tone) -> dict[str, Any]:
    return {"label": words, "href": url_for("share_captions.index", to=to, tone=tone), "current": here}
