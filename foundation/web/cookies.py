"""The session cookie: Flask's own, signed, written the short way.

Flask's way made the signer twice a request, walked through the session looking for types that JSON does not
know, and tried to squeeze every payload. A session of ours holds text, numbers, lists and dictionaries (what
else is put in raises `TypeError`), so JSON alone does, and a payload of some hundred bytes is not squeezed.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

import orjson
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import Signer, TimestampSigner, URLSafeTimedSerializer
from itsdangerous.encoding import base64_encode, want_bytes

WORTH_SQUEEZING = 1500  # bytes; browsers keep 4096 of a cookie


class PlainJson:
    """JSON and nothing else; a tuple comes back as a list."""

    @staticmethod
    def dumps(value: Any) -> str:
        return orjson.dumps(value).decode()

    @staticmethod
    def loads(text: str | bytes) -> Any:
        return orjson.loads(text)


class KeptKey(TimestampSigner):
    """Derives the key of a secret once, not at every signature."""

    def derive_key(self, secret_key: str | bytes | None = None) -> bytes:
        secret = self.secret_keys[-1] if secret_key is None else want_bytes(secret_key)
        return _derived(secret, self.salt, self.key_derivation)


@lru_cache(maxsize=8)
def _derived(secret: bytes, salt: bytes, derivation: str) -> bytes:
    return Signer(secret, salt=salt, key_derivation=derivation, digest_method=hashlib.sha1).derive_key()


class ShortSerializer(URLSafeTimedSerializer):
    """Squeezes only what is long; reads both."""

    default_signer = KeptKey

    def dump_payload(self, obj: Any) -> bytes:
        plain = orjson.dumps(obj)
        return base64_encode(plain) if len(plain) < WORTH_SQUEEZING else super().dump_payload(obj)


class SignedOnce(SecureCookieSessionInterface):
    """Signers are kept by application and key: an application whose key changes gets another one."""

    # The same SHA-1 as Flask's, but the C function itself, for which hmac has a fast way.
    digest_method = staticmethod(hashlib.sha1)
    serializer = PlainJson  # type: ignore[assignment]

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        fallbacks = tuple(app.config["SECRET_KEY_FALLBACKS"] or ())
        return self._signer(app, app.secret_key, fallbacks)

    @lru_cache(maxsize=8)  # noqa: B019 - one object for the life of the process
    def _signer(
        self, app: Flask, key: str | bytes | None, fallbacks: tuple[str | bytes, ...]
    ) -> URLSafeTimedSerializer | None:
        if not key:
            return None
        keys: list[Any] = [*fallbacks, key]  # the current one at the end
        return ShortSerializer(
            keys,
            salt=self.salt,
            serializer=self.serializer,
            signer_kwargs={"key_derivation": self.key_derivation, "digest_method": self.digest_method},
        )


def init_app(app: Flask) -> None:
    app.session_interface = SignedOnce()
