"""Property tests without a database of examples: unit tests leave nothing on the disk."""

import pytest
from hypothesis import settings

settings.register_profile("unit", deadline=None, database=None, max_examples=50, print_blob=True)
settings.load_profile("unit")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"
