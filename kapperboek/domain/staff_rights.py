"""Rights of staff: what somebody who works here and is no owner may do beside the work itself, as the owner chose."""

from __future__ import annotations

EXPORT, FORGET, SETTINGS, PRICES = RIGHTS = ("export", "forget", "settings", "prices")
OWNER = "owner"  # who may what, the passphrase, the key on paper, another state of the notebook: given to no staff
USUAL = (PRICES,)  # of staff, until the owner chooses


def may(role: str, staff_may: tuple[str, ...], right: str) -> bool:
    """Tell whether somebody with this role has the right; an owner has them all."""
    return role != "staff" or (right in RIGHTS and right in staff_may)
