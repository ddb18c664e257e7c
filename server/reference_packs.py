"""Reference packs on the server: taken in whole, kept in the scope `global`, read by every laptop."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.clock import Clock
from models.packs import Pack
from models.reference_packs import REFERENCE_PACK, SCOPE, records, whole
from server import ours
from server.database import Database
from server.staff import note, open_scope
from server.tables import RECORD_TABLES

_TABLE = RECORD_TABLES[REFERENCE_PACK.name]
_HERE = (_TABLE.c.scope == SCOPE) & _TABLE.c["_deleted"].is_(None)


def load(db: Database, clock: Clock, pack: Pack) -> bool:
    """Keeps a pack; False when this very pack stands here already."""
    db.write(lambda conn: open_scope(conn, clock, SCOPE))

    def lacking(conn: Connection) -> Sequence[dict[str, Any]]:
        known = {str(row_id) for row_id in conn.execute(sa.select(_TABLE.c.id).where(_HERE)).scalars()}
        return [row for row in records(pack) if row["id"] not in known]

    done = ours.write(db, clock, SCOPE, REFERENCE_PACK.name, lacking)
    if done:
        db.write(lambda conn: note(conn, clock, "", "pack loaded", f"{pack.name} {pack.version} {pack.sha256}"))
    return bool(done)


def loaded(db: Database) -> list[Pack]:
    """Every pack that stands here, newest first."""
    with db.read() as conn:
        rows: Sequence[Mapping[str, Any]] = [dict(r) for r in conn.execute(sa.select(_TABLE).where(_HERE)).mappings()]
    return whole(rows)
