"""Sheets to take away: opened in a spreadsheet, kept by nobody on the way."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

from foundation.spreadsheets import defused


def sheet_answer(rows: Iterable[Sequence[str]], name: str) -> Response:
    """Rows, the names of their columns first, as a CSV file of this name. No cell begins like a formula."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([defused(cell) for cell in row] for row in rows)
    response = Response(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
