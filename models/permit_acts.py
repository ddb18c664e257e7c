"""Keeping a permit: number in its stored form, expiry estimated where only the number is known, NIB on the business."""

from collections.abc import Mapping
from typing import Any

from models.clock import Clock
from models.permits import OF_PRODUCTS, estimated_expiry, first_state, number_kind
from models.schema import Row
from models.store import Changes, Store


def keep(store: Store, permit: Mapping[str, Any]) -> Changes:
    """Save a permit, new or known, all or nothing.

    A number typed as on the paper is kept bare. A NIB also stands on its business. What was estimated
    gives way as soon as the day on the certificate is known.
    """
    known = store.get("permit", permit.get("id") or "") or {}
    row = _complete(known | dict(permit), permit, store.clock)
    with store.transaction():
        changes = store.save("permit", {n: v for n, v in row.items() if n != "extra"})
        if row["type"] == "nib" and row["state"] == "active" and row.get("number"):
            nib = {"id": row["business_id"], "nib": row["number"]}
            changes |= store.save("business", nib | ({"nib_date": row["issued"]} if row.get("issued") else {}))
    return changes


def _complete(row: Row, given: Mapping[str, Any], clock: Clock) -> Row:
    """The row with what follows from the type and the number."""
    number = number_kind(row["type"]).parse(str(row.get("number") or ""), clock.today())
    row |= {"number": number}
    row["state"] = row.get("state") or (first_state(row["type"]) if number else "process")
    row["subject"] = row.get("subject") or (
        "product" if row.get("product_id") and row["type"] in OF_PRODUCTS else "business"
    )
    if row.get("estimated") and given.get("expires"):
        row["estimated"] = None
    return row | estimated_expiry(row)


def fulfil(store: Store, permit_id: str) -> Changes:
    """The commitments of a P-IRT are met."""
    return store.save("permit", {"id": permit_id, "state": "fulfilled"})


def revoke(store: Store, permit_id: str) -> Changes:
    """A permit was withdrawn by its issuer."""
    return store.save("permit", {"id": permit_id, "state": "revoked"})
