"""What search engines are told: which addresses there are, and where they need not look.

A package names its single pages (`add_pages`, `add_paths`) and its long lists (`add_section`). A list is cut
into parts by ranges of keys: a part keeps its pages as others come and go, and the index knows the newest
change of each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Flask, Response, current_app, redirect, url_for
from werkzeug.wrappers import Response as Redirection

from foundation import settings
from foundation.accounts.guards import public
from foundation.errors import NotFound
from foundation.i18n import LANGUAGES, address_in
from foundation.streams import streamed
from foundation.web.assets import asset
from foundation.web.queries import Section, pages_of, parts_of
from foundation.web.xml import HEAD, moment, words

PAGES = "pages"
# An icon changes its address with every build: whoever keeps the way to it does so for a day.
KEPT_SECONDS = 86_400
# Pages of one person, of staff, or without end: nothing there is for everybody. The bag itself may
# be found: to a stranger it is one page that says how to fill it.
CLOSED = ("/account", "/cart/", "/checkout", "/go/", "/orders", "/search/", "/set/", "/staff", "/studio")

_KEY = "vetrina.sitemap"
_PATHS = "vetrina.sitemap.paths"
_NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'

bp = Blueprint("sitemap", __name__)

# A path on our host, and when what it shows last changed, where that is known.
Page = tuple[str, datetime | None]


def add_pages(app: Flask, *endpoints: str) -> None:
    """Name pages that are always there."""
    _known(app)[0].extend(endpoints)


def add_paths(app: Flask, make: Callable[[], Iterable[str]]) -> None:
    """Name a few pages by their paths; `make` is called when they are asked for."""
    app.extensions.setdefault(_PATHS, []).append(make)


def add_section(app: Flask, name: str, make: Callable[[], Section]) -> None:
    """Name a list of pages; `make` is called when it is asked for."""
    _known(app)[1][name] = make


@bp.get("/favicon.ico")
@public
def icon() -> Redirection:
    """The icon, where those look who do not read that a page has one."""
    answer = redirect(asset("img/mark.svg"))
    answer.cache_control.max_age = KEPT_SECONDS
    answer.cache_control.public = True
    return answer


@bp.get("/robots.txt")
@public
def robots() -> Response:
    """Where crawlers need not look, and where the list of all pages is."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in CLOSED),
        "",
        f"Sitemap: {_host()}/sitemap.xml",
    ]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@bp.get("/sitemap.xml")
@public
def index() -> Response:
    """The parts of the sitemap."""
    pieces = [HEAD, f"<sitemapindex {_NAMESPACES}>\n", _part(PAGES, 0, None)]
    for name, make in _known(current_app)[1].items():
        pieces += [_part(name, number, at) for number, at in parts_of(make())]
    return streamed([*pieces, "</sitemapindex>\n"], "application/xml")


@bp.get("/sitemaps/<name>-<int:part>.xml")
@public
def part(name: str, part: int) -> Response:
    """One part: every page with its address in each language."""
    endpoints, sections = _known(current_app)
    if name == PAGES and part == 0:
        paths = (path for make in current_app.extensions.get(_PATHS, ()) for path in make())
        pages: Iterable[Page] = [(path, None) for path in (*map(url_for, endpoints), *paths)]
    elif name in sections:
        section = sections[name]()
        pages = _pages(section.prefix, pages_of(section, part))
    else:
        raise NotFound()
    return streamed(_written(pages, _host(), settings.current().locale), "application/xml")


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    _known(app)


def _known(app: Flask) -> tuple[list[str], dict[str, Callable[[], Section]]]:
    known: tuple[list[str], dict[str, Callable[[], Section]]] = app.extensions.setdefault(_KEY, ([], {}))
    return known


def _host() -> str:
    return settings.current().base_url


def _part(name: str, number: int, changed: datetime | None) -> str:
    address = f"{_host()}/sitemaps/{name}-{number}.xml"
    return f"<sitemap><loc>{words(address)}</loc>{_changed(changed)}</sitemap>\n"


def _pages(prefix: str, rows: Iterable[Any]) -> Iterator[Page]:
    for row in rows:
        yield prefix + quote(row[0]), row[1]


def _written(pages: Iterable[Page], host: str, shop_language: str) -> Iterator[str]:
    """Each page once in every language, each time naming all of them: so the format has it."""
    yield f"{HEAD}<urlset {_NAMESPACES}>\n"
    for path, changed in pages:
        addresses = {code: words(host + address_in(path, code)) for code in LANGUAGES}
        alternates = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>'
            for code, address in (*addresses.items(), ("x-default", addresses[shop_language]))
        )
        for address in addresses.values():
            yield f"<url><loc>{address}</loc>{_changed(changed)}{alternates}</url>\n"
    yield "</urlset>\n"


def _changed(at: datetime | None) -> str:
    return f"<lastmod>{moment(at)}</lastmod>" if at else ""
