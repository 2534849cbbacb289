"""Money as whole minor units of one currency, and the few sums the house may do with it.

No float comes near it. There is one rounding rule per purpose: prices to net are rounded half up,
commissions are rounded down to the minor unit (the worked example of the product says so aloud), and
every split uses the largest remainder so that the parts add up to the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from babel.numbers import get_currency_precision

ONE = 10_000  # a whole, in basis points


class CurrencyMismatch(TypeError):
    """Two amounts of different currencies met in one sum."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (cents) of an ISO 4217 currency. May be negative: a debt is."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"Money is counted in whole minor units, not {self.minor!r}.")

    @classmethod
    def zero(cls, currency: str) -> Money:
        return cls(0, currency)

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __mul__(self, quantity: int) -> Money:
        if type(quantity) is not int:
            raise TypeError("Money is multiplied by whole quantities only.")
        return Money(self.minor * quantity, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.minor > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.minor >= self._same(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def net_of_tax(self, tax_bps: int) -> Money:
        """The price without the tax it includes, rounded half up. `tax_bps` 2200 is 22 %."""
        return Money(round_half_up(self.minor * ONE, ONE + tax_bps), self.currency)

    def share(self, rate_bps: int) -> Money:
        """That many basis points of it, rounded down to the minor unit (towards zero)."""
        sign = -1 if self.minor < 0 else 1
        return Money(sign * (abs(self.minor) * rate_bps // ONE), self.currency)

    def allocate(self, weights: Sequence[int]) -> list[Money]:
        """Split by weights so that the parts add up to the whole; see `allocate`."""
        return [Money(part, self.currency) for part in allocate(self.minor, weights)]

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{self.currency} met {other.currency} in one sum.")
        return other.minor


def total(amounts: Sequence[Money], currency: str) -> Money:
    """The sum, zero of `currency` when there is nothing to add."""
    result = Money.zero(currency)
    for amount in amounts:
        result = result + amount
    return result


def decimals_of(currency: str) -> int:
    """How many decimals an amount of a currency can have here: two of a euro, none of a yen.

    Two of a dinar, whose third is always 0: Stripe takes it in steps of ten fils, so ten fils are its minor
    unit, and no percentage, share or refund can come to a sum that nobody can pay.
    """
    return min(get_currency_precision(currency), 2)


def one_of(currency: str) -> int:
    """How many minor units one of a currency has: 100 cents, 100 times ten fils, one yen."""
    return int(10 ** decimals_of(currency))


def minor_of(whole: str, part: str, currency: str) -> int:
    """The digits before and after the mark of a written amount, in minor units.

    Raises `ValueError` for more decimals than the currency is written with, and for what its smallest coin
    cannot say.
    """
    digits = decimals_of(currency)
    if len(part) > get_currency_precision(currency) or part[digits:].strip("0"):
        raise ValueError(part)
    return int(whole + part[:digits].ljust(digits, "0"))


def decimal_text(value: Money) -> str:
    """An amount for machines: `-80.00`, with the decimals of its currency, whatever the reader's language."""
    digits, written = decimals_of(value.currency), get_currency_precision(value.currency)
    whole, part = divmod(abs(value.minor), 10**digits)
    sign = "-" if value.minor < 0 else ""
    return f"{sign}{whole}.{f'{part:0{digits}d}'.ljust(written, '0')}" if digits else f"{sign}{whole}"


def round_half_up(numerator: int, denominator: int) -> int:
    """The quotient rounded to the nearest whole, halves away from zero."""
    sign = -1 if (numerator < 0) != (denominator < 0) else 1
    numerator, denominator = abs(numerator), abs(denominator)
    return sign * ((2 * numerator + denominator) // (2 * denominator))


def allocate(amount: int, weights: Sequence[int]) -> list[int]:
    """Split `amount` minor units in proportion to `weights` by the largest remainder.

    The parts add up to `amount` exactly; no part differs from its exact share by a whole unit; ties go
    to the earlier part, so the same input always gives the same split. All weights zero: split evenly.
    Raises `ValueError` for no weights or a negative one. Method: Hamilton's apportionment.
    """
    if not weights or min(weights) < 0:
        raise ValueError("Give at least one weight, none of them negative.")
    whole = sum(weights)
    shares = list(weights) if whole else [1] * len(weights)
    whole = whole or len(weights)
    sign, size = (-1, -amount) if amount < 0 else (1, amount)
    parts = [size * share // whole for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda i: (-(size * shares[i] % whole), i))
    for index in by_remainder[: size - sum(parts)]:
        parts[index] += 1
    return [sign * part for part in parts]
