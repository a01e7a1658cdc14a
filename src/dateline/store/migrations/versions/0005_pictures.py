"""Pictures: what was sent, its sets of files, its full text, and what a takedown has to remove."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "pictures",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("filename", sa.Text, nullable=False),
        sa.Column("length", sa.BigInteger, nullable=False),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("sender_name", sa.Text, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("progress", sa.Integer, nullable=False, server_default="0"),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
        sa.Column("details", sa.LargeBinary, nullable=False, server_default="{}"),
        sa.Column("media", sa.Text, nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_pictures"),
        sa.UniqueConstraint("id", name="uq_pictures_id"),
    )
    op.create_index("ix_pictures_state", "pictures", ["state"])
    op.create_table(
        "editions",
        sa.Column("media", sa.Text, nullable=False),
        sa.Column("picture", sa.Text, nullable=False),
        sa.Column("edition", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("media", name="pk_editions"),
    )
    op.create_index("ix_editions_picture", "editions", ["picture"])
    op.create_table(
        "doomed",
        sa.Column("media", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("media", name="pk_doomed"),
    )
    op.execute(
        "CREATE VIRTUAL TABLE picture_text USING fts5"
        "(words, tokenize='unicode61 remove_diacritics 2', prefix='3')"
    )


def downgrade() -> None:
    for table in ("picture_text", "doomed", "editions", "pictures"):
        op.drop_table(table)
