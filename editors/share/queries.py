from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, case, exists, func, select
from sqlalchemy.orm import aliased, joinedload

from editors.gatherings.models import GatheredItem, Gathering, GatheringStatus
from editors.links.models import Link, LinkStatus, LinkTarget
from editors.links.queries import WITH_TARGET
from editors.looks.card_queries import looks_by_ids
from editors.looks.cards import LookCard
from editors.looks.models import Look, LookPiece, LookStatus
from editors.membership.models import Editor, EditorStatus
from editors.share.captions import Tone, Worded
from editors.share.cards import Size
from editors.share.disclosures import Disclosure
from editors.share.models import (
    LinkFinding,
    LinkProblem,
    PersonalCode,
    ShareCard,
    WrittenCaption,
    WrittenDisclosure,
)
from foundation import clock
from foundation.accounts.models import Account
from foundation.db import db
from foundation.settings import current
from storefront.catalog.models import Product, ProductStatus, Variant
from storefront.catalog.ports import left
from storefront.collections.models import Collection, CollectionStatus
from storefront.promotions.models import Voucher
from storefront.promotions.policy import spelled


def shared_link(code: str) -> Link | None:
    """A link by its code with its target and its editor: what the page of a target that is gone tells of."""
    return db.session.scalars(
        select(Link).where(Link.code == code.lower()).options(joinedload(Link.editor), *WITH_TARGET)
    ).one_or_none()


def link_with_editor(link_id: int) -> Link | None:
    """A link by its id with its editor."""
    return db.session.scalars(
        select(Link).where(Link.id == link_id).options(joinedload(Link.editor))
    ).one_or_none()


def kept_card(link_id: int, size: Size, language: str, country: str) -> ShareCard | None:
    """The card that was drawn last for a link, in a size and a language and for a country."""
    return db.session.scalars(
        select(ShareCard).where(
            ShareCard.link_id == link_id,
            ShareCard.size == size,
            ShareCard.language == language,
            ShareCard.country == country,
        )
    ).one_or_none()


def cards_wanted(look_id: int) -> Sequence[tuple[int, str, str]]:
    """Link, language and country of every set of cards there is for a look, and of the first one of its
    links that have none."""
    drawn = select(ShareCard.link_id, ShareCard.language, ShareCard.country).distinct()
    rows = db.session.execute(
        drawn.join(Link, Link.id == ShareCard.link_id).where(Link.look_id == look_id)
    ).all()
    known = {row[0] for row in rows}
    plain = db.session.execute(
        select(Link.id, Account.language)
        .join(Editor, Editor.id == Link.editor_id)
        .join(Account, Account.id == Editor.account_id)
        .where(Link.look_id == look_id)
        .order_by(Link.id)
    )
    country = current().country
    first = [(row[0], row[1], country) for row in plain if row[0] not in known]
    return [(row[0], row[1], row[2]) for row in rows] + first


def written_disclosures() -> dict[str, Disclosure]:
    """What staff wrote, by country."""
    return {
        row.country: Disclosure(row.sentence, row.sentence_it)
        for row in db.session.scalars(select(WrittenDisclosure))
    }


def written_caption(target: LinkTarget, tone: Tone) -> Worded | None:
    """What staff wrote for captions of a target in a tone."""
    row = db.session.scalars(
        select(WrittenCaption).where(WrittenCaption.target == target, WrittenCaption.tone == tone)
    ).one_or_none()
    return Worded(row.words, row.words_it) if row else None


def captions_written() -> set[tuple[str, str]]:
    """For which targets and tones staff wrote the words."""
    return {
        (row[0], row[1]) for row in db.session.execute(select(WrittenCaption.target, WrittenCaption.tone))
    }


