"""Files from sticks: each is taken by the very calls that serve the line, and answered by a file."""

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from msgspec import Raw

from models.clock import iso
from models.errors import AppError
from models.files import write_atomic
from models.i18n import Words
from server.push import Sender
from server.service import Service, after_own
from server.tables import DEVICE
from sync import bundle
from sync.bundle import Answers, BadBundle, Head, Part
from sync.protocol import SPOKEN, BadMessage, Columns, SyncAnswer, SyncRequest, body_hash, decode, encode, is_id

ANSWER = "-jawaban"  # ends the name of an answer file
HELD = Words(
    "{sent} data dari laptop yang dicabut menunggu diperiksa", "{sent} items of a revoked laptop wait to be looked at"
)
TAKEN = Words("{sent} data diterima, {received} perubahan dijawab", "{sent} items taken, {received} changes answered")


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What became of one file: the answer's name, or why there is none."""

    file: str
    answer: str
    words: Words


def exchange_folder(service: Service, private: bytes, folder: Path) -> list[Exchanged]:
    """Takes every file of a laptop in a folder and writes its answer beside it; one bad file stops no other."""
    done: list[Exchanged] = []
    for path in sorted(folder.glob(f"*{bundle.SUFFIX}")):
        if path.name.startswith(".") or not path.is_file():
            continue
        try:
            with path.open("rb") as file:
                data = file.read(bundle.MAX_FILE + 1)
            if bundle.read_head(data).kind == "down":
                continue
            name, answer, words = exchange(service, private, data)
            write_atomic(folder / name, answer)
        except AppError as trouble:
            done.append(Exchanged(path.name, "", trouble.words))
        else:
            done.append(Exchanged(path.name, name, words))
    return done


def exchange(service: Service, private: bytes, data: bytes) -> tuple[str, bytes, Words]:
    """Takes one file of a laptop: the answer's name and bytes, and what was done. `BadBundle` when it is not taken."""
    from nacl.public import PrivateKey

    office = bundle.key_id(bytes(PrivateKey(private).public_key))
    head = bundle.read_head(data)
    if head.kind != "up":
        raise BadBundle("not-ours")
    if head.office != office:
        raise BadBundle("other-office", head.place)
    who, device_key, revoked = _sender(service, head.device)
    try:
        request = decode(bundle.open_up(data, private, device_key), SyncRequest)
    except BadMessage as e:
        raise BadBundle("format") from e
    if request.proto not in SPOKEN:
        raise BadBundle("format")
    parts = _handed_in(service, who, request) if revoked else _answers(service, who, request)
    received = sum(_records(part.answer) for part in parts)
    now = service.clock.now()
    back = Head("down", office, head.device, head.place, iso(now), 0, head.counters, received)
    minute = now.astimezone(service.clock.zone).isoformat()
    sealed = bundle.seal_down(back, encode(Answers(parts, service.proof_key())), private, device_key)
    told = HELD.fill(sent=head.records) if revoked else TAKEN.fill(sent=head.records, received=received)
    return bundle.file_name(head.place, minute, f"-{head.device[-4:]}{ANSWER}"), sealed, told


def _sender(service: Service, device: str) -> tuple[Sender, bytes, bool]:
    """Who made a file, the key to prove it, and whether the laptop was shut out."""
    with service.db.read() as conn:
        found = conn.execute(sa.select(DEVICE).where(DEVICE.c.id == device)).one_or_none() if is_id(device) else None
    if found is None:
        raise BadBundle("unknown-laptop")
    return Sender(str(found.id), str(found.user_id)), bytes(found.public_key), found.revoked_at is not None


def _handed_in(service: Service, who: Sender, request: SyncRequest) -> list[Part]:
    """The receipts for the work of a laptop that was shut out; nothing else is given to it."""
    acks = service.hand_in(who, [bytes(body) for body in request.batches])
    return [Part({}, SyncAnswer(iso(service.clock.now()), [Raw(ack) for ack in acks]), _bodies(request))]


def _bodies(request: SyncRequest) -> list[str]:
    return [body_hash(bytes(body)).hex() for body in request.batches]


def _answers(service: Service, who: Sender, request: SyncRequest) -> list[Part]:
    """What the line would answer, round trip by round trip, until nothing is left or the file is full."""
    parts: list[Part] = []
    size, cursors = 0, dict(request.cursors)
    while size < bundle.FULL:
        answer = service.sync(who, request)
        since = after_own(cursors, [bytes(raw) for raw in answer.acks])
        parts.append(Part(since, answer, _bodies(request)))
        size += len(encode(answer))
        cursors = since | {page.scope: page.cursor for page in answer.pages}
        if not answer.more:
            break
        version = answer.grants.ver if answer.grants else request.grants
        request = SyncRequest(request.proto, request.schema, [], cursors, version)
    return parts


def _records(answer: SyncAnswer) -> int:
    def rows(columns: Columns) -> int:
        return len(columns.c[0]) if columns.c else 0

    return sum(sum(map(rows, page.ins)) + len({u[1] for u in page.upd}) + len(page.gone) for page in answer.pages)
