"""The OpenAPI document: valid, complete, and true of the server under thousands of requests."""

import os
import subprocess
import sys
from pathlib import Path

import httpx2
import jsonschema_rs
import pytest
import schemathesis

from dateline.web.routes import ROUTES
from integration.server import serving

HERE = Path(__file__).parent
EXAMPLES = 6
# Passkeys are a browser's own shapes.
DESCRIBED = (
    "/api/coverages/",
    "/api/people/",
    "/api/me/",
    "/api/media/",
    "/api/uploads/",
    "/api/audit/",
    "/api/search/",
)
SECONDS = 600


def test_valid(client: httpx2.Client) -> None:
    """The document is valid OpenAPI 3.1, and so is every schema in it."""
    answer = client.get("/api/openapi.json")
    assert answer.status_code == 200
    document = answer.json()
    assert document["openapi"].startswith("3.1.")
    schemathesis.openapi.from_dict(document).validate()
    for name, schema in document["components"]["schemas"].items():
        rooted = {**schema, "components": document["components"]}
        jsonschema_rs.Draft202012Validator(rooted)
        assert jsonschema_rs.meta.is_valid(rooted), name


def test_complete(client: httpx2.Client) -> None:
    """Every route of the API is in the document, and the document has no other."""
    paths = client.get("/api/openapi.json").json()["paths"]
    documented = {(method.upper(), path) for path, item in paths.items() for method in item}
    served = set()
    for handler in ROUTES:
        for path in handler.paths:
            # With its slash: /api/media does not begin with /api/me.
            if f"{path}/".startswith(DESCRIBED) and "passkeys" not in path:
                bare = path.replace(":str}", "}")
                actions = _actions(paths, bare) if bare.endswith("{action}") else [""]
                served |= {
                    (method, bare.replace("{action}", action))
                    for method in handler.http_methods
                    for action in actions
                }
    assert documented == served


def _actions(paths: dict[str, dict[str, object]], bare: str) -> list[str]:
    start = bare.removesuffix("{action}")
    return [
        path.removeprefix(start)
        for path, item in paths.items()
        if path.startswith(start) and "post" in item
    ]


@pytest.mark.parametrize("has_token", [True, False], ids=["token", "no token"])
@pytest.mark.timeout(2 * SECONDS)
def test_schemathesis(tmp_path: Path, has_token: bool) -> None:
    """Nothing that schemathesis makes up is answered otherwise than the document says."""
    with serving(tmp_path / "data") as server:
        command = [Path(sys.executable).with_name("schemathesis")]
        command += ["--config-file", HERE / "schemathesis.toml", "run"]
        command += [f"{server.address}/api/openapi.json", "--no-color"]
        command += ["--seed", "1", "--generation-deterministic"]
        command += ["--max-examples", str(EXAMPLES if has_token else 5)]
        if has_token:
            command += ["--header", f"Authorization: Bearer {server.token()}"]
        else:
            # Most of it is refused before anything is looked at.
            command += ["--phases", "examples,fuzzing"]
        ran = subprocess.run(
            list(map(str, command)),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            cwd=tmp_path,
            env={**os.environ, "SCHEMATHESIS_HOOKS": "schemathesis_hooks", "PYTHONPATH": str(HERE)},
            check=False,
        )
        assert ran.returncode == 0, f"{ran.stdout}\n{ran.stderr}"
        assert "Traceback" not in server.log.read_text()
