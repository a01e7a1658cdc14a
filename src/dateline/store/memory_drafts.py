"""Drafts in memory: for tests, and as the shortest statement of what their store does."""

from collections.abc import Iterable
from datetime import datetime

from dateline.domain import drafts as rules
from dateline.domain.drafts import Draft, State
from dateline.store.drafts import MOST, Decide, Stamp
from dateline.store.log import Publication


class MemoryDrafts:
    """`Drafts` that live as long as their process."""

    def __init__(self) -> None:
        self._drafts: dict[tuple[str, str], Draft] = {}

    async def find(self, coverage: str, draft: str) -> Draft | None:
        return self._drafts.get((coverage, draft))

    async def listed(self, coverage: str, state: State | None = None) -> list[Draft]:
        found = [
            one
            for one in self._of(coverage)
            if (one.state == state if state else one.state != "published")
        ]
        if state == "published":
            found.sort(key=lambda one: one.updated_at, reverse=True)
        else:
            found.sort(key=lambda one: (one.filed_at, one.id))
        return found[:MOST]

    async def stamps(self, coverage: str) -> list[Stamp]:
        return [
            Stamp(one.id, one.state, one.version, one.author.id, one.updated_at)
            for one in self._of(coverage)
            if one.state != "published"
        ]

    async def change(self, coverage: str, draft: str, decide: Decide) -> Draft | None:
        before = self._drafts.get((coverage, draft))
        after = decide(before)
        if before is None and after is not None:
            rules.check_room(len(await self.stamps(coverage)))
        if after is None:
            self._drafts.pop((coverage, draft), None)
        else:
            self._drafts[coverage, draft] = after
        return after

    async def due(self, now: datetime) -> list[Draft]:
        found = [
            (one.publish_at, one.id, one)
            for one in self._drafts.values()
            if one.state == "scheduled" and one.publish_at and one.publish_at <= now
        ]
        return [one for _, _, one in sorted(found, key=lambda due: due[:2])]

    def check(self, coverage: str, publication: Publication) -> None:
        """:raises Stale: it was changed since it was read to be published."""
        found = self._drafts.get((coverage, publication.draft))
        if found is None:
            raise rules.missing()
        rules.check_seen(found, publication.version)

    def end(self, coverage: str, publication: Publication, now: datetime) -> None:
        """The draft has no words of its own any more: the log has them."""
        found = self._drafts[coverage, publication.draft]
        self._drafts[coverage, publication.draft] = rules.published(found, now=now)

    def erase(self, coverage: str, posts: Iterable[str]) -> None:
        """No word of posts that are taken down stays."""
        gone = set(posts)
        for one in self._of(coverage):
            if one.post in gone:
                del self._drafts[coverage, one.id]
            elif one.id in gone:
                self._drafts[coverage, one.id] = rules.erased(one)

    def _of(self, coverage: str) -> list[Draft]:
        return [one for (slug, _), one in self._drafts.items() if slug == coverage]
