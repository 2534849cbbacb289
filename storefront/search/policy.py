"""What was typed, how far it is from a word we know, and what of it is noted: pure functions on values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from foundation.money import one_of

WORDS = 8
LONGEST_WORD = 40
LONGEST_TERM = 3
# Below this a word is taken as typed: "bag" may begin many words, "b" begins every second one.
PREFIX_FROM = 3
# Below this nothing is looked up as an article number: "m" is a size.
SHORTEST_CODE = 3
# Names of price bands, from the least to the most, and where each begins, in steps of a currency.
PRICE_BANDS = {"under-50": 0, "50-100": 50, "100-200": 100, "over-200": 200}
# What such a step is in minor units where one of the currency is far from a euro: borders stay round.
STEPS = {
    "AED": 400, "BHD": 40, "BRL": 500, "CLP": 1_000, "CNY": 1_000, "CZK": 2_000, "DKK": 1_000, "HKD": 1_000,
    "HUF": 40_000, "INR": 10_000, "ISK": 150, "JPY": 100, "KRW": 1_000, "KWD": 40, "MXN": 2_000, "MYR": 500,
    "NOK": 1_000, "OMR": 40, "PLN": 500, "RON": 500, "SEK": 1_000, "THB": 4_000, "TND": 300, "TRY": 5_000,
    "UGX": 4_000, "VND": 25_000,
}  # fmt: skip
# An address or a telephone number typed into the wrong field is nobody's business.
_PRIVATE = re.compile(r"@|\d{6,}")


def price_borders(currency: str) -> dict[str, int]:
    """The price at which each band of a list begins, in minor units."""
    step = STEPS.get(currency) or one_of(currency)
    return {key: begins * step for key, begins in PRICE_BANDS.items()}


@dataclass(frozen=True)
class Heard:
    """One typed word as the shop knows it: `known` here, or `foreign` (in the other language), or neither.

    `begun`: known only because the stem of some word begins with its stem, which a slip may do as well
    ("giaca", "giacca"). `whole`: a piece has this very word, in whatever form. `near` are known words that
    look like it, the most alike first; `named`, those that say what a piece is and stand in no text alone.
    """

    word: str
    known: bool
    foreign: bool = False
    near: tuple[str, ...] = ()
    named: frozenset[str] = frozenset()
    begun: bool = False
    whole: bool = False


@dataclass(frozen=True)
class Reading:
    """What we look for: `query` for `to_tsquery`, in `language`; empty when there is nothing to look for.

    `meant`: the words taken instead of those typed, where no piece has those. `others`: further words that
    were as near. `coded`: the products whose article number or barcode is the whole of what was typed.
    """

    language: str
    query: str
    words: tuple[str, ...] = ()
    meant: str | None = None
    others: tuple[str, ...] = ()
    foreign: bool = False
    coded: tuple[int, ...] = ()


def typed_words(text: str) -> list[str]:
    """Letters and digits of what was typed, in small letters: eight words at most."""
    words = re.findall(r"[^\W_]+", text.lower())
    return [word[:LONGEST_WORD] for word in words[:WORDS]]


def runs(words: Sequence[str]) -> list[str]:
    """Every term of up to three words that stands in what was typed: what synonyms are looked up by."""
    return [
        " ".join(words[start : start + length])
        for length in range(1, LONGEST_TERM + 1)
        for start in range(len(words) - length + 1)
    ]


def read(
    heard: Sequence[Heard],
    synonyms: Mapping[str, Iterable[str]],
    language: str,
    other_language: str,
    *,
    coded: tuple[int, ...] = (),
    as_typed: bool = False,
) -> Reading:
    """What somebody who typed these words is looking for.

    A word that no piece has is replaced by the one it is most likely a slip of. Words that exist in the
    other language only are read in that one. Neither where somebody wants the words `as_typed`, or where
    they are somebody's number.
    """
    words = [one.word for one in heard]
    whole = {one.word for one in heard if one.whole}
    if coded or as_typed:
        return Reading(language, _query(words, synonyms, whole), tuple(words), coded=coded)
    covered = {word for term in synonyms for word in term.split()}
    strange = [one for one in heard if not one.known and one.word not in covered]
    if strange and all(one.foreign or one.known for one in heard):
        return Reading(other_language, _query(words, {}, set()), tuple(words), foreign=True)
    doubtful = [one for one in heard if (one.begun or not one.known) and one.word not in covered]
    meant = {one.word: likely for one in doubtful if (likely := slips_of(one.word, one.near, one.named))}
    taken = [meant[word][0] if word in meant else word for word in words]
    others = {
        " ".join(another if word == slip else meant[word][0] if word in meant else word for word in words)
        for slip, likely in meant.items()
        for another in likely[1:4]
        if not another.startswith(likely[0]) and not likely[0].startswith(another)
    }
    return Reading(
        language,
        _query(taken, synonyms, whole | {likely[0] for likely in meant.values()}),
        tuple(words),
        meant=" ".join(taken) if meant else None,
        others=tuple(sorted(others)),
    )


def slips_of(word: str, near: Iterable[str], named: Set[str] = frozenset()) -> list[str]:
    """The known words this may be a slip of, the likeliest first: one letter off, two in a longer word.

    Whoever searches names a piece: a word that stands in a text alone ("sunday") has to be a letter nearer
    than one that is `named`, and is not offered beside it otherwise.
    """
    allowed = 1 if len(word) < 5 else 2
    found = [
        (far, one not in named, place, one)
        for place, one in enumerate(near)
        if (far := distance(word, one)) <= allowed
    ]
    likely = [one for *_far, one in sorted(found)]
    return [one for one in likely if one in named] if likely and likely[0] in named else likely


def distance(one: str, other: str) -> int:
    """How many letters to add, leave out, change or swap with a neighbour to get from one to the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, last, row = row, before, [i]
        for j, mark in enumerate(other, start=1):
            steps = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != mark))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == mark:
                steps = min(steps, last[j - 2] + 1)
            row.append(steps)
    return row[-1]


