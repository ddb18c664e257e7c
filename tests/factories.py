"""People and businesses who do not exist, saved in a store as a test needs them."""

from typing import Any

from models.store import Store
from tests import fakes


def register(store: Store, n: int = 1, *, owner: dict[str, Any] | None = None, **business: Any) -> dict[str, str]:
    """An owner with one business; answers their ids as a row of a session or follow-up takes them."""
    owner_id = store.save("owner", fakes.owner(n, **(owner or {}))).first_id("owner")
    business_id = store.save("business", fakes.business(owner_id, n, **business)).first_id("business")
    return {"owner_id": owner_id, "business_id": business_id}


def consultation(**values: Any) -> dict[str, Any]:
    """A session about the NIB, held on the day of the frozen clock."""
    return {"held_on": "2026-11-24", "topics": "nib", "note": "Menanyakan syarat NIB."} | values


def follow_up(**values: Any) -> dict[str, Any]:
    """An open follow-up that is due today and mine."""
    row = {"kind": "we_call", "what": "Tanyakan hasilnya", "due": "2026-11-24", "responsible": "me", "state": "open"}
    return row | values
