"""The desk's application: its shell, its manifest, its service worker."""

import re

import httpx2
import pytest


@pytest.mark.parametrize(
    "path", ["/desk", "/desk/coverages/summit/write", "/desk/new", "/desk/people", "/desk/audit"]
)
def test_one_shell_for_all_addresses(client: httpx2.Client, path: str) -> None:
    """Each address of the desk answers the same shell; it knows nobody, so a device may keep it."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.text == client.get("/desk").text
    assert "set-cookie" not in answer.headers


def test_the_policy_is_strict(client: httpx2.Client) -> None:
    """No script, style or connection but our own; pictures also from the device itself."""
    told = client.get("/desk").headers["content-security-policy"]
    rules = dict(rule.split(" ", 1) for rule in told.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
    assert rules["img-src"] == "'self' blob:"
    assert "unsafe" not in told


def test_it_can_be_installed(client: httpx2.Client) -> None:
    """The manifest's start, scope and icon are there."""
    manifest = client.get("/desk/manifest.webmanifest")
    assert manifest.headers["content-type"] == "application/manifest+json"
    told = manifest.json()
    assert (told["start_url"], told["scope"], told["display"]) == ("/desk", "/desk", "standalone")
    assert client.get(told["icons"][0]["src"]).status_code == 200


def test_the_worker_keeps_what_the_shell_needs(client: httpx2.Client) -> None:
    """Each file that the service worker keeps is there, and the shell's script and style are
    among them; the worker may answer for /desk itself."""
    answer = client.get("/desk/sw.js")
    assert answer.headers["service-worker-allowed"] == "/desk"
    assert answer.headers["content-type"].startswith("text/javascript")
    kept = re.findall(r"/static/[\w.-]+", answer.text.split("\n", 1)[0])
    assert all(client.get(path).status_code == 200 for path in kept)
    named = re.findall(r"/static/[\w.-]+", client.get("/desk").text)
    assert set(named) <= set(kept)
