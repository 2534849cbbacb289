"""A size guide as it is typed: what it is for, what is measured, and the grid of figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from foundation.web.fields import NO_CONTROLS, Radios, Select, choice, stripped, tidy
from foundation.web.meanwhile import SeenForm
from storefront.catalog.policy import size_key
from storefront.sizing.drafts import GuideDraft, Measure, packed, unpacked
from storefront.sizing.models import SizeGuide
from storefront.sizing.policy import (
    LONGEST_SIZE,
    LONGEST_WORDS,
    MOST_MEASURES,
    MOST_SIZES,
    Reach,
    Unit,
    figure,
    rows_from,
)

TOO_LONG = _l("That is too long.")
FIGURE = _l("Write centimetres, such as 88-92 or 23.5.")
FIRST_ROWS, MORE_ROWS = 6, 5
CELLS = tuple(f"figure_{number}" for number in range(1, MOST_MEASURES + 1))


def line(label: Any, longest: int, *validators: Any, **attributes: Any) -> StringField:
    return StringField(
        label,
        filters=[stripped],
        validators=[*validators, Length(max=longest, message=TOO_LONG), NO_CONTROLS],
        render_kw={"maxlength": longest, **attributes},
    )


def lines(label: Any, longest: int, rows: int = 2, **attributes: Any) -> TextAreaField:
    return TextAreaField(
        label,
        filters=[tidy],
        validators=[Length(max=longest, message=TOO_LONG)],
        render_kw={"rows": rows, "maxlength": longest, **attributes},
    )


class _RangeForm(FlaskForm):
    """What a guide is called, and for which pieces it is."""

    name = line(_l("What you call it"), 80, DataRequired(_l("Write what it is called.")))
    category = Select(_l("Department"), validators=[Optional()])
    vendor = line(_l("Brand"), 255, list="brands")

    def offer(self, departments: Sequence[tuple[str, str]]) -> None:
        """Say what can be chosen; to be called before anything is validated or shown."""
        self.category.choices = [choice("", _("Every department"))] + [
            choice(key, name) for key, name in departments
        ]

    def for_something(self) -> bool:
        """Whether a department or a brand is named; told beside the field."""
        if self.category.data or self.vendor.data:
            return True
        self.category.errors = (_("Choose a department, or write a brand."),)
        return False


class NewForm(_RangeForm):
    """A new guide: for what, and with which table it begins."""

    reach = Radios(
        _l("It is for"),
        choices=[
            choice(str(Reach.RANGE), _l("a department, a brand, or a brand in a department")),
            choice(str(Reach.PIECES), _l("single pieces, which you choose afterwards")),
        ],
        default=str(Reach.RANGE),
        validators=[InputRequired(_l("Choose what it is for."))],
    )
    begins = Select(_l("It begins with"), validators=[Optional()])

    def offer_tables(self, guides: Sequence[SizeGuide]) -> None:
        """The guides whose table a new one can begin with."""
        self.begins.choices = [choice("", _("an empty table"))] + [
            choice(str(guide.id), _("the table of %(name)s", name=guide.name)) for guide in guides
        ]


class MeasureForm(Form):
    """One column; without a name it is none."""

    name = line(_l("Measure, in English"), 60)
    name_it = line(_l("Measure, in Italian"), 60, lang="it")
    how = lines(_l("How to measure, in English"), 300)
    how_it = lines(_l("How to measure, in Italian"), 300, lang="it")
    unit = Select(
        _l("Its figures are"),
        choices=[
            choice(str(Unit.CM), _l("centimetres")),
            choice(str(Unit.WORDS), _l("words, such as UK 10")),
        ],
        default=str(Unit.CM),
    )
    gone = BooleanField(_l("Take this measure out"))


class RowForm(Form):
    """One size with a cell for each measure there may be; without a size it is none."""

    size = line(_l("Size"), LONGEST_SIZE)
    gone = BooleanField(_l("Take this size out"))

    @property
    def cells(self) -> list[Field]:
        return [self[name] for name in CELLS]


for _name in CELLS:
    setattr(RowForm, _name, line(_l("Figure"), LONGEST_WORDS, inputmode="text"))


class GuideForm(_RangeForm, SeenForm):
    """All of a guide. `was`: the guide as the form showed it when it was opened, packed."""

    was = HiddenField()
    words = lines(_l("What shoppers read above it, in English"), 500)
    words_it = lines(_l("The same in Italian"), 500, lang="it")
    measures = FieldList(FormField(MeasureForm), max_entries=MOST_MEASURES)
    rows = FieldList(FormField(RowForm), max_entries=MOST_SIZES)
    pasted = TextAreaField(_l("Cells out of a spreadsheet"), render_kw={"rows": 4, "spellcheck": "false"})

    @classmethod
    def of(cls, draft: GuideDraft, *, seen: str, was: GuideDraft | None = None) -> GuideForm:
        """The form of a draft, with one empty column and some empty rows; `was`: how the guide is that it is
        to change, when that is something else."""
        form = cls(
            formdata=None,
            data={
                **{
                    name: getattr(draft, name) for name in ("name", "category", "vendor", "words", "words_it")
                },
                "seen": seen,
                "was": packed(was or draft),
                "measures": [
                    {name: getattr(one, name) for name in ("name", "name_it", "how", "how_it", "unit")}
                    for one in draft.measures
                ],
                "rows": [
                    {"size": size} | dict(zip(CELLS, figures, strict=False)) for size, figures in draft.rows
                ],
            },
        )
        form.lengthen(FIRST_ROWS if not draft.rows else 1)
        return form

    @property
    def was_draft(self) -> GuideDraft:
        """The guide as its writer saw it."""
        return unpacked(self.was.data or "")

    @property
    def columns(self) -> list[MeasureForm]:
        return [entry.form for entry in self.measures]

    @property
    def sizes(self) -> list[RowForm]:
        return [entry.form for entry in self.rows]

    def lengthen(self, rows: int = MORE_ROWS) -> None:
        """Empty lines to write in, as far as there is room."""
        for _number in range(min(rows, MOST_SIZES - len(self.rows))):
            self.rows.append_entry()
        if len(self.measures) < MOST_MEASURES and (not self.columns or self.columns[-1].name.data):
            self.measures.append_entry()

    def take_in(self) -> bool:
        """Fill the grid with what was pasted, sizes first: known ones get other figures, others come behind.

        False, told beside the field, for what does not fit.
        """
        pasted = rows_from(self.pasted.data or "")
        if not pasted or max(map(len, pasted)) > 1 + MOST_MEASURES:
            self.pasted.errors = (
                _("Copy the sizes and their figures: one size a line, at most 8 figures beside it."),
            )
            return False
        known = {(row.size.data or "").casefold(): row for row in self.sizes if row.size.data}
        empty = [row for row in self.sizes if not row.size.data]
        new = [cells for cells in pasted if cells[0].casefold() not in known]
        if len(known) + len(new) > MOST_SIZES:
            self.pasted.errors = (_("A size guide has 40 sizes at most."),)
            return False
        for cells in pasted:
            row = known.get(cells[0].casefold())
            if row is None:
                row = empty.pop(0) if empty else self.rows.append_entry().form
                known[cells[0].casefold()] = row
                row.size.data = cells[0]
            for field, cell in zip(row.cells, cells[1:], strict=False):
                field.data = cell
        while len(self.measures) < max(map(len, pasted)) - 1:
            self.measures.append_entry()
        self.pasted.data = ""
        return True

    def complete(self) -> bool:
        """Whether every column and row says what it needs; told beside the fields."""
        columns, seen = self.columns, set()
        wrong = list(self._unnamed())
        for row in self._kept_rows():
            size = (row.size.data or "").casefold()
            if not size:
                wrong.append((row.size, _("Write the size, or empty the line.")))
            elif size in seen:
                wrong.append((row.size, _("This size is there already.")))
            seen.add(size)
            for column, cell in zip(columns, row.cells, strict=False):
                if column.unit.data == Unit.CM and not column.gone.data and not _is_figure(cell.data):
                    wrong.append((cell, str(FIGURE)))
        for field, sentence in wrong:
            field.errors = (sentence,)
        return not wrong

    def draft(self, reach: Reach) -> GuideDraft:
        """What was filled in; only after it was found right. Sizes stand as they hang on the rail."""
        places = [place for place, one in enumerate(self.columns) if one.name.data and not one.gone.data]
        rows = [
            (str(row.size.data), [str(row.cells[place].data or "") for place in places])
            for row in self._kept_rows()
        ]
        return GuideDraft(
            name=str(self.name.data),
            category=(self.category.data or "") if reach == Reach.RANGE else "",
            vendor=(self.vendor.data or "") if reach == Reach.RANGE else "",
            words=self.words.data or "",
            words_it=self.words_it.data or None,
            measures=[
                Measure(
                    name=str(one.name.data),
                    name_it=one.name_it.data or None,
                    how=one.how.data or "",
                    how_it=one.how_it.data or None,
                    unit=Unit(one.unit.data),
                )
                for one in (self.columns[place] for place in places)
            ],
            rows=sorted(rows, key=lambda row: size_key(row[0])),
        )

    def _kept_rows(self) -> list[RowForm]:
        """The rows with anything in them that were not taken out."""
        return [
            row
            for row in self.sizes
            if not row.gone.data and (row.size.data or any(cell.data for cell in row.cells))
        ]

    def _unnamed(self) -> Iterator[tuple[Field, str]]:
        """Columns with words or figures and no name."""
        for place, one in enumerate(self.columns):
            filled = any(row.cells[place].data for row in self._kept_rows())
            if not one.gone.data and not one.name.data and (filled or one.how.data or one.name_it.data):
                yield one.name, _("Write what is measured, or take it out.")


def _is_figure(typed: str | None) -> bool:
    try:
        figure(typed or "")
    except ValueError:
        return False
    return True
