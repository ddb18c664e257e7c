"""The server's tables: fixed ones, made by migrations, and one for each declared entity.

Every key of synced data begins with its scope and no statement spans two, so that the tables can be
spread by scope. No foreign keys and nothing unique but the keys: a parent may live elsewhere, and two
offices may register the same NIK. The columns of a record that belong to the server begin with `_`.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from models.canonical import payload
from models.entities import SYNCED
from models.schema import Entity

FIXED = sa.MetaData()
RECORDS = sa.MetaData()

Uuid = sa.Text().with_variant(postgresql.UUID(as_uuid=False), "postgresql")
Whole = sa.BigInteger()
Text = sa.Text()

DEVICE = sa.Table(
    "device",
    FIXED,
    sa.Column("id", Uuid, primary_key=True),
    sa.Column("user_id", Uuid, nullable=False),
    sa.Column("public_key", sa.LargeBinary, nullable=False),
    sa.Column("name", Text, nullable=False),
    sa.Column("enrolled_at", Text, nullable=False),
    sa.Column("revoked_at", Text),
    sa.Column("last_seen", Text),
)
SCOPE = sa.Table(
    "scope",
    FIXED,
    sa.Column("scope", Text, primary_key=True),
    sa.Column("head", Whole, nullable=False),
    sa.Column("epoch", Uuid, nullable=False),
    sa.Column("cnt", Whole, nullable=False),
    sa.Column("sum", Whole, nullable=False),
    sa.Column("floor", Whole, nullable=False, server_default="0"),  # deletions up to here are forgotten
    sa.Column("began", Whole),  # the lowest head to which a backup ever brought it back
)
SEGMENT = sa.Table(
    "segment",
    FIXED,
    sa.Column("scope", Text, primary_key=True),
    sa.Column("upto_seq", Whole, primary_key=True),
    sa.Column("no", Whole, primary_key=True),
    sa.Column("rows", Whole, nullable=False),
    sa.Column("bytes", Whole, nullable=False),
    sa.Column("sha256", Text, nullable=False),  # the file's name among those of attachments
    sa.Column("made_at", Text, nullable=False),
)
LANE = sa.Table(
    "lane",
    FIXED,
    sa.Column("scope", Text, primary_key=True),
    sa.Column("device", Uuid, primary_key=True),
    sa.Column("last_ctr", Whole, nullable=False),
)
BATCH = sa.Table(
    "batch",
    FIXED,
    sa.Column("scope", Text, primary_key=True),
    sa.Column("device", Uuid, primary_key=True),
    sa.Column("ctr", Whole, primary_key=True),
    sa.Column("body_hash", sa.LargeBinary, nullable=False),
    sa.Column("answer", sa.LargeBinary, nullable=False),
    sa.Column("at", Text, nullable=False),
)
CHANGE = sa.Table(
    "change",
    FIXED,
    sa.Column("scope", Text, primary_key=True),
    sa.Column("seq", Whole, primary_key=True),
    sa.Column("entity", Text, nullable=False),
    sa.Column("row_id", Uuid, nullable=False),
    sa.Column("device", Text, nullable=False),  # empty: the server itself
    sa.Column("user_id", Text, nullable=False),
    sa.Column("ctr", Whole, nullable=False),
    sa.Column("hlc", Whole, nullable=False),
    sa.Column("base", Whole, nullable=False),
    sa.Column("op", Text, nullable=False),
    sa.Column("old", Text),  # JSON of the values that were replaced
    sa.Column("at", Text, nullable=False),
)
GRANT = sa.Table(
    "grant_",
    FIXED,
    sa.Column("user_id", Uuid, primary_key=True),
    sa.Column("scope", Text, primary_key=True),
    sa.Column("access", Text, nullable=False),
    sa.Column("ver", Whole, nullable=False),
    sa.Column("ended_at", Text),
    sa.Column("wrote_until", Text),  # of somebody who could write and may not any more
)
ENROL_CODE = sa.Table(
    "enrol_code",
    FIXED,
    sa.Column("code_hash", sa.LargeBinary, primary_key=True),
    sa.Column("user_id", Uuid, nullable=False),
    sa.Column("expires_at", Text, nullable=False),
    sa.Column("used_at", Text),
    sa.Column("device", Uuid),
)
ENROL_FAILURE = sa.Table(
    "enrol_failure",
    FIXED,
    sa.Column("at", Text, primary_key=True),
    sa.Column("count", Whole, nullable=False),
)
CHALLENGE = sa.Table(
    "challenge",
    FIXED,
    sa.Column("nonce_hash", sa.LargeBinary, primary_key=True),
    sa.Column("device", Uuid, nullable=False),
    sa.Column("expires_at", Text, nullable=False),
)
SESSION = sa.Table(
    "session",
    FIXED,
    sa.Column("token_hash", sa.LargeBinary, primary_key=True),
    sa.Column("device", Uuid, nullable=False),
    sa.Column("expires_at", Text, nullable=False),
)
AUDIT = sa.Table(
    "audit",
    FIXED,
    sa.Column("id", Uuid, primary_key=True),
    sa.Column("at", Text, nullable=False),
    sa.Column("user_id", Text, nullable=False),
    sa.Column("act", Text, nullable=False),
    sa.Column("subject", Text, nullable=False),
)

GONE = sa.Table(  # records that another scope keeps now
    "gone",
    FIXED,
    sa.Column("scope", Text, primary_key=True),
    sa.Column("entity", Text, primary_key=True),
    sa.Column("row_id", Uuid, primary_key=True),
    sa.Column("seq", Whole, nullable=False),
    sa.Column("target", Text, nullable=False),
    sa.Column("user_id", Text, nullable=False),
    sa.Column("hlc", Whole, nullable=False),
    sa.Column("bases", Text, nullable=False),  # JSON [[number here, number there], …]
)
HELD = sa.Table(  # work that waits for a supervisor: its sender may not, or no longer, write there
    "held",
    FIXED,
    sa.Column("scope", Text, primary_key=True),
    sa.Column("id", Uuid, primary_key=True),
    sa.Column("at", Text, nullable=False),
    sa.Column("device", Uuid, nullable=False),
    sa.Column("user_id", Text, nullable=False),
    sa.Column("ctr", Whole, nullable=False),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Column("reason", Text, nullable=False),
    sa.Column("operations", Whole, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("state", Text, nullable=False),  # waiting, accepted, refused
    sa.Column("settled_at", Text),
    sa.Column("settled_by", Text),
)

_TYPES: dict[str, Any] = {"text": Text, "integer": Whole}
_LOOKED_UP = {"attachment": ("sha256",)}


def _record_table(entity: Entity) -> sa.Table:
    kinds = {f.name: _TYPES[f.kind.storage] for f in entity.fields}
    return sa.Table(
        entity.name,
        RECORDS,
        sa.Column("scope", Text, primary_key=True),
        sa.Column("id", Uuid, primary_key=True),
        *(sa.Column(name, kinds.get(name, Text)) for name in payload(entity)),
        sa.Column("extra", Text),  # canonical JSON: jsonb would reorder names and rewrite numbers
        sa.Column("_seq", Whole, nullable=False),
        sa.Column("_created", Whole, nullable=False),
        sa.Column("_clocks", Text),  # JSON {unit: seq of its last change}; NULL when never edited
        sa.Column("_deleted", Whole),
        sa.Column("_h", Whole, nullable=False),
        sa.Index(f"{entity.name}_seq", "scope", "_seq"),
        *(sa.Index(f"{entity.name}_{name}", "scope", name) for name in _LOOKED_UP.get(entity.name, ())),
    )


RECORD_TABLES: dict[str, sa.Table] = {e.name: _record_table(e) for e in SYNCED.values()}
