"""The faces of the demo's style editors: drawn by us in a few shapes, each of their own, after nobody."""

from __future__ import annotations

import io
from dataclasses import dataclass

import resvg_py
from PIL import Image

PIXELS = 480
LINE = "#2a2019"
CLOTH_LINE = "#00000026"


@dataclass(frozen=True)
class Face:
    """Colours of ground, skin, hair and cloth; the rest are drawings by name, empty for none."""

    ground: str
    skin: str
    shade: str
    hair: str
    cloth: str
    cut: str
    collar: str = "round"
    glasses: bool = False
    beard: str = ""
    earrings: str = ""
    silver: bool = False


FACES = {
    "marta": Face(
        "#d8cdbb", "#eac3a2", "#d6a37c", "#b9b4ad", "#1f2a3c", "bob", "blazer", glasses=True, silver=True
    ),
    "giulia": Face("#b4c0a8", "#eec6a4", "#dba57e", "#4a2c1d", "#f4efe6", "bun", "shirt"),
    "amina": Face(
        "#8fb3a9", "#7b4b31", "#633a25", "#1d1512", "#c8371f", "crown", "round", earrings="#e0b34a"
    ),
    "davide": Face("#b9c3cf", "#e6b892", "#cf9a70", "#33241a", "#5b6a4a", "short", "roll", beard="#33241a"),
    "chiara": Face("#e3c3bd", "#f1cfb3", "#e0ae8c", "#c98f4b", "#27433f", "long", "vee", earrings="#f4efe6"),
    "pietro": Face(
        "#cdb98f", "#dca878", "#c28c5c", "#6b665f", "#27486e", "crop", "round", glasses=True, beard="#8d877e"
    ),
    "noemi": Face("#9fb0c9", "#c98f62", "#ad7448", "#2b1a14", "#d9a52e", "curls", "vee", earrings="#c8371f"),
}

# What falls behind the head, and what lies on it, by the cut. The head is an ellipse around (240, 208).
_BEHIND = {
    "bob": "M136 214C128 96 196 74 240 74S352 96 344 214C346 258 340 286 330 296H150C140 286 134 258 136 214Z",
    "bun": "M196 74C196 36 284 36 284 74C284 96 196 96 196 74Z",
    "long": "M134 226C124 96 190 70 240 70S356 96 346 226C348 312 362 352 352 398H128C118 352 132 312 134 226Z",
}
_ON_TOP = {
    "bob": "M150 210C146 128 192 96 246 96C306 96 334 138 330 210C318 176 300 152 272 140C246 164 188 168 150 210Z",
    "bun": "M150 206C142 122 190 84 240 84S338 122 330 206C322 168 302 140 240 138C178 140 158 168 150 206Z",
    "crown": "M146 196C112 150 138 58 240 54S368 150 334 196C330 158 302 134 240 134S150 158 146 196Z",
    "short": "M150 198C138 116 188 82 250 84C314 84 342 124 330 198C326 170 316 154 300 142C262 152 196 150 172 142C160 158 152 176 150 198Z",
    "crop": "M152 188C146 122 190 92 240 92S334 122 328 188C322 160 308 140 288 130C256 122 224 122 192 130C172 140 158 160 152 188Z",
    "long": "M148 230C140 128 190 88 240 88S340 128 332 230C326 182 304 146 250 130C222 168 170 176 148 230Z",
}
_CURLS = (
    (160, 150, 40),
    (196, 104, 42),
    (248, 88, 44),
    (300, 108, 42),
    (330, 156, 38),
    (140, 204, 36),
    (344, 210, 34),
    (136, 254, 32),
    (346, 260, 32),
    (148, 296, 26),
    (336, 300, 26),
)
_COLLARS = {
    "round": '<path d="M186 352C206 384 274 384 294 352" fill="none" stroke="{line}" stroke-width="7"/>',
    "vee": '<path d="M190 346L240 424L290 346L282 338H198Z" fill="{skin}"/><path d="M190 346L240 424L290 346" fill="none" stroke="{line}" stroke-width="6"/>',
    "roll": '<path d="M184 326C200 344 280 344 296 326L300 364C276 386 204 386 180 364Z" fill="{cloth}" stroke="{line}" stroke-width="5"/>',
    "shirt": '<path d="M240 396L190 340L168 366L204 424Z M240 396L290 340L312 366L276 424Z" fill="{cloth}" stroke="{line}" stroke-width="5"/><path d="M240 396V480" stroke="{line}" stroke-width="5"/>',
    "blazer": '<path d="M198 342L240 440L282 342Z" fill="#f4efe6"/><path d="M194 338L152 398L196 412L240 470L284 412L328 398L286 338L240 446Z" fill="{cloth}" stroke="{line}" stroke-width="5"/>',
}  # fmt: skip


