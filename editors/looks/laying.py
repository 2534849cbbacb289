"""Where the pieces of a look come to lie when nobody has said so, and what a canvas says about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from editors.looks import piece_queries
from editors.looks.canvas.layout import lay_beside, lay_out
from editors.looks.canvas.measures import Piece, Placement
from editors.looks.canvas.scene import FARTHEST_X, FARTHEST_Y, HALF_TURN, LARGEST, SMALLEST, Scene
from editors.looks.models import MOST_OF_ONE, Look, LookPiece


def lay(look: Look, new: Sequence[LookPiece]) -> None:
    """Lay the pieces out anew, in true proportion; the same pieces in the same order lie the same way.

    Pieces of a photograph are points that somebody chose: they stay, and a new one is in the middle.
    In a look that was laid by hand everything stays, and each new piece takes the freest place. Captions lie
    on top of what is laid out anew, in the order they had.
    """
    if look.photo_key is not None:
        return
    shapes = piece_queries.garments_of(piece.product_id for piece in look.pieces)
    sizes = {piece.product_id: shapes[piece.product_id].for_layout() for piece in look.pieces}
    if not look.by_hand:
        places = lay_out([sizes[piece.product_id] for piece in look.pieces])
        for piece, place in zip(look.pieces, places, strict=True):
            put(piece, place)
        above = max((piece.layer for piece in look.pieces), default=-1) + 1
        captions = sorted(look.captions or (), key=lambda caption: caption["layer"])
        look.captions = [caption | {"layer": layer} for layer, caption in enumerate(captions, above)]
        return
    fresh = {piece.product_id for piece in new}
    lying: list[tuple[Piece, Placement]] = [
        (sizes[piece.product_id], Placement(piece.x, piece.y, piece.scale, piece.rotation, piece.layer))
        for piece in look.pieces
        if piece.product_id not in fresh
    ]
    for piece in new:
        place = lay_beside(sizes[piece.product_id], lying, layer=_top(look) + 1)
        put(piece, place)
        lying.append((sizes[piece.product_id], place))


def put(piece: LookPiece, place: Placement) -> None:
    """Lay a piece down as the layout says: once, and not mirrored."""
    piece.x, piece.y, piece.scale = place.x, place.y, place.scale
    piece.rotation, piece.layer, piece.flip = place.rotation, place.layer, False
    piece.locked, piece.copies = False, []


@dataclass(frozen=True, slots=True)
class Numbers:
    """Where a piece lies as the form that needs no script says it: percents and degrees."""

    across: int
    down: int
    size: int
    turn: int
    flip: bool


def numbers_of(piece: LookPiece) -> Numbers:
    """The same, of a row."""
    return Numbers(
        across=round(piece.x * 100 / FARTHEST_X),
        down=round(piece.y * 100 / FARTHEST_Y),
        size=round(piece.scale / 10),
        turn=round(piece.rotation / 10),
        flip=piece.flip,
    )


def move_by_numbers(piece: LookPiece, sent: Numbers) -> bool:
    """Lay a piece where a form says, within the bounds; False when it lies there already."""
    shown = numbers_of(piece)
    if sent == shown:
        return False
    if sent.across != shown.across:
        piece.x = _within(0, sent.across * FARTHEST_X // 100, FARTHEST_X)
    if sent.down != shown.down:
        piece.y = _within(0, sent.down * FARTHEST_Y // 100, FARTHEST_Y)
    if sent.size != shown.size:
        piece.scale = _within(SMALLEST, sent.size * 10, LARGEST)
    if sent.turn != shown.turn:
        piece.rotation = _within(-HALF_TURN, sent.turn * 10, HALF_TURN)
    piece.flip = sent.flip
    return True


def _within(low: int, value: int, high: int) -> int:
    return min(max(low, value), high)


def beyond_lying(look: Look) -> dict[int, int]:
    """How many of each product are bought with a look beyond those that lie on its canvas."""
    return {piece.product_id: max(0, piece.quantity - 1 - len(piece.copies)) for piece in look.pieces}


def bought_with(scene: Scene, beyond: Mapping[int, int]) -> dict[int, int]:
    """How many of each product are bought with a scene: what lies, and what is bought `beyond` it.

    A piece that lies once more, or once less, is bought once more, or once less; nine of one are the most.
    """
    return {
        product_id: min(MOST_OF_ONE, len(places) + beyond.get(product_id, 0))
        for product_id, places in scene.lying.items()
    }


def follow(look: Look, scene: Scene, beyond: Mapping[int, int]) -> None:
    """Make the rows of a look say what a scene says; that its products may be in it the caller knows."""
    kept = {piece.product_id: piece for piece in look.pieces}
    order = {piece.product_id: piece.position for piece in look.pieces}
    lying, bought = scene.lying, bought_with(scene, beyond)
    pieces: list[LookPiece] = []
    for product_id in sorted(lying, key=lambda one: order.get(one, len(order) + 1)):
        places = lying[product_id]
        piece = kept.get(product_id) or LookPiece(product_id=product_id)
        piece.quantity = bought[product_id]
        piece.position = len(pieces) + 1
        layer, spot = places[0]
        piece.x, piece.y, piece.scale, piece.rotation = spot.x, spot.y, spot.scale, spot.rotation
        piece.layer, piece.flip, piece.locked = layer, spot.flip, spot.locked
        piece.copies = [{"layer": layer, **spot.as_dict()} for layer, spot in places[1:]]
        pieces.append(piece)
    look.pieces = pieces
    look.captions = scene.captions
    look.ground = scene.ground
    look.by_hand = True


def _top(look: Look) -> int:
    """The highest layer that is taken."""
    layers = [piece.layer for piece in look.pieces if piece.layer is not None]
    layers += [copy["layer"] for piece in look.pieces for copy in piece.copies]
    return max([*layers, *(caption["layer"] for caption in look.captions)], default=-1)
