"""What a product of the demo shop is: words in two languages, a drawing, prices and stock."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from demo.garments import KINDS

ONE_SIZE = ("One size", "Taglia unica")
LETTERS = ("XS", "S", "M", "L", "XL")
WIDE_LETTERS = ("XS", "S", "M", "L", "XL", "XXL")
TAILORED = ("38", "40", "42", "44", "46", "48")  # Italian women's sizes
WAISTS = ("25", "26", "27", "28", "29", "30", "31", "32")  # jeans, in inches
FEET = ("36", "37", "38", "39", "40", "41")  # European shoe sizes
BELTS = ("75", "85", "95")  # centimetres to the middle hole
HEADS = ("S", "M", "L")
SINGLE = (ONE_SIZE[0],)


@dataclass(frozen=True)
class Category:
    """A shelf of the shop."""

    key: str
    en: str
    it: str


TOPS = Category("tops", "Tops", "Top e T-shirt")
KNITWEAR = Category("knitwear", "Knitwear", "Maglieria")
SHIRTS = Category("shirts-and-blouses", "Shirts and blouses", "Camicie e bluse")
JACKETS = Category("jackets-and-coats", "Jackets and coats", "Giacche e cappotti")
TROUSERS = Category("trousers-and-jeans", "Trousers and jeans", "Pantaloni e jeans")
SKIRTS = Category("skirts", "Skirts", "Gonne")
DRESSES = Category("dresses-and-jumpsuits", "Dresses and jumpsuits", "Abiti e tute")
SHOES = Category("shoes", "Shoes", "Scarpe")
BAGS = Category("bags", "Bags", "Borse")
ACCESSORIES = Category("accessories", "Accessories", "Accessori")

CATEGORIES = (TOPS, KNITWEAR, SHIRTS, JACKETS, TROUSERS, SKIRTS, DRESSES, SHOES, BAGS, ACCESSORIES)

#: Occasions a product is good for: key, English, Italian.
OCCASIONS = {
    "everyday": ("Every day", "Ogni giorno"),
    "work": ("Work", "Lavoro"),
    "weekend": ("Weekend", "Fine settimana"),
    "evening": ("Evening", "Sera"),
    "wedding": ("Weddings", "Cerimonia"),
    "travel": ("Travel", "Viaggio"),
    "summer": ("Summer", "Estate"),
    "winter": ("Winter", "Inverno"),
    "rain": ("Rain", "Pioggia"),
    "gift": ("Gifts", "Regali"),
}


@dataclass(frozen=True)
class Cloth:
    """What a product is made of and how it is looked after."""

    en: str
    it: str
    care_en: str
    care_it: str


@dataclass(frozen=True)
class Drawn:
    """The arguments of :func:`demo.garments.draw`: the same five draw the same picture."""

    kind: str
    palette: str
    pattern: str
    seed: int
    tone: str


@dataclass(frozen=True)
class Size:
    """One size of a product, as a till knows it. `shade`: its colour, where that is a choice too."""

    label: str
    shade: str
    sku: str
    barcode: str  # thirteen digits with a true check digit, from the range shops keep for themselves
    stock: int


def check_digit(twelve: str) -> int:
    """The thirteenth digit of an EAN (GS1 General Specifications, 7.9)."""
    weighed = sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(twelve))
    return -weighed % 10


def _stock(handle: str, label: str, place: int, count: int, plenty: bool) -> int:
    """Pieces on the shelf: most in the middle sizes, one size in nine gone, one in seven nearly so.

    What comes in a single size is gone less often: there is no other size to point to.
    """
    draw = zlib.crc32(f"{handle}/{label}".encode())
    middle = 1 - abs(place - (count - 1) / 2) / max(1, count)
    full = 6 + round(22 * middle * (0.5 + draw % 97 / 97 / 2))
    if plenty:
        return full + 40
    fate = draw // 97 % 63
    gone = 7 if count > 1 else 1
    return 0 if fate < gone else 1 + draw % 3 if fate < gone + 9 else full


#: The labels of the house, by what each makes. What is not named here is the house's own.
HOUSE = "Vetrina"
LABELS = {
    "Filanda Sesia": ("jumper", "cardigan", "scarf", "beanie"),
    "Sartoria Lagrange": ("blazer", "waistcoat", "trousers", "coat", "trench", "hat"),
    "Officina Blu": ("denim-jacket", "jeans", "jumpsuit"),
    "Bottega Oltrarno": ("biker", "tote", "shoulder-bag", "belt"),
    "Vetrina Sera": ("slip-dress", "evening-dress"),
    "Calzoleria Passo": ("trainers", "ankle-boots", "loafers", "heels", "sandals"),
    "Minuterie Riunite": ("sunglasses", "earrings", "necklace", "watch"),
}
VENDORS = {kind: label for label, kinds in LABELS.items() for kind in kinds}


@dataclass(frozen=True)
class Product:
    """One product in one colour, or in several that are an option of it. Prices are minor units of EUR and
    include 22 % VAT.
    """

    handle: str
    title: str
    title_it: str
    category: Category
    drawn: Drawn
    colour: tuple[str, str]  # English, Italian
    story: str
    story_it: str
    cloth: Cloth
    price_minor: int
    labels: tuple[str, ...]  # size labels, smallest first
    weight_g: int
    published_days_ago: int
    occasions: tuple[str, ...]
    compare_at_minor: int | None = None
    family: str = ""  # products of one family are the same design in other colours, under the same title
    plenty: bool = False  # never sold out: the guided tour buys it
    shades: tuple[
        tuple[str, Drawn], ...
    ] = ()  # its other colours, by a name that is the same in every language

    @property
    def kind_names(self) -> tuple[str, str]:
        """The kind of garment in English and Italian."""
        kind = KINDS[self.drawn.kind]
        return kind.en, kind.it

    @property
    def slot(self) -> str:
        """Where it goes in a look: top, outer, bottom, full, shoes, bag or extra."""
        return KINDS[self.drawn.kind].slot

    @property
    def vendor(self) -> str:
        """The label of the house that makes it."""
        return VENDORS.get(self.drawn.kind, HOUSE)

    @property
    def sizes(self) -> tuple[Size, ...]:
        """Each size with its stock-keeping unit, barcode and stock; the same in every run."""
        base = "-".join(word[:4] for word in self.handle.split("-")).upper()
        colours = (self.colour[0], *(name for name, _ in self.shades)) if self.shades else ("",)
        many = len(self.labels)
        made = []
        for shade in colours:
            named = f"{self.handle}/{shade}" if shade else self.handle
            ends = [shade[:3].upper()] if shade else []
            for place, label in enumerate(self.labels):
                twelve = f"20{zlib.crc32(f'{named}|{label}'.encode()):010d}"
                made.append(
                    Size(
                        label=label,
                        shade=shade,
                        sku="-".join([base, *ends, "OS" if label == ONE_SIZE[0] else label]),
                        barcode=f"{twelve}{check_digit(twelve)}",
                        stock=_stock(named, label, place, many, self.plenty),
                    )
                )
        return tuple(made)


@dataclass(frozen=True)
class Line:
    """What the pieces of one kind have in common. Calling it makes one of them."""

    kind: str
    category: Category
    cloth: Cloth
    labels: tuple[str, ...]
    grams: int

    def __call__(
        self,
        handle: str,
        names: tuple[str, str],  # English, Italian
        colour: tuple[str, str],
        drawn: str,  # palette, pattern, tone and seed
        story: str,
        story_it: str,
        *,
        euros: int,
        days: int,  # since it was published
        occasions: str,
        was: int | None = None,  # euros, before a reduction
        cloth: Cloth | None = None,
        labels: tuple[str, ...] | None = None,
        grams: int | None = None,
        family: str = "",
        plenty: bool = False,
        shades: tuple[tuple[str, str], ...] = (),
    ) -> Product:
        """One piece; what is not said is as usual for its kind."""
        return Product(
            handle=handle,
            title=names[0],
            title_it=names[1],
            category=self.category,
            drawn=self._drawn(drawn),
            colour=colour,
            story=story,
            story_it=story_it,
            cloth=cloth or self.cloth,
            price_minor=euros * 100,
            labels=labels or self.labels,
            weight_g=grams or self.grams,
            published_days_ago=days,
            occasions=tuple(occasions.split()),
            compare_at_minor=was * 100 if was else None,
            family=family,
            plenty=plenty,
            shades=tuple((name, self._drawn(look)) for name, look in shades),
        )

    def _drawn(self, look: str) -> Drawn:
        palette, pattern, tone, seed = look.split()
        return Drawn(self.kind, palette, pattern, int(seed), tone)
