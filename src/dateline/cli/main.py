"""The command line: thin commands, each of which calls one function below."""

import sys

import typer

from dateline.cli import coverage, demo, doctor, imports, serve, token, verify
from dateline.cli.console import errors
from dateline.domain.errors import DatelineError

app = typer.Typer(
    name="dateline",
    help="The live-coverage server for newsrooms.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("serve")(serve.serve)
app.command("demo")(demo.demo)
app.add_typer(coverage.app, name="coverage")
app.add_typer(token.app, name="token")
app.command("import")(imports.import_file)
app.command("replay")(imports.replay_blog)
app.command("verify")(verify.verify)
app.command("doctor")(doctor.doctor)


def main() -> None:
    """Run a command. Exit code 0: done; 1: it could not be done; 2: it was asked wrongly."""
    try:
        app()
    except DatelineError as error:
        errors.print(f"[bold red]Error[/] {_escaped(error.detail)}", soft_wrap=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _escaped(text: str) -> str:
    return text.replace("[", r"\[")
