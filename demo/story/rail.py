"""What hangs on the rail and can be bought without emptying it: the demo leaves sizes for whoever comes to look."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from storefront.catalog.queries import products_by_ids

KEEP = 4


@dataclass
class Rail:
    """Variants with how many are left, by the handle of their product."""

    left: dict[str, dict[int, int]]

    @classmethod
    def of(cls, products: dict[str, int]) -> Rail:
        found = products_by_ids(products.values())
        return cls({one.handle: {variant.id: variant.on_hand for variant in one.variants} for one in found})

    def pick(self, chance: Random, handle: str, many: int) -> tuple[int, int] | None:
        """A size that can spare `many`, or None: the middle ones go most often."""
        sizes = [number for number, left in self.left[handle].items() if left - many >= KEEP]
        if not sizes:
            return None
        weights = [2 if 0 < place < len(sizes) - 1 else 1 for place in range(len(sizes))]
        chosen = chance.choices(sizes, weights)[0]
        self.left[handle][chosen] -= many
        return chosen, many
