"""What hangs together in a mask, found by cutting its rows into stretches and joining those that touch."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from PIL import Image

WHITE = re.compile(rb"\xff+")


@dataclass
class Region:
    """One region: its stretches as offsets into the mask's bytes, its points, whether it meets the edge."""

    runs: list[tuple[int, int]] = field(default_factory=list)
    area: int = 0
    touches_edge: bool = False

    def mean(self, values: bytes) -> float:
        """The average of another picture's values (one byte a point) over the region."""
        return sum(sum(values[start:end]) for start, end in self.runs) / self.area


def regions_of(mask: Image.Image) -> list[Region]:
    """Every region of 255 in a mask of 0 and 255; points that touch by their sides belong together."""
    width, height = mask.size
    data = mask.tobytes()
    runs: list[tuple[int, int]] = []
    parents: list[int] = []

    def root(number: int) -> int:
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    above: list[int] = []
    for y in range(height):
        begin = y * width
        row: list[int] = []
        place = 0
        for found in WHITE.finditer(data, begin, begin + width):
            start, end = found.span()
            number = len(runs)
            runs.append((start, end))
            parents.append(number)
            row.append(number)
            # Those of the row above that end before this one begins will touch nothing more.
            while place < len(above) and runs[above[place]][1] + width <= start:
                place += 1
            here = place
            while here < len(above) and runs[above[here]][0] + width < end:
                parents[root(above[here])] = root(number)
                here += 1
        above = row
    return _gathered(runs, [root(number) for number in range(len(runs))], width, height)


def _gathered(runs: list[tuple[int, int]], roots: list[int], width: int, height: int) -> list[Region]:
    regions: dict[int, Region] = {}
    for (start, end), root in zip(runs, roots, strict=True):
        region = regions.setdefault(root, Region())
        region.runs.append((start, end))
        region.area += end - start
        row, column = divmod(start, width)
        if row in {0, height - 1} or column == 0 or column + end - start == width:
            region.touches_edge = True
    return list(regions.values())
