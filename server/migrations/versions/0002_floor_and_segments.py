"""Where the deletions of a scope begin that are still known, and the ready-made parts of a first read."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Adds both."""
    op.add_column("scope", sa.Column("floor", sa.BigInteger, nullable=False, server_default="0"))
    op.create_table(
        "segment",
        sa.Column("scope", sa.Text, primary_key=True),
        sa.Column("upto_seq", sa.BigInteger, primary_key=True),
        sa.Column("no", sa.BigInteger, primary_key=True),
        sa.Column("rows", sa.BigInteger, nullable=False),
        sa.Column("bytes", sa.BigInteger, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
    )
