"""Who may do what: staff in the directory, the scopes granted to them, the codes that enrol a laptop.

A person is a record of the entity `staff` in the scope of the kabupaten (four digits of the region),
written by the server itself (`server.ours`), so laptops receive the directory like any other record.
The id of that record is the person's user id everywhere.
"""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.clock import Clock, iso
from models.codes import clean_code, new_code
from models.reference_packs import SCOPE as GLOBAL
from models.staff import STAFF
from server import ours
from server.database import Database
from server.tables import AUDIT, DEVICE, ENROL_CODE, GRANT, RECORD_TABLES, SCOPE
from sync.protocol import Access, Grants, Person

CODE_LIFE = timedelta(days=7)

_STAFF = RECORD_TABLES[STAFF.name]


def directory_scope(region: str) -> str:
    """The scope that holds the staff of a region: its kabupaten or kota."""
    return region[:4]


def add_staff(db: Database, clock: Clock, person: dict[str, Any], scopes: Sequence[str]) -> str:
    """Adds a person to the directory with write access to `scopes`; the new user id."""
    user_id = clock.new_id()
    home = directory_scope(person["region"])
    for scope in (home, GLOBAL):
        db.write(lambda conn, scope=scope: open_scope(conn, clock, scope))
    row = {"id": user_id} | {n: v for n, v in person.items() if v is not None}
    ours.write(db, clock, home, STAFF.name, lambda _: [row])
    db.write(lambda conn: note(conn, clock, "", "staff added", user_id))
    for scope in scopes:
        grant(db, clock, user_id, scope, "write")
    if home not in scopes:
        grant(db, clock, user_id, home, "read")
    return user_id


def open_scope(conn: Connection, clock: Clock, scope: str) -> None:
    """Makes sure that a scope stands."""
    if conn.execute(sa.select(SCOPE.c.scope).where(SCOPE.c.scope == scope)).first() is None:
        conn.execute(sa.insert(SCOPE).values(scope=scope, head=0, epoch=clock.new_id(), cnt=0, sum=0))


def renew_epochs(db: Database, clock: Clock) -> None:
    """Tells every laptop that this server came back from a backup: they offer again what it lost.

    A laptop may have slept through an earlier restore too, so the lowest head of all is what counts.
    """
    began = sa.case((SCOPE.c.began < SCOPE.c.head, SCOPE.c.began), else_=SCOPE.c.head)
    with db.read() as conn:
        scopes = conn.execute(sa.select(SCOPE.c.scope)).scalars().all()
    for scope in scopes:
        renewed = sa.update(SCOPE).where(SCOPE.c.scope == scope).values(epoch=clock.new_id(), began=began)
        db.write(lambda conn, renewed=renewed: conn.execute(renewed))


def grant(db: Database, clock: Clock, user_id: str, scope: str, access: Access | None) -> None:
    """Lets a person read or write a scope; None takes it away, and until when they could write is remembered."""

    def work(conn: Connection) -> None:
        open_scope(conn, clock, scope)
        mine = GRANT.c.user_id == user_id
        version = (conn.execute(sa.select(sa.func.max(GRANT.c.ver)).where(mine)).scalar() or 0) + 1
        known = sa.select(GRANT.c.access, GRANT.c.wrote_until).where(mine & (GRANT.c.scope == scope))
        before, until = conn.execute(known).one_or_none() or ("read", None)
        conn.execute(sa.delete(GRANT).where(mine & (GRANT.c.scope == scope)))
        now = iso(clock.now())
        row = {"user_id": user_id, "scope": scope, "access": access or before, "ver": version}
        row["ended_at"] = now if access is None else None
        row["wrote_until"] = None if access == "write" else until or (now if before == "write" else None)
        conn.execute(sa.insert(GRANT).values(**row))
        note(conn, clock, "", f"grant {access or 'ended'}", f"{user_id} {scope}")

    db.write(work)


def grants(conn: Connection, user_id: str) -> Grants:
    """What a person may read and write now; the lists of reference, everybody."""
    rows = conn.execute(_GRANTS, {"person": user_id}).all()
    granted: dict[str, Access] = {r.scope: r.access for r in rows if r.ended_at is None}
    granted[GLOBAL] = "read"
    return Grants(max((r.ver for r in rows), default=0), granted)


