"""Until when a person could write in a scope: the end of a grant, or its narrowing to reading."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Adds the column; of the grants that ended it is known."""
    op.add_column("grant_", sa.Column("wrote_until", sa.Text))
    op.execute("UPDATE grant_ SET wrote_until = ended_at WHERE access = 'write'")
