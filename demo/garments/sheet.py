"""Contact sheets for the eye.

``python -m demo.garments.sheet OUT.png [kinds] [cell] [columns] [samples per kind]``
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw

from .drawing import draw
from .kinds import KINDS
from .palettes import PALETTES
from .raster import raster

PAPER = (250, 247, 242)


def variant(kind: str, n: int) -> tuple[str, str, int]:
    """Palette, pattern and seed of a kind's n-th sample."""
    keys, order = list(PALETTES), list(KINDS)
    patterns = KINDS[kind].patterns
    i = order.index(kind)
    return keys[(i * 5 + n * 7 + n * n) % len(keys)], patterns[n % len(patterns)], i * 10 + n


def contact(path: Path, kinds: list[str], per: int = 3, cell: int = 108, cols: int = 12) -> None:
    """Draw the contact sheet: ``per`` samples of each kind, ``cell`` pixels wide."""
    h = cell * 5 // 4
    cells = [(k, n) for k in kinds for n in range(per)]
    rows = -(-len(cells) // cols)
    sheet = Image.new("RGB", (cols * cell, rows * (h + 12)), PAPER)
    pen = ImageDraw.Draw(sheet)
    for i, (k, n) in enumerate(cells):
        pal, pat, seed = variant(k, n)
        img = raster(draw(k, PALETTES[pal], pat, seed), cell)
        x, y = (i % cols) * cell, (i // cols) * (h + 12)
        sheet.paste(img, (x, y), img)
        pen.text((x + 6, y + h - 2), f"{k} {pal} {pat}"[: int(cell / 5.4)], fill=(140, 132, 122))
    sheet.save(path, optimize=True)


if __name__ == "__main__":
    chosen = sys.argv[2].split(",") if len(sys.argv) > 2 else list(KINDS)
    cell, cols, per = (int(v) for v in (*sys.argv[3:6], *("108", "12", "3")[len(sys.argv) - 3 :]))
    contact(Path(sys.argv[1]), chosen, per=per, cell=cell, cols=cols)
