"""The stick as the second way to the server: the same batches and answers as over the line, in two files.

What is handed to a stick keeps waiting until its receipt comes, by stick or by line, whichever is
first; the server takes each batch once. An answer may come late, twice or not at all.
"""

import base64
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from msgspec import Raw
from msgspec.structs import replace

from models import outbox, sync_events
from models.clock import HLC_BITS, from_iso, iso, millis
from models.errors import AppError, FileTrouble, SyncTrouble
from models.files import write_atomic
from models.outbox import Flying
from models.reference import region
from models.store import Store
from sync import bundle, sealing, words
from sync.bundle import Answers, BadBundle, Head, Part
from sync.engine import LARGEST_SIZE, Access, Outcome, settle
from sync.enrol import office_key
from sync.protocol import PROTO, Ack, BadMessage, SyncRequest, body_hash, decode, encode, schema_hash
from sync.status import keep_receipt


@dataclass(frozen=True, slots=True)
class Found:
    """A Dampingi file on a stick: its head, or why it cannot be used."""

    path: Path
    head: Head | None
    trouble: AppError | None = None


@dataclass(frozen=True, slots=True)
class Handed:
    """What was written to a stick."""

    path: Path
    records: int


@dataclass(frozen=True, slots=True)
class _Keys:
    device: str
    seed: bytes
    office: bytes


def _keys(store: Store) -> _Keys:
    office = office_key(store)
    if office is None:
        raise SyncTrouble(words.NOT_ENROLLED)
    return _Keys(outbox.device(store), base64.b64decode(store.setting("sync.key")), office)


def hand_over(access: Access, folder: Path) -> Handed:
    """Writes what waits, and up to where this laptop has read, into one sealed file in `folder`, and reads it back."""
    name, data, records = access(_packed)
    _write(folder / name, data)
    if _read(folder / name, len(data) + 1)[0] != data:
        raise FileTrouble(words.STICK_LOST)
    access(lambda store: sync_events.record(store, "stick", words.HANDED.fill(count=records, name=name)))
    return Handed(folder / name, records)


def _packed(store: Store) -> tuple[str, bytes, int]:
    keys = _keys(store)
    if outbox.came_back(store):
        raise SyncTrouble(words.STATUS["device-forked"])
    bodies: list[Raw] = []
    counters: dict[str, int] = {}
    size = records = 0
    for batch in outbox.take(store, LARGEST_SIZE):
        if size + len(batch.body) <= bundle.FULL:
            bodies.append(Raw(batch.body))
            counters[batch.scope] = batch.ctr
            size, records = size + len(batch.body), records + batch.records
    cursors = {name: scope.cursor for name, scope in outbox.scopes(store).items()}
    request = SyncRequest(PROTO, schema_hash(), bodies, cursors, outbox.grants_version(store))
    now = store.clock.now()
    place = _place(store)
    head = Head("up", bundle.key_id(keys.office), keys.device, place, iso(now), 0, counters, records)
    sealed = bundle.seal_up(head, encode(request), keys.seed, keys.office)
    return bundle.file_name(place, now.astimezone(store.clock.zone).isoformat()), sealed, records


def _place(store: Store) -> str:
    person: dict[str, str] = store.setting("sync.person") or {}
    code = person.get("region", "")
    known = region(code)
    return known.name if known else code or "kantor"


def _write(path: Path, data: bytes) -> None:
    try:
        write_atomic(path, data)
    except OSError as e:  # pulled out, or broken
        raise FileTrouble(words.STICK_LOST) from e


def _read(path: Path, most: int) -> tuple[bytes, int]:
    try:
        with path.open("rb") as file:
            return file.read(most), path.stat().st_size
    except OSError as e:
        raise FileTrouble(words.STICK_LOST) from e


def look(store: Store, folder: Path) -> list[Found]:
    """The Dampingi files in a folder that are not our own on their way, newest first; nothing is opened."""
    keys = _keys(store)
    try:
        paths = sorted(p for p in folder.glob(f"*{bundle.SUFFIX}") if p.is_file() and not p.name.startswith("."))
    except OSError:
        return []
    found = [_look_at(keys, path) for path in paths[:200]]
    kept = [one for one in found if one.head is None or one.head.kind == "down"]
    return sorted(kept, key=lambda one: one.head.made if one.head else "", reverse=True)


