import random
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from models import database, kinds
from models.entities import SYNCED
from models.errors import AlreadyOpen, DamagedDatabase, DiskFull, FolderReadOnly, NewerDatabase
from models.i18n import Words
from models.migrations import MIGRATIONS
from models.schema import Field
from models.store import Store
from tests.conftest import KEY
from tests.fakes import owner
from tests.models import children

PLANTED = ("3513145201900077", "+6281200000077", "Namaku Terlihat", "Catatan Rahasia")


@pytest.fixture
def path(tmp_path: Path, empty_store: Path) -> Path:
    return Path(shutil.copy(empty_store, tmp_path / "data.db"))


@pytest.fixture
def more_fields(monkeypatch: pytest.MonkeyPatch):
    """The declarations of a newer version: the owner has two more fields."""
    fields = (Field("nickname", kinds.TEXT, Words("Panggilan", "Nickname")),
              Field("children", kinds.COUNT, Words("Anak", "Children")))  # fmt: skip
    entity = SYNCED["owner"]
    monkeypatch.setitem(SYNCED, "owner", replace(entity, fields=entity.fields + fields))


def planted(store: Store) -> None:
    store.save("owner", owner(nik=PLANTED[0], phone=PLANTED[1], name=PLANTED[2]))
    store.save_draft("register", "x", {"note": PLANTED[3]})


def seen(folder: Path) -> set[str]:
    """Which planted texts stand readable in any file of a folder."""
    found = set()
    for file in folder.rglob("*"):
        data = file.read_bytes() if file.is_file() else b""
        found |= {t for t in PLANTED for code in ("utf-8", "utf-16-le") if t.encode(code) in data}
    return found


def test_nothing_readable_stands_on_the_disk(path, tmp_path):
    store = Store.open(path, KEY)
    planted(store)
    assert path.with_name("data.db-wal").stat().st_size > 0
    assert seen(tmp_path) == set()
    store.close()
    assert seen(tmp_path) == set()
    assert len(path.read_bytes()) > 50_000
    (tmp_path / "control.txt").write_text(PLANTED[0])
    assert seen(tmp_path) == {PLANTED[0]}


def test_pragmas_keep_what_was_acknowledged(store):
    values = {
        name: store.query(f"PRAGMA {name}")[0][0] for name in ("journal_mode", "synchronous", "recursive_triggers")
    }
    assert values == {"journal_mode": "wal", "synchronous": 2, "recursive_triggers": 1}


def test_sqlite_utils_catches_the_errors_of_the_encrypted_driver(store):
    from sqlite_utils.db import OperationalError

    assert OperationalError is database.driver.OperationalError
    store.db["loose"].insert({"a": 1})
    store.db["loose"].insert({"a": 2, "b": 3}, alter=True)
    assert list(store.db["loose"].rows) == [{"a": 1, "b": None}, {"a": 2, "b": 3}]


def test_another_key_opens_nothing_and_says_nothing_on_stderr(path, capfd):
    with pytest.raises(DamagedDatabase):
        database.open_database(path, bytes(32))
    assert capfd.readouterr().err == ""


def test_second_window_is_refused_in_this_and_in_another_process(store, store_path):
    with pytest.raises(AlreadyOpen):
        Store.open(store_path, KEY)
    assert children.run("open_as_well", store_path.parent) == "AlreadyOpen"
    store.save("owner", owner())
    store.close()
    assert children.run("open_as_well", store_path.parent) == "opened"


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL and fork")
def test_acknowledged_saves_survive_kills(path, tmp_path):
    told = children.run("save_until_killed", tmp_path)
    acknowledged = dict(line.split() for line in told["acknowledged"])
    store = Store.open(path, KEY)
    rows = {row["id"]: row["rt"] for row in store.find("owner")}
    assert len(acknowledged) >= told["kills"]
    assert {record: str(rows.get(record)) for record in acknowledged} == acknowledged
    assert store.query("PRAGMA integrity_check") == [("ok",)]
    assert {r for (r,) in store.query("SELECT row_id FROM sync_pending")} == rows.keys()  # no torn pair
    store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="needs resource limits")
def test_full_disk_loses_nothing_and_work_goes_on(path, tmp_path):
    told = children.run("fill_disk", tmp_path)
    assert told["refused"] == "DiskFull"
    assert told["counted"] == len(told["acknowledged"]) > 0
    store = Store.open(path, KEY)
    assert {r["id"] for r in store.find("owner")} == {*told["acknowledged"], told["after"]}
    assert store.query("PRAGMA integrity_check") == [("ok",)]
    store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="needs folder rights of POSIX")
def test_read_only_folder_has_its_sentence(path):
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to other users
        folder = Path(name)
        shutil.copy(path, folder / "data.db").chmod(0o444)
        folder.chmod(0o555)
        assert children.run("open_without_rights", folder) == "FolderReadOnly"
        folder.chmod(0o755)


def test_missing_folder_has_its_sentence(tmp_path):
    with pytest.raises(FolderReadOnly):
        Store.open(tmp_path / "nowhere" / "data.db", KEY)


