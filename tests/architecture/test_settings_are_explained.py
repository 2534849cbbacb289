"""`.env.example` names every setting that the code reads, and no other."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUTSIDE = {"POSTGRES_BIN"}  # read by the private server's starter


def test_every_setting_is_explained_and_nothing_else():
    source = (ROOT / "foundation/settings.py").read_text()
    read = set(re.findall(r'environ(?:\.get\(|, )"([A-Z0-9_]+)"', source))
    explained = set(re.findall(r"^([A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.M))
    assert read | OUTSIDE == explained
