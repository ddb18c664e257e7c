"""`python -m server`: serve, and the few things an administrator does from a shell.

python -m server                                     serve on 127.0.0.1:8420, encrypted SQLite
python -m server serve --host 0.0.0.0                on the network, with TLS
python -m server staff add "Sri Wahyuni" --role kasie --region 3513141017
python -m server grant "Sri Wahyuni" 3513141018
python -m server code "Sri Wahyuni" --file sri.dampingi --address https://192.168.1.10:8420
python -m server devices
python -m server exchange E:/            take the files of a stick, write the answers beside them
python -m server recount                 compare every record with the hash that was counted for it
python -m server pack services.csv --version 2027 --source "SK Bupati 12/2026" --dated 2027-01-01
python -m server purge                   forget deletions older than a year
python -m server revoke DEVICE
python -m server held                    work that waits for a supervisor
python -m server accept ID               let it count, as its author's (refuse: keep it aside)
python -m server open-key E:/sri.dampingi-kunci    for who lost passphrase and recovery key
"""

import argparse
import os
import socket
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from models import packs
from models.blob_files import BlobFolder
from models.clock import SYSTEM
from models.errors import AppError
from models.i18n import Words
from models.staff import ROLE
from server import keys, number_blocks, reference_packs, staff, supervising, tombstones, weekly
from server import recount as recounting
from server.blobs import Depot
from server.database import Database, open_database, read_key
from server.segments import Segments
from server.service import Service
from server.tables import DEVICE, RECORD_TABLES
from sync.protocol import encode

PORT = 8420
GRACE = 5  # seconds for what is under way when the server is told to end
LOOPBACK = ("127.0.0.1", "::1", "localhost")
CENTURY = 36_500  # days
WHOLE = Words(
    "Tulis bilangan bulat dari {lowest} sampai {highest}.", "Write a whole number from {lowest} to {highest}."
)


def home_folder() -> Path:
    """Where the server keeps its file and keys."""
    given = os.environ.get("DAMPINGI_SERVER_HOME")
    if given:
        return Path(given)
    from platformdirs import user_data_path

    return user_data_path("dampingi-server", appauthor=False)