def may_be_code(text: str) -> bool:
    """Whether what was typed has enough of letters and digits to be looked up as somebody's number."""
    return sum(letter.isalnum() for letter in text) >= SHORTEST_CODE


def worth_noting(words: Sequence[str], text: str) -> bool:
    """Whether what was typed may stand in the list of what nobody found."""
    return bool(words) and not _PRIVATE.search(text)


def term_of(text: str) -> str:
    """A synonym as it is kept: small letters, up to three words; empty for anything else."""
    words = typed_words(text)
    return " ".join(words) if 0 < len(words) <= LONGEST_TERM else ""


def _query(words: Sequence[str], synonyms: Mapping[str, Iterable[str]], whole: Set[str]) -> str:
    """All of the words; in place of each term that has synonyms, any of these will do as well.

    The last word may still be being typed, and stands for all that begin like it. So do those before it,
    but for the `whole` ones: nobody who went on to the next word left "linen" unfinished.
    """
    parts = []
    place = 0
    while place < len(words):
        length = next(
            (
                size
                for size in range(LONGEST_TERM, 0, -1)
                if place + size <= len(words) and " ".join(words[place : place + size]) in synonyms
            ),
            1,
        )
        term = " ".join(words[place : place + length])
        ways = [_together(words[place : place + length], whole, last=place + length == len(words))]
        ways += [f"'{other}'" for other in sorted(synonyms.get(term, ()))]
        parts.append(ways[0] if len(ways) == 1 else f"({' | '.join(ways)})")
        place += length
    return " & ".join(parts)


def _together(words: Sequence[str], whole: Set[str], *, last: bool) -> str:
    parts = []
    for place, word in enumerate(words, start=1):
        ends = last and place == len(words)
        begun = ends or (len(word) >= PREFIX_FROM and word not in whole)
        parts.append(f"'{word}':*" if begun else f"'{word}'")
    return parts[0] if len(parts) == 1 else f"({' & '.join(parts)})"
