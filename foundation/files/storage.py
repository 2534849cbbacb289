"""Keeping files: one door, whatever place the settings name.

The key is the hash of the content, so the same picture is kept once, an address never changes its meaning,
and a file written for a change that was rolled back harms nobody (`sweeping.py` takes it away later).
"""

from __future__ import annotations

from importlib import import_module
from urllib.parse import urljoin

from flask import Flask, current_app

from foundation import settings
from foundation.files.folder import Folder
from foundation.files.keys import key_for
from foundation.files.places import Storage
from foundation.settings import Settings, SettingsRefused

EXTENSION = "vetrina.storage"
PREFIX = "/media/"


def store(data: bytes, suffix: str) -> str:
    """Keep `data` and give its key, e.g. `3f…a1.webp`; `suffix` begins with a dot and is a known one.

    Call it before or after a transaction, never within: the place may be another machine.
    """
    key = key_for(data, suffix)
    current().put(key, data)
    return key


def read(key: str) -> bytes:
    """The bytes of a stored file; raises `NotFound`. To be called outside of a transaction, as `store`."""
    return current().read(key)


def url_of(key: str) -> str:
    """The address of a stored file: on our own host, or where `MEDIA_URL` says."""
    base = settings.current().media_url
    return f"{base}/{key}" if base else PREFIX + key


def outside_url(address: str) -> str:
    """An address of ours (a picture's, a page's) as somebody outside of the shop has to write it."""
    return urljoin(settings.current().base_url + "/", address)


def current() -> Storage:
    """The place of the application that is running."""
    storage: Storage = current_app.extensions[EXTENSION]
    return storage


def place_called(name: str, chosen: Settings) -> Storage:
    """`folder` or `s3`, as the settings describe it; raises `SettingsRefused` when they do not."""
    if name == Folder.name:
        return Folder(chosen.media_dir)
    if chosen.bucket is None:
        raise SettingsRefused("S3_BUCKET is missing: which bucket?")
    try:
        # By name, because the library behind it is there only for those who asked for the extra.
        module = import_module("foundation.files.bucket")
    except ModuleNotFoundError as missing:
        raise SettingsRefused(
            "S3_BUCKET is set, but boto3 is not installed: "
            "pip install --require-hashes -r requirements/s3.txt"
        ) from missing
    place: Storage = module.Bucket(chosen.bucket)
    return place


def init_app(app: Flask) -> None:
    chosen: Settings = app.extensions["vetrina.settings"]
    app.extensions[EXTENSION] = place_called("s3" if chosen.bucket else Folder.name, chosen)
