"""What reviews know of a person. Their words were given to other shoppers: they stay, signed by nobody."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, forget_by, told

_THEIRS = "(reviews.account_id = :account_id OR (reviews.account_id IS NULL AND reviews.email = :email))"
_TELL = text(
    f"""
    SELECT products.title AS piece, reviews.signed, reviews.stars, reviews.words, reviews.fit,
           reviews.height_cm, reviews.usual_size, reviews.published_at,
           (SELECT count(*) FROM review_pictures WHERE review_pictures.review_id = reviews.id) AS pictures
    FROM reviews JOIN products ON products.id = reviews.product_id WHERE {_THEIRS} ORDER BY reviews.id
    """
)
_FORGET = (
    text(
        f"""
        DELETE FROM review_pictures USING reviews
        WHERE reviews.id = review_pictures.review_id AND {_THEIRS}
        """
    ),
    # A new version: the pages that are kept are written again, without the name.
    text(
        f"""
        UPDATE reviews SET signed = '', email = 'former-' || id || '@invalid', account_id = NULL,
            height_cm = NULL, usual_size = '', version = nextval('review_versions')
        WHERE {_THEIRS}
        """
    ),
)

CHAPTER = Chapter(
    name="reviews",
    title=_l("Your reviews"),
    promise=_l(
        "They help others choose. Stars, words and fit stay, signed by nobody; pictures, height and size go."
    ),
    tables=("reviews",),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_by(_FORGET, person),
)
