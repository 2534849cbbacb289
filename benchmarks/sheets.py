"""Product files of any size, as Shopify writes them today: three sizes a product, a picture, a story."""

from __future__ import annotations

import csv
import random
from pathlib import Path

from storefront.sheets.exporting import HEADER, PLACE

SIZES = ("S", "M", "L")
COLOURS = ("Black", "Ivory", "Sand", "Grey", "Chestnut", "Navy", "Olive", "Coral", "Rose", "Plum")
KINDS = ("Jacket", "Blouse", "Trench", "Shirt", "Skirt", "Coat", "Tee", "Trousers", "Dress")
NAMES = ("Corso", "Lina", "Porta", "Valle", "Giro", "Nord", "Sera", "Duna", "Aria", "Filo")
WORDS = [
    "cut",
    "from",
    "a",
    "dense",
    "twill",
    "that",
    "was",
    "washed",
    "once",
    "before",
    "it",
    "was",
    "sewn",
    "so",
    "that",
    "it",
    "keeps",
    "its",
    "shape",
    "the",
    "shoulder",
    "is",
    "soft",
    "and",
    "the",
    "sleeve",
    "is",
    "set",
    "a",
    "little",
    "forward",
    "while",
    "the",
    "hem",
    "lies",
    "flat",
    "over",
    "trousers",
    "and",
    "skirts",
    "alike",
    "with",
    "two",
    "pockets",
    "at",
    "the",
    "side",
    "a",
    "collar",
    "that",
    "stands",
    "by",
    "itself",
    "horn",
    "buttons",
    "and",
    "seams",
    "that",
    "are",
    "felled",
    "by",
    "hand",
]
STORY_WORDS = 90


def write_sheet(path: Path, products: int) -> None:
    """A product file of `products` products; the same bytes each time."""
    chance = random.Random(7)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(HEADER)
        for number in range(products):
            writer.writerows(_rows(number, chance))


def _rows(number: int, chance: random.Random) -> list[list[str]]:
    name, kind, colour = chance.choice(NAMES), chance.choice(KINDS), chance.choice(COLOURS)
    story = " ".join(chance.choices(WORDS, k=STORY_WORDS))
    price = f"{chance.randrange(20, 300)}.00"
    first = {
        "Title": f"{name} {kind.lower()} {number}",
        "Description": f"<p>{story.capitalize()}.</p>",
        "Vendor": "Vetrina",
        "Type": kind,
        "Tags": f"{colour.lower()}, women",
        "Published on online store": "TRUE",
        "Status": "active",
        "Option1 name": "Size",
        "Gift card": "FALSE",
        "Color (product.metafields.shopify.color-pattern)": colour,
        "Product image URL": f"https://pictures.example/{number}.jpg",
        "Image position": "1",
        "Image alt text": f"{name} {kind.lower()} from the front",
    }
    rows = []
    for size in SIZES:
        cells = {
            "URL handle": f"{name}-{kind}-{number}".lower(),
            "SKU": f"{name[:2]}{number}-{size}".upper(),
            "Option1 value": size,
            "Price": price,
            "Charge tax": "TRUE",
            "Inventory tracker": "shopify",
            "Inventory quantity": str(chance.randrange(30)),
            "Continue selling when out of stock": "DENY",
            "Weight value (grams)": "300",
            "Weight unit for display": "g",
            "Requires shipping": "TRUE",
            "Fulfillment service": "manual",
        } | (first if size == SIZES[0] else {})
        row = [""] * len(HEADER)
        for column, value in cells.items():
            row[PLACE[column]] = value
        rows.append(row)
    return rows
