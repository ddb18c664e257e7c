"""What every paper of this office bears: its letterhead, its place and hours. From settings."""

from base64 import b64decode
from typing import TYPE_CHECKING

from models import reference
from models.i18n import Words
from models.staff import STAFF
from reports.paper import Letterhead, Officer

if TYPE_CHECKING:
    from models.store import Store

HOURS = Words("hari kerja 08.00–15.00", "working days 08:00–15:00")


def letterhead(store: "Store", scope: str) -> Letterhead:
    """The kop as set by the office, or made from the region in whose custody its records are."""
    set_up: dict[str, str] = store.setting("letterhead") or {}
    return Letterhead(
        above=set_up.get("above") or _above(scope),
        office=set_up.get("office") or _office(scope),
        address=set_up.get("address", ""),
        emblem=b64decode(set_up.get("emblem", "")),
    )


def _above(scope: str) -> str:
    """`PEMERINTAH KABUPATEN PROBOLINGGO`."""
    found = reference.region(scope[:4])
    return f"PEMERINTAH {found.name}".upper() if found else ""


def _office(scope: str) -> str:
    """`KECAMATAN KRAKSAAN` over `KELURAHAN PATOKAN`."""
    district, village = reference.region(scope[:6]), reference.region(scope)
    lines = [f"KECAMATAN {district.name}"] if district else []
    if village and len(scope) == 10:
        lines.append(f"{'KELURAHAN' if scope[6] == '1' else 'DESA'} {village.name}")
    return "\n".join(lines).upper()


def place(store: "Store", scope: str) -> str:
    """The town in `Kraksaan, 24 November 2026`: as set, else the kecamatan."""
    found = reference.region(scope[:6])
    return str(store.setting("letter_place") or (found.name if found else ""))


def officer(store: "Store", staff_id: str, otherwise: Officer) -> Officer:
    """Who hands the paper out, as the staff directory has it, else as the account says."""
    found = store.get("staff", staff_id) if staff_id else None
    if found is None:
        return otherwise
    return Officer(
        name=found["name"],
        position=found["position"] or otherwise.position,
        office=found["office"] or otherwise.office,
        phone=STAFF["office_phone"].kind.show(found["office_phone"]) or otherwise.phone,
    )
