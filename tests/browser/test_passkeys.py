"""Passkeys, with Chromium's virtual authenticator: made, used, taken away; and what is refused."""

from collections.abc import Iterator

import httpx2
import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from api.people import PASSWORD, Someone, somebody
from integration.server import Server, serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("passkeys") / "data") as running:
        yield running


@pytest.fixture(scope="module")
def client(desk: Server) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=desk.address) as made:
        yield made


@pytest.fixture(scope="module")
def reporter(desk: Server, client: httpx2.Client) -> Someone:
    return somebody(desk, client, is_in=False)


@pytest.fixture
def page(browser: Browser, desk: Server) -> Iterator[Page]:
    # By its name: a passkey is never for a bare address.
    context = browser.new_context(base_url=f"http://localhost:{desk.port}")
    yield context.new_page()
    context.close()


def authenticator(page: Page) -> tuple[CDPSession, str]:
    """A device that makes keys and says yes whenever it is asked."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, made["authenticatorId"]


def sign_in(page: Page, person: Someone) -> None:
    page.goto("/desk/sign-in?next=/desk/account")
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(person.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Passkeys")).to_be_visible()


def test_a_passkey_signs_in(page: Page, reporter: Someone) -> None:
    """Somebody adds one, signs out, and is in again by it, where they were going; removed, it
    lets nobody in."""
    session, device = authenticator(page)
    sign_in(page, reporter)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("button", name="Remove")).to_have_count(1)
    page.get_by_role("button", name="Sign out here").click()
    page.goto("/desk/sign-in?next=/desk/account")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Passkeys")).to_be_visible()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("button", name="Remove")).to_have_count(0)
    page.get_by_role("button", name="Sign out here").click()
    page.goto("/desk/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("#passkey-fault")).to_contain_text("does not fit")
    session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": device})


@pytest.mark.parametrize(
    ("language", "wrong", "signed_out", "none"),
    [
        (
            "de",
            "Dieser Passkey passt nicht.",
            "Niemand ist angemeldet.",
            "Einen solchen Passkey haben Sie nicht.",
        ),
        ("ar", "مفتاح المرور هذا لا يناسب", "لم يسجل أحد الدخول", "ليس لديك"),
    ],
)
def test_a_refusal_is_told_in_the_desks_language(
    page: Page, reporter: Someone, language: str, wrong: str, signed_out: str, none: str
) -> None:
    """Whatever the browser asks for: the language that was chosen for the desk on this device."""
    session, device = authenticator(page)
    sign_in(page, reporter)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("button", name="Remove")).to_have_count(1)
    page.get_by_label("Language of the desk").select_option(language)
    page.get_by_role("button", name="Set", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    fault, remove = page.locator("#passkey-fault"), page.locator("[data-remove]")
    # It is removed in another tab, then here once more; then somebody signs out there.
    gone = page.context.new_page()
    gone.goto("/desk/account")
    gone.locator("[data-remove]").click()
    expect(gone.locator("[data-remove]")).to_have_count(0)
    remove.click()
    expect(fault).to_contain_text(none)
    gone.locator("form[action='/desk/sign-out'] button:not([name])").click()
    gone.wait_for_url("**/desk/sign-in")
    remove.click()
    expect(fault).to_contain_text(signed_out)
    page.goto("/desk/sign-in")
    page.locator("#sign-in-by-passkey").click()
    expect(fault).to_contain_text(wrong)
    session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": device})


def test_what_is_signed_counts_once(page: Page, reporter: Someone, desk: Server) -> None:
    """What a device has signed is good for one sign-in, from our own origin, untouched, and not
    for a closed account."""
    authenticator(page)
    sign_in(page, reporter)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("button", name="Remove")).to_have_count(1)

    def signed() -> dict[str, object]:
        return dict(
            page.evaluate(
                """async () => {
                    const asked = await fetch("/desk/passkey/begin", {method: "POST"});
                    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
                        await asked.json());
                    return (await navigator.credentials.get({publicKey})).toJSON();
                }"""
            )
        )

    localhost = f"http://localhost:{desk.port}"
    with httpx2.Client(base_url=localhost) as client:

        def finish(credential: object, **headers: str) -> int:
            answer = client.post(
                "/desk/passkey/finish", json={"credential": credential}, headers=headers
            )
            return answer.status_code

        first = signed()
        assert finish(first, origin="https://evil.example") == 403
        assert finish(first) == 200
        assert finish(first) == 403
        second, third = signed(), signed()
        mixed = {**second, "response": {**second["response"]}}  # type: ignore[dict-item]
        mixed["response"]["signature"] = third["response"]["signature"]  # type: ignore[index]
        assert finish(mixed) == 403
        for broken in ({}, {"response": {}}, {"id": "x", "response": {"clientDataJSON": "e30"}}):
            assert finish(broken) == 422
        fourth = signed()
        desk.command("user", "disable", reporter.email)
        assert finish(fourth) == 403
        desk.command("user", "enable", reporter.email)


def test_only_ones_own(desk: Server, client: httpx2.Client) -> None:
    """Nobody lists, adds or removes another's; a write needs the session's secret."""
    other = somebody(desk, client)
    assert other.send("GET", "/api/me/passkeys").json() == {"passkeys": []}
    assert other.send("DELETE", "/api/me/passkeys/00ff").status_code == 404
    assert other.send("DELETE", "/api/me/passkeys/zz").status_code == 404
    for path in ("begin", "finish"):
        address = f"/api/me/passkeys/{path}"
        assert other.send("POST", address, {}, x_csrf_token="x").status_code == 403
        assert client.post(address, json={}).status_code == 401


def test_a_changed_password(desk: Server, client: httpx2.Client) -> None:
    """By the old one, beside which a wrong one is said; all other sessions end."""
    person = somebody(desk, client)
    elsewhere = Someone(client, person.email)
    elsewhere.sign_in()
    new = "something else entirely"
    form = {"csrf": person.csrf, "current": "wrong wrong wrong", "password": new}
    answer = person.post_form("/desk/account/password", form)
    assert answer.status_code == 422
    assert 'id="current-wrong"' in answer.text
    form |= {"current": PASSWORD, "password": "short"}
    answer = person.post_form("/desk/account/password", form)
    assert answer.status_code == 422
    assert 'id="password-wrong"' in answer.text
    assert person.post_form("/desk/account/password", {**form, "csrf": "x"}).status_code == 403
    before = person.cookie
    answer = person.post_form("/desk/account/password", {**form, "password": new})
    assert answer.status_code == 303
    person.keep(answer)
    assert person.cookie != before
    assert elsewhere.send("GET", "/api/me").status_code == 401
    assert person.sign_in().status_code == 422
    person.password = new
    assert person.sign_in().status_code == 303
