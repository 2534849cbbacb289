"""The session cookie: Flask's own, signed, with its signer made once instead of twice a request."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer


class SignedOnce(SecureCookieSessionInterface):
    """Signers are kept by application and key: an application whose key changes gets another one."""

    # The same SHA-1 as Flask's, but the C function itself, for which hmac has a fast way.
    digest_method = staticmethod(hashlib.sha1)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        fallbacks = tuple(app.config["SECRET_KEY_FALLBACKS"] or ())
        return self._signer(app, app.secret_key, fallbacks)

    @lru_cache(maxsize=8)  # noqa: B019 - one object for the life of the process
    def _signer(
        self, app: Flask, key: str | bytes | None, fallbacks: tuple[str | bytes, ...]
    ) -> URLSafeTimedSerializer | None:
        return super().get_signing_serializer(app)


def init_app(app: Flask) -> None:
    app.session_interface = SignedOnce()
