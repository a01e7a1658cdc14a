"""dateline verify"""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from dateline.cli.console import Data, errors, existing, out
from dateline.domain.errors import NotFound
from dateline.store.chain import Verdict, verify_log
from dateline.store.sqlite import open_log


def verify(
    slug: Annotated[str, typer.Argument(help="The coverage to check.")], data: Data = None
) -> None:
    """Recompute a coverage's chain of hashes. Exit code 0: it holds; 1: it does not."""
    verdict = asyncio.run(_verify(existing(data), slug))
    if verdict.fault:
        errors.print(
            Text(f"The chain breaks at event {verdict.seq}:", "bold red"),
            f"{verdict.fault}. Compare with a backup from before.",
            soft_wrap=True,
        )
        sys.exit(1)
    gone = f", the words of {verdict.redacted} taken down" if verdict.redacted else ""
    out.print(f"The chain holds: {verdict.seq} events{gone}. Last link {verdict.chain.hex()}")


async def _verify(folder: Path, slug: str) -> Verdict:
    async with open_log(folder) as log:
        verdict = await verify_log(log, slug)
    if not verdict.seq:
        raise NotFound(f"There is no coverage {slug}. `dateline coverage list` shows all.")
    return verdict
