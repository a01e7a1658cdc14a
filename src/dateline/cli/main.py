"""The command line: thin commands, each of which calls one function below."""

import sys
from collections.abc import Iterable
from importlib import import_module

import typer
from rich.text import Text

from dateline.cli.console import errors
from dateline.domain.errors import DatelineError

COMMANDS = {
    "serve": "serve:serve",
    "demo": "demo:demo",
    "coverage": "coverage:app",
    "token": "token:app",
    "user": "user:app",
    "import": "imports:import_file",
    "replay": "imports:replay_blog",
    "verify": "verify:verify",
    "doctor": "doctor:doctor",
}
"""The name of each, and where it is: the module of a command is loaded when it is asked for."""


def made(names: Iterable[str] = COMMANDS) -> typer.Typer:
    """The command line with these commands."""
    app = typer.Typer(
        name="dateline",
        help="The live-coverage server for newsrooms.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_dateline)
    for name in names:
        module, _, what = COMMANDS[name].partition(":")
        command = getattr(import_module(f"dateline.cli.{module}"), what)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name)(command)
    return app


def main() -> None:
    """Run a command. Exit code 0: done; 1: it could not be done; 2: it was asked wrongly."""
    asked = [name for name in sys.argv[1:2] if name in COMMANDS]
    try:
        made(asked or COMMANDS)()
    except DatelineError as error:
        errors.print(Text("Error", "bold red"), error.detail, soft_wrap=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _dateline() -> None:
    """The live-coverage server for newsrooms."""
