"""All coverages at a glance: their descriptions and how far each is."""

import asyncio

from msgspec import Struct

from dateline.domain import coverage as coverages
from dateline.domain.coverage import Coverage
from dateline.store.log import EventLog, Head


class Listed(Struct, frozen=True):
    coverage: Coverage
    head: Head


class FrontProjection:
    """The coverages, the one that changed last first. What has not changed is not read again."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._known: dict[str, Listed] = {}
        self._turn = asyncio.Lock()

    async def listed(self) -> list[Listed]:
        """Those that the public sees: no rehearsals."""
        return [one for one in await self.all() if not one.coverage.rehearsal]

    async def all(self) -> list[Listed]:
        """With those that only the desk sees."""
        heads = await self._log.heads()
        # After a start all who ask at once have the same archive to read: one of them does.
        async with self._turn:
            changed = [head for head in heads if not self._is_known(head)]
            await self._read(changed)
        return [self._known[head.coverage] for head in heads if head.coverage in self._known]

    def _is_known(self, head: Head) -> bool:
        known = self._known.get(head.coverage)
        return known is not None and known.head.version >= head.version

    async def _read(self, heads: list[Head]) -> None:
        found = await self._log.descriptions([head.coverage for head in heads])
        for head in heads:
            if coverage := coverages.folded(found[head.coverage]):
                self._known[head.coverage] = Listed(coverage, head)
