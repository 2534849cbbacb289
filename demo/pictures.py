"""The demo's pictures: each drawing rendered once to WebP with alpha, in several widths.

Rendering is the slow part, and it grows with the area: half a second for a picture of 480 pixels, three
for one of 1200. So what a shop needs to open is drawn small, spread over all cores; what belongs to a look
is drawn a little larger, as looks are made of it. The large pictures, the close-ups and the outfits are
painted when the shop is open (`painter.py`). All of it is kept under the hash of its drawing: a second
start finds everything in place.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from PIL import Image

from .catalogue import Drawn
from .garments import KINDS, PALETTES, Drawing, draw
from .garments.raster import SHEET, raster

#: Pixels across; the pictures are 4:5. Lists show the first, pages the second, looks are made of the third.
WIDTHS = (240, 480, 720)
OPENING_WIDTHS = WIDTHS[:2]
#: Raised when the renderer's result changes although the drawings did not.
RECIPE = "1"
QUALITY = 86

Progress = Callable[[int, int], None]
PixelBox = tuple[int, int, int, int]  # x, y, width, height


@dataclass(frozen=True)
class Picture:
    """One product's picture on disk. ``width``, ``height`` and ``box`` count pixels of the largest file."""

    key: str
    width: int
    height: int
    files: dict[int, Path]  # width in pixels -> WebP with alpha
    box: PixelBox  # where the piece itself lies
    height_mm: int  # real height of the piece, as tall as the box


def key_of(drawn: Drawn, largest: int = WIDTHS[-1]) -> str:
    """The name of a picture: a hash of the drawing and of how it is rendered."""
    drawing = draw(drawn.kind, PALETTES[drawn.palette], drawn.pattern, drawn.seed, drawn.tone)
    text = f"{RECIPE}|{QUALITY}|{largest}|{drawing.grain:.4f}|{drawing.svg}"
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def ready(folder: Path, key: str, widths: Sequence[int]) -> bool:
    """Whether a picture is there in all these widths."""
    return (folder / f"{key}.json").exists() and all(_path(folder, key, w).exists() for w in widths)


def load(folder: Path, key: str, widths: Sequence[int]) -> Picture:
    """A picture that is ready."""
    record = json.loads((folder / f"{key}.json").read_text(encoding="utf-8"))
    x, y, w, h = record["box"]
    return Picture(
        key=key,
        width=max(widths),
        height=max(widths) * 5 // 4,
        files={width: _path(folder, key, width) for width in widths},
        box=(x, y, w, h),
        height_mm=record["height_mm"],
    )


def keep(
    folder: Path, key: str, image: Image.Image, widths: Sequence[int], *, box: PixelBox, height_mm: int
) -> Picture:
    """Write a picture in all widths, none larger than it is, and last what is known of it."""
    for width in widths:
        scaled = image
        if width != image.width:
            scaled = image.resize((width, width * 5 // 4), Image.Resampling.LANCZOS)
        data = io.BytesIO()
        scaled.save(data, "WEBP", quality=QUALITY, alpha_quality=92, method=2)
        _write(_path(folder, key, width), data.getvalue())
    _write(folder / f"{key}.json", json.dumps({"box": box, "height_mm": height_mm}).encode())
    return load(folder, key, widths)


def box_of(image: Image.Image) -> PixelBox:
    """Where the piece itself lies, from the pixels: x, y, width, height."""
    solid = image.getchannel("A").point([255 if v > 24 else 0 for v in range(256)])
    x0, y0, x1, y1 = solid.getbbox() or (0, 0, image.width, image.height)
    return x0, y0, x1 - x0, y1 - y0


def height_of(drawing: Drawing, image: Image.Image, box: PixelBox) -> int:
    """The real height in millimetres of what fills a box of its picture."""
    return round(box[3] * SHEET / image.width * drawing.cm_per_unit * 10)


def _path(folder: Path, key: str, width: int) -> Path:
    return folder / f"{key}-{width}.webp"


def _write(path: Path, data: bytes) -> None:
    """Write beside the place and move in, so that a killed run leaves no half picture."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_bytes(data)
    part.replace(path)


def _render(drawn: Drawn, key: str, folder: Path, widths: tuple[int, ...]) -> str:
    drawing = draw(drawn.kind, PALETTES[drawn.palette], drawn.pattern, drawn.seed, drawn.tone)
    image = raster(drawing, max(widths))
    box = box_of(image)
    keep(folder, key, image, widths, box=box, height_mm=height_of(drawing, image, box))
    return key


def render_all(
    drawings: Iterable[Drawn],
    folder: Path,
    *,
    widths: tuple[int, ...] = WIDTHS,
    workers: int | None = None,
    progress: Progress | None = None,
) -> dict[Drawn, Picture]:
    """Make sure of every drawing's picture under ``folder`` and say where each is.

    Pictures already there are kept. ``workers`` defaults to the number of cores; ``progress``
    is called with how many are ready and how many there are, first before any work begins.

    Raises:
        OSError: the folder cannot be written.
        ValueError: a drawing names an unknown pattern.
    """
    folder.mkdir(parents=True, exist_ok=True)
    keys = {drawn: key_of(drawn, max(widths)) for drawn in dict.fromkeys(drawings)}
    waiting = {key: drawn for drawn, key in keys.items() if not ready(folder, key, widths)}
    done, total = len(keys) - len(waiting), len(keys)
    if progress:
        progress(done, total)
    if waiting:
        count = min(workers or os.cpu_count() or 1, len(waiting))
        # Widest pieces first: the last picture to finish is then a quick one.
        order = sorted(waiting, key=lambda key: (-KINDS[waiting[key].kind].cm, key))
        with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
            jobs = [pool.submit(_render, waiting[key], key, folder, widths) for key in order]
            for job in jobs:
                job.result()
                done += 1
                if progress:
                    progress(done, total)
    return {drawn: load(folder, key, widths) for drawn, key in keys.items()}
