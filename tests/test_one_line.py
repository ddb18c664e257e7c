"""Adding a fact to a record is one line in its subject file, and it is everywhere at once.

Done in a scratch copy of the tree: the line goes into `models/owners.py`, nothing else is touched.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BEFORE = '        Field("phone", kinds.PHONE,'
LINE = '        Field("mother_tongue", kinds.TEXT, Words("Bahasa ibu", "Mother tongue"), "identity", searched=True),\n'

CHECK = """
import json, sys, tempfile
from pathlib import Path
from PySide6.QtWidgets import QApplication
from models import dictionary, exporting, record_import, search
from models.canonical import payload
from models.clock import SYSTEM
from models.importing import known_people
from models.import_columns import guess_columns
from models.import_plan import start
from models.owners import OWNER
from models.store import Store
from models.subject_access import personal_record
from models.workbook import Sheet, SheetRow
from server.tables import RECORD_TABLES
from ui import editors, theme

KEY, VILLAGE, found = bytes(32), "3513141017", {}
folder = Path(tempfile.mkdtemp())
store = Store.open(folder / "data.db", KEY, user="Sri", home_scope=VILLAGE)
row = {"name": "Siti", "village": VILLAGE, "informed": "signed", "mother_tongue": "Madura"}
owner_id = store.save("owner", row).first_id("owner")
store.save("business", {"owner_id": owner_id, "name": "Batik", "village": VILLAGE})
found["table"] = store.find("owner", mother_tongue="Madura")[0]["id"] == owner_id
found["sync"] = "mother_tongue" in payload(OWNER) and store.query(
    "SELECT count(*) FROM sync_pending WHERE row_id = ?", (owner_id,)) == [(1,)]
found["server"] = "mother_tongue" in RECORD_TABLES["owner"].columns
store.save("owner", {"id": owner_id, "mother_tongue": "Jawa"})
found["history"] = [c.field for c in store.history("owner", owner_id)] == ["mother_tongue"]
found["search"] = len(search.newest(store, "jawa")) == 1
made = exporting.export(store, exporting.Request("owner"))
exporting.to_csv(made, folder / "a.csv", "en")
found["export"] = "Mother tongue" in (folder / "a.csv").read_text("utf-8-sig").splitlines()[0]
sheet = Sheet("a", "b", ("NAMA", "MOTHER TONGUE", "DESA"), (SheetRow(2, ("Ani", "Using", "Patokan")),))
targets = [g.target for g in guess_columns(sheet, SYSTEM.today())]
plan = start(sheet, targets, VILLAGE, known_people(store), SYSTEM.today())
found["office import"] = plan.row(2).owner["mother_tongue"] == "Using"
found["import"] = [g.target for g in record_import.guess(store, OWNER, sheet)][1] == "mother_tongue"
found["dictionary"] = "| `mother_tongue` | Bahasa ibu | Mother tongue. |" in dictionary.page()
record = personal_record(store, owner_id)
found["copy for the person"] = ("Bahasa ibu", "Jawa") in record.sections[0].records[0]
app = QApplication([])
made = editors.editor(OWNER["mother_tongue"], editors.Tools("id", SYSTEM, VILLAGE))
made.write("Osing")
found["form"] = made.typed() == "Osing"
store.close()
print(json.dumps([name for name, ok in found.items() if not ok]))
"""


def test_one_line_adds_a_field_everywhere(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "models", tmp_path / "models", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("ui", "reports", "sync", "server", "resources"):
        (tmp_path / name).symlink_to(ROOT / name)
    subject = tmp_path / "models" / "owners.py"
    text = subject.read_text(encoding="utf-8")
    assert text.count(BEFORE) == 1
    subject.write_text(text.replace(BEFORE, LINE + BEFORE), encoding="utf-8")
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(tmp_path),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", CHECK],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