def say(text: str = "") -> None:
    """A line for the person at the shell."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def whole(lowest: int, highest: int) -> Callable[[str], int]:
    """Reads a whole number between two, for the command line."""

    def read(text: str) -> int:
        if text.isascii() and text.isdigit() and lowest <= int(text) <= highest:
            return int(text)
        said = WHOLE.fill(lowest=lowest, highest=highest)
        raise argparse.ArgumentTypeError(f"{said.id} / {said.en}")

    return read


def open_home(options: argparse.Namespace) -> Database:
    """The database that the options name."""
    home: Path = options.home
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if options.database:
        options.opened = open_database(options.database)
    else:
        options.opened = open_database(f"sqlite:///{home / 'server.db'}", read_key(home / "server.key"))
    return options.opened


def open_depot(options: argparse.Namespace, db: Database) -> Depot:
    """The folder of attachments: beside the database file, or where several processes on PostgreSQL share it."""
    return Depot(db, BlobFolder(options.home / "blobs", read_key(options.home / "server.key")))


def open_service(options: argparse.Namespace, db: Database, segments: Segments | None = None) -> Service:
    """The server over a database, with the keys of its folder."""
    key, signer = keys.office_key(options.home), keys.proof_key(options.home)
    return Service(db, key, depot=open_depot(options, db), segments=segments, signer=signer)


def serve(options: argparse.Namespace) -> int:
    """Serves until stopped; at the very first start, makes the administrator and prints the code."""
    import uvicorn

    from server.api import make_app

    db = open_home(options)
    certificate = keys.certificate(options.home, options.host)
    encrypted = options.tls or options.host not in LOOPBACK
    segments = Segments(db, open_depot(options, db).folder, SYSTEM)
    config = uvicorn.Config(
        make_app(open_service(options, db, segments)),
        log_level="warning",
        timeout_graceful_shutdown=GRACE,
        ssl_certfile=certificate.certificate if encrypted else None,
        ssl_keyfile=certificate.key if encrypted else None,
    )
    with _listen(options.host, options.port) as listening:
        port = listening.getsockname()[1]
        say(f"Dampingi server: {'https' if encrypted else 'http'}://{options.host}:{port}")
        say(f"Kunci / key (SHA-256): {certificate.pin}")
        _first_administrator(db, options.region)
        stop = threading.Event()
        threading.Thread(target=weekly.every_week, args=(db, SYSTEM, segments, stop), daemon=True).start()
        uvicorn.Server(config).run(sockets=[listening])
        stop.set()
    return 0


def _listen(host: str, port: int) -> socket.socket:
    # Said to be TCP in so many words: only then does asyncio switch off the delay of small packets,
    # which costs 40 ms a request.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":  # elsewhere this would let two servers share the port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except OSError:
        listening.close()
        raise
    return listening


def _first_administrator(db: Database, region: str) -> None:
    table = RECORD_TABLES["staff"]
    with db.read() as conn:
        if conn.execute(sa.select(table.c.id).where(table.c.role == "admin").limit(1)).first() is not None:
            return
    person = {"name": "Admin", "role": "admin", "region": region}
    user_id = staff.add_staff(db, SYSTEM, person, [staff.directory_scope(region)])
    say(f"Kode admin pertama / first administrator's code: {staff.issue_code(db, SYSTEM, user_id)}")


def add(options: argparse.Namespace) -> int:
    """Adds a person and grants the region, or what `--scope` says."""
    person = {
        "name": options.name, "role": options.role, "region": options.region, "nip": options.nip,
        "position": options.position, "office": options.office, "office_phone": options.phone,
    }  # fmt: skip
    say(staff.add_staff(open_home(options), SYSTEM, person, options.scope or [options.region]))
    return 0


def grant(options: argparse.Namespace) -> int:
    """Lets a person write (or only read) scopes, or ends it."""
    db = open_home(options)
    user_id = staff.find_staff(db, options.person)
    for scope in options.scope:
        staff.grant(db, SYSTEM, user_id, scope, None if options.end else "read" if options.read else "write")
    return 0


def code(options: argparse.Namespace) -> int:
    """Issues a code for one laptop, printed or as a file that carries address and key too."""
    db = open_home(options)
    made = staff.issue_code(db, SYSTEM, staff.find_staff(db, options.person))
    if options.file:
        pin = keys.certificate(options.home, "127.0.0.1").pin
        content = {"dampingi": 1, "address": options.address, "key": pin, "code": made}
        options.file.write_bytes(encode(content))
        say(f"{options.file}")
    else:
        say(f"{made[:4]} {made[4:]}")
    return 0


def devices(options: argparse.Namespace) -> int:
    """Lists the laptops."""
    db = open_home(options)
    people = RECORD_TABLES["staff"]
    query = sa.select(DEVICE, people.c.name.label("person")).join_from(
        DEVICE, people, people.c.id == DEVICE.c.user_id, isouter=True
    )
    with db.read() as conn:
        for row in conn.execute(query.order_by(DEVICE.c.enrolled_at)):
            state = "dicabut / revoked" if row.revoked_at else f"terakhir / last {row.last_seen or '-'}"
            say(f"{row.id}  {row.name}  {row.person}  {state}")
    return 0


def revoke(options: argparse.Namespace) -> int:
    """Shuts a laptop out."""
    if staff.revoke(open_home(options), SYSTEM, options.device, ""):
        return 0
    say("Tidak ada laptop dengan nomor itu. / No such laptop.")
    return 1


def restored(options: argparse.Namespace) -> int:
    """To be run once after the database came back from a backup, before serving."""
    db = open_home(options)
    staff.renew_epochs(db, SYSTEM)
    number_blocks.skip(db, SYSTEM)
    return 0


def recount(options: argparse.Namespace) -> int:
    """Names the records that are no longer what was counted; with `--accept` they stand as they are."""
    db = open_home(options)
    found = recounting.recount(db, SYSTEM)
    for damage in found:
        say(f"{damage.scope}  {damage.entity or 'jumlah / sum'}  {damage.row_id}".rstrip())
    if options.accept:
        recounting.accept(db, SYSTEM, found)
    say(f"{len(found)} rusak / damaged")
    return 0 if options.accept or not found else 1


def purge(options: argparse.Namespace) -> int:
    """Forgets deletions older than so many days; laptops away for longer read their scopes anew."""
    say(f"{tombstones.purge(open_home(options), SYSTEM, timedelta(days=options.days))}")
    return 0


def exchange(options: argparse.Namespace) -> int:
    """Takes the files that laptops put on a stick and writes the answers beside them."""
    from server.exchange import exchange_folder

    db = open_home(options)
    service = open_service(options, db)
    done = exchange_folder(service, keys.office_private(options.home), options.folder)
    for one in done:
        say(f"{one.file} -> {one.answer or '-'}  {one.words.id} / {one.words.en}")
    return 0 if all(one.answer for one in done) else 1


def pack(options: argparse.Namespace) -> int:
    """Takes in a list of reference (regions, KBLI, services, …) for every laptop; without a file, names those here."""
    db = open_home(options)
    if options.file is None:
        for one in reference_packs.loaded(db):
            say(f"{one.dated}  {one.name}  {one.version}  {one.source}")
        return 0
    name = options.list or options.file.stem
    if name not in packs.SORTS:
        say(f"--list: {', '.join(packs.SORTS)}")
        return 2
    read = packs.read(name, options.file.read_bytes(), options.version, options.source, options.dated)
    done = reference_packs.load(db, SYSTEM, read)
    said = (LOADED if done else STANDS).fill(list=packs.SORTS[name].words)
    say(f"{said.id} / {said.en}")
    return 0


LOADED = Words("Daftar {list} dimuat; laptop menerimanya saat sinkron berikutnya.",
               "{list}: loaded; laptops receive it with their next sync.")  # fmt: skip
STANDS = Words("Daftar {list} ini sudah ada.", "{list}: this very list stands here already.")


def supervise(act: supervising.Act) -> Callable[[argparse.Namespace], int]:
    """A command that says the lines of an act and answers its exit code."""

    def run(options: argparse.Namespace) -> int:
        code, lines = act(open_home(options), options)
        for line in lines:
            say(line)
        return code

    run.__doc__ = act.__doc__
    return run


def arguments() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser("python -m server", description="The central server of Dampingi.")
    parser.add_argument("--home", type=Path, default=home_folder(), help="folder of the file and the keys")
    parser.add_argument("--database", default=os.environ.get("DAMPINGI_DATABASE"), help="postgresql://… instead")
    parser.set_defaults(run=serve, opened=None, host="127.0.0.1", port=PORT, tls=False, region="3513")
    commands = parser.add_subparsers()

    def command(name: str, run: Callable[[argparse.Namespace], int], *places: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=run.__doc__, description=run.__doc__)
        sub.set_defaults(run=run)
        for place in places:
            sub.add_argument(place)
        return sub

    sub = command("serve", serve)
    sub.add_argument("--host", default="127.0.0.1")
    sub.add_argument("--port", type=whole(0, 65_535), default=PORT)
    sub.add_argument("--tls", action="store_true", help="also on loopback; elsewhere it is always on")
    sub.add_argument("--region", default="3513", help="kabupaten or kota of the first administrator")
    _staff_options(command("staff", add))
    sub = command("grant", grant, "person")
    sub.add_argument("scope", nargs="+")
    sub.add_argument("--read", action="store_true")
    sub.add_argument("--end", action="store_true")
    sub = command("code", code, "person")
    sub.add_argument("--file", type=Path)
    sub.add_argument("--address", default=os.environ.get("DAMPINGI_ADDRESS", f"http://127.0.0.1:{PORT}"))
    command("devices", devices)
    command("exchange", exchange).add_argument("folder", type=Path, help="where the .dtx files lie")
    command("purge", purge).add_argument("--days", type=whole(1, CENTURY), default=tombstones.KEPT.days)
    command("recount", recount).add_argument("--accept", action="store_true", help="let stand what stands")
    _pack_options(command("pack", pack))
    command("restored", restored)
    command("revoke", revoke, "device")
    supervising.add_to(command, supervise)
    return parser


def _staff_options(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("act", choices=["add"])
    sub.add_argument("name")
    sub.add_argument("--role", required=True, choices=[o.code for o in ROLE.options])
    sub.add_argument("--region", required=True, help="code without dots")
    sub.add_argument("--scope", action="append", help="instead of the region; may be repeated")
    for name in ("nip", "position", "office", "phone"):
        sub.add_argument(f"--{name}")


def _pack_options(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("file", type=Path, nargs="?", help="CSV; its name without .csv is the list, or --list says it")
    sub.add_argument("--list", choices=sorted(packs.SORTS))
    sub.add_argument("--version", default="")
    sub.add_argument("--source", default="", help="the decree or office it comes from")
    sub.add_argument("--dated", default=SYSTEM.today().isoformat(), help="day from which it is valid; today")


def main(words: list[str] | None = None) -> int:
    """Runs one command."""
    options = arguments().parse_args(words)
    try:
        return options.run(options)
    except AppError as trouble:
        say(f"{trouble.words.id} / {trouble.words.en}")
        return 2
    # A name that nobody bears, a port in use, a folder that cannot be written, a database that does not answer.
    except (ValueError, OSError, OperationalError) as e:
        say(str(e.orig if isinstance(e, OperationalError) else e))
        return 2
    finally:
        if options.opened:
            options.opened.close()


if __name__ == "__main__":
    sys.exit(main())
