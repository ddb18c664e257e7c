"""What must hold: at every moment, and once the line has been good for a while."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from models import outbox
from models.canonical import extra_values, payload, plus, row_hash
from models.entities import SYNCED
from server.service import Service
from server.tables import CHANGE, RECORD_TABLES, SCOPE
from tests.shelf import filled
from tests.sim.people import ADDRESS, TOKENS, Witness
from tests.sim.world import Laptop

Rows = Sequence[dict[str, Any]]
Records = dict[tuple[str, str], dict[str, Any]]


class Broken(AssertionError):
    """An invariant does not hold."""


def require(holds: bool, what: str) -> None:
    """Says what is broken."""
    if not holds:
        raise Broken(what)


def on_server(service: Service) -> Rows:
    """Every record of the server, tombstones too, with `_entity`."""
    rows: list[dict[str, Any]] = []
    with service.db.read() as conn:
        for name in conn.exec_driver_sql(filled(RECORD_TABLES)).scalars().all():
            found = conn.execute(sa.text(f'SELECT * FROM "{name}"')).mappings()
            rows += [{"_entity": name} | extra_values(r["extra"]) | dict(r) | {"id": str(r["id"])} for r in found]
    return rows


def standing(service: Service, laptops: Sequence[Laptop]) -> set[Any]:
    """Every value, and (row id, channel), of the server's records and of those that a laptop may write."""
    rows = [*on_server(service)]
    for laptop in laptops:
        with laptop.program():
            found = [row | {"_entity": name} for name in (*TOKENS, "conflict") for row in laptop.store.find(name)]
        ours = {scope for scope in laptop.writable() if laptop.job.scopes.get(scope) == "write"}
        rows += [row for row in found if row["scope"] in ours]
    stand: set[Any] = set()
    for row in rows:
        stand |= {value for value in row.values() if isinstance(value, str)}
        stand |= {(row["id"], code) for code in (row.get("channels") or "").split(",")}
        for side in ("kept", "lost") if row["_entity"] == "conflict" else ():
            stand |= set(msgspec.json.decode(row[side]).values())
    return stand


def sums(service: Service) -> dict[str, tuple[int, int, int]]:
    """How each scope stands: head, count, sum."""
    with service.db.read() as conn:
        return {row.scope: (row.head, row.cnt, row.sum) for row in conn.execute(sa.select(SCOPE))}


def no_half_batch_on_server(service: Service, witness: Witness) -> None:
    """What was saved at once is there at once."""
    with service.db.read() as conn:
        held = set(map(str, conn.exec_driver_sql("SELECT id FROM owner UNION ALL SELECT id FROM business").scalars()))
    for pair in witness.pairs:
        require(_whole(held, pair, witness), f"the server shows half of {pair}")


def no_half_batch_on_laptop(laptop: Laptop, witness: Witness) -> None:
    """After a whole sync, what was saved at once elsewhere is there at once."""
    known = "deleted IS NULL OR _seq IS NOT NULL"  # what was deleted before it was sent concerns nobody
    held = {i for name in TOKENS for (i,) in laptop.store.query(f"SELECT id FROM {name} WHERE {known}")}
    for pair in witness.pairs:
        require(_whole(held, pair, witness), f"laptop {laptop.number} shows half of {pair}")


def _whole(held: set[str], pair: tuple[str, str], witness: Witness) -> bool:
    """Both or neither; a record that its maker deleted before it was ever sent never leaves the laptop."""
    missing = set(pair) - held
    return len(missing) != 1 or missing <= witness.deleted.keys()


def all_equal(service: Service, laptops: Sequence[Laptop], rows: Rows) -> None:
    """Every laptop holds the server's live records byte for byte, and the sums say so."""
    with service.db.read() as conn:
        standing = {row.scope: row for row in conn.execute(sa.select(SCOPE))}
    for scope, state in standing.items():
        live = {(r["_entity"], r["id"]): _values(r) for r in rows if r["scope"] == scope and r["_deleted"] is None}
        total = plus(0, (row_hash(*key, values) for key, values in live.items()))
        require((state.cnt, state.sum) == (len(live), total), f"the server's sum of {scope} is not that of its rows")
        for laptop in laptops:
            if scope in laptop.job.scopes:
                with laptop.program():
                    _same(laptop, scope, live, (state.head, state.cnt, state.sum))


def _values(row: dict[str, Any]) -> dict[str, Any]:
    """What is known of a record, whatever the program that asks."""
    values = {name: row[name] for name in payload(SYNCED[row["_entity"]])} | extra_values(row["extra"])
    return {name: value for name, value in values.items() if value is not None}


def _same(laptop: Laptop, scope: str, live: Records, standing: tuple[int, int, int]) -> None:
    here = outbox.scopes(laptop.store)[scope]
    require((here.cursor, here.count, here.sum) == standing, f"laptop {laptop.number}: sums of {scope} differ")
    held: Records = {}
    for (name,) in laptop.store.query(filled(SYNCED)):
        entity = SYNCED[name]
        columns = ("id", *payload(entity), "extra")
        listed = ", ".join(f'"{c}"' for c in columns)
        for found in laptop.store.query(f'SELECT {listed} FROM "{name}" WHERE scope = ? AND deleted IS NULL', (scope,)):
            row = dict(zip(columns, found, strict=True)) | {"_entity": name}
            held[name, row["id"]] = _values(row)
    for key in live.keys() | held.keys():
        require(live.get(key) == held.get(key), f"laptop {laptop.number}: {key} differs from the server")


