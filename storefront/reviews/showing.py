"""Reviews as pages show them: words and plain values for templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from foundation.files.storage import url_of
from foundation.web.formats import tenths
from storefront.reviews.models import Review, ReviewPicture, ReviewStatus, Rule
from storefront.reviews.policy import Advice, Cut, Fit, FitScale, Stars
from storefront.reviews.queries import Evidence, Sums
from storefront.reviews.words import CUT_ADVICE, CUTS, FIT_SENTENCES, FITS, RULES


@dataclass(frozen=True)
class Rating:
    """What the reviews come to: the average as the reader writes it, and how many there are."""

    average: str
    rounded: int
    total: int


def rating_of(stars: Stars) -> Rating | None:
    """None without a review: no average is better than a made-up one."""
    if not stars.total:
        return None
    return Rating(tenths(stars.tenths), (stars.tenths + 5) // 10, stars.total)


def spread_of(stars: Stars) -> list[dict[str, Any]]:
    """How many gave how many stars, the most stars first."""
    return [{"stars": count, "number": stars.counts.get(count, 0)} for count in range(5, 0, -1)]


def fit_of(scale: FitScale) -> dict[str, Any] | None:
    """The fit scale with its sentence; None while nobody has said."""
    if not scale.total:
        return None
    cut = scale.cut
    rows = [(Fit.SMALL, scale.small), (Fit.TRUE, scale.true), (Fit.LARGE, scale.large)]
    most = max(many for _fit, many in rows)
    return {
        "rows": [
            {"word": str(FITS[fit]), "number": many, "most": many == most, "key": str(fit)}
            for fit, many in rows
        ],
        "total": scale.total,
        "word": str(CUTS[cut]) if cut else "",
        "advice": str(CUT_ADVICE[cut]) if cut else "",
        "agree": _agree(scale, cut),
        "drawing": _drawing(rows, most),
    }


def signed_by(review: Review) -> str:
    """The name readers see; whoever asked to be forgotten has none any more."""
    return review.signed or _("Somebody who bought it")


def voice_of(review: Review) -> dict[str, Any]:
    """One review as everybody reads it; a removed one keeps nothing but its rule and the reason."""
    if review.status == ReviewStatus.REMOVED:
        return {
            "id": review.id,
            "removed": True,
            "rule": str(RULES[Rule(review.rule)]) if review.rule else "",
            "reason": review.reason,
            "when": review.removed_at,
        }
    return {
        "id": review.id,
        "removed": False,
        "stars": review.stars,
        "words": review.words,
        "language": review.language,
        "signed": signed_by(review),
        "about": about(review),
        "when": review.published_at,
        "pictures": [_picture(review, picture) for picture in review.pictures],
        "reply": review.reply,
        "replied_at": review.replied_at,
    }


def about(review: Review) -> str:
    """What somebody told of themselves: "168 cm, bought M, usually wears M, found it small"."""
    parts = []
    if review.height_cm:
        parts.append(_("%(height)s cm", height=review.height_cm))
    if review.size:
        parts.append(_("bought %(size)s", size=review.size))
    if review.usual_size:
        parts.append(_("usually wears %(size)s", size=review.usual_size))
    if review.fit:
        parts.append(str(FIT_SENTENCES[Fit(review.fit)]))
    return ", ".join(parts)


def advice_of(advice: Advice | None, usual: str, height: int | None) -> dict[str, Any]:
    """What the helper answers, with what it is derived from."""
    asked = {"usual": usual, "height": height}
    if advice is None:
        return asked | {"size": "", "rows": []}
    return asked | {
        "size": advice.size,
        "voices": advice.voices,
        "near": advice.near_cm,
        "of": advice.asked,
        "agreed": advice.agreed,
        "rows": [
            {
                "size": taken.size,
                "total": taken.scale.total,
                "said": ", ".join(
                    f"{many} {FIT_SENTENCES[fit]}"
                    for fit, many in (
                        (Fit.SMALL, taken.scale.small),
                        (Fit.TRUE, taken.scale.true),
                        (Fit.LARGE, taken.scale.large),
                    )
                    if many
                ),
            }
            for taken in advice.taken
        ],
    }


def data_of(evidence: Evidence, shown: Sequence[Review]) -> dict[str, Any]:
    """schema.org of the reviews, for the product's own document; empty without any."""
    sums: Sums = evidence.sums
    if not sums.total:
        return {}
    whole, tenth = divmod(sums.stars.tenths, 10)
    return {
        "aggregateRating": {
            "@type": "AggregateRating",
            "ratingValue": f"{whole}.{tenth}",
            "reviewCount": sums.total,
            "bestRating": "5",
            "worstRating": "1",
        },
        "review": [
            {
                "@type": "Review",
                "author": {"@type": "Person", "name": signed_by(review)},
                "datePublished": review.published_at.date().isoformat(),
                "reviewBody": review.words,
                "inLanguage": review.language,
                "reviewRating": {"@type": "Rating", "ratingValue": str(review.stars), "bestRating": "5"},
            }
            for review in shown
        ],
    }


def _agree(scale: FitScale, cut: Cut | None) -> str:
    total = scale.total
    if cut == Cut.SMALL:
        return _("%(many)s of %(total)s found it small.", many=scale.small, total=total)
    if cut == Cut.LARGE:
        return _("%(many)s of %(total)s found it large.", many=scale.large, total=total)
    if cut == Cut.TRUE:
        return _("%(many)s of %(total)s say true to size.", many=scale.true, total=total)
    return ""


def _drawing(rows: Sequence[tuple[Fit, int]], most: int) -> list[dict[str, Any]]:
    """Three bars on a floor, 400 wide and 120 high; the longest is 70 high, nothing is a hairline."""
    bars = []
    for place, (fit, many) in enumerate(rows):
        height = max(2, round(70 * many / most)) if most else 2
        bars.append(
            {
                "x": 6 + place * 134,
                "y": 92 - height,
                "width": 120,
                "height": height,
                "middle": 66 + place * 134,
                "number": many,
                "word": str(FITS[fit]),
                "most": bool(many) and many == most,
            }
        )
    return bars


def _picture(review: Review, picture: ReviewPicture) -> dict[str, Any]:
    keys = ((picture.small_key, 320), (picture.medium_key, 640), (picture.large_key, 1280))
    sources = {min(wide, picture.width): url_of(key) for key, wide in keys}
    return {
        "src": sources[min(320, picture.width)],
        "srcset": ", ".join(f"{url} {wide}w" for wide, url in sources.items()),
        "width": picture.width,
        "height": picture.height,
        "alt": _("Picture by %(name)s", name=signed_by(review)),
        "large": url_of(picture.large_key),
    }
