"""All coverages at a glance: their descriptions and how far each is."""

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

    async def listed(self) -> list[Listed]:
        """Those that the public sees: no rehearsals."""
        return [one for one in await self.all() if not one.coverage.rehearsal]

    async def all(self) -> list[Listed]:
        """With those that only the desk sees."""
        heads = await self._log.heads()
        return [found for head in heads if (found := await self._listed(head))]

    async def _listed(self, head: Head) -> Listed | None:
        known = self._known.get(head.coverage)
        if known and known.head == head:
            return known
        history = await self._log.history(head.coverage, [""])
        coverage: Coverage | None = None
        for record in history.records:
            coverage = coverages.fold(coverage, record)
        if coverage is None:
            return None
        self._known[head.coverage] = Listed(coverage, head)
        return self._known[head.coverage]
