"""Records that the server could not take: shown with the reason and what mends it, offered again when asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

from models.clock import from_iso
from models.entities import SYNCED
from models.i18n import Words
from models.store import Change, Changes, Store
from models.waiting import title_of

NEW = ""  # the pending field of a record that the server has never seen
_json = msgspec.json
# What was edited since waits again or went; it is nobody's worry any more.
_STANDS = (
    "NOT EXISTS (SELECT 1 FROM history h WHERE h.tbl = q.tbl AND h.row_id = q.row_id"
    " AND h.at > unixepoch(q.at, 'subsec') * 1000)"
)


@dataclass(frozen=True, slots=True)
class SetAside:
    """One record, or some fields of it: the server's reason, and since when."""

    id: int
    entity: str
    row_id: str
    title: Words
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the server does not take something, and what mends it."""

    what: Words
    cure: Words


REASONS: Mapping[str, Reason] = {
    "unknown-entity": Reason(
        Words("Server belum mengenal jenis data ini.", "The server does not know this sort of record yet."),
        Words("Dikirim sendiri setelah server diperbarui.", "It is sent by itself once the server is updated."),
    ),
    "unknown-row": Reason(
        Words("Data ini sudah tidak ada di server.", "The server no longer has this record."),
        Words("Hubungi Dinas: perubahan Anda tersimpan di laptop ini.", "Call the Dinas: your change is kept here."),
    ),
    "read-only": Reason(
        Words("Hanya Dinas yang boleh mengubah isian ini.", "Only the Dinas may change this field."),
        Words("Minta Dinas mengubahnya.", "Ask the Dinas to change it."),
    ),
    "text": Reason(
        Words("Ada teks yang terlalu panjang atau berisi huruf yang rusak.", "A text is too long or holds a broken letter."),
        Words("Buka datanya, pendekkan teksnya, lalu kirim lagi.", "Open the record, shorten the text, then send again."),
    ),
    "moved": Reason(
        Words("Data ini sudah dipindahkan ke desa lain.", "This record has moved to another village."),
        Words("Perubahan Anda tersimpan di sini. Minta desa itu mencatatnya.", "Your change is kept here. Ask that village to record it."),
    ),
    "target": Reason(
        Words("Desa tujuan pemindahan tidak dikenal server.", "The server does not know the village of the move."),
        Words("Pilih desa tujuan lagi, lalu kirim lagi.", "Choose the village again, then send again."),
    ),
    "no-grant": Reason(
        Words("Laptop ini tidak lagi memegang wilayah data ini.", "This laptop no longer holds the region of this record."),
        Words("Pembina wilayah itu memutuskan. Hubungi Dinas.", "That region's supervisor decides. Call the Dinas."),
    ),
}  # fmt: skip
OTHER = Reason(
    Words("Bentuk datanya belum bisa diterima server.", "The server cannot take the record in this form yet."),
    Words(
        "Simpan log dan kirim ke Dinas; data aman di laptop ini.", "Save the log for the Dinas; the data is safe here."
    ),
)


def reason(code: str) -> Reason:
    """The words of a reason; of one that a newer server gives, general ones."""
    return REASONS.get(code, OTHER)


def count(store: Store) -> int:
    """How many things the server did not take and nobody edited since."""
    return store.query(f"SELECT count(*) FROM sync_quarantine q WHERE {_STANDS}")[0][0]


def listed(store: Store, most: int = 100) -> list[SetAside]:
    """What the server did not take and nobody edited since, the latest first."""
    found = store.query(
        f"SELECT id, tbl, row_id, reason, at FROM sync_quarantine q WHERE {_STANDS} ORDER BY id DESC LIMIT ?", (most,)
    )
    return [
        SetAside(number, entity, row_id, title_of(store, entity, row_id), why, from_iso(at))
        for number, entity, row_id, why, at in found
    ]


def send_again(store: Store, number: int) -> Changes:
    """Let something wait to be sent once more, as it stands now; nothing happens when it is settled already."""
    found = store.query("SELECT tbl, row_id, body FROM sync_quarantine WHERE id = ?", (number,))
    if not found or found[0][0] not in SYNCED:
        return Changes()
    entity, row_id, body = found[0]
    known = store.query(f'SELECT coalesce(_seq, -1) FROM "{entity}" WHERE id = ?', (row_id,))
    fields = [NEW] if not known or known[0][0] < 0 else list(_json.decode(body, type=dict[str, object]))
    with store.transaction(applying=True):
        for field in fields:
            store.query(
                "INSERT INTO sync_pending (tbl, row_id, field, base, hlc, edit_no, since)"
                " SELECT ?, ?, ?, ?, hlc, 1, hlc FROM sync_device WHERE true ON CONFLICT DO NOTHING",
                (entity, row_id, field, max(known[0][0], 0) if known else 0),
            )
        store.query("DELETE FROM sync_quarantine WHERE id = ?", (number,))
    return Changes((Change(entity, row_id, "changed"),))
