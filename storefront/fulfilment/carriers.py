"""Who takes parcels, and where each shows how far one is. `%s` is the number of the parcel."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Carrier:
    """A carrier as people call it; `follow` is empty when it shows nothing."""

    name: str
    follow: str

    def link(self, tracking: str) -> str:
        """Where a parcel can be followed; empty without a number or a page."""
        return self.follow.replace("%s", quote(tracking, safe="")) if self.follow and tracking else ""


CARRIERS: dict[str, Carrier] = {
    "poste": Carrier("Poste Italiane", "https://www.poste.it/cerca/index.html#/risultati-spedizioni/%s"),
    "brt": Carrier("BRT", "https://www.brt.it/it/tracking?spedizione=%s"),
    "gls": Carrier("GLS", "https://gls-group.com/track/%s"),
    "dhl": Carrier("DHL", "https://www.dhl.com/global-en/home/tracking.html?tracking-id=%s"),
    "ups": Carrier("UPS", "https://www.ups.com/track?tracknum=%s"),
    "fedex": Carrier("FedEx", "https://www.fedex.com/fedextrack/?trknbr=%s"),
}