def portrait(face: Face) -> bytes:
    """A square picture as somebody would send it from their device, PNG."""
    drawn = resvg_py.svg_to_bytes(svg_string=_svg(face), width=PIXELS, skip_system_fonts=True)
    kept = io.BytesIO()
    Image.open(io.BytesIO(bytes(drawn))).convert("RGB").save(kept, "PNG")
    return kept.getvalue()


def _svg(face: Face) -> str:
    behind = f'<path d="{_BEHIND[face.cut]}" fill="{face.hair}"/>' if face.cut in _BEHIND else ""
    on_top = f'<path d="{_ON_TOP[face.cut]}" fill="{face.hair}"/>' if face.cut in _ON_TOP else ""
    if face.cut == "curls":
        curls = [f'<circle cx="{x}" cy="{y}" r="{r}" fill="{face.hair}"/>' for x, y, r in _CURLS]
        behind, on_top = "".join(curls), "".join(curls[:5])
    return "".join(
        (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 480" stroke-linecap="round" stroke-linejoin="round">',
            f'<rect width="480" height="480" fill="{face.ground}"/>',
            behind,
            f'<path d="M56 480C62 400 118 360 194 344H286C362 360 418 400 424 480Z" fill="{face.cloth}"/>',
            f'<path d="M202 270V344C214 372 266 372 278 344V270Z" fill="{face.shade}"/>',
            _COLLARS[face.collar].format(line=CLOTH_LINE, skin=face.shade, cloth=face.cloth),
            f'<g fill="{face.shade}"><ellipse cx="151" cy="220" rx="13" ry="22"/><ellipse cx="329" cy="220" rx="13" ry="22"/></g>',
            f'<path d="M152 200C150 130 192 104 240 104S330 130 328 200C328 272 286 316 240 316S152 272 152 200Z" fill="{face.skin}"/>',
            _beard(face),
            on_top,
            _features(face),
            "</svg>",
        )
    )


def _beard(face: Face) -> str:
    if not face.beard:
        return ""
    return (
        f'<path d="M153 214C158 296 202 326 240 326S322 296 327 214C318 246 300 254 274 250C258 242 222 242 206 250'
        f'C180 254 162 246 153 214Z" fill="{face.beard}"/><path d="M214 272C228 282 252 282 266 272" fill="none" '
        f'stroke="{face.skin}" stroke-width="6"/>'
    )


def _features(face: Face) -> str:
    brow = face.hair if not face.silver else "#8d877e"
    parts = [
        f'<g fill="none" stroke="{brow}" stroke-width="6"><path d="M182 184C192 176 206 176 216 181"/>'
        '<path d="M264 181C274 176 288 176 298 184"/></g>',
        f'<g fill="{LINE}"><ellipse cx="200" cy="208" rx="6" ry="7.5"/><ellipse cx="280" cy="208" rx="6" ry="7.5"/></g>',
        f'<path d="M241 212C240 228 232 238 236 243C240 247 247 246 250 243" fill="none" stroke="{face.shade}" stroke-width="6"/>',
    ]
    if not face.beard:
        parts.append(
            '<path d="M212 272C226 287 254 287 268 272" fill="none" stroke="#9c3a2b" stroke-width="6"/>'
        )
    if face.glasses:
        parts.append(
            f'<g fill="#ffffff22" stroke="{LINE}" stroke-width="5"><circle cx="200" cy="208" r="27"/>'
            '<circle cx="280" cy="208" r="27"/><path d="M227 204C234 198 246 198 253 204M173 204L154 198M307 204L326 198" fill="none"/></g>'
        )
    if face.earrings:
        parts.append(
            f'<g fill="none" stroke="{face.earrings}" stroke-width="6"><circle cx="149" cy="256" r="13"/><circle cx="331" cy="256" r="13"/></g>'
        )
    return "".join(parts)
