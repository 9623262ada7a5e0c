"""orders"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "order",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("item", sa.String, nullable=False),
    )
    op.execute("INSERT INTO 'order' (item) VALUES ('tea')")


def downgrade() -> None:
    op.drop_table("order")
