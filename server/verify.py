"""Which records differ: sums of 256 buckets, then the hashes in some, then the records themselves.

Each answer is one snapshot and says as of which head. A record whose stored values no longer have the
hash that was counted for it was changed behind the server's back: it is named, never handed out.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.canonical import BUCKETS, bucket, plus
from server.pull import authors, check, columns
from server.rows import among, hash_of
from server.tables import RECORD_TABLES
from sync.protocol import Moved, Page, VerifyAnswer, VerifyRequest


def verify(conn: Connection, request: VerifyRequest) -> VerifyAnswer | None:
    """What was asked for; None for a scope that does not exist."""
    standing = check(conn, request.scope)
    if standing is None:
        return None
    answer = VerifyAnswer(request.scope, standing.head, standing.floor)
    if request.rows:
        _add_records(conn, answer, request.rows)
    elif request.buckets:
        wanted = set(request.buckets)
        answer.hashes = [row for row in _live(conn, request.scope) if bucket(row[1]) in wanted]
    else:
        answer.sums = _sums(conn, request.scope)
    return answer


def _live(conn: Connection, scope: str) -> Iterator[tuple[str, str, int]]:
    """(entity, id, counted hash) of the live records."""
    for name, query in _HASHES.items():
        for row_id, digest in conn.execute(query, {"wanted": scope}):
            yield name, str(row_id), digest


_HASHES = {
    name: sa.select(table.c.id, table.c["_h"]).where(
        (table.c.scope == sa.bindparam("wanted")) & table.c["_deleted"].is_(None)
    )
    for name, table in RECORD_TABLES.items()
}


def _sums(conn: Connection, scope: str) -> list[int]:
    hashes: list[list[int]] = [[] for _ in range(BUCKETS)]
    for _, row_id, digest in _live(conn, scope):
        hashes[bucket(row_id)].append(digest)
    return [plus(0, found) for found in hashes]


def _add_records(conn: Connection, answer: VerifyAnswer, wanted: Sequence[tuple[str, str]]) -> None:
    page = Page(answer.scope, answer.head)
    for name in RECORD_TABLES:
        ids = [row_id for entity, row_id in wanted if entity == name]
        rows: Sequence[Any] = _named(conn, answer.scope, name, ids) if ids else []
        dead = {row["_deleted"]: str(row["id"]) for row in rows if row["_deleted"] is not None}
        made = authors(conn, answer.scope, dead)
        page.gone += [(name, row_id, *made[seq]) for seq, row_id in dead.items()]
        live = [(row, hash_of(name, row) == row["_h"]) for row in rows if row["_deleted"] is None]
        sound = [row for row, right in live if right]
        answer.damaged += [(name, str(row["id"])) for row, right in live if not right]
        page.ins += [columns(name, sound)] if sound else []
        page.moved += _moved(conn, answer.scope, name, ids) if ids else []
    answer.page = page


def _moved(conn: Connection, scope: str, entity: str, ids: Sequence[str]) -> list[Moved]:
    """What another scope keeps now."""
    where, given = among(conn, "row_id", "uuid", ids)
    query = sa.text(
        f"SELECT row_id, user_id, hlc, target FROM gone WHERE scope = :scope AND entity = :entity AND {where}"
    )
    found = conn.execute(query, {"scope": scope, "entity": entity, "among": given})
    return [(entity, str(row_id), by, hlc, target) for row_id, by, hlc, target in found]


def _named(conn: Connection, scope: str, entity: str, ids: Sequence[str]) -> Sequence[Any]:
    where, given = among(conn, "id", "uuid", ids)
    table = RECORD_TABLES[entity]
    query = sa.select(table).where((table.c.scope == scope) & sa.text(where))
    return conn.execute(query, {"among": given}).mappings().all()
