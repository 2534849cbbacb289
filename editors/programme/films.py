"""A film and its captions as they arrive: looked at by their content, whatever they are called."""

from __future__ import annotations

from foundation.files.storage import store

MOST_FILM = 40 * 1024 * 1024
MOST_CAPTIONS = 200 * 1024


class NotAFilm(ValueError):
    """The bytes are no film, or no captions, that we take."""


def keep_film(data: bytes) -> str:
    """Keep an MP4 or a WebM; its key. Raises `NotAFilm`. Call it outside of a transaction."""
    if len(data) > MOST_FILM:
        raise NotAFilm()
    if data[4:8] == b"ftyp":
        return store(data, ".mp4")
    if data.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in data[:64]:
        return store(data, ".webm")
    raise NotAFilm()


def keep_captions(data: bytes) -> str:
    """Keep WebVTT captions; their key. Raises `NotAFilm`. Call it outside of a transaction."""
    if len(data) > MOST_CAPTIONS:
        raise NotAFilm()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        raise NotAFilm() from broken
    if not text.startswith("WEBVTT") or "-->" not in text:
        raise NotAFilm()
    return store(text.encode(), ".vtt")
