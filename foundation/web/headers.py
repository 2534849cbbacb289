"""What every answer says to the browser: only our own scripts, styles and pictures, framed by nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask

from foundation.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Pairs = list[tuple[str, str]]

# A form that starts a payment is answered by a redirect to Stripe; browsers count that as its target.
STRIPE_TARGETS = ("https://checkout.stripe.com", "https://connect.stripe.com", "https://express.stripe.com")
FEATURES = ("accelerometer", "camera", "geolocation", "gyroscope", "microphone", "payment", "usb")
A_YEAR = 31_536_000


def policy(settings: Settings) -> str:
    """The Content-Security-Policy: no inline script, no inline style, no other host but the pictures'."""
    targets = ("'self'",) if settings.sandbox else ("'self'", *STRIPE_TARGETS)
    rules = {
        "default-src": "'self'",
        "base-uri": "'none'",
        "object-src": "'none'",
        "frame-ancestors": "'none'",
        "form-action": " ".join(targets),
    }
    if settings.media_url:
        rules["img-src"] = f"'self' {_origin(settings.media_url)}"
    directives = [f"{name} {sources}" for name, sources in rules.items()]
    if settings.base_url.startswith("https://"):
        directives.append("upgrade-insecure-requests")
    return "; ".join(directives)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def features(allowed: str = "") -> str:
    """The Permissions-Policy: nothing of the device, but for the one feature a page of ours works with."""
    return ", ".join(f"{feature}={'(self)' if feature == allowed else '()'}" for feature in FEATURES)


def for_settings(settings: Settings) -> dict[str, str]:
    """The headers of every answer of this installation."""
    headers = {
        "Content-Security-Policy": policy(settings),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": features(),
    }
    if settings.base_url.startswith("https://"):
        headers["Strict-Transport-Security"] = f"max-age={A_YEAR}; includeSubDomains"
    return headers


def init_app(app: Flask) -> None:
    headers = for_settings(app.extensions["vetrina.settings"])
    lowered = {name.lower(): (name, value) for name, value in headers.items()}
    answer = app.wsgi_app

    def guarded(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Outside of Flask, where a header is a pair in a list and costs nothing."""

        def start(status: str, given: Pairs, *more: Any) -> Callable[[bytes], object]:
            said = {name.lower() for name, _ in given}
            added = [pair for name, pair in lowered.items() if name not in said]
            return start_response(status, [*given, *added], *more)

        return answer(environ, start)

    app.wsgi_app = guarded  # type: ignore[method-assign]
