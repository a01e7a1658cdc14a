"""Accounts, members, invitations and the audit trail, over HTTP."""

from pathlib import Path

import httpx2
import pytest

from integration.server import Server, serving

from .newsroom import Coverage, Newsroom, a_post
from .people import PASSWORD, Someone, somebody, token_of, words


@pytest.fixture(scope="module")
def ada(server: Server, client: httpx2.Client) -> Someone:
    """An administrator."""
    return somebody(server, client, "administrator")


@pytest.fixture(scope="module")
def editor(server: Server, client: httpx2.Client) -> Someone:
    return somebody(server, client, "editor")


@pytest.fixture(scope="module")
def reporter(server: Server, client: httpx2.Client) -> Someone:
    return somebody(server, client, "reporter")


def invited(client: httpx2.Client, editor: Someone, coverage: Coverage) -> tuple[Someone, str, str]:
    """Somebody who came by an invitation, its id and its token."""
    made = editor.send("POST", f"{coverage.path}/invitations", {"label": "Tom, at the dyke"}).json()
    token = token_of(made["url"])
    tom = Someone(client, "")
    tom.keep(tom.post_form("/desk/join", {"token": token, "name": "Tom Maes"}))
    return tom, made["id"], token


def test_letting_somebody_in(ada: Someone, client: httpx2.Client) -> None:
    """An administrator adds somebody; they choose a password by the link, and are in."""
    body = {"email": "New.One@Lantern.example", "name": "Nora New", "role": "reporter"}
    answer = ada.send("POST", "/api/people", {**body, "place": "Ghent"})
    assert answer.status_code == 201
    person, link = answer.json()["person"], answer.json()["link"]
    assert (person["email"], person["waiting"]) == ("new.one@lantern.example", True)
    assert link["mailed"] is False
    nora = Someone(client, body["email"])
    form = {"token": token_of(link["url"]), "password": PASSWORD}
    nora.keep(nora.post_form("/desk/set-password", form))
    assert nora.send("GET", "/api/me").json()["place"] == "Ghent"
    again = ada.send("POST", "/api/people", {**body, "email": "new.one@lantern.EXAMPLE"})
    assert again.status_code == 409
    assert ada.send("POST", "/api/people", {**body, "email": "a@x,b@y"}).status_code == 422


def test_a_changed_role_counts_at_once(ada: Someone, server: Server, client: httpx2.Client) -> None:
    """Without signing in anew: the next request has the new rights, or no longer the old ones."""
    person = somebody(server, client, "viewer")
    body = {"slug": "changed-role", "title": "x", "timezone": "UTC"}
    assert person.send("POST", "/api/coverages", body).status_code == 403
    ada.send("PATCH", f"/api/people/{person.id}", {"role": "editor"})
    assert person.send("POST", "/api/coverages", body).status_code == 201
    ada.send("PATCH", f"/api/people/{person.id}", {"role": "viewer"})
    assert person.send("PATCH", "/api/coverages/changed-role", {"title": "y"}).status_code == 403
    ada.send("PATCH", f"/api/people/{person.id}", {"closed": True})
    assert person.send("GET", "/api/me").status_code == 401
    assert person.sign_in().status_code == 422


def test_a_reset(ada: Someone, server: Server, client: httpx2.Client) -> None:
    """The old password and sessions hold until the link is used."""
    person = somebody(server, client)
    answer = ada.send("POST", f"/api/people/{person.id}/reset")
    assert answer.status_code == 200
    assert person.send("GET", "/api/me").status_code == 200
    form = {"token": token_of(answer.json()["url"]), "password": "something else entirely"}
    assert person.post_form("/desk/set-password", form).status_code == 303
    assert person.send("GET", "/api/me").status_code == 401


