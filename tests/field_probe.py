"""Run in a copy of the tree whose declarations have one field more: prints as JSON where the field shows up."""

import json
import sys
from datetime import date
from pathlib import Path

import msgspec
from PySide6.QtWidgets import QApplication

from models import dictionary, exporting, outbox, search
from models.businesses import BUSINESS
from models.import_columns import TARGETS, guess_columns
from models.store import Store
from models.workbook import Sheet, SheetRow
from server.tables import RECORD_TABLES
from tests.conftest import KEY
from tests.fakes import VILLAGE, FrozenClock, InstantBackground, SaidDialogs, business, owner
from tests.sync.office import Office
from ui.context import Context, Profile
from ui.events import Events
from ui.form import Form

VALUE = "Daunhijau"


def columns_of(store: Store) -> set[str]:
    return {row[1] for row in store.query("PRAGMA table_info(business)")}


def in_stores(name: str, existing: Path) -> dict[str, bool]:
    """A file made today, and one made before the field was declared, whose record must still be there."""
    fresh = Store.open(existing.with_name("fresh.db"), KEY)
    older = Store.open(existing, KEY)
    try:
        [kept] = older.find("business")
        return {
            "the table of a new file": name in columns_of(fresh),
            "the table of an older file": name in columns_of(older),
            "a record of an older file": kept["name"] == "Keripik Contoh 1" and kept[name] is None,
        }
    finally:
        fresh.close()
        older.close()


def in_use(name: str) -> dict[str, bool]:
    """Saved, searched, exported, sent, and read on another laptop."""
    office = Office(FrozenClock())
    sri, budi = office.laptop("Sri Wahyuni"), office.laptop("Budi Santoso")
    for laptop in (sri, budi):
        laptop.sync()
    business_id = sri.save("business", **business(sri.save("owner", **owner()), **{name: VALUE}))
    made = exporting.export(sri.store, exporting.Request("business"))
    [batch] = [b for b in outbox.take(sri.store, 10) if VALUE.encode() in b.body]
    sent = next(part for part in msgspec.json.decode(batch.body)["ins"] if part["t"] == "business")
    seen = {
        "search": list(search.best(sri.store, VALUE.lower(), 5)) != [],
        "the headings of an export in Indonesian": BUSINESS[name].label.id in exporting.headings(made, "id"),
        "the headings of an export in English": BUSINESS[name].label.en in exporting.headings(made, "en"),
        "what is sent": name in sent["f"],
        "the server's table": name in RECORD_TABLES["business"].c,
        "the data dictionary": f"| `{name}` | {BUSINESS[name].label.id} |" in dictionary.page(),
    }
    for laptop in (sri, budi):
        laptop.sync()
    return seen | {"another laptop": budi.get("business", business_id)[name] == VALUE}


def in_import(name: str) -> dict[str, bool]:
    """Recognised by its label in either language."""
    labels = BUSINESS[name].label
    guessed = [
        guess_columns(Sheet("usaha.xlsx", "Usaha", (label,), (SheetRow(2, (VALUE,)),)), date(2026, 11, 24))[0].target
        for label in (labels.id, labels.en)
    ]
    return {"the targets of an import": f"business.{name}" in TARGETS,
            "a heading met in a workbook": guessed == [f"business.{name}"] * 2}  # fmt: skip


def in_form(name: str) -> dict[str, bool]:
    """Filled, typed into and read back."""
    app = QApplication.instance() or QApplication([])
    events = Events()
    ctx = Context(InstantBackground(None, events), events, SaidDialogs(), FrozenClock(),  # pyright: ignore[reportArgumentType]
                  Profile("Sri Wahyuni", home_scope=VILLAGE))  # fmt: skip
    form = Form(ctx, {field.name: field for field in BUSINESS.fields})
    form.fill({name: VALUE})
    title = form.fields[name].title.text().replace("&", "")
    app.processEvents()
    return {"a form": title.startswith(BUSINESS[name].label.id) and form.values()[name] == VALUE}


if __name__ == "__main__":
    field_name, existing_file = sys.argv[1:]
    found = (
        in_stores(field_name, Path(existing_file)) | in_use(field_name) | in_import(field_name) | in_form(field_name)
    )
    print(json.dumps(found))
