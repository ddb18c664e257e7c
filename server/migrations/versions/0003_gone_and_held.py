"""Where records went that moved to another scope, and the work that waits for a supervisor."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

UUID = sa.Text().with_variant(postgresql.UUID(as_uuid=False), "postgresql")


def upgrade() -> None:
    """Makes both tables."""
    op.create_table(
        "gone",
        sa.Column("scope", sa.Text, primary_key=True),
        sa.Column("entity", sa.Text, primary_key=True),
        sa.Column("row_id", UUID, primary_key=True),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("hlc", sa.BigInteger, nullable=False),
        sa.Column("bases", sa.Text, nullable=False),
    )
    op.create_index("gone_seq", "gone", ["scope", "seq"])
    op.create_table(
        "held",
        sa.Column("scope", sa.Text, primary_key=True),
        sa.Column("id", UUID, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("device", UUID, nullable=False),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("ctr", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("operations", sa.BigInteger, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("settled_at", sa.Text),
        sa.Column("settled_by", sa.Text),
    )
    op.create_index("held_sent", "held", ["device", "scope", "ctr"])
