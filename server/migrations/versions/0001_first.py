"""The fixed tables of the first release."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

UUID = sa.Text().with_variant(postgresql.UUID(as_uuid=False), "postgresql")

# name: ((column, type, "key" when part of the key or "null" when it may be empty), …)
TABLES: dict[str, tuple[tuple[str, Any, str], ...]] = {
    "device": (
        ("id", UUID, "key"), ("user_id", UUID, ""), ("public_key", sa.LargeBinary, ""), ("name", sa.Text, ""),
        ("enrolled_at", sa.Text, ""), ("revoked_at", sa.Text, "null"), ("last_seen", sa.Text, "null"),
    ),
    "scope": (
        ("scope", sa.Text, "key"), ("head", sa.BigInteger, ""), ("epoch", UUID, ""), ("cnt", sa.BigInteger, ""),
        ("sum", sa.BigInteger, ""),
    ),
    "lane": (("scope", sa.Text, "key"), ("device", UUID, "key"), ("last_ctr", sa.BigInteger, "")),
    "batch": (
        ("scope", sa.Text, "key"), ("device", UUID, "key"), ("ctr", sa.BigInteger, "key"),
        ("body_hash", sa.LargeBinary, ""), ("answer", sa.LargeBinary, ""), ("at", sa.Text, ""),
    ),
    "change": (
        ("scope", sa.Text, "key"), ("seq", sa.BigInteger, "key"), ("entity", sa.Text, ""), ("row_id", UUID, ""),
        ("device", sa.Text, ""), ("user_id", sa.Text, ""), ("ctr", sa.BigInteger, ""), ("hlc", sa.BigInteger, ""),
        ("base", sa.BigInteger, ""), ("op", sa.Text, ""), ("old", sa.Text, "null"), ("at", sa.Text, ""),
    ),
    "grant_": (
        ("user_id", UUID, "key"), ("scope", sa.Text, "key"), ("access", sa.Text, ""), ("ver", sa.BigInteger, ""),
        ("ended_at", sa.Text, "null"),
    ),
    "enrol_code": (
        ("code_hash", sa.LargeBinary, "key"), ("user_id", UUID, ""), ("expires_at", sa.Text, ""),
        ("used_at", sa.Text, "null"), ("device", UUID, "null"),
    ),
    "enrol_failure": (("at", sa.Text, "key"), ("count", sa.BigInteger, "")),
    "challenge": (("nonce_hash", sa.LargeBinary, "key"), ("device", UUID, ""), ("expires_at", sa.Text, "")),
    "session": (("token_hash", sa.LargeBinary, "key"), ("device", UUID, ""), ("expires_at", sa.Text, "")),
    "audit": (
        ("id", UUID, "key"), ("at", sa.Text, ""), ("user_id", sa.Text, ""), ("act", sa.Text, ""),
        ("subject", sa.Text, ""),
    ),
}  # fmt: skip


def upgrade() -> None:
    """Makes the tables."""
    for name, columns in TABLES.items():
        op.create_table(
            name,
            *(
                sa.Column(column, type_, primary_key=role == "key", nullable=role == "null")
                for column, type_, role in columns
            ),
        )
