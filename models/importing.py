"""Carrying an office's list into the store, taking it back, and handing back what was held.

`apply` writes everything in one transaction; for 24 hours `undo` takes back what nobody has
touched since. What an import made carries its id.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from models.clock import from_iso
from models.consents import NOTICE
from models.custody import keeper
from models.entities import ENTITIES
from models.errors import AppError
from models.i18n import Lang, Words
from models.import_columns import layout, layout_key, typed
from models.import_matches import People, Person
from models.import_plan import Plan
from models.kinds import TEXT
from models.official_ids import nik_facts
from models.schema import Row
from models.store import Changes, Store
from models.workbook import Sheet, write_workbook

UNDO_FOR = timedelta(hours=24)
ANSWERS = ("signed", "read_aloud", "not_yet")  # what an office may have told everybody in a list; nobody in it refused
TOO_LATE = Words("Impor ini sudah lebih dari 24 jam dan tidak bisa dibatalkan sekaligus. Hapus datanya satu per satu.",
                 "This import is more than 24 hours old and cannot be undone at once. Delete its data one by one.")  # fmt: skip
NO_IMPORT = Words("Impor ini sudah dibatalkan.", "This import has been undone already.")
REASON = Words("Alasan", "Reason")
ROW = Words("Baris", "Row")
HELD = Words("Tertahan", "Held")
_KEPT_IMPORTS = 20


@dataclass(frozen=True, slots=True)
class Imported:
    """One import as it is remembered on this laptop; `at` is ISO 8601 UTC."""

    id: str
    file: str
    at: str
    owners: int
    businesses: int
    to_check: int
    held: int
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Undone:
    """How many owners and businesses were taken back, and how many stay because they were touched since."""

    removed: int
    kept: int


def known_people(store: Store) -> People:
    """The owners of this store, to compare a file with."""
    today, people = store.clock.today(), People()
    businesses: dict[str, list[str]] = {}
    for owner_id, name in store.query("SELECT owner_id, name FROM business WHERE deleted IS NULL ORDER BY rowid"):
        businesses.setdefault(owner_id, []).append(name)
    for values in store.query("SELECT id, name, nik, phone, village, address FROM owner WHERE deleted IS NULL"):
        owner_id, name, nik, phone, village, address = (str(v or "") for v in values)
        people.add(Person(
            name, nik if nik and nik_facts(nik, today) else "", phone if phone.startswith("+") else "", village,
            tuple(businesses.get(owner_id, ())), id=owner_id, address=address))  # fmt: skip
    return people


def remembered_columns(store: Store, sheet: Sheet) -> dict[str, str] | None:
    """How a file with these headings was matched before; None when there was none."""
    return store.setting(layout_key(sheet))


def remember_columns(store: Store, plan: Plan) -> None:
    """Keep how the columns of such a file are matched."""
    store.set_setting(layout_key(plan.sheet), layout(plan.sheet, plan.columns))


def apply(store: Store, plan: Plan, informed: str) -> tuple[Changes, Imported]:
    """Write the rows that are ready or to be checked: all of them, or none when anything fails.

    `informed` is one of `ANSWERS`.
    """
    if informed not in ANSWERS:
        msg = f"an import cannot say {informed!r} of everybody"
        raise ValueError(msg)
    import_id = store.clock.new_id()
    writing = _Writing(store, plan, informed, import_id)
    for row in plan.rows:
        if plan.states[row.number] in ("ready", "check"):
            writing.add(row.number)
    done = Imported(
        import_id, plan.sheet.file, store.clock.stamp(), len(writing.owners), len(writing.businesses),
        plan.count("check"), plan.count("held"))  # fmt: skip
    with store.transaction():
        changes = store.save_all(writing.records())
        _remember(store, [done, *recent(store)])
    return changes, done


class _Writing:
    """The records of an import, gathered row by row."""

    def __init__(self, store: Store, plan: Plan, informed: str, import_id: str) -> None:
        self.store, self.plan, self.informed, self.import_id = store, plan, informed, import_id
        self.keeper = keeper(store)
        self.owners: dict[int, Row] = {}  # by the first row in the file of that person
        self.businesses: list[Row] = []

    def add(self, number: int) -> None:
        """One row: a business, and its owner unless that is somebody known."""
        row = self.plan.row(number)
        person = self.plan.owner_row(number)
        business = {k: v for k, v in row.business.items() if v is not None} | {"import_id": self.import_id}
        if isinstance(person, Person):
            business["owner_id"] = person.id  # the store keeps it where that owner is kept
        else:
            if person not in self.owners:
                self.owners[person] = self._owner(row.owner)
            business |= {"owner_id": self.owners[person]["id"], "scope": self.keeper(str(business["village"]))}
        if business.get("sales_year") is not None:
            business.setdefault("numbers_year", self.store.clock.today().year)
        self.businesses.append(business)

    def _owner(self, values: Row) -> Row:
        return {k: v for k, v in values.items() if v is not None} | {
            "id": self.store.clock.new_id(),
            "scope": self.keeper(str(values["village"])),
            "legal_basis": "public_task",
            "informed": self.informed,
            "import_id": self.import_id,
        }

    def records(self) -> list[tuple[str, Row]]:
        """Everything to save: owners before what hangs on them."""
        made = {"created_at": self.store.clock.stamp()}  # one moment for all: what came later is told apart by it
        told = made | {
            "informed": self.informed, "given_on": self.store.clock.today().isoformat(), "text_version": NOTICE.version,
        }  # fmt: skip
        owners = list(self.owners.values())
        return [
            *(("owner", made | owner) for owner in owners),
            *(("business", made | business) for business in self.businesses),
            *(("consent", told | {"owner_id": owner["id"], "scope": owner["scope"]}) for owner in owners),
        ]


def recent(store: Store) -> list[Imported]:
    """The imports made on this laptop, newest first."""
    return [Imported(**values) for values in store.setting("imports", [])]


def undoable(store: Store) -> list[Imported]:
    """The imports that can still be taken back."""
    now = store.clock.now()
    return [i for i in recent(store) if not i.undone and now - from_iso(i.at) <= UNDO_FOR]


def _remember(store: Store, imports: Sequence[Imported]) -> None:
    store.set_setting("imports", [asdict(i) for i in imports[:_KEPT_IMPORTS]])


def undo(store: Store, import_id: str) -> tuple[Changes, Undone]:
    """Take back an import of the last 24 hours; persons whose data was touched since stay as they are."""
    imports = recent(store)
    found = next((i for i in imports if i.id == import_id and not i.undone), None)
    if found is None:
        raise AppError(NO_IMPORT)
    if store.clock.now() - from_iso(found.at) > UNDO_FOR:
        raise AppError(TOO_LATE)
    with store.transaction():
        owners = _ids(store, "SELECT id FROM owner WHERE import_id = ? AND deleted IS NULL", import_id)
        businesses = _ids(store, "SELECT id FROM business WHERE import_id = ? AND deleted IS NULL", import_id)
        touched = _touched_owners(store, import_id)
        kept_businesses = _touched_businesses(store, import_id) | _businesses_of(store, touched, import_id)
        gone_owners, gone_businesses = owners - touched, businesses - kept_businesses
        consents = _consents_of(store, gone_owners, import_id)
        changes = Changes()
        for entity, ids in (("consent", consents), ("business", gone_businesses), ("owner", gone_owners)):
            changes |= store.delete_all(entity, sorted(ids))
        _remember(store, [replace(i, undone=True) if i.id == import_id else i for i in imports])
    return changes, Undone(len(gone_owners) + len(gone_businesses), len(owners & touched) + len(kept_businesses))


def _ids(store: Store, sql: str, *values: Any) -> set[str]:
    return {row[0] for row in store.query(sql, values)}


_EDITED = "EXISTS (SELECT 1 FROM history h WHERE h.tbl = '{table}' AND h.row_id = {alias}.id)"


def _hanging(field: str, alias: str, *besides: str) -> str:
    """The condition that something not of the import hangs on a record: a session, a follow-up, whatever comes."""
    others = [e.name for e in ENTITIES.values() if field in e and e.name not in besides]
    return " OR ".join(
        f'EXISTS (SELECT 1 FROM "{name}" x WHERE x."{field}" = {alias}.id AND x.deleted IS NULL)' for name in others
    )


def _touched_owners(store: Store, import_id: str) -> set[str]:
    """Owners of the import who were edited, told anew, or who got a session, a follow-up or another business."""
    return _ids(store, f"""
        SELECT o.id FROM owner o WHERE o.import_id = ? AND (
          {_EDITED.format(table="owner", alias="o")} OR {_hanging("owner_id", "o", "business", "consent")}
          OR EXISTS (SELECT 1 FROM business b WHERE b.owner_id = o.id AND b.deleted IS NULL AND (
            b.import_id IS NOT o.import_id OR {_EDITED.format(table="business", alias="b")}
            OR {_hanging("business_id", "b")}))
          OR EXISTS (SELECT 1 FROM consent c WHERE c.owner_id = o.id AND c.deleted IS NULL
            AND (c.created_at > o.created_at OR {_EDITED.format(table="consent", alias="c")})))""", import_id)  # fmt: skip


def _touched_businesses(store: Store, import_id: str) -> set[str]:
    """Businesses of the import that were edited or have a session or follow-up of their own."""
    return _ids(store, f"""
        SELECT b.id FROM business b WHERE b.import_id = ? AND b.deleted IS NULL
          AND ({_EDITED.format(table="business", alias="b")} OR {_hanging("business_id", "b")})""", import_id)  # fmt: skip


def _businesses_of(store: Store, owners: set[str], import_id: str) -> set[str]:
    found = store.query("SELECT id, owner_id FROM business WHERE import_id = ? AND deleted IS NULL", (import_id,))
    return {business_id for business_id, owner_id in found if owner_id in owners}


def _consents_of(store: Store, owners: set[str], import_id: str) -> set[str]:
    found = store.query(
        "SELECT c.id, o.id FROM owner o JOIN consent c ON c.owner_id = o.id AND c.deleted IS NULL WHERE o.import_id = ?",
        (import_id,))  # fmt: skip
    return {consent_id for consent_id, owner_id in found if owner_id in owners}


def export_held(plan: Plan, path: Path, lang: Lang = "id") -> None:
    """Write the held rows as they stand now, each with its reasons, to a workbook."""
    rows: list[list[str]] = []
    for row in plan.sheet.rows:
        if plan.states[row.number] != "held":
            continue
        reasons = "; ".join(f.words.to(lang) for f in plan.findings[row.number] if f.level == "held")
        texts = [
            plan.row(row.number).texts.get(target, "") if target else typed(value, TEXT)
            for target, value in zip(plan.columns, row.values, strict=True)
        ]
        rows.append([str(row.number), *texts, reasons])
    write_workbook(path, HELD.to(lang), [ROW.to(lang), *plan.sheet.headings, REASON.to(lang)], rows)
