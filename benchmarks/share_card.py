"""How long a share card takes to be drawn, in each size: `python -m benchmarks.share_card`.

The goal is half a second for one; nothing else of a shop runs here, and the picture is as large as a look's.
"""

from __future__ import annotations

import io
import time

from PIL import Image, ImageFilter

from editors.share.cards import Card, Size, draw

ROUNDS = 9
GOAL_MS = 500
CARD = Card(
    title="Two days in Torino with one bag",
    by="A look by Giulia Ferri",
    address="shop.example/go/two-days-in-torino",
    disclosure="Advertising: I earn a commission when you buy by this link. You pay the same.",
    picture_key="drawn-here.webp",
)


def main() -> None:
    noise = Image.effect_noise((1080, 1440), 90).filter(ImageFilter.GaussianBlur(4))
    picture = io.BytesIO()
    Image.merge("RGBA", (noise, noise, noise, noise)).save(picture, "WEBP", quality=84)
    draw(CARD, Size.WIDE, picture.getvalue())  # faces are read once a process
    for size in Size:
        took = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            draw(CARD, size, picture.getvalue())
            took.append((time.perf_counter() - began) * 1000)
        middle = sorted(took)[ROUNDS // 2]
        print(f"{size:9} {middle:6.0f} ms (goal {GOAL_MS} ms){'' if middle < GOAL_MS else '  MISSED'}")


if __name__ == "__main__":
    main()
