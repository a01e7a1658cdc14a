"""What there is, is documented: each setting, address, figure and command has its line."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
import typer
from prometheus_client import Metric

from dateline.cli.main import COMMANDS, made
from dateline.delivery.figures import Figures
from dateline.settings import PREFIX, Settings
from dateline.web.routes import ROUTES

DOCS = Path(__file__).parents[2] / "docs"


def text(name: str) -> str:
    return (DOCS / name).read_text()


@pytest.mark.parametrize("name", [PREFIX + one.name.upper() for one in fields(Settings)])
def test_each_setting(name: str) -> None:
    """Name, default and meaning stand in docs/settings.md."""
    assert f"| `{name}` |" in text("settings.md")


def test_each_address() -> None:
    """Every path is named in the protocol or in the guide for operators."""
    known = text("protocol.md") + text("operating.md")
    missing = [
        path for handler in ROUTES for path in handler.paths if not re.search(_pattern(path), known)
    ]
    assert not missing


def test_each_figure() -> None:
    """Every figure of /metrics is explained."""
    found: list[Metric] = list(Figures().registry.collect())
    assert found
    assert not [one.name for one in found if one.name not in text("operating.md")]


def test_each_command() -> None:
    """Every command of the command line is named somewhere an operator looks."""
    readme = (DOCS.parent / "README.md").read_text()
    known = readme + "".join(page.read_text() for page in DOCS.glob("*.md"))
    group = typer.main.get_command(made())
    assert set(group.commands) == set(COMMANDS)  # type: ignore[attr-defined]
    assert not [name for name in COMMANDS if f"dateline {name}" not in known]


def _pattern(path: str) -> str:
    """A path with its parameters, as the documents write it: with braces or with an example."""
    return re.sub(r"\\\{[^}]*\\\}", r"[^/\\s`\"]+", re.escape(path)) + r"(?![\w/])"
