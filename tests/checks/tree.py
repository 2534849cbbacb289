"""What is true of every tracked file: short, well named, no registry named, no inline script or style."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 500
CODE = {".py", ".html", ".css", ".js", ".mjs", ".sh", ".txt", ".md", ".toml", ".yaml", ".yml"}
LOCKS = re.compile(r"^requirements/|(^|/)package-lock\.json$")
VAGUE = {"utils.py", "util.py", "helpers.py", "common.py", "misc.py", "manager.py", "managers.py"}
# Written with a class in each name, so that this file does not hold what it looks for.
REGISTRY = re.compile(
    r"py[p]i\.org|pyt[h]onhosted\.org|registry\.n[p]mjs|n[p]mjs\.org/|yar[n]pkg\.com|jsd[e]livr|un[p]kg\.com|"
    r"--(extra-)?index-[u]rl|--find-[l]inks",
    re.I,
)
# Our content security policy would block these.
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc\s*=)(?![^>]*application/(?:ld\+)?json)", re.I),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.I),
    "a javascript: address": re.compile(r"=\s*[\"']\s*javascript:", re.I),
    "hx-on": re.compile(r"\b(data-)?hx-on\b", re.I),
    "script in an htmx attribute": re.compile(r"hx-[a-z-]+\s*=\s*[\"']\s*js:", re.I),
}
LETTERS = {"frame.html", "letter.html", "mail.html"}  # read in a mail program, where only an attribute styles
COMMENT = re.compile(r"\{#.*?#\}", re.S)


def tracked() -> list[Path]:
    """Files in the history or about to be, as paths below the root; every file where there is no git."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        listed = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*")]
        listed = [
            name for name in listed if not re.match(r"(\.venv|node_modules|\.run|\.git|\..*_cache)/", name)
        ]
    return [Path(name) for name in listed if (ROOT / name).is_file() and not (ROOT / name).is_symlink()]


def _template_faults(path: Path, text: str) -> Iterator[str]:
    shown = COMMENT.sub("", text)
    for what, pattern in INLINE.items():
        if match := pattern.search(shown):
            line = shown[: match.start()].count("\n") + 1
            yield f"{path}:{line}: {what} is blocked by our content security policy"


def _faults_of(path: Path) -> Iterator[str]:
    if path.name in VAGUE:
        yield f"{path}: name the file after what it holds"
    try:
        text = (ROOT / path).read_text()
    except UnicodeDecodeError:
        return
    lines = text.splitlines()
    if path.suffix in CODE and not LOCKS.search(str(path)) and len(lines) > LONGEST:
        yield f"{path}: {len(lines)} lines; {LONGEST} at most (split it along what it does)"
    for number, line in enumerate(lines, 1):
        if REGISTRY.search(line):
            yield f"{path}:{number}: names a package registry"
    if path.suffix == ".html" and path.name not in LETTERS:
        yield from _template_faults(path, text)


def faults() -> list[str]:
    """Every fault of every tracked file, as `path:line: what`."""
    return [fault for path in tracked() for fault in _faults_of(path)]
