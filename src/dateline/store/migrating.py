"""Bringing a database to the newest schema, before anybody else opens it."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from dateline.domain.errors import Damaged


def migrate(connection: sa.Connection, to: str = "head") -> None:
    """Apply the migrations that are missing; none if the schema is the newest.

    `to`: only as far as that one, for the tests of what a later one does.

    :raises Damaged: the database was made by a later version of Dateline.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    scripts = ScriptDirectory.from_config(config)
    present = MigrationContext.configure(connection).get_current_revision()
    if present == scripts.get_current_head():
        return
    if present and present not in {script.revision for script in scripts.walk_revisions()}:
        raise Damaged(
            f"The data folder was made by a later version of Dateline (schema {present}). "
            "Install that version, or restore a backup made with this one."
        )
    command.upgrade(config, to)
