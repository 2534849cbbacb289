"""What the studio gives the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from editors.membership.guards import editor_here
from editors.studio import (
    canvas_views,
    gathering_views,
    link_views,
    look_views,
    photo_views,
    together_views,
    views,
)
from foundation.web import navigation, slots

LOOKS = ("studio_looks.", "studio_canvas.", "studio_photos.", "studio_together.")


def init_app(app: Flask) -> None:
    for pages in (views, look_views, canvas_views, photo_views, together_views, gathering_views, link_views):
        app.register_blueprint(pages.bp)
    here = navigation.Entry(_l("Today"), "studio.today", shown=is_open, icon="house")
    looks = navigation.Entry(_l("Looks"), "studio_looks.looks", belongs=LOOKS, shown=is_open, icon="shirt")
    links = navigation.Entry(
        _l("Links"), "studio_links.links", belongs=("studio_links.", "share."), shown=is_open, icon="share-2"
    )
    pictures = navigation.Entry(_l("Pictures"), "studio.media", shown=is_open)
    gathered = navigation.Entry(
        _l("Collections"), "studio_gatherings.gatherings", belongs=("studio_gatherings.",), shown=is_open
    )
    mine = _l("About you")
    sizes = navigation.Entry(_l("My sizes"), "usual.show", group=mine)
    account = navigation.Entry(_l("Name and password"), "accounts.settings", group=mine)
    for order, entry in (
        *((0, here), (10, looks), (15, gathered), (20, links), (28, pictures)),
        *((90, sizes), (95, account)),
    ):
        navigation.add(app, "studio.nav", entry, order=order)
    slots.fill(app, "studio.steps", together_views.steps)
    navigation.add(app, "foot.community", navigation.Entry(_l("Studio"), "studio.today"), order=30)
    navigation.add(app, "rooms", navigation.Entry(_l("Studio"), "studio.today", shown=is_open), order=20)


def is_open() -> bool:
    """Whether the studio's door opens to this reader."""
    editor = editor_here()
    return editor is not None and editor.in_studio
