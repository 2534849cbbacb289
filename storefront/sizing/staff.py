"""`/staff/sizes`: the size guides of the shop, each for a department, a brand or single pieces."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.audit.queries import history
from foundation.web.fields import REFUSED, stripped
from foundation.web.tabs import tabs
from storefront.catalog.cards import picture_card
from storefront.catalog.categories import path_name, to_choose
from storefront.catalog.queries import departments, products_by_ids
from storefront.catalog.size_guide import SizeGuide as ShownGuide
from storefront.catalog.size_guide import size_guide
from storefront.search.queries import find_products
from storefront.sizing import actions
from storefront.sizing.drafts import GuideDraft
from storefront.sizing.errors import BothChanged, RangeTaken, TooManyPieces
from storefront.sizing.forms import GuideForm, NewForm
from storefront.sizing.meanwhile import told
from storefront.sizing.models import SizeGuide
from storefront.sizing.policy import Reach, without_row
from storefront.sizing.queries import (
    brands,
    draft_of,
    guide_by_id,
    guides,
    guides_of_pieces,
    piece_counts,
    pieces_of,
    sizes_worn,
)
from storefront.sizing.showing import copied, said_of

FOUND = 12

bp = Blueprint("sizing_staff", __name__, url_prefix="/staff/sizes")


@bp.get("")
@permitted(Permission.CATALOGUE_EDIT)
def guide_list() -> str:
    """Every size guide in use, or every one put away."""
    ended = request.args.get("state") == "away"
    counts = piece_counts()
    names = {False: _("In use"), True: _("Put away")}
    return render_template(
        "storefront/sizing/staff/guides.html",
        rows=[(guide, _for(guide, counts.get(guide.id, 0)), _span(guide)) for guide in guides(ended)],
        tabs=tabs(
            names, ended, lambda key: url_for("sizing_staff.guide_list", state="away" if key else None)
        ),
        ended=ended,
    )


@bp.get("/new")
@permitted(Permission.CATALOGUE_EDIT)
def new() -> str:
    """The form of a new size guide."""
    return _new_page(NewForm(formdata=None))


@bp.post("/new")
@permitted(Permission.CATALOGUE_EDIT)
def create() -> Response | tuple[str, int]:
    """Make it, with the table of another one where that was asked for."""
    form = NewForm()
    known = _offer_new(form)
    valid = form.validate()
    reach = Reach(form.reach.data) if form.reach.data in list(Reach) else Reach.RANGE
    if valid and (reach == Reach.PIECES or form.for_something()):
        begun = next((one for one in known if str(one.id) == form.begins.data), None)
        ranged = reach == Reach.RANGE
        draft = copied(
            begun,
            name=str(form.name.data),
            category=(form.category.data or "") if ranged else "",
            vendor=(form.vendor.data or "") if ranged else "",
        )
        try:
            made = actions.make_guide(actor=current_staff(), reach=reach, draft=draft)
        except RangeTaken as taken:
            form.category.errors = (str(taken),)
        else:
            flash(
                _("%(name)s is there now. Shoppers see it as soon as it has sizes.", name=made.name), "good"
            )
            return _to(made.id)
    return _new_page(form), REFUSED


@bp.get("/<int:guide_id>")
@permitted(Permission.CATALOGUE_EDIT)
def guide(guide_id: int) -> str:
    """One size guide: its table to type in, as shoppers see it, and what happened to it."""
    found = guide_by_id(guide_id)
    return _page(found, GuideForm.of(draft_of(found), seen=found.seen))


@bp.post("/<int:guide_id>")
@permitted(Permission.CATALOGUE_EDIT)
def change(guide_id: int) -> Response | tuple[str, int] | str:
    """Give it more lines, fill it from a spreadsheet, or keep it, with what somebody else kept meanwhile."""
    found, form = guide_by_id(guide_id), GuideForm()
    form.offer(_departments(found.category))
    if "more" in request.form:
        form.lengthen()
        return _page(found, form)
    if "fill" in request.form:
        filled = form.take_in()
        return _page(found, form) if filled else (_page(found, form), REFUSED)
    draft = _draft(found, form)
    if draft is None:
        return _page(found, form), REFUSED
    try:
        meanwhile = actions.change_guide(
            actor=current_staff(),
            guide_id=guide_id,
            seen=form.was_seen,
            draft=draft,
            was=form.was_draft,
        )
    except BothChanged as both:
        again = GuideForm.of(both.merged.draft, seen=both.seen, was=both.now)
        again.offer(_departments(both.now.category))
        told_of = [told(again, one) for one in both.merged.collisions]
        return _page(guide_by_id(guide_id), again, meanwhile=told_of), both.status
    except RangeTaken as taken:
        form.category.errors = (str(taken),)
        return _page(guide_by_id(guide_id), form), REFUSED
    flash(_("Kept, beside what somebody else changed meanwhile.") if meanwhile else _("Kept."), "good")
    return _to(guide_id)


@bp.post("/<int:guide_id>/standing")
@permitted(Permission.CATALOGUE_EDIT)
def stand(guide_id: int) -> Response:
    """Put it away, or take it out again."""
    found = guide_by_id(guide_id)
    if request.form.get("to") == "away":
        actions.put_away(actor=current_staff(), guide_id=guide_id)
        flash(
            _("%(name)s is put away. Its pieces show the next guide that fits them.", name=found.name), "good"
        )
        return _to(guide_id)
    try:
        actions.bring_back(actor=current_staff(), guide_id=guide_id)
    except RangeTaken as taken:
        flash(str(taken), "bad")
    else:
        flash(_("%(name)s counts again.", name=found.name), "good")
    return _to(guide_id)


@bp.post("/<int:guide_id>/pieces")
@permitted(Permission.CATALOGUE_EDIT)
def pieces(guide_id: int) -> Response:
    """Hang a piece in it, or take one out."""
    number = request.form.get("product_id", "")
    known = products_by_ids([int(number)] if number.isdecimal() and len(number) < 18 else [])
    out = request.form.get("to") == "out"
    for product in known:
        try:
            act = actions.remove_piece if out else actions.add_piece
            act(actor=current_staff(), guide_id=guide_id, product_id=product.id)
        except TooManyPieces as full:
            flash(str(full), "bad")
    return redirect(
        url_for(
            "sizing_staff.guide",
            guide_id=guide_id,
            q=request.form.get("q", "")[:80] or None,
            _anchor="pieces",
        ),
        303,
    )


def _draft(found: SizeGuide, form: GuideForm) -> GuideDraft | None:
    """What was filled in, or None for what is wrong; told beside the fields."""
    reach = Reach(found.reach)
    right = form.validate() and form.complete()
    if reach == Reach.RANGE and not form.for_something():
        right = False
    return form.draft(reach) if right else None


def _page(found: SizeGuide, form: GuideForm, *, meanwhile: Sequence[tuple[str, str]] = ()) -> str:
    form.offer(_departments(found.category))
    for_pieces = found.reach == Reach.PIECES
    typed = stripped(request.args.get("q", "")[:80]) or ""
    held = pieces_of(found.id) if for_pieces else []
    results = [
        one for one in (find_products(typed, FOUND) if for_pieces and typed else []) if one not in held
    ]
    worn = sizes_worn(found.id)
    lacking = without_row(list(worn), [row.size for row in found.rows])
    return render_template(
        "storefront/sizing/staff/guide.html",
        guide=found,
        form=form,
        for_pieces=for_pieces,
        said_for=_for(found, len(held)),
        wrongs=_wrongs(form),
        meanwhile=meanwhile,
        shown=_shown(found),
        worn=worn,
        lacking=[(size, worn[size]) for size in lacking],
        typed=typed,
        results=results,
        elsewhere=guides_of_pieces([one.id for one in results]),
        held=held,
        covers={one.id: picture_card(one, one.cover) for one in (*held, *results)},
        brands=brands(),
        history=history("size_guide", found.id, limit=20),
    )


def _new_page(form: NewForm) -> str:
    _offer_new(form)
    return render_template("storefront/sizing/staff/new.html", form=form, brands=brands())


def _offer_new(form: NewForm) -> list[SizeGuide]:
    form.offer(_departments())
    known = list(guides(False))
    form.offer_tables(known)
    return known


def _departments(kept: str = "") -> list[tuple[str, str]]:
    """Those with pieces, those we know, and the one that was `kept`, which may be neither by now."""
    return to_choose(key for key in (kept, *(key for key, _number in departments())) if key)


def _shown(found: SizeGuide) -> ShownGuide | None:
    return size_guide(said_of(found))


def _for(found: SizeGuide, held: int) -> str:
    """Which pieces it is for, in a line."""
    if found.reach == Reach.PIECES:
        return ngettext("%(num)s piece", "%(num)s pieces", held)
    return ", ".join(
        name for name in (found.vendor, path_name(found.category) if found.category else "") if name
    )


def _span(found: SizeGuide) -> str:
    """Its sizes in a line: the first, the last, and how many."""
    if not found.rows:
        return _("none yet")
    number = ngettext("%(num)s size", "%(num)s sizes", len(found.rows))
    if len(found.rows) == 1:
        return f"{found.rows[0].size} ({number})"
    return f"{found.rows[0].size} – {found.rows[-1].size} ({number})"


def _wrongs(form: GuideForm) -> list[tuple[str, str, str]]:
    """Where to jump, the name of the field, and what is wrong with it."""
    wrongs = [
        (one.id, str(one.label.text), str(one.errors[0]))
        for one in form
        if one.name not in ("measures", "rows") and one.errors
    ]
    for column in form.columns:
        wrongs += [(one.id, str(one.label.text), str(one.errors[0])) for one in column if one.errors]
    for row in form.sizes:
        named = {cell.name: column.name.data for cell, column in zip(row.cells, form.columns, strict=False)}
        wrongs += [
            (
                one.id,
                " ".join(filter(None, (row.size.data, named.get(one.name)))) or _("Size"),
                str(one.errors[0]),
            )
            for one in row
            if one.errors
        ]
    return wrongs


def _to(guide_id: int) -> Response:
    return redirect(url_for("sizing_staff.guide", guide_id=guide_id), 303)
