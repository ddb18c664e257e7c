"""What a supervisor decides at the shell: work that waits, and keys of people who lost theirs."""

import argparse
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from models.clock import SYSTEM
from models.files import write_atomic
from server import holding, keys, rescue, staff
from server.database import Database
from server.push import accept
from server.tables import RECORD_TABLES
from sync.protocol import is_id

Done = tuple[int, list[str]]  # exit code, lines for the person at the shell
Act = Callable[[Database, argparse.Namespace], Done]
Run = Callable[[argparse.Namespace], int]
Command = Callable[[str, Run], argparse.ArgumentParser]


def list_held(db: Database, options: argparse.Namespace) -> Done:
    """Lists the work that waits: of laptops that were shut out, or of regions that ended."""
    people = RECORD_TABLES["staff"]
    with db.read() as conn:
        names = {str(row.id): row.name for row in conn.execute(sa.select(people.c.id, people.c.name))}
    lines: list[str] = []
    for one in holding.listed(db, settled=options.all):
        sorts = ", ".join(f"{name} {count}" for name, count in holding.sorts(db, one.id).items())
        lines.append(f"{one.id}  {one.state}  {one.at}  {one.scope}  {names.get(one.user, '-')}  {one.reason}  {sorts}")
    return 0, lines


def accept_held(db: Database, options: argparse.Namespace) -> Done:
    """Lets waiting work count, judged like any batch of its author's."""
    lines: list[str] = []
    for held_id in options.id:
        ack = accept(db, SYSTEM, held_id, "") if is_id(held_id) else None
        if ack is None:
            return 1, [*lines, f"{held_id}: tidak menunggu / does not wait"]
        staff.audit(db, SYSTEM, "held work accepted", held_id)
        lines.append(f"{held_id}: diterima / accepted, ditolak / refused {len(ack.refused)}")
    return 0, lines


def refuse_held(db: Database, options: argparse.Namespace) -> Done:
    """Keeps waiting work aside for good; it stays readable."""
    for held_id in options.id:
        if not (is_id(held_id) and holding.refuse(db, SYSTEM, held_id, "")):
            return 1, [f"{held_id}: tidak menunggu / does not wait"]
        staff.audit(db, SYSTEM, "held work refused", held_id)
    return 0, []


def open_key(db: Database, options: argparse.Namespace) -> Done:
    """Opens a sealed key for a person whose identity was checked; prints the letters that go with the answer."""
    answer, letters = rescue.open_key(keys.office_private(options.home), options.file.read_bytes())
    target = options.file.with_name(f"{options.file.stem}-jawaban{options.file.suffix}")
    write_atomic(target, answer)
    staff.audit(db, SYSTEM, "key opened", options.file.name)
    return 0, [str(target), letters]


def add_to(command: Command, run: Callable[[Act], Run]) -> None:
    """Adds these commands to the command line; `run` makes a command of an act."""
    command("held", run(list_held)).add_argument("--all", action="store_true", help="also what was decided")
    command("accept", run(accept_held)).add_argument("id", nargs="+")
    command("refuse", run(refuse_held)).add_argument("id", nargs="+")
    command("open-key", run(open_key)).add_argument("file", type=Path)
