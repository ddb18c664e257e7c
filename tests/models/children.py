"""What some tests need another process for: being killed, a full disk, a folder nobody may write.

python -m tests.models.children <what> <folder>      prints one JSON value
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from models import database
from models.errors import AppError
from models.store import Store
from tests.conftest import KEY
from tests.fakes import owner

ROOT = Path(__file__).parents[2]
KILLS = 30
NOBODY = 65534


def run(what: str, folder: Path) -> Any:
    """Runs one of the functions below in a process of its own."""
    command = [sys.executable, "-m", "tests.models.children", what, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)
    assert done.stderr == ""
    return json.loads(done.stdout)


def save_until_killed(folder: Path) -> dict[str, Any]:
    """Kills a saving process again and again; answers what it had acknowledged."""
    chance = random.Random(7)
    acknowledged: list[str] = []
    Store.open(folder / "data.db", KEY).close()  # imports what every child would import again
    for round_ in range(KILLS):
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            _save_for_ever(folder / "data.db", writer, round_)
        os.close(writer)
        heard = os.read(reader, 4096)  # it saves by now
        time.sleep(chance.uniform(0, 0.03))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while more := os.read(reader, 65536):
            heard += more
        os.close(reader)
        acknowledged += [line for line in heard.decode().split("\n")[:-1] if line]
    return {"kills": KILLS, "acknowledged": acknowledged}


def _save_for_ever(path: Path, writer: int, round_: int) -> None:
    store = Store.open(path, KEY)
    n = 0
    while True:
        n += 1
        record = store.save("owner", owner(round_ * 100 + n)).first_id("owner")
        store.save("owner", {"id": record, "rt": n})
        os.write(writer, f"{record} {n}\n".encode())


def fill_disk(folder: Path) -> dict[str, Any]:
    """Saves until no byte can be written, then makes room and goes on."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    store = Store.open(folder / "data.db", KEY)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, hard))
    acknowledged: list[str] = []
    refused = ""
    while not refused:
        batch = [("owner", owner(n, note="catatan " * 20)) for n in range(20)]
        try:
            acknowledged += store.save_all(batch).ids("owner")
        except AppError as error:
            refused = type(error).__name__
    counted = store.count("owner")
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    after = store.save("owner", owner()).first_id("owner")
    store.close()
    return {"refused": refused, "acknowledged": acknowledged, "counted": counted, "after": after}


def open_without_rights(folder: Path) -> str:
    """Opens a store where this process may not write; answers the name of the error."""
    database.wrap(database.keyed(Path(":memory:"), KEY))  # imports everything while it still may
    if os.geteuid() == 0:
        os.setuid(NOBODY)
    try:
        Store.open(folder / "data.db", KEY)
    except AppError as error:
        return type(error).__name__
    return "opened"


def open_as_well(folder: Path) -> str:
    """Opens a store that another process may hold."""
    try:
        Store.open(folder / "data.db", KEY).close()
    except AppError as error:
        return type(error).__name__
    return "opened"


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]](Path(sys.argv[2]))))
