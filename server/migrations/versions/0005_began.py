"""The head of a scope when its epoch began: what laptops hold beyond it, a restored server has lost."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Adds the column; it stays empty where no backup was ever brought back."""
    op.add_column("scope", sa.Column("began", sa.BigInteger))
