"""From the rows of one handle to one product, or to the reasons why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from storefront.catalog.categories import slot_of
from storefront.catalog.drafts import PictureDraft, ProductDraft, VariantDraft
from storefront.catalog.models import ProductStatus
from storefront.catalog.signs import category_of
from storefront.sheets.columns import OF_A_VARIANT, OPTIONS
from storefront.sheets.faults import Fault, Said, said

NO_OPTIONS = ("title", "default title")
TITLE, PRICE = "title", "price"


@dataclass(frozen=True)
class Wrong:
    """What is wrong in one cell: the row as a spreadsheet counts it, the column's meaning, the reason."""

    row: int
    column: str
    reason: Said


@dataclass(frozen=True)
class ReadRow:
    """One row, read: values by their meaning; `columns` are those the file has."""

    number: int
    values: dict[str, Any]
    columns: frozenset[str]


def build_product(handle: str, rows: Sequence[ReadRow], digest: str) -> ProductDraft | list[Wrong]:
    """One product of all rows with its handle, in the order of the file; `digest` stands for their words."""
    named = [row for row in rows if TITLE in row.values]
    if not named:
        return [Wrong(rows[0].number, TITLE, said(Fault.NO_TITLE))]
    first = named[0]
    wrong = [
        Wrong(row.number, TITLE, said(Fault.OTHER_TITLE, row=first.number))
        for row in named[1:]
        if row.values[TITLE] != first.values[TITLE]
    ]
    options, option_names = _options(first, wrong)
    variants = _variants(rows, first, options, wrong)
    if wrong:
        return wrong
    values, columns = first.values, first.columns
    category = values.get("department") or category_of(
        values.get("category", ""), values.get("kind", ""), values[TITLE]
    )
    return ProductDraft(
        handle=handle,
        title=values[TITLE],
        title_it=_said(first, "title_it"),
        description=_said(first, "body"),
        description_it=_said(first, "body_it"),
        vendor=_said(first, "vendor"),
        category=category,
        kind=_said(first, "kind"),
        slot=values.get("slot", "") if "slot" in columns else slot_of(category),
        colour=_said(first, "colour"),
        colour_it=_said(first, "colour_it"),
        fabric=_said(first, "fabric"),
        fabric_it=_said(first, "fabric_it"),
        care=_said(first, "care"),
        care_it=_said(first, "care_it"),
        seo_title=_said(first, "seo_title"),
        seo_title_it=_said(first, "seo_title_it"),
        seo_description=_said(first, "seo_description"),
        seo_description_it=_said(first, "seo_description_it"),
        tags=_tags(values.get("tags", "")) if "tags" in columns else None,
        status=_status(first),
        published_at=values.get("published_at"),
        option_names=option_names,
        variants=variants,
        pictures=_pictures(rows) if columns & {"image", "variant_image"} else None,
        digest=digest,
    )


def variant_rows(rows: Sequence[ReadRow], first: ReadRow) -> list[ReadRow]:
    """The rows that are variants, and not just another picture."""
    return [row for row in rows if row is first or any(key in row.values for key in OF_A_VARIANT)]


def _options(first: ReadRow, wrong: list[Wrong]) -> tuple[list[int], list[str]]:
    """Which of the three options the product has, and their names; none for "Title: Default Title"."""
    values = first.values
    told = [n for n in OPTIONS if f"option{n}_name" in values or f"option{n}_value" in values]
    if told == [1] and (
        values.get("option1_name", "").casefold() == NO_OPTIONS[0]
        or values.get("option1_value", "").casefold() == NO_OPTIONS[1]
    ):
        return [], []
    for n in told:
        if f"option{n}_name" not in values:
            wrong.append(Wrong(first.number, f"option{n}_name", said(Fault.OPTION_NAME_MISSING)))
    return told, [values.get(f"option{n}_name", "") for n in told]


def _variants(
    rows: Sequence[ReadRow], first: ReadRow, options: list[int], wrong: list[Wrong]
) -> list[VariantDraft]:
    variants: list[VariantDraft] = []
    seen: dict[tuple[str, ...], int] = {}
    for row in variant_rows(rows, first):
        before = len(wrong)
        choice = tuple(row.values.get(f"option{n}_value", "") for n in options)
        for n, value in zip(options, choice, strict=True):
            if not value:
                wrong.append(Wrong(row.number, f"option{n}_value", said(Fault.OPTION_VALUE_MISSING)))
        if choice in seen and len(wrong) == before:
            column = f"option{options[0]}_value" if options else "handle"
            wrong.append(Wrong(row.number, column, said(Fault.SAME_VARIANT, row=seen[choice])))
        seen.setdefault(choice, row.number)
        if PRICE not in row.values:
            wrong.append(Wrong(row.number, PRICE, said(Fault.NO_PRICE)))
        if len(wrong) == before:
            variants.append(_variant(row, choice))
    return variants


def _variant(row: ReadRow, choice: tuple[str, ...]) -> VariantDraft:
    values = row.values
    compare_at = values.get("compare_at")
    return VariantDraft(
        price=values[PRICE],
        option_values=choice,
        compare_at=compare_at or None,
        sku=_said(row, "sku"),
        barcode=_said(row, "barcode"),
        grams=values.get("grams"),
        on_hand=values.get("quantity"),
        # The dialects agree: no tracker named means that nobody counts this variant.
        tracked="tracker" in values if "tracker" in row.columns else None,
        oversell=values.get("policy"),
    )


def _pictures(rows: Sequence[ReadRow]) -> list[PictureDraft]:
    """The pictures by their position, those without one behind; pictures of single variants at the end."""
    placed = [row for row in rows if "image" in row.values]
    placed.sort(key=lambda row: row.values.get("image_position", len(rows) + row.number))
    found = [
        PictureDraft(
            source_url=row.values["image"],
            alt=row.values.get("image_alt", ""),
            alt_it=_said(row, "image_alt_it"),
        )
        for row in placed
    ]
    found += [
        PictureDraft(source_url=row.values["variant_image"]) for row in rows if "variant_image" in row.values
    ]
    return found


def _status(row: ReadRow) -> ProductStatus | None:
    """A product that is active but not published is a draft to us: it is not shown."""
    told = row.values.get("status")
    published = row.values.get("published")
    if told is None and published is None:
        return None
    status = ProductStatus(told) if told else ProductStatus.ACTIVE
    return ProductStatus.DRAFT if status is ProductStatus.ACTIVE and published is False else status


def _said(row: ReadRow, key: str) -> str | None:
    """The cell, empty when it is empty; None when the file has no such column."""
    return str(row.values.get(key, "")) if key in row.columns else None


def _tags(text: str) -> list[str]:
    return list(dict.fromkeys(tag.strip() for tag in text.split(",") if tag.strip()))
