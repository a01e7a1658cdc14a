"""The demo: a script of commands, carried out one after the other while one watches."""

import asyncio
import shutil
from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import msgspec
import uuid_utils
from msgspec import Struct

from dateline.desk.writing import Request, fingerprint, write
from dateline.domain.commands import (
    ChangeStatus,
    ChangeVerification,
    Command,
    DescribeCoverage,
    MarkKeyEvent,
    OpenCoverage,
    PinPost,
    PublishPost,
    RevisePost,
    SetBriefing,
    UnmarkKeyEvent,
    UnpinPost,
    WithdrawPost,
)
from dateline.domain.errors import KeyReused, Unavailable
from dateline.domain.people import Actor
from dateline.store.log import EventLog

DEMO = Actor(id="demo", name="Demo", kind="machine")
AT_ONCE = 26
"""How many steps are there from the start, so that the first look is worth it."""


class Script(Struct, frozen=True):
    coverages: list[dict[str, Any]]
    steps: list[dict[str, Any]]


def copy_pictures(media: Path) -> None:
    """The demo's pictures, where the server looks for pictures.

    :raises Unavailable: they can't be put there.
    """
    try:
        media.mkdir(parents=True, exist_ok=True)
        with as_file(files("dateline.demo") / "pictures") as folder:
            for picture in folder.glob("*.webp"):
                shutil.copy(picture, media / picture.name)
    except OSError as error:
        raise Unavailable(
            f"The demo's pictures can't be put into {media}: {error.strerror}. "
            "Choose another folder with --data, or give this user the right to write there."
        ) from error


def load_script() -> Script:
    return msgspec.json.decode((files("dateline.demo") / "script.json").read_bytes(), type=Script)


async def play(log: EventLog, address: str, *, pace: float, script: Script | None = None) -> None:
    """Carry out the script, `pace` seconds a step; what an earlier run did is not done again."""
    script = script or load_script()
    for coverage in script.coverages:
        print(f"  {coverage['title']}\n  {address}/live/{coverage['slug']}\n", flush=True)
    print("Ctrl-C ends it; started again, it goes on.", flush=True)
    try:
        await _tell(log, script, pace)
    except KeyReused:
        print(
            "This folder holds the demo of another version of Dateline: it stays as it is. "
            "Delete the folder, and the demo begins anew.",
            flush=True,
        )


async def _tell(log: EventLog, script: Script, pace: float) -> None:
    posts: dict[str, str] = {}
    for coverage in script.coverages:
        given = {name: coverage[name] for name in coverage if name != "status"}
        opening = msgspec.convert(given, OpenCoverage)
        await _carry_out(log, f"open-{opening.slug}", Request(opening.slug, opening))
    for number, step in enumerate(script.steps):
        is_new = await _step(log, number, step, posts)
        if is_new and number >= AT_ONCE:
            await asyncio.sleep(pace)
    print("The demo has told its story; the pages stay open.", flush=True)


async def _step(log: EventLog, number: int, step: dict[str, Any], posts: dict[str, str]) -> bool:
    name = step.get("name")
    if step["do"] == "publish":
        posts[name or ""] = str(uuid_utils.uuid7())
    request = Request(step["coverage"], _command(step), post=posts.get(name) if name else None)
    is_new, post = await _carry_out(log, f"{number}", request)
    if name and post:
        posts[name] = post
    return is_new


async def _carry_out(log: EventLog, name: str, request: Request) -> tuple[bool, str | None]:
    """Whether it was done now, and the post it was about, as the first run named it."""
    key = f"demo:{name}"
    told = fingerprint(msgspec.json.encode(request.command, order="sorted"))
    once = msgspec.structs.replace(request, key=key, fingerprint=told)
    is_new = await log.recall(key) is None
    receipt = await write(log, DEMO, once, now=datetime.now(UTC))
    return is_new, receipt.post


def _command(step: dict[str, Any]) -> Command:
    post = step.get("post", {})
    match step["do"]:
        case "status":
            return ChangeStatus(step["status"])
        case "describe":
            given = {name: step[name] for name in ("title", "summary") if name in step}
            return msgspec.convert(given, DescribeCoverage)
        case "brief":
            return msgspec.convert(step["briefing"], SetBriefing)
        case "publish":
            return msgspec.convert(post, PublishPost)
        case "revise":
            return msgspec.convert(post, RevisePost)
        case "correct":
            return msgspec.convert({**post, "correction": step["correction"]}, RevisePost)
        case "withdraw":
            return WithdrawPost(step["reason"])
        case "pin":
            return PinPost()
        case "unpin":
            return UnpinPost()
        case "key":
            return MarkKeyEvent()
        case "unkey":
            return UnmarkKeyEvent()
        case "verification":
            return ChangeVerification(step["verification"], step["source"])
    raise ValueError(f"unknown step: {step['do']}")
