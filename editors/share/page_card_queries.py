"""Which looks are on show, what their pages' cards were drawn from, and which file a page names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.orm import aliased

from editors.looks.authors.models import CoAuthor, CoAuthorStatus
from editors.looks.models import Look
from editors.looks.queries import ON_SHOW
from editors.membership.models import Editor, EditorStatus
from editors.share.models import PageCard
from foundation.db import db


@dataclass(frozen=True, slots=True)
class Shown:
    """A look on show whose picture is there, as far as its card says it; `made_of` by language."""

    look_id: int
    title: str
    title_it: str | None
    picture_key: str
    editor_name: str
    handle: str
    second_name: str | None
    made_of: Mapping[str, str]


def shown(look_id: int | None = None) -> Sequence[Shown]:
    """Every such look, or this one."""
    second = aliased(Editor)
    drawn = (
        select(func.jsonb_object_agg(PageCard.language, PageCard.made_of))
        .where(PageCard.look_id == Look.id)
        .correlate(Look)
        .scalar_subquery()
    )
    statement = (
        select(
            Look.id,
            Look.title,
            Look.title_it,
            Look.picture_large_key,
            Editor.name,
            Editor.handle,
            second.name,
            drawn,
        )
        .join(Look.editor)
        .outerjoin(CoAuthor, (CoAuthor.look_id == Look.id) & (CoAuthor.status == CoAuthorStatus.ACCEPTED))
        .outerjoin(
            second,
            (second.id == CoAuthor.editor_id) & second.status.in_([EditorStatus.ACTIVE, EditorStatus.PAUSED]),
        )
        .where(ON_SHOW, Look.picture_large_key.is_not(None))
        .order_by(Look.id)
    )
    if look_id is not None:
        statement = statement.where(Look.id == look_id)
    return [
        Shown(row[0], row[1], row[2], row[3] or "", row[4], row[5], row[6], row[7] or {})
        for row in db.session.execute(statement)
    ]


def files_of_page() -> ColumnElement[str]:
    """The cards of a look as `en:ab/cd….jpg,it:…`; correlated with `Look`."""
    return (
        select(func.string_agg(func.concat(PageCard.language, literal(":"), PageCard.key), literal(",")))
        .where(PageCard.look_id == Look.id)
        .correlate(Look)
        .scalar_subquery()
    )