def nothing_foreign(laptop: Laptop) -> None:
    """What belongs to a scope that the laptop does not hold has left it."""
    for (name,) in laptop.store.query(filled(SYNCED)):
        held = {scope for (scope,) in laptop.store.query(f'SELECT DISTINCT scope FROM "{name}"')}
        require(held <= laptop.job.scopes.keys(), f"laptop {laptop.number} keeps {name} of {held}")


def nothing_left(laptop: Laptop) -> None:
    """No edit waits, nothing flies, nothing was refused, no shadow stays."""
    for table in ("sync_pending", "sync_inflight", "sync_shadow", "sync_move", "sync_quarantine"):
        late = (
            " WHERE body <> '{}'" if table == "sync_quarantine" else ""
        )  # a move may come too late; no value is in it
        left = laptop.store.query(f"SELECT * FROM {table}{late}")
        require(not left, f"laptop {laptop.number}: {table} is not empty: {left[:3]}")


def nothing_lost(on_server: Rows, witness: Witness) -> None:
    """Each value that anybody wrote is in use, or was replaced by somebody who saw it, or stands in a conflict.

    Of a record that a restored server lost, whoever deleted it tells only that; of a deletion that was forgotten,
    nothing. With it, what they saw is given up.
    """
    rows = {(r["_entity"], r["id"]): r for r in sorted(on_server, key=lambda r: r["_deleted"] is None)}
    met: dict[str, set[Any]] = {}
    for row in rows.values():
        if row["_entity"] == "conflict":
            sides = msgspec.json.decode(row["kept"]), msgspec.json.decode(row["lost"])
            met.setdefault(row["row_id"], set()).update(v for side in sides for v in side.values())
    for token, (entity, row_id, name) in witness.written.items():
        if token in witness.forgotten or _was_given_up(token, row_id, witness):
            continue
        if (entity, row_id) not in rows:
            require(row_id in witness.deleted, f"{entity} {row_id} was lost")
            continue
        current = rows[entity, row_id].get(name) == token
        require(current or token in witness.replaced or token in met.get(row_id, ()), f"{token} was lost")
    for (entity, row_id), row in rows.items():
        if entity in TOKENS:
            _made_by_somebody(row, witness)
            _seen_when_deleted(row, witness, met.get(row_id, set()))


def _was_given_up(token: str, row_id: str, witness: Witness) -> bool:
    return any(token in screen.values() for screen in _given_up(row_id, witness))


def _given_up(row_id: str, witness: Witness) -> list[dict[str, Any]]:
    """The screens of those who deleted a record, where that may have been forgotten."""
    return witness.deleted.get(row_id, []) if witness.restored or witness.purged else []


def _made_by_somebody(row: dict[str, Any], witness: Witness) -> None:
    """No address was put together from two people's; every channel was chosen and not knowingly removed."""
    address = tuple(row[name] for name in ADDRESS)
    require(address in witness.addresses[row["id"]], f"nobody wrote the address {address}")
    chosen = set((row.get("channels") or "").split(",")) - {""}
    added = {code for row_id, code in witness.added if row_id == row["id"]}
    removed = {code for row_id, code in witness.removed if row_id == row["id"]}
    removed |= {code for screen in _given_up(row["id"], witness) for code in (screen.get("channels") or "").split(",")}
    require(added - removed <= chosen <= added, f"channels {chosen}, chosen {added}, removed {removed}")


def _seen_when_deleted(row: dict[str, Any], witness: Witness, met: set[Any]) -> None:
    if row["_deleted"] is None:
        return
    names = TOKENS[row["_entity"]]
    screens = witness.deleted.get(row["id"], [])
    older = {None, *witness.replaced} if witness.restored else set()  # what a restored server stands at
    fine = met | older
    seen = any(all(row.get(n) == screen[n] or row.get(n) in fine for n in names if n in screen) for screen in screens)
    require(seen, f"{row['_entity']} {row['id']} was deleted by nobody who saw it")


def no_gap(service: Service) -> None:
    """Sequence numbers are dense: every one up to the head has its change."""
    with service.db.read() as conn:
        for scope, head in conn.execute(sa.select(SCOPE.c.scope, SCOPE.c.head)):
            numbers: Iterable[int] = conn.execute(
                sa.select(CHANGE.c.seq).where(CHANGE.c.scope == scope).order_by(CHANGE.c.seq)
            ).scalars()
            require(list(numbers) == list(range(1, head + 1)), f"sequence of {scope} has gaps")


def no_double(service: Service) -> None:
    """No batch was taken twice: none of its operations stands in the history at two moments."""
    with service.db.read() as conn:
        twice = conn.execute(_TWICE).first()
    require(twice is None, f"taken twice: {twice}")


_TWICE = sa.text(
    "SELECT scope, device, ctr, entity, row_id, op FROM change WHERE device <> '' AND op <> 'mov' "
    "GROUP BY scope, device, ctr, entity, row_id, hlc, base, op HAVING count(DISTINCT at) > 1"
)
