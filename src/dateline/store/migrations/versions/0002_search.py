"""The search index: how far it is, which post is which row, and the full text (SQLite FTS5)."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "searched",
        sa.Column("coverage", sa.Text, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("coverage", name="pk_searched"),
    )
    op.create_table(
        "findable",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("coverage", sa.Text, nullable=False),
        sa.Column("post", sa.Text, nullable=False),
        sa.Column("time", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_findable"),
        sa.UniqueConstraint("coverage", "post", name="uq_findable_coverage_post"),
    )
    op.execute(
        "CREATE VIRTUAL TABLE full_text USING fts5"
        "(headline, body, tokenize='unicode61 remove_diacritics 2', prefix='3')"
    )


def downgrade() -> None:
    for table in ("full_text", "findable", "searched"):
        op.drop_table(table)
