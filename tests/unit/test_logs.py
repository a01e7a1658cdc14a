"""What the server logs is for machines; what can't be logged must not stop it."""

import json
import subprocess
import sys
from pathlib import Path

_PROGRAM = """
import logging, structlog
from dateline import logs

logs.configure()
structlog.get_logger("dateline.desk").warning("a draft waits", paper=7)
logging.getLogger("uvicorn.error").warning('it said "%s"', "no")
try:
    1 / 0
except ZeroDivisionError:
    structlog.get_logger("dateline.desk").exception("it went wrong")
print("and on it goes")
"""


def _run(log: Path) -> str:
    with log.open("ab") as stderr:
        command = [sys.executable, "-c", _PROGRAM]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=stderr, check=True)
    return done.stdout.decode()


def test_every_line_is_json(tmp_path: Path) -> None:
    """Our own lines and the libraries' are JSON, whatever signs they hold; traces come along."""
    log = tmp_path / "log"
    _run(log)
    ours, theirs, trace = [json.loads(line) for line in log.read_text().splitlines()]
    assert ours.items() >= {"event": "a draft waits", "level": "warning", "paper": 7}.items()
    assert theirs.items() >= {"event": 'it said "no"', "logger": "uvicorn.error"}.items()
    assert trace["exception"][0]["exc_type"] == "ZeroDivisionError"


def test_a_log_on_a_full_disk() -> None:
    """Lines that can't be written are lost, and whoever wrote them goes on."""
    assert _run(Path("/dev/full")) == "and on it goes\n"
