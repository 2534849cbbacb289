"""Two people write one product: what the other has saved is taken over where this one wrote nothing, and told
where both did. Nothing typed is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from storefront.assortment.product_form import ProductForm, flat, typed_of
from storefront.catalog.models import Product

GONE = "gone"


@dataclass(frozen=True)
class Clash:
    """A field both wrote: what this one typed, and what the other has saved. `name` is as `flat` says."""

    name: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Met:
    """What was taken over from the other, and where the two differ."""

    taken: tuple[str, ...]
    clashes: tuple[Clash, ...]


def base_of(product: Product) -> str:
    """What whoever opens the form sees, to be sent back with it."""
    return orjson.dumps(flat(typed_of(product))).decode()


def seen_base(typed: str | None) -> dict[str, str]:
    """The same, read; nothing for nonsense."""
    try:
        found = orjson.loads(typed or "{}")
    except orjson.JSONDecodeError:
        return {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}


def meet(form: ProductForm, product: Product) -> Met:
    """Bring what was typed and what was saved meanwhile together in the form, to be saved on top of it."""
    base, mine = seen_base(form.base.data), flat(form.data)
    theirs = flat(typed_of(product))
    taken, clashes = [], []
    for name, saved in theirs.items():
        if base.get(name, "") == saved or mine.get(name) == saved:
            continue
        if name in mine and mine[name] != base.get(name, ""):
            clashes.append(Clash(name, mine[name], saved))
        else:
            taken.append(name)
    clashes += [Clash(name, mine[name], GONE) for name in sorted(_lost(base, mine, theirs))]
    _take_over(form, product, {name: theirs[name] for name in taken})
    form.version.data, form.base.data = str(product.version), base_of(product)
    return Met(tuple(taken), tuple(clashes))


def _lost(base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]) -> set[str]:
    """The prices of variants that were there and that the other took out of sale."""
    return {
        name for name in base.keys() & mine.keys() - theirs.keys() if name.endswith(":price") and name in mine
    }


def _take_over(form: ProductForm, product: Product, saved: Mapping[str, str]) -> None:
    rows = {row.values.data: row for row in form.rows}
    new: set[str] = set()
    for name, value in saved.items():
        key, mark, field = name.rpartition(":")
        if not mark:
            form[name].data = value
        elif key in rows:
            rows[key][field].data = value
        else:
            new.add(key)
    for row in typed_of(product)["variants"]:
        if row["values"] in new:
            form.variants.append_entry(row)
