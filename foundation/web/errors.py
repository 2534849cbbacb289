"""What a person, or a program, is told when something went wrong: never a trace, always a next step.

People get a page in the shop's hand; programs (an `Accept` that prefers JSON, or `/api/`) get a problem
document (RFC 9457). The status and the headers that belong to it (Allow, Retry-After) stay what they were.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

import structlog
from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask_babel import gettext, lazy_gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from foundation.errors import Problem
from foundation.web.redirects import own_path

log = structlog.get_logger(__name__)
KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate")
# For htmx: an error takes the whole page, whatever part of it was asked for. Without the reselecting it would
# look for that part in the error, find none, and leave the reader an empty page.
WHOLE_PAGE = {"HX-Retarget": "body", "HX-Reswap": "innerHTML", "HX-Reselect": "body", "HX-Push-Url": "false"}
STATUSES = (
    400,
    401,
    403,
    404,
    405,
    408,
    409,
    410,
    413,
    414,
    415,
    422,
    428,
    429,
    431,
    500,
    501,
    502,
    503,
    504,
)


@dataclass(frozen=True)
class Words:
    """The page of one status: its title, what happened, and whether searching or trying again helps."""

    title: Any
    sentence: Any
    searches: bool = False
    retries: bool = False


WORDS = {
    400: Words(
        lazy_gettext("That did not arrive as it should"),
        lazy_gettext(
            "Something in the form or the address was not readable. Go back, look it over and send it again."
        ),
    ),
    403: Words(
        lazy_gettext("This door needs another key"),
        lazy_gettext(
            "You are signed in, but this page belongs to somebody with another role. Ask who runs the shop."
        ),
    ),
    404: Words(
        lazy_gettext("This hanger is empty"),
        lazy_gettext(
            "The page was moved or never existed. If a friend sent you the link, the look may still be here."
        ),
        searches=True,
    ),
    405: Words(
        lazy_gettext("This page cannot do that"),
        lazy_gettext("The address is right, the way it was called is not. Open it from its own page."),
    ),
    409: Words(
        lazy_gettext("Somebody was faster"),
        lazy_gettext("What you saw has changed since. Look at it again; nothing of yours was lost."),
        retries=True,
    ),
    413: Words(
        lazy_gettext("That is too large for us"),
        lazy_gettext("The file or the form is bigger than we take. Make it smaller and send it again."),
    ),
    414: Words(
        lazy_gettext("That address is too long for us"),
        lazy_gettext("If it was a search, look for a few words instead. Nothing was changed."),
        searches=True,
    ),
    429: Words(
        lazy_gettext("One moment, please"),
        lazy_gettext("That was a lot in a short time. Wait a minute, then go on where you were."),
        retries=True,
    ),
    500: Words(
        lazy_gettext("A seam has come undone"),
        lazy_gettext("The fault is ours and has been noted. What you sent counts wholly or not at all."),
        retries=True,
    ),
    503: Words(
        lazy_gettext("Back in a minute"),
        lazy_gettext("A service we need does not answer just now. Your bag is as you left it."),
        retries=True,
    ),
}


def words_of(status: int) -> Words:
    """The words for a status; a relative's words where it has none of its own."""
    return WORDS.get(status) or WORDS[500 if status >= 500 else 400]


def wants_json() -> bool:
    """True for programs: `/api/` addresses, and whoever prefers JSON to HTML."""
    if request.path.startswith("/api/"):
        return True
    accept = request.accept_mimetypes
    offered = ("text/html", "application/json", "application/problem+json")
    best = accept.best_match(offered, default="text/html")
    return best != "text/html" and accept[best] > accept["text/html"]


def answer(
    status: int,
    *,
    title: str,
    sentence: str,
    code: str,
    extra: dict[str, Any] | None = None,
    back: str | None = None,
) -> Response:
    """The answer in the form the caller reads, with a reference that support can find in the log.

    `back` is a page of ours that helps more than the shop window.
    """
    reference = str(getattr(g, "request_id", "") or secrets.token_hex(4))[:8].upper()
    if wants_json():
        document = {"type": "about:blank", "title": title, "status": status, "detail": sentence, "code": code}
        response = jsonify(document | {"reference": reference} | (extra or {}))
        response.mimetype = "application/problem+json"
    else:
        words = words_of(status)
        response = make_response(
            render_template(
                "foundation/error.html",
                status=status,
                error_title=title,
                sentence=sentence,
                words=words,
                back=back,
                reference=reference,
            )
        )
        if "HX-Request" in request.headers:
            response.headers.update(WHOLE_PAGE)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept")
    return response


def init_app(app: Flask) -> None:
    app.register_error_handler(Problem, problem_page)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(InternalServerError, _fault)


def problem_page(error: Problem) -> Response:
    """What a person, or a program, is told of a problem nobody dealt with."""
    title = str(words_of(error.status).title)
    response = answer(error.status, title=title, sentence=str(error), code=error.code, extra=error.extra)
    if error.status in {429, 503}:
        response.headers.setdefault("Retry-After", "60")
    return response


def _stale_form(error: CSRFError) -> Response:
    sentence = gettext(
        "The form was open for too long, or came from another page. Go back, reload it and send it again."
    )
    title = gettext("This form has gone stale")
    return answer(400, title=title, sentence=sentence, code="StaleForm", back=_page_before())


def _page_before() -> str | None:
    """The page of ours that a form was sent from, as far as the browser says."""
    before = own_path(request.referrer or "", request.host)
    return before if before != "/" else None


def _http(error: HTTPException) -> Response:
    original = error.get_response()
    status = original.status_code
    if status not in STATUSES:  # a redirect raised as an exception is no error
        return Response(original.get_data(), status=status, headers=original.headers)
    words = words_of(status)
    response = answer(
        status, title=str(words.title), sentence=str(words.sentence), code=error.name.replace(" ", "")
    )
    for name in KEPT_HEADERS:
        for value in original.headers.getlist(name):
            response.headers.add(name, value)
    return response


def _fault(error: InternalServerError) -> Response:
    cause = error.original_exception or error
    # Not the path: it may hold the secret of a ticket or of a letter.
    log.error("request.failed", endpoint=request.endpoint, method=request.method, exc_info=cause)
    words = WORDS[500]
    return answer(500, title=str(words.title), sentence=str(words.sentence), code="InternalServerError")
