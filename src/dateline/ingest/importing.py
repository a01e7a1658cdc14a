"""Live blogs into the log: each as one append, so that none is ever half there."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

import uuid_utils

from dateline.domain import posts
from dateline.domain.coverage import open_
from dateline.domain.errors import Invalid
from dateline.domain.events import CoverageStatusChanged, Event
from dateline.domain.people import Actor
from dateline.ingest.liveblogs import Blog
from dateline.store.log import EventLog, Once, VersionConflict

IMPORTER = Actor(id="import", name="Import", kind="machine")


async def import_blogs(
    log: EventLog, blogs: Iterable[Blog], advance: Callable[[], None]
) -> tuple[int, int]:
    """How many coverages and posts were new. `advance` is called after each blog.

    :raises Invalid: a rule refuses one of the blogs; then none of them is written.
    """
    made = published = 0
    # Every rule is applied to every blog before the first is written.
    for blog, events in [(blog, _events(blog)) for blog in blogs]:
        once = Once(f"import:{blog.blog_id}", blog.blog_id)
        try:
            earlier = await log.append(
                blog.coverage.slug,
                events,
                expected=0,
                actor=IMPORTER,
                now=datetime.now(UTC),
                once=once,
            )
        except VersionConflict:
            # Somebody opened a coverage of this name by hand: theirs stays.
            earlier = once
        if earlier is None:
            made += 1
            published += len(blog.posts)
        advance()
    return made, published


def _events(blog: Blog) -> list[Event]:
    try:
        events: list[Event] = [*open_(None, blog.coverage), CoverageStatusChanged("live")]
        for command in blog.posts:
            events += posts.publish(str(uuid_utils.uuid7()), command)
    except Invalid as error:
        raise Invalid(
            f"Line {blog.line}, the live blog {blog.blog_id}, is refused: {error.detail} "
            "Nothing of the file was imported."
        ) from error
    return [*events, CoverageStatusChanged("ended")]
