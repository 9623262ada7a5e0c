"""entries"""

import sqlalchemy as sa
from alembic import op

revision = "4c1f0e7a92d3"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("message", sa.String(500), nullable=False),
        sa.Column("written_at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_entry_written_at", "entry", ["written_at"])


def downgrade() -> None:
    op.drop_table("entry")
