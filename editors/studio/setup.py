"""What the studio gives the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from editors.membership.guards import editor_here
from editors.studio import canvas_views, link_views, look_views, photo_views, views
from foundation.web import navigation

LOOKS = ("studio_looks.", "studio_canvas.", "studio_photos.")


def init_app(app: Flask) -> None:
    for blueprint in (views.bp, look_views.bp, canvas_views.bp, photo_views.bp, link_views.bp):
        app.register_blueprint(blueprint)
    for order, entry in enumerate(
        (
            navigation.Entry(_l("Today"), "studio.today", shown=is_open),
            navigation.Entry(_l("Looks"), "studio_looks.looks", belongs=LOOKS),
            navigation.Entry(_l("Links"), "studio_links.links", belongs=("studio_links.", "share.")),
            navigation.Entry(_l("Window"), "studio.window"),
        )
    ):
        navigation.add(app, "studio.nav", entry, order=(0, 10, 20, 80)[order])
    navigation.add(app, "foot.community", navigation.Entry(_l("Studio"), "studio.today"), order=30)
    navigation.add(app, "rooms", navigation.Entry(_l("Studio"), "studio.today", shown=is_open), order=20)


def is_open() -> bool:
    """Whether the studio's door opens to this reader."""
    editor = editor_here()
    return editor is not None and editor.in_studio
