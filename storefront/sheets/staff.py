"""`/staff/products/import`: bring a product file in, see how far it is, stop it, take it up again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as Answer

from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.audit.acts import part_of
from foundation.errors import Problem
from foundation.spreadsheets import defused
from foundation.streams import streamed
from foundation.web.fields import REFUSED
from foundation.web.numbers import not_beyond, page_number, pages_of
from foundation.web.uploads import MEGABYTE, takes_files
from storefront.sheets import actions
from storefront.sheets.errors import ImportNotFound
from storefront.sheets.faults import Fault, FileRefused, said
from storefront.sheets.forms import ImportForm
from storefront.sheets.models import ImportRun, ImportStatus
from storefront.sheets.queries import (
    PROBLEMS_PAGE,
    every_problem,
    last_runs,
    problem_count,
    problems,
    run_by_id,
    run_under_way,
)
from storefront.sheets.queries import (
    Problem as LeftOut,
)
from storefront.sheets.uploading import LARGEST, looked_at, ticked_before_the_file

STATUSES: dict[str, tuple[Any, str]] = {
    ImportStatus.WAITING: (lazy_gettext("waits for a worker"), ""),
    ImportStatus.RUNNING: (lazy_gettext("is being read"), "warn"),
    ImportStatus.STOPPED: (lazy_gettext("stopped half-way"), "warn"),
    ImportStatus.DONE: (lazy_gettext("done"), "good"),
    ImportStatus.FAILED: (lazy_gettext("failed"), "bad"),
}
# By the quarters of the rows that are read.
QUARTERS = (
    "",
    lazy_gettext("A quarter of the rows is read."),
    lazy_gettext("Half of the rows are read."),
    lazy_gettext("Three quarters of the rows are read."),
    lazy_gettext("All rows are read."),
)

bp = Blueprint("sheets_staff", __name__, url_prefix="/staff/products/import")


@bp.get("")
@permitted(Permission.CATALOGUE_EDIT)
def imports() -> str:
    """The form, and the last imports."""
    return _page(ImportForm())


@bp.post("")
@permitted(Permission.CATALOGUE_EDIT)
@takes_files(LARGEST)
def bring_in() -> Answer | tuple[str, int]:
    """Keep the file for a worker; what is no product file is refused before anything is kept."""
    try:
        form = ImportForm()
    except RequestEntityTooLarge as error:  # only while it was read, and only without a token to look for
        return too_large(error)
    if not form.validate():
        return _page(form), REFUSED
    leaves_stock = bool(form.leave_stock.data)
    try:
        upload = looked_at(form.file.data.stream, leaves_stock=leaves_stock)
        run = actions.begin_import(
            actor=current_staff(),
            name=str(form.file.data.filename),
            digest=upload.digest,
            size=upload.size,
            leaves_stock=leaves_stock,
            pieces=upload.pieces(),
        )
    except (FileRefused, Problem) as refused:
        form.file.errors = (str(refused),)
        return _page(form), REFUSED
    return redirect(url_for("sheets_staff.run", run_id=run.id), 303)


@bp.errorhandler(RequestEntityTooLarge)
@permitted(Permission.CATALOGUE_EDIT)
def too_large(error: RequestEntityTooLarge) -> tuple[str, int]:
    """Refused before it was read; only the beginning is looked at, so that the form keeps what it had."""
    form = ImportForm(formdata=None)
    length = request.content_length
    if length is not None:
        form.leave_stock.data = ticked_before_the_file(request.environ["wsgi.input"], form.leave_stock.name)
    form.file.errors = (str(said(Fault.TOO_LARGE, most=LARGEST // MEGABYTE)),)
    return _page(form), 413


@bp.get("/<int:run_id>")
@permitted(Permission.CATALOGUE_EDIT)
def run(run_id: int) -> str:
    """How far it is, what came of it, and why products were left out."""
    found = _found(run_id)
    page = page_number()
    rows = problems(run_id, page)
    not_beyond(page, rows)
    word, tone = STATUSES[found.status]
    count = problem_count(run_id)
    return render_template(
        "storefront/sheets/staff/run.html",
        run=found,
        who=part_of(found.actor_label),
        word=word,
        tone=tone,
        said=QUARTERS[_quarter(found)] if found.under_way else word,
        left_out=rows,
        count=count,
        page=page,
        pages=pages_of(count, PROBLEMS_PAGE),
        resumable=found.status == ImportStatus.STOPPED and found.kept,
    )


@bp.post("/<int:run_id>/stop")
@permitted(Permission.CATALOGUE_EDIT)
def stop(run_id: int) -> Answer:
    """After the batch that is being written."""
    actions.stop_import(actor=current_staff(), run_id=run_id)
    flash(gettext("Stopped. What is in stays; the rest waits here until you go on."), "good")
    return redirect(url_for("sheets_staff.run", run_id=run_id), 303)


@bp.post("/<int:run_id>/resume")
@permitted(Permission.CATALOGUE_EDIT)
def resume(run_id: int) -> Answer:
    """From the product after the last that is in."""
    actions.resume_import(actor=current_staff(), run_id=run_id)
    flash(gettext("It goes on where it stopped."), "good")
    return redirect(url_for("sheets_staff.run", run_id=run_id), 303)


@bp.get("/<int:run_id>/left-out.csv")
@permitted(Permission.CATALOGUE_EDIT)
def left_out(run_id: int) -> Response:
    """Everything that was left out, to be put right beside the file."""
    _found(run_id)
    answer = streamed(_lines(every_problem(run_id)), "text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="import-{run_id}.csv"'
    return answer


def _lines(found: Iterator[LeftOut]) -> Iterator[str]:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    out.write("\ufeff")
    writer.writerow([gettext("Row"), gettext("Column"), gettext("Handle"), gettext("Why")])
    for one in found:
        writer.writerow([one.row, defused(one.column), defused(one.handle), defused(str(one.reason))])
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def _page(form: ImportForm) -> str:
    return render_template(
        "storefront/sheets/staff/imports.html",
        form=form,
        runs=last_runs(),
        statuses=STATUSES,
        under_way=run_under_way(),
        most=LARGEST // MEGABYTE,
    )


def _quarter(run: ImportRun) -> int:
    """How many quarters of a file are read."""
    return min(run.rows_read * 4 // run.rows_total, 4) if run.rows_total else 0


def _found(run_id: int) -> ImportRun:
    found = run_by_id(run_id)
    if found is None:
        raise ImportNotFound()
    return found
