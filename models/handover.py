"""Handing the open work of one colleague to another by a signed list: follow-ups and facilitations."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.errors import AppError
from models.i18n import Words
from models.schema import Row
from models.store import Changes, Store

# Entity -> the fields that say whose it is (id, name), and the condition of being open.
_WORK: dict[str, tuple[str, str, str]] = {
    "follow_up": ("responsible_id", "responsible_name", "state = 'open'"),
    "facilitation": ("staff_id", "staff_name", "state <> 'closed'"),
}
NOTHING = Words("Tidak ada pekerjaan terbuka untuk diserahkan.", "There is no open work to hand over.")
TO_ONESELF = Words("Pilih petugas lain sebagai penerima.", "Choose another colleague to receive it.")


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of staff: the id in the directory and the name on papers."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Work:
    """One open piece of work, as it stands in the list that both sign."""

    entity: str
    row: Row
    owner: str
    due: str | None


def open_work(store: Store, colleague: Colleague) -> list[Work]:
    """What is open on a colleague's name, the earliest due first."""
    found: list[Work] = []
    for entity, (id_field, name_field, is_open) in _WORK.items():
        ids = store.query(
            f"SELECT id FROM {entity} WHERE deleted IS NULL AND {is_open}"
            f" AND ({id_field} = ? OR {id_field} IS NULL AND {name_field} = ?)", (colleague.id, colleague.name))  # fmt: skip
        rows = store.find_in(entity, "id", [i for (i,) in ids])
        names = {o["id"]: o["name"] for o in store.find_in("owner", "id", {r["owner_id"] for r in rows})}
        found += [Work(entity, row, names.get(row["owner_id"], ""), row["due"]) for row in rows]
    return sorted(found, key=lambda w: (w.due or "9999", w.row["id"]))


def hand_over(
    store: Store, giver: Colleague, taker: Colleague, work: Sequence[Work], paper: Row | None = None
) -> tuple[Changes, str]:
    """Give work to a successor and keep the list, all or none; answers the id of the handover.

    `paper` holds what else stands on the sheet: reason, number, signed_on, note.
    """
    if not work:
        raise AppError(NOTHING)
    if giver.id == taker.id:
        raise AppError(TO_ONESELF)
    handover_id = store.clock.new_id()
    record: Row = {
        **(paper or {}), "id": handover_id, "from_id": giver.id, "from_name": giver.name, "to_id": taker.id,
        "to_name": taker.name, "handed_on": store.clock.today().isoformat(),
        "items": "\n".join(f"{w.entity} {w.row['id']}" for w in work),
    }  # fmt: skip
    rows = [("handover", record), *((w.entity, _given(w, taker)) for w in work)]
    return store.save_all(rows), handover_id


def _given(work: Work, taker: Colleague) -> Row:
    id_field, name_field, _ = _WORK[work.entity]
    return {"id": work.row["id"], id_field: taker.id, name_field: taker.name}


def listed(store: Store, handover_id: str) -> list[tuple[str, Row]]:
    """The records on the list of a handover, `(entity, row)`, as they stand now."""
    record = store.get("handover", handover_id) or {}
    found = (line.split(" ", 1) for line in (record.get("items") or "").splitlines())
    rows = [(entity, store.get(entity, record_id)) for entity, record_id in found if entity in _WORK]
    return [(entity, row) for entity, row in rows if row is not None]
