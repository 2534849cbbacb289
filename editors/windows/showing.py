"""A window and its collections as search engines read them (schema.org ProfilePage, CollectionPage)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext

from editors.gatherings.models import Gathering
from editors.gatherings.showing import Thing
from editors.looks.cards import LookCard
from editors.membership.models import Editor
from foundation import settings
from foundation.files.storage import outside_url


def profile_page(editor: Editor, looks: Sequence[LookCard]) -> dict[str, Any]:
    """Who it is and what they made; no figure of how many look at it, because nobody is ranked by that."""
    address = outside_url(url_for("window.window", handle=editor.handle))
    return {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "url": address,
        "dateCreated": editor.joined_at.isoformat(),
        "mainEntity": {
            "@type": "Person",
            "name": editor.name,
            "alternateName": f"@{editor.handle}",
            "description": editor.about,
            "url": address,
            "jobTitle": gettext("Style editor"),
            "affiliation": {"@type": "Organization", "name": settings.current().shop_name},
            "homeLocation": {"@type": "City", "name": editor.city},
        },
        "hasPart": [
            {
                "@type": "CreativeWork",
                "name": look.name,
                "url": outside_url(url_for("looks.look", slug=look.slug)),
            }
            for look in looks
        ],
    }


def collection_page(editor: Editor, gathering: Gathering, things: Sequence[Thing]) -> dict[str, Any]:
    """What is gathered, in its order, and who gathered it."""
    window = outside_url(url_for("window.window", handle=editor.handle))
    return {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": gathering.name,
        "url": f"{window}/collections/{gathering.slug}",
        "author": {"@type": "Person", "name": editor.name, "url": window},
        "mainEntity": {
            "@type": "ItemList",
            "numberOfItems": len(things),
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": place,
                    "name": thing.name,
                    "url": outside_url(thing.shown["href"]),
                }
                for place, thing in enumerate(things, start=1)
            ],
        },
    }
