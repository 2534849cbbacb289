"""What a device at the door may send: a batch of what it saw, each with a name of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from marshmallow import Schema, ValidationError, fields, validate

from events.calendar.models import MOST_PARTY
from events.door.admitting import Sighting
from events.door.errors import NothingSent, TooManyScans
from events.door.models import LONGEST_NONCE, ScanMode
from events.door.policy import MOST_AT_ONCE
from events.door.walking_in import WalkIn
from foundation.web.addresses import is_address

#: Five hundred of the longest take two thirds of this.
MOST_BYTES = 512 * 1024
LARGEST_ID = 2**63 - 1
NONCE = re.compile(rf"\A[A-Za-z0-9_-]{{1,{LONGEST_NONCE}}}\Z")


@dataclass(frozen=True, kw_only=True, slots=True)
class Upload:
    """What a device tells at once. `since`: it knows of all that changed before."""

    device: str
    sent_at: datetime
    since: datetime | None
    sightings: list[Sighting]
    walk_ins: list[WalkIn]


def _name(**more: Any) -> fields.String:
    return fields.String(validate=validate.Regexp(NONCE), **more)


def _line(most: int, **more: Any) -> fields.String:
    return fields.String(validate=[validate.Length(max=most), _plain], **more)


def _plain(text: str) -> None:
    if any(ord(sign) < 32 or ord(sign) == 127 for sign in text):
        raise ValidationError("a sign that nobody could see")


def _moment(**more: Any) -> fields.AwareDateTime:
    return fields.AwareDateTime(format="iso", default_timezone=UTC, **more)


def _people(**more: Any) -> fields.Integer:
    return fields.Integer(strict=True, validate=validate.Range(1, MOST_PARTY), **more)


class SightingSchema(Schema):
    nonce = _name(required=True)
    at = _moment(required=True)
    mode = fields.Enum(ScanMode, by_value=True, required=True)
    rsvp_id = fields.Integer(strict=True, validate=validate.Range(1, LARGEST_ID), load_default=None)
    secret = _line(LONGEST_NONCE, load_default=None)
    people = _people(load_default=None)
    insists = fields.Boolean(load_default=False)
    reason = _line(200, load_default="")
    undoes = _name(load_default=None)


class WalkInSchema(Schema):
    nonce = _name(required=True)
    at = _moment(required=True)
    name = fields.String(required=True, validate=[validate.Length(1, 80), _plain])
    people = _people(required=True)
    email = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=254))
    agreed = _line(500, load_default="")
    reason = _line(200, load_default="")
    language = fields.String(load_default="it", validate=validate.OneOf(("it", "en")))
    offline = fields.Boolean(load_default=False)


class UploadSchema(Schema):
    device = _name(required=True)
    sent_at = _moment(required=True)
    since = _moment(load_default=None, allow_none=True)
    scans = fields.List(fields.Nested(SightingSchema), load_default=list)
    walk_ins = fields.List(fields.Nested(WalkInSchema), load_default=list)


_UPLOAD = UploadSchema()


def read_upload(body: bytes) -> Upload:
    """What a device sent; raises `NothingSent` when no device of ours would, and `TooManyScans`."""
    try:
        sent = orjson.loads(body)
    except orjson.JSONDecodeError:
        sent = None
    if not isinstance(sent, Mapping):
        raise NothingSent()
    for name in ("scans", "walk_ins"):
        # Counted before anything in it is looked at.
        if isinstance(sent.get(name), list) and len(sent[name]) > MOST_AT_ONCE:
            raise TooManyScans()
    try:
        read = _UPLOAD.load(sent)
    except (ValidationError, OverflowError) as wrong:
        raise NothingSent() from wrong
    return Upload(
        device=read["device"],
        sent_at=read["sent_at"],
        since=read["since"],
        sightings=[Sighting(**one) for one in read["scans"]],
        walk_ins=[_walk_in(one) for one in read["walk_ins"]],
    )


def _walk_in(one: dict[str, Any]) -> WalkIn:
    """An address that is none is left out: whoever stands there is in all the same."""
    email = (one.pop("email") or "").strip()
    return WalkIn(**one, email=email if is_address(email) else None)
