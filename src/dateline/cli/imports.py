"""dateline import, dateline replay"""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from dateline.cli.console import Data, check_slug, data_folder, errors, out
from dateline.domain.errors import NotFound
from dateline.ingest.importing import import_blogs
from dateline.ingest.liveblogs import Blog, read_blogs
from dateline.ingest.replaying import replay
from dateline.store.sqlite import open_log

File = Annotated[Path, typer.Argument(help="Live blogs as JSON lines (.jsonl or .jsonl.gz).")]


def import_file(
    file: File,
    limit: Annotated[
        int | None, typer.Option(help="Only the first N.", min=1, show_default=False)
    ] = None,
    data: Data = None,
) -> None:
    """Load live blogs as ended coverages. Those that are there already are left as they are."""
    blogs = list(read_blogs(file, limit))
    with _progress() as progress:
        task = progress.add_task("Importing", total=len(blogs))
        made, posts = asyncio.run(_import(data_folder(data), blogs, lambda: progress.advance(task)))
    out.print(f"Imported {made} coverages with {posts} posts; {len(blogs) - made} were there.")


def replay_blog(
    file: File,
    blog: Annotated[str, typer.Option(help="Which one: its blog_id, or the start of it.")],
    token: Annotated[
        str, typer.Option(help="Token of the API.", envvar="DATELINE_TOKEN", show_default=False)
    ],
    url: Annotated[
        str, typer.Option(help="The running server.", envvar="DATELINE_URL")
    ] = "http://127.0.0.1:8000",
    speed: Annotated[
        float, typer.Option(help="How many times faster than it was.", min=0.001)
    ] = 60,
    slug: Annotated[
        str | None, typer.Option(help="Name of the new coverage.", show_default=False)
    ] = None,
) -> None:
    """Play a live blog into a running server, as if it were happening now."""
    if slug is not None:
        check_slug(slug)
    found = [one for one in read_blogs(file, None) if one.blog_id.startswith(blog)]
    if len(found) != 1:
        raise NotFound(
            f"{len(found)} live blogs in {file} have an id that begins with “{blog}”. "
            "Give the whole blog_id of one."
        )
    with _progress() as progress:
        task = progress.add_task("Replaying", total=len(found[0].posts))
        address = asyncio.run(
            replay(
                found[0],
                url=url,
                token=token,
                speed=speed,
                slug=slug,
                opened=lambda where: errors.print(f"Readers follow it at {where}", soft_wrap=True),
                advance=lambda: progress.advance(task),
            )
        )
    out.print(f"Replayed {len(found[0].posts)} posts to {address}")


async def _import(folder: Path, blogs: list[Blog], advance: object) -> tuple[int, int]:
    async with open_log(folder) as log:
        return await import_blogs(log, blogs, advance)  # type: ignore[arg-type]


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=errors,
    )
