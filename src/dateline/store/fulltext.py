"""Full-text tables (SQLite's FTS5), and how deleted words leave their bytes too."""

import sqlalchemy as sa

_MOST_BYTES = 2_000
_STRUCTURE = 10
"""The id of the record that says of which parts an index consists."""


def purge(connection: sa.Connection, table: str) -> None:
    """Take what was deleted out of the table's index. It costs what the whole index costs.

    Deleted words stay in the index's parts until these are merged into one. Each merge puts that
    one on a level of its own, two bytes in the record of its structure, and of a record with more
    than 2,000 levels SQLite says that the file is damaged. Half way there the index is made anew.

    See https://sqlite.org/fts5.html#the_optimize_command, and `fts5StructureDecode` in its source.
    """
    record = f"SELECT length(block) FROM {table}_data WHERE id = {_STRUCTURE}"  # noqa: S608
    is_long = connection.exec_driver_sql(record).scalar_one() > _MOST_BYTES
    how = "rebuild" if is_long else "optimize"
    connection.exec_driver_sql(f"INSERT INTO {table}({table}) VALUES ('{how}')")  # noqa: S608
