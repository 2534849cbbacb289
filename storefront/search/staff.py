from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.i18n import LANGUAGES, language_name, reader_language
from foundation.web.fields import REFUSED
from foundation.web.numbers import not_beyond, page_number
from storefront.search import actions
from storefront.search.errors import SameTerm, SynonymExists
from storefront.search.filters import Filters, address
from storefront.search.forms import SynonymForm
from storefront.search.queries import misses as missed_words
from storefront.search.queries import synonyms_of

bp = Blueprint("search_staff", __name__, url_prefix="/staff")


@bp.get("/synonyms")
@permitted(Permission.CATALOGUE_EDIT)
def synonyms() -> str:
    """The words of one language that mean the same, and the form for two more."""
    term = request.args.get("term", "")[:60]
    return _synonyms(_language(), SynonymForm(language=_language(), term=term))


@bp.post("/synonyms")
@permitted(Permission.CATALOGUE_EDIT)
def add_synonym() -> Response | tuple[str, int]:
    """Let two terms find the same."""
    form = SynonymForm()
    if form.validate():
        try:
            made = actions.add_synonym(
                actor=current_staff(),
                language=form.language.data,
                term=form.term.data,
                other=form.other.data,
            )
        except (SameTerm, SynonymExists) as refusal:
            form.other.errors = (refusal.sentence,)
        else:
            flash(_("“%(one)s” and “%(other)s” find the same now.", one=made.term, other=made.other), "good")
            return redirect(url_for("search_staff.synonyms", language=made.language), 303)
    return _synonyms(_language(form.language.data), form), REFUSED


@bp.post("/synonyms/<int:synonym_id>/remove")
@permitted(Permission.CATALOGUE_EDIT)
def remove_synonym(synonym_id: int) -> Response:
    """Two terms are two things again."""
    term, other = actions.remove_synonym(actor=current_staff(), synonym_id=synonym_id)
    flash(_("“%(one)s” and “%(other)s” are two things again.", one=term, other=other), "good")
    return redirect(url_for("search_staff.synonyms", language=_language()), 303)


@bp.get("/searches")
@permitted(Permission.CATALOGUE_EDIT)
def misses() -> str:
    """What people looked for and no piece has: how often, when last, and what they were shown instead."""
    page = page_number()
    rows, more = missed_words(page)
    not_beyond(page, rows)
    return render_template(
        "storefront/search/staff/misses.html",
        rows=[(row, address(Filters(text=row.words)), language_name(row.language)) for row in rows],
        page=page,
        more=more,
        kept_days=actions.KEPT_DAYS,
    )


@bp.post("/searches/<int:miss_id>/forget")
@permitted(Permission.CATALOGUE_EDIT)
def forget_miss(miss_id: int) -> Response:
    """Somebody has seen to it."""
    actions.forget_miss(actor=current_staff(), miss_id=miss_id)
    flash(_("Off the list. It comes back when somebody asks again in vain."), "good")
    return redirect(url_for("search_staff.misses"), 303)


def _language(wished: str | None = None) -> str:
    wished = wished or request.args.get("language", "")
    return wished if wished in LANGUAGES else reader_language()


def _synonyms(language: str, form: SynonymForm) -> str:
    return render_template(
        "storefront/search/staff/synonyms.html",
        rows=synonyms_of(language),
        language=language,
        languages={code: language_name(code) for code in LANGUAGES},
        form=form,
    )
