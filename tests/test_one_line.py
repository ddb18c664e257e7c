"""Adding a recorded fact is one line: a copy of the tree gets one, and the field shows up everywhere."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from models.store import Store
from tests.conftest import KEY
from tests.fakes import VILLAGE, business, owner

ROOT = Path(__file__).parents[1]
NEEDED = ("models", "sync", "server", "ui", "reports", "resources", "tests")
NAME = "green_label"
LINE = f'Field("{NAME}", kinds.TEXT, Words("Label hijau", "Green label"), "business", searched=True),'
BEFORE = '        Field("note", kinds.LONG_TEXT'


def existing_file(path: Path) -> Path:
    """A laptop's file as it was made before the field was declared."""
    store = Store.open(path, KEY, home_scope=VILLAGE)
    owner_id = store.save("owner", owner()).first_id("owner")
    store.save("business", business(owner_id))
    store.close()
    return path


def copy_with_one_line_more(to: Path) -> Path:
    for folder in NEEDED:
        shutil.copytree(ROOT / folder, to / folder)
    declarations = to / "models" / "businesses.py"
    text = declarations.read_text(encoding="utf-8")
    assert text.count(BEFORE) == 1
    declarations.write_text(text.replace(BEFORE, f"        {LINE}\n{BEFORE}"), encoding="utf-8")
    return to


def test_a_field_is_one_line_and_shows_up_everywhere(tmp_path: Path) -> None:
    older = existing_file(tmp_path / "older.db")
    copy = copy_with_one_line_more(tmp_path / "copy")
    done = subprocess.run(
        [sys.executable, "-m", "tests.field_probe", NAME, str(older)],
        cwd=copy, env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(copy)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    shown: dict[str, bool] = json.loads(done.stdout.splitlines()[-1])
    assert len(shown) == 13
    assert [place for place, there in shown.items() if not there] == [], "the field is missing there"
