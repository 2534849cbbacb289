"""Where the click of a candidate came from, in words.

Its editor reads what they arranged themselves, the link they put somewhere, and the host it was opened on.
What is of the shopper, device and country, only staff read; of the clicks of others editors read nothing.
"""

from __future__ import annotations

from flask_babel import gettext as _

from commissions.claims.models import Claim
from commissions.clicks.policy import Device
from editors.links.models import LinkPlace
from editors.share.places import OFFERED
from storefront.places.showing import country_name


def came_from(claim: Claim, viewer_id: int | None) -> str:
    """The source of a click for the editor `viewer_id`, or for staff (None); empty where nothing is known."""
    staff = viewer_id is None
    if claim.link is None or not (staff or claim.editor_id == viewer_id):
        return ""
    place = OFFERED.get(LinkPlace(claim.link.place), "") if staff else claim.link.name
    known = [claim.referrer or "", str(place)]
    if staff:
        known += [
            _device(claim.device),
            country_name(claim.country) if claim.country else "",
        ]
    said = " · ".join(one for one in known if one)
    return _("From: %(said)s", said=said) if said else ""


def _device(device: Device | None) -> str:
    if device is None:
        return ""
    return {
        Device.PHONE: _("on a phone"),
        Device.TABLET: _("on a tablet"),
        Device.DESK: _("at a computer"),
    }[Device(device)]
