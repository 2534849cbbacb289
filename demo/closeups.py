"""Where one looks closer: the part of each kind that its second picture shows, and what it is called."""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]  # x0, y0, x1, y1

#: The sheet a piece is drawn on, in its own units.
SHEET_WIDTH, SHEET_HEIGHT = 400, 500


@dataclass(frozen=True)
class CloseUp:
    """A window on a drawing: its middle as shares of the garment's box, its width in units of the sheet."""

    x: float
    y: float
    wide: int
    en: str
    it: str

    def window(self, box: Box) -> Box:
        """The 4:5 window on the sheet around a garment's box; it never leaves the sheet."""
        x0, y0, x1, y1 = box
        wide, tall = self.wide, self.wide * 1.25
        left = min(max(x0 + (x1 - x0) * self.x - wide / 2, 0), SHEET_WIDTH - wide)
        top = min(max(y0 + (y1 - y0) * self.y - tall / 2, 0), SHEET_HEIGHT - tall)
        return left, top, left + wide, top + tall


CLOSE_UPS = {
    "tee": CloseUp(0.5, 0.2, 190, "the neckline", "lo scollo"),
    "polo": CloseUp(0.5, 0.2, 180, "collar and placket", "colletto e bottoni"),
    "hoodie": CloseUp(0.5, 0.22, 200, "hood and cords", "cappuccio e cordoncini"),
    "jumper": CloseUp(0.52, 0.2, 190, "the knit at the neck", "la maglia al collo"),
    "cardigan": CloseUp(0.5, 0.34, 180, "the buttons", "i bottoni"),
    "shirt": CloseUp(0.5, 0.2, 180, "collar and buttons", "colletto e bottoni"),
    "blouse": CloseUp(0.5, 0.2, 190, "the neckline", "lo scollo"),
    "blazer": CloseUp(0.5, 0.34, 190, "the lapels", "i revers"),
    "waistcoat": CloseUp(0.5, 0.5, 190, "buttons and pockets", "bottoni e taschini"),
    "denim-jacket": CloseUp(0.62, 0.36, 180, "pocket and stitching", "taschino e cuciture"),
    "biker": CloseUp(0.52, 0.3, 190, "lapels and zip", "revers e zip"),
    "trench": CloseUp(0.5, 0.22, 170, "lapels and storm flap", "revers e falda"),
    "coat": CloseUp(0.5, 0.2, 170, "the lapels", "i revers"),
    "puffer": CloseUp(0.5, 0.26, 200, "collar and quilting", "collo e trapuntatura"),
    "wide-trousers": CloseUp(0.5, 0.12, 150, "waist and pleats", "vita e pince"),
    "trousers": CloseUp(0.5, 0.12, 150, "waist and crease", "vita e piega"),
    "jeans": CloseUp(0.5, 0.12, 150, "waist and stitching", "vita e cuciture"),
    "shorts": CloseUp(0.4, 0.34, 190, "waist and pleats", "vita e pince"),
    "midi-skirt": CloseUp(0.52, 0.2, 170, "the waist", "la vita"),
    "pleated-skirt": CloseUp(0.4, 0.2, 180, "waist and pleats", "vita e pieghe"),
    "mini-skirt": CloseUp(0.55, 0.36, 200, "waist and cloth", "vita e tessuto"),
    "summer-dress": CloseUp(0.5, 0.24, 170, "the bodice", "il corpetto"),
    "shirt-dress": CloseUp(0.5, 0.18, 160, "collar and buttons", "colletto e bottoni"),
    "slip-dress": CloseUp(0.5, 0.26, 170, "straps and neckline", "spalline e scollo"),
    "evening-dress": CloseUp(0.5, 0.2, 160, "the drape", "il drappeggio"),
    "jumpsuit": CloseUp(0.5, 0.18, 150, "the bodice", "il corpetto"),
    "trainers": CloseUp(0.42, 0.62, 190, "laces and toe", "lacci e punta"),
    "ankle-boots": CloseUp(0.5, 0.45, 190, "the shaft", "il gambale"),
    "loafers": CloseUp(0.4, 0.6, 190, "the vamp", "la tomaia"),
    "heels": CloseUp(0.72, 0.6, 190, "the heel", "il tacco"),
    "sandals": CloseUp(0.72, 0.6, 190, "strap and buckle", "cinturino e fibbia"),
    "tote": CloseUp(0.5, 0.42, 200, "handles and edge", "manici e bordo"),
    "shoulder-bag": CloseUp(0.5, 0.68, 190, "the clasp", "la chiusura"),
    "scarf": CloseUp(0.55, 0.82, 170, "weave and ends", "trama ed estremità"),
    "belt": CloseUp(0.56, 0.72, 150, "the buckle", "la fibbia"),
    "hat": CloseUp(0.6, 0.55, 190, "crown and band", "cupola e nastro"),
    "beanie": CloseUp(0.55, 0.74, 200, "ribs and turn-up", "coste e risvolto"),
    "sunglasses": CloseUp(0.3, 0.5, 180, "frame and lens", "montatura e lente"),
    "earrings": CloseUp(0.2, 0.55, 150, "one of the pair", "uno dei due"),
    "necklace": CloseUp(0.5, 0.86, 140, "the front", "la parte davanti"),
    "watch": CloseUp(0.5, 0.5, 150, "the dial", "il quadrante"),
}
