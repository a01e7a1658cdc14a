"""What the API reads: state folded from the log, at the cost of what is asked for."""

from dateline.desk.writing import meet
from dateline.domain.briefed import Briefed
from dateline.domain.briefing import BRIEFING
from dateline.domain.chosen import ChosenTopics
from dateline.domain.coverage import Coverage
from dateline.domain.errors import Gone, NotFound
from dateline.domain.events import Record
from dateline.domain.posts import Post
from dateline.domain.topics import TOPICS
from dateline.store.log import EventLog


async def coverage(log: EventLog, slug: str) -> tuple[Coverage, int]:
    """The coverage and its newest seq.

    :raises NotFound: there is none of that name.
    """
    subject = await meet(log, slug)
    if subject.coverage is None:
        raise NotFound(f"There is no coverage “{slug}”. GET /api/coverages lists those there are.")
    return subject.coverage, subject.version


async def briefing(log: EventLog, slug: str) -> Briefed:
    """The briefing as it is now; of revision 0 where none was set.

    :raises NotFound: there is no coverage of that name.
    """
    subject = await meet(log, slug, BRIEFING)
    if subject.coverage is None:
        raise NotFound(f"There is no coverage “{slug}”. GET /api/coverages lists those there are.")
    return subject.briefed


async def topics(log: EventLog, slug: str) -> ChosenTopics:
    """The desk's word on the topics as it is now; of revision 0 where there was none.

    :raises NotFound: there is no coverage of that name.
    """
    subject = await meet(log, slug, TOPICS)
    if subject.coverage is None:
        raise NotFound(f"There is no coverage “{slug}”. GET /api/coverages lists those there are.")
    return subject.chosen


async def post(log: EventLog, slug: str, post_id: str) -> tuple[Post, list[Record]]:
    """A post and everything that happened to it.

    :raises NotFound: there is none with that id.
    :raises Gone: it was taken down.
    """
    subject = await meet(log, slug, post_id)
    if subject.coverage is None:
        raise NotFound(f"There is no coverage “{slug}”. GET /api/coverages lists those there are.")
    if subject.post is None:
        raise NotFound("There is no such post in this coverage.")
    if subject.post.status == "redacted":
        raise Gone("This post was removed for legal reasons.")
    history = await log.history(slug, [post_id])
    return subject.post, history.records
