"""How far each takedown is, and which one a picture goes with."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "takedowns",
        sa.Column("coverage", sa.Text, nullable=False),
        sa.Column("post", sa.Text, nullable=False),
        sa.Column("wiped", sa.Integer, nullable=False, server_default="0"),
        sa.Column("files", sa.LargeBinary, nullable=False, server_default="[]"),
        sa.Column("kept", sa.Integer, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("coverage", "post", name="pk_takedowns"),
    )
    # What waits there is still to be done; of which post it was, nobody knows any more.
    op.rename_table("doomed", "doomed_before")
    op.create_table(
        "doomed",
        sa.Column("media", sa.Text, nullable=False),
        sa.Column("coverage", sa.Text, nullable=False),
        sa.Column("post", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("media", "coverage", "post", name="pk_doomed"),
    )
    op.execute("INSERT INTO doomed SELECT media, '', '' FROM doomed_before")
    op.drop_table("doomed_before")


def downgrade() -> None:
    op.rename_table("doomed", "doomed_before")
    op.create_table(
        "doomed",
        sa.Column("media", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("media", name="pk_doomed"),
    )
    op.execute("INSERT OR IGNORE INTO doomed SELECT media FROM doomed_before")
    op.drop_table("doomed_before")
    op.drop_table("takedowns")