def test_full_disk_in_the_middle_rolls_back_the_whole(store):
    store.query("VACUUM")  # no free page is left over from another test
    pages = store.query("PRAGMA page_count")[0][0]
    store.query(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(DiskFull):
        store.save_all([("owner", owner(n, note="x" * 1000)) for n in range(100)])
    store.query("PRAGMA max_page_count = 100000")
    assert (store.count("owner"), store.query("SELECT count(*) FROM sync_pending")) == (0, [(0,)])
    store.save("owner", owner())
    assert store.count("owner") == 1


def test_newer_version_is_refused_untouched(path):
    conn = database.connect(path, KEY)
    conn.execute("PRAGMA user_version = 99")
    conn.close()
    with pytest.raises(NewerDatabase):
        Store.open(path, KEY)
    assert database.version(database.connect(path, KEY)) == 99


def test_columns_of_a_newer_version_are_refused_untouched(path):
    conn = database.connect(path, KEY)
    conn.execute("ALTER TABLE owner ADD COLUMN hologram TEXT")
    conn.execute("UPDATE setting SET value = '\"newer\"' WHERE key = 'schema'")
    conn.close()
    with pytest.raises(NewerDatabase):
        Store.open(path, KEY)
    conn = database.connect(path, KEY)
    assert database.schema_of(conn) == "newer"
    conn.close()


def test_what_a_newer_peer_sent_moves_into_its_column(path, more_fields, monkeypatch):
    with monkeypatch.context() as older:
        fields = tuple(f for f in SYNCED["owner"].fields if f.name not in ("nickname", "children"))
        older.setitem(SYNCED, "owner", replace(SYNCED["owner"], fields=fields))
        store = Store.open(path, KEY)
        sent = {"nickname": "Iti", "children": "tiga", "z": [1, {"b": "é"}]}
        record = store.save("owner", owner(extra=sent)).first_id("owner")
        other = store.save("owner", owner(2, extra={"children": 3})).first_id("owner")
        with store.transaction(applying=True):
            store.db.execute("DELETE FROM sync_pending")
        store.close()
    store = Store.open(path, KEY)
    row, second = store.get("owner", record), store.get("owner", other)
    assert (row["nickname"], row["children"], row["extra"]) == ("Iti", None, {"children": "tiga", "z": [1, {"b": "é"}]})
    assert (second["nickname"], second["children"], second["extra"]) == (None, 3, {})
    assert store.query("SELECT * FROM sync_pending") == []  # the server's image is the same
    store.save("owner", {"id": other, "children": 4})
    assert [(c.field, c.old, c.new) for c in store.history("owner", other)] == [("children", 3, 4)]
    store.close()


def test_migration_runs_once_after_the_backup_and_wholly(path, monkeypatch):
    store = Store.open(path, KEY)
    store.save("owner", owner(note="lama"))
    store.close()
    seen_before: list[str] = []

    def before(conn) -> None:
        seen_before.append(conn.execute("SELECT note FROM owner").fetchone()[0])

    def rewrite(conn) -> None:
        conn.execute("UPDATE owner SET note = note || ' baru'")

    def broken(conn) -> None:
        rewrite(conn)
        raise LookupError

    monkeypatch.setattr(database, "MIGRATIONS", (*MIGRATIONS, broken))
    with pytest.raises(LookupError):
        database.open_database(path, KEY, before)
    monkeypatch.setattr(database, "MIGRATIONS", (*MIGRATIONS, rewrite))
    for _ in range(2):
        database.open_database(path, KEY, before).conn.close()
    store = Store.open(path, KEY)
    assert [r["note"] for r in store.find("owner")] == ["lama baru"]
    assert seen_before == ["lama", "lama"]
    assert database.version(store.db.conn) == database.FIRST_VERSION + len(MIGRATIONS) + 1
    store.close()


def test_every_changed_byte_is_noticed(path, tmp_path):
    store = Store.open(path, KEY)
    store.save_all([("owner", owner(n)) for n in range(200)])
    store.close()
    good, chance = path.read_bytes(), random.Random(11)
    for _ in range(25):
        damaged = bytearray(good)
        damaged[chance.randrange(len(good))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        with pytest.raises(DamagedDatabase):
            notice(path)
    path.write_bytes(good)
    notice(path)
    path.write_bytes(good[: len(good) // 2])
    with pytest.raises(DamagedDatabase):
        notice(path)


def notice(path: Path) -> None:
    """Opens and reads everything, as the daily backup does."""
    from models import backups

    backups.prove(path, KEY)


def test_set_up_runs_at_each_opening_and_before_commit_in_the_transaction(path, monkeypatch):
    calls: list[str] = []

    def set_up(db) -> None:
        calls.append("set up")
        db.execute("CREATE TABLE IF NOT EXISTS shelf (n)")

    def finish(db) -> None:
        db.execute("INSERT INTO shelf SELECT count(*) FROM owner")

    monkeypatch.setattr(database, "SETUP", [set_up])
    Store.open(path, KEY).close()
    monkeypatch.setattr(database, "BEFORE_COMMIT", [finish])
    store = Store.open(path, KEY)
    store.save("owner", owner())
    assert calls == ["set up", "set up"]
    assert store.query("SELECT max(n) FROM shelf") == [(1,)]
    store.close()


def test_a_bug_in_sql_is_not_called_a_damaged_file(store):
    with pytest.raises(database.driver.OperationalError):
        store.query("SELECT nothing FROM nowhere")