def test_signing_somebody_out(ada: Someone, server: Server, client: httpx2.Client) -> None:
    """All their sessions end at once; the account stays, and tells when it was last used."""
    person = somebody(server, client)
    phone = Someone(client, person.email)
    phone.sign_in()
    listed = ada.send("GET", "/api/people").json()["people"]
    (account,) = (one for one in listed if one["id"] == person.id)
    assert account["seen_at"].startswith("20")
    assert ada.send("POST", f"/api/people/{person.id}/sign-out").status_code == 204
    for device in (person, phone):
        assert device.send("GET", "/api/me").status_code == 401
    assert person.sign_in().status_code == 303
    assert ada.send("POST", "/api/people/nobody/sign-out").status_code == 404


def test_only_administrators_have_accounts_in_hand(
    editor: Someone, reporter: Someone, ada: Someone
) -> None:
    """Nobody else adds, changes, closes or resets, not even their own role; nor sees addresses."""
    for person in (editor, reporter):
        body = {"email": "eve@evil.example", "name": "Eve", "role": "administrator"}
        assert person.send("POST", "/api/people", body).status_code == 403
        for whom in (person.id, ada.id):
            path = f"/api/people/{whom}"
            assert person.send("PATCH", path, {"role": "administrator"}).status_code == 403
            assert person.send("POST", f"{path}/reset").status_code == 403
            assert person.send("POST", f"{path}/sign-out").status_code == 403
        assert person.send("GET", "/api/audit").status_code == 403
        listed = person.send("GET", "/api/people")
        assert ada.id in listed.text
        assert "@" not in listed.text
    assert f'"{ada.email}"' in ada.send("GET", "/api/people").text


def test_the_last_administrator(tmp_path: Path) -> None:
    """Can't close or lower themself as long as there is no other."""
    with serving(tmp_path / "data") as server, httpx2.Client(base_url=server.address) as client:
        ada = somebody(server, client, "administrator")
        for change in ({"role": "editor"}, {"closed": True}):
            assert ada.send("PATCH", f"/api/people/{ada.id}", change).status_code == 409
        assert ada.send("GET", "/api/me").json()["role"] == "administrator"
        other = somebody(server, client, "administrator")
        assert ada.send("PATCH", f"/api/people/{ada.id}", {"role": "editor"}).status_code == 200
        assert other.send("PATCH", f"/api/people/{ada.id}", {"closed": True}).status_code == 200


def test_a_member(editor: Someone, reporter: Someone, newsroom: Newsroom) -> None:
    """A reporter who is an editor in one coverage publishes there, and nowhere else."""
    own, other = newsroom.open(), newsroom.open()
    path = f"{own.path}/members/{reporter.id}"
    assert editor.send("PUT", path, {"role": "editor"}).status_code == 200
    assert reporter.send("GET", "/api/me").json()["coverages"] == {own.slug: "editor"}
    assert reporter.send("POST", f"{own.path}/posts", a_post()).status_code == 201
    assert reporter.send("POST", f"{other.path}/posts", a_post()).status_code == 403
    assert reporter.send("GET", path).json()["role"] == "editor"
    assert len(reporter.send("GET", f"{own.path}/members").json()["members"]) == 1
    assert editor.send("DELETE", path).status_code == 204
    assert reporter.send("POST", f"{own.path}/posts", a_post()).status_code == 403
    assert editor.send("DELETE", path).status_code == 404


def test_a_member_with_less(
    editor: Someone, ada: Someone, server: Server, client: httpx2.Client, newsroom: Newsroom
) -> None:
    """An editor who only looks on in one coverage can't give themself more there."""
    coverage = newsroom.open()
    other = somebody(server, client, "editor")
    path = f"{coverage.path}/members/{other.id}"
    assert ada.send("PUT", path, {"role": "viewer"}).status_code == 200
    assert other.send("POST", f"{coverage.path}/posts", a_post()).status_code == 403
    assert other.send("DELETE", path).status_code == 403
    assert other.send("PUT", path, {"role": "editor"}).status_code == 403