def _look_at(keys: _Keys, path: Path) -> Found:
    try:
        begin, size = _read(path, bundle.MAX_HEAD)
        head = bundle.read_head(begin, size)
        if head.kind == "down":
            _for_us(head, keys)
    except FileTrouble as trouble:
        return Found(path, None, trouble)
    return Found(path, head)


def _for_us(head: Head, keys: _Keys) -> None:
    if head.office != bundle.key_id(keys.office):
        raise BadBundle("other-office", head.place)
    if head.device != keys.device:
        raise BadBundle("other-laptop", head.place)
    if head.kind != "down":
        raise BadBundle("own")


def taken(store: Store) -> str:
    """When the newest answer was made that was taken here; empty before the first."""
    return store.setting("stick.taken") or ""


def take_back(access: Access, path: Path) -> Outcome:
    """Takes an answer of the office from a stick; `BadBundle` when it is none for us, and nothing changed."""
    data, _ = _read(path, bundle.MAX_FILE + 1)
    keys = access(_keys)
    head = bundle.read_head(data)
    _for_us(head, keys)
    try:
        answers = decode(bundle.open_down(data, keys.seed, keys.office), Answers)
    except BadMessage as e:
        raise BadBundle("format") from e
    outcome = Outcome()
    access(lambda store: sealing.hear(store, answers.proof_key))
    for part in answers.parts:
        _same_server(access, part)
        _settle(access, part, outcome)
    access(lambda store: _record(store, head, outcome))
    return outcome


def _same_server(access: Access, part: Part) -> None:
    """An answer of a server that came back from a backup since is settled over the line, which can greet it."""
    scopes = access(outbox.scopes)
    for name, now in part.answer.check.items():
        known = scopes[name].epoch if name in scopes else ""
        if known not in ("", now.epoch):
            raise SyncTrouble(words.SERVER_RESTORED)
        if name in scopes and not known:
            access(lambda store, name=name, epoch=now.epoch: outbox.set_epoch(store, name, epoch))


def _settle(access: Access, part: Part, outcome: Outcome) -> None:
    """The engine's settling, of what is still news here: an answer may come late or twice."""
    answer = part.answer
    stamp = millis(from_iso(answer.now)) << HLC_BITS
    access(lambda store: outbox.hear_clock(store, stamp))
    flying = {(batch.scope, batch.ctr): batch for batch in access(outbox.flying)}
    sizes = {address: batch.records for address, batch in flying.items()}
    acks = [raw for raw, of in zip_longest(answer.acks, part.bodies) if raw and _is_for(flying.get(_address(raw)), of)]
    newer = answer.grants if answer.grants and answer.grants.ver > access(outbox.grants_version) else None
    failed = settle(access, replace(answer, acks=acks, grants=newer), sizes, outcome, part.since)
    if failed:
        raise SyncTrouble(words.STATUS[failed[0]])
    outcome.seal = access(lambda store: sealing.seal(store, answer))
    _prove(access, part, outcome)


def _is_for(batch: Flying | None, body: str | None) -> bool:
    """Whether a receipt is for this batch; older servers do not say which bytes they took."""
    return batch is not None and body in (None, body_hash(batch.body).hex())


def _address(raw: Raw) -> tuple[str, int]:
    ack = decode(bytes(raw), Ack)
    return ack.scope, ack.ctr


def _prove(access: Access, part: Part, outcome: Outcome) -> None:
    """Compares the scopes that stand where the server stood; the others are compared by the next exchange."""
    scopes = access(outbox.scopes)
    there = {name: now for name, now in part.answer.check.items() if name in scopes}
    level = {name: now for name, now in there.items() if scopes[name].cursor == now.head}
    outcome.unequal = tuple(s for s, now in level.items() if (scopes[s].count, scopes[s].sum) != (now.count, now.sum))
    outcome.equal = not outcome.unequal if len(level) == len(there) else None


def _record(store: Store, head: Head, outcome: Outcome) -> None:
    store.set_setting("stick.taken", max(taken(store), head.made))
    keep_receipt(store, outcome, "stick")
    sync_events.record(store, "stick", words.TAKEN.fill(sent=outcome.sent, received=outcome.received))
    if outcome.unequal:
        sync_events.record(store, "help", words.UNEQUAL)
