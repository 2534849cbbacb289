"""All style sheets become one: a class of two files is one class, and each undoes what the other laid out."""

import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMENT = re.compile(r"/\*.*?\*/", re.S)
OWN_RULE = re.compile(r"^(\.[a-z][\w-]*) \{", re.M)  # outside every @media, with nothing before or behind it


def homes_of_classes() -> dict[str, set[str]]:
    homes: dict[str, set[str]] = defaultdict(set)
    for sheet in ROOT.glob("*/assets/css/**/*.css"):
        for name in OWN_RULE.findall(COMMENT.sub("", sheet.read_text())):
            homes[name].add(sheet.name)
    return homes


def test_a_class_is_laid_out_in_one_style_sheet() -> None:
    homes = homes_of_classes()
    assert len(homes) > 100
    assert {name: sorted(files) for name, files in homes.items() if len(files) > 1} == {}
