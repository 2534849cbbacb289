"""Cut the two faces down to what the pages use, so that both together stay under 90 KB.

Run by the asset build before the bundler: reads the npm packages, writes `fonts/*.woff2` beside this file
(not tracked). Fraunces keeps the optical sizes 9 to 90 and the weights 300 to 450, Inter the weights 400 to
600; both keep the letters of English, Italian and their neighbours. A face that is newer than its source is
left alone.

What is printed (`foundation/paper.py`) names people and streets of every country the shop delivers to: for it
Inter is put together again from the parts it comes in, upright and bold, as `fonts/paper-*.ttf`, and Fraunces
as headings have it, for pictures with words in them. No browser loads them.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

HERE = Path(__file__).resolve().parent
PACKAGES = HERE.parent.parent / "node_modules" / "@fontsource-variable"

ASCII = range(0x20, 0x7F)
LATIN_1 = range(0xA0, 0x100)
PUNCTUATION = (
    0x2009,
    0x2013,
    0x2014,
    0x2018,
    0x2019,
    0x201A,
    0x201C,
    0x201D,
    0x201E,
    0x2022,
    0x2026,
    0x202F,
    0x2032,
)
SIGNS = (0x131, 0x152, 0x153, 0x2033, 0x2039, 0x203A, 0x20AC, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212)
LETTERS = frozenset((*ASCII, *LATIN_1, *PUNCTUATION, *SIGNS))
FEATURES = ("kern", "liga", "lnum", "tnum", "mark", "mkmk", "ccmp", "locl", "calt", "case", "cv05")


@dataclass(frozen=True)
class Face:
    """One face: where it comes from, what it becomes, which part of its axes stays."""

    name: str
    source: Path
    axes: dict[str, tuple[float, float]]


FACES = (
    Face(
        "fraunces",
        PACKAGES / "fraunces/files/fraunces-latin-opsz-normal.woff2",
        {"opsz": (9, 90), "wght": (300, 450)},
    ),
    Face("inter", PACKAGES / "inter/files/inter-latin-wght-normal.woff2", {"wght": (400, 600)}),
)

PAPER_PARTS = tuple(
    PACKAGES / f"inter/files/inter-{part}-wght-normal.woff2"
    for part in ("latin", "latin-ext", "greek", "greek-ext", "cyrillic", "cyrillic-ext", "vietnamese")
)
HEADINGS = PACKAGES / "fraunces/files/fraunces-latin-opsz-normal.woff2"
HEADING_AXES = {"opsz": 48, "wght": 380}
PAPER_WEIGHTS = {"paper-regular": 400, "paper-bold": 600}


def cut(face: Face, target: Path) -> int:
    """Write the cut face to ``target``; return its size in bytes."""
    font = TTFont(face.source)
    options = subset.Options()
    options.layout_features = list(FEATURES)
    options.notdef_outline = True
    options.hinting = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=LETTERS)
    cutter.subset(font)
    font = instancer.instantiateVariableFont(font, face.axes)
    font.flavor = "woff2"
    font.save(target)
    return target.stat().st_size


def put_together(weight: int, target: Path) -> int:
    """Write Inter of one weight, all its parts in one, to ``target``; return its size in bytes."""
    seen: set[int] = set()
    with tempfile.TemporaryDirectory() as folder:
        made = []
        for source in PAPER_PARTS:
            font = TTFont(source)
            own = set(font.getBestCmap() or ()) - seen - {0}
            seen |= own
            options = subset.Options()
            options.layout_features = []
            options.drop_tables += ["GSUB", "GPOS", "GDEF", "STAT", "MVAR", "HVAR"]
            options.hinting = False
            options.notdef_outline = True
            cutter = subset.Subsetter(options)
            cutter.populate(unicodes=own)
            cutter.subset(font)
            font = instancer.instantiateVariableFont(font, {"wght": weight})
            font.flavor = None
            made.append(str(Path(folder) / source.with_suffix(".ttf").name))
            font.save(made[-1])
        Merger().merge(made).save(target)
    return target.stat().st_size


def as_in_headings(target: Path) -> int:
    """Write Fraunces as it stands in headings to ``target``; return its size in bytes."""
    font = instancer.instantiateVariableFont(TTFont(HEADINGS), HEADING_AXES)
    font.flavor = None
    font.save(target)
    return target.stat().st_size


def is_fresh(target: Path, *sources: Path) -> bool:
    """Whether ``target`` is newer than all it is made from, this file among them."""
    newest = max(source.stat().st_mtime for source in (*sources, Path(__file__)))
    return target.exists() and target.stat().st_mtime >= newest


def main() -> int:
    """Make each face that is missing or older than its source or this file."""
    folder = HERE / "fonts"
    folder.mkdir(exist_ok=True)
    for face in FACES:
        target = folder / f"{face.name}.woff2"
        if not is_fresh(target, face.source):
            sys.stdout.write(f"{target.name}: {cut(face, target):,} bytes\n")
    for name, weight in PAPER_WEIGHTS.items():
        target = folder / f"{name}.ttf"
        if not is_fresh(target, *PAPER_PARTS):
            sys.stdout.write(f"{target.name}: {put_together(weight, target):,} bytes\n")
    target = folder / "paper-display.ttf"
    if not is_fresh(target, HEADINGS):
        sys.stdout.write(f"{target.name}: {as_in_headings(target):,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
