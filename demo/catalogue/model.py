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
    """One size of a product, as a till knows it."""

    label: str
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


@dataclass(frozen=True)
class Product:
    """One product in one colour. Prices are minor units of EUR and include 22 % VAT."""

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
    family: str = ""  # products of one family are the same design in other colours
    plenty: bool = False  # never sold out: the guided tour buys it

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
    def sizes(self) -> tuple[Size, ...]:
        """Each size with its stock-keeping unit, barcode and stock; the same in every run."""
        base = "-".join(word[:4] for word in self.handle.split("-")).upper()
        many = len(self.labels)
        made = []
        for place, label in enumerate(self.labels):
            twelve = f"20{zlib.crc32(f'{self.handle}|{label}'.encode()):010d}"
            made.append(
                Size(
                    label=label,
                    sku=f"{base}-{'OS' if label == ONE_SIZE[0] else label}",
                    barcode=f"{twelve}{check_digit(twelve)}",
                    stock=_stock(self.handle, label, place, many, self.plenty),
                )
            )
        return tuple(made)
