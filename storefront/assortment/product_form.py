"""The form of one product: its texts side by side in both languages, and its variants as rows of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product as combinations
from typing import Any

import orjson
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    FieldList,
    FormField,
    HiddenField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, Regexp

from foundation import ids
from foundation.money import Money, decimal_text
from foundation.web.fields import NO_CONTROLS, Select, stripped, tidy
from storefront.assortment.policy import MOST_TAGS
from storefront.assortment.variant_row import MOST_VARIANTS, VariantRow
from storefront.catalog.categories import slot_of
from storefront.catalog.drafts import ProductDraft
from storefront.catalog.models import Product, ProductStatus, Variant

OPTIONS = (1, 2, 3)
SLOTS = ("top", "bottom", "full", "outer", "shoes", "bag", "extra")
TEXTS = ("title", "description", "colour", "fabric", "care", "seo_title", "seo_description")
PLAIN = ("vendor", "category", "kind", "slot", "tags")


def _line(label: Any, most: int, *, needed: Any = None) -> StringField:
    wanted = [DataRequired(needed)] if needed else []
    too_long = _l("Keep it under %(most)s characters.", most=most)
    return StringField(
        label,
        filters=[stripped],
        validators=[*wanted, Length(max=most, message=too_long), NO_CONTROLS],
        render_kw={"maxlength": most},
    )


def _lines(label: Any, most: int, rows: int = 4) -> TextAreaField:
    too_long = _l("Keep it under %(most)s characters.", most=most)
    return TextAreaField(
        label, filters=[tidy], validators=[Length(max=most, message=too_long)], render_kw={"rows": rows}
    )


class ProductForm(FlaskForm):
    """A product in all its words. `version` and `base` are what whoever writes has seen: see `meanwhile`."""

    version = HiddenField()
    base = HiddenField()
    handle = StringField(
        _l("Handle"),
        filters=[lambda typed: ids.slug(typed, 200) if typed else typed],
        validators=[Length(max=200), Regexp(r"^[a-z0-9-]*$", message=_l("Small letters, digits, dashes."))],
        render_kw={"maxlength": 200, "spellcheck": "false"},
    )
    title = _line(_l("Title"), 255, needed=_l("Every product needs a title."))
    title_it = _line(_l("Title, in Italian"), 255)
    description = _lines(_l("Description"), 20_000, 7)
    description_it = _lines(_l("Description, in Italian"), 20_000, 7)
    colour = _line(_l("Colour"), 120)
    colour_it = _line(_l("Colour, in Italian"), 120)
    fabric = _lines(_l("Fabric"), 2_000, 2)
    fabric_it = _lines(_l("Fabric, in Italian"), 2_000, 2)
    care = _lines(_l("Care"), 2_000, 2)
    care_it = _lines(_l("Care, in Italian"), 2_000, 2)
    seo_title = _line(_l("Title for search engines"), 255)
    seo_title_it = _line(_l("Title for search engines, in Italian"), 255)
    seo_description = _lines(_l("Description for search engines"), 500, 3)
    seo_description_it = _lines(_l("Description for search engines, in Italian"), 500, 3)
    vendor = _line(_l("Brand"), 255)
    category = Select(_l("Department"), validators=[DataRequired(_l("Choose a department."))])
    kind = _line(_l("Kind"), 255)
    slot = Select(_l("Worn as"), validators=[Optional()])
    tags = _line(_l("Tags"), 2_000)
    option_1 = _line(_l("First choice"), 100)
    option_2 = _line(_l("Second choice"), 100)
    option_3 = _line(_l("Third choice"), 100)
    more_1, more_2, more_3 = _line("", 500), _line("", 500), _line("", 500)
    variants = FieldList(FormField(VariantRow), max_entries=MOST_VARIANTS)
    price_reason = _line(_l("Why the price changes"), 200)

    def offer(self, categories: Sequence[tuple[str, str]]) -> None:
        unsaid = () if self.category.data else (SelectChoice("", _("Choose one")),)
        self.category.choices = [*unsaid, *(SelectChoice(key, name) for key, name in categories)]
        names = {
            "top": _("a top"),
            "bottom": _("trousers or a skirt"),
            "full": _("a dress"),
            "outer": _("a jacket or coat"),
            "shoes": _("shoes"),
            "bag": _("a bag"),
            "extra": _("something else"),
        }
        self.slot.choices = [
            SelectChoice("", _("as its department says")),
            *map(SelectChoice, names, names.values()),
        ]

    @property
    def rows(self) -> list[VariantRow]:
        return [entry.form for entry in self.variants]

    @property
    def option_names(self) -> list[str]:
        named = [str(self[f"option_{n}"].data or "") for n in OPTIONS]
        return [name for name in named if name]

    def add_variants(self) -> None:
        """Rows for every combination of the values typed that has none yet, priced as the first row."""
        width = len(self.option_names)
        typed = [_list_of(self[f"more_{n}"].data) for n in OPTIONS][:width]
        first = self.rows[0] if self.rows else None
        known = [row.options for row in self.rows if len(row.options) == width]
        for place, values in enumerate(typed):
            # Nothing new of one choice: each of its values there is meant.
            if not values:
                typed[place] = list(dict.fromkeys(options[place] for options in known))
        like = (
            {"price": first.price.data, "compare_at": first.compare_at.data, "grams": first.grams.data}
            if first
            else {}
        )
        new = [list(one) for one in combinations(*typed)] if width else []
        kept = [dict(row.data) for row in self.rows if len(row.options) == width] if new else None
        if kept is not None:
            while self.variants.entries:
                self.variants.pop_entry()
            for row in kept:
                self.variants.append_entry(row)
        for values in new:
            if values not in known and len(self.variants) < MOST_VARIANTS:
                self.variants.append_entry({"values": orjson.dumps(values).decode(), **like})
        for n in OPTIONS:
            self[f"more_{n}"].data = ""

    def read(self, product: Product | None, currency: str) -> ProductDraft | None:
        """The product as it was written, or None with what is wrong said beside the fields."""
        right = self.validate()
        drafts = [(row, row.read(currency)) for row in self.rows]
        kept = [draft for row, draft in drafts if draft is not None and not row.gone.data]
        right = self._numbers_once() and right and all(draft is not None for _, draft in drafts)
        tags = _list_of(self.tags.data)
        if len(tags) > MOST_TAGS:
            self.tags.errors = (_("%(most)s tags at most.", most=MOST_TAGS),)
            right = False
        names = list(product.option_names) if product else self.option_names
        if right and not kept:
            self.variants.errors = (_("Something of it has to be sold: keep at least one variant."),)
            return None
        if right and any(len(draft.option_values) != len(names) for draft in kept):
            self.variants.errors = (_("Make the variants first: each needs a value for every choice."),)
            return None
        if not right:
            return None
        handle = product.handle if product else self.handle.data or ids.slug(str(self.title.data), 200)
        texts: dict[str, Any] = {name: self[name].data or "" for one in TEXTS for name in (one, f"{one}_it")}
        category = str(self.category.data)
        return ProductDraft(
            **texts,
            handle=handle,
            vendor=self.vendor.data or "",
            category=category,
            kind=self.kind.data or "",
            slot=self.slot.data if self.slot.data in SLOTS else slot_of(category),
            tags=tags,
            option_names=names,
            variants=kept,
            status=None if product else ProductStatus.DRAFT,
        )

    def _numbers_once(self) -> bool:
        met: dict[str, str] = {}
        right = True
        for row in self.rows:
            if row.sku.data and not row.gone.data:
                if row.sku.data in met:
                    row.sku.errors = (_("%(other)s has this number, too.", other=met[row.sku.data]),)
                    right = False
                met[row.sku.data] = row.label or _("one size")
        return right


def typed_of(product: Product) -> dict[str, Any]:
    """A product as its form shows it."""
    texts = {name: getattr(product, name) or "" for one in TEXTS for name in (one, f"{one}_it")}
    texts |= {name: _plain(texts[name]) for name in ("description", "description_it")}
    return texts | {
        "version": str(product.version),
        "vendor": product.vendor,
        "category": product.category,
        "kind": product.kind,
        "slot": product.slot,
        "tags": ", ".join(product.tags),
        "variants": [_typed_variant(variant) for variant in product.variants],
        **{f"option_{n}": name for n, name in zip(OPTIONS, product.option_names, strict=False)},
    }


def flat(typed: Mapping[str, Any]) -> dict[str, str]:
    """What somebody can change of it, each by a name of its own: to compare what two people wrote."""
    words = {name: str(typed.get(name) or "") for one in TEXTS for name in (one, f"{one}_it")}
    words |= {name: str(typed.get(name) or "") for name in PLAIN}
    for row in typed.get("variants") or ():
        for name in ("sku", "barcode", "price", "compare_at", "grams"):
            words[f"{row['values']}:{name}"] = str(row.get(name) or "")
    return words


def _typed_variant(variant: Variant) -> dict[str, Any]:
    return {
        "values": orjson.dumps(list(variant.option_values)).decode(),
        "known": "1",
        "sku": variant.sku,
        "barcode": variant.barcode,
        "price": decimal_text(Money(variant.price_minor, variant.currency)),
        "compare_at": ""
        if variant.compare_at_minor is None
        else decimal_text(Money(variant.compare_at_minor, variant.currency)),
        "grams": str(variant.grams),
    }


def _plain(body: str) -> str:
    """A description of paragraphs alone as text with empty lines between them; any other as it is written."""
    inner = body.removeprefix("<p>").removesuffix("</p>").replace("</p><p>", "\n\n")
    return inner if "<" not in inner and "&" not in inner else body


def _list_of(typed: str | None) -> list[str]:
    found: dict[str, str] = {}
    for one in (typed or "").split(","):
        if one.strip():
            found.setdefault(one.strip().casefold(), one.strip())
    return list(found.values())
