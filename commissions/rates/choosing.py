"""What a rate can be for, as staff choose it: the names, and what a chosen one is called in both
languages.
"""

from __future__ import annotations

from dataclasses import dataclass

from commissions.rates.errors import NoSuchSubject
from commissions.rates.forms import ForSomething
from commissions.rates.policy import Scope
from editors.cohorts.queries import cohort_by_id, cohorts
from editors.tiers.queries import tier_by_id, tiers
from storefront.catalog.categories import to_choose
from storefront.catalog.queries import departments, products_by_ids
from storefront.collections.queries import collections_by_ids, collections_named
from storefront.promotions.queries import products_by_handle


@dataclass(frozen=True, slots=True)
class Subject:
    """What a card is for: its key, and its name in both languages (empty where the scope says it all)."""

    key: str
    label: str = ""
    label_it: str | None = None


def offer(form: ForSomething) -> None:
    """Everything there is to choose from."""
    form.offer(
        collections=[(str(number), name) for number, name in collections_named()],
        categories=to_choose(key for key, _count in departments()),
        cohorts=[(str(one.id), one.called) for one in cohorts()],
        tiers=[(str(one.id), one.called) for one in tiers()],
    )


def known_products(form: ForSomething) -> dict[str, int]:
    """The product whose handle was typed, if there is one."""
    typed = (form.handle.data or "").strip()
    return products_by_handle([typed]) if form.scope.data == Scope.PRODUCT and typed else {}


def subject_of(form: ForSomething, products: dict[str, int]) -> Subject:
    """What was chosen; only after it was found complete. Raises `NoSuchSubject`."""
    scope, chosen = Scope(form.scope.data), form.subject
    if scope is Scope.PRODUCT:
        found = products_by_ids([products[chosen]])
        if not found:
            raise NoSuchSubject()
        return Subject(str(found[0].id), found[0].title, found[0].title_it)
    if scope is Scope.COLLECTION:
        collections = collections_by_ids([int(chosen)])
        if not collections:
            raise NoSuchSubject()
        return Subject(chosen, collections[0].title, collections[0].title_it)
    if scope is Scope.COHORT:
        cohort = cohort_by_id(int(chosen))
        return Subject(chosen, cohort.name, cohort.name_it)
    if scope is Scope.TIER:
        tier = tier_by_id(int(chosen))
        return Subject(chosen, tier.name, tier.name_it)
    return Subject(chosen)