def test_nobody_gives_more_than_they_are(
    editor: Someone, reporter: Someone, ada: Someone, newsroom: Newsroom
) -> None:
    """An editor makes no administrators, touches none, and a reporter nobody."""
    coverage = newsroom.open()
    path = f"{coverage.path}/members"
    for whom in (editor, reporter):
        made = editor.send("PUT", f"{path}/{whom.id}", {"role": "administrator"})
        assert made.status_code == 403
    assert editor.send("PUT", f"{path}/{ada.id}", {"role": "viewer"}).status_code == 403
    assert reporter.send("PUT", f"{path}/{reporter.id}", {"role": "editor"}).status_code == 403
    assert reporter.send("POST", f"{coverage.path}/invitations", {}).status_code == 403
    unknown = editor.send("PUT", f"{path}/0", {"role": "viewer"})
    assert unknown.status_code == 404
    nowhere = "/api/coverages/no-such-thing/members"
    assert editor.send("PUT", f"{nowhere}/{reporter.id}", {"role": "viewer"}).status_code == 404


def test_an_invitation(client: httpx2.Client, editor: Someone, newsroom: Newsroom) -> None:
    """Somebody without an account says who they are, and has a part in that coverage alone."""
    coverage = newsroom.open()
    made = editor.send("POST", f"{coverage.path}/invitations", {"label": "Tom", "days": 1}).json()
    token = token_of(made["url"])
    page = client.get("/desk/join", params={"token": token})
    assert "Storm over Ghent" in words(page.text)
    assert page.headers["cache-control"] == "no-store"
    tom = Someone(client, "")
    wrong = tom.post_form("/desk/join", {"token": token, "name": " "})
    assert wrong.status_code == 422
    assert 'id="name-wrong"' in wrong.text
    answer = tom.post_form("/desk/join", {"token": token, "name": "Tom Maes"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    tom.keep(answer)
    me = tom.send("GET", "/api/me").json()
    assert (me["role"], me["coverages"]) == ("contributor", {coverage.slug: "contributor"})
    assert me["email"] is None
    assert tom.send("POST", f"{coverage.path}/posts", a_post()).status_code == 403
    assert [one["id"] for one in tom.send("GET", "/api/people").json()["people"]] == [me["id"]]
    member = editor.send("GET", f"{coverage.path}/members/{me['id']}").json()
    assert member["until"] == made["expires_at"]


def test_the_link_is_one_persons(
    client: httpx2.Client, editor: Someone, newsroom: Newsroom
) -> None:
    """Opened again it goes on as who came first, on another device too; never as a second one."""
    coverage = newsroom.open()
    tom, _, token = invited(client, editor, coverage)
    phone = Someone(client, "")
    page = client.get("/desk/join", params={"token": token})
    assert "Go on as Tom Maes" in words(page.text)
    phone.keep(phone.post_form("/desk/join", {"token": token, "name": "Somebody Else"}))
    assert phone.id == tom.id
    assert phone.send("GET", "/api/me").json()["name"] == "Tom Maes"
    # The link for a password is another kind: one does not do for the other.
    form = {"token": token, "password": PASSWORD}
    assert phone.post_form("/desk/set-password", form).status_code == 410


def test_revoking(client: httpx2.Client, editor: Someone, newsroom: Newsroom) -> None:
    """The link ends, and so does who came by it, at once. Only its own coverage can do that."""
    coverage, other = newsroom.open(), newsroom.open()
    tom, invitation, token = invited(client, editor, coverage)
    assert editor.send("DELETE", f"{other.path}/invitations/{invitation}").status_code == 404
    listed = editor.send("GET", f"{coverage.path}/invitations")
    assert [one["label"] for one in listed.json()["invitations"]] == ["Tom, at the dyke"]
    assert token not in listed.text
    assert editor.send("DELETE", f"{coverage.path}/invitations/{invitation}").status_code == 204
    assert tom.send("GET", "/api/me").status_code == 401
    again = tom.post_form("/desk/join", {"token": token, "name": "Tom"})
    assert again.status_code == 410
    assert editor.send("GET", f"{coverage.path}/members").json()["members"] == []


def test_the_audit_trail(
    ada: Someone, editor: Someone, server: Server, client: httpx2.Client, newsroom: Newsroom
) -> None:
    """Who signed in or failed to, and what was done to accounts and rights, newest first; never
    what somebody typed as a name or a password."""
    coverage = newsroom.open()
    person = somebody(server, client, is_in=False)
    person.password = "not the right one"
    person.sign_in()
    Someone(client, "my-password-by-mistake").sign_in()
    invited(client, editor, coverage)
    ada.send("PATCH", f"/api/people/{person.id}", {"role": "viewer"})
    answer = ada.send("GET", "/api/audit?limit=8")
    told = [(one["by"], one["what"], one["about"]) for one in answer.json()["happenings"]]
    name = ada.send("GET", "/api/me").json()["name"]
    victim = person.email.split("@")[0]
    assert told[0] == (name, "made viewer", f"Reporter {victim}")
    assert ("Tom Maes", "signed in by invitation", "") in told
    assert ("", "sign-in failed", f"Reporter {victim}") in told
    assert ("", "sign-in failed", "unknown address") in told
    assert "my-password" not in answer.text
    for one in answer.json()["happenings"]:
        assert one["address"] or one["by"] == "Command line"
    older = ada.send("GET", answer.json()["next"]).json()["happenings"]
    assert older[0]["id"] < answer.json()["happenings"][-1]["id"]


def test_a_part_of_the_trail(
    ada: Someone, editor: Someone, server: Server, client: httpx2.Client, newsroom: Newsroom
) -> None:
    """By person: what they did and what was done to them; by kind; older ones by `next`."""
    coverage = newsroom.open()
    person = somebody(server, client)
    editor.send("PUT", f"{coverage.path}/members/{person.id}", {"role": "viewer"})
    ada.send("POST", f"/api/people/{person.id}/reset")
    ada.send("PATCH", f"/api/people/{person.id}", {"role": "editor"})
    person.sign_in()

    def told(query: str) -> list[str]:
        answer = ada.send("GET", f"/api/audit?person={person.id}&{query}")
        assert answer.status_code == 200, answer.text
        return [one["what"] for one in answer.json()["happenings"]]

    assert told("kind=sign-ins") == ["signed in by password"]
    assert told("kind=secrets") == ["password link made", "password set by link"]
    assert told("kind=accounts") == ["made editor", "added as reporter"]
    assert told("kind=members") == [f"made viewer in {coverage.slug}"]
    first = ada.send("GET", f"/api/audit?person={person.id}&limit=2").json()
    rest = ada.send("GET", first["next"]).json()["happenings"]
    assert [one["what"] for one in [*first["happenings"], *rest]][:4] == told("limit=4")
    assert ada.send("GET", "/api/audit?kind=gossip").status_code == 422
    assert ada.send("GET", "/api/audit?person=nobody").status_code == 404


def test_every_line_is_of_one_kind(ada: Someone) -> None:
    """What this file has caused is in one of the kinds, and in no other."""
    everything = ada.send("GET", "/api/audit?limit=500").json()["happenings"]
    kinds = ("sign-ins", "secrets", "accounts", "members")
    sorted_ = [
        one["id"]
        for kind in kinds
        for one in ada.send("GET", f"/api/audit?limit=500&kind={kind}").json()["happenings"]
    ]
    assert sorted(sorted_, reverse=True)[: len(everything)] == [one["id"] for one in everything]
    assert len(sorted_) == len(set(sorted_))


def test_letters_need_a_server(client: httpx2.Client) -> None:
    """Where none is set, there is no form that would promise one."""
    assert client.get("/desk/forgot").status_code == 404
    assert "/desk/forgot" not in client.get("/desk/sign-in").text
