"""Words an editor chooses for a link: what they may look like, and what is free beside one that is not."""

from __future__ import annotations

from collections.abc import Iterator

from editors.membership.policy import handle_fits, handle_shape, is_reserved, plain_handle

SHORTEST, LONGEST_CODE = 3, 24
#: Links to one and the same target: enough for a year of weekly posts.
MOST_PLACES = 60


def plain_word(typed: str) -> str:
    """The word as it stands in the address: lower case, no accents, hyphens for spaces."""
    return plain_handle(typed.strip().strip("/"))


def word_fits(word: str) -> bool:
    """Right in length and signs: letters and digits, single hyphens, dots or underscores between them."""
    return SHORTEST <= len(word) <= LONGEST_CODE and handle_fits(word)


def may_be_chosen(word: str, own_handle: str) -> bool:
    """False for words that belong to the shop, and for what looks like one."""
    return handle_shape(word) == handle_shape(own_handle) or not is_reserved(word)


def words_instead(word: str, handle: str, year: int) -> Iterator[str]:
    """Words beside one that is taken, as they would be tried in turn; all of them fit."""
    stem = word[: LONGEST_CODE - 5].strip("-_.") or handle
    tried = (f"{handle}-{stem}", f"{stem}-{handle}", f"{stem}-{year}", *(f"{stem}-{n}" for n in range(2, 10)))
    yield from (one for one in tried if word_fits(one) and not is_reserved(one))