_GRANTS = sa.select(GRANT.c.scope, GRANT.c.access, GRANT.c.ver, GRANT.c.ended_at).where(
    GRANT.c.user_id == sa.bindparam("person")
)


def laptops(conn: Connection, scopes: Sequence[str]) -> dict[str, dict[str, str]]:
    """Who may write in these scopes: each laptop, and when it was heard last (empty: never)."""
    heard: dict[str, dict[str, str]] = {}
    for scope, device, at in conn.execute(_LAPTOPS, {"scopes": list(scopes)}):
        heard.setdefault(scope, {})[str(device)] = at or ""
    return heard


_LAPTOPS = (
    sa.select(GRANT.c.scope, DEVICE.c.id, DEVICE.c.last_seen)
    .join(DEVICE, DEVICE.c.user_id == GRANT.c.user_id)
    .where(GRANT.c.scope.in_(sa.bindparam("scopes", expanding=True)), GRANT.c.access == "write")
    .where(GRANT.c.ended_at.is_(None), DEVICE.c.revoked_at.is_(None))
)


def person(conn: Connection, user_id: str) -> Person | None:
    """Someone's entry in the directory."""
    homes = [scope for scope in grants(conn, user_id).scopes if len(scope) == len(directory_scope(scope))]
    found = conn.execute(sa.select(_STAFF).where(_STAFF.c.scope.in_(homes) & (_STAFF.c.id == user_id))).mappings()
    row = found.one_or_none()
    if row is None:
        return None
    names = ("id", "name", "role", "position", "office", "region", "office_phone")
    return Person(**{name: str(row[name] or "") for name in names})


def find_staff(db: Database, wanted: str) -> str:
    """The user id of a person by id or by name; ValueError when nobody or more than one is meant."""
    with db.read() as conn:
        match = (sa.cast(_STAFF.c.id, sa.Text) == wanted) | (sa.func.lower(_STAFF.c.name) == wanted.lower())
        found = conn.execute(sa.select(_STAFF.c.id).where(match & _STAFF.c["_deleted"].is_(None))).scalars().all()
    if len(found) != 1:
        msg = f"{len(found)} people are called {wanted!r}; give the id"
        raise ValueError(msg)
    return str(found[0])


def issue_code(db: Database, clock: Clock, user_id: str) -> str:
    """A code that enrols one laptop for a person within seven days; only its hash is kept."""
    code = new_code()
    row = {"code_hash": code_hash(code), "user_id": user_id, "expires_at": iso(clock.now() + CODE_LIFE)}

    def work(conn: Connection) -> None:
        conn.execute(sa.insert(ENROL_CODE).values(**row))
        note(conn, clock, "", "code issued", user_id)

    db.write(work)
    return code


def code_hash(code: str) -> bytes:
    """Under which a code is kept."""
    return hashlib.sha256(b"dampingi enrolment code\n" + clean_code(code).encode()).digest()


def revoke(db: Database, clock: Clock, device: str, by: str) -> bool:
    """Shuts a device out; its data stay on it. False when there is no such device."""

    def work(conn: Connection) -> bool:
        still = (DEVICE.c.id == device) & DEVICE.c.revoked_at.is_(None)
        done = conn.execute(sa.update(DEVICE).where(still).values(revoked_at=iso(clock.now()))).rowcount
        if done:
            note(conn, clock, by, "device revoked", device)
        return bool(conn.execute(sa.select(DEVICE.c.id).where(DEVICE.c.id == device)).first())

    return db.write(work)


def audit(db: Database, clock: Clock, act: str, subject: str) -> None:
    """Writes down what an administrator did at the shell."""
    db.write(lambda conn: note(conn, clock, "", act, subject))


def note(conn: Connection, clock: Clock, user_id: str, act: str, subject: str) -> None:
    """One line of the audit."""
    row = {"id": clock.new_id(), "at": iso(clock.now()), "user_id": user_id, "act": act, "subject": subject}
    conn.execute(sa.insert(AUDIT).values(**row))