def problems_of(*where: ColumnElement[bool]) -> dict[int, LinkProblem]:
    """The links, of those that are meant, whose target is gone, sold out or over just now, and what it is."""
    now = clock.now()
    to_be_had = exists().where(Variant.product_id == Product.id, Variant.withdrawn_at.is_(None), left() > 0)
    seen = aliased(Look)
    gathered = exists().where(GatheredItem.gathering_id == Gathering.id)
    pieces = select(Product.id).where(Product.status == ProductStatus.ACTIVE)
    things_seen = gathered.where(
        GatheredItem.product_id.in_(pieces)
        | GatheredItem.look_id.in_(select(seen.id).where(seen.status == LookStatus.PUBLISHED))
    )
    left_over = pieces.where(to_be_had)
    things_left = gathered.where(
        GatheredItem.product_id.in_(left_over)
        | GatheredItem.look_id.in_(select(LookPiece.look_id).where(LookPiece.product_id.in_(left_over)))
    )
    in_look = (
        exists()
        .where(LookPiece.look_id == Look.id, LookPiece.product_id == Product.id)
        .where(Product.status == ProductStatus.ACTIVE, to_be_had)
    )
    shown = (
        (Collection.status == CollectionStatus.PUBLISHED)
        & (Collection.starts_at.is_(None) | (Collection.starts_at <= now))
        & (Collection.ends_at.is_(None) | (Collection.ends_at > now))
    )
    problem = case(
        ((Link.target == LinkTarget.LOOK) & (Look.status != LookStatus.PUBLISHED), LinkProblem.GONE),
        ((Link.target == LinkTarget.LOOK) & ~in_look, LinkProblem.SOLD_OUT),
        (
            (Link.target == LinkTarget.PRODUCT)
            & ~exists().where(Product.id == Link.product_id, Product.status == ProductStatus.ACTIVE),
            LinkProblem.GONE,
        ),
        (
            (Link.target == LinkTarget.PRODUCT) & ~exists().where(Product.id == Link.product_id, to_be_had),
            LinkProblem.SOLD_OUT,
        ),
        (
            (Link.target == LinkTarget.GATHERING)
            & ((Gathering.status != GatheringStatus.PUBLISHED) | ~things_seen),
            LinkProblem.GONE,
        ),
        ((Link.target == LinkTarget.GATHERING) & ~things_left, LinkProblem.SOLD_OUT),
        (
            (Link.target == LinkTarget.COLLECTION)
            & ~exists().where(Collection.id == Link.collection_id, shown),
            LinkProblem.OVER,
        ),
    ).label("problem")
    rows = db.session.execute(
        select(Link.id, problem)
        .outerjoin(Look, Look.id == Link.look_id)
        .outerjoin(Gathering, Gathering.id == Link.gathering_id)
        .where(Link.status == LinkStatus.ACTIVE, problem.is_not(None), *where)
    )
    return {row[0]: LinkProblem(row[1]) for row in rows}


def links_of_look(look_id: int) -> ColumnElement[bool]:
    """The links to a look, and to the gatherings that hold it."""
    holding = select(GatheredItem.gathering_id).where(GatheredItem.look_id == look_id)
    return (Link.look_id == look_id) | Link.gathering_id.in_(holding)


def links_of_product(product_id: int) -> ColumnElement[bool]:
    """The links to a product, to the looks that hold it, and to the gatherings that hold one of these."""
    looks = select(LookPiece.look_id).where(LookPiece.product_id == product_id)
    gatherings = select(GatheredItem.gathering_id).where(
        (GatheredItem.product_id == product_id) | GatheredItem.look_id.in_(looks)
    )
    return (Link.product_id == product_id) | Link.look_id.in_(looks) | Link.gathering_id.in_(gatherings)


def links_of_gathering(gathering_id: int) -> ColumnElement[bool]:
    """The links to a gathering of an editor."""
    return Link.gathering_id == gathering_id


