"""What an entry of Daftarkan usaha is beside its fields: whom it corrects, and what a draft keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from models import registration
from models.reference import VILLAGE_DIGITS
from models.registration import Registered
from models.store import Draft, Store
from ui.context import Context


@dataclass(slots=True)
class EntryState:
    """`before` is the entry as it was opened; `apart` says why it is another person with the same NIK."""

    known: Registered | None = None
    before: dict[str, str] = field(default_factory=dict)
    apart: str = ""
    empty: bool = True  # nothing was typed yet

    @property
    def correcting(self) -> bool:
        """Whether an existing business is corrected, which needs no last step."""
        return self.known is not None and bool(self.known.business_id)

    def as_draft(self, entry: Mapping[str, str]) -> dict[str, Any] | None:
        """What a draft keeps; `title` is shown where drafts are offered."""
        if self.empty:
            return None
        known = [self.known.owner_id, self.known.business_id] if self.known else None
        title = entry["owner.name"].strip() or entry["business.name"].strip()
        return {"entry": dict(entry), "title": title, "known": known, "before": self.before, "apart": self.apart}

    @classmethod
    def from_draft(cls, data: Mapping[str, Any]) -> "EntryState":
        """The state that `as_draft` wrote."""
        ids = data.get("known")
        return cls(
            Registered(*ids) if ids else None, dict(data.get("before") or {}), data.get("apart", ""), empty=False
        )


def blank(ctx: Context, business_name: str = "") -> dict[str, str]:
    """A new entry: in the own kelurahan, when the office is one."""
    home = ctx.profile.home_scope
    entry = {"owner.village": home} if len(home) == VILLAGE_DIGITS else {}
    return entry | ({"business.name": business_name} if business_name else {})


def find_draft(store: Store, key: str) -> Draft | None:
    """The draft of an entry, unless it is gone."""
    return next((d for d in store.drafts(registration.DRAFT) if d.key == key), None)


def draft_of(store: Store, known: Registered) -> Draft | None:
    """The draft of a correction of these records, when one was left."""
    ids = [known.owner_id, known.business_id]
    return next((d for d in store.drafts(registration.DRAFT) if d.data.get("known") == ids), None)
