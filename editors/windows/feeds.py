"""An editor's looks as Atom (RFC 4287), each with its picture and the disclosure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from flask import url_for
from flask_babel import gettext
from markupsafe import escape

from editors.looks.cards import LookCard
from editors.looks.pictures import card_values
from editors.membership.models import Editor
from foundation import settings
from foundation.files.storage import outside_url
from foundation.i18n import address_in, reader_language
from foundation.web.formats import money
from foundation.web.xml import HEAD, element, moment, words

#: The year in which the house began to give such names, as their scheme wants one.
NAMED_SINCE = 2026


def feed_of(editor: Editor, looks: Sequence[LookCard]) -> str:
    """The feed in the reader's language; `looks` are on show, newest first."""
    shop = settings.current()
    own, window = _address("window.feed", editor), _address("window.window", editor)
    changed = max((look.published_at for look in looks if look.published_at), default=editor.joined_at)
    pieces = [
        HEAD,
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{reader_language()}">\n',
        element("title", gettext("%(name)s, style editor", name=editor.name)),
        element("subtitle", disclosure_of(editor)),
        element("id", _name_of("style-editor", editor.id)),
        element("updated", moment(changed)),
        f'<link rel="self" type="application/atom+xml" href="{words(own)}"/>',
        f'<link rel="alternate" type="text/html" href="{words(window)}"/>',
        f"<author>{element('name', editor.name)}{element('uri', window)}</author>",
        element("generator", shop.shop_name),
        *(_entry(editor, look, changed) for look in looks),
        "\n</feed>\n",
    ]
    return "".join(pieces)


def disclosure_of(editor: Editor) -> str:
    """Who earns, in one sentence of the reader's language."""
    return gettext(
        "%(name)s earns a commission when you buy from a look; you pay the same.", name=editor.first_name
    )


def _entry(editor: Editor, look: LookCard, changed: datetime) -> str:
    shown = card_values(look)
    address = outside_url(address_in(shown["href"], reader_language()))
    at = moment(look.published_at or changed)
    picture = shown["picture"]
    source = f'src="{words(picture["shared"])}" alt="{words(picture["alt"])}"' if picture else ""
    image = f'<p><img {source} width="540" height="720"></p>' if picture else ""
    rows = "".join(
        f"<li>{escape(row['name'])}, {escape(money(row['price']))}</li>" for row in shown["credits"]
    )
    content = f"{image}<ul>{rows}</ul><p>{escape(disclosure_of(editor))}</p>"
    enclosure = (
        f'<link rel="enclosure" type="image/webp" href="{words(picture["shared"])}"/>' if picture else ""
    )
    return (
        f"\n<entry>{element('title', look.name)}"
        f"{element('id', _name_of('look', look.id))}"
        f'<link rel="alternate" type="text/html" href="{words(address)}"/>{enclosure}'
        f"{element('published', at)}{element('updated', at)}"
        f'<content type="html">{words(content)}</content></entry>'
    )


def _name_of(kind: str, number: int) -> str:
    """A name for good (RFC 4151): handles and addresses may change, and readers would show all of it anew."""
    host = urlsplit(settings.current().base_url).hostname or "localhost"
    return f"tag:{host},{NAMED_SINCE}:{kind}/{number}"


def _address(endpoint: str, editor: Editor) -> str:
    return outside_url(address_in(url_for(endpoint, handle=editor.handle), reader_language()))
