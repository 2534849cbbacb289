"""The demo's pictures: each drawing rendered once to WebP with alpha, in several widths.

Rendering is the slow part (about half a second a garment), so a picture is drawn once at the
largest width, scaled down for the others, spread over all cores, and kept under the hash of
its drawing: a second start finds everything in place.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from PIL import Image

from .catalogue import Drawn
from .garments import KINDS, PALETTES, draw
from .garments.raster import SHEET, raster

#: Pixels across; the pictures are 4:5. Lists show the first, pages the second, zoom the third.
WIDTHS = (240, 480, 720)
#: Raised when the renderer's result changes although the drawings did not.
RECIPE = "1"
QUALITY = 86

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Picture:
    """One product's picture on disk. ``width``, ``height`` and ``box`` count pixels of the largest file."""

    key: str
    width: int
    height: int
    files: dict[int, Path]  # width in pixels -> WebP with alpha
    box: tuple[int, int, int, int]  # where the piece itself lies: x, y, width, height
    height_mm: int  # real height of the piece, as tall as the box


def key_of(drawn: Drawn, largest: int = WIDTHS[-1]) -> str:
    """The name of a picture: a hash of the drawing and of how it is rendered."""
    drawing = draw(drawn.kind, PALETTES[drawn.palette], drawn.pattern, drawn.seed, drawn.tone)
    text = f"{RECIPE}|{QUALITY}|{largest}|{drawing.grain:.4f}|{drawing.svg}"
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def _path(folder: Path, key: str, width: int) -> Path:
    return folder / f"{key}-{width}.webp"


def _write(path: Path, data: bytes) -> None:
    """Write beside the place and move in, so that a killed run leaves no half picture."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_bytes(data)
    part.replace(path)


def _render(drawn: Drawn, key: str, folder: Path, widths: tuple[int, ...]) -> str:
    """Draw one picture in all its widths; the box comes from the pixels themselves."""
    drawing = draw(drawn.kind, PALETTES[drawn.palette], drawn.pattern, drawn.seed, drawn.tone)
    largest = raster(drawing, max(widths))
    for width in widths:
        image = largest
        if width != largest.width:
            image = largest.resize((width, width * 5 // 4), Image.Resampling.LANCZOS)
        data = io.BytesIO()
        image.save(data, "WEBP", quality=QUALITY, alpha_quality=92, method=2)
        _write(_path(folder, key, width), data.getvalue())
    solid = largest.getchannel("A").point([255 if v > 24 else 0 for v in range(256)])
    x0, y0, x1, y1 = solid.getbbox() or (0, 0, largest.width, largest.height)
    drawn_cm = (y1 - y0) * SHEET / largest.width * drawing.cm_per_unit
    record = json.dumps({"box": [x0, y0, x1 - x0, y1 - y0], "height_mm": round(drawn_cm * 10)})
    _write(folder / f"{key}.json", record.encode())
    return key


def _ready(folder: Path, key: str, widths: tuple[int, ...]) -> bool:
    return (folder / f"{key}.json").exists() and all(_path(folder, key, w).exists() for w in widths)


def _load(folder: Path, key: str, widths: tuple[int, ...]) -> Picture:
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
    waiting = {key: drawn for drawn, key in keys.items() if not _ready(folder, key, widths)}
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
    return {drawn: _load(folder, key, widths) for drawn, key in keys.items()}
