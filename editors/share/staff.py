"""What links have to say of advertising, country by country, at the desk of the staff."""

from __future__ import annotations

from typing import Any

from babel import Locale
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from editors.share import actions
from editors.share.disclosing import disclosures
from editors.share.disclosures import ELSEWHERE, LONGEST, OF_COUNTRY, Disclosure
from editors.share.forms import DisclosureForm
from editors.share.queries import written_disclosures
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.i18n import reader_language
from foundation.settings import current
from foundation.web.fields import REFUSED

bp = Blueprint("share_staff", __name__, url_prefix="/staff/disclosures")


@bp.get("")
@permitted(Permission.EDITORS_MANAGE)
def index() -> str:
    """Every country with a sentence of its own, and one open to be changed."""
    known = disclosures()
    chosen = request.args.get("country", current().country)
    said = known.get(chosen, ELSEWHERE)
    form = DisclosureForm(country=chosen, sentence=said.sentence, sentence_it=said.sentence_it)
    return _page(form)


@bp.post("")
@permitted(Permission.EDITORS_MANAGE)
def write() -> Any:
    """Say it so in a country, or again as the house knows it."""
    form = DisclosureForm()
    country = form.country.data or ""
    if country not in _names():
        form.country.data = current().country
        form.validate()
        return _page(form), REFUSED
    if request.form.get("do") == "known":
        actions.drop_disclosure(actor=current_staff(), country=country)
        flash(gettext("%(country)s has the sentence of the house again.", country=_names()[country]), "good")
        return redirect(url_for("share_staff.index", country=country), code=303)
    if not form.validate():
        return _page(form), REFUSED
    said = Disclosure(" ".join(form.sentence.data.split()), " ".join(form.sentence_it.data.split()))
    actions.write_disclosure(actor=current_staff(), country=country, said=said)
    flash(gettext("Said so in %(country)s from now on.", country=_names()[country]), "good")
    return redirect(url_for("share_staff.index", country=country), code=303)


def _page(form: DisclosureForm) -> str:
    names, written = _names(), written_disclosures()
    known = disclosures()
    return render_template(
        "editors/share/disclosures.html",
        form=form,
        name=names.get(form.country.data or "", ""),
        rows=sorted(((names.get(one, one), one, said, one in written) for one, said in known.items())),
        countries=sorted(names.items(), key=lambda pair: pair[1]),
        written=form.country.data in written,
        known=form.country.data in OF_COUNTRY,
        longest=LONGEST,
        language=reader_language(),
    )


def _names() -> dict[str, str]:
    """Every country by its two letters, in the reader's language."""
    territories = Locale(reader_language()).territories
    return {code: str(name) for code, name in territories.items() if len(code) == 2 and code.isalpha()}