def findings_of(editor_id: int) -> dict[int, LinkProblem]:
    """The links of an editor that lead nowhere good, as the last check found them."""
    rows = db.session.execute(
        select(LinkFinding.link_id, LinkFinding.problem)
        .join(Link, Link.id == LinkFinding.link_id)
        .where(Link.editor_id == editor_id, Link.status == LinkStatus.ACTIVE)
    )
    return {row[0]: LinkProblem(row[1]) for row in rows}


def own_looks_near(look_id: int | None, editor_id: int, limit: int = 2) -> Sequence[LookCard]:
    """The editor's other looks on show, those with most of the same pieces first."""
    near = looks_near(look_id or 0, editor_id, limit=24)
    return [card for card in near if card.editor_id == editor_id][:limit]


def personal_code(editor_id: int) -> PersonalCode | None:
    """The code an editor has now."""
    return db.session.scalars(
        select(PersonalCode).where(PersonalCode.editor_id == editor_id, PersonalCode.ended_at.is_(None))
    ).one_or_none()


def owner_of_code(typed: str) -> Editor | None:
    """Whose personal code that is or was: an order placed with it is theirs even when it has ended since."""
    return db.session.scalars(
        select(Editor).join(PersonalCode).where(PersonalCode.code == spelled(typed)[:40])
    ).one_or_none()


def codes_given() -> Sequence[tuple[Editor, PersonalCode | None, int]]:
    """Every active editor, the code they have and how many orders used it, by name."""
    rows = db.session.execute(
        select(Editor, PersonalCode, func.coalesce(Voucher.uses, 0))
        .outerjoin(PersonalCode, (PersonalCode.editor_id == Editor.id) & PersonalCode.ended_at.is_(None))
        .outerjoin(Voucher, Voucher.id == PersonalCode.voucher_id)
        .where(Editor.status == EditorStatus.ACTIVE)
        .order_by(Editor.name, Editor.id)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def looks_near(look_id: int, editor_id: int, limit: int = 4) -> Sequence[LookCard]:
    """Looks on show instead of one that is not: of the same editor first, with most of its pieces first."""
    lost = aliased(LookPiece)
    same = (
        select(func.count())
        .select_from(LookPiece)
        .join(lost, lost.product_id == LookPiece.product_id)
        .where(LookPiece.look_id == Look.id, lost.look_id == look_id)
        .correlate(Look)
        .scalar_subquery()
    )
    ids = db.session.scalars(
        select(Look.id)
        .join(Look.editor)
        .where(
            Look.status == LookStatus.PUBLISHED,
            Editor.status.in_([EditorStatus.ACTIVE, EditorStatus.PAUSED]),
            Look.id != look_id,
        )
        .order_by((same > 0).desc(), (Look.editor_id == editor_id).desc(), same.desc(), Look.id.desc())
        .limit(limit)
    ).all()
    cards = {card.id: card for card in looks_by_ids(ids)}
    return [cards[one] for one in ids if one in cards]


def stand_ins(product_id: int, limit: int = 8) -> Sequence[int]:
    """What could lie where a piece lies: worn in the same place, to be had, of its kind and price first."""
    gone = select(Product).where(Product.id == product_id).subquery()
    return db.session.scalars(
        select(Product.id)
        .join(gone, gone.c.slot == Product.slot)
        .where(Product.id != product_id, Product.status == ProductStatus.ACTIVE, sizes_left() > 0)
        .order_by(
            (Product.kind == gone.c.kind).desc(),
            (Product.colour == gone.c.colour).desc(),
            func.abs(Product.price_from_minor - gone.c.price_from_minor),
            Product.id,
        )
        .limit(limit)
    ).all()


def sizes_left() -> ColumnElement[int]:
    """How many sizes of a product can be had; correlated with `Product`."""
    return (
        select(func.count())
        .select_from(Variant)
        .where(Variant.product_id == Product.id, Variant.withdrawn_at.is_(None), left() > 0)
        .correlate(Product)
        .scalar_subquery()
    )
