"""The schema: migrations and tables say the same, and foreign files are refused."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from dateline.domain.errors import Damaged
from dateline.store import tables
from dateline.store.database import FILE, Database
from dateline.store.log import kept_as
from dateline.store.migrating import migrate


@pytest.fixture(params=["memory", "file"])
def engine(request: pytest.FixtureRequest, tmp_path: Path):
    name = None if request.param == "memory" else str(tmp_path / FILE)
    made = sa.create_engine(sa.URL.create("sqlite", database=name))
    yield made
    made.dispose()


def _is_a_table(name: str | None, kind: str, _parents: object) -> bool:
    """Left out: what SQLite makes for itself beside the full-text tables."""
    return not (kind == "table" and (name or "").startswith(("full_text", "picture_text")))


def test_migrations_make_the_tables(engine: sa.Engine) -> None:
    """A database that was migrated from nothing is what `tables.py` says, indexes included."""
    with engine.begin() as connection:
        migrate(connection)
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_name": _is_a_table}
        )
        assert compare_metadata(context, tables.metadata) == []


def test_primary_keys_agree(engine: sa.Engine) -> None:
    """Primary keys, which the comparison above does not look at, are the same too."""
    with engine.begin() as connection:
        migrate(connection)
        look = sa.inspect(connection)
        for table in tables.metadata.sorted_tables:
            found = look.get_pk_constraint(table.name)["constrained_columns"]
            assert found == [column.name for column in table.primary_key]


def test_migrating_again_changes_nothing(engine: sa.Engine) -> None:
    """A database of the newest schema is left as it is."""
    for _ in range(2):
        with engine.begin() as connection:
            migrate(connection)
            connection.execute(sa.text("INSERT OR REPLACE INTO onces VALUES ('k', 'f', x'00')"))
            assert connection.execute(sa.text("SELECT count(*) FROM onces")).scalar() == 1


def test_keys_become_hashes(engine: sa.Engine) -> None:
    """A client's key of before is found under its hash; those made here stay as they are."""
    sent = "01a212ac-57ee-7672-962d-a345c9bd670f:ana-0001"
    with engine.begin() as connection:
        migrate(connection, "0008")
        for key in (sent, "draft:storm:1", "import:1"):
            connection.execute(tables.onces.insert().values(key=key, fingerprint="f", answer=b"a"))
        migrate(connection)
        kept = set(connection.execute(sa.select(tables.onces.c.key)).scalars())
    assert kept == {kept_as(sent), "draft:storm:1", "import:1"}


@pytest.mark.anyio
async def test_a_later_version_is_refused(tmp_path: Path) -> None:
    """A database that a later version made is not touched; the error says what to install."""
    await (await Database.open(tmp_path)).close()
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Damaged, match="later version"):
        await Database.open(tmp_path)


@pytest.mark.anyio
@pytest.mark.parametrize("content", [b"No database at all.\n" * 300, b"\x00" * 5000])
async def test_a_foreign_file_is_refused(tmp_path: Path, content: bytes) -> None:
    """A file that is no database is called damaged, and left as it was."""
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(Damaged):
        await Database.open(tmp_path)
    assert (tmp_path / FILE).read_bytes() == content
